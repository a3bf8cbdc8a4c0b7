/* driver_trace.c: one log line a call, with its name and microseconds. Never parameters. */
#include "base/log.h"
#include "platform/db/driver_hook.h"

static void trace(void *user, const char *what, int64_t microseconds, const Error *error)
{
    log_event(LOG_INFO, "sql", log_str("statement", str_from(what)),
              log_int("microseconds", microseconds),
              log_str("error", str_from(error ? error_code_name(error->code) : "")));
}

Driver *driver_trace_new(Driver *inner)
{
    return driver_hook_new(inner, (DriverHook){.after = trace});
}
