/* Real elections against results computed by others in exact arithmetic.
 *
 * Reads <root>/../shared/data/pabulib/expected.jsonl (root = YZ_ROOT, default the current folder)
 * and repeats every record of it, of every rule: what is selected, in which order, at what cost; of
 * the best total satisfaction, what it amounts to. The folder is not part of the project: when it
 * is absent this says so and passes. Records the reference programs gave up on hold no result; they
 * are listed by name.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "tally/pabulib.h"

#define FOLDER "../shared/data/pabulib"

typedef struct Tallies {
    int records;
    int same;
    int different;
    int unfinished; /* records the reference program gave up on */
} Tallies;

typedef struct Reference {
    const json_t *record;
    const char *file;
    const char *rule;
    TallyOptions options;
} Reference;

static bool read_file(const char *path, Buf *out)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    char chunk[65536];
    size_t got = 0;
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
        buf_append(out, chunk, got);
    }
    fclose(file);
    return !out->overflowed;
}

static Str folder_path(Arena *arena, const char *below, const char *name)
{
    const char *root = getenv("YZ_ROOT");
    return arena_printf(arena, "%s/" FOLDER "/%s%s", root == NULL ? "." : root, below, name);
}

typedef struct Pair {
    const char *theirs;
    const char *ours;
} Pair;

/* Our word for one of the reference program's; NULL when it is not in the list. */
static const char *translate(const Pair *pairs, size_t count, const char *theirs)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(pairs[i].theirs, theirs) == 0) {
            return pairs[i].ours;
        }
    }
    return NULL;
}

static const Pair rules[] = {
    {"greedy_votes", "greedy"},         {"greedy_density", "greedy"}, {"greedy_points", "greedy"},
    {"greedy_borda", "greedy"},         {"mes", "equal-shares"},      {"phragmen", "phragmen"},
    {"maxwelfare", "max-satisfaction"},
};

static const Pair utilities[] = {
    {"Cost_Sat", "cost"},           {"Cardinality_Sat", "count"},
    {"points*cost", "points-cost"}, {"Additive_Cardinal_Sat", "points"},
    {"borda0*cost", "borda0-cost"}, {"Additive_Borda_Sat", "borda0"},
    {"borda1*cost", "borda1-cost"}, {"borda1", "borda1"},
};

static const Pair ties[] = {
    {"lexico", "name"},
    {"mincost,lexico", "cost,name"},
    {"maxvotes,mincost,lexico", "votes,cost,name"},
};

/* The greedy after the plus always goes by the utility of the record. */
static const Pair completions[] = {
    {"none", "none"},
    {"greedy_votes", "greedy"},
    {"add1+greedy_votes", "add1+greedy"},
    {"add1e+greedy_votes", "add1e+greedy"},
    {"add1e+greedy_density", "add1e+greedy"},
    {"add1e+greedy_points", "add1e+greedy"},
    {"add1e+greedy_borda", "add1e+greedy"},
};

static bool knows_words(const json_t *params, TallyOptions *options)
{
    const char *sat = "Cost_Sat";
    const char *tie = "lexico";
    const char *completion = "none";
    json_error_t error;
    assert_int_equal(json_unpack_ex((json_t *)params, &error, 0, "{s?s,s?s,s?s}", "sat", &sat,
                                    "tie", &tie, "completion", &completion),
                     0);
    Str utility = str_from(translate(utilities, countof(utilities), sat));
    Str order = str_from(translate(ties, countof(ties), tie));
    Str after = str_from(translate(completions, countof(completions), completion));
    return tally_parse_utility(utility, &options->utility) &&
           tally_parse_ties(order, &options->ties) &&
           tally_parse_completion(after, &options->completion);
}

static Reference read_record(const json_t *record)
{
    Reference reference = {.record = record,
                           .file = json_string_value(json_object_get(record, "file")),
                           .rule = json_string_value(json_object_get(record, "rule")),
                           .options = {.zero_support = TALLY_ZERO_INCLUDE}};
    Str rule = str_from(translate(rules, countof(rules), reference.rule));
    assert_true(tally_parse_rule(rule, &reference.options.rule));
    assert_true(knows_words(json_object_get(record, "params"), &reference.options));
    return reference;
}

/* The reference writes whole numbers as such and others as "a/b". */
static bool same_amount(const json_t *expected, int64_t value, int decimals)
{
    __int128 scale = 1;
    for (int i = 0; i < decimals; i++) {
        scale *= 10;
    }
    if (json_is_integer(expected)) {
        return value == json_integer_value(expected) * scale;
    }
    Str numerator;
    Str denominator;
    int64_t a = 0;
    int64_t b = 0;
    return str_cut(str_from(json_string_value(expected)), '/', &numerator, &denominator) &&
           str_to_int64(numerator, &a) && str_to_int64(denominator, &b) &&
           (__int128)value * b == a * scale;
}

static bool is_at(const json_t *ids, size_t i, Str name)
{
    return str_eq(str_from(json_string_value(json_array_get(ids, i))), name);
}

/* The order counts. (Equal shares takes free projects first of all, in our order of ties; the
 * reference in any order. No record has two of them.) */
static bool same_selection(const json_t *record, const TallyElection *election,
                           const TallyResult *result)
{
    const json_t *ids = json_object_get(record, "selected");
    const json_t *before = json_object_get(record, "n_before_completion");
    if (json_array_size(ids) != result->n_selected ||
        (before != NULL && json_integer_value(before) != result->n_shares)) {
        return false;
    }
    for (uint32_t i = 0; i < result->n_selected; i++) {
        if (!is_at(ids, i, election->projects[result->selected[i]].name)) {
            return false;
        }
    }
    return true;
}

/* Other sets may be as good: compared is what it amounts to. */
static bool same_welfare(const json_t *record, const TallyElection *election,
                         const TallyResult *result)
{
    Str welfare = str_from(json_string_value(json_object_get(record, "welfare")));
    return str_eq(welfare, result->welfare) && result->total_cost <= election->budget;
}

static bool same_result(const Reference *reference, const TallyElection *election,
                        const TallyResult *result)
{
    const json_t *record = reference->record;
    if (json_integer_value(json_object_get(record, "votes")) != result->voters) {
        return false;
    }
    if (reference->options.rule == TALLY_RULE_MAX_SATISFACTION) {
        return same_welfare(record, election, result);
    }
    return same_selection(record, election, result) &&
           same_amount(json_object_get(record, "total_cost"), result->total_cost,
                       election->amount_decimals);
}

static bool repeats(Arena *arena, const Reference *reference)
{
    Buf text;
    buf_init(&text, (size_t)64 * 1024 * 1024);
    PabulibFile file;
    TallyResult result;
    assert_true(read_file(folder_path(arena, "files/", reference->file).data, &text));
    Error *err = pabulib_parse(arena, buf_view(&text), &file);
    err = err ? err : tally_run(arena, &file.election, &reference->options, &result);
    bool same = err == NULL && same_result(reference, &file.election, &result);
    if (err) {
        print_error("%s: %.*s\n", reference->file, STR_ARG(err->detail));
    }
    buf_free(&text);
    return same;
}

static void repeat_record(const char *line, Tallies *tallies)
{
    json_error_t error;
    json_t *record = json_loads(line, 0, &error);
    assert_non_null(record);
    Reference reference = read_record(record);
    const char *status = json_string_value(json_object_get(record, "status"));
    tallies->records++;
    if (strcmp(status, "ok") != 0) {
        tallies->unfinished++;
        print_message("no result to compare with (%s): %s %s\n", status, reference.file,
                      reference.rule);
    } else {
        Arena *arena = arena_create((size_t)1024 * 1024 * 1024);
        bool same = repeats(arena, &reference);
        tallies->same += same;
        tallies->different += !same;
        if (!same) {
            print_error("different: %s\n", line);
        }
        arena_destroy(arena);
    }
    json_decref(record);
}

static void every_record_is_repeated_to_the_last_digit(void **state)
{
    (void)state;
    Arena *arena = arena_create(1024 * 1024);
    FILE *records = fopen(folder_path(arena, "", "expected.jsonl").data, "rb");
    arena_destroy(arena);
    if (records == NULL) {
        print_message("no real elections at " FOLDER ": nothing compared\n");
        return;
    }
    Tallies tallies = {0};
    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, records) > 0) {
        repeat_record(line, &tallies);
    }
    free(line);
    fclose(records);
    print_message("of %d records: %d same, %d different, %d without a result\n", tallies.records,
                  tallies.same, tallies.different, tallies.unfinished);
    assert_int_equal(tallies.different, 0);
    assert_true(tallies.same > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_record_is_repeated_to_the_last_digit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
