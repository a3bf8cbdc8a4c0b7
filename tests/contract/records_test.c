/* Journal, settings, files and jobs, on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <unistd.h>

#include "machinery_sql.h"
#include "platform/files/files.h"
#include "platform/jobs/jobs.h"
#include "platform/journal/journal.h"
#include "platform/settings/settings.h"
#include "tests/support/test_db.h"
#include "tests/support/test_machinery.h"

/* --- journal --- */

static Error *write_entries(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    for (int i = 0; i < *(const int *)input; i++) {
        Error *err = journal_write(tx, COMMUNITY, WANG, "proposal.accept", "proposal", 77 + i,
                                   STR("路灯不亮"), STR("13800000000"));
        if (err) {
            return err;
        }
    }
    return NULL;
}

static void make_journal(Machinery *fixture, int entries)
{
    machinery_run(fixture, write_entries, &entries, NULL, 0);
    test_ok(journal_seal(&fixture->app, fixture->arena));
}

static JournalReport verify(Machinery *fixture)
{
    JournalReport report;
    Snapshot *snapshot = machinery_look(fixture);
    test_ok(journal_verify(snapshot, COMMUNITY, &report));
    db_snapshot_end(snapshot);
    return report;
}

/* The ids of the entries, oldest first. */
static MachineryCommitmentsRows entries_of(Machinery *fixture)
{
    MachineryCommitmentsRows rows;
    Snapshot *snapshot = machinery_look(fixture);
    test_ok(sql_machinery_commitments(snapshot, COMMUNITY, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static void the_sealer_chains_every_entry_once(void **state)
{
    Machinery *fixture = *state;
    int more = 3;
    make_journal(fixture, 120);
    JournalReport first = verify(fixture);
    assert_int_equal(first.sealed, 120);
    assert_int_equal(first.broken, 0);
    machinery_run(fixture, write_entries, &more, NULL, 0);
    assert_int_equal(verify(fixture).waiting, 3);
    test_ok(journal_seal(&fixture->app, fixture->arena));
    test_ok(journal_seal(&fixture->app, fixture->arena));
    JournalReport second = verify(fixture);
    assert_int_equal(second.sealed, 123);
    assert_int_equal(second.waiting, 0);
    assert_int_equal(second.broken, 0);
    assert_memory_not_equal(first.head.bytes, second.head.bytes, 32);
}

typedef struct Tamper {
    int64_t id, other, sequence;
    Str bytes;
} Tamper;

static Error *change_entry(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const Tamper *in = input;
    return sql_machinery_entry_change(tx, COMMUNITY, in->id, STR("别的话"), NULL);
}

static Error *remove_entry(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    return sql_machinery_entry_remove(tx, COMMUNITY, ((const Tamper *)input)->id, NULL);
}

static Error *insert_entry(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    return sql_machinery_entry_insert(tx, COMMUNITY, ((const Tamper *)input)->id, NULL);
}

static Error *cut_tail(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    return sql_machinery_tail_cut(tx, COMMUNITY, ((const Tamper *)input)->sequence, NULL);
}

static Error *erase_salt(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const Tamper *in = input;
    return sql_machinery_entry_erase_salt(tx, COMMUNITY, in->id, in->bytes, NULL);
}

static void a_changed_entry_breaks_the_chain_at_its_place(void **state)
{
    Machinery *fixture = *state;
    make_journal(fixture, 10);
    Tamper in = {.id = entries_of(fixture).rows[3].id};
    machinery_run(fixture, change_entry, &in, NULL, 0);
    assert_int_equal(verify(fixture).broken, 4);
}

static void a_removed_entry_breaks_the_chain_at_its_place(void **state)
{
    Machinery *fixture = *state;
    make_journal(fixture, 10);
    Tamper in = {.id = entries_of(fixture).rows[6].id};
    machinery_run(fixture, remove_entry, &in, NULL, 0);
    assert_int_equal(verify(fixture).broken, 7);
}

static void an_entry_slipped_in_is_noticed(void **state)
{
    Machinery *fixture = *state;
    make_journal(fixture, 10);
    Tamper in = {.id = 5};
    machinery_run(fixture, insert_entry, &in, NULL, 0);
    assert_int_equal(verify(fixture).broken, 11);
}

static void a_tail_cut_off_is_noticed(void **state)
{
    Machinery *fixture = *state;
    make_journal(fixture, 10);
    Tamper in = {.sequence = 9};
    machinery_run(fixture, cut_tail, &in, NULL, 0);
    assert_int_equal(verify(fixture).broken, 9);
}

static void personal_data_is_a_commitment_whose_salt_can_be_erased(void **state)
{
    Machinery *fixture = *state;
    make_journal(fixture, 3);
    MachineryCommitmentsRows rows = entries_of(fixture);
    Str commitment = rows.rows[1].commitment;
    assert_int_equal(commitment.len, 48);
    assert_true(journal_commitment_opens(commitment, STR("13800000000")));
    assert_false(journal_commitment_opens(commitment, STR("13800000001")));
    assert_false(str_eq(commitment, rows.rows[2].commitment));
    char *erased = arena_cstr(fixture->arena, commitment);
    memset(erased, 0, 16);
    Tamper in = {.id = rows.rows[1].id, .bytes = str_from_bytes(erased, 48)};
    machinery_run(fixture, erase_salt, &in, NULL, 0);
    assert_int_equal(verify(fixture).broken, 0);
    assert_false(journal_commitment_opens(in.bytes, STR("13800000000")));
}

static void the_journal_is_listed_newest_first_with_names_and_places(void **state)
{
    Machinery *fixture = *state;
    make_journal(fixture, 5);
    JournalEntry *entries = NULL;
    size_t n = 0;
    Snapshot *snapshot = machinery_look(fixture);
    test_ok(journal_list(snapshot, COMMUNITY, 0, 3, &entries, &n));
    assert_int_equal(n, 3);
    assert_int_equal(entries[0].sequence, 5);
    assert_true(str_eq(entries[0].actor_name, STR("王强")));
    assert_true(str_eq(entries[0].act, STR("proposal.accept")));
    test_ok(journal_list(snapshot, COMMUNITY, entries[2].id, 3, &entries, &n));
    assert_int_equal(n, 2);
    test_ok(journal_list(snapshot, ELSEWHERE, 0, 3, &entries, &n));
    assert_int_equal(n, 0);
    db_snapshot_end(snapshot);
}

/* --- settings --- */

static Error *set_values(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)now;
    (void)output;
    test_ok(setting_set(tx, 0, "publication.days", STR("5")));
    test_ok(setting_set(tx, CITY, "publication.days", STR("6")));
    test_ok(setting_set(tx, COMMUNITY, "publication.days", STR("x")));
    return setting_set(tx, COMMUNITY, "publication.days", STR("7"));
}

static Error *drop_values(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)now;
    (void)output;
    test_ok(setting_drop(tx, COMMUNITY, "publication.days"));
    return setting_drop(tx, CITY, "publication.days");
}

static int64_t setting(Machinery *fixture, int64_t area)
{
    int64_t value = 0;
    Snapshot *snapshot = machinery_look(fixture);
    test_ok(setting_get_int(snapshot, area, "publication.days", -1, &value));
    db_snapshot_end(snapshot);
    return value;
}

static void an_area_inherits_the_settings_above_it(void **state)
{
    Machinery *fixture = *state;
    assert_int_equal(setting(fixture, COMMUNITY), -1);
    machinery_run(fixture, set_values, NULL, NULL, 0);
    assert_int_equal(setting(fixture, COMMUNITY), 7);
    assert_int_equal(setting(fixture, ELSEWHERE), 6);
    machinery_run(fixture, drop_values, NULL, NULL, 0);
    assert_int_equal(setting(fixture, COMMUNITY), 5);
    assert_int_equal(setting(fixture, 0), 5);
}

/* --- files --- */

static Error *store(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    return file_store(tx, COMMUNITY, input, output);
}

static Error *damage(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const Tamper *in = input;
    return sql_machinery_chunk_damage(tx, COMMUNITY, in->id, in->bytes, NULL);
}

static int64_t store_bytes(Machinery *fixture, size_t size, Str *out)
{
    char *bytes = arena_array(fixture->arena, char, size);
    for (size_t i = 0; i < size; i++) {
        bytes[i] = (char)(i * 7 + i / 251);
    }
    *out = str_from_bytes(bytes, size);
    FileDraft draft;
    test_ok(file_prepare(fixture->arena, STR("C:\\图\\灯.jpg"), STR("image/jpeg"), *out, &draft));
    int64_t id = 0;
    machinery_run(fixture, store, &draft, &id, sizeof(id));
    return id;
}

static void a_file_comes_back_as_it_was(void **state)
{
    Machinery *fixture = *state;
    static const size_t sizes[] = {0, 1, FILE_CHUNK_BYTES, FILE_CHUNK_BYTES + 1, 300000};
    for (size_t i = 0; i < countof(sizes); i++) {
        Str bytes;
        File file;
        int64_t id = store_bytes(fixture, sizes[i], &bytes);
        Snapshot *snapshot = machinery_look(fixture);
        test_ok(file_read(snapshot, COMMUNITY, id, &file));
        assert_true(str_eq(file.bytes, bytes));
        assert_true(str_eq(file.name, STR("灯.jpg")));
        Error *err = file_read(snapshot, ELSEWHERE, id, &file);
        assert_int_equal(err->code, ERROR_NOT_FOUND);
        db_snapshot_end(snapshot);
    }
}

static void a_damaged_file_is_refused(void **state)
{
    Machinery *fixture = *state;
    Str bytes;
    File file;
    Tamper in = {.id = store_bytes(fixture, 10, &bytes), .bytes = STR("0123456789")};
    machinery_run(fixture, damage, &in, NULL, 0);
    Snapshot *snapshot = machinery_look(fixture);
    assert_int_equal(file_read(snapshot, COMMUNITY, in.id, &file)->code, ERROR_DATABASE);
    db_snapshot_end(snapshot);
}

/* --- jobs --- */

static _Atomic int job_runs;

static Error *count_run(App *app, Arena *arena)
{
    (void)app;
    int runs = atomic_fetch_add(&job_runs, 1);
    return runs == 0 ? error_make(arena, ERROR_UNAVAILABLE, "the first run fails") : NULL;
}

static const Job jobs[] = {{.name = "test.often", .every_seconds = 1, .run = count_run}};
static const Job long_jobs[] = {{.name = "test.daily", .every_seconds = 86400, .run = count_run}};
static const Feature often = {.name = "test", .jobs = jobs, .n_jobs = 1};
static const Feature daily = {.name = "test", .jobs = long_jobs, .n_jobs = 1};

static MachineryJobRow job_line(Machinery *fixture, const char *name)
{
    MachineryJobRow row;
    bool found = false;
    Snapshot *snapshot = machinery_look(fixture);
    test_ok(sql_machinery_job(snapshot, str_from(name), &row, &found));
    db_snapshot_end(snapshot);
    return row;
}

static void run_jobs_for(Machinery *fixture, const Feature *feature, useconds_t us)
{
    const Feature *list[] = {feature};
    JobRunner *runner = NULL;
    fixture->app.features = list;
    fixture->app.n_features = 1;
    atomic_store(&job_runs, 0);
    test_ok(jobs_start(fixture->arena, &fixture->app, &runner));
    usleep(us);
    jobs_stop(runner);
}

static void a_job_runs_again_after_it_has_failed(void **state)
{
    Machinery *fixture = *state;
    run_jobs_for(fixture, &often, 1600000);
    assert_in_range(atomic_load(&job_runs), 2, 3);
    MachineryJobRow line = job_line(fixture, "test.often");
    assert_int_equal(line.holder.len, 0);
    assert_true(str_eq(line.last_error, STR("unavailable")));
}

static void a_daily_job_runs_once_a_day_whoever_starts(void **state)
{
    Machinery *fixture = *state;
    run_jobs_for(fixture, &daily, 300000);
    assert_int_equal(atomic_load(&job_runs), 1);
    run_jobs_for(fixture, &daily, 300000);
    assert_int_equal(atomic_load(&job_runs), 0);
    machinery_move_clock(fixture, INT64_C(86400) * 1000);
    run_jobs_for(fixture, &daily, 300000);
    assert_int_equal(atomic_load(&job_runs), 1);
}

static Error *hold_job(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)output;
    return sql_machinery_job_hold(tx, STR("test.often"), STR("another"),
                                  (Instant){now.ms + 60 * MINUTE}, NULL);
}

static void a_job_under_anothers_lease_is_left_alone_until_it_is_over(void **state)
{
    Machinery *fixture = *state;
    machinery_run(fixture, hold_job, NULL, NULL, 0);
    run_jobs_for(fixture, &often, 300000);
    assert_int_equal(atomic_load(&job_runs), 0);
    machinery_move_clock(fixture, 61 * MINUTE);
    run_jobs_for(fixture, &often, 300000);
    assert_int_equal(atomic_load(&job_runs), 1);
}

static const MachineryCase cases[] = {
    MACHINERY_CASE(the_sealer_chains_every_entry_once),
    MACHINERY_CASE(a_changed_entry_breaks_the_chain_at_its_place),
    MACHINERY_CASE(a_removed_entry_breaks_the_chain_at_its_place),
    MACHINERY_CASE(an_entry_slipped_in_is_noticed),
    MACHINERY_CASE(a_tail_cut_off_is_noticed),
    MACHINERY_CASE(personal_data_is_a_commitment_whose_salt_can_be_erased),
    MACHINERY_CASE(the_journal_is_listed_newest_first_with_names_and_places),
    MACHINERY_CASE(an_area_inherits_the_settings_above_it),
    MACHINERY_CASE(a_file_comes_back_as_it_was),
    MACHINERY_CASE(a_damaged_file_is_refused),
    MACHINERY_CASE(a_job_runs_again_after_it_has_failed),
    MACHINERY_CASE(a_daily_job_runs_once_a_day_whoever_starts),
    MACHINERY_CASE(a_job_under_anothers_lease_is_left_alone_until_it_is_over),
};

int main(void)
{
    return machinery_run_cases(cases, countof(cases));
}
