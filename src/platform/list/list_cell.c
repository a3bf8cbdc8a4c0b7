/* Values of columns, as markup, as plain words and as CSV. */
#include "platform/list/list.h"

const void *list_value(const ListColumn *column, const void *row)
{
    return (const char *)row + column->offset;
}

static Text chosen(const ListColumn *column, int64_t value)
{
    return choice_label(column->choices, column->n_choices, value);
}

void list_cell(Out *out, const ListColumn *column, const void *row)
{
    const void *value = list_value(column, row);
    switch (column->kind) {
    case COLUMN_STR:
        out_text(out, *(const Str *)value);
        return;
    case COLUMN_INT:
        out_text(out, *(const int64_t *)value);
        return;
    case COLUMN_MONEY:
        out_text(out, *(const Money *)value);
        return;
    case COLUMN_DATE:
        out_text(out, *(const Date *)value);
        return;
    case COLUMN_TIME:
        out_text(out, *(const Instant *)value);
        return;
    case COLUMN_CHOICE:
        out_text(out, chosen(column, *(const int64_t *)value));
        return;
    case COLUMN_TEXT:
        out_text(out, *(const Text *)value);
        return;
    case COLUMN_ID:
        out_text(out, id_text(*(const int64_t *)value));
        return;
    }
}

void list_cell_plain(Buf *out, Lang lang, const ListColumn *column, const void *row)
{
    const void *value = list_value(column, row);
    char made[FORMAT_BYTES];
    switch (column->kind) {
    case COLUMN_STR:
        buf_str(out, *(const Str *)value);
        return;
    case COLUMN_INT:
        buf_int(out, *(const int64_t *)value);
        return;
    case COLUMN_MONEY:
        buf_str(out, format_money_into(made, lang, *(const Money *)value));
        return;
    case COLUMN_DATE:
        buf_str(out, format_date_into(made, lang, *(const Date *)value, (Instant){0}));
        return;
    case COLUMN_TIME:
        buf_str(out, format_time_into(made, lang, *(const Instant *)value, (Instant){0}));
        return;
    case COLUMN_CHOICE:
        text_write(out, lang, chosen(column, *(const int64_t *)value));
        return;
    case COLUMN_TEXT:
        text_write(out, lang, *(const Text *)value);
        return;
    case COLUMN_ID:
        buf_cstr(out, id_text(*(const int64_t *)value).text);
        return;
    }
}

/* --- CSV ------------------------------------------------------------------------------------ */

/* What spreadsheets run as a formula, also in its full-width forms. */
static bool starts_formula(Str text)
{
    static const char *const starts[] = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
    for (size_t i = 0; i < countof(starts); i++) {
        if (str_starts_with(text, str_from(starts[i]))) {
            return true;
        }
    }
    return false;
}

static bool needs_quotes(Str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (strchr("\",;\r\n\t", text.data[i]) && text.data[i] != '\0') {
            return true;
        }
    }
    return text.len > 0 && (text.data[0] == ' ' || text.data[text.len - 1] == ' ');
}

void csv_write_cell(Buf *out, Str text, bool neutralise)
{
    bool quoted = needs_quotes(text);
    buf_cstr(out, quoted ? "\"" : "");
    buf_cstr(out, neutralise && starts_formula(text) ? "'" : "");
    for (size_t i = 0; i < text.len; i++) {
        buf_cstr(out, quoted && text.data[i] == '"' ? "\"" : "");
        buf_char(out, text.data[i]);
    }
    buf_cstr(out, quoted ? "\"" : "");
}

static void write_text(Buf *out, Lang lang, Text text)
{
    Buf made;
    buf_init(&made, 64 * 1024);
    text_write(&made, lang, text);
    csv_write_cell(out, buf_view(&made), true);
    buf_free(&made);
}

static void write_yuan(Buf *out, Money amount)
{
    int64_t fen = amount.fen < 0 ? -amount.fen : amount.fen;
    buf_printf(out, "%s%lld.%02lld", amount.fen < 0 ? "-" : "", (long long)(fen / 100),
               (long long)(fen % 100));
}

static void write_date(Buf *out, Date date)
{
    CivilDate day = date_civil(date);
    if (date.days != 0) {
        buf_printf(out, "%04d-%02d-%02d", day.year, day.month, day.day);
    }
}

static void write_time(Buf *out, Instant at)
{
    if (at.ms != 0) {
        CivilTime civil = instant_civil(at);
        write_date(out, instant_date(at));
        buf_printf(out, " %02d:%02d", civil.hour, civil.minute);
    }
}

void list_cell_csv(Buf *out, Lang lang, const ListColumn *column, const void *row)
{
    const void *value = list_value(column, row);
    switch (column->kind) {
    case COLUMN_STR:
        csv_write_cell(out, *(const Str *)value, true);
        return;
    case COLUMN_INT:
        buf_int(out, *(const int64_t *)value);
        return;
    case COLUMN_MONEY:
        write_yuan(out, *(const Money *)value);
        return;
    case COLUMN_DATE:
        write_date(out, *(const Date *)value);
        return;
    case COLUMN_TIME:
        write_time(out, *(const Instant *)value);
        return;
    case COLUMN_CHOICE:
        write_text(out, lang, chosen(column, *(const int64_t *)value));
        return;
    case COLUMN_TEXT:
        write_text(out, lang, *(const Text *)value);
        return;
    case COLUMN_ID:
        buf_cstr(out, id_text(*(const int64_t *)value).text);
        return;
    }
}
