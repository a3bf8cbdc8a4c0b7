/* The reader of .pb files: what it accepts, and how it names what it refuses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tally/pabulib.h"

static int open_arena(void **state)
{
    *state = arena_create(16 * 1024 * 1024);
    return 0;
}

static int close_arena(void **state)
{
    arena_destroy(*state);
    return 0;
}

static PabulibFile parse(Arena *arena, const char *text)
{
    PabulibFile file;
    Error *err = pabulib_parse(arena, str_from(text), &file);
    if (err) {
        fail_msg("%.*s", STR_ARG(err->detail));
    }
    return file;
}

static void assert_refused(Arena *arena, const char *text, int line, const char *expected)
{
    PabulibFile file;
    Error *err = pabulib_parse(arena, str_from(text), &file);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_PABULIB);
    assert_int_equal(err->number, line);
    if (!str_contains(err->detail, str_from(expected))) {
        fail_msg("\"%.*s\" does not say \"%s\"", STR_ARG(err->detail), expected);
    }
}

static void assert_str(Str actual, const char *expected)
{
    assert_true(str_eq(actual, str_from(expected)));
}

#define META "META\nkey;value\nbudget;100\nvote_type;approval\n"
#define TWO  "PROJECTS\nproject_id;cost\na;10\nb;20\n"

static void a_plain_file_is_read(void **state)
{
    PabulibFile file = parse(*state, META TWO "VOTES\nvoter_id;vote\n1;b,a\n2;\n3;a\n");
    const TallyElection *election = &file.election;
    assert_int_equal(election->budget, 100);
    assert_int_equal(election->n_projects, 2);
    assert_int_equal(election->n_ballots, 3);
    assert_str(election->projects[1].name, "b");
    assert_int_equal(election->projects[1].cost, 20);
    static const uint32_t start[] = {0, 2, 2, 3};
    static const uint32_t choices[] = {1, 0, 0};
    assert_memory_equal(election->start, start, sizeof start);
    assert_memory_equal(election->choices, choices, sizeof choices);
    assert_int_equal(file.projects[1].line, 8);
    assert_str(pabulib_meta(&file, STR("vote_type")), "approval");
    assert_int_equal(pabulib_meta(&file, STR("rule")).len, 0);
}

static void mark_line_ends_case_blanks_and_last_newline_do_not_matter(void **state)
{
    PabulibFile file = parse(*state, "\xEF\xBB\xBFmeta\r\nKey;Value\r\n\r\n Budget ; 100 \r\n"
                                     "vote_type;Approval\r\n;;\r\nProjects;;\r\n"
                                     "project_id;COST\ra;10\n\nVotes\nvoter_id;vote\n1; a ");
    assert_int_equal(file.election.budget, 100);
    assert_int_equal(file.election.n_projects, 1);
    assert_int_equal(file.election.n_ballots, 1);
    assert_int_equal(file.election.start[1], 1);
}

static void columns_come_in_any_order_and_extra_ones_do_not_matter(void **state)
{
    PabulibFile file =
        parse(*state, META "PROJECTS\nproject_id;votes;name;cost;category;extra;target;selected\n"
                           "a;5;路灯;10;public;x;old people;1\n"
                           "VOTES\nvoter_id;age;vote;sex\n1;30;a;F\n2;31;a\n");
    assert_str(file.projects[0].name, "路灯");
    assert_str(file.projects[0].category, "public");
    assert_str(file.projects[0].target, "old people");
    assert_str(file.projects[0].selected, "1");
    assert_int_equal(file.election.projects[0].cost, 10);
    assert_int_equal(file.election.n_ballots, 2);
}

static void quoted_cells_may_hold_separators_quotes_and_line_ends(void **state)
{
    PabulibFile file =
        parse(*state, META "PROJECTS\nproject_id;name;cost\n"
                           "\"a\";\"one; \"\"two\"\"\nthree\";10\nb;in \"side\";\"20\"\n"
                           "VOTES\nvoter_id;vote\n1;\"a,b\"\n");
    assert_str(file.projects[0].name, "one; \"two\"\nthree");
    assert_str(file.projects[1].name, "in \"side\"");
    assert_int_equal(file.projects[1].line, 9); /* the line end inside the cell counts */
    assert_int_equal(file.election.start[1], 2);
}

static void none_is_an_empty_cell(void **state)
{
    PabulibFile file = parse(*state, META "PROJECTS\nproject_id;cost;category\na;10;None\n"
                                          "VOTES\nvoter_id;vote\n1;none\n");
    assert_int_equal(file.projects[0].category.len, 0);
    assert_int_equal(file.election.n_ballots, 1);
    assert_int_equal(file.election.start[1], 0);
}

static void amounts_share_the_scale_of_the_longest_fraction(void **state)
{
    PabulibFile file =
        parse(*state, "META\nkey;value\nbudget;776314,5\nvote_type;choose-1\n"
                      "PROJECTS\nproject_id;cost\na;10.0\nb;0.25\nVOTES\nvoter_id;vote\n");
    assert_int_equal(file.election.amount_decimals, 2);
    assert_int_equal(file.election.budget, 77631450);
    assert_int_equal(file.election.projects[0].cost, 1000);
    assert_int_equal(file.election.projects[1].cost, 25);
}

static void an_id_twice_counts_once_at_its_first_place(void **state)
{
    PabulibFile file = parse(*state, META TWO "VOTES\nvoter_id;vote\n1;a\n2;b,a,b\n");
    static const uint32_t start[] = {0, 1, 3};
    static const uint32_t choices[] = {0, 1, 0};
    assert_memory_equal(file.election.start, start, sizeof start);
    assert_memory_equal(file.election.choices, choices, sizeof choices);
}

#define POINTS                                                                                     \
    "META\nkey;value\nbudget;100\nvote_type;scoring\n" TWO "VOTES\nvoter_id;points;vote\n"

static void points_stand_beside_their_projects(void **state)
{
    PabulibFile file = parse(*state, POINTS "1;3,0;a,b\n2;0.5;b\n3;1,2,7;a,b,a\n");
    static const int64_t points[] = {30, 0, 5, 70, 20};
    assert_int_equal(file.election.points_decimals, 1);
    assert_int_equal(file.election.start[3], 5);
    assert_memory_equal(file.election.points, points, sizeof points);
}

static void points_must_match_the_projects(void **state)
{
    assert_refused(*state, POINTS "1;3;a,b\n", 11, "as many points as projects");
    assert_refused(*state, POINTS "1;3,4;a\n", 11, "as many points as projects");
    assert_refused(*state, POINTS "1;;a\n", 11, "points: a number");
    assert_refused(*state, POINTS "1;-3;a\n", 11, "found \"-3\"");
    assert_refused(*state, POINTS "1;999999999999999999;a\n2;0.125;a\n", 12, "18 digits");
}

static void a_bad_vote_is_named_by_line_and_id(void **state)
{
    assert_refused(*state, META TWO "VOTES\nvoter_id;vote\n1;a\n2;a,zz\n", 12, "found \"zz\"");
    assert_refused(*state, META TWO "VOTES\nvoter_id;vote\n1;a,,b\n", 11, "between the commas");
    assert_refused(*state, META TWO "VOTES\nvoter_id;age;vote\n1;30\n", 11, "a vote cell");
}

static void a_bad_project_is_named_by_line(void **state)
{
    assert_refused(*state, META "PROJECTS\nproject_id;cost\na;ten\n", 7, "found \"ten\"");
    assert_refused(*state, META "PROJECTS\nproject_id;cost\na;-1\n", 7, "a cost");
    assert_refused(*state, META "PROJECTS\nproject_id;cost\na\n", 7, "a cost");
    assert_refused(*state, META "PROJECTS\nproject_id;cost\n;5\n", 7, "a project id");
    assert_refused(*state, META "PROJECTS\nproject_id;cost\na;5\na;6\n", 8, "each project id once");
    assert_refused(*state, META "PROJECTS\nproject_id;price\na;5\n", 6, "a column cost");
    assert_refused(*state,
                   META "PROJECTS\nproject_id;cost\na;1000000000000000000\nb;0.5\n"
                        "VOTES\nvoter_id;vote\n",
                   7, "18 digits");
}

static void a_bad_frame_is_named(void **state)
{
    assert_refused(*state, "", 0, "a budget");
    assert_refused(*state, "hello\n", 1, "META, PROJECTS or VOTES");
    assert_refused(*state, "META\nkey;value\nbudget;much\n", 3, "found \"much\"");
    assert_refused(*state, "META\nkey;value\nvote_type;loud\n", 3, "a vote_type of");
    assert_refused(*state, "META\nkey;value\nbudget;1\nVOTES\nvoter_id;vote\n", 4, "vote_type");
    assert_refused(*state, META TWO, 0, "VOTES");
    assert_refused(*state, META "VOTES\n", 5, "a header row");
    assert_refused(*state, META TWO "VOTES\nvoter_id;choice\n", 10, "a column vote");
    assert_refused(*state, "META\nkey;value\nbudget;1\nx;\"open\n\n", 4, "a closing quote");
    assert_refused(*state, "META\nkey;\xFF\n", 2, "UTF-8");
}

static void an_error_message_stays_one_short_line(void **state)
{
    PabulibFile file;
    Str text = STR(META "PROJECTS\nproject_id;cost\na;\"x\ny"
                        "路灯路灯路灯路灯路灯路灯路灯路灯路灯路灯路灯路灯路灯路灯路灯\"\n");
    Error *err = pabulib_parse(*state, text, &file);
    assert_non_null(err);
    assert_int_equal(str_find(err->detail, STR("\n")), -1);
    assert_true(err->word.len <= 60);
    assert_int_equal(err->word.len % 3, 0); /* "x y" and whole characters */
}

static void nothing_that_is_cut_off_anywhere_breaks_it(void **state)
{
    static const char whole[] = POINTS "1;3,0;a,b\n2;0.5;\"b\"\n3;1,2,7;a,b,a\n";
    for (size_t len = 0; len < sizeof whole; len++) {
        PabulibFile file;
        char *copy = arena_array(*state, char, len + 1); /* exact size: a step too far is seen */
        memcpy(copy, whole, len);
        Error *err = pabulib_parse(*state, str_from_bytes(copy, len), &file);
        assert_true(err == NULL || err->code == ERROR_PABULIB);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_arena, close_arena)
        TEST(a_plain_file_is_read),
        TEST(mark_line_ends_case_blanks_and_last_newline_do_not_matter),
        TEST(columns_come_in_any_order_and_extra_ones_do_not_matter),
        TEST(quoted_cells_may_hold_separators_quotes_and_line_ends),
        TEST(none_is_an_empty_cell),
        TEST(amounts_share_the_scale_of_the_longest_fraction),
        TEST(an_id_twice_counts_once_at_its_first_place),
        TEST(points_stand_beside_their_projects),
        TEST(points_must_match_the_projects),
        TEST(a_bad_vote_is_named_by_line_and_id),
        TEST(a_bad_project_is_named_by_line),
        TEST(a_bad_frame_is_named),
        TEST(an_error_message_stays_one_short_line),
        TEST(nothing_that_is_cut_off_anywhere_breaks_it),
#undef TEST
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
