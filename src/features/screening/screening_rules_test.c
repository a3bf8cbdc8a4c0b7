/* What readers may find, and when they have decided. */
#include "features/screening/screening_rules.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static int set_up(void **state)
{
    *state = arena_create(1u << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

#define LIN  INT64_C(1)
#define WANG INT64_C(2)
#define ZHAO INT64_C(3)

static const Finding passes = {.ground = GROUND_PASSES};
static const Finding clause_3 = {
    .ground = GROUND_CLAUSE, .cited_no = 3, .reason = STR_INIT("只有一户人家用得到这个。")};
static const Finding clause_1 = {
    .ground = GROUND_CLAUSE, .cited_no = 1, .reason = STR_INIT("这是物业公司日常要做的。")};

static ScreeningFact waits(int64_t reader, Finding finding)
{
    return (ScreeningFact){SCREENING_WAITS, {reader, finding}};
}

/* --- findings ------------------------------------------------------------------------------- */

static void a_finding_needs_a_ground(void **state)
{
    Finding nothing = {.ground = GROUND_NONE};
    Error *error = finding_check(*state, &nothing, 5, false);
    assert_non_null(error);
    assert_true(str_eq(error->field, STR("decision")));
}

static void a_clause_must_be_one_of_the_round(void **state)
{
    Finding sixth = clause_3;
    sixth.cited_no = 6;
    assert_null(finding_check(*state, &clause_3, 5, false));
    assert_int_equal(finding_check(*state, &sixth, 5, false)->code, ERROR_FIELD_NOT_CHOICE);
    sixth.cited_no = 0;
    assert_int_equal(finding_check(*state, &sixth, 5, false)->code, ERROR_FIELD_NOT_CHOICE);
}

static void whoever_refuses_says_why(void **state)
{
    Finding silent = clause_3;
    silent.reason = STR("");
    assert_true(str_eq(finding_check(*state, &silent, 5, false)->field, STR("reason")));
    assert_null(finding_check(*state, &passes, 5, false));
}

static void whoever_settles_a_dispute_says_why_also_when_it_passes(void **state)
{
    assert_true(str_eq(finding_check(*state, &passes, 5, true)->field, STR("reason")));
}

static void what_is_no_departments_and_no_private_matter_is_the_residents(void **state)
{
    (void)state;
    assert_int_equal(matter_class(GROUND_DEPARTMENT), MATTER_PUBLIC);
    assert_int_equal(matter_class(GROUND_PRIVATE), MATTER_PRIVATE);
    assert_int_equal(matter_class(GROUND_PASSES), MATTER_COMMON);
    assert_int_equal(matter_class(GROUND_CLAUSE), MATTER_COMMON);
}

static void two_agree_by_what_they_cite_and_not_by_their_words(void **state)
{
    (void)state;
    Finding other_words = clause_3;
    other_words.reason = STR("受益的只有三楼那一家。");
    assert_true(findings_agree(&clause_3, &other_words));
    assert_false(findings_agree(&clause_3, &clause_1));
    assert_false(findings_agree(&clause_3, &passes));
}

/* --- steps ----------------------------------------------------------------------------------- */

static void one_reader_decides_where_one_is_asked_for(void **state)
{
    (void)state;
    ScreeningFact fact = {0};
    ScreeningStep step = screening_step(&fact, false, LIN, false, &passes);
    assert_true(step.is_allowed);
    assert_int_equal(step.state, SCREENING_DECIDED);
    assert_int_equal(step.n_readers, 1);
}

static void the_first_of_two_decides_nothing(void **state)
{
    (void)state;
    ScreeningFact fact = {0};
    assert_int_equal(screening_step(&fact, true, LIN, true, &passes).state, SCREENING_WAITS);
}

static void one_person_is_never_both_readers(void **state)
{
    (void)state;
    ScreeningFact fact = waits(LIN, passes);
    ScreeningStep step = screening_step(&fact, true, LIN, true, &passes);
    assert_int_equal(step.state, SCREENING_WAITS);
    assert_true(step.replaces_own);
}

static void two_who_agree_have_decided(void **state)
{
    (void)state;
    ScreeningFact fact = waits(LIN, clause_3);
    ScreeningStep step = screening_step(&fact, true, WANG, false, &clause_3);
    assert_int_equal(step.state, SCREENING_DECIDED);
    assert_int_equal(step.n_readers, 2);
    assert_false(step.settles);
}

static void two_who_disagree_leave_it_to_the_secretary(void **state)
{
    (void)state;
    ScreeningFact fact = waits(LIN, clause_3);
    assert_int_equal(screening_step(&fact, true, WANG, false, &passes).state, SCREENING_DISPUTED);
    fact.state = SCREENING_DISPUTED;
    assert_false(screening_step(&fact, true, ZHAO, false, &passes).is_allowed);
    ScreeningStep step = screening_step(&fact, true, ZHAO, true, &passes);
    assert_true(step.is_allowed);
    assert_true(step.settles);
    assert_int_equal(step.state, SCREENING_DECIDED);
}

static void what_was_decided_is_read_again_from_the_start(void **state)
{
    (void)state;
    ScreeningFact fact = {.state = SCREENING_DECIDED};
    ScreeningStep step = screening_step(&fact, true, WANG, true, &clause_1);
    assert_int_equal(step.state, SCREENING_WAITS);
    assert_true(step.starts_anew);
}

/* --- property -------------------------------------------------------------------------------- */

#define STEPS 20000

static unsigned draw(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 16) % below;
}

/* Told from the list of readings alone: what may have decided it. */
static void check_decided(const ReadingFact *open, size_t n, const ScreeningStep *step,
                          bool is_secretary)
{
    if (step->settles) {
        assert_true(is_secretary);
        assert_int_equal(n, 3);
        assert_false(findings_agree(&open[0].finding, &open[1].finding));
        return;
    }
    assert_int_equal(n, 2);
    assert_true(open[0].reader != open[1].reader);
    assert_true(findings_agree(&open[0].finding, &open[1].finding));
}

/* Whatever anybody does in whatever order: decided means that two different people found the same,
 * or that the secretary settled what two had found differently. */
static void with_two_readers_nothing_is_decided_otherwise(void **state)
{
    (void)state;
    const Finding findings[] = {passes, clause_1, clause_3};
    unsigned seed = 20261122;
    ScreeningFact fact = {0};
    ReadingFact open[3] = {0};
    size_t n = 0;
    size_t n_decided = 0;
    size_t n_settled = 0;
    for (int i = 0; i < STEPS; i++) {
        int64_t reader = 1 + draw(&seed, 4);
        bool is_secretary = reader == 4;
        const Finding *finding = &findings[draw(&seed, 3)];
        ScreeningStep step = screening_step(&fact, true, reader, is_secretary, finding);
        if (!step.is_allowed) {
            assert_int_equal(fact.state, SCREENING_DISPUTED);
            assert_false(is_secretary);
            continue;
        }
        n = step.starts_anew || step.replaces_own ? 0 : n;
        open[n++] = (ReadingFact){reader, *finding};
        if (step.state == SCREENING_DECIDED) {
            check_decided(open, n, &step, is_secretary);
            n_decided += step.settles ? 0 : 1;
            n_settled += step.settles ? 1 : 0;
            n = 0;
        }
        fact = (ScreeningFact){step.state, n > 0 ? open[0] : (ReadingFact){0}};
    }
    assert_true(n_decided > 100 && n_settled > 100);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_finding_needs_a_ground, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_clause_must_be_one_of_the_round, set_up, tear_down),
        cmocka_unit_test_setup_teardown(whoever_refuses_says_why, set_up, tear_down),
        cmocka_unit_test_setup_teardown(whoever_settles_a_dispute_says_why_also_when_it_passes,
                                        set_up, tear_down),
        cmocka_unit_test(what_is_no_departments_and_no_private_matter_is_the_residents),
        cmocka_unit_test(two_agree_by_what_they_cite_and_not_by_their_words),
        cmocka_unit_test(one_reader_decides_where_one_is_asked_for),
        cmocka_unit_test(the_first_of_two_decides_nothing),
        cmocka_unit_test(one_person_is_never_both_readers),
        cmocka_unit_test(two_who_agree_have_decided),
        cmocka_unit_test(two_who_disagree_leave_it_to_the_secretary),
        cmocka_unit_test(what_was_decided_is_read_again_from_the_start),
        cmocka_unit_test(with_two_readers_nothing_is_decided_otherwise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
