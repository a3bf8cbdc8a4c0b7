/* What db.h promises to many threads at once, on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <pthread.h>

#include "contract_sql.h"
#include "db_cases.h"

static Error *add_job(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    const int64_t *runs = input;
    return sql_contract_job_add(tx, STR("count"), now, *runs, NULL);
}

/* --- batches ------------------------------------------------------------------------------- */

static void a_bad_member_does_not_spoil_its_batch(void **state)
{
    Fixture *fixture = *state;
    Members members;
    members_init(&members, fixture->arena);
    for (int i = 3; i < MEMBERS; i += 5) {
        members.puts[i].fails_after = true;
    }
    members_run(&members, fixture);
    for (int i = 0; i < MEMBERS; i++) {
        if (members.puts[i].fails_after) {
            assert_int_equal(members.jobs[i].error->code, ERROR_BAD_REQUEST);
            assert_absent(fixture, members.puts[i].key);
        } else {
            assert_null(members.jobs[i].error);
            assert_value(fixture, members.puts[i].key, STR("v"));
        }
    }
    members_free(&members);
    DbStatus status = db_status(fixture->db);
    assert_int_equal(status.members, MEMBERS + 1);
    assert_int_equal(status.queued, 0);
    /* The batch may close early on a slow machine, but not at once. */
    assert_true(fixture->kind == DB_POSTGRES || status.largest_batch > 1);
}

/* --- many threads -------------------------------------------------------------------------- */

#define THREADS    8
#define INCREMENTS 15

typedef struct Work {
    Fixture *fixture;
    int64_t ids[INCREMENTS];
} Work;

/* Reads, thinks, writes: only a serialisable database gives the exact sum. */
static Error *increment(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)now;
    int64_t *id = output;
    ContractJobRow row;
    Error *err = sql_contract_job(tx_snapshot(tx), STR("count"), &row);
    *id = tx_new_id(tx);
    return err ? err : sql_contract_job_set(tx, STR("count"), row.runs + 1, NULL);
}

static void *increment_often(void *argument)
{
    Work *work = argument;
    Arena *arena = arena_create(8u << 20);
    for (int i = 0; i < INCREMENTS;) {
        Error *err = db_write(work->fixture->db, arena, increment, NULL, &work->ids[i],
                              sizeof(work->ids[i]));
        if (!err) {
            i++;
        } else { /* eight tries may all lose against seven others; a page would say: again */
            require(err->code == ERROR_CONFLICT_RETRY);
        }
    }
    arena_destroy(arena);
    return NULL;
}

static int compare_ids(const void *a, const void *b)
{
    const int64_t *left = a;
    const int64_t *right = b;
    return (*left > *right) - (*left < *right);
}

static void run_threads(Fixture *fixture, Work *work)
{
    int64_t zero = 0;
    pthread_t threads[THREADS];
    test_ok(db_write(fixture->db, fixture->arena, add_job, &zero, NULL, 0));
    for (int i = 0; i < THREADS; i++) {
        work[i].fixture = fixture;
        require(pthread_create(&threads[i], NULL, increment_often, &work[i]) == 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
}

static void concurrent_increments_give_the_exact_sum(void **state)
{
    Fixture *fixture = *state;
    Work work[THREADS];
    run_threads(fixture, work);
    Snapshot *snapshot = NULL;
    ContractJobRow row;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(sql_contract_job(snapshot, STR("count"), &row));
    db_snapshot_end(snapshot);
    assert_int_equal(row.runs, THREADS * INCREMENTS);
}

static void ids_are_unique_and_rise_within_a_thread(void **state)
{
    Fixture *fixture = *state;
    Work work[THREADS];
    int64_t all[THREADS * INCREMENTS];
    run_threads(fixture, work);
    for (int t = 0; t < THREADS; t++) {
        for (int i = 0; i < INCREMENTS; i++) {
            all[t * INCREMENTS + i] = work[t].ids[i];
            assert_true(work[t].ids[i] > 0);
            assert_true(i == 0 || work[t].ids[i] > work[t].ids[i - 1]);
        }
    }
    qsort(all, countof(all), sizeof(all[0]), compare_ids);
    for (size_t i = 1; i < countof(all); i++) {
        assert_true(all[i] != all[i - 1]);
    }
}

/* --- all of it, twice ---------------------------------------------------------------------- */

static const DbCase cases[] = {
    DB_CASE(a_bad_member_does_not_spoil_its_batch),
    DB_CASE(concurrent_increments_give_the_exact_sum),
    DB_CASE(ids_are_unique_and_rise_within_a_thread),
};

int main(void)
{
    return db_cases_run(cases, countof(cases));
}
