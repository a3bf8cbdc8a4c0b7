/* db.h: the database as the rest of the program sees it.
 *
 * A Snapshot reads, a Tx writes; both are made only here. SQL is known in advance: the functions of
 * the generated `*_sql.h` headers are the only callers of db_run(). A use case is
 *
 *     Error *f(Tx *tx, const void *input, Instant now, void *output);
 *
 * Its only effects are the transaction and *output; it may run twice (and *output is zeroed before
 * each run), so it may not send, hash, render or read files. `now` comes from here.
 *
 * SQLite: one writer thread with natural group commit; each use case in a SAVEPOINT; answers leave
 * only after a durable COMMIT. PostgreSQL: SERIALIZABLE, the whole function again on 40001/40P01.
 * Start reading at db_open(), db_snapshot_begin() and db_submit().
 */
#ifndef PLATFORM_DB_DB_H
#define PLATFORM_DB_DB_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"

typedef struct Db Db;
typedef struct Tx Tx;
typedef struct Snapshot Snapshot;

typedef enum DbKind { DB_SQLITE, DB_POSTGRES } DbKind;

typedef struct DbOptions {
    const char *where;   /* path of a SQLite file, or "postgresql://..." / "host=... dbname=..." */
    Clock *clock;        /* SQLite: the time of transactions; PostgreSQL: its offset is added to the
                            database clock */
    int readers;         /* read connections; 0 = 4 */
    int writers;         /* PostgreSQL write connections; 0 = 4. SQLite always has one */
    bool may_create;     /* create a missing SQLite file */
    bool strict_timing;  /* a use case that computes for over LIMIT_USE_CASE_MS panics (tests)
                            instead of a log line */
    bool unsafe_no_sync; /* synchronous=OFF: only for the crash test that must fail with it */
    bool trace;          /* log the name and time of each statement */
} DbOptions;

/* Opens the database and takes the SQLite owner lock (BUSY when another process holds it). Does not
 * migrate. The process number for ids is leased before the first write. The Db lives until
 * db_close; `arena` must live as long. */
MUST_USE Error *db_open(Arena *arena, const DbOptions *options, Db **out);
/* Finishes accepted writes, then closes. */
void db_close(Db *db);
DbKind db_kind(const Db *db);

/* Brings the schema to the newest version, one transaction a migration, recorded with a checksum in
 * schema_migration. Refuses a database that is newer than the program or whose recorded checksums
 * differ. *out_applied may be NULL. */
MUST_USE Error *db_migrate(Db *db, Arena *arena, int *out_applied);
/* Number of the newest migration in the program, and in the database (0 when empty). */
int db_schema_newest(void);
MUST_USE Error *db_schema_version(Db *db, Arena *arena, int *out_version);

/* --- reading ------------------------------------------------------------------------------- */

/* A consistent read view on one of the read connections; waits for a free one. Results of its
 * queries live in `arena`. End it within 5 seconds. */
MUST_USE Error *db_snapshot_begin(Db *db, Arena *arena, Snapshot **out);
void db_snapshot_end(Snapshot *snapshot);

/* --- writing ------------------------------------------------------------------------------- */

typedef Error *UseCase(Tx *tx, const void *input, Instant now, void *output);

typedef struct WriteJob {
    UseCase *run;
    const void *input;
    void *output;
    size_t output_size; /* zeroed before each run */
    Arena *arena;       /* results and errors live here; untouched by others until done() */
    Error *error;       /* NULL after success */
    void (*done)(struct WriteJob *job); /* called on a writer thread after the outcome is durable */
    void *user;
    struct WriteJob *next; /* the queue's */
} WriteJob;

/* Queues the job and returns at once; done() is called exactly once. When the queue is full or the
 * database is closing, done() is called at once on this thread with BUSY. */
void db_submit(Db *db, WriteJob *job);
/* The same, waiting for the outcome: for commands, jobs and tests. */
MUST_USE Error *db_write(Db *db, Arena *arena, UseCase *run, const void *input, void *output,
                         size_t output_size);

/* --- inside a use case or a page ----------------------------------------------------------- */

/* The read view of a transaction: sees its own writes. */
Snapshot *tx_snapshot(Tx *tx);
Arena *tx_arena(Tx *tx);
Arena *snapshot_arena(Snapshot *snapshot);
/* The time of this transaction or snapshot (one reading for all of it). */
Instant tx_now(Tx *tx);
Instant snapshot_now(Snapshot *snapshot);
/* A new id: 41 bits of milliseconds, 10 of process, 12 of counter; rises within a process. */
int64_t tx_new_id(Tx *tx);

/* --- for generated code only --------------------------------------------------------------- */

typedef enum SqlKind { SQL_NULL, SQL_INT, SQL_TEXT, SQL_BLOB } SqlKind;

typedef struct SqlValue {
    SqlKind kind;
    int64_t number;
    Str text; /* TEXT and BLOB */
} SqlValue;

typedef struct SqlStatement {
    const char *name;     /* "proposals.proposal_list" */
    const char *sqlite;   /* parameters are ?1 ?2 ... */
    const char *postgres; /* parameters are $1 $2 ... */
    int index;            /* place in sql_statements[] */
    int parameters;
    int columns;
    bool writes;
    const char *parameter_kinds; /* one letter a parameter: i number, t text, b bytes */
    const char *column_kinds;    /* one letter a column; drivers refuse a row of other kinds */
} SqlStatement;

/* All statements of the program, generated. */
extern const SqlStatement *const sql_statements[];
extern const int sql_statement_count;

/* Called for each row with values valid during the call only. */
typedef void SqlRow(void *user, const SqlValue *values);

/* A result that would crowd the arena (arena_is_crowded) is DATABASE, as one of too many rows is.
 */
MUST_USE Error *db_run_read(Snapshot *snapshot, const SqlStatement *statement,
                            const SqlValue *parameters, SqlRow *row, void *user);
/* *out_changed (may be NULL): rows inserted, updated or deleted. */
MUST_USE Error *db_run_write(Tx *tx, const SqlStatement *statement, const SqlValue *parameters,
                             SqlRow *row, void *user, int64_t *out_changed);

/* What a generated row function fills. */
typedef struct SqlTaker {
    Arena *arena;
    void *out;
    size_t seen;     /* rows so far */
    size_t capacity; /* of a growing array */
} SqlTaker;

/* After a :one, NOT_FOUND when no row was seen; after both, DATABASE when more than one was (the
 * statement is wrong). */
MUST_USE Error *sql_expect_one(Arena *arena, const SqlStatement *statement, size_t seen);
MUST_USE Error *sql_expect_maybe(Arena *arena, const SqlStatement *statement, size_t seen);
/* After a :versioned, VERSION_CONFLICT when no row was changed. */
MUST_USE Error *sql_expect_changed(Arena *arena, const SqlStatement *statement, int64_t changed);

/* Queries run in this snapshot or transaction so far: tests hold pages to a number. */
int snapshot_query_count(const Snapshot *snapshot);

/* --- operation ----------------------------------------------------------------------------- */

/* Sizes of the write queue and the last batch, for /healthz and the bench. */
typedef struct DbStatus {
    int64_t queued;
    int64_t batches;
    int64_t members;
    int64_t largest_batch;
    int64_t retries;
} DbStatus;
DbStatus db_status(Db *db);

#endif
