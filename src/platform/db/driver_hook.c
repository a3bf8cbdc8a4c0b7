#include "platform/db/driver_hook.h"

typedef struct HookDriver {
    Driver base;
    Driver *inner;
    DriverHook hook;
} HookDriver;

typedef struct HookConnection {
    Connection base;
    ConnectionOps ops; /* savepoint, release and undo only where the inner one has them */
    Connection *inner;
    const DriverHook *hook;
} HookConnection;

static HookConnection *hooked(Connection *connection)
{
    return (HookConnection *)connection;
}

static Error *before(HookConnection *connection, Arena *arena, const char *what)
{
    const DriverHook *hook = connection->hook;
    return hook->before ? hook->before(hook->user, arena, connection->inner, what) : NULL;
}

static Error *after(HookConnection *connection, const char *what, int64_t started_us, Error *err)
{
    const DriverHook *hook = connection->hook;
    if (hook->after) {
        hook->after(hook->user, what, clock_monotonic_us() - started_us, err);
    }
    return err;
}

static Error *hook_begin(Connection *base, Arena *arena, Instant *out_now)
{
    HookConnection *connection = hooked(base);
    Error *err = before(connection, arena, "begin");
    int64_t started_us = clock_monotonic_us();
    return err ? err
               : after(connection, "begin", started_us,
                       connection->inner->ops->begin(connection->inner, arena, out_now));
}

static Error *call(Connection *base, Arena *arena, const char *what,
                   Error *(*inner)(Connection *, Arena *))
{
    HookConnection *connection = hooked(base);
    Error *err = before(connection, arena, what);
    int64_t started_us = clock_monotonic_us();
    return err ? err : after(connection, what, started_us, inner(connection->inner, arena));
}

static Error *hook_commit(Connection *base, Arena *arena)
{
    return call(base, arena, "commit", hooked(base)->inner->ops->commit);
}

static Error *hook_savepoint(Connection *base, Arena *arena)
{
    return call(base, arena, "savepoint", hooked(base)->inner->ops->savepoint);
}

static Error *hook_release(Connection *base, Arena *arena)
{
    return call(base, arena, "release", hooked(base)->inner->ops->release);
}

static Error *hook_undo(Connection *base, Arena *arena)
{
    return call(base, arena, "undo", hooked(base)->inner->ops->undo);
}

static Error *hook_run(Connection *base, Arena *arena, const SqlStatement *statement,
                       const SqlValue *parameters, SqlRow *row, void *user, int64_t *out_changed)
{
    HookConnection *connection = hooked(base);
    Error *err = before(connection, arena, statement->name);
    int64_t started_us = clock_monotonic_us();
    return err ? err
               : after(connection, statement->name, started_us,
                       connection->inner->ops->run(connection->inner, arena, statement, parameters,
                                                   row, user, out_changed));
}

/* --- passed through ------------------------------------------------------------------------ */

static void hook_rollback(Connection *base)
{
    Connection *inner = hooked(base)->inner;
    inner->ops->rollback(inner);
}

static bool hook_in_transaction(Connection *base)
{
    Connection *inner = hooked(base)->inner;
    return inner->ops->in_transaction(inner);
}

static Error *hook_define(Connection *base, Arena *arena, const char *sql)
{
    Connection *inner = hooked(base)->inner;
    return inner->ops->define(inner, arena, sql);
}

static Error *hook_has_table(Connection *base, Arena *arena, const char *name, bool *out)
{
    Connection *inner = hooked(base)->inner;
    return inner->ops->has_table(inner, arena, name, out);
}

static Error *hook_lock_schema(Connection *base, Arena *arena)
{
    Connection *inner = hooked(base)->inner;
    return inner->ops->lock_schema(inner, arena);
}

static Error *hook_prepare(Connection *base, Arena *arena, const SqlStatement *statement)
{
    Connection *inner = hooked(base)->inner;
    return inner->ops->prepare(inner, arena, statement);
}

static void hook_close(Connection *base)
{
    Connection *inner = hooked(base)->inner;
    inner->ops->close(inner);
    free(base);
}

/* --- the driver ---------------------------------------------------------------------------- */

static Error *hook_connect(Driver *base, Arena *arena, ConnectionRole role, Connection **out)
{
    HookDriver *driver = (HookDriver *)base;
    Connection *inner = NULL;
    Error *err = driver->inner->ops->connect(driver->inner, arena, role, &inner);
    if (err) {
        return err;
    }
    HookConnection *connection = calloc(1, sizeof(*connection));
    require(connection != NULL);
    connection->ops = (ConnectionOps){
        .begin = hook_begin,
        .commit = hook_commit,
        .rollback = hook_rollback,
        .in_transaction = hook_in_transaction,
        .savepoint = inner->ops->savepoint ? hook_savepoint : NULL,
        .release = inner->ops->release ? hook_release : NULL,
        .undo = inner->ops->undo ? hook_undo : NULL,
        .run = hook_run,
        .define = hook_define,
        .has_table = hook_has_table,
        .lock_schema = hook_lock_schema,
        .prepare = hook_prepare,
        .close = hook_close,
    };
    connection->base = (Connection){.ops = &connection->ops, .role = role};
    connection->inner = inner;
    connection->hook = &driver->hook;
    *out = &connection->base;
    return NULL;
}

static void hook_driver_close(Driver *base)
{
    Driver *inner = ((HookDriver *)base)->inner;
    inner->ops->close(inner);
    free(base);
}

static const DriverOps driver_ops = {
    .connect = hook_connect,
    .close = hook_driver_close,
};

Driver *driver_hook_new(Driver *inner, DriverHook hook)
{
    HookDriver *driver = calloc(1, sizeof(*driver));
    require(driver != NULL);
    driver->base = (Driver){.ops = &driver_ops, .kind = inner->kind};
    driver->inner = inner;
    driver->hook = hook;
    return &driver->base;
}
