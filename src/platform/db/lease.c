/* lease.c: a process number, held for ten minutes at a time, so that processes on one database make
 * different ids. Renewed by the writer before a batch, never in the middle of one. */
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/random.h"
#include "db_sql.h"
#include "platform/db/db_internal.h"

#define NUMBERS     1024
#define LEASE_MS    (10 * 60 * 1000)
#define RENEW_MS    (5 * 60 * 1000)
#define LEASE_TRIES 8

typedef struct LeaseInput {
    Str holder;
    int number;     /* held now, or -1 */
    int first;      /* where to start looking */
    int64_t offset; /* of the moved clock: leases count in real time */
} LeaseInput;

/* Unlike the monotonic clock, this one goes on while the machine sleeps, as other machines do. */
static int64_t boot_ms(void)
{
    struct timespec at;
    clock_gettime(CLOCK_BOOTTIME, &at);
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

void lease_init(Lease *lease)
{
    char host[48] = "";
    uint64_t chance = 0;
    gethostname(host, sizeof(host) - 1);
    random_bytes(&chance, sizeof(chance));
    snprintf(lease->holder, sizeof(lease->holder), "%s:%d:%016lx", host, (int)getpid(),
             (unsigned long)chance);
    pthread_mutex_init(&lease->mutex, NULL);
    atomic_store(&lease->number, -1);
}

static Error *take(Tx *tx, const void *input, Instant now, void *output)
{
    const LeaseInput *in = input;
    int *number = output;
    Instant real = {now.ms - in->offset};
    Instant until = {real.ms + LEASE_MS};
    int64_t changed = 0;
    Error *err = NULL;
    if (in->number >= 0) {
        err = sql_process_lease_renew(tx, in->number, in->holder, until, &changed);
        *number = in->number;
    }
    for (int i = 0; i < NUMBERS && !err && changed == 0; i++) {
        *number = (in->first + i) % NUMBERS;
        err = sql_process_lease_take(tx, *number, in->holder, until, real, &changed);
    }
    if (!err && changed == 0) {
        err = error_make(tx_arena(tx), ERROR_UNAVAILABLE, "all process numbers are taken");
    }
    return err;
}

static LeaseInput lease_input(Db *db)
{
    uint64_t chance = 0;
    random_bytes(&chance, sizeof(chance));
    return (LeaseInput){
        .holder = str_from(db->lease.holder),
        .number = atomic_load(&db->lease.number),
        .first = (int)(chance % NUMBERS),
        .offset = db->options.clock ? atomic_load(&db->options.clock->offset_ms) : 0,
    };
}

static Error *take_or_renew(Db *db, Connection *connection, Arena *arena)
{
    bool is_migrated = false;
    Error *err = connection->ops->has_table(connection, arena, "process_lease", &is_migrated);
    if (err || !is_migrated) {
        return err;
    }
    LeaseInput input = lease_input(db);
    int number = -1;
    int64_t asked_at_ms = boot_ms();
    for (int i = 0; i < LEASE_TRIES; i++) {
        err = transaction_once(db, connection, arena, take, &input, &number);
        if (!err || err->code != ERROR_CONFLICT_RETRY) {
            break;
        }
    }
    if (!err) {
        db->lease.renew_after_ms = asked_at_ms + RENEW_MS;
        atomic_store(&db->lease.number, number);
    } else if (err->code == ERROR_UNKNOWN_OUTCOME) {
        err->code = ERROR_UNAVAILABLE; /* of the lease, not of the caller's use case */
    }
    return err;
}

Error *lease_ensure(Db *db, Connection *connection, Arena *arena)
{
    Error *err = NULL;
    pthread_mutex_lock(&db->lease.mutex);
    bool held = atomic_load(&db->lease.number) >= 0;
    if (!held || boot_ms() > db->lease.renew_after_ms) {
        err = take_or_renew(db, connection, arena);
    }
    pthread_mutex_unlock(&db->lease.mutex);
    return err;
}

static Error *give_back(Tx *tx, const void *input, Instant now, void *output)
{
    const LeaseInput *in = input;
    return sql_process_lease_release(tx, in->number, in->holder, NULL);
}

void lease_release(Db *db, Connection *connection, Arena *arena)
{
    LeaseInput input = lease_input(db);
    if (input.number < 0) {
        return;
    }
    atomic_store(&db->lease.number, -1);
    Error *err = transaction_once(db, connection, arena, give_back, &input, NULL);
    if (err) { /* it runs out by itself */
        log_event(LOG_WARN, "lease_not_released", log_str("detail", err->detail));
    }
}
