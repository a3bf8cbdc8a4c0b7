/* Rounds and stages on both databases: creating, moving on with every gate failing and passing,
 * waiving, placing. Gates are stand-ins here; each real one is tested in the room that knows it. */
#include "features/programmes/programmes.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/journal/journal.h"
#include "test_both.h"
#include "test_db.h"

#define AREA   INT64_C(1001)
#define PERSON INT64_C(2001)

typedef struct Fixture {
    Arena *arena;
    Db *db;
} Fixture;

static int set_up(void **state, DbKind kind)
{
    Arena *arena = arena_create(64u << 20);
    Fixture *fixture = arena_new(arena, Fixture);
    fixture->arena = arena;
    test_db_open(arena, kind, &fixture->db);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    test_db_close(fixture->db);
    arena_destroy(fixture->arena);
    return 0;
}

/* --- steps ------------------------------------------------------------------- */

static Error *create(Tx *tx, const void *input, Instant now, void *output)
{
    return programmes_create_round(tx, input, now, output);
}

static NewRound new_round(const char *template_name)
{
    return (NewRound){.area = AREA,
                      .actor = PERSON,
                      .template_name = str_from(template_name),
                      .title = STR("第三批幸福微实事"),
                      .summary = STR("区里给的钱"),
                      .budget = {24000000},
                      .max_choices = 5,
                      .minimum_age = 15};
}

static Error *try_create(Fixture *f, const NewRound *input, int64_t *out_round)
{
    return db_write(f->db, f->arena, create, input, out_round, sizeof(*out_round));
}

static int64_t created(Fixture *f, const char *template_name)
{
    int64_t round = 0;
    NewRound input = new_round(template_name);
    test_ok(try_create(f, &input, &round));
    assert_true(round != 0);
    return round;
}

typedef struct Place {
    int64_t round;
    int no;
} Place;

static Error *place(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const Place *to = input;
    return programmes_place_round(tx, AREA, to->round, to->no);
}

static void placed(Fixture *f, int64_t round, int no)
{
    Place to = {round, no};
    test_ok(db_write(f->db, f->arena, place, &to, NULL, 0));
}

static RoundInfo round_now(Fixture *f, int64_t round)
{
    Snapshot *snapshot;
    RoundInfo info;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(programmes_round(snapshot, AREA, round, &info));
    db_snapshot_end(snapshot);
    return info;
}

static StageInfo *stages_now(Fixture *f, int64_t round, size_t *out_count)
{
    Snapshot *snapshot;
    StageInfo *stages = NULL;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(programmes_stages(snapshot, AREA, round, &stages, out_count));
    db_snapshot_end(snapshot);
    return stages;
}

/* Stand-in gates: what they say is read from the minimum age of the round, so that a test can
 * change it inside the database: 15 met, 16 unmet, 17 waiting. */
static Error *check_by_age(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                           GateReport *out)
{
    (void)stage;
    RoundInfo info;
    Error *err = programmes_round(snapshot, area, round, &info);
    out->state = info.minimum_age == 16   ? GATE_UNMET
                 : info.minimum_age == 17 ? GATE_WAITING
                                          : GATE_MET;
    out->opens_at = (Instant){info.minimum_age == 17 ? 99000 : 0};
    return err;
}

static const Gate stand_ins[] = {{"proposals_decided", check_by_age},
                                 {"poll_counted", check_by_age},
                                 {"publication_over", check_by_age},
                                 {"objections_answered", check_by_age}};
static const Feature room = {.name = "stand_ins", .gates = stand_ins, .n_gates = 4};
static const Feature *const rooms[] = {&room};

static Error *try_advance(Fixture *f, int64_t round, int from_no, RoundAdvanced *out)
{
    AdvanceRound input = {.area = AREA,
                          .round = round,
                          .actor = PERSON,
                          .from_no = from_no,
                          .note = STR("居民代表会议通过"),
                          .rooms = rooms,
                          .n_rooms = 1};
    return db_write(f->db, f->arena, programmes_advance, &input, out, sizeof(*out));
}

static int64_t created_with_age(Fixture *f, const char *template_name, int age)
{
    int64_t round = 0;
    NewRound input = new_round(template_name);
    input.minimum_age = age;
    test_ok(try_create(f, &input, &round));
    return round;
}

/* --- creating ---------------------------------------------------------------- */

static void a_round_starts_with_its_first_stage_open(void **state)
{
    Fixture *f = *state;
    int64_t round = created(f, "first");
    RoundInfo info = round_now(f, round);
    assert_int_equal(info.stage_no, 1);
    assert_int_equal(info.stage_kind, STAGE_KIND_LAUNCH);
    assert_int_equal(info.n_stages, 10);
    assert_false(info.is_finished);
    assert_int_equal(info.budget.fen, 24000000);
    size_t count = 0;
    StageInfo *stages = stages_now(f, round, &count);
    assert_int_equal(count, 10);
    assert_int_equal(stages[0].state, STAGE_OPEN);
    assert_int_equal(stages[0].opened_by, PERSON);
    assert_int_equal(stages[1].state, STAGE_NOT_YET);
    assert_true(str_eq(stages[5].gates, STR("poll_counted paper_reconciled")));
    assert_int_equal(stages[6].working_days, 5);
    for (size_t i = 1; i < count; i++) {
        assert_true(stages[i].opens_at.ms > stages[i - 1].closes_at.ms);
    }
}

static void a_new_round_without_money_or_name_is_refused_at_the_field(void **state)
{
    Fixture *f = *state;
    int64_t round = 0;
    NewRound input = new_round("first");
    input.budget.fen = 0;
    Error *error = try_create(f, &input, &round);
    assert_true(str_eq(error->field, STR("budget")));
    input = new_round("first");
    input.title = STR("三");
    error = try_create(f, &input, &round);
    assert_int_equal(error->code, ERROR_FIELD_TOO_SHORT);
    assert_true(str_eq(error->field, STR("title")));
    input = new_round("third");
    error = try_create(f, &input, &round);
    assert_int_equal(error->code, ERROR_FIELD_NOT_CHOICE);
    assert_true(str_eq(error->field, STR("template")));
}

static void the_current_round_is_the_newest_that_is_not_finished(void **state)
{
    Fixture *f = *state;
    Snapshot *snapshot;
    RoundInfo info;
    bool found = true;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(programmes_current_round(snapshot, AREA, &info, &found));
    db_snapshot_end(snapshot);
    assert_false(found);
    int64_t first = created(f, "first");
    int64_t second = created(f, "short");
    placed(f, second, 6);
    assert_true(round_now(f, second).is_finished);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(programmes_current_round(snapshot, AREA, &info, &found));
    assert_true(found);
    assert_true(info.id == first);
    test_ok(programmes_current_round(snapshot, AREA + 1, &info, &found));
    assert_false(found);
    db_snapshot_end(snapshot);
}

static void a_round_of_another_area_is_not_found(void **state)
{
    Fixture *f = *state;
    int64_t round = created(f, "short");
    Snapshot *snapshot;
    RoundInfo info;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    Error *error = programmes_round(snapshot, AREA + 1, round, &info);
    db_snapshot_end(snapshot);
    assert_int_equal(error->code, ERROR_NOT_FOUND);
}

/* --- moving on --------------------------------------------------------------- */

static void a_stage_without_gates_is_left_by_an_act(void **state)
{
    Fixture *f = *state;
    int64_t round = created(f, "first");
    RoundAdvanced done;
    test_ok(try_advance(f, round, 1, &done));
    assert_int_equal(done.to_no, 2);
    assert_int_equal(round_now(f, round).stage_kind, STAGE_KIND_COLLECT);
    size_t count;
    StageInfo *stages = stages_now(f, round, &count);
    assert_int_equal(stages[0].state, STAGE_DONE);
    assert_true(stages[0].closed_at.ms > 0);
    assert_int_equal(stages[1].opened_by, PERSON);
}

static void every_gated_stage_is_left_when_its_gates_are_met(void **state)
{
    Fixture *f = *state;
    const int gated[] = {2, 6, 7};
    for (size_t i = 0; i < countof(gated); i++) {
        int64_t round = created(f, "first");
        placed(f, round, gated[i]);
        RoundAdvanced done;
        test_ok(try_advance(f, round, gated[i], &done));
        assert_int_equal(done.to_no, gated[i] + 1);
    }
}

static void no_gated_stage_is_left_while_a_gate_is_unmet(void **state)
{
    Fixture *f = *state;
    const int gated[] = {2, 6, 7};
    const int missing[] = {1, 1, 2};
    for (size_t i = 0; i < countof(gated); i++) {
        int64_t round = created_with_age(f, "first", 16);
        placed(f, round, gated[i]);
        RoundAdvanced done;
        Error *error = try_advance(f, round, gated[i], &done);
        assert_int_equal(error->code, ERROR_GATE_UNMET);
        assert_int_equal(error->number, missing[i]);
        assert_int_equal(round_now(f, round).stage_no, gated[i]);
    }
}

static void a_gate_that_waits_for_its_date_shuts_the_way(void **state)
{
    Fixture *f = *state;
    int64_t round = created_with_age(f, "short", 17);
    RoundAdvanced done;
    assert_int_equal(try_advance(f, round, 1, &done)->code, ERROR_GATE_UNMET);
}

static void a_gate_that_no_room_knows_is_unmet(void **state)
{
    Fixture *f = *state;
    int64_t round = created(f, "short");
    RoundAdvanced done;
    AdvanceRound input = {.area = AREA, .round = round, .actor = PERSON, .from_no = 1};
    Error *error = db_write(f->db, f->arena, programmes_advance, &input, &done, sizeof(done));
    assert_int_equal(error->code, ERROR_GATE_UNMET);
}

static void a_gate_whose_room_is_still_to_come_is_by_hand_and_journaled(void **state)
{
    Fixture *f = *state;
    int64_t round = created(f, "first");
    RoundAdvanced done;
    test_ok(try_advance(f, round, 1, &done));
    Snapshot *snapshot;
    JournalEntry *entries = NULL;
    size_t count = 0;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(journal_list(snapshot, AREA, 0, 1, &entries, &count));
    db_snapshot_end(snapshot);
    assert_true(str_contains(entries[0].reason, STR("由本人核对：方案已经公布、现行规则已经附上")));
}

static void the_gates_no_room_provides_are_named_with_their_template(void **state)
{
    Fixture *f = *state;
    Str *lines = NULL;
    size_t count = 0;
    bool has_pledges = false;
    test_ok(programmes_absent_gates(f->arena, rooms, 1, &lines, &count));
    for (size_t i = 0; i < count; i++) {
        has_pledges = has_pledges || str_eq(lines[i], STR("first.ini, stage 4: pledges_settled"));
        assert_false(str_contains(lines[i], STR("unknown")));
        assert_false(str_contains(lines[i], STR("poll_counted")));
    }
    assert_true(has_pledges);
}

static void a_page_that_saw_another_stage_does_not_move_the_round(void **state)
{
    Fixture *f = *state;
    int64_t round = created(f, "first");
    RoundAdvanced done;
    test_ok(try_advance(f, round, 1, &done));
    assert_int_equal(try_advance(f, round, 1, &done)->code, ERROR_VERSION_CONFLICT);
    assert_int_equal(round_now(f, round).stage_no, 2);
}

static void leaving_the_last_stage_finishes_the_round(void **state)
{
    Fixture *f = *state;
    int64_t round = created(f, "short");
    placed(f, round, 5);
    RoundAdvanced done = {7};
    test_ok(try_advance(f, round, 5, &done));
    assert_int_equal(done.to_no, 0);
    assert_true(round_now(f, round).is_finished);
    assert_int_equal(try_advance(f, round, 5, &done)->code, ERROR_STAGE_NOT_OPEN);
}

static void a_stage_opened_late_moves_the_plan(void **state)
{
    Fixture *f = *state;
    int64_t round = created(f, "first");
    size_t count;
    StageInfo *before = stages_now(f, round, &count);
    /* Stage 2 was planned seven days after the start; it opens twelve days after it. */
    test_db_clock(f->db)->offset_ms += INT64_C(12) * 86400000;
    RoundAdvanced done;
    test_ok(try_advance(f, round, 1, &done));
    StageInfo *after = stages_now(f, round, &count);
    assert_int_equal(after[1].closes_at.ms - before[1].closes_at.ms, INT64_C(5) * 86400000);
    assert_int_equal(after[2].opens_at.ms - before[2].opens_at.ms, INT64_C(5) * 86400000);
}

static void moving_on_is_journaled_with_its_note(void **state)
{
    Fixture *f = *state;
    int64_t round = created(f, "first");
    RoundAdvanced done;
    test_ok(try_advance(f, round, 1, &done));
    Snapshot *snapshot;
    JournalEntry *entries;
    size_t count;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(journal_list(snapshot, AREA, 0, 10, &entries, &count));
    db_snapshot_end(snapshot);
    assert_int_equal(count, 2);
    assert_true(str_eq(entries[0].act, STR("round.advance")));
    assert_int_equal(entries[0].actor, PERSON);
    assert_true(str_contains(entries[0].reason, STR("居民代表会议通过")));
    assert_true(str_contains(entries[0].reason, STR("项目征集")));
}

/* --- waiving ----------------------------------------------------------------- */

static Error *try_waive(Fixture *f, int64_t round, int no, const char *reason)
{
    WaiveStage input = {AREA, round, PERSON, no, str_from(reason)};
    return db_write(f->db, f->arena, programmes_waive, &input, NULL, 0);
}

static void a_waived_stage_is_stepped_over(void **state)
{
    Fixture *f = *state;
    int64_t round = created(f, "first");
    placed(f, round, 3);
    test_ok(try_waive(f, round, 4, "本批没有认捐，区民政局同意免走"));
    RoundAdvanced done;
    test_ok(try_advance(f, round, 3, &done));
    assert_int_equal(done.to_no, 5);
    size_t count;
    StageInfo *stages = stages_now(f, round, &count);
    assert_int_equal(stages[3].state, STAGE_WAIVED);
    assert_true(str_contains(stages[3].waive_reason, STR("区民政局")));
}

static void vote_publish_reply_and_what_has_begun_are_never_waived(void **state)
{
    Fixture *f = *state;
    int64_t round = created(f, "first");
    placed(f, round, 3);
    const int never[] = {1, 3, 6, 7, 8, 11};
    for (size_t i = 0; i < countof(never); i++) {
        Error *error = try_waive(f, round, never[i], "这一步大家都说不用走了");
        assert_int_equal(error->code, ERROR_FIELD_NOT_CHOICE);
        assert_true(str_eq(error->field, STR("stage")));
    }
}

static void waiving_needs_a_reason(void **state)
{
    Fixture *f = *state;
    int64_t round = created(f, "first");
    Error *error = try_waive(f, round, 4, "不用走");
    assert_int_equal(error->code, ERROR_FIELD_TOO_SHORT);
    assert_true(str_eq(error->field, STR("reason")));
}

/* --- what is due ------------------------------------------------------------- */

static void the_open_stage_is_due_for_the_secretary_only(void **state)
{
    Fixture *f = *state;
    created(f, "first");
    Snapshot *snapshot;
    Grant lead = {ROLE_COMMUNITY_SECRETARY, AREA};
    Grant resident = {ROLE_RESIDENT, AREA};
    int64_t path[] = {AREA};
    Who who = {
        .person = PERSON, .grants = &lead, .n_grants = 1, .area_path = path, .n_area_path = 1};
    DueItems items = {0};
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(programmes_feature.due(snapshot, f->arena, AREA, &who, &items));
    assert_int_equal(items.count, 1);
    assert_true(items.items[0].due_at.ms > snapshot_now(snapshot).ms);
    who.grants = &resident;
    test_ok(programmes_feature.due(snapshot, f->arena, AREA, &who, &items));
    assert_int_equal(items.count, 1);
    db_snapshot_end(snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_round_starts_with_its_first_stage_open),
        ON_BOTH(a_new_round_without_money_or_name_is_refused_at_the_field),
        ON_BOTH(the_current_round_is_the_newest_that_is_not_finished),
        ON_BOTH(a_round_of_another_area_is_not_found),
        ON_BOTH(a_stage_without_gates_is_left_by_an_act),
        ON_BOTH(every_gated_stage_is_left_when_its_gates_are_met),
        ON_BOTH(no_gated_stage_is_left_while_a_gate_is_unmet),
        ON_BOTH(a_gate_that_waits_for_its_date_shuts_the_way),
        ON_BOTH(a_gate_that_no_room_knows_is_unmet),
        ON_BOTH(a_gate_whose_room_is_still_to_come_is_by_hand_and_journaled),
        ON_BOTH(the_gates_no_room_provides_are_named_with_their_template),
        ON_BOTH(a_page_that_saw_another_stage_does_not_move_the_round),
        ON_BOTH(leaving_the_last_stage_finishes_the_round),
        ON_BOTH(a_stage_opened_late_moves_the_plan),
        ON_BOTH(moving_on_is_journaled_with_its_note),
        ON_BOTH(a_waived_stage_is_stepped_over),
        ON_BOTH(vote_publish_reply_and_what_has_begun_are_never_waived),
        ON_BOTH(waiving_needs_a_reason),
        ON_BOTH(the_open_stage_is_due_for_the_secretary_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
