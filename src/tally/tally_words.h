/* tally_words.h: options of a count as words, as the command line and published results have them.
 */
#ifndef TALLY_TALLY_WORDS_H
#define TALLY_TALLY_WORDS_H

#include "tally/pabulib.h"

/* A name without its dashes, and its value: {"rule", "equal-shares"}. Names: rule, utility,
 * complete, increment, tie, zero-support, misfit, and cap, which may come again and again:
 * {"cap", "category=NAME=AMOUNT"} or target=…: the projects whose cell of that column lists the
 * name (separated by commas) cost at most so much together. */
typedef struct TallyWord {
    Str name;
    Str value;
} TallyWord;

/* NULL when there is an option of that name and it takes the value, whatever the election; else
 * what it takes, in words: "rule: greedy, equal-shares, …". */
const char *tally_word_refused(TallyWord word);

/* The options the words mean for an election; what is not named is as tally_default_options has it.
 * The texts of the words must live as long as the options. Errors: ERROR_BAD_REQUEST, detail says
 * which word is at fault. */
MUST_USE Error *tally_words_apply(Arena *arena, const TallyWord *words, size_t n_words,
                                  const PabulibFile *file, TallyOptions *out);

#endif
