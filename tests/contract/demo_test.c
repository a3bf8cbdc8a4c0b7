/* The demonstration fills a fresh installation, on both databases, the same every time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <dirent.h>
#include <sodium.h>
#include <unistd.h>

#include "demo_check_sql.h"
#include "features/decisions/decisions.h"
#include "features/demo/demo.h"
#include "features/documents/documents.h"
#include "features/estimates/estimates.h"
#include "features/pledges/pledges.h"
#include "features/polls/polls.h"
#include "features/proposals/proposals.h"
#include "features/publicity/publicity.h"
#include "features/ratings/ratings.h"
#include "platform/journal/journal.h"
#include "test_db.h"

#define ARENA_BYTES (256u << 20)

/* The rooms whose gates the rounds of the demonstration go through. */
static const Feature *const rooms[] = {&proposals_feature, &estimates_feature, &pledges_feature,
                                       &documents_feature, &polls_feature,     &publicity_feature,
                                       &ratings_feature};

typedef struct Filled {
    Arena *arena;
    App app;
    char keys[64];
    int64_t offset_before_ms;
    DemoSeats seats;
    Error *error;
} Filled;

static const char *data_directory(Arena *arena)
{
    const char *root = getenv("YZ_ROOT");
    return arena_printf(arena, "%s/data/demo", root ? root : ".").data;
}

/* Fills a new database on a day that is `days` after today. */
static void fill(Filled *filled, DbKind kind, int days)
{
    *filled = (Filled){.arena = arena_create(ARENA_BYTES), .keys = "/tmp/yz_demo_XXXXXX"};
    require(sodium_init() >= 0 && mkdtemp(filled->keys) != NULL);
    App *app = &filled->app;
    test_db_open(filled->arena, kind, &app->db);
    app->clock = test_db_clock(app->db);
    app->features = rooms;
    app->n_features = countof(rooms);
    app->keys_directory = filled->keys;
    app->hasher = hasher_create(filled->arena);
    memset(&app->secret, 7, sizeof(app->secret));
    filled->offset_before_ms = days * INT64_C(86400000);
    atomic_store(&app->clock->offset_ms, filled->offset_before_ms);
    filled->error =
        demo_fill(app, filled->arena, data_directory(filled->arena), DEMO_SMALL, &filled->seats);
}

static void empty(Filled *filled)
{
    test_db_close(filled->app.db);
    DIR *keys = opendir(filled->keys);
    for (struct dirent *entry = readdir(keys); entry; entry = readdir(keys)) {
        if (entry->d_name[0] != '.') {
            unlink(arena_printf(filled->arena, "%s/%s", filled->keys, entry->d_name).data);
        }
    }
    closedir(keys);
    rmdir(filled->keys);
    arena_destroy(filled->arena);
}

static Snapshot *look(Filled *filled)
{
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(filled->app.db, filled->arena, &snapshot));
    return snapshot;
}

/* One filling for most tests: state is the Filled. */
static int setup_sqlite(void **state)
{
    static Filled filled;
    fill(&filled, DB_SQLITE, 0);
    *state = &filled;
    test_ok(filled.error);
    return 0;
}

static int setup_postgres(void **state)
{
    static Filled filled;
    fill(&filled, DB_POSTGRES, 0);
    *state = &filled;
    test_ok(filled.error);
    return 0;
}

static int teardown(void **state)
{
    empty(*state);
    return 0;
}

static void everybody_and_every_proposal_is_there(void **state)
{
    Snapshot *snapshot = look(*state);
    DemoCheckCountsRow counts;
    test_ok(sql_demo_check_counts(snapshot, &counts));
    db_snapshot_end(snapshot);
    assert_int_equal(counts.residents, 203);
    assert_int_equal(counts.staff, 15);
    assert_int_equal(counts.people, 203 + 15);
    assert_int_equal(counts.proposals, 32);
    assert_int_equal(counts.ballots, 51 + 59);
}

static void each_round_stands_in_its_stage(void **state)
{
    Snapshot *snapshot = look(*state);
    DemoCheckRoundsRows rounds = {0};
    test_ok(sql_demo_check_rounds(snapshot, &rounds));
    const int64_t stages[] = {10, 6, 2};
    const int64_t states[] = {2, 2, 2};
    assert_int_equal(rounds.count, 3);
    for (size_t i = 0; i < countof(stages); i++) {
        assert_int_equal(rounds.rows[i].stage_no, stages[i]);
        assert_int_equal(rounds.rows[i].state, states[i]);
    }
    Date today = instant_date(snapshot_now(snapshot));
    db_snapshot_end(snapshot);
    assert_int_equal(instant_date(rounds.rows[1].closes_at).days - today.days, 6);
    assert_int_equal(instant_date(rounds.rows[2].closes_at).days - today.days, 9);
}

static void proposals_are_accepted_refused_and_waiting_as_written(void **state)
{
    Snapshot *snapshot = look(*state);
    DemoCheckProposalStatesRows found;
    test_ok(sql_demo_check_proposal_states(snapshot, &found));
    db_snapshot_end(snapshot);
    const int64_t expected[][2] = {{2, 10}, {2, 9}, {3, 2}, {4, 1}, {1, 6}, {2, 2}, {3, 2}};
    assert_int_equal(found.count, countof(expected));
    for (size_t i = 0; i < found.count; i++) {
        assert_int_equal(found.rows[i].state, expected[i][0]);
        assert_int_equal(found.rows[i].n, expected[i][1]);
    }
}

static void the_finished_poll_has_seven_winners_and_three_losers(void **state)
{
    Snapshot *snapshot = look(*state);
    DemoCheckPollsRows polls;
    test_ok(sql_demo_check_polls(snapshot, &polls));
    db_snapshot_end(snapshot);
    assert_int_equal(polls.count, 2);
    assert_int_equal(polls.rows[0].ballots, 59);
    assert_int_equal(polls.rows[0].state, 4);
    assert_int_equal(polls.rows[0].winners, 7);
    assert_int_equal(polls.rows[0].losers, 3);
}

static void the_open_poll_has_51_ballots_and_closes_with_its_stage(void **state)
{
    Snapshot *snapshot = look(*state);
    DemoCheckPollsRows polls;
    DemoCheckRoundsRows rounds;
    test_ok(sql_demo_check_polls(snapshot, &polls));
    test_ok(sql_demo_check_rounds(snapshot, &rounds));
    db_snapshot_end(snapshot);
    assert_int_equal(polls.rows[1].ballots, 51);
    assert_int_equal(polls.rows[1].state, 2);
    assert_int_equal(polls.rows[1].closes_at.ms, rounds.rows[1].closes_at.ms);
}

static void every_objection_of_the_finished_round_is_answered(void **state)
{
    Snapshot *snapshot = look(*state);
    DemoCheckObjectionsRows objections;
    test_ok(sql_demo_check_objections(snapshot, &objections));
    db_snapshot_end(snapshot);
    assert_int_equal(objections.count, 2);
    for (size_t i = 0; i < objections.count; i++) {
        assert_true(objections.rows[i].answered_at.ms > objections.rows[i].objected_at.ms);
    }
}

static void the_journal_rises_in_time_and_is_sealed(void **state)
{
    Snapshot *snapshot = look(*state);
    DemoCheckJournalRows journal;
    DemoCheckCountsRow counts;
    test_ok(sql_demo_check_journal(snapshot, &journal));
    test_ok(sql_demo_check_counts(snapshot, &counts));
    Instant now = snapshot_now(snapshot);
    db_snapshot_end(snapshot);
    assert_true(journal.count > 100);
    for (size_t i = 1; i < journal.count; i++) {
        assert_true(journal.rows[i - 1].happened_at.ms <= journal.rows[i].happened_at.ms);
    }
    assert_true(journal.rows[journal.count - 1].happened_at.ms <= now.ms);
    assert_int_equal(counts.pending, 0);
}

static void the_clock_stands_as_before(void **state)
{
    const Filled *filled = *state;
    assert_true(atomic_load(&filled->app.clock->offset_ms) == filled->offset_before_ms);
}

static bool signs_in(Filled *filled, const DemoSeat *seat)
{
    SignIn *sign_in = NULL;
    SignInOutcome outcome;
    Str address = STR("127.0.0.1");
    if (seat->is_staff) {
        Snapshot *snapshot = look(filled);
        test_ok(auth_prepare_password(filled->arena, &filled->app, snapshot, address, seat->login,
                                      seat->secret, &sign_in));
        db_snapshot_end(snapshot);
    } else {
        char digits[16];
        size_t count = 0;
        for (size_t i = 0; i < seat->secret.len; i++) {
            if (seat->secret.data[i] != ' ' && count < sizeof(digits)) {
                digits[count++] = seat->secret.data[i];
            }
        }
        sign_in =
            auth_prepare_code(filled->arena, &filled->app, address, str_from_bytes(digits, count));
    }
    test_ok(
        db_write(filled->app.db, filled->arena, auth_sign_in, sign_in, &outcome, sizeof(outcome)));
    return outcome.is_in;
}

static void everybody_on_the_sheet_can_sign_in(void **state)
{
    Filled *filled = *state;
    size_t staff = 0;
    size_t without_phone = 0;
    for (size_t i = 0; i < filled->seats.count; i++) {
        const DemoSeat *seat = &filled->seats.items[i];
        staff += seat->is_staff;
        without_phone += !seat->is_staff && !seat->has_phone;
        assert_true(signs_in(filled, seat));
    }
    assert_int_equal(staff, 15);
    assert_true(without_phone >= 2 && filled->seats.count - staff >= 6);
}

static void the_sheet_holds_every_secret(void **state)
{
    Filled *filled = *state;
    Buf sheet;
    buf_init(&sheet, 1u << 20);
    demo_sheet(&filled->seats, &sheet);
    for (size_t i = 0; i < filled->seats.count; i++) {
        assert_true(filled->seats.items[i].secret.len >= 14);
        assert_true(str_contains(buf_view(&sheet), filled->seats.items[i].secret));
    }
    buf_free(&sheet);
}

/* --- the same twice ---------------------------------------------------------------------------
 */

/* Everything but ids, receipts and the time of day, as text: how long a filling takes moves it. */
static Str digest(Filled *filled)
{
    Snapshot *snapshot = look(filled);
    DemoCheckJournalRows journal;
    DemoCheckBallotsRows ballots;
    DemoCheckResultsRows results;
    test_ok(sql_demo_check_journal(snapshot, &journal));
    test_ok(sql_demo_check_ballots(snapshot, &ballots));
    test_ok(sql_demo_check_results(snapshot, &results));
    db_snapshot_end(snapshot);
    Buf out;
    buf_init(&out, 4u << 20);
    for (size_t i = 0; i < journal.count; i++) {
        const DemoCheckJournalRow *row = &journal.rows[i];
        if (!str_eq(row->act, STR("code.new"))) { /* made now, not on a day of the timeline */
            buf_printf(&out, "%.*s %lld %.*s\n", STR_ARG(row->act),
                       (long long)instant_date(row->happened_at).days, STR_ARG(row->reason));
        }
    }
    for (size_t i = 0; i < ballots.count; i++) {
        buf_printf(&out, "%.*s\n", STR_ARG(ballots.rows[i].choices));
    }
    for (size_t i = 0; i < results.count; i++) {
        const DemoCheckResultsRow *row = &results.rows[i];
        buf_printf(&out, "%d %d %d %d\n", (int)row->no, (int)row->place, (int)row->is_selected,
                   (int)row->votes);
    }
    require(!out.overflowed);
    Str text = arena_str(filled->arena, buf_view(&out));
    buf_free(&out);
    return text;
}

static void a_second_filling_is_the_same(void **state)
{
    (void)state;
    Filled first, second;
    fill(&first, DB_SQLITE, 0);
    fill(&second, DB_POSTGRES, 0);
    test_ok(first.error);
    test_ok(second.error);
    assert_string_equal(digest(&first).data, digest(&second).data);
    assert_false(str_eq(first.seats.items[0].secret, second.seats.items[0].secret));
    empty(&first);
    empty(&second);
}

/* Weekends, month ends and birthdays fall differently every day. */
static void it_can_be_filled_on_any_day_of_the_week_and_year(void **state)
{
    (void)state;
    const int days[] = {1, 2, 3, 4, 5, 6, 96, 226, 333};
    for (size_t i = 0; i < countof(days); i++) {
        Filled filled;
        fill(&filled, DB_SQLITE, days[i]);
        test_ok(filled.error);
        Snapshot *snapshot = look(&filled);
        DemoCheckCountsRow counts;
        test_ok(sql_demo_check_counts(snapshot, &counts));
        db_snapshot_end(snapshot);
        assert_int_equal(counts.ballots, 51 + 59);
        empty(&filled);
    }
}

static void a_directory_without_the_files_is_refused_by_name(void **state)
{
    Filled *filled = *state;
    DemoSeats seats;
    Error *err = demo_fill(&filled->app, filled->arena, "/nowhere", DEMO_SMALL, &seats);
    assert_int_equal(err->code, ERROR_FILE_SYSTEM);
    assert_true(str_contains(err->detail, STR("/nowhere/areas.tsv")));
}

int main(void)
{
    const struct CMUnitTest of_a_filling[] = {
        cmocka_unit_test(everybody_and_every_proposal_is_there),
        cmocka_unit_test(each_round_stands_in_its_stage),
        cmocka_unit_test(proposals_are_accepted_refused_and_waiting_as_written),
        cmocka_unit_test(the_finished_poll_has_seven_winners_and_three_losers),
        cmocka_unit_test(the_open_poll_has_51_ballots_and_closes_with_its_stage),
        cmocka_unit_test(every_objection_of_the_finished_round_is_answered),
        cmocka_unit_test(the_journal_rises_in_time_and_is_sealed),
        cmocka_unit_test(the_clock_stands_as_before),
        cmocka_unit_test(everybody_on_the_sheet_can_sign_in),
        cmocka_unit_test(the_sheet_holds_every_secret),
        cmocka_unit_test(a_directory_without_the_files_is_refused_by_name),
    };
    const struct CMUnitTest of_several[] = {
        cmocka_unit_test(a_second_filling_is_the_same),
        cmocka_unit_test(it_can_be_filled_on_any_day_of_the_week_and_year),
    };
    int failed = cmocka_run_group_tests_name("sqlite", of_a_filling, setup_sqlite, teardown);
    failed += cmocka_run_group_tests_name("postgres", of_a_filling, setup_postgres, teardown);
    return failed + cmocka_run_group_tests_name("several", of_several, NULL, NULL);
}
