#include "platform/form/form.h"

#include "base/limits.h"
#include "base/log.h"
#include "base/utf8.h"
#include "platform/form/values.h"
#include "platform/html/out.h"

static const Choice *find_choice(const Choice *choices, size_t n, int64_t value)
{
    for (size_t i = 0; i < n; i++) {
        if (choices[i].value == value) {
            return &choices[i];
        }
    }
    return NULL;
}

bool id_list_has(const IdList *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->ids[i] == id) {
            return true;
        }
    }
    return false;
}

Text choice_label(const Choice *choices, size_t n, int64_t value)
{
    const Choice *choice = find_choice(choices, n, value);
    return text_of(choice != NULL ? choice->label : 0);
}

const char *choice_name(const Choice *choices, size_t n, int64_t value)
{
    const Choice *choice = find_choice(choices, n, value);
    return choice != NULL ? choice->name : "";
}

int choice_of(const Choice *choices, size_t n, Str name, int otherwise)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(str_from(choices[i].name), name)) {
            return choices[i].value;
        }
    }
    return otherwise;
}

/* What happens to one form while it is parsed. */
typedef struct Parse {
    Arena *arena;
    const Pairs *pairs;
    FormState *state;
    char *input;
} Parse;

static Error *wrong(Parse *parse, const Field *field, ErrorCode code, int64_t number)
{
    Error *error = error_make(parse->arena, code, "field %s", field->name);
    return error_for_field(error_with(error, number, STR("")), str_from(field->name));
}

static const Pair *find_pair(const Pairs *pairs, Str name, size_t *out_count)
{
    const Pair *first = NULL;
    *out_count = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        if (str_eq(pairs->items[i].name, name)) {
            first = first ? first : &pairs->items[i];
            (*out_count)++;
        }
    }
    return first;
}

/* What may be shown again: valid UTF-8 without NUL, and no secret. */
static Str showable(Arena *arena, const Field *field, const Pair *pair)
{
    if (!pair || pair->is_file || field->type == FIELD_PASSWORD || !utf8_is_valid(pair->value)) {
        return STR("");
    }
    char *out = arena_array(arena, char, pair->value.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < pair->value.len; i++) {
        unsigned char c = (unsigned char)pair->value.data[i];
        if (c >= 0x20 || c == '\n' || c == '\t') {
            out[len++] = (char)c;
        }
    }
    return str_from_bytes(out, len);
}

static Error *parse_single(Parse *parse, const Field *field, const Pair *pair)
{
    Str value = pair ? value_tidy(parse->arena, field->type, pair->value) : STR("");
    if (value.len == 0) {
        return field->is_required ? wrong(parse, field, ERROR_FIELD_MISSING, 0) : NULL;
    }
    if (pair->is_file || !utf8_is_valid(pair->value)) {
        return wrong(parse, field, ERROR_FIELD_CHARACTERS, 0);
    }
    Error *error = value_parse(parse->arena, field, value, parse->input + field->offset);
    return error ? error_for_field(error, str_from(field->name)) : NULL;
}

/* --- several ids ---------------------------------------------------------------------------- */

static bool contains_id(const IdList *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++) {
        if (list->ids[i] == id) {
            return true;
        }
    }
    return false;
}

/* Collects the ids that read well; the first problem is returned, the rest are kept. */
static Error *collect_ids(Parse *parse, const Field *field, size_t count, IdList *list)
{
    Error *error = NULL;
    list->ids = arena_array(parse->arena, int64_t, count + 1);
    for (size_t i = 0; i < parse->pairs->count; i++) {
        const Pair *pair = &parse->pairs->items[i];
        int64_t id = 0;
        if (!str_eq(pair->name, str_from(field->name)) || pair->value.len == 0) {
            continue;
        }
        if (pair->is_file || !id_parse(pair->value, &id)) {
            error = error ? error : wrong(parse, field, ERROR_FIELD_NOT_CHOICE, 0);
        } else if (contains_id(list, id)) {
            error = error ? error : wrong(parse, field, ERROR_FIELD_TWICE, 0);
        } else {
            list->ids[list->count++] = id;
        }
    }
    return error;
}

static Error *parse_ids(Parse *parse, const Field *field, size_t count)
{
    IdList list = {0};
    int64_t max = field->max > 0 ? field->max : LIMIT_CHOICES_PER_BALLOT;
    /* A list that is far too long is not read: looking for doubles would take its square. */
    if (count > LIMIT_FORM_PAIRS) {
        return wrong(parse, field, ERROR_FIELD_TOO_MANY, max);
    }
    Error *error = collect_ids(parse, field, count, &list);
    parse->state->chosen = list;
    *(IdList *)(void *)(parse->input + field->offset) = list;
    if (!error && (int64_t)list.count > max) {
        error = wrong(parse, field, ERROR_FIELD_TOO_MANY, max);
    }
    bool too_few = (int64_t)list.count < field->min || (field->is_required && list.count == 0);
    return error || !too_few ? error : wrong(parse, field, ERROR_FIELD_MISSING, field->min);
}

/* --- a file --------------------------------------------------------------------------------- */

/* The last part of the path some browsers send, without signs that lie. */
static Str safe_file_name(Str name)
{
    for (size_t i = name.len; i > 0; i--) {
        if (name.data[i - 1] == '/' || name.data[i - 1] == '\\') {
            name = str_slice(name, i, name.len);
            break;
        }
    }
    return utf8_is_clean(name) ? name : STR("");
}

static Error *parse_file(Parse *parse, const Field *field, const Pair *pair)
{
    if (!pair || (pair->is_file && pair->value.len == 0)) {
        return field->is_required ? wrong(parse, field, ERROR_FIELD_MISSING, 0) : NULL;
    }
    if (!pair->is_file) {
        return wrong(parse, field, ERROR_FIELD_FILE_TYPE, 0);
    }
    int64_t max = field->max > 0 ? field->max : LIMIT_UPLOAD_BYTES;
    if ((int64_t)pair->value.len > max) {
        int64_t megabyte = 1024 * 1024;
        return wrong(parse, field, ERROR_FIELD_FILE_SIZE, max < megabyte ? 1 : max / megabyte);
    }
    FileInput *file = (FileInput *)(void *)(parse->input + field->offset);
    *file = (FileInput){.name = safe_file_name(pair->file_name), .bytes = pair->value};
    return NULL;
}

/* --- the form ------------------------------------------------------------------------------- */

static Error *parse_field(Parse *parse, const Field *field, FieldState *state)
{
    size_t count = 0;
    const Pair *pair = find_pair(parse->pairs, str_from(field->name), &count);
    state->typed = showable(parse->arena, field, pair);
    if (field->type == FIELD_IDS) {
        return parse_ids(parse, field, count);
    }
    if (count > 1) {
        return wrong(parse, field, ERROR_FIELD_TWICE, 0);
    }
    return field->type == FIELD_FILE ? parse_file(parse, field, pair)
                                     : parse_single(parse, field, pair);
}

static const Field *find_field(const Form *form, Str name, size_t *out_index)
{
    for (size_t i = 0; i < form->n_fields; i++) {
        if (str_eq(name, str_from(form->fields[i].name))) {
            *out_index = i;
            return &form->fields[i];
        }
    }
    return NULL;
}

static void log_unknown(const Form *form, const Pairs *pairs)
{
    int64_t unknown = 0;
    for (size_t i = 0; i < pairs->count; i++) {
        size_t index = 0;
        bool is_token = str_eq(pairs->items[i].name, STR("_token"));
        unknown += !is_token && !find_field(form, pairs->items[i].name, &index);
    }
    if (unknown > 0) {
        log_event(LOG_INFO, "form_unknown_fields", log_str("form", str_from(form->name)),
                  log_int("count", unknown));
    }
}

static void start_state(Arena *arena, const Form *form, FormState *state)
{
    *state = (FormState){.form = form, .fields = arena_array(arena, FieldState, form->n_fields)};
}

bool form_parse(Arena *arena, const Form *form, const Pairs *pairs, void *input, FormState *state)
{
    memset(input, 0, form->input_size);
    start_state(arena, form, state);
    Parse parse = {.arena = arena, .pairs = pairs, .state = state, .input = input};
    for (size_t i = 0; i < form->n_fields; i++) {
        state->fields[i].error = parse_field(&parse, &form->fields[i], &state->fields[i]);
    }
    size_t count = 0;
    const Pair *token = find_pair(pairs, STR("_token"), &count);
    state->token = token ? token->value : STR("");
    log_unknown(form, pairs);
    return !form_has_errors(state);
}

FormState *form_fresh(Arena *arena, const Form *form)
{
    FormState *state = arena_new(arena, FormState);
    start_state(arena, form, state);
    return state;
}

void form_prefill(Arena *arena, FormState *state, const void *input)
{
    for (size_t i = 0; i < state->form->n_fields; i++) {
        const Field *field = &state->form->fields[i];
        const void *value = (const char *)input + field->offset;
        if (field->type == FIELD_IDS) {
            state->chosen = *(const IdList *)value;
        } else {
            state->fields[i].typed = value_typed(arena, field, value);
        }
    }
}

void form_see_again(Arena *arena, FormState *state, const void *input)
{
    static const char *const seen[] = {"version", "shown", "acts"};
    if (!state->error || state->error->code != ERROR_VERSION_CONFLICT) {
        return;
    }
    for (size_t i = 0; i < state->form->n_fields; i++) {
        const Field *field = &state->form->fields[i];
        for (size_t k = 0; k < countof(seen); k++) {
            if (strcmp(field->name, seen[k]) == 0) {
                const void *value = (const char *)input + field->offset;
                state->fields[i].typed = value_typed(arena, field, value);
            }
        }
    }
}

void form_empty_zeros(FormState *state)
{
    for (size_t i = 0; i < state->form->n_fields; i++) {
        FieldType type = state->form->fields[i].type;
        bool is_figure = type == FIELD_INTEGER || type == FIELD_MONEY;
        if (is_figure && str_eq(state->fields[i].typed, STR("0"))) {
            state->fields[i].typed = STR("");
        }
    }
}

void form_add_error(FormState *state, Error *error)
{
    size_t index = 0;
    if (!error) {
        return;
    }
    if (error->field.len > 0 && find_field(state->form, error->field, &index)) {
        FieldState *field = &state->fields[index];
        field->error = field->error ? field->error : error;
    } else {
        state->error = state->error ? state->error : error;
    }
}

static size_t index_of(const FormState *state, const char *name)
{
    size_t index = 0;
    if (!find_field(state->form, str_from(name), &index)) {
        panic("form %s has no field %s", state->form->name, name);
    }
    return index;
}

const FieldState *form_field(const FormState *state, const char *name)
{
    return &state->fields[index_of(state, name)];
}

const Field *form_field_def(const FormState *state, const char *name)
{
    return &state->form->fields[index_of(state, name)];
}

bool form_has_errors(const FormState *state)
{
    bool any = state->error != NULL;
    for (size_t i = 0; i < state->form->n_fields; i++) {
        any = any || state->fields[i].error;
    }
    return any;
}
