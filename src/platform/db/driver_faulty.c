/* driver_faulty.c: makes the n-th call on a write connection fail. */
#include "platform/db/driver_hook.h"

static Error *maybe_fail(void *user, Arena *arena, const Connection *connection, const char *what)
{
    FaultPlan *plan = user;
    if (connection->role != ROLE_WRITE) {
        return NULL;
    }
    int64_t call = atomic_fetch_add(&plan->calls, 1) + 1;
    if (call != atomic_load(&plan->fail_at)) {
        return NULL;
    }
    return error_make(arena, plan->code, "fault at call %ld, %s", (long)call, what);
}

Driver *driver_faulty_new(Driver *inner, FaultPlan *plan)
{
    return driver_hook_new(inner, (DriverHook){.before = maybe_fail, .user = plan});
}
