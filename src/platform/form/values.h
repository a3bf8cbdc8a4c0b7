/* values.h: one typed value from what was typed; form.c and the CSV readers of rooms use it. */
#ifndef PLATFORM_FORM_VALUES_H
#define PLATFORM_FORM_VALUES_H

#include "platform/form/form.h"

/* Characters a text field holds when its row names no limit. */
#define TEXT_DEFAULT_MAX      200
#define LONG_TEXT_DEFAULT_MAX 5000
#define PASSWORD_DEFAULT_MAX  200
#define CODE_DEFAULT_MAX      32

/* Reads a single-valued field (every type but IDS and FILE) of `typed`, which is not empty, into
 * *value (of the type's C type). NULL, or an error whose number is the limit that was passed. */
MUST_USE Error *value_parse(Arena *arena, const Field *field, Str typed, void *value);
/* How the value is typed: the inverse, for editing forms. Not for passwords, ids lists and files.
 */
Str value_typed(Arena *arena, const Field *field, const void *value);
/* Trimmed, with newlines as LF (or as spaces in one-line fields). */
Str value_tidy(Arena *arena, FieldType type, Str typed);

#endif
