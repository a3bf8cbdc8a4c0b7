/* rules_values.c: one value of a text of rules, read and written by its type. */
#include <string.h>

#include "base/utf8.h"
#include "features/programmes/rules_schema.h"

static bool is_code(Str value)
{
    for (size_t i = 0; i < value.len; i++) {
        char c = value.data[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_')) {
            return false;
        }
    }
    return value.len > 0;
}

static bool is_text_good(const Setting *setting, Str value)
{
    int64_t length = (int64_t)utf8_length(value);
    switch (setting->type) {
    case VALUE_CODE:
        return length <= setting->max && is_code(value);
    case VALUE_CHECKED:
        return setting->is_good(value);
    case VALUE_GATES:
        for (Str rest = value, name; rest.len > 0;) {
            str_cut(rest, ' ', &name, &rest);
            if (name.len > 0 && !is_code(name)) {
                return false;
            }
        }
        return true;
    default:
        return length >= setting->min && length <= setting->max;
    }
}

static bool word_value(const Setting *setting, Str word, int *out)
{
    for (size_t i = 0; i < setting->n_words; i++) {
        if (str_eq(str_from(setting->words[i].word), word)) {
            *out = setting->words[i].value;
            return true;
        }
    }
    return false;
}

static bool read_words(const Setting *setting, Str value, unsigned *out)
{
    *out = 0;
    for (Str rest = value, word; rest.len > 0;) {
        int number = 0;
        str_cut(rest, ' ', &word, &rest);
        if (word.len > 0 && !word_value(setting, word, &number)) {
            return false;
        }
        *out |= word.len > 0 ? 1u << number : 0;
    }
    return true;
}

static bool read_fraction(Str value, Fraction *out)
{
    Str above;
    Str below;
    int64_t numerator = 0;
    int64_t denominator = 0;
    bool is_good = str_cut(value, '/', &above, &below) &&
                   str_to_int64(str_trim(above), &numerator) &&
                   str_to_int64(str_trim(below), &denominator) && numerator >= 1 &&
                   denominator >= numerator && denominator <= 100;
    *out = (Fraction){is_good ? (int)numerator : 0, is_good ? (int)denominator : 0};
    return is_good;
}

static bool read_number(const Setting *setting, Str value, int *out)
{
    int64_t number = 0;
    bool is_good = str_to_int64(value, &number) && number >= setting->min && number <= setting->max;
    *out = is_good ? (int)number : 0;
    return is_good;
}

static bool read_yes(Str value, bool *out)
{
    *out = str_eq(value, STR("yes"));
    return *out || str_eq(value, STR("no"));
}

/* A value is one line: a line break in it is written as the two characters \n. */
static Str breaks_read(Arena *arena, Str value)
{
    Str out = STR("");
    ptrdiff_t at = str_find(value, STR("\\n"));
    while (at >= 0) {
        Str line = str_trim(str_slice(value, 0, (size_t)at));
        out = arena_printf(arena, "%.*s%.*s\n", STR_ARG(out), STR_ARG(line));
        value = str_slice(value, (size_t)at + 2, value.len);
        at = str_find(value, STR("\\n"));
    }
    return arena_printf(arena, "%.*s%.*s", STR_ARG(out), STR_ARG(str_trim(value)));
}

static Str breaks_write(Arena *arena, Str text)
{
    Str out = STR("");
    Str line;
    while (str_cut(text, '\n', &line, &text)) {
        out = arena_printf(arena, "%.*s%.*s\\n", STR_ARG(out), STR_ARG(str_trim(line)));
    }
    return arena_printf(arena, "%.*s%.*s", STR_ARG(out), STR_ARG(str_trim(line)));
}

bool rule_value_read(Arena *arena, const Setting *setting, Str value, void *place)
{
    switch (setting->type) {
    case VALUE_NUMBER:
        return read_number(setting, value, place);
    case VALUE_YUAN:
        return money_parse_yuan(value, place) && ((Money *)place)->fen >= 0;
    case VALUE_YES:
        return read_yes(value, place);
    case VALUE_WORD:
        return word_value(setting, value, place);
    case VALUE_WORDS:
        return read_words(setting, value, place);
    case VALUE_FRACTION:
        return read_fraction(value, place);
    case VALUE_DATE:
        return date_parse(value, place);
    case VALUE_TEXT:
        *(Str *)place = breaks_read(arena, value);
        return is_text_good(setting, *(Str *)place);
    default:
        *(Str *)place = arena_str(arena, value);
        return is_text_good(setting, value);
    }
}

static Str write_words(Arena *arena, const Setting *setting, unsigned bits)
{
    Str out = STR("");
    for (size_t i = 0; i < setting->n_words; i++) {
        if (bits & 1u << setting->words[i].value) {
            out = arena_printf(arena, "%.*s%s%s", STR_ARG(out), out.len > 0 ? " " : "",
                               setting->words[i].word);
        }
    }
    return out;
}

static Str write_word(const Setting *setting, int value)
{
    for (size_t i = 0; i < setting->n_words; i++) {
        if (setting->words[i].value == value) {
            return str_from(setting->words[i].word);
        }
    }
    return STR("");
}

static Str write_yuan(Arena *arena, Money amount)
{
    char text[32];
    size_t length = money_format_yuan(amount, text, sizeof(text));
    return amount.fen == 0 ? STR("0") : arena_str(arena, str_from_bytes(text, length));
}

Str rule_value_write(Arena *arena, const Setting *setting, const void *place)
{
    const Fraction *fraction = place;
    CivilDate date;
    switch (setting->type) {
    case VALUE_NUMBER:
        return arena_printf(arena, "%d", *(const int *)place);
    case VALUE_YUAN:
        return write_yuan(arena, *(const Money *)place);
    case VALUE_YES:
        return *(const bool *)place ? STR("yes") : STR("no");
    case VALUE_WORD:
        return write_word(setting, *(const int *)place);
    case VALUE_WORDS:
        return write_words(arena, setting, *(const unsigned *)place);
    case VALUE_FRACTION:
        return fraction->denominator == 0
                   ? STR("")
                   : arena_printf(arena, "%d/%d", fraction->numerator, fraction->denominator);
    case VALUE_DATE:
        date = date_civil(*(const Date *)place);
        return ((const Date *)place)->days == 0
                   ? STR("")
                   : arena_printf(arena, "%04d-%02d-%02d", date.year, date.month, date.day);
    case VALUE_TEXT:
        return breaks_write(arena, *(const Str *)place);
    default:
        return *(const Str *)place;
    }
}
