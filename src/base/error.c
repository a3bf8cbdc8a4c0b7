#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/log.h"
#include "base/utf8.h"

static const struct {
    const char *name;
    int status;
} codes[ERROR_CODE_COUNT] = {
    [ERROR_NONE] = {"none", 200},
#define X(id, name, status) [ERROR_##id] = {name, status},
#include "base/error_codes.def"
#undef X
};

Error *error_new_at(Arena *arena, ErrorCode code, const char *file, int line, const char *format,
                    ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    Error *error = arena_new(arena, Error);
    *error = (Error){
        .code = code, .detail = arena_str(arena, str_from(text)), .file = file, .line = line};
    return error;
}

Error *error_for_field(Error *error, Str field)
{
    error->field = field;
    return error;
}

Error *error_with(Error *error, int64_t number, Str word)
{
    error->number = number;
    error->word = word;
    return error;
}

Error *error_new_at_field(Arena *arena, ErrorCode code, const char *field, int64_t number,
                          const char *file, int line)
{
    Error *error = error_new_at(arena, code, file, line, "field %s", field);
    return error_for_field(error_with(error, number, STR("")), str_from(field));
}

Error *error_new_length(Arena *arena, const char *field, Str text, int64_t min, int64_t max,
                        const char *file, int line)
{
    int64_t length = (int64_t)utf8_length(text);
    if (length >= min && length <= max) {
        return NULL;
    }
    bool is_short = length < min;
    return error_new_at_field(arena, is_short ? ERROR_FIELD_TOO_SHORT : ERROR_FIELD_TOO_LONG, field,
                              is_short ? min : max, file, line);
}

const char *error_code_name(ErrorCode code)
{
    require(code < ERROR_CODE_COUNT);
    return codes[code].name;
}

int error_code_status(ErrorCode code)
{
    require(code < ERROR_CODE_COUNT);
    return codes[code].status;
}

bool error_is_environment(const Error *error)
{
    return error_code_status(error->code) >= 500;
}

void panic_at(const char *file, int line, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof(text), format, arguments);
    va_end(arguments);
    log_event(LOG_ERROR, "panic", log_str("detail", str_from(text)),
              log_str("file", str_from(file)), log_int("line", line));
    abort();
}
