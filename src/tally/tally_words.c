#include "tally/tally_words.h"

/* How much more each voter is given in a step of add1, before the scale of an election is known. */
typedef struct Increment {
    bool given;
    int64_t value;
    int decimals;
} Increment;

typedef bool SetWord(Str value, TallyOptions *options, Increment *increment);

static bool set_rule(Str value, TallyOptions *options, Increment *increment)
{
    (void)increment;
    return tally_parse_rule(value, &options->rule);
}

static bool set_utility(Str value, TallyOptions *options, Increment *increment)
{
    (void)increment;
    return tally_parse_utility(value, &options->utility);
}

static bool set_completion(Str value, TallyOptions *options, Increment *increment)
{
    (void)increment;
    return tally_parse_completion(value, &options->completion);
}

static bool set_increment(Str value, TallyOptions *options, Increment *increment)
{
    (void)options;
    increment->given = true;
    return tally_decimal_parse(value, &increment->value, &increment->decimals) &&
           increment->value > 0;
}

static bool set_ties(Str value, TallyOptions *options, Increment *increment)
{
    (void)increment;
    return tally_parse_ties(value, &options->ties);
}

static bool set_zero_support(Str value, TallyOptions *options, Increment *increment)
{
    (void)increment;
    return tally_parse_zero_support(value, &options->zero_support);
}

static bool set_misfit(Str value, TallyOptions *options, Increment *increment)
{
    (void)increment;
    return tally_parse_misfit(value, &options->misfit);
}

typedef struct WordRow {
    Str name;
    SetWord *set;
    const char *takes;
} WordRow;

static const WordRow rows[] = {
    {STR_INIT("rule"), set_rule, "rule: greedy, equal-shares, phragmen or max-welfare"},
    {STR_INIT("utility"), set_utility,
     "utility: cost, count, points, points-cost, borda0, borda1, borda0-cost or borda1-cost"},
    {STR_INIT("complete"), set_completion,
     "complete: none, greedy, add1, add1e, add1+greedy or add1e+greedy"},
    {STR_INIT("increment"), set_increment, "increment: an amount above 0"},
    {STR_INIT("tie"), set_ties,
     "tie: some of votes, cost, and at the end name or lot:SEED, separated by commas"},
    {STR_INIT("zero-support"), set_zero_support, "zero-support: exclude or include"},
    {STR_INIT("misfit"), set_misfit, "misfit: skip or stop"},
};

static const char *const unknown_name =
    "an option: rule, utility, complete, increment, tie, zero-support or misfit";

static const WordRow *find_row(Str name)
{
    for (size_t i = 0; i < countof(rows); i++) {
        if (str_eq(rows[i].name, name)) {
            return &rows[i];
        }
    }
    return NULL;
}

static const char *set_word(TallyWord word, TallyOptions *options, Increment *increment)
{
    const WordRow *row = find_row(word.name);
    if (row == NULL) {
        return unknown_name;
    }
    return row->set(word.value, options, increment) ? NULL : row->takes;
}

const char *tally_word_refused(TallyWord word)
{
    TallyOptions options;
    Increment increment;
    return set_word(word, &options, &increment);
}

Error *tally_words_apply(Arena *arena, const TallyWord *words, size_t n_words,
                         const PabulibFile *file, TallyOptions *out)
{
    Increment increment = {0};
    *out = tally_default_options();
    for (size_t i = 0; i < n_words; i++) {
        const char *takes = set_word(words[i], out, &increment);
        if (takes != NULL) {
            return error_make(arena, ERROR_BAD_REQUEST, "\"%.*s\" is not taken by %s",
                              STR_ARG(words[i].value), takes);
        }
    }
    int decimals = file->election.amount_decimals;
    if (increment.given &&
        (increment.decimals > decimals ||
         !tally_decimal_rescale(increment.value, increment.decimals, decimals, &out->increment))) {
        return error_make(arena, ERROR_BAD_REQUEST,
                          "the increment is finer than the amounts of the file (%d decimals) or "
                          "above 10^18",
                          decimals);
    }
    return NULL;
}
