#include "tally/tally_words_limits.h"

/* How the projects of a cap or floor are named. */
typedef enum GroupBy { BY_CATEGORY, BY_TARGET, BY_PROJECTS } GroupBy;

/* "category=NAME=AMOUNT", taken apart. */
typedef struct GroupWord {
    GroupBy by;
    Str name; /* of a category or target; or the ids */
    WordAmount amount;
} GroupWord;

bool word_amount(Str value, WordAmount *out)
{
    *out = (WordAmount){.given = true};
    return tally_decimal_parse(value, &out->value, &out->decimals);
}

Error *word_rescale(Arena *arena, const char *name, const WordAmount *amount,
                    const TallyElection *election, int64_t *out)
{
    int decimals = election->amount_decimals;
    if (!amount->given || (amount->decimals <= decimals &&
                           tally_decimal_rescale(amount->value, amount->decimals, decimals, out))) {
        return NULL;
    }
    return error_make(arena, ERROR_BAD_REQUEST,
                      "the %s is finer than the amounts of the file (%d decimals) or above 10^18",
                      name, decimals);
}

static bool read_column(Str word, GroupBy *out)
{
    static const Str columns[] = {STR_INIT("category"), STR_INIT("target"), STR_INIT("projects")};
    for (size_t i = 0; i < countof(columns); i++) {
        if (str_eq(columns[i], word)) {
            *out = (GroupBy)i;
            return true;
        }
    }
    return false;
}

bool word_is_list(Str value)
{
    bool more = true;
    bool whole = true;
    while (more && whole) {
        Str one;
        more = str_cut(value, ',', &one, &value);
        whole = str_trim(one).len > 0;
    }
    return whole;
}

static bool read_group(Str word, GroupWord *out)
{
    Str column;
    Str rest;
    size_t at = 0;
    if (!str_cut(word, '=', &column, &rest) || !read_column(column, &out->by)) {
        return false;
    }
    for (size_t i = 0; i < rest.len; i++) {
        at = rest.data[i] == '=' ? i : at; /* the last: a name may hold one */
    }
    out->name = str_slice(rest, 0, at);
    return at > 0 && (out->by != BY_PROJECTS || word_is_list(out->name)) &&
           word_amount(str_slice(rest, at + 1, rest.len), &out->amount);
}

bool word_is_money_limit(Str value)
{
    GroupWord group;
    return read_group(value, &group);
}

bool word_is_number_limit(Str value)
{
    GroupWord group;
    return read_group(value, &group) && group.amount.decimals == 0 &&
           group.amount.value < UINT32_MAX;
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

static bool is_in_group(const GroupWord *group, const PabulibFile *file, uint32_t project)
{
    const PabulibProject *columns = &file->projects[project];
    switch (group->by) {
    case BY_CATEGORY:
        return lists_name(columns->category, group->name);
    case BY_TARGET:
        return lists_name(columns->target, group->name);
    case BY_PROJECTS:
        break;
    }
    return lists_name(group->name, file->election.projects[project].name);
}

static bool is_project(const PabulibFile *file, Str id)
{
    bool found = false;
    for (uint32_t p = 0; p < file->election.n_projects && !found; p++) {
        found = str_eq(file->election.projects[p].name, id);
    }
    return found;
}

/* Of "ID,ID,…": the first that is no project of the file. */
static Error *check_ids(Arena *arena, Str name, Str ids, const PabulibFile *file)
{
    bool more = true;
    while (more) {
        Str id;
        more = str_cut(ids, ',', &id, &ids);
        id = str_trim(id);
        if (!is_project(file, id)) {
            return error_make(arena, ERROR_BAD_REQUEST, "%.*s: the file has no project \"%.*s\"",
                              STR_ARG(name), STR_ARG(id));
        }
    }
    return NULL;
}

/* ---- caps and floors ----------------------------------------------------------------------- */

static void bound_most_cost(TallyConstraint *it, int64_t value)
{
    it->most_cost = value;
}

static void bound_most_number(TallyConstraint *it, int64_t value)
{
    it->most_number = (uint32_t)value;
}

static void bound_least_cost(TallyConstraint *it, int64_t value)
{
    it->least_cost = value;
}

static void bound_least_number(TallyConstraint *it, int64_t value)
{
    it->least_number = (uint32_t)value;
}

/* In the order in which the constraints are listed, so that the order of unlike words says nothing.
 */
static const struct {
    Str name;
    bool is_money;
    void (*bound)(TallyConstraint *it, int64_t value);
} kinds[] = {
    {STR_INIT("cap"), true, bound_most_cost},
    {STR_INIT("cap-number"), false, bound_most_number},
    {STR_INIT("floor"), true, bound_least_cost},
    {STR_INIT("floor-number"), false, bound_least_number},
};

static Error *make_constraint(Arena *arena, size_t kind, Str word, const PabulibFile *file,
                              TallyConstraint *out)
{
    GroupWord group = {0};
    require(read_group(word, &group));
    uint32_t *projects = arena_array(arena, uint32_t, (size_t)file->election.n_projects + 1);
    uint32_t count = 0;
    int64_t bound = group.amount.value;
    Error *err = NULL;
    if (kinds[kind].is_money) {
        const char *what =
            arena_printf(arena, "%.*s \"%.*s\"", STR_ARG(kinds[kind].name), STR_ARG(word)).data;
        err = word_rescale(arena, what, &group.amount, &file->election, &bound);
    }
    if (!err && group.by == BY_PROJECTS) {
        err = check_ids(arena, kinds[kind].name, group.name, file);
    }
    if (err) {
        return err;
    }
    for (uint32_t p = 0; p < file->election.n_projects; p++) {
        if (is_in_group(&group, file, p)) {
            projects[count++] = p;
        }
    }
    *out = tally_group(group.name, projects, count);
    kinds[kind].bound(out, bound);
    return count > 0 ? NULL
                     : error_make(arena, ERROR_BAD_REQUEST,
                                  "the %.*s \"%.*s\" names no project of the file",
                                  STR_ARG(kinds[kind].name), STR_ARG(word));
}

static Error *add_constraints(Arena *arena, const TallyWord *words, size_t n_words,
                              const PabulibFile *file, TallyLimits *out)
{
    TallyConstraint *constraints = arena_array(arena, TallyConstraint, n_words + 1);
    for (size_t kind = 0; kind < countof(kinds); kind++) {
        for (size_t i = 0; i < n_words; i++) {
            if (!str_eq(words[i].name, kinds[kind].name)) {
                continue;
            }
            Error *err = make_constraint(arena, kind, words[i].value, file,
                                         &constraints[out->n_constraints++]);
            if (err) {
                return err;
            }
        }
    }
    out->constraints = constraints;
    return NULL;
}

/* ---- decisions ------------------------------------------------------------------------------ */

static Error *decide(Arena *arena, TallyWord word, TallyDecision decision, const PabulibFile *file,
                     TallyDecision *decisions)
{
    Error *err = check_ids(arena, word.name, word.value, file);
    for (uint32_t p = 0; p < file->election.n_projects && !err; p++) {
        Str id = file->election.projects[p].name;
        if (!lists_name(word.value, id)) {
            continue;
        }
        if (decisions[p] != TALLY_UNDECIDED && decisions[p] != decision) {
            err = error_make(arena, ERROR_BAD_REQUEST,
                             "the project \"%.*s\" is both decided and withdrawn", STR_ARG(id));
        }
        decisions[p] = decision;
    }
    return err;
}

static Error *add_decisions(Arena *arena, const TallyWord *words, size_t n_words,
                            const PabulibFile *file, TallyLimits *out)
{
    TallyDecision *decisions =
        arena_array(arena, TallyDecision, (size_t)file->election.n_projects + 1);
    for (size_t i = 0; i < n_words; i++) {
        bool is_in = str_eq(words[i].name, STR("decided"));
        if (!is_in && !str_eq(words[i].name, STR("withdrawn"))) {
            continue;
        }
        Error *err =
            decide(arena, words[i], is_in ? TALLY_DECIDED_IN : TALLY_DECIDED_OUT, file, decisions);
        if (err) {
            return err;
        }
        out->decisions = decisions;
    }
    return NULL;
}

Error *words_add_limits(Arena *arena, const TallyWord *words, size_t n_words,
                        const PabulibFile *file, TallyOptions *out)
{
    Error *err = add_constraints(arena, words, n_words, file, &out->limits);
    return err ? err : add_decisions(arena, words, n_words, file, &out->limits);
}
