/* writer.c: the queue of use cases and the threads that run them.
 *
 * SQLite has one thread with natural group commit: whatever has queued up while the last COMMIT was
 * being synced becomes the next batch, each member in a SAVEPOINT; nobody waits for a timer. A
 * member is answered only after the COMMIT of its batch. When the engine drops the transaction, or
 * COMMIT fails for certain, nothing of the batch happened and the members run again one by one, so
 * that one bad member cannot spoil the others.
 * PostgreSQL has several threads, one transaction a use case; conflicts run the function again.
 */
#include <time.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/random.h"
#include "base/thread.h"
#include "platform/db/db_internal.h"

#define DEFAULT_WRITERS    4
#define MAX_WRITERS        64
#define SCRATCH_BYTES      (64u << 20)
#define LOST_CONNECTION_MS 50

typedef struct WriteThread {
    Writer *writer;
    pthread_t thread;
    Connection *connection; /* NULL: to be made */
    Arena *scratch;         /* errors of the machinery itself; emptied before each batch */
} WriteThread;

struct Writer {
    Db *db;
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t wake;
    WriteJob *first;
    WriteJob *last;
    DbStatus status;
    bool is_closing;
    WriteThread threads[MAX_WRITERS];
    int n_threads;
};

/* --- the queue ----------------------------------------------------------------------------- */

void writer_submit(Writer *writer, WriteJob *job)
{
    job->next = NULL;
    job->error = NULL;
    pthread_mutex_lock(&writer->mutex);
    bool accepted = !writer->is_closing && writer->status.queued < LIMIT_WRITE_QUEUE;
    if (accepted) {
        if (writer->last) {
            writer->last->next = job;
        } else {
            writer->first = job;
        }
        writer->last = job;
        writer->status.queued++;
        pthread_cond_signal(&writer->wake);
    }
    pthread_mutex_unlock(&writer->mutex);
    if (!accepted) {
        job->error = error_make(job->arena, ERROR_BUSY, "the write queue takes no more");
        job->done(job);
    }
}

/* The next job, or NULL: at once when not waiting, at the end when closing. */
static WriteJob *take_job(Writer *writer, bool wait)
{
    pthread_mutex_lock(&writer->mutex);
    while (wait && !writer->first && !writer->is_closing) {
        pthread_cond_wait(&writer->wake, &writer->mutex);
    }
    WriteJob *job = writer->first;
    if (job) {
        writer->first = job->next;
        if (!writer->first) {
            writer->last = NULL;
        }
        writer->status.queued--;
    }
    pthread_mutex_unlock(&writer->mutex);
    return job;
}

static void count_batch(Writer *writer, int members)
{
    pthread_mutex_lock(&writer->mutex);
    writer->status.batches++;
    writer->status.members += members;
    if (members > writer->status.largest_batch) {
        writer->status.largest_batch = members;
    }
    pthread_mutex_unlock(&writer->mutex);
}

static void count_retry(Writer *writer)
{
    pthread_mutex_lock(&writer->mutex);
    writer->status.retries++;
    pthread_mutex_unlock(&writer->mutex);
}

DbStatus writer_status(Writer *writer)
{
    pthread_mutex_lock(&writer->mutex);
    DbStatus status = writer->status;
    pthread_mutex_unlock(&writer->mutex);
    return status;
}

/* --- one use case -------------------------------------------------------------------------- */

static int64_t thread_cpu_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

/* Sanitizers compute several times as long for the same work. */
#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define STRICT_USE_CASE_MS ((int64_t)LIMIT_USE_CASE_MS * 6)
#endif
#endif
#if !defined(STRICT_USE_CASE_MS)
#define STRICT_USE_CASE_MS ((int64_t)LIMIT_USE_CASE_MS)
#endif

/* A use case holds everybody's writes up while it runs. Tests hold it to its own computing time, so
 * that a busy machine does not fail them; the log tells the time that passed. */
static void check_time(const Db *db, int64_t started_us, int64_t started_cpu_ms)
{
    int64_t took_ms = (clock_monotonic_us() - started_us) / 1000;
    int64_t cpu_ms = thread_cpu_ms() - started_cpu_ms;
    if (db->options.strict_timing && db->driver->kind == DB_SQLITE && cpu_ms > STRICT_USE_CASE_MS) {
        panic("a use case computed for %ld ms", (long)cpu_ms);
    }
    if (took_ms > LIMIT_USE_CASE_MS) {
        log_event(LOG_WARN, "use_case_long", log_int("ms", took_ms), log_int("cpu_ms", cpu_ms));
    }
}

/* WriteJob.run inside an open transaction, from a clean slate. */
static Error *run_job(WriteThread *thread, WriteJob *job, Instant now)
{
    Db *db = thread->writer->db;
    int64_t started_us = clock_monotonic_us();
    int64_t started_cpu_ms = thread_cpu_ms();
    if (job->output_size > 0) {
        memset(job->output, 0, job->output_size);
    }
    Error *err =
        use_case_run(db, thread->connection, job->arena, now, job->run, job->input, job->output);
    check_time(db, started_us, started_cpu_ms);
    return err;
}

static void wait_before_retry(int attempt, int64_t base_ms)
{
    uint64_t chance = 0;
    random_bytes(&chance, sizeof(chance));
    int64_t ceiling_us = (base_ms << attempt) * 1000;
    int64_t us = ceiling_us / 2 + (int64_t)(chance % (uint64_t)(ceiling_us / 2 + 1));
    struct timespec pause = {.tv_sec = us / 1000000, .tv_nsec = us % 1000000 * 1000};
    nanosleep(&pause, NULL);
}

static Error *connect_thread(WriteThread *thread, Arena *arena)
{
    Driver *driver = thread->writer->db->driver;
    return thread->connection
               ? NULL
               : driver->ops->connect(driver, arena, ROLE_WRITE, &thread->connection);
}

static Error *try_job(WriteThread *thread, WriteJob *job)
{
    Error *err = connect_thread(thread, job->arena);
    if (err) {
        return err;
    }
    Connection *connection = thread->connection;
    err = lease_ensure(thread->writer->db, connection, job->arena);
    if (err) {
        return err;
    }
    Instant now;
    err = connection->ops->begin(connection, job->arena, &now);
    if (!err) {
        err = run_job(thread, job, now);
    }
    if (!err && !connection->ops->in_transaction(connection)) {
        err = error_make(job->arena, ERROR_UNAVAILABLE, "the transaction is gone");
    }
    if (!err) {
        err = connection->ops->commit(connection, job->arena);
    }
    if (err) {
        connection->ops->rollback(connection);
    }
    return err;
}

/* A lost connection is closed, to be made again. */
static void drop_connection(WriteThread *thread)
{
    if (thread->connection && thread->writer->db->driver->kind == DB_POSTGRES) {
        thread->connection->ops->close(thread->connection);
        thread->connection = NULL;
    }
}

/* In a transaction of its own, again while the engine asks for it. */
static void run_alone(WriteThread *thread, WriteJob *job)
{
    ArenaMark mark = arena_mark(job->arena);
    bool is_postgres = thread->writer->db->driver->kind == DB_POSTGRES;
    for (int attempt = 0;; attempt++) {
        job->error = try_job(thread, job);
        ErrorCode code = job->error ? job->error->code : ERROR_NONE;
        bool is_lost = is_postgres && (code == ERROR_UNAVAILABLE || code == ERROR_UNKNOWN_OUTCOME);
        if (is_lost) {
            drop_connection(thread);
        }
        bool again = code == ERROR_CONFLICT_RETRY || (is_lost && code == ERROR_UNAVAILABLE);
        if (!again || attempt >= LIMIT_RETRIES) {
            break;
        }
        count_retry(thread->writer);
        wait_before_retry(attempt, is_lost ? LOST_CONNECTION_MS : 1);
        arena_rewind(job->arena, mark);
    }
    count_batch(thread->writer, 1);
    job->done(job);
}

/* --- a batch (SQLite) ---------------------------------------------------------------------- */

typedef struct Batch {
    WriteJob *members[LIMIT_BATCH_MEMBERS];
    ArenaMark marks[LIMIT_BATCH_MEMBERS]; /* of the members' arenas, to run again from there */
    int count;
} Batch;

/* False when the whole transaction must be given up. The member's own failure is not that. */
static bool run_member(WriteThread *thread, WriteJob *job, Instant now)
{
    Connection *connection = thread->connection;
    Error *err = connection->ops->savepoint(connection, thread->scratch);
    if (err) {
        return false;
    }
    job->error = run_job(thread, job, now);
    if (!connection->ops->in_transaction(connection)) {
        return false;
    }
    err = job->error ? connection->ops->undo(connection, thread->scratch)
                     : connection->ops->release(connection, thread->scratch);
    return err == NULL;
}

/* Runs jobs while there are any and the batch is young. False when the transaction must be given
 * up; the member at fault is in the batch too. */
static bool fill_batch(WriteThread *thread, Batch *batch, WriteJob *job, Instant now)
{
    int64_t started_ms = clock_monotonic_ms();
    while (job) {
        batch->members[batch->count] = job;
        batch->marks[batch->count] = arena_mark(job->arena);
        batch->count++;
        if (!run_member(thread, job, now)) {
            return false;
        }
        bool is_full = batch->count == LIMIT_BATCH_MEMBERS ||
                       clock_monotonic_ms() - started_ms >= LIMIT_BATCH_MS;
        job = is_full ? NULL : take_job(thread->writer, false);
    }
    return true;
}

static void run_members_alone(WriteThread *thread, Batch *batch)
{
    thread->connection->ops->rollback(thread->connection);
    log_event(LOG_WARN, "batch_again", log_int("members", batch->count));
    for (int i = 0; i < batch->count; i++) {
        arena_rewind(batch->members[i]->arena, batch->marks[i]);
        run_alone(thread, batch->members[i]);
    }
}

/* COMMIT was asked for and nobody knows: the submission token will tell, later. */
static void answer_unknown(WriteThread *thread, Batch *batch, const Error *err)
{
    thread->connection->ops->rollback(thread->connection);
    for (int i = 0; i < batch->count; i++) {
        WriteJob *job = batch->members[i];
        job->error = error_make(job->arena, ERROR_UNKNOWN_OUTCOME, "%.*s", STR_ARG(err->detail));
        job->done(job);
    }
}

static void run_batch(WriteThread *thread, WriteJob *first)
{
    Connection *connection = thread->connection;
    Batch batch = {.count = 0};
    Instant now;
    Error *err = lease_ensure(thread->writer->db, connection, thread->scratch);
    if (!err) {
        err = connection->ops->begin(connection, thread->scratch, &now);
    }
    if (err) { /* it may do better alone, or gets the error */
        connection->ops->rollback(connection);
        run_alone(thread, first);
        return;
    }
    if (!fill_batch(thread, &batch, first, now)) {
        run_members_alone(thread, &batch);
        return;
    }
    err = connection->ops->commit(connection, thread->scratch);
    if (err && err->code == ERROR_UNKNOWN_OUTCOME) {
        answer_unknown(thread, &batch, err);
        return;
    }
    if (err) {
        run_members_alone(thread, &batch);
        return;
    }
    count_batch(thread->writer, batch.count);
    for (int i = 0; i < batch.count; i++) {
        batch.members[i]->done(batch.members[i]);
    }
}

/* --- threads ------------------------------------------------------------------------------- */

static void *write_thread(void *argument)
{
    WriteThread *thread = argument;
    Writer *writer = thread->writer;
    bool in_batches = writer->db->driver->kind == DB_SQLITE;
    for (WriteJob *job = NULL; (job = take_job(writer, true)) != NULL;) {
        arena_reset(thread->scratch);
        if (in_batches) {
            run_batch(thread, job);
        } else {
            run_alone(thread, job);
        }
    }
    return NULL;
}

static void close_thread(WriteThread *thread)
{
    if (thread->connection) {
        thread->connection->ops->close(thread->connection);
    }
    arena_destroy(thread->scratch);
}

static void close_all(Writer *writer)
{
    for (int i = 0; i < writer->n_threads; i++) {
        close_thread(&writer->threads[i]);
    }
    pthread_mutex_destroy(&writer->mutex);
    pthread_cond_destroy(&writer->wake);
}

static int wanted_threads(const Db *db)
{
    if (db->driver->kind == DB_SQLITE) {
        return 1;
    }
    int wanted = db->options.writers > 0 ? db->options.writers : DEFAULT_WRITERS;
    return wanted < MAX_WRITERS ? wanted : MAX_WRITERS;
}

Error *writer_start(Db *db, Arena *arena, Writer **out)
{
    Writer *writer = arena_new(arena, Writer);
    writer->db = db;
    pthread_mutex_init(&writer->mutex, NULL);
    pthread_cond_init(&writer->wake, NULL);
    writer->n_threads = wanted_threads(db);
    for (int i = 0; i < writer->n_threads; i++) {
        writer->threads[i] =
            (WriteThread){.writer = writer, .scratch = arena_create(SCRATCH_BYTES)};
    }
    /* The first connection tells whether the database can be opened at all. */
    Error *err = connect_thread(&writer->threads[0], arena);
    if (err) {
        close_all(writer);
        return err;
    }
    for (int i = 0; i < writer->n_threads; i++) {
        WriteThread *thread = &writer->threads[i];
        thread_start(&thread->thread, write_thread, thread);
    }
    *out = writer;
    return NULL;
}

void writer_stop(Writer *writer)
{
    pthread_mutex_lock(&writer->mutex);
    writer->is_closing = true;
    pthread_cond_broadcast(&writer->wake);
    pthread_mutex_unlock(&writer->mutex);
    for (int i = 0; i < writer->n_threads; i++) {
        pthread_join(writer->threads[i].thread, NULL);
    }
    for (int i = 0; i < writer->n_threads; i++) {
        if (writer->threads[i].connection) {
            lease_release(writer->db, writer->threads[i].connection, writer->threads[i].scratch);
            break;
        }
    }
    close_all(writer);
}
