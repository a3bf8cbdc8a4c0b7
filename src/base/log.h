/* log.h: one JSON object a line on standard error.
 *
 *   log_event(LOG_INFO, "request", log_str("route", path), log_int("status", 200));
 *
 * Fields whose name says they are secret (password, code, token, key, cookie, phone) are written as
 * "[redacted]" whatever they hold. Nobody logs names, ballots or form contents.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef enum LogLevel { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR } LogLevel;

typedef struct LogField {
    const char *name;
    Str text;
    int64_t number;
    bool is_text;
} LogField;

static inline LogField log_str(const char *name, Str text)
{
    return (LogField){.name = name, .text = text, .is_text = true};
}

static inline LogField log_int(const char *name, int64_t number)
{
    return (LogField){.name = name, .number = number};
}

/* Lines below this level are dropped; LOG_INFO at start. */
void log_set_level(LogLevel level);
/* Where lines go (a file descriptor); 2 at start. */
void log_set_fd(int fd);
void log_fields(LogLevel level, const char *event, const LogField *fields, size_t count);

#define log_event(level, event, ...)                                                               \
    log_fields((level), (event), (LogField[]){__VA_ARGS__},                                        \
               sizeof((LogField[]){__VA_ARGS__}) / sizeof(LogField))

#endif
