/* Texts of rules and the templates in the program. */
#include "features/programmes/programmes_template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define HEAD  "[template]\ntitle = 试一试\n"
#define STAGE "[stage 1]\nkind = vote\nname = 投票\ndays = 3\n"

static int set_up(void **state)
{
    *state = arena_create(8u << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

static void refused_at_line(Arena *arena, const char *text, int line, const char *words)
{
    RoundRules rules;
    Error *error = rules_read(arena, STR("x.ini"), str_from(text), &rules);
    assert_non_null(error);
    assert_int_equal(error->code, ERROR_CONFIGURATION);
    assert_true(str_contains(error->word, str_from(words)));
    assert_int_equal(error->number, line);
    assert_true(str_starts_with(error->word, STR("x.ini:")));
}

static RoundRules template_rules(Arena *arena, const char *name)
{
    RoundTemplate *template = arena_new(arena, RoundTemplate);
    bool found = false;
    assert_null(template_find(arena, str_from(name), template, &found));
    assert_true(found);
    return template->rules;
}

static void the_first_template_has_ten_stages_of_every_kind(void **state)
{
    RoundRules first = template_rules(*state, "first");
    assert_int_equal(first.n_stages, 10);
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(first.stages[i].kind, (int)i + 1);
    }
    assert_true(str_eq(first.stages[1].leave, STR("proposals_decided")));
    assert_true(str_eq(first.stages[8].enter, STR("owners_agreed")));
    assert_true(str_eq(first.stages[6].notice, STR("result")));
    assert_int_equal(first.stages[6].span.working_days, 5);
    assert_int_equal(first.minimum_age, 15);
    assert_int_equal(first.n_clauses, 5);
    assert_int_equal(rules_project_maximum(&first, 1).fen, 20000000);
    assert_int_equal(rules_project_maximum(&first, 3).fen, 10000000);
}

static void the_other_template_decides_in_a_council_and_publishes_three_times(void **state)
{
    RoundRules rules = template_rules(*state, "minsheng");
    assert_int_equal(rules.n_discussions, 5);
    assert_int_equal(rules.discussions[2].quorum.numerator, 2);
    assert_int_equal(rules.discussions[2].quorum.denominator, 3);
    assert_int_equal(rules.discussions[2].kind, DISCUSSION_COUNCIL);
    assert_int_equal(rules.discussions[4].kind, DISCUSSION_OWNERS);
    assert_int_equal(rules.n_notices, 3);
    assert_int_equal(rules_notice(&rules, STR("purchase"))->working_days, 3);
    assert_null(rules_notice(&rules, STR("party")));
    assert_int_equal(rules.stages[3].kind, STAGE_KIND_DECIDE);
    assert_int_equal(rules.stages[6].kind, STAGE_KIND_FILE);
    assert_true(rules.residencies & 1u << 4);
    assert_true(rules.two_readers);
}

static void every_template_in_the_program_is_good_in_both_languages(void **state)
{
    RoundTemplate *all = NULL;
    size_t count = 0;
    assert_null(template_list(*state, &all, &count));
    assert_true(count >= 3);
    for (size_t i = 0; i < count; i++) {
        const RoundRules *rules = &all[i].rules;
        assert_true(rules->title.len > 0 && rules->title_en.len > 0);
        assert_true(rules->summary.len > 0 && rules->summary_en.len > 0);
        for (size_t k = 0; k < rules->n_stages; k++) {
            assert_true(rules->stages[k].name_en.len > 0);
        }
    }
}

static void what_is_written_reads_back_the_same(void **state)
{
    static const char *const names[] = {"first", "short", "minsheng"};
    for (size_t i = 0; i < countof(names); i++) {
        RoundRules rules = template_rules(*state, names[i]);
        rules.clauses[0].words = STR("以营利为目的的; 包括 # 变相的 = 也不行");
        RoundRules again;
        Str text = rules_write(*state, &rules);
        assert_null(rules_read(*state, STR("again"), text, &again));
        assert_true(str_eq(rules_write(*state, &again), text));
        assert_true(str_eq(again.clauses[0].words, rules.clauses[0].words));
        assert_int_equal(again.n_stages, rules.n_stages);
        assert_int_equal(again.project_maximum.fen, rules.project_maximum.fen);
        assert_int_equal(again.pledges, rules.pledges);
    }
}

static void the_rule_of_a_step_is_the_one_that_held_on_the_day(void **state)
{
    RoundRules rules = template_rules(*state, "minsheng");
    Date revised = date_of((CivilDate){2026, 1, 1});
    rules.discussions[4] = rules.discussions[3];
    rules.discussions[4].threshold = (Fraction){2, 3};
    rules.discussions[4].holds_from = revised;
    RoundRules again;
    assert_null(rules_read(*state, STR("again"), rules_write(*state, &rules), &again));
    Str owners = STR("owners");
    assert_int_equal(rules_discussion(&again, owners, revised)->threshold.numerator, 2);
    Date before = {revised.days - 1};
    assert_int_equal(rules_discussion(&again, owners, before)->threshold.numerator, 1);
    assert_null(rules_discussion(&again, owners, date_of((CivilDate){2020, 12, 31})));
    again.discussions[4].holds_from = again.discussions[3].holds_from;
    RulePlace place;
    assert_non_null(strstr(rules_mistake(&again, &place), "same day"));
    assert_int_equal(place.no, 5);
}

static void a_text_of_several_lines_reads_back_with_its_lines(void **state)
{
    RoundRules rules = template_rules(*state, "first");
    RoundRules again;
    rules.summary = STR("第一行\n\n[stage 1]\nkind = vote\n; 最后一行");
    assert_null(rules_read(*state, STR("again"), rules_write(*state, &rules), &again));
    assert_true(str_eq(again.summary, rules.summary));
    assert_int_equal(again.n_stages, 10);
}

static void a_template_nobody_wrote_is_not_found(void **state)
{
    RoundTemplate *none = arena_new(*state, RoundTemplate);
    bool found = true;
    assert_null(template_find(*state, STR("../first"), none, &found));
    assert_false(found);
}

static void mistakes_name_their_line(void **state)
{
    Arena *arena = *state;
    refused_at_line(arena, HEAD "[stage 1]\nkind = dance\n", 4, "no such kind");
    refused_at_line(arena, HEAD "[stage 1]\nkind = vote\ndays = soon\n", 5, "days");
    refused_at_line(arena, HEAD "[stage 1]\nkind = vote\ndays = 0\nfood = x\n", 5, "days");
    refused_at_line(arena, HEAD "[stage 2]\nkind = vote\n", 3, "numbered");
    refused_at_line(arena, HEAD "[party]\nkind = vote\n", 3, "no such section");
    refused_at_line(arena, HEAD "colour = red\n", 3, "no such key");
    refused_at_line(arena, HEAD "title = again\n", 3, "already");
    refused_at_line(arena, "title = x\n", 1, "section");
    refused_at_line(arena, HEAD "[ballot]\nmax_choices = 0\n", 4, "max_choices");
    refused_at_line(arena, HEAD "[ballot]\nrule = loudest\n", 4, "rule");
    refused_at_line(arena, HEAD "[ballot]\nrule = equal-shares-bos\n", 4, "rule");
    refused_at_line(arena, HEAD "[ballot]\nties = votes,lot:1\n", 4, "ties");
    refused_at_line(arena, HEAD "[ballot]\ncompletion = sometimes\n", 4, "completion");
    refused_at_line(arena, HEAD "[people]\nresidency = tenant cat\n", 4, "residency");
    refused_at_line(arena, HEAD "[money]\nproject_maximum = much\n", 4, "yuan");
    refused_at_line(arena, HEAD "[proposals]\ntwo_readers = maybe\n", 4, "yes or no");
    refused_at_line(arena, HEAD "[discussion 1]\nquorum = 3/2\n", 4, "fraction");
    refused_at_line(arena, HEAD "[discussion 1]\nholds_from = 2026-02-30\n", 4, "day");
    refused_at_line(arena, HEAD "[stage 1]\nleave = Poll-Counted\n", 4, "gates");
    refused_at_line(arena, HEAD "[clause 1]\nwords = 短\n", 4, "4 to 200");
    refused_at_line(arena, HEAD "this is no line\n", 3, "neither");
}

static void what_a_section_lacks_is_told_at_its_heading(void **state)
{
    Arena *arena = *state;
    refused_at_line(arena, "", 0, "title");
    refused_at_line(arena, HEAD, 2, "no stage");
    refused_at_line(arena, HEAD "[stage 1]\nkind = vote\ndays = 3\n", 3, "name");
    refused_at_line(arena, HEAD "[stage 1]\nkind = vote\nname = 投票\n", 3, "either");
    refused_at_line(arena, HEAD STAGE "working_days = 1\n", 3, "either");
    refused_at_line(arena, HEAD STAGE "notice = result\n", 3, "notice");
    refused_at_line(arena, HEAD STAGE "[kind 1]\ncode = goods\n", 7, "name");
    refused_at_line(arena, HEAD STAGE "[people]\nminimum_age = 20\nmaximum_age = 19\n", 7, "below");
    refused_at_line(arena, HEAD STAGE "[ballot]\nutility = borda1\n", 7, "fit");
    refused_at_line(arena, HEAD STAGE "[ballot]\nkind = points\n", 7, "points");
    refused_at_line(arena, HEAD STAGE "[notice 1]\ncode = a\nname = 甲\n", 7, "working_days");
}

static void the_ballot_becomes_options_of_the_tally(void **state)
{
    RoundRules rules;
    assert_null(
        rules_read(*state, STR("x"),
                   STR(HEAD STAGE "[ballot]\nkind = ranked\nrule = equal-shares\n"
                                  "utility = borda1\ncompletion = add1\nties = cost,name\n"),
                   &rules));
    TallyOptions options = rules_tally(&rules);
    assert_int_equal(options.rule, TALLY_RULE_EQUAL_SHARES);
    assert_int_equal(options.utility, TALLY_UTILITY_BORDA1);
    assert_int_equal(options.completion, TALLY_COMPLETE_ADD1);
    assert_int_equal(options.ties.count, 2);
    assert_int_equal(rules_tally_ballots(&rules), TALLY_BALLOTS_RANKED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_template_has_ten_stages_of_every_kind),
        cmocka_unit_test(the_other_template_decides_in_a_council_and_publishes_three_times),
        cmocka_unit_test(every_template_in_the_program_is_good_in_both_languages),
        cmocka_unit_test(what_is_written_reads_back_the_same),
        cmocka_unit_test(the_rule_of_a_step_is_the_one_that_held_on_the_day),
        cmocka_unit_test(a_text_of_several_lines_reads_back_with_its_lines),
        cmocka_unit_test(a_template_nobody_wrote_is_not_found),
        cmocka_unit_test(mistakes_name_their_line),
        cmocka_unit_test(what_a_section_lacks_is_told_at_its_heading),
        cmocka_unit_test(the_ballot_becomes_options_of_the_tally),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
