/* tally_words_limits.h: inside tally only. Words that speak of the projects of a file: caps and
 * floors, prices, decisions. */
#ifndef TALLY_TALLY_WORDS_LIMITS_H
#define TALLY_TALLY_WORDS_LIMITS_H

#include "tally/tally_words.h"

/* An amount as written, before the scale of an election is known. */
typedef struct WordAmount {
    bool given;
    int64_t value;
    int decimals;
} WordAmount;

bool word_amount(Str value, WordAmount *out);
/* Amounts in the units of the election; `name` is the option, for the error. Unchanged *out when
 * it was not given. */
MUST_USE Error *word_rescale(Arena *arena, const char *name, const WordAmount *amount,
                             const TallyElection *election, int64_t *out);

/* "KEY=AMOUNT" and "KEY=NUMBER"; KEY is category=NAME, target=NAME or projects=ID,ID,… */
bool word_is_money_limit(Str value);
bool word_is_number_limit(Str value);
/* "ID,ID,…": no empty one. */
bool word_is_list(Str value);

/* Adds what the words cap, cap-number, floor, floor-number, decided and withdrawn say to
 * out->limits; the values have the forms above. */
MUST_USE Error *words_add_limits(Arena *arena, const TallyWord *words, size_t n_words,
                                 const PabulibFile *file, TallyOptions *out);

#endif
