#include "tally/tally_words.h"

/* How much more each voter is given in a step of add1, before the scale of an election is known. */
typedef struct Increment {
    bool given;
    int64_t value;
    int decimals;
} Increment;

/* "category=NAME=AMOUNT": the projects whose cell of that column lists the name cost at most so
 * much together. */
typedef struct Cap {
    bool is_target; /* else category */
    Str name;
    int64_t value;
    int decimals;
} Cap;

static bool read_cap(Str word, Cap *out)
{
    Str column;
    Str rest;
    size_t at = 0;
    if (!str_cut(word, '=', &column, &rest)) {
        return false;
    }
    for (size_t i = 0; i < rest.len; i++) {
        at = rest.data[i] == '=' ? i : at; /* the last: a name may hold one */
    }
    out->is_target = str_eq(column, STR("target"));
    out->name = str_slice(rest, 0, at);
    return at > 0 && (out->is_target || str_eq(column, STR("category"))) &&
           tally_decimal_parse(str_slice(rest, at + 1, rest.len), &out->value, &out->decimals);
}

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

/* Caps need the projects of an election; here only their form is looked at. */
static bool set_cap(Str value, TallyOptions *options, Increment *increment)
{
    (void)options;
    (void)increment;
    Cap cap;
    return read_cap(value, &cap);
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
    {STR_INIT("cap"), set_cap, "cap: category=NAME=AMOUNT or target=NAME=AMOUNT"},
};

static const char *const unknown_name =
    "an option: rule, utility, complete, increment, tie, zero-support, misfit or cap";

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

/* Columns may list several names, separated by commas. */
static bool lists_name(Str cell, Str name)
{
    bool more = true;
    bool found = false;
    while (more && !found) {
        Str one;
        more = str_cut(cell, ',', &one, &cell);
        found = str_eq(str_trim(one), name);
    }
    return found;
}

static Error *make_cap(Arena *arena, Str word, const PabulibFile *file, TallyConstraint *out)
{
    Cap cap = {0};
    const TallyElection *election = &file->election;
    uint32_t *projects = arena_array(arena, uint32_t, (size_t)election->n_projects + 1);
    uint32_t count = 0;
    int64_t amount = 0;
    bool fits = read_cap(word, &cap) && cap.decimals <= election->amount_decimals &&
                tally_decimal_rescale(cap.value, cap.decimals, election->amount_decimals, &amount);
    for (uint32_t p = 0; p < election->n_projects && fits; p++) {
        const PabulibProject *project = &file->projects[p];
        if (lists_name(cap.is_target ? project->target : project->category, cap.name)) {
            projects[count++] = p;
        }
    }
    *out = tally_group(cap.name, projects, count);
    out->most_cost = amount;
    if (fits && count > 0) {
        return NULL;
    }
    return error_make(arena, ERROR_BAD_REQUEST,
                      fits ? "the cap \"%.*s\" names no project of the file"
                           : "the amount of the cap \"%.*s\" is finer than those of the file",
                      STR_ARG(word));
}

static Error *add_caps(Arena *arena, const TallyWord *words, size_t n_words,
                       const PabulibFile *file, TallyOptions *out)
{
    TallyConstraint *caps = arena_array(arena, TallyConstraint, n_words + 1);
    for (size_t i = 0; i < n_words; i++) {
        if (str_eq(words[i].name, STR("cap"))) {
            Error *err = make_cap(arena, words[i].value, file, &caps[out->limits.n_constraints++]);
            if (err) {
                return err;
            }
        }
    }
    out->limits.constraints = caps;
    return NULL;
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
    return add_caps(arena, words, n_words, file, out);
}
