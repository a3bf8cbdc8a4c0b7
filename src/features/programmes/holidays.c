/* holidays.c: see the header. */
#include "features/programmes/holidays.h"

#include <stdlib.h>

#include "base/ini.h"
#include "base/vec.h"
#include "features/programmes/programmes.h"
#include "features/programmes/text_files.h"
#include "platform/journal/journal.h"
#include "programmes_sql.h"

#define DAYS_A_SPAN_MAX 31

typedef struct NamedDay {
    Holiday holiday;
    Str name;
} NamedDay;

typedef struct Reading {
    Arena *arena;
    HolidayYear *out;
    struct {
        NamedDay *items;
        size_t count;
        size_t capacity;
    } days;
    bool has_day_off;
} Reading;

static const char *read_header(Reading *reading, const IniLine *line)
{
    int64_t year = 0;
    if (str_eq(line->key, STR("source"))) {
        reading->out->source = arena_str(reading->arena, line->value);
        return NULL;
    }
    if (!str_eq(line->key, STR("year"))) {
        return "[year] has no such key";
    }
    if (!str_to_int64(line->value, &year) || year < 1950 || year > 2199) {
        return "year is a number from 1950 to 2199";
    }
    reading->out->year = (int)year;
    return NULL;
}

/* "2026-10-01" or "2026-10-01..2026-10-07". */
static bool read_span(Str key, Date *first, Date *last)
{
    ptrdiff_t dots = str_find(key, STR(".."));
    if (dots < 0) {
        bool is_date = date_parse(key, first);
        *last = *first;
        return is_date;
    }
    return date_parse(str_trim(str_slice(key, 0, (size_t)dots)), first) &&
           date_parse(str_trim(str_slice(key, (size_t)dots + 2, key.len)), last) &&
           last->days >= first->days && last->days - first->days < DAYS_A_SPAN_MAX;
}

static const char *read_days(Reading *reading, const IniLine *line, bool is_working)
{
    Date first;
    Date last;
    if (reading->out->year == 0) {
        return "[year] with its year comes first";
    }
    if (!read_span(line->key, &first, &last)) {
        return "a day is written 2026-10-01, days that follow each other 2026-10-01..2026-10-07";
    }
    for (Date day = first; day.days <= last.days; day.days++) {
        if (date_civil(day).year != reading->out->year) {
            return "the day is not in the year of the file";
        }
        if (is_working && date_weekday(day) <= 5) {
            return "only a Saturday or Sunday can be worked instead";
        }
        *vec_push(reading->arena, &reading->days) =
            (NamedDay){{day, is_working}, arena_str(reading->arena, line->value)};
        reading->has_day_off = reading->has_day_off || !is_working;
    }
    return NULL;
}

static const char *read_line(Reading *reading, const IniLine *line)
{
    bool is_header = str_eq(line->section, STR("year"));
    bool is_off = str_eq(line->section, STR("off"));
    bool is_work = str_eq(line->section, STR("work"));
    if (line->kind == INI_BAD) {
        return "this line is neither [section] nor key = value";
    }
    if (!is_header && !is_off && !is_work) {
        return "a section is [year], [off] or [work]";
    }
    if (line->kind == INI_SECTION) {
        return NULL;
    }
    return is_header ? read_header(reading, line) : read_days(reading, line, is_work);
}

static int compare_days(const void *a, const void *b)
{
    return ((const NamedDay *)a)->holiday.day.days - ((const NamedDay *)b)->holiday.day.days;
}

static const char *finish(Reading *reading)
{
    HolidayYear *out = reading->out;
    size_t count = reading->days.count;
    if (!reading->has_day_off) {
        return "the file names no day off";
    }
    qsort(reading->days.items, count, sizeof(NamedDay), compare_days);
    Holiday *days = arena_array(reading->arena, Holiday, count);
    out->names = arena_array(reading->arena, Str, count);
    for (size_t i = 0; i < count; i++) {
        days[i] = reading->days.items[i].holiday;
        out->names[i] = reading->days.items[i].name;
        if (i > 0 && days[i].day.days == days[i - 1].day.days) {
            return "a day is named twice";
        }
    }
    out->days = days;
    out->n_days = count;
    return NULL;
}

Error *holidays_parse(Arena *arena, Str name, Str text, HolidayYear *out)
{
    *out = (HolidayYear){0};
    Reading reading = {.arena = arena, .out = out};
    IniReader reader = ini_reader(text);
    IniLine line;
    const char *mistake = NULL;
    while (mistake == NULL && ini_next(&reader, &line)) {
        mistake = read_line(&reading, &line);
    }
    mistake = mistake != NULL ? mistake : finish(&reading);
    if (mistake == NULL) {
        return NULL;
    }
    Str word = arena_printf(arena, "%.*s:%d: %s", STR_ARG(name), reader.number, mistake);
    return error_with(error_make(arena, ERROR_CONFIGURATION, "%s", word.data), reader.number, word);
}

Error *holidays_built_in(Arena *arena, HolidayYear **out, size_t *out_count)
{
    *out = arena_array(arena, HolidayYear, holiday_file_count);
    *out_count = holiday_file_count;
    for (size_t i = 0; i < holiday_file_count; i++) {
        const TextFile *file = &holiday_files[i];
        Error *err = holidays_parse(arena, str_from(file->name), str_from(file->text), &(*out)[i]);
        if (err) {
            return err;
        }
    }
    return NULL;
}

/* --- the table a rule is given ------------------------------------------------------------- */

typedef struct Table {
    struct {
        NamedDay *items;
        size_t count;
        size_t capacity;
    } days;
    struct {
        int *items;
        size_t count;
        size_t capacity;
    } years;
} Table;

static void add_day(Arena *arena, Table *table, Holiday holiday)
{
    int year = date_civil(holiday.day).year;
    bool is_new = table->years.count == 0 || table->years.items[table->years.count - 1] != year;
    *vec_push(arena, &table->days) = (NamedDay){.holiday = holiday};
    if (is_new) {
        *vec_push(arena, &table->years) = year;
    }
}

static bool has_year(const Table *table, size_t n_years, int year)
{
    for (size_t i = 0; i < n_years; i++) {
        if (table->years.items[i] == year) {
            return true;
        }
    }
    return false;
}

static Error *add_built_in(Arena *arena, Table *table)
{
    HolidayYear *years = NULL;
    size_t count = 0;
    size_t stored = table->years.count;
    Error *err = holidays_built_in(arena, &years, &count);
    for (size_t i = 0; !err && i < count; i++) {
        bool is_stored = has_year(table, stored, years[i].year);
        for (size_t k = 0; !is_stored && k < years[i].n_days; k++) {
            add_day(arena, table, years[i].days[k]);
        }
    }
    return err;
}

static int compare_years(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

Error *programmes_holidays(Snapshot *snapshot, HolidayTable *out)
{
    Arena *arena = snapshot_arena(snapshot);
    Table table = {0};
    HolidayListRows rows;
    Error *err = sql_holiday_list(snapshot, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        add_day(arena, &table, (Holiday){rows.rows[i].day_on, rows.rows[i].is_working});
    }
    err = err ? err : add_built_in(arena, &table);
    if (err) {
        return err;
    }
    if (table.days.count > 0 && table.years.count > 0) {
        qsort(table.days.items, table.days.count, sizeof(NamedDay), compare_days);
        qsort(table.years.items, table.years.count, sizeof(int), compare_years);
    }
    Holiday *days = arena_array(arena, Holiday, table.days.count);
    for (size_t i = 0; i < table.days.count; i++) {
        days[i] = table.days.items[i].holiday;
    }
    *out = (HolidayTable){days, table.days.count, table.years.items, table.years.count};
    return NULL;
}

/* --- putting a year in --------------------------------------------------------------------- */

Error *holidays_import(Tx *tx, const void *input, Instant now, void *unused)
{
    const HolidayYear *year = input;
    Error *err = sql_holiday_drop(tx, year->year, NULL);
    for (size_t i = 0; !err && i < year->n_days; i++) {
        err = sql_holiday_insert(tx, year->days[i].day, year->year, year->days[i].is_working,
                                 year->names[i], now, NULL);
    }
    Str reason = arena_printf(tx_arena(tx), "%d：%.*s", year->year, STR_ARG(year->source));
    return err ? err
               : journal_write(tx, 0, 0, "holidays.import", "year", year->year, reason, STR(""));
}
