/* Real elections against results computed by others in exact arithmetic.
 *
 * Reads <root>/../shared/data/pabulib/expected.jsonl (root = YZ_ROOT, default the current folder)
 * and repeats every greedy record of it. The folder is not part of the project: when it is absent
 * this says so and passes.
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
    int same;
    int different;
    int other_rules;
    int unfinished; /* records the reference program gave up on */
} Tallies;

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

/* The words of the reference program for our utilities and orders of ties (its "sat" and "tie"). */
static void read_params(const json_t *record, TallyOptions *options)
{
    static const char *const words[][2] = {
        {"Cost_Sat", "cost"},
        {"Cardinality_Sat", "count"},
        {"points*cost", "points-cost"},
        {"Additive_Cardinal_Sat", "points"},
        {"borda0*cost", "borda0-cost"},
        {"Additive_Borda_Sat", "borda0"},
        {"borda1*cost", "borda1-cost"},
        {"borda1", "borda1"},
        {"lexico", "name"},
        {"mincost,lexico", "cost,name"},
        {"maxvotes,mincost,lexico", "votes,cost,name"},
    };
    const char *sat = NULL;
    const char *tie = NULL;
    json_error_t error;
    assert_int_equal(json_unpack_ex((json_t *)record, &error, 0, "{s:{s:s,s:s}}", "params", "sat",
                                    &sat, "tie", &tie),
                     0);
    bool knows_sat = false;
    bool knows_tie = false;
    for (size_t i = 0; i < countof(words); i++) {
        Str ours = str_from(words[i][1]);
        knows_sat |= strcmp(words[i][0], sat) == 0 && tally_parse_utility(ours, &options->utility);
        knows_tie |= strcmp(words[i][0], tie) == 0 && tally_parse_ties(ours, &options->ties);
    }
    assert_true(knows_sat && knows_tie);
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

static bool same_selection(const json_t *record, const TallyElection *election,
                           const TallyResult *result)
{
    const json_t *ids = json_object_get(record, "selected");
    if (json_array_size(ids) != result->n_selected) {
        return false;
    }
    for (uint32_t i = 0; i < result->n_selected; i++) {
        Str expected = str_from(json_string_value(json_array_get(ids, i)));
        if (!str_eq(election->projects[result->selected[i]].name, expected)) {
            return false;
        }
    }
    return true;
}

static bool repeats(Arena *arena, const json_t *record, const char *file_name)
{
    Buf text;
    buf_init(&text, (size_t)64 * 1024 * 1024);
    PabulibFile file;
    TallyOptions options = {.zero_support = TALLY_ZERO_INCLUDE};
    TallyResult result;
    read_params(record, &options);
    assert_true(read_file(folder_path(arena, "files/", file_name).data, &text));
    Error *err = pabulib_parse(arena, buf_view(&text), &file);
    err = err ? err : tally_run(arena, &file.election, &options, &result);
    if (err) {
        print_error("%s: %.*s\n", file_name, STR_ARG(err->detail));
        buf_free(&text);
        return false;
    }
    bool same = same_selection(record, &file.election, &result) &&
                same_amount(json_object_get(record, "total_cost"), result.total_cost,
                            file.election.amount_decimals) &&
                json_integer_value(json_object_get(record, "votes")) == result.voters;
    buf_free(&text);
    return same;
}

static void repeat_record(const char *line, Tallies *tallies)
{
    json_error_t error;
    json_t *record = json_loads(line, 0, &error);
    assert_non_null(record);
    const char *rule = json_string_value(json_object_get(record, "rule"));
    const char *status = json_string_value(json_object_get(record, "status"));
    const char *file_name = json_string_value(json_object_get(record, "file"));
    if (strncmp(rule, "greedy", 6) != 0) {
        tallies->other_rules++;
    } else if (strcmp(status, "ok") != 0) {
        tallies->unfinished++;
    } else {
        Arena *arena = arena_create((size_t)512 * 1024 * 1024);
        bool same = repeats(arena, record, file_name);
        tallies->same += same;
        tallies->different += !same;
        if (!same) {
            print_error("different: %s\n", line);
        }
        arena_destroy(arena);
    }
    json_decref(record);
}

static void every_greedy_record_is_repeated_to_the_last_digit(void **state)
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
    print_message("greedy records: %d same, %d different, %d without a result; other rules: %d\n",
                  tallies.same, tallies.different, tallies.unfinished, tallies.other_rules);
    assert_int_equal(tallies.different, 0);
    assert_true(tallies.same > 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_greedy_record_is_repeated_to_the_last_digit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
