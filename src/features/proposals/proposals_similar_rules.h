/* proposals_similar_rules.h: which proposals are like a text, decided without a database.
 *
 * A text is compared by its single characters (and words of Latin letters or digits), weighed by
 * how rare they are in the round: on short Chinese texts that finds paraphrases better than pairs
 * do. Common signs are dropped, so that the cost of a look-up has a bound whatever the round holds.
 * "The same words" is a stricter question: the cosine of pairs of characters. Both only show;
 * nothing is ever merged by them.
 * Texts come as search_words() (platform/text/search.h) cuts them: words separated by spaces.
 * Start reading at similar_grams().
 */
#ifndef FEATURES_PROPOSALS_PROPOSALS_SIMILAR_RULES_H
#define FEATURES_PROPOSALS_PROPOSALS_SIMILAR_RULES_H

#include "base/arena.h"
#include "base/str.h"

#define SIMILAR_SHOWN      5
#define SIMILAR_CANDIDATES 20  /* looked at more closely */
#define SIMILAR_KEPT       120 /* signs kept of one proposal */
#define SIMILAR_ASKED      40  /* signs looked up for one text */
#define SIMILAR_USUAL      50  /* signs of a proposal of usual length */
/* A sign that so many proposals of the round have tells nothing, and all signs of one look-up
 * together may meet so many: the bound of the cost. */
#define SIMILAR_COMMON 800
#define SIMILAR_READ   6000

typedef struct Grams {
    Str *items;
    size_t count;
} Grams;

/* The different signs of a cut text in the order they come, at most `most`: single Han characters
 * and words of other letters; pairs and particles (的 了 我们 …) left out. */
Grams similar_grams(Arena *arena, Str words, size_t most);
/* ["灯","路"], for statements. */
Str similar_grams_json(Arena *arena, const Grams *grams);

/* How many proposals of the round have a sign; SIMILAR_COMMON stands for that or more. */
typedef struct GramCount {
    Str gram;
    int64_t n;
} GramCount;

/* The signs worth looking up, rarest first, within SIMILAR_READ, as [["灯",5300], …] with their
 * weights: log2(1 + total / n) in 1024ths. *out_weight is their sum, a sign nobody has
 * counting as the mean of the others.
 * Empty ("[]") when no sign helps. Sorts `counts`. */
Str similar_weights_json(Arena *arena, GramCount *counts, size_t n_counts, int64_t total,
                         int64_t *out_weight);

/* The weight a proposal of so many signs has met, less for those with more than SIMILAR_USUAL: a
 * long text holds many signs by chance (the length part of BM25 with b = 3/4). */
int64_t similar_score(int64_t met_weight, size_t signs);
/* Close enough to be shown: two fifths of the weight asked for, by two signs or more. */
bool similar_is_shown(int64_t asked_weight, int64_t score, int64_t met_signs);
/* True when the cosine of the pairs of two cut texts is at least 0.6: the same wish in nearly the
 * same words. */
bool similar_is_copy(Arena *arena, Str words, Str other);

#endif
