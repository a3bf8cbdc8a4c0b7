/* form.h: typed fields. A handler never sees a raw string: it gets a filled struct or is not
 * called.
 *
 * A Form is a const table of fields; form_parse fills the input struct by offset and keeps what was
 * typed, so that a refused form comes back with every word and the message beside the field.
 * Text is checked UTF-8, trimmed, cleaned of control characters; numbers, money, dates and phones
 * are narrowed from full-width first. Unknown fields are ignored (and logged by name count), a
 * field sent twice that is not multiple is an error. Start reading at Field and form_parse().
 */
#ifndef PLATFORM_FORM_FORM_H
#define PLATFORM_FORM_FORM_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/money.h"
#include "platform/text/text.h"

/* One name=value pair of a body or a query, decoded but not yet checked. */
typedef struct Pair {
    Str name;
    Str value;
    Str file_name; /* multipart file parts */
    Str file_type;
    bool is_file;
} Pair;

typedef struct Pairs {
    Pair *items;
    size_t count;
} Pairs;

/* application/x-www-form-urlencoded (bodies and query strings). BAD_REQUEST for a broken escape,
 * NOT_UTF8, TOO_LARGE for more than max_pairs. */
MUST_USE Error *form_decode_urlencoded(Arena *arena, Str body, size_t max_pairs, Pairs *out);
/* multipart/form-data; content_type carries the boundary. Values point into body. */
MUST_USE Error *form_decode_multipart(Arena *arena, Str content_type, Str body, size_t max_pairs,
                                      Pairs *out);

typedef enum FieldType {
    FIELD_TEXT,      /* Str: one line; min/max in characters */
    FIELD_LONG_TEXT, /* Str: several lines, CRLF to LF */
    FIELD_INTEGER,   /* int64_t: min/max */
    FIELD_MONEY,     /* Money: yuan typed; min/max in fen */
    FIELD_DATE,      /* Date */
    FIELD_CHOICE,    /* int: the chosen Choice.value */
    FIELD_PHONE, /* Str: 11 digits of a mainland mobile or 7-12 of a landline, +86/0086 removed */
    FIELD_BOX,   /* bool: a checkbox */
    FIELD_ID,    /* int64_t: 13 Crockford characters, hidden or radio */
    FIELD_IDS,   /* IdList: several of the same name */
    FIELD_CODE,  /* Str: digits only, spaces and dashes removed; min/max digits */
    FIELD_PASSWORD, /* Str: kept as typed, never shown again */
    FIELD_FILE      /* FileInput: max = bytes */
} FieldType;

typedef struct IdList {
    int64_t *ids;
    size_t count;
} IdList;
bool id_list_has(const IdList *list, int64_t id);

typedef struct FileInput {
    Str name;
    Str bytes;
} FileInput;

typedef struct Choice {
    const char *name; /* in the form and in CSV, stable */
    int value;
    int label; /* TEXT_ number */
} Choice;

/* The label of the choice with this value, or no text; its name, or "". */
Text choice_label(const Choice *choices, size_t n, int64_t value);
const char *choice_name(const Choice *choices, size_t n, int64_t value);
/* The value of the choice of this name, or `otherwise`. */
int choice_of(const Choice *choices, size_t n, Str name, int otherwise);

typedef struct Field {
    const char *name;
    FieldType type;
    int label; /* TEXT_ number */
    int hint;  /* TEXT_ number or 0 */
    bool is_required;
    bool is_conditional; /* needed in some cases, which the handler knows: not marked as optional */
    int64_t min, max;    /* 0,0 = the type's own limits */
    size_t offset;       /* in the input struct */
    const Choice *choices;
    size_t n_choices;
    const char *autocomplete; /* "tel", "name", "current-password", ... or NULL */
    const char *accept;       /* kinds of file a device offers first, or NULL */
} Field;

typedef struct Form {
    const char *name; /* part of the CSRF token's purpose */
    const Field *fields;
    size_t n_fields;
    size_t input_size;
    bool has_file; /* multipart; at most LIMIT_FORM_FILES file fields */
} Form;

/* const Form x = FORM("name", fields, Input); what else a form needs stands behind: .has_file =
 * true. FORM_EMPTY is a form of nothing but its button. */
#define FORM(name_, table, input, ...)                                                             \
    {                                                                                              \
        .name = (name_), .fields = (table), .n_fields = countof(table),                            \
        .input_size = sizeof(input), __VA_ARGS__                                                   \
    }
#define FORM_EMPTY(name_)                                                                          \
    {                                                                                              \
        .name = (name_), .input_size = 1                                                           \
    }

#define FIELD_COMMON(struct_type, member, field_type, label_key)                                   \
    .name = #member, .type = (field_type), .label = (label_key),                                   \
    .offset = offsetof(struct_type, member)
/* The same for a member of a struct inside the input, which two forms share. */
#define FIELD_INSIDE(struct_type, inner, member, field_type, label_key)                            \
    .name = #member, .type = (field_type), .label = (label_key),                                   \
    .offset = offsetof(struct_type, inner.member)

typedef struct FieldState {
    Str typed;    /* as it was sent (first value), for showing again */
    Error *error; /* or NULL */
} FieldState;

/* A form as a page shows it: fresh, or with what was typed and what was wrong. */
typedef struct FormState {
    const Form *form;
    FieldState *fields; /* n_fields, same order */
    Error *error;       /* of the whole form (also from the use case), or NULL */
    IdList chosen;      /* FIELD_IDS that was sent, for showing again */
    Str token;          /* hidden CSRF and submission token */
} FormState;

/* Fills *input (zeroed first). Returns true when every field is good; otherwise the errors are in
 * *state. */
bool form_parse(Arena *arena, const Form *form, const Pairs *pairs, void *input, FormState *state);
/* A fresh form; then form_prefill_* for editing. */
FormState *form_fresh(Arena *arena, const Form *form);
/* Puts the values of an existing input struct into the fields. */
void form_prefill(Arena *arena, FormState *state, const void *input);
/* After a VERSION_CONFLICT: what the page shows now instead of what it showed then (the hidden
 * fields `version`, `shown`, `acts`), or the form could never be accepted; everything typed stays.
 * After any other error nothing: a change would be acted on unseen. */
void form_see_again(Arena *arena, FormState *state, const void *input);
/* Amounts and figures that stand at 0 become empty: nobody has given them yet. */
void form_empty_zeros(FormState *state);
/* Hangs an error from a use case on its field (Error.field) or on the form. */
void form_add_error(FormState *state, Error *error);
/* The state of a field by name; panics when the form has no such field. */
const FieldState *form_field(const FormState *state, const char *name);
const Field *form_field_def(const FormState *state, const char *name);
bool form_has_errors(const FormState *state);

/* Parsers of single values, also used by CSV import. NULL on success. `field` is set by callers. */
MUST_USE Error *parse_phone(Arena *arena, Str typed, Str *out);

#endif
