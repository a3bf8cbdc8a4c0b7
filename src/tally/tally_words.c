#include "tally/tally_words.h"

#include "tally/tally_words_limits.h"

/* Options in the making. */
typedef struct Draft {
    TallyOptions options;
    WordAmount increment;
    WordAmount least_price;
    WordAmount most_price;
} Draft;

typedef bool SetWord(Str value, Draft *draft);

static bool set_rule(Str value, Draft *draft)
{
    return tally_parse_rule(value, &draft->options.rule);
}

static bool set_utility(Str value, Draft *draft)
{
    return tally_parse_utility(value, &draft->options.utility);
}

static bool set_completion(Str value, Draft *draft)
{
    return tally_parse_completion(value, &draft->options.completion);
}

static bool set_increment(Str value, Draft *draft)
{
    return word_amount(value, &draft->increment) && draft->increment.value > 0;
}

static bool set_ties(Str value, Draft *draft)
{
    return tally_parse_ties(value, &draft->options.ties);
}

static bool set_zero_support(Str value, Draft *draft)
{
    return tally_parse_zero_support(value, &draft->options.zero_support);
}

static bool set_misfit(Str value, Draft *draft)
{
    return tally_parse_misfit(value, &draft->options.misfit);
}

static bool set_misfit_share(Str value, Draft *draft)
{
    return tally_parse_share(value, &draft->options.misfit_share);
}

static bool set_least_price(Str value, Draft *draft)
{
    return word_amount(value, &draft->least_price);
}

static bool set_most_price(Str value, Draft *draft)
{
    return word_amount(value, &draft->most_price) && draft->most_price.value > 0;
}

static bool set_least_votes(Str value, Draft *draft)
{
    int decimals = 0;
    return tally_decimal_parse(value, &draft->options.limits.least_votes, &decimals) &&
           decimals == 0;
}

/* The next three need the projects of a file; here only their form is looked at. */
static bool see_money_limit(Str value, Draft *draft)
{
    (void)draft;
    return word_is_money_limit(value);
}

static bool see_number_limit(Str value, Draft *draft)
{
    (void)draft;
    return word_is_number_limit(value);
}

static bool see_list(Str value, Draft *draft)
{
    (void)draft;
    return word_is_list(value);
}

typedef struct WordRow {
    Str name;
    SetWord *set;
    const char *takes;
    bool repeats;
} WordRow;

#define KEYS "category=NAME, target=NAME or projects=ID,ID,..."

static const WordRow rows[] = {
    {STR_INIT("rule"), set_rule,
     "rule: greedy, equal-shares, equal-shares-bos, phragmen or max-welfare", false},
    {STR_INIT("utility"), set_utility,
     "utility: cost, count, points, points-cost, borda0, borda1, borda0-cost or borda1-cost",
     false},
    {STR_INIT("complete"), set_completion,
     "complete: none, greedy, add1, add1e, next, add1+greedy, add1e+greedy or next+greedy", false},
    {STR_INIT("increment"), set_increment, "increment: an amount above 0", false},
    {STR_INIT("tie"), set_ties,
     "tie: some of votes, cost, and at the end name or lot:SEED, separated by commas", false},
    {STR_INIT("zero-support"), set_zero_support, "zero-support: exclude or include", false},
    {STR_INIT("misfit"), set_misfit, "misfit: skip or stop", false},
    {STR_INIT("misfit-share"), set_misfit_share,
     "misfit-share: a percentage from 0 to 100 with at most two decimals", false},
    {STR_INIT("min-price"), set_least_price, "min-price: an amount", false},
    {STR_INIT("max-price"), set_most_price, "max-price: an amount above 0", false},
    {STR_INIT("min-support"), set_least_votes, "min-support: a number of votes", false},
    {STR_INIT("cap"), see_money_limit, "cap: KEY=AMOUNT, KEY being " KEYS, true},
    {STR_INIT("cap-number"), see_number_limit, "cap-number: KEY=NUMBER, KEY being " KEYS, true},
    {STR_INIT("floor"), see_money_limit, "floor: KEY=AMOUNT, KEY being " KEYS, true},
    {STR_INIT("floor-number"), see_number_limit, "floor-number: KEY=NUMBER, KEY being " KEYS, true},
    {STR_INIT("decided"), see_list, "decided: ids of projects, separated by commas", true},
    {STR_INIT("withdrawn"), see_list, "withdrawn: ids of projects, separated by commas", true},
};

static const char *const unknown_name =
    "an option: rule, utility, complete, increment, tie, zero-support, misfit, misfit-share, "
    "min-price, max-price, min-support, cap, cap-number, floor, floor-number, decided or withdrawn";

static const WordRow *find_row(Str name)
{
    for (size_t i = 0; i < countof(rows); i++) {
        if (str_eq(rows[i].name, name)) {
            return &rows[i];
        }
    }
    return NULL;
}

static const char *set_word(TallyWord word, Draft *draft)
{
    const WordRow *row = find_row(word.name);
    if (row == NULL) {
        return unknown_name;
    }
    return row->set(word.value, draft) ? NULL : row->takes;
}

const char *tally_word_refused(TallyWord word)
{
    Draft draft;
    return set_word(word, &draft);
}

bool tally_word_repeats(Str name)
{
    const WordRow *row = find_row(name);
    return row != NULL && row->repeats;
}

/* What has to wait until the scale of the amounts is known. */
static Error *rescale(Arena *arena, const Draft *draft, const TallyElection *election,
                      TallyOptions *out)
{
    Error *err = word_rescale(arena, "increment", &draft->increment, election, &out->increment);
    if (!err) {
        err = word_rescale(arena, "min-price", &draft->least_price, election,
                           &out->limits.least_price);
    }
    return err ? err
               : word_rescale(arena, "max-price", &draft->most_price, election,
                              &out->limits.most_price);
}

Error *tally_words_apply(Arena *arena, const TallyWord *words, size_t n_words,
                         const PabulibFile *file, TallyOptions *out)
{
    Draft draft = {.options = tally_default_options()};
    for (size_t i = 0; i < n_words; i++) {
        const char *takes = set_word(words[i], &draft);
        if (takes != NULL) {
            return error_make(arena, ERROR_BAD_REQUEST, "\"%.*s\" is not taken by %s",
                              STR_ARG(words[i].value), takes);
        }
    }
    *out = draft.options;
    Error *err = rescale(arena, &draft, &file->election, out);
    return err ? err : words_add_limits(arena, words, n_words, file, out);
}
