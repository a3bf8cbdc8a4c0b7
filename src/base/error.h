/* error.h: what went wrong, one convention for the whole program.
 *
 * A function that can fail returns `Error *`: NULL is success, results go through out_ parameters.
 * The Error lives in the caller's arena. Three worlds are kept apart:
 *   the user is wrong         a code with status 4xx; shown kindly, at the field where it belongs
 *   the environment failed    a code with status 5xx; logged, the page says to try again
 *   we are wrong              panic(): logs, ends the process, a supervisor restarts it
 * The only way to pass an error on is `if (err) { return err; }`.
 * Codes, their HTTP status and nothing else are in error_codes.def; the sentence shown to people
 * has the text key `error.<code with dots>` in platform/text.
 */
#ifndef BASE_ERROR_H
#define BASE_ERROR_H

#include "base/arena.h"
#include "base/str.h"

typedef enum ErrorCode {
    ERROR_NONE = 0,
#define X(id, name, status) ERROR_##id,
#include "base/error_codes.def"
#undef X
    ERROR_CODE_COUNT
} ErrorCode;

typedef struct Error {
    ErrorCode code;
    Str field;        /* form field at fault, or empty */
    Str word;         /* parameter {word} of the sentence, or empty */
    int64_t number;   /* parameter {n} of the sentence */
    Str detail;       /* for the log only, never shown; no personal data */
    const char *file; /* where it was made */
    int line;
} Error;

Error *error_new_at(Arena *arena, ErrorCode code, const char *file, int line, const char *format,
                    ...) __attribute__((format(printf, 5, 6)));

/* error_make(arena, ERROR_X, "detail for the log %d", n) */
#define error_make(arena, code, ...) error_new_at((arena), (code), __FILE__, __LINE__, __VA_ARGS__)

/* The same with the form field at fault and the sentence's parameters. */
Error *error_for_field(Error *error, Str field);
Error *error_with(Error *error, int64_t number, Str word);

Error *error_new_at_field(Arena *arena, ErrorCode code, const char *field, int64_t number,
                          const char *file, int line);
/* error_at(arena, ERROR_FIELD_TOO_SHORT, "reason", 10): at a form field, with the sentence's {n}.
 * The field's name is kept, not copied. */
#define error_at(arena, code, field, number)                                                       \
    error_new_at_field((arena), (code), (field), (number), __FILE__, __LINE__)

Error *error_new_length(Arena *arena, const char *field, Str text, int64_t min, int64_t max,
                        const char *file, int line);
/* error_length(arena, "reason", reason, 10, 200): NULL when the text, as it stands, has min to max
 * characters; ERROR_FIELD_TOO_SHORT or _TOO_LONG at the field, with the bound, otherwise. */
#define error_length(arena, field, text, min, max)                                                 \
    error_new_length((arena), (field), (text), (min), (max), __FILE__, __LINE__)

/* "proposal.closed" and its HTTP status. */
const char *error_code_name(ErrorCode code);
int error_code_status(ErrorCode code);
/* True when the environment failed and the same request may succeed later. */
bool error_is_environment(const Error *error);

/* We are wrong: one log line, then abort. */
_Noreturn void panic_at(const char *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
#define panic(...) panic_at(__FILE__, __LINE__, __VA_ARGS__)
/* A claim that must hold; stays on in release builds. */
#define require(claim)                                                                             \
    do {                                                                                           \
        if (!(claim)) {                                                                            \
            panic_at(__FILE__, __LINE__, "broken: %s", #claim);                                    \
        }                                                                                          \
    } while (0)

#endif
