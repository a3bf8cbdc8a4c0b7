#include "tally/tally.h"

typedef struct Word {
    Str word;
    int value;
} Word;

static bool find_word(const Word *words, size_t count, Str word, int *out)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(words[i].word, word)) {
            *out = words[i].value;
            return true;
        }
    }
    return false;
}

TallyOptions tally_default_options(void)
{
    return (TallyOptions){
        .rule = TALLY_RULE_GREEDY,
        .utility = TALLY_UTILITY_COST,
        .ties = {.keys = {TALLY_KEY_NAME}, .count = 1},
        .zero_support = TALLY_ZERO_EXCLUDE,
        .misfit = TALLY_MISFIT_SKIP,
    };
}

/* The first word of a rule is the one it is printed by. */
static const Word rule_words[] = {
    {STR_INIT("greedy"), TALLY_RULE_GREEDY},
    {STR_INIT("equal-shares"), TALLY_RULE_EQUAL_SHARES},
    {STR_INIT("phragmen"), TALLY_RULE_PHRAGMEN},
    {STR_INIT("max-satisfaction"), TALLY_RULE_MAX_SATISFACTION},
    {STR_INIT("max-welfare"), TALLY_RULE_MAX_SATISFACTION},
    {STR_INIT("equal-shares-bos"), TALLY_RULE_BOUNDED_OVERSPENDING},
};

bool tally_parse_rule(Str word, TallyRule *out)
{
    int value = 0;
    if (!find_word(rule_words, countof(rule_words), word, &value)) {
        return false;
    }
    *out = (TallyRule)value;
    return true;
}

Str tally_rule_word(TallyRule rule)
{
    size_t i = 0;
    while (rule_words[i].value != (int)rule) {
        i++;
    }
    return rule_words[i].word;
}

bool tally_parse_completion(Str word, TallyCompletion *out)
{
    static const Word words[] = {
        {STR_INIT("none"), TALLY_COMPLETE_NONE},
        {STR_INIT("greedy"), TALLY_COMPLETE_GREEDY},
        {STR_INIT("add1"), TALLY_COMPLETE_ADD1},
        {STR_INIT("add1e"), TALLY_COMPLETE_ADD1E},
        {STR_INIT("add1+greedy"), TALLY_COMPLETE_ADD1_GREEDY},
        {STR_INIT("add1e+greedy"), TALLY_COMPLETE_ADD1E_GREEDY},
        {STR_INIT("next"), TALLY_COMPLETE_NEXT},
        {STR_INIT("next+greedy"), TALLY_COMPLETE_NEXT_GREEDY},
    };
    int value = 0;
    if (!find_word(words, countof(words), word, &value)) {
        return false;
    }
    *out = (TallyCompletion)value;
    return true;
}

bool tally_parse_utility(Str word, TallyUtility *out)
{
    static const Word words[] = {
        {STR_INIT("cost"), TALLY_UTILITY_COST},
        {STR_INIT("count"), TALLY_UTILITY_COUNT},
        {STR_INIT("points"), TALLY_UTILITY_POINTS},
        {STR_INIT("points-cost"), TALLY_UTILITY_POINTS_COST},
        {STR_INIT("borda0"), TALLY_UTILITY_BORDA0},
        {STR_INIT("borda1"), TALLY_UTILITY_BORDA1},
        {STR_INIT("borda0-cost"), TALLY_UTILITY_BORDA0_COST},
        {STR_INIT("borda1-cost"), TALLY_UTILITY_BORDA1_COST},
    };
    int value = 0;
    if (!find_word(words, countof(words), word, &value)) {
        return false;
    }
    *out = (TallyUtility)value;
    return true;
}

static bool add_key(TallyTies *ties, Str word)
{
    static const Word words[] = {
        {STR_INIT("name"), TALLY_KEY_NAME},
        {STR_INIT("cost"), TALLY_KEY_COST},
        {STR_INIT("votes"), TALLY_KEY_VOTES},
    };
    int value = 0;
    if (!find_word(words, countof(words), word, &value) || ties->count == TALLY_KEYS_MAX) {
        return false;
    }
    for (int i = 0; i < ties->count; i++) {
        if (ties->keys[i] == (TallyKey)value) {
            return false;
        }
    }
    ties->keys[ties->count++] = (TallyKey)value;
    return true;
}

/* "lot:SEED", where the seed may hold commas. */
static bool add_lot(TallyTies *ties, Str word)
{
    Str seed = str_slice(word, STR("lot:").len, word.len);
    bool is_plain = seed.len > 0 && seed.len <= TALLY_SEED_MAX;
    for (size_t i = 0; i < seed.len; i++) {
        unsigned char c = (unsigned char)seed.data[i];
        is_plain = is_plain && c >= 0x20 && c != 0x7F;
    }
    ties->seed = seed;
    ties->keys[ties->count++] = TALLY_KEY_LOT;
    return is_plain;
}

/* A lot behind the name would never be drawn. */
static bool names_before_lot(const TallyTies *ties)
{
    bool has_name = false;
    for (int i = 0; i < ties->count; i++) {
        has_name = has_name || ties->keys[i] == TALLY_KEY_NAME;
    }
    return has_name && ties->keys[ties->count - 1] == TALLY_KEY_LOT;
}

bool tally_parse_ties(Str words, TallyTies *out)
{
    TallyTies ties = {.count = 0};
    bool more = true;
    while (more) {
        if (str_starts_with(words, STR("lot:"))) {
            if (ties.count == TALLY_KEYS_MAX || !add_lot(&ties, words)) {
                return false;
            }
            break;
        }
        Str word;
        Str rest;
        more = str_cut(words, ',', &word, &rest);
        if (!add_key(&ties, word)) {
            return false;
        }
        words = rest;
    }
    TallyKey last = ties.keys[ties.count - 1];
    if ((last != TALLY_KEY_NAME && last != TALLY_KEY_LOT) || names_before_lot(&ties)) {
        return false;
    }
    *out = ties;
    return true;
}

bool tally_parse_zero_support(Str word, TallyZeroSupport *out)
{
    static const Word words[] = {{STR_INIT("include"), TALLY_ZERO_INCLUDE},
                                 {STR_INIT("exclude"), TALLY_ZERO_EXCLUDE}};
    int value = 0;
    if (!find_word(words, countof(words), word, &value)) {
        return false;
    }
    *out = (TallyZeroSupport)value;
    return true;
}

bool tally_parse_misfit(Str word, TallyMisfit *out)
{
    static const Word words[] = {{STR_INIT("skip"), TALLY_MISFIT_SKIP},
                                 {STR_INIT("stop"), TALLY_MISFIT_STOP}};
    int value = 0;
    if (!find_word(words, countof(words), word, &value)) {
        return false;
    }
    *out = (TallyMisfit)value;
    return true;
}

bool tally_parse_share(Str word, int32_t *out)
{
    int64_t value = 0;
    int decimals = 0;
    if (!tally_decimal_parse(word, &value, &decimals) || decimals > 2 ||
        !tally_decimal_rescale(value, decimals, 2, &value) || value > TALLY_WHOLE) {
        return false;
    }
    *out = (int32_t)value;
    return true;
}
