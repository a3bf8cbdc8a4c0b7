/* driver_hook.h: a driver around another one, with a hook before and after each call. Tracing and
 * faults are hooks. */
#ifndef PLATFORM_DB_DRIVER_HOOK_H
#define PLATFORM_DB_DRIVER_HOOK_H

#include "platform/db/driver.h"

typedef struct DriverHook {
    /* An error instead of the call; NULL to let it happen. `what` names the call or statement. */
    Error *(*before)(void *user, Arena *arena, const Connection *connection, const char *what);
    void (*after)(void *user, const char *what, int64_t microseconds, const Error *error);
    void *user;
} DriverHook;

/* Owns `inner`. */
Driver *driver_hook_new(Driver *inner, DriverHook hook);

#endif
