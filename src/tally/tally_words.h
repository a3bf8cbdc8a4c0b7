/* tally_words.h: options of a count as words, as the command line and published results have them.
 */
#ifndef TALLY_TALLY_WORDS_H
#define TALLY_TALLY_WORDS_H

#include "tally/pabulib.h"

/* A name without its dashes, and its value: {"rule", "equal-shares"}. Names, and TallyOptions that
 * they set:
 *   rule, utility, complete, increment, tie, zero-support, misfit, misfit-share
 *   min-price, max-price (an amount), min-support (a number of votes)
 * and these, which may come again and again:
 *   cap, floor (KEY=AMOUNT), cap-number, floor-number (KEY=NUMBER), where KEY names a group of
 *     projects: category=NAME or target=NAME, those whose cell of that column lists the name
 *     (separated by commas), or projects=ID,ID,…
 *   decided, withdrawn (ID,ID,…)
 * The constraints of the options are the caps, then the caps of numbers, the floors, the floors of
 * numbers, each in the order of the words; beyond that the order of words does not count. */
typedef struct TallyWord {
    Str name;
    Str value;
} TallyWord;

/* NULL when there is an option of that name and it takes the value, whatever the election; else
 * what it takes, in words: "rule: greedy, equal-shares, …". */
const char *tally_word_refused(TallyWord word);
/* The option of that name may come again and again. */
bool tally_word_repeats(Str name);

/* The options the words mean for an election; what is not named is as tally_default_options has it.
 * The texts of the words must live as long as the options. Errors: ERROR_BAD_REQUEST, detail says
 * which word is at fault. */
MUST_USE Error *tally_words_apply(Arena *arena, const TallyWord *words, size_t n_words,
                                  const PabulibFile *file, TallyOptions *out);

#endif
