/* What db.h promises about transactions and rows, on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "contract_sql.h"
#include "db_cases.h"
#include "platform/db/submission.h"

/* --- transactions -------------------------------------------------------------------------- */

static void what_was_written_is_read_afterwards(void **state)
{
    Fixture *fixture = *state;
    assert_null(write_put(fixture, (Put){STR("k"), STR("v"), false}));
    assert_value(fixture, STR("k"), STR("v"));
}

static void what_was_written_is_there_after_opening_again(void **state)
{
    Fixture *fixture = *state;
    const char *where = test_db_place(fixture->arena, fixture->kind);
    DbOptions options = {.where = where, .may_create = true, .clock = &(Clock){0}};
    Fixture own = {.kind = fixture->kind, .arena = fixture->arena};
    test_ok(db_open(fixture->arena, &options, &own.db));
    test_ok(db_migrate(own.db, fixture->arena, NULL));
    test_ok(write_put(&own, (Put){STR("k"), STR("v"), false}));
    db_close(own.db);
    options.may_create = false;
    test_ok(db_open(fixture->arena, &options, &own.db));
    assert_value(&own, STR("k"), STR("v"));
    db_close(own.db);
    test_db_remove_place(fixture->arena, where);
}

static void an_error_leaves_nothing_behind(void **state)
{
    Fixture *fixture = *state;
    Error *err = write_put(fixture, (Put){STR("k"), STR("v"), true});
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_BAD_REQUEST);
    assert_absent(fixture, STR("k"));
}

static void a_taken_key_is_already_exists(void **state)
{
    Fixture *fixture = *state;
    test_ok(write_put(fixture, (Put){STR("k"), STR("v"), false}));
    Error *err = write_put(fixture, (Put){STR("k"), STR("w"), false});
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_ALREADY_EXISTS);
    assert_value(fixture, STR("k"), STR("v"));
}

static Error *swallow_error(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)now;
    (void)output;
    Error *err = sql_contract_put(tx, AREA, STR("a"), STR("1"), NULL);
    if (!err) {
        err = sql_contract_put(tx, AREA, STR("a"), STR("2"), NULL);
    }
    return err ? NULL : error_make(tx_arena(tx), ERROR_DATABASE, "no error");
}

static void a_use_case_cannot_turn_a_failed_query_into_success(void **state)
{
    Fixture *fixture = *state;
    Error *err = db_write(fixture->db, fixture->arena, swallow_error, NULL, NULL, 0);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_ALREADY_EXISTS);
    assert_absent(fixture, STR("a"));
}

typedef struct Twice {
    int64_t sum; /* of the output: zeroed before each run */
} Twice;

/* Fails with a conflict the first time. *input counts the runs; only a test may do that. */
static Error *run_twice(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    int *const *runs = input;
    Twice *out = output;
    out->sum++;
    Error *err = sql_contract_put(tx, AREA, STR("once"), STR("x"), NULL);
    if (!err && ++**runs == 1) {
        err = error_make(tx_arena(tx), ERROR_CONFLICT_RETRY, "as asked");
    }
    return err;
}

/* On PostgreSQL a conflict runs the function again; in a batch of SQLite there are no conflicts,
 * so the error is the answer. */
static void a_use_case_that_runs_again_starts_from_zeroed_output(void **state)
{
    Fixture *fixture = *state;
    if (fixture->kind == DB_SQLITE) {
        return;
    }
    int count = 0;
    int *runs = &count;
    Twice out = {.sum = 99};
    test_ok(db_write(fixture->db, fixture->arena, run_twice, &runs, &out, sizeof(out)));
    assert_int_equal(count, 2);
    assert_int_equal(out.sum, 1);
    assert_value(fixture, STR("once"), STR("x"));
}

static Error *see_own_writes(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)now;
    Error *err = sql_contract_put(tx, AREA, STR("mine"), STR("new"), NULL);
    return err ? err : sql_contract_get(tx_snapshot(tx), AREA, STR("mine"), output);
}

static void a_transaction_sees_its_own_writes(void **state)
{
    Fixture *fixture = *state;
    ContractGetRow row;
    test_ok(db_write(fixture->db, fixture->arena, see_own_writes, NULL, &row, sizeof(row)));
    assert_true(str_eq(row.value, STR("new")));
}

static Error *make_id(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)now;
    int64_t *id = output;
    *id = tx_new_id(tx);
    return NULL;
}

static void the_first_write_after_migrating_can_make_an_id(void **state)
{
    Fixture *fixture = *state;
    int64_t id = 0;
    test_ok(db_write(fixture->db, fixture->arena, make_id, NULL, &id, sizeof(id)));
    assert_true(id > 0);
}

static void a_snapshot_does_not_see_later_writes(void **state)
{
    Fixture *fixture = *state;
    Snapshot *snapshot = NULL;
    ContractListRows before;
    ContractListRows after;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(sql_contract_list(snapshot, AREA, &before));
    test_ok(write_put(fixture, (Put){STR("k"), STR("v"), false}));
    test_ok(sql_contract_list(snapshot, AREA, &after));
    assert_int_equal(snapshot_query_count(snapshot), 2);
    db_snapshot_end(snapshot);
    assert_int_equal(after.count, before.count);
    assert_value(fixture, STR("k"), STR("v"));
}

/* --- rows ---------------------------------------------------------------------------------- */

static void many_gives_all_rows_in_order(void **state)
{
    Fixture *fixture = *state;
    for (int i = 9; i >= 0; i--) {
        Str key = arena_printf(fixture->arena, "k%d", i);
        test_ok(write_put(fixture, (Put){key, key, false}));
    }
    Snapshot *snapshot = NULL;
    ContractListRows list;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(sql_contract_list(snapshot, AREA, &list));
    db_snapshot_end(snapshot);
    assert_int_equal(list.count, 10);
    for (int i = 0; i < 10; i++) {
        assert_true(str_eq(list.rows[i].key, arena_printf(fixture->arena, "k%d", i)));
    }
}

/* The process lives on: what a page asks for must not end it. */
static void rows_that_crowd_the_memory_are_an_error(void **state)
{
    Fixture *fixture = *state;
    char *bytes = arena_array(fixture->arena, char, 20000);
    memset(bytes, 'x', 20000);
    for (int i = 0; i < 9; i++) {
        Str key = arena_printf(fixture->arena, "k%d", i);
        test_ok(write_put(fixture, (Put){key, str_from_bytes(bytes, 20000), false}));
    }
    Arena *small = arena_create(200000);
    Snapshot *snapshot = NULL;
    ContractListRows list;
    test_ok(db_snapshot_begin(fixture->db, small, &snapshot));
    Error *err = sql_contract_list(snapshot, AREA, &list);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_DATABASE);
    db_snapshot_end(snapshot);
    arena_destroy(small);
}

static void one_without_a_row_is_not_found(void **state)
{
    Fixture *fixture = *state;
    Snapshot *snapshot = NULL;
    ContractGetRow row;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    Error *err = sql_contract_get(snapshot, AREA, STR("absent"), &row);
    db_snapshot_end(snapshot);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_NOT_FOUND);
}

static void maybe_tells_whether_there_is_a_row(void **state)
{
    Fixture *fixture = *state;
    assert_absent(fixture, STR("k"));
    test_ok(write_put(fixture, (Put){STR("k"), STR(""), false}));
    assert_value(fixture, STR("k"), STR(""));
}

static Error *replace(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    const Put *in = input;
    return sql_contract_replace(tx, AREA, in->key, in->value, output);
}

static void a_write_with_returning_gives_its_row(void **state)
{
    Fixture *fixture = *state;
    ContractReplaceRow row;
    test_ok(write_put(fixture, (Put){STR("k"), STR("old"), false}));
    Put in = {STR("k"), STR("new"), false};
    test_ok(db_write(fixture->db, fixture->arena, replace, &in, &row, sizeof(row)));
    assert_true(str_eq(row.value, STR("new")));
    assert_value(fixture, STR("k"), STR("new"));
}

static Error *update_all(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)now;
    return sql_contract_update(tx, AREA, STR("same"), output);
}

static void a_write_counts_the_rows_it_changed(void **state)
{
    Fixture *fixture = *state;
    int64_t changed = 9;
    test_ok(db_write(fixture->db, fixture->arena, update_all, NULL, &changed, sizeof(changed)));
    assert_int_equal(changed, 0);
    test_ok(write_put(fixture, (Put){STR("a"), STR("1"), false}));
    test_ok(write_put(fixture, (Put){STR("b"), STR("2"), false}));
    test_ok(db_write(fixture->db, fixture->arena, update_all, NULL, &changed, sizeof(changed)));
    assert_int_equal(changed, 2);
}

static Error *rewrite(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    return sql_contract_rewrite(tx, AREA, STR("k"), *(const Str *)input, STR("new"));
}

static void a_versioned_write_that_meets_a_newer_state_is_a_conflict(void **state)
{
    Fixture *fixture = *state;
    Str before = STR("old");
    test_ok(write_put(fixture, (Put){STR("k"), before, false}));
    test_ok(db_write(fixture->db, fixture->arena, rewrite, &before, NULL, 0));
    assert_value(fixture, STR("k"), STR("new"));
    Error *err = db_write(fixture->db, fixture->arena, rewrite, &before, NULL, 0);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_VERSION_CONFLICT);
}

static Error *put_bytes(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const Str *bytes = input;
    Error *err = sql_contract_chunk_add(tx, AREA, 1, *bytes, NULL);
    return err ? err : sql_contract_chunk_add(tx, AREA, 2, (Str){0}, NULL);
}

static void bytes_come_back_unchanged(void **state)
{
    Fixture *fixture = *state;
    char all[256];
    for (int i = 0; i < 256; i++) {
        all[i] = (char)i;
    }
    Str bytes = str_from_bytes(all, sizeof(all));
    test_ok(db_write(fixture->db, fixture->arena, put_bytes, &bytes, NULL, 0));
    Snapshot *snapshot = NULL;
    ContractChunkRow full;
    ContractChunkRow empty;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(sql_contract_chunk(snapshot, AREA, 1, &full));
    test_ok(sql_contract_chunk(snapshot, AREA, 2, &empty));
    db_snapshot_end(snapshot);
    assert_true(str_eq(full.bytes, bytes));
    assert_int_equal(empty.bytes.len, 0);
}

static void null_reads_as_zero_and_empty(void **state)
{
    Fixture *fixture = *state;
    test_ok(write_put(fixture, (Put){STR("k"), STR("v"), false}));
    Snapshot *snapshot = NULL;
    ContractNullRow row;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(sql_contract_null(snapshot, AREA, STR("k"), STR("other"), &row));
    db_snapshot_end(snapshot);
    assert_int_equal(row.words.len, 0);
    assert_int_equal(row.number_at.ms, 0);
    assert_int_equal(row.bytes.len, 0);
    assert_int_equal(row.total, 1);
}

static void text_of_any_script_comes_back_unchanged(void **state)
{
    Fixture *fixture = *state;
    Str words = STR("圆桌 𠮷 ‘it''s’ ; DROP \"x\" \\ é 👵🏽");
    test_ok(write_put(fixture, (Put){words, words, false}));
    assert_value(fixture, words, words);
}

static Error *add_job(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    const int64_t *runs = input;
    return sql_contract_job_add(tx, STR("count"), now, *runs, NULL);
}

static void numbers_of_64_bits_and_instants_come_back(void **state)
{
    Fixture *fixture = *state;
    int64_t runs = INT64_MIN;
    atomic_store(&test_db_clock(fixture->db)->offset_ms, INT64_C(86400000) * 365);
    Clock real = {0};
    test_ok(db_write(fixture->db, fixture->arena, add_job, &runs, NULL, 0));
    Snapshot *snapshot = NULL;
    ContractJobRow row;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(sql_contract_job(snapshot, STR("count"), &row));
    db_snapshot_end(snapshot);
    assert_true(row.runs == INT64_MIN);
    int64_t ahead = row.leased_until_at.ms - clock_now(&real).ms;
    assert_true(ahead > INT64_C(86400000) * 364 && ahead < INT64_C(86400000) * 366);
}

/* --- submissions --------------------------------------------------------------------------- */

typedef struct Seen {
    bool seen;
    Str location;
} Seen;

static Error *use_token(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    const Str *location = input;
    Seen *out = output;
    return submission_use(tx, STR("\x00token\xff"), *location, &out->seen, &out->location);
}

static void a_submission_token_is_used_once(void **state)
{
    Fixture *fixture = *state;
    Seen first;
    Seen second;
    Str here = STR("/first");
    Str there = STR("/second");
    test_ok(db_write(fixture->db, fixture->arena, use_token, &here, &first, sizeof(first)));
    test_ok(db_write(fixture->db, fixture->arena, use_token, &there, &second, sizeof(second)));
    assert_false(first.seen);
    assert_true(second.seen);
    assert_true(str_eq(second.location, here));
}

static void whether_a_submission_token_is_spent_can_be_asked_before(void **state)
{
    Fixture *f = *state;
    Str location = STR("/a/1");
    Seen used;
    bool is_used = true;
    Snapshot *snapshot = NULL;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(submission_is_used(snapshot, STR("\x00token\xff"), &is_used));
    db_snapshot_end(snapshot);
    assert_false(is_used);
    test_ok(db_write(f->db, f->arena, use_token, &location, &used, sizeof(used)));
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(submission_is_used(snapshot, STR("\x00token\xff"), &is_used));
    db_snapshot_end(snapshot);
    assert_true(is_used);
}

/* --- all of it, twice ---------------------------------------------------------------------- */

static const DbCase cases[] = {
    DB_CASE(what_was_written_is_read_afterwards),
    DB_CASE(what_was_written_is_there_after_opening_again),
    DB_CASE(an_error_leaves_nothing_behind),
    DB_CASE(a_taken_key_is_already_exists),
    DB_CASE(a_use_case_cannot_turn_a_failed_query_into_success),
    DB_CASE(a_use_case_that_runs_again_starts_from_zeroed_output),
    DB_CASE(a_transaction_sees_its_own_writes),
    DB_CASE(the_first_write_after_migrating_can_make_an_id),
    DB_CASE(a_snapshot_does_not_see_later_writes),
    DB_CASE(many_gives_all_rows_in_order),
    DB_CASE(rows_that_crowd_the_memory_are_an_error),
    DB_CASE(one_without_a_row_is_not_found),
    DB_CASE(maybe_tells_whether_there_is_a_row),
    DB_CASE(a_write_with_returning_gives_its_row),
    DB_CASE(a_write_counts_the_rows_it_changed),
    DB_CASE(a_versioned_write_that_meets_a_newer_state_is_a_conflict),
    DB_CASE(bytes_come_back_unchanged),
    DB_CASE(null_reads_as_zero_and_empty),
    DB_CASE(text_of_any_script_comes_back_unchanged),
    DB_CASE(numbers_of_64_bits_and_instants_come_back),
    DB_CASE(a_submission_token_is_used_once),
    DB_CASE(whether_a_submission_token_is_spent_can_be_asked_before),
};

int main(void)
{
    return db_cases_run(cases, countof(cases));
}
