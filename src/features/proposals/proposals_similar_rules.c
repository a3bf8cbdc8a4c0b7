#include "features/proposals/proposals_similar_rules.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/map.h"
#include "base/utf8.h"

#define BYTES_OF_A_SIGN 64 /* with its weight, in JSON */

/* Signs that stand in every other sentence and say nothing of the matter. */
static const char particles[] =
    "的了是在我们有和就不人都一个上也很到说要去你会着没看好自己这那他她它吗呢吧啊把被让给对从"
    "与及或但因为所以能可想请希望建议觉得应该小区社里边些还再又太多大下来出时候家年天么什怎样";

static bool next_word(Str *words, Str *out)
{
    while (words->len > 0) {
        (void)str_cut(*words, ' ', out, words);
        if (out->len > 0) {
            return true;
        }
    }
    return false;
}

static bool is_ascii(Str word)
{
    return word.len > 0 && (unsigned char)word.data[0] < 0x80;
}

static bool is_gram(Str word)
{
    if (is_ascii(word)) {
        return word.len <= 16;
    }
    return utf8_length(word) == 1 && str_find(str_from(particles), word) < 0;
}

static bool is_among(const Grams *grams, Str word)
{
    for (size_t i = 0; i < grams->count; i++) {
        if (str_eq(grams->items[i], word)) {
            return true;
        }
    }
    return false;
}

Grams similar_grams(Arena *arena, Str words, size_t most)
{
    Grams grams = {arena_array(arena, Str, most), 0};
    Str word;
    while (grams.count < most && next_word(&words, &word)) {
        if (is_gram(word) && !is_among(&grams, word)) {
            grams.items[grams.count++] = word;
        }
    }
    return grams;
}

Str similar_grams_json(Arena *arena, const Grams *grams)
{
    Buf buf;
    buf_init(&buf, 16 + grams->count * BYTES_OF_A_SIGN);
    buf_char(&buf, '[');
    for (size_t i = 0; i < grams->count; i++) {
        buf_printf(&buf, "%s\"%.*s\"", i > 0 ? "," : "", STR_ARG(grams->items[i]));
    }
    buf_char(&buf, ']');
    Str json = arena_str(arena, buf_view(&buf));
    buf_free(&buf);
    return json;
}

static int rarer_first(const void *a, const void *b)
{
    const GramCount *left = a;
    const GramCount *right = b;
    if (left->n != right->n) {
        return left->n < right->n ? -1 : 1;
    }
    return str_compare(left->gram, right->gram);
}

/* log2(1 + total / n) in 1024ths, without floating point: the same on every machine. */
static int64_t weight_of(int64_t n, int64_t total)
{
    uint64_t value = ((uint64_t)(total + n) << 20) / (uint64_t)n; /* 20 bits of fraction */
    int64_t weight = 0;
    while (value >= (UINT64_C(2) << 20)) {
        value >>= 1;
        weight += 1024;
    }
    for (int64_t bit = 512; bit > 0; bit >>= 1) {
        value = (value * value) >> 20;
        if (value >= (UINT64_C(2) << 20)) {
            value >>= 1;
            weight += bit;
        }
    }
    return weight;
}

Str similar_weights_json(Arena *arena, GramCount *counts, size_t n_counts, int64_t total,
                         int64_t *out_weight)
{
    int64_t read = 0;
    int64_t known = 0;
    int64_t unknown = 0;
    Buf buf;
    *out_weight = 0;
    buf_init(&buf, 16 + n_counts * BYTES_OF_A_SIGN);
    buf_char(&buf, '[');
    if (n_counts > 0) {
        qsort(counts, n_counts, sizeof(*counts), rarer_first);
    }
    for (size_t i = 0; i < n_counts; i++) {
        int64_t n = counts[i].n;
        if (n >= SIMILAR_COMMON || read + n > SIMILAR_READ) {
            break;
        }
        unknown += n == 0;
        if (n > 0) {
            int64_t weight = weight_of(n, total);
            *out_weight += weight;
            read += n;
            buf_printf(&buf, "%s[\"%.*s\",%lld]", known++ > 0 ? "," : "", STR_ARG(counts[i].gram),
                       (long long)weight);
        }
    }
    /* A sign nobody has is part of what was asked, and cannot be met: it weighs as the others do.
     */
    *out_weight += known > 0 ? *out_weight / known * unknown : 0;
    buf_char(&buf, ']');
    Str json = arena_str(arena, buf_view(&buf));
    buf_free(&buf);
    return json;
}

int64_t similar_score(int64_t met_weight, size_t signs)
{
    int64_t more = signs > SIMILAR_USUAL ? (int64_t)signs - SIMILAR_USUAL : 0;
    return met_weight * 4 * SIMILAR_USUAL / (4 * SIMILAR_USUAL + 3 * more);
}

bool similar_is_shown(int64_t asked_weight, int64_t score, int64_t met_signs)
{
    return met_signs >= 2 && score * 5 >= asked_weight * 2;
}

/* --- the same words ---------------------------------------------------------------- */

/* How often each pair (or word) comes; counts stand in `numbers`, found through the map. */
typedef struct Bag {
    Map map;
    int numbers[1024];
    size_t count;
} Bag;

static bool is_pair(Str word)
{
    return is_ascii(word) || utf8_length(word) == 2;
}

static int *bag_number(Bag *bag, Str word, bool may_add)
{
    int *number = map_get(&bag->map, word);
    if (number == NULL && may_add && bag->count < countof(bag->numbers)) {
        number = &bag->numbers[bag->count++];
        map_set(&bag->map, word, number);
    }
    return number;
}

static Bag *bag_of(Arena *arena, Str words)
{
    Bag *bag = arena_new(arena, Bag);
    Str word;
    map_init(&bag->map, arena);
    while (next_word(&words, &word)) {
        int *number = is_pair(word) ? bag_number(bag, word, true) : NULL;
        if (number != NULL) {
            ++*number;
        }
    }
    return bag;
}

static int64_t square_of(const Bag *bag)
{
    int64_t sum = 0;
    for (size_t i = 0; i < bag->count; i++) {
        sum += (int64_t)bag->numbers[i] * bag->numbers[i];
    }
    return sum;
}

bool similar_is_copy(Arena *arena, Str words, Str other)
{
    Bag *left = bag_of(arena, words);
    Bag *right = bag_of(arena, other);
    Bag *seen = arena_new(arena, Bag);
    int64_t dot = 0;
    Str word;
    map_init(&seen->map, arena);
    while (next_word(&words, &word)) {
        int *a = is_pair(word) ? bag_number(left, word, false) : NULL;
        int *b = a != NULL ? bag_number(right, word, false) : NULL;
        int *once = b != NULL ? bag_number(seen, word, true) : NULL;
        if (once != NULL && (*once)++ == 0) {
            dot += (int64_t)*a * *b;
        }
    }
    /* cosine >= 0.6, squared */
    return dot > 0 && dot * dot * 100 >= square_of(left) * square_of(right) * 36;
}
