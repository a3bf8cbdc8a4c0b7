/* Counting a community for the board, on both databases. */
#include "base/vec.h"

#include "features/proposals/proposals_fixture.h"
#include "polls_sql.h"

#include "areas_sql.h"
#include "board_sql.h"
#include "board_text.h"
#include "features/board/board.h"
#include "features/delivery/delivery_fixture.h"
#include "platform/http/app.h"

#define DISTRICT INT64_C(900)
#define STREET   INT64_C(901)
#define BESIDE   INT64_C(1009) /* another street's community */
#define HOUR_MS  INT64_C(3600000)

/* --- rooms that say what is due --------------------------------------------------------------- */

static void push(Arena *arena, DueItems *out, int64_t area, int64_t what, int64_t due_ms)
{
    *vec_push(arena, out) =
        (DueItem){.what = t_board_items(what),
                  .due_at = {due_ms},
                  .link = url_of(arena, "/a/{area}/proposals/{id}", area, what)};
}

/* 1 is late for two days and everybody's, 2 is the street's and late since this hour, 3 not late.
 */
static Error *some_due(Snapshot *s, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    int64_t now = snapshot_now(s).ms;
    push(arena, out, area, 1, now - 50 * HOUR_MS);
    if (who_has_role(who, 1u << ROLE_STREET_OFFICER)) {
        push(arena, out, area, 2, now - HOUR_MS);
    }
    push(arena, out, area, 3, now + HOUR_MS);
    return NULL;
}

static Error *nothing_due(Snapshot *s, Arena *arena, int64_t area, const Who *who, DueItems *out)
{
    (void)s;
    (void)arena;
    (void)area;
    (void)who;
    (void)out;
    return NULL;
}

static Error *due_unless_here(Snapshot *s, Arena *arena, int64_t area, const Who *who,
                              DueItems *out)
{
    return area == AREA ? error_make(arena, ERROR_NOT_FOUND, "it broke")
                        : some_due(s, arena, area, who, out);
}

static const Feature broken = {.name = "broken", .due = due_unless_here};
static const Feature busy = {.name = "busy", .due = some_due};
static const Feature idle = {.name = "idle", .due = nothing_due};
static const Feature silent = {.name = "silent"};

/* --- steps ------------------------------------------------------------------------------------ */

static Error *put_areas(Tx *tx, const void *input, Instant now, void *output)
{
    const struct {
        int64_t id, parent, kind;
        const char *name;
    } areas[] = {{DISTRICT, 0, 2, "青梧区"},
                 {STREET, DISTRICT, 3, "听雨街道"},
                 {AREA, STREET, 4, "桂竹社区"},
                 {BESIDE, DISTRICT, 4, "石桥社区"},
                 {AREA + 1, AREA, 5, "1 栋"}};
    Str none = STR("");
    Error *err = NULL;
    (void)input;
    (void)now;
    (void)output;
    for (size_t i = 0; !err && i < countof(areas); i++) {
        err = sql_area_insert(tx, areas[i].id, areas[i].parent, areas[i].kind,
                              str_from(areas[i].name), none, none, none, none, none, NULL);
    }
    return err;
}

static void count(Fixture *f, const Feature *room, int64_t area)
{
    const Feature *rooms[] = {&silent, room};
    test_ok(board_count_area(f->db, f->arena, rooms, countof(rooms), area));
}

static BoardTotalRow total_of(Fixture *f, int64_t area)
{
    Snapshot *s;
    BoardTotalRow row;
    test_ok(db_snapshot_begin(f->db, f->arena, &s));
    test_ok(sql_board_total(s, area, (Date){today(f).days - 7}, &row));
    db_snapshot_end(s);
    return row;
}

static BoardItemsRows items_of(Fixture *f, int64_t area)
{
    Snapshot *s;
    BoardItemsRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &s));
    test_ok(sql_board_items(s, area, STR("%"), (Instant){INT64_MIN}, 0, 50, &rows));
    db_snapshot_end(s);
    return rows;
}

static BoardAreasRows areas_of(Fixture *f, int64_t area, bool by_money)
{
    Snapshot *s;
    BoardAreasRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &s));
    test_ok(sql_board_areas(s, area, STR("%"), by_money, INT64_MAX, INT64_MAX, 50, &rows));
    db_snapshot_end(s);
    return rows;
}

/* --- what is late ----------------------------------------------------------------------------- */

static void what_is_late_is_kept_with_whose_it_is_the_longest_first(void **state)
{
    Fixture *f = *state;
    test_ok(db_write(f->db, f->arena, put_areas, NULL, NULL, 0));
    count(f, &busy, AREA);
    BoardItemsRows late = items_of(f, DISTRICT);
    assert_int_equal(late.count, 2);
    assert_int_equal(late.rows[0].holder, BOARD_COMMUNITY);
    assert_int_equal(late.rows[1].holder, BOARD_STREET);
    assert_true(str_eq(late.rows[0].what, STR("1 件")));
    assert_true(str_eq(late.rows[0].what_en, STR("1")));
    assert_true(str_eq(late.rows[0].area_name, STR("桂竹社区")));
    BoardTotalRow total = total_of(f, DISTRICT);
    assert_int_equal(total.late, 2);
    assert_int_equal(total.oldest_at.ms, late.rows[0].due_at.ms);
    assert_int_equal(total.communities, 2);
    assert_int_equal(total.counted, 1);
}

static void a_board_is_of_what_stands_below_it_and_no_more(void **state)
{
    Fixture *f = *state;
    test_ok(db_write(f->db, f->arena, put_areas, NULL, NULL, 0));
    count(f, &busy, AREA);
    count(f, &idle, BESIDE);
    assert_int_equal(total_of(f, BESIDE).late, 0);
    assert_int_equal(total_of(f, BESIDE).counted, 1);
    assert_int_equal(items_of(f, BESIDE).count, 0);
    assert_int_equal(total_of(f, STREET).communities, 1);
    assert_int_equal(areas_of(f, DISTRICT, false).rows[0].area_id, AREA);
    assert_int_equal(areas_of(f, DISTRICT, true).rows[0].area_id, AREA);
    assert_int_equal(areas_of(f, DISTRICT, false).count, 2);
}

static void what_was_done_is_gone_at_the_next_count(void **state)
{
    Fixture *f = *state;
    test_ok(db_write(f->db, f->arena, put_areas, NULL, NULL, 0));
    count(f, &busy, AREA);
    count(f, &idle, AREA);
    assert_int_equal(items_of(f, AREA).count, 0);
    BoardTotalRow total = total_of(f, AREA);
    assert_int_equal(total.late, 0);
    assert_int_equal(total.oldest_at.ms, 0);
}

static void a_week_later_the_board_says_how_many_there_were(void **state)
{
    Fixture *f = *state;
    test_ok(db_write(f->db, f->arena, put_areas, NULL, NULL, 0));
    count(f, &busy, AREA);
    assert_int_equal(total_of(f, AREA).week_counted, 0);
    test_db_clock(f->db)->offset_ms += 7 * 24 * HOUR_MS;
    count(f, &idle, AREA);
    BoardTotalRow total = total_of(f, AREA);
    assert_int_equal(total.week_counted, 1);
    assert_int_equal(total.week_late, 2);
    assert_int_equal(total.late, 0);
}

/* --- money ------------------------------------------------------------------------------------ */

static void a_round_before_its_choice_has_its_budget_and_nothing_decided(void **state)
{
    Fixture *f = *state;
    test_ok(db_write(f->db, f->arena, put_areas, NULL, NULL, 0));
    count(f, &idle, AREA);
    BoardTotalRow total = total_of(f, AREA);
    assert_int_equal(total.budget_fen.fen, 24000000);
    assert_int_equal(total.decided_fen.fen, 0);
    assert_int_equal(total.paid_fen.fen, 0);
}

static void
a_chosen_project_is_decided_at_its_estimate_and_what_was_transferred_is_paid(void **state)
{
    Fixture *f = *state;
    test_ok(db_write(f->db, f->arena, put_areas, NULL, NULL, 0));
    int64_t project = funded(f);
    money(f, project, LEDGER_GRANT, GRANT_FEN);
    count(f, &idle, AREA);
    BoardTotalRow total = total_of(f, AREA);
    assert_int_equal(total.decided_fen.fen, project_of(f, project).estimate.fen);
    assert_int_equal(total.paid_fen.fen, 0);
    assert_int_equal(total.funded, 1);
    assert_int_equal(total.accepted, 0);
    money(f, project, LEDGER_CONTRACT, QUOTE_FEN);
    money(f, project, LEDGER_REQUEST, QUOTE_FEN);
    money(f, project, LEDGER_TRANSFER, QUOTE_FEN);
    count(f, &idle, AREA);
    assert_int_equal(total_of(f, AREA).paid_fen.fen, QUOTE_FEN);
}

static void a_community_without_a_round_is_counted_with_no_money(void **state)
{
    Fixture *f = *state;
    test_ok(db_write(f->db, f->arena, put_areas, NULL, NULL, 0));
    count(f, &busy, BESIDE);
    BoardTotalRow total = total_of(f, BESIDE);
    assert_int_equal(total.budget_fen.fen, 0);
    assert_int_equal(total.late, 2);
}

static void two_open_rounds_are_counted_together(void **state)
{
    Fixture *f = *state;
    NewRound second = {.area = AREA,
                       .actor = WORKER,
                       .template_name = STR("first"),
                       .title = STR("补充批次"),
                       .budget = {1000000},
                       .max_choices = 3,
                       .minimum_age = 15};
    int64_t round = 0;
    test_ok(db_write(f->db, f->arena, put_areas, NULL, NULL, 0));
    test_ok(db_write(f->db, f->arena, create_round, &second, &round, sizeof(round)));
    count(f, &idle, AREA);
    assert_int_equal(total_of(f, AREA).budget_fen.fen, 25000000);
}

/* --- the job ---------------------------------------------------------------------------------- */

static void the_job_counts_every_community_and_nothing_else(void **state)
{
    Fixture *f = *state;
    const Feature *rooms[] = {&busy};
    App app = {.db = f->db, .features = rooms, .n_features = countof(rooms)};
    test_ok(db_write(f->db, f->arena, put_areas, NULL, NULL, 0));
    test_ok(board_count_all(&app, f->arena));
    BoardTotalRow total = total_of(f, DISTRICT);
    assert_int_equal(total.communities, 2);
    assert_int_equal(total.counted, 2);
    assert_int_equal(total.late, 4);
}

static void a_community_that_cannot_be_counted_does_not_stop_the_others(void **state)
{
    Fixture *f = *state;
    const Feature *rooms[] = {&broken};
    App app = {.db = f->db, .features = rooms, .n_features = countof(rooms)};
    test_ok(db_write(f->db, f->arena, put_areas, NULL, NULL, 0));
    test_error(board_count_all(&app, f->arena), ERROR_NOT_FOUND);
    assert_int_equal(total_of(f, AREA).counted, 0);
    assert_int_equal(total_of(f, BESIDE).late, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(what_is_late_is_kept_with_whose_it_is_the_longest_first),
        ON_BOTH(a_board_is_of_what_stands_below_it_and_no_more),
        ON_BOTH(what_was_done_is_gone_at_the_next_count),
        ON_BOTH(a_week_later_the_board_says_how_many_there_were),
        ON_BOTH(a_round_before_its_choice_has_its_budget_and_nothing_decided),
        ON_BOTH(a_chosen_project_is_decided_at_its_estimate_and_what_was_transferred_is_paid),
        ON_BOTH(a_community_without_a_round_is_counted_with_no_money),
        ON_BOTH(two_open_rounds_are_counted_together),
        ON_BOTH(a_community_that_cannot_be_counted_does_not_stop_the_others),
        ON_BOTH(the_job_counts_every_community_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
