/* db_internal.h: what db.c, writer.c, migrate.c, ids.c and lease.c share. Private to this folder.
 */
#ifndef PLATFORM_DB_DB_INTERNAL_H
#define PLATFORM_DB_DB_INTERNAL_H

#include <pthread.h>

#include "platform/db/driver.h"

struct Snapshot {
    Db *db;
    Connection *connection;
    Arena *arena;
    Instant now;
    int64_t began_ms; /* monotonic */
    int queries;
    Error *failure; /* the first error of a query: the transaction cannot succeed any more */
};

struct Tx {
    Snapshot view;
};

/* Read connections, made when first needed. */
typedef struct ReadPool {
    pthread_mutex_t mutex;
    pthread_cond_t given_back;
    Connection **idle;
    int n_idle;
    int n_made; /* idle or in use */
    int size;
} ReadPool;

/* Ids: see ids.c. */
typedef struct IdMaker {
    _Atomic uint64_t last; /* milliseconds and counter of the newest id */
} IdMaker;
int64_t id_make(IdMaker *maker, int64_t now_ms, int process);

/* The process number that makes this process's ids unlike those of others: see lease.c. */
typedef struct Lease {
    pthread_mutex_t mutex;
    _Atomic int number; /* -1: none */
    int64_t renew_after_ms;
    char holder[96];
} Lease;
void lease_init(Lease *lease);
/* Takes or renews the number when it is time; nothing on a database that is not migrated yet. */
MUST_USE Error *lease_ensure(Db *db, Connection *connection, Arena *arena);
void lease_release(Db *db, Connection *connection, Arena *arena);

/* The write threads and their queue: see writer.c. */
typedef struct Writer Writer;
MUST_USE Error *writer_start(Db *db, Arena *arena, Writer **out);
/* Runs what is queued, then ends the threads. */
void writer_stop(Writer *writer);
void writer_submit(Writer *writer, WriteJob *job);
DbStatus writer_status(Writer *writer);

struct Db {
    DbOptions options;
    Driver *driver;
    ReadPool pool;
    IdMaker ids;
    Lease lease;
    Writer *writer;
};

/* The text that makes the table schema_migration: for stored databases of tests. */
const char *schema_migration_table(DbKind kind);

/* One transaction, one try: begin, run, commit; rolled back after an error. */
MUST_USE Error *transaction_once(Db *db, Connection *connection, Arena *arena, UseCase *run,
                                 const void *input, void *output);
/* The use case inside a transaction that is open already; its time is `now`. */
MUST_USE Error *use_case_run(Db *db, Connection *connection, Arena *arena, Instant now,
                             UseCase *run, const void *input, void *output);

#endif
