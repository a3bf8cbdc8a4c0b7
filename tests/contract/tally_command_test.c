/* `yuanzhuo tally` as a person at a terminal uses it: what it prints, its exit codes, and what it
 * says when something is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "tests/support/run_program.h"

/* Four voters, 25 each: pool and bench by equal shares, pool and park by votes. */
#define STREET                                                                                     \
    "META\nkey;value\nbudget;100\nvote_type;approval\n"                                            \
    "PROJECTS\nproject_id;cost;name;category;target\n"                                             \
    "pool;60;Pool;water;young,old\npark;30;Park;green;old\nbench;10;Bench;green;old\n"             \
    "road;40;Road;traffic;\n"                                                                      \
    "VOTES\nvoter_id;vote\n1;pool,park\n2;pool,park\n3;pool,bench\n4;bench,road\n"
#define RANKED                                                                                     \
    "META\nkey;value\nbudget;10\nvote_type;ordinal\nPROJECTS\nproject_id;cost\na;6\nb;5\n"         \
    "VOTES\nvoter_id;vote\n1;a,b\n2;b,a\n3;b\n"
#define POINTS                                                                                     \
    "META\nkey;value\nbudget;10\nvote_type;cumulative\nPROJECTS\nproject_id;cost\na;6\nb;5\n"      \
    "VOTES\nvoter_id;vote;points\n1;a,b;2,1\n2;b;3\n"
#define BAD                                                                                        \
    "META\nkey;value\nbudget;10\nvote_type;approval\nPROJECTS\nproject_id;cost\na;6\n"             \
    "VOTES\nvoter_id;vote\n1;a\n2;a,zebra\n"

typedef struct Place {
    Arena *arena;
    char directory[64];
} Place;

static const char *const names[] = {"street.pb", "ranked.pb", "points.pb", "bad.pb"};
static const char *const texts[] = {STREET, RANKED, POINTS, BAD};

static const char *path_in(const Place *place, const char *name)
{
    return arena_printf(place->arena, "%s/%s", place->directory, name).data;
}

static int set_up(void **state)
{
    static Place place;
    place = (Place){.arena = arena_create(64u << 20), .directory = "/tmp/yz_tally_XXXXXX"};
    require(mkdtemp(place.directory) != NULL);
    for (size_t i = 0; i < countof(names); i++) {
        FILE *file = fopen(path_in(&place, names[i]), "w");
        require(file != NULL && fputs(texts[i], file) >= 0 && fclose(file) == 0);
    }
    *state = &place;
    return 0;
}

static int tear_down(void **state)
{
    Place *place = *state;
    for (size_t i = 0; i < countof(names); i++) {
        unlink(path_in(place, names[i]));
    }
    rmdir(place->directory);
    arena_destroy(place->arena);
    return 0;
}

#define TALLY(place, ...)                                                                          \
    run_program((place)->arena, (place)->directory,                                                \
                (const char *const[]){"tally", __VA_ARGS__, NULL}, STR(""))

static void assert_says(Str text, const char *words)
{
    if (!str_contains(text, str_from(words))) {
        fail_msg("\"%s\" is not in:\n%.*s", words, STR_ARG(text));
    }
}

/* Exit code 0 and nothing on standard error. */
static Str assert_counted(ProgramRun run)
{
    if (run.code != 0 || run.err.len > 0) {
        fail_msg("exit %d: %.*s", run.code, STR_ARG(run.err));
    }
    return run.out;
}

static void assert_refused(ProgramRun run, int code, const char *words)
{
    assert_int_equal(run.code, code);
    assert_says(run.err, words);
}

/* The ids in the order bought, separated by commas. */
static Str selected_of(const Place *place, Str line)
{
    json_error_t error;
    json_t *json = json_loadb(line.data, line.len, JSON_DISABLE_EOF_CHECK, &error);
    assert_non_null(json);
    Str ids = STR("");
    size_t i;
    json_t *id;
    json_array_foreach(json_object_get(json, "selected"), i, id)
    {
        ids = arena_printf(place->arena, "%.*s%s%s", STR_ARG(ids), i > 0 ? "," : "",
                           json_string_value(id));
    }
    json_decref(json);
    return ids;
}

static void assert_selects(const Place *place, ProgramRun run, const char *ids)
{
    Str selected = selected_of(place, assert_counted(run));
    if (!str_eq(selected, str_from(ids))) {
        fail_msg("selected %.*s, not %s", STR_ARG(selected), ids);
    }
}

/* ---- what it prints ------------------------------------------------------------------------ */

static void a_file_is_counted_by_votes_into_a_table(void **state)
{
    const Place *place = *state;
    Str out = assert_counted(TALLY(place, "street.pb"));
    assert_says(out, "street.pb: 3 of 4 projects, 4 voters");
    assert_says(out, "budget 100, selected for 100, left 0, welfare 260");
    assert_says(out, "too dear by");
}

static void one_line_of_json_has_what_is_promised(void **state)
{
    const Place *place = *state;
    Str out =
        assert_counted(TALLY(place, "street.pb", "--rule", "equal-shares", "--format", "json"));
    json_error_t error;
    json_t *line = json_loadb(out.data, out.len, 0, &error);
    assert_non_null(line);
    assert_int_equal(out.data[out.len - 1], '\n');
    assert_string_equal(json_string_value(json_object_get(line, "file")), "street.pb");
    assert_string_equal(json_string_value(json_object_get(line, "rule")), "equal-shares");
    assert_string_equal(json_string_value(json_object_get(line, "total_cost")), "70");
    assert_string_equal(json_string_value(json_object_get(line, "budget")), "100");
    assert_string_equal(json_string_value(json_object_get(line, "welfare")), "200");
    assert_int_equal(json_integer_value(json_object_get(line, "voters")), 4);
    assert_true(json_is_number(json_object_get(line, "seconds")));
    json_decref(line);
    assert_true(str_eq(selected_of(place, out), STR("pool,bench")));
}

static void a_table_for_spreadsheets_has_a_row_a_project(void **state)
{
    const Place *place = *state;
    Str out = assert_counted(TALLY(place, "--format", "csv", "street.pb", "ranked.pb"));
    size_t lines = 0;
    for (size_t i = 0; i < out.len; i++) {
        lines += out.data[i] == '\n';
    }
    assert_int_equal(lines, 1 + 4 + 2);
    assert_true(str_starts_with(out, STR("file,turn,project,outcome,votes,cost,")));
    assert_says(out, "\r\nstreet.pb,1,pool,selected,3,60,100,");
}

static void many_files_print_a_line_each_in_their_order(void **state)
{
    const Place *place = *state;
    Str out =
        assert_counted(TALLY(place, "--format", "json", "ranked.pb", "street.pb", "points.pb"));
    static const char *const files[] = {"ranked.pb", "street.pb", "points.pb"};
    for (size_t i = 0; i < countof(files); i++) {
        Str line;
        str_cut(out, '\n', &line, &out);
        assert_says(line, files[i]);
    }
    assert_int_equal(out.len, 0);
}

static void a_dash_reads_standard_input(void **state)
{
    const Place *place = *state;
    const char *const arguments[] = {"tally", "-", "--format", "json", NULL};
    ProgramRun run = run_program(place->arena, place->directory, arguments, STR(STREET));
    assert_selects(place, run, "pool,bench,park");
}

/* ---- what is wrong ------------------------------------------------------------------------- */

static void a_bad_line_is_named_with_what_was_expected(void **state)
{
    const Place *place = *state;
    ProgramRun run = TALLY(place, "bad.pb");
    assert_refused(run, 1,
                   "yuanzhuo tally: bad.pb: line 11: expected the id of a project in PROJECTS, "
                   "found \"zebra\"\n");
    assert_int_equal(run.out.len, 0);
}

static void a_file_that_is_missing_or_bad_does_not_stop_the_others(void **state)
{
    const Place *place = *state;
    ProgramRun run = TALLY(place, "--format", "json", "none.pb", "street.pb", "bad.pb");
    assert_refused(run, 1, "none.pb: No such file or directory");
    assert_says(run.err, "bad.pb: line 11");
    assert_says(run.out, "\"file\":\"street.pb\"");
}

static void wrong_usage_is_told_apart_from_wrong_files(void **state)
{
    const Place *place = *state;
    assert_refused(TALLY(place, "--colour", "red", "street.pb"), 2, "--colour");
    assert_refused(TALLY(place, "--rule", "lottery", "street.pb"), 2,
                   "--rule does not take \"lottery\"; rule: greedy, equal-shares");
    assert_refused(TALLY(place, "--format", "xml", "street.pb"), 2, "text, json or csv");
    assert_refused(TALLY(place, "--cap", "green", "street.pb"), 2, "KEY=AMOUNT");
    assert_refused(TALLY(place, "--rule"), 2, "--rule");
    assert_refused(
        run_program(place->arena, place->directory, (const char *const[]){"tally", NULL}, STR("")),
        2, "which file?");
}

static void an_option_the_file_cannot_carry_is_the_fault_of_the_file(void **state)
{
    const Place *place = *state;
    assert_refused(TALLY(place, "--utility", "points", "street.pb"), 1, "street.pb: ");
    assert_refused(TALLY(place, "--cap", "category=sea=5", "street.pb"), 1, "names no project");
    assert_refused(TALLY(place, "--increment", "0.5", "--complete", "add1", "street.pb"), 1,
                   "finer");
}

/* ---- options ------------------------------------------------------------------------------- */

static void every_rule_and_completion_is_taken(void **state)
{
    const Place *place = *state;
    static const char *const rules[] = {"greedy",      "equal-shares",     "phragmen",
                                        "max-welfare", "max-satisfaction", "equal-shares-bos"};
    static const char *const completions[] = {"none",   "add1",        "add1e",
                                              "greedy", "add1+greedy", "add1e+greedy"};
    for (size_t i = 0; i < countof(rules); i++) {
        assert_counted(TALLY(place, "--rule", rules[i], "street.pb"));
    }
    for (size_t i = 0; i < countof(completions); i++) {
        assert_counted(TALLY(place, "--rule", "equal-shares", "--complete", completions[i],
                             "--increment", "2", "street.pb"));
    }
}

static void every_utility_is_taken_by_ballots_that_carry_it(void **state)
{
    const Place *place = *state;
    static const struct {
        const char *utility, *file, *ids;
    } rows[] = {
        {"cost", "street.pb", "pool,bench,park"},
        {"count", "street.pb", "bench,park,pool"},
        {"points", "points.pb", "b"},
        {"points-cost", "points.pb", "b"},
        {"borda0", "ranked.pb", "b"},
        {"borda1", "ranked.pb", "b"},
        {"borda0-cost", "ranked.pb", "a"},
        {"borda1-cost", "ranked.pb", "b"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        assert_selects(place,
                       TALLY(place, "--utility", rows[i].utility, "--format", "json", rows[i].file),
                       rows[i].ids);
    }
}

/* Both have a vote, and one fits. `printf %s y:a | sha256sum` says who is drawn. */
static void ties_are_broken_by_the_order_asked_for(void **state)
{
    const Place *place = *state;
    static const Str text = STR_INIT("META\nkey;value\nbudget;10\nvote_type;approval\n"
                                     "PROJECTS\nproject_id;cost\na;7\nb;6\n"
                                     "VOTES\nvoter_id;vote\n1;a\n2;b\n");
    static const char *const ties[] = {"name", "cost,name", "votes,cost,name", "lot:y",
                                       "votes,lot:x"};
    static const char *const ids[] = {"a", "b", "b", "a", "b"};
    for (size_t i = 0; i < countof(ties); i++) {
        const char *const arguments[] = {"tally", "--tie", ties[i], "--format", "json", "-", NULL};
        assert_selects(place, run_program(place->arena, place->directory, arguments, text), ids[i]);
    }
    assert_refused(TALLY(place, "--tie", "cost", "street.pb"), 2, "tie: some of votes, cost");
}

static void limits_change_what_is_selected(void **state)
{
    const Place *place = *state;
    static const struct {
        const char *option, *value, *ids;
    } rows[] = {
        {"--cap", "category=green=10", "pool,bench"},
        {"--cap", "target=old=50", "bench,park,road"},
        {"--cap-number", "projects=pool,park=1", "pool,bench"},
        {"--floor", "category=traffic=40", "road,pool"},
        {"--floor-number", "category=green=2", "bench,park,pool"},
        {"--decided", "road", "road,pool"},
        {"--withdrawn", "pool,bench", "park,road"},
        {"--min-support", "3", "pool"},
        {"--min-price", "40", "pool,road"},
        {"--max-price", "30", "bench,park"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        assert_selects(place,
                       TALLY(place, rows[i].option, rows[i].value, "--tie", "cost,name", "--format",
                             "json", "street.pb"),
                       rows[i].ids);
    }
    assert_selects(place,
                   TALLY(place, "--cap", "category=green=30", "--cap", "category=water=0",
                         "--format", "json", "street.pb"),
                   "bench,road");
}

static void a_misfit_is_passed_over_stopped_at_or_funded(void **state)
{
    const Place *place = *state;
    assert_selects(place,
                   TALLY(place, "--cap", "projects=bench=0", "--format", "json", "street.pb"),
                   "pool,park");
    assert_selects(place,
                   TALLY(place, "--withdrawn", "park", "--misfit-share", "75", "--format", "json",
                         "street.pb"),
                   "pool,bench,road");
    assert_selects(place,
                   TALLY(place, "--withdrawn", "park", "--misfit-share", "76", "--format", "json",
                         "street.pb"),
                   "pool,bench");
    assert_selects(place,
                   TALLY(place, "--decided", "road", "--misfit", "stop", "--tie", "cost,name",
                         "--format", "json", "street.pb"),
                   "road,pool");
}

static void a_project_nobody_supports_is_taken_only_when_asked_for(void **state)
{
    const Place *place = *state;
    static const Str text = STR_INIT("META\nkey;value\nbudget;10\nvote_type;approval\n"
                                     "PROJECTS\nproject_id;cost\na;6\nb;2\n"
                                     "VOTES\nvoter_id;vote\n1;a\n");
    static const char *const choices[] = {"exclude", "include"};
    static const char *const ids[] = {"a", "a,b"};
    for (size_t i = 0; i < 2; i++) {
        const char *const arguments[] = {
            "tally", "--zero-support", choices[i], "--format", "json", "-", NULL};
        assert_selects(place, run_program(place->arena, place->directory, arguments, text), ids[i]);
    }
}

/* ---- explanations -------------------------------------------------------------------------- */

static void rounds_of_equal_shares_say_who_could_pay_what_was_paid_and_what_was_left(void **state)
{
    const Place *place = *state;
    Str out = assert_counted(TALLY(place, "--explain", "--rule", "equal-shares", "street.pb"));
    assert_says(out, "round 1: pool, cost 60, 3 votes\n"
                     "    could pay  3 of 3 supporters, who had 75 together\n"
                     "    paid       20 each\n"
                     "    left       15 to them, 40 of the budget\n");
    assert_says(out, "round 2: bench, cost 10, 2 votes\n"
                     "    could pay  2 of 2 supporters, who had 30 together\n"
                     "    paid       5 each\n");
    assert_says(out,
                "not park, cost 30, 2 votes: its supporters had 10 left together; it lacked: ");
    assert_says(out, "check prices     holds");
}

static void rounds_are_explained_for_every_rule(void **state)
{
    const Place *place = *state;
    static const struct {
        const char *rule, *words;
    } rows[] = {
        {"greedy", "round 1: pool, cost 60, 3 votes; 40 left\n"},
        {"greedy",
         "not road, cost 40, 1 vote: costs more than the 0 left at its turn; it lacked: "},
        {"phragmen", "    paid       the load of each rises to 5\n"},
        {"max-welfare", "no set with it is better than the one chosen"},
        {"equal-shares-bos", "    could pay  3 of 3 supporters, who had 75 together\n"},
    };
    for (size_t i = 0; i < countof(rows); i++) {
        Str out = assert_counted(TALLY(place, "--explain", "--rule", rows[i].rule, "street.pb"));
        assert_says(out, rows[i].words);
        assert_says(out, "check budget     holds");
    }
}

static void what_limits_decided_is_said_in_the_rounds(void **state)
{
    const Place *place = *state;
    Str out = assert_counted(TALLY(place, "--explain", "--decided", "bench", "--floor-number",
                                   "category=green=2", "--cap", "category=water=50", "--withdrawn",
                                   "road", "street.pb"));
    assert_says(out, "round 1: bench, cost 10, 2 votes; decided beforehand, 90 left\n");
    assert_says(out, "round 2: park, cost 30, 2 votes; for the floor of green, 60 left\n");
    assert_says(out, "not pool, cost 60, 3 votes: would break the cap of water");
    assert_says(out, "not road, cost 40, 1 vote: withdrawn");
}

static void rounds_are_in_json_with_exact_amounts(void **state)
{
    const Place *place = *state;
    Str out = assert_counted(
        TALLY(place, "--explain", "--rule", "equal-shares", "--format", "json", "street.pb"));
    assert_says(out, "{\"project\":\"pool\",\"funding\":\"voters\",\"left_before\":\"100\","
                     "\"price\":\"20\",\"payers\":3,\"in_full\":3,\"less\":0,\"nothing\":0,"
                     "\"had\":\"75\",\"left\":\"15\"}");
    assert_says(out, "\"losers\":[{\"project\":\"park\",\"reason\":\"not paid\",");
    assert_says(out, "\"checks\":{\"budget\":{\"verdict\":\"holds\"}");
}

int main(void)
{
#define HERE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        HERE(a_file_is_counted_by_votes_into_a_table),
        HERE(one_line_of_json_has_what_is_promised),
        HERE(a_table_for_spreadsheets_has_a_row_a_project),
        HERE(many_files_print_a_line_each_in_their_order),
        HERE(a_dash_reads_standard_input),
        HERE(a_bad_line_is_named_with_what_was_expected),
        HERE(a_file_that_is_missing_or_bad_does_not_stop_the_others),
        HERE(wrong_usage_is_told_apart_from_wrong_files),
        HERE(an_option_the_file_cannot_carry_is_the_fault_of_the_file),
        HERE(every_rule_and_completion_is_taken),
        HERE(every_utility_is_taken_by_ballots_that_carry_it),
        HERE(ties_are_broken_by_the_order_asked_for),
        HERE(limits_change_what_is_selected),
        HERE(a_misfit_is_passed_over_stopped_at_or_funded),
        HERE(a_project_nobody_supports_is_taken_only_when_asked_for),
        HERE(rounds_of_equal_shares_say_who_could_pay_what_was_paid_and_what_was_left),
        HERE(rounds_are_explained_for_every_rule),
        HERE(what_limits_decided_is_said_in_the_rounds),
        HERE(rounds_are_in_json_with_exact_amounts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
