#include "platform/form/values.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "platform/html/out.h"

static Error *wrong(Arena *arena, ErrorCode code, int64_t number)
{
    return error_with(error_make(arena, code, "a field"), number, STR(""));
}

Str value_tidy(Arena *arena, FieldType type, Str typed)
{
    if (type == FIELD_PASSWORD) {
        return typed;
    }
    bool lines = type == FIELD_LONG_TEXT;
    char *out = arena_array(arena, char, typed.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.data[i];
        if (c == '\r') {
            bool pair = i + 1 < typed.len && typed.data[i + 1] == '\n';
            if (!pair) {
                out[len++] = lines ? '\n' : ' ';
            }
        } else {
            out[len++] = !lines && (c == '\n' || c == '\t') ? ' ' : c;
        }
    }
    return str_trim(str_from_bytes(out, len));
}

static int64_t default_max(FieldType type)
{
    switch (type) {
    case FIELD_LONG_TEXT:
        return LONG_TEXT_DEFAULT_MAX;
    case FIELD_PASSWORD:
        return PASSWORD_DEFAULT_MAX;
    case FIELD_CODE:
        return CODE_DEFAULT_MAX;
    default:
        return TEXT_DEFAULT_MAX;
    }
}

static Error *check_length(Arena *arena, const Field *field, Str text)
{
    int64_t length = (int64_t)utf8_length(text);
    int64_t max = field->max > 0 ? field->max : default_max(field->type);
    if (length > max) {
        return wrong(arena, ERROR_FIELD_TOO_LONG, max);
    }
    return length < field->min ? wrong(arena, ERROR_FIELD_TOO_SHORT, field->min) : NULL;
}

static Error *parse_text(Arena *arena, const Field *field, Str typed, Str *out)
{
    if (!utf8_is_clean(typed)) {
        return wrong(arena, ERROR_FIELD_CHARACTERS, 0);
    }
    *out = typed;
    return check_length(arena, field, typed);
}

/* 0,0 is no limit; a max below the min is no upper limit. `unit` scales the shown number. */
static Error *check_range(Arena *arena, const Field *field, int64_t value, int64_t unit)
{
    bool limited = field->min != 0 || field->max != 0;
    if (limited && value < field->min) {
        return wrong(arena, ERROR_FIELD_TOO_SMALL, field->min / unit);
    }
    if (limited && field->max >= field->min && value > field->max) {
        return wrong(arena, ERROR_FIELD_TOO_BIG, field->max / unit);
    }
    return NULL;
}

/* Without the given ASCII separators and U+00A0. */
static Str without(Arena *arena, Str s, const char *separators)
{
    char *out = arena_array(arena, char, s.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (str_starts_with(str_slice(s, i, s.len), STR("\u00a0"))) {
            i++;
        } else if (s.data[i] == '\0' || !strchr(separators, s.data[i])) {
            out[len++] = s.data[i];
        }
    }
    return str_from_bytes(out, len);
}

static Error *parse_integer(Arena *arena, const Field *field, Str typed, int64_t *out)
{
    Str digits = without(arena, utf8_narrow(arena, typed), " ,");
    if (!str_to_int64(digits, out)) {
        return wrong(arena, ERROR_FIELD_NOT_NUMBER, 0);
    }
    return check_range(arena, field, *out, 1);
}

static Error *parse_money(Arena *arena, const Field *field, Str typed, Money *out)
{
    Str amount = without(arena, utf8_narrow(arena, typed), " ");
    if (!money_parse_yuan(amount, out)) {
        return wrong(arena, ERROR_FIELD_NOT_MONEY, 0);
    }
    return check_range(arena, field, out->fen, 100);
}

static Error *parse_date(Arena *arena, const Field *field, Str typed, Date *out)
{
    Str text = without(arena, utf8_narrow(arena, typed), " ");
    bool limited = field->max > field->min;
    if (!date_parse(text, out) || (limited && (out->days < field->min || out->days > field->max))) {
        return wrong(arena, ERROR_FIELD_NOT_DATE, 0);
    }
    return NULL;
}

static Error *parse_choice(Arena *arena, const Field *field, Str typed, int *out)
{
    for (size_t i = 0; i < field->n_choices; i++) {
        if (str_eq(typed, str_from(field->choices[i].name))) {
            *out = field->choices[i].value;
            return NULL;
        }
    }
    return wrong(arena, ERROR_FIELD_NOT_CHOICE, 0);
}

static bool all_digits(Str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.data[i] < '0' || s.data[i] > '9') {
            return false;
        }
    }
    return s.len > 0;
}

static Error *parse_code(Arena *arena, const Field *field, Str typed, Str *out)
{
    Str digits = without(arena, utf8_narrow(arena, typed), " -");
    if (!all_digits(digits)) {
        return wrong(arena, ERROR_FIELD_NOT_NUMBER, 0);
    }
    *out = digits;
    return check_length(arena, field, digits);
}

/* What remains after the country's prefix; an area code gets its 0 back. */
static Str national_number(Arena *arena, Str digits, bool plus)
{
    bool zeros = str_starts_with(digits, STR("0086"));
    bool bare = str_starts_with(digits, STR("86")) && (plus || digits.len == 13);
    if (!zeros && !bare) {
        return digits;
    }
    Str rest = str_slice(digits, zeros ? 4 : 2, digits.len);
    bool is_mobile = rest.len == 11 && rest.data[0] == '1';
    bool has_area = rest.len > 0 && (rest.data[0] == '0' || rest.len < 9);
    return is_mobile || has_area ? rest : arena_printf(arena, "0%.*s", STR_ARG(rest));
}

/* A mobile (11 digits from 13 to 19), a number in the same town (7 or 8), one with its area code
 * (10 to 12, from 0) or a 400/800 number (10). */
static bool is_phone(Str s)
{
    if (!all_digits(s)) {
        return false;
    }
    if (s.len == 11 && s.data[0] == '1') {
        return s.data[1] >= '3';
    }
    if (s.len == 7 || s.len == 8) {
        return s.data[0] >= '2';
    }
    bool service =
        s.len == 10 && (str_starts_with(s, STR("400")) || str_starts_with(s, STR("800")));
    return service || (s.len >= 10 && s.len <= 12 && s.data[0] == '0' && s.data[1] != '0');
}

Error *parse_phone(Arena *arena, Str typed, Str *out)
{
    if (!utf8_is_valid(typed)) {
        return wrong(arena, ERROR_FIELD_NOT_PHONE, 0);
    }
    Str bare = without(arena, utf8_narrow(arena, typed), " -()./\t");
    bool plus = str_starts_with(bare, STR("+"));
    Str digits = national_number(arena, plus ? str_slice(bare, 1, bare.len) : bare, plus);
    if (!is_phone(digits)) {
        return wrong(arena, ERROR_FIELD_NOT_PHONE, 0);
    }
    *out = digits;
    return NULL;
}

static Error *parse_box(Arena *arena, Str typed, bool *out)
{
    *out = str_eq(typed, STR("1")) || str_eq(typed, STR("on"));
    return *out ? NULL : wrong(arena, ERROR_FIELD_NOT_CHOICE, 0);
}

Error *value_parse(Arena *arena, const Field *field, Str typed, void *value)
{
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_LONG_TEXT:
    case FIELD_PASSWORD:
        return parse_text(arena, field, typed, value);
    case FIELD_INTEGER:
        return parse_integer(arena, field, typed, value);
    case FIELD_MONEY:
        return parse_money(arena, field, typed, value);
    case FIELD_DATE:
        return parse_date(arena, field, typed, value);
    case FIELD_CHOICE:
        return parse_choice(arena, field, typed, value);
    case FIELD_PHONE:
        return parse_phone(arena, typed, value);
    case FIELD_BOX:
        return parse_box(arena, typed, value);
    case FIELD_ID:
        return id_parse(typed, value) ? NULL : wrong(arena, ERROR_FIELD_NOT_CHOICE, 0);
    case FIELD_CODE:
        return parse_code(arena, field, typed, value);
    case FIELD_IDS:
    case FIELD_FILE:
        break;
    }
    panic("field %s is not single-valued", field->name);
}

/* --- the other way -------------------------------------------------------------------------- */

static Str typed_date(Arena *arena, Date date)
{
    if (date.days == 0) {
        return STR("");
    }
    CivilDate day = date_civil(date);
    return arena_printf(arena, "%04d-%02d-%02d", day.year, day.month, day.day);
}

static Str typed_choice(const Field *field, int value)
{
    return str_from(choice_name(field->choices, field->n_choices, value));
}

static Str typed_money(Arena *arena, Money amount)
{
    char text[32];
    size_t len = money_format_yuan(amount, text, sizeof text);
    return arena_str(arena, str_from_bytes(text, len));
}

Str value_typed(Arena *arena, const Field *field, const void *value)
{
    switch (field->type) {
    case FIELD_TEXT:
    case FIELD_LONG_TEXT:
    case FIELD_PHONE:
    case FIELD_CODE:
        return *(const Str *)value;
    case FIELD_INTEGER:
        return arena_printf(arena, "%lld", (long long)*(const int64_t *)value);
    case FIELD_MONEY:
        return typed_money(arena, *(const Money *)value);
    case FIELD_DATE:
        return typed_date(arena, *(const Date *)value);
    case FIELD_CHOICE:
        return typed_choice(field, *(const int *)value);
    case FIELD_BOX:
        return *(const bool *)value ? STR("1") : STR("");
    case FIELD_ID:
        return arena_str(arena, str_from(id_text(*(const int64_t *)value).text));
    case FIELD_PASSWORD:
    case FIELD_IDS:
    case FIELD_FILE:
        break;
    }
    return STR("");
}
