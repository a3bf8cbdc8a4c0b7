/* The report: written, published, frozen, corrected; its figures and its gate, on both databases.
 */
#include "features/decisions/decisions_fixture.h"
#include "features/proposals/proposals_fixture.h"
#include "polls_sql.h"

#include "features/delivery/delivery_fixture.h"
#include "features/ratings/ratings_fixture.h"
#include "features/ratings/ratings_report.h"
#include "ratings_report_sql.h"

#define COUNCIL_NO   4
#define REPORT_WORDS "这一批做成一件，雨天走路稳当了；下一批早些量现场，少改图纸。"

static Error *try_write(Fixture *f, int64_t version, const char *words)
{
    ReportWrite write = {AREA, f->round, WORKER, version, str_from(words)};
    return db_write(f->db, f->arena, ratings_report_write, &write, NULL, 0);
}

static Error *try_publish(Fixture *f, int64_t version, const char *reason)
{
    ReportPublish publish = {AREA, f->round, WORKER, version, str_from(reason)};
    return db_write(f->db, f->arena, ratings_report_publish, &publish, NULL, 0);
}

static GateState report_gate(Fixture *f)
{
    return test_gate(f->db, f->arena, &ratings_feature, "report_published", AREA, f->round,
                     EVALUATION_NO)
        .state;
}

/* A round whose rating is closed: one project, twelve raters. */
static int64_t closed(Fixture *f)
{
    int64_t project = rated_project(f);
    for (int i = 0; i < 12; i++) {
        test_ok(try_rate(f, project, neighbour(f), 4));
    }
    test_ok(try_assess(f, project, 0, SELF_WORDS));
    days_pass(f, 15);
    test_ok(try_close(f, 1));
    return project;
}

static ReportFigures frozen(Fixture *f, int64_t version_no)
{
    Snapshot *snapshot;
    ReportFigures figures = {0};
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(ratings_report_frozen(snapshot, AREA, f->round, version_no, &figures));
    db_snapshot_end(snapshot);
    return figures;
}

static const ReportFigure *figure_of(const ReportFigures *figures, ReportPart part, int64_t code)
{
    for (size_t i = 0; i < figures->count; i++) {
        if (figures->items[i].part == part && figures->items[i].code == code) {
            return &figures->items[i];
        }
    }
    fail_msg("no figure %d of part %d", (int)code, (int)part);
    return NULL;
}

static void a_report_waits_for_its_stage_and_for_the_rating(void **state)
{
    Fixture *f = *state;
    accepted_project(f);
    at_stage(f, WORKS_NO);
    test_error(try_write(f, 0, REPORT_WORDS), ERROR_STAGE_NOT_OPEN);
    at_stage(f, EVALUATION_NO);
    test_error(try_publish(f, 1, ""), ERROR_NOT_FOUND);
    test_error(try_write(f, 0, "好"), ERROR_FIELD_TOO_SHORT);
    test_ok(try_write(f, 0, REPORT_WORDS));
    test_error(try_publish(f, 1, ""), ERROR_REPORT_TOO_EARLY);
}

static void of_two_who_write_at_once_one_wins(void **state)
{
    Fixture *f = *state;
    accepted_project(f);
    test_ok(try_write(f, 0, REPORT_WORDS));
    test_error(try_write(f, 0, REPORT_WORDS), ERROR_VERSION_CONFLICT);
    test_ok(try_write(f, 1, REPORT_WORDS));
    test_error(try_write(f, 1, REPORT_WORDS), ERROR_VERSION_CONFLICT);
}

static void the_gate_opens_when_a_report_is_published(void **state)
{
    Fixture *f = *state;
    closed(f);
    assert_int_equal(report_gate(f), GATE_UNMET);
    test_ok(try_write(f, 0, REPORT_WORDS));
    assert_int_equal(report_gate(f), GATE_UNMET);
    test_error(try_publish(f, 9, ""), ERROR_VERSION_CONFLICT);
    test_ok(try_publish(f, 1, ""));
    assert_int_equal(report_gate(f), GATE_MET);
}

static void a_published_report_never_changes_and_a_correction_says_why(void **state)
{
    Fixture *f = *state;
    closed(f);
    test_ok(try_write(f, 0, REPORT_WORDS));
    test_ok(try_publish(f, 1, ""));
    test_error(try_publish(f, 2, ""), ERROR_VERSION_CONFLICT);
    test_error(try_write(f, 2, REPORT_WORDS), ERROR_VERSION_CONFLICT);
    test_ok(try_write(f, 0, REPORT_WORDS));
    test_error(try_publish(f, 1, "错了"), ERROR_FIELD_TOO_SHORT);
    test_ok(try_publish(f, 1, "第一版把拨付的日子写错了，改过来。"));
    assert_true(frozen(f, 1).count > 0);
    assert_int_equal(frozen(f, 1).count, frozen(f, 2).count);
}

static void figures_are_what_the_record_says(void **state)
{
    Fixture *f = *state;
    int64_t won = closed(f);
    test_ok(try_write(f, 0, REPORT_WORDS));
    test_ok(try_publish(f, 1, ""));
    ReportFigures figures = frozen(f, 1);
    assert_int_equal(figure_of(&figures, REPORT_STAGES, REPORT_STEP_PROPOSALS)->value, 2);
    assert_int_equal(figure_of(&figures, REPORT_STAGES, REPORT_STEP_CHOSEN)->value, 1);
    assert_int_equal(figure_of(&figures, REPORT_STAGES, REPORT_STEP_RATINGS)->value, 12);
    assert_int_equal(figure_of(&figures, REPORT_MONEY, REPORT_MONEY_GRANTED)->value, GRANT_FEN);
    assert_int_equal(figure_of(&figures, REPORT_MONEY, REPORT_MONEY_COMMITTED)->value, QUOTE_FEN);
    assert_int_equal(figure_of(&figures, REPORT_MONEY, REPORT_MONEY_PAID)->value, 0);
    assert_int_equal(figure_of(&figures, REPORT_SOURCES, LEDGER_DISTRICT)->whole, GRANT_FEN);
    const ReportFigure *project = figure_of(&figures, REPORT_PROJECTS, 0);
    assert_int_equal(project->value, QUOTE_FEN);
    assert_int_equal(project->whole, row_of(f, won).cost_fen.fen);
    const ReportFigure *stars = figure_of(&figures, REPORT_STARS, 0);
    assert_int_equal(stars->whole, 12);
    /* own 4.20 × 40 % + 4.00 × 60 % */
    assert_int_equal(stars->value, 408);
}

static ReportFigures worked_out(Fixture *f)
{
    Snapshot *snapshot;
    ReportFigures figures = {0};
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(ratings_report_figures(snapshot, AREA, f->round, &figures));
    db_snapshot_end(snapshot);
    return figures;
}

static void a_council_round_tells_how_many_projects_it_carried(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t carried = submitted(f, "坡道加扶手");
    int64_t lost = submitted(f, "楼道换灯");
    test_ok(try_decide(f, carried, 1, yes));
    test_ok(try_decide(f, lost, 1, yes));
    at_stage(f, COUNCIL_NO);
    council_says(f, carried, 11);
    council_says(f, lost, 5);
    ReportFigures figures = worked_out(f);
    const ReportFigure *council = figure_of(&figures, REPORT_STAGES, REPORT_STEP_COUNCIL);
    assert_int_equal(council->value, 1);
    assert_int_equal(council->whole, 2);
}

/* Where it belongs: before what was done with it. */
static void what_the_council_carried_stands_before_what_was_chosen(void **state)
{
    Fixture *f = *state;
    council_round(f);
    int64_t carried = submitted(f, "坡道加扶手");
    test_ok(try_decide(f, carried, 1, yes));
    at_stage(f, COUNCIL_NO);
    council_says(f, carried, 11);
    ReportFigures figures = worked_out(f);
    assert_true(figure_of(&figures, REPORT_STAGES, REPORT_STEP_COUNCIL) <
                figure_of(&figures, REPORT_STAGES, REPORT_STEP_CHOSEN));
}

static void a_round_without_a_council_has_no_such_line(void **state)
{
    Fixture *f = *state;
    closed(f);
    ReportFigures figures = worked_out(f);
    for (size_t i = 0; i < figures.count; i++) {
        assert_false(figures.items[i].part == REPORT_STAGES &&
                     figures.items[i].code == REPORT_STEP_COUNCIL);
    }
}

static void the_longest_bar_is_whole_and_stars_are_out_of_five(void **state)
{
    (void)state;
    const ReportFigure figures[] = {
        {.part = REPORT_DAYS, .value = 5, .whole = 20},
        {.part = REPORT_DAYS, .value = 20, .whole = 10},
        {.part = REPORT_STARS, .value = 400, .whole = 30},
        {.part = REPORT_STAGES, .value = REPORT_FEW, .whole = REPORT_NO_WHOLE},
    };
    assert_int_equal(report_bar(figures, countof(figures), 0), 250);
    assert_int_equal(report_bar(figures, countof(figures), 1), 1000);
    assert_int_equal(report_bar(figures, countof(figures), 2), 800);
    assert_int_equal(report_bar(figures, countof(figures), 3), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_report_waits_for_its_stage_and_for_the_rating),
        ON_BOTH(of_two_who_write_at_once_one_wins),
        ON_BOTH(the_gate_opens_when_a_report_is_published),
        ON_BOTH(a_published_report_never_changes_and_a_correction_says_why),
        ON_BOTH(figures_are_what_the_record_says),
        ON_BOTH(a_council_round_tells_how_many_projects_it_carried),
        ON_BOTH(what_the_council_carried_stands_before_what_was_chosen),
        ON_BOTH(a_round_without_a_council_has_no_such_line),
        cmocka_unit_test(the_longest_bar_is_whole_and_stars_are_out_of_five),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
