/* sheet_number.c: numbers and days as a person would type them. */
#include <math.h>

#include "base/clock.h"

#include "platform/sheet/sheet_cells.h"

#define DAYS_TO_1970 25569
#define DAYS_OF_1904 1462
#define LAST_DAY     109574 /* 2199-12-31 */
#define KEPT_DIGITS  1e15

static bool parse_number(Arena *arena, Str value, double *out)
{
    if (value.len == 0 || value.len > 40) {
        return false;
    }
    const char *text = arena_cstr(arena, value);
    char *end = NULL;
    *out = strtod(text, &end);
    return end && *end == '\0' && isfinite(*out) && !strpbrk(text, "xXpP");
}

/* Day 60 is 29 February 1900, which never was; the days before it are one off. */
static bool day_text(Arena *arena, double serial, bool is_1904, Str *out)
{
    serial += is_1904 ? DAYS_OF_1904 : 0;
    double whole = floor(serial);
    if (whole < 1 || whole > LAST_DAY || whole == 60) {
        return false;
    }
    int32_t days = (int32_t)whole - DAYS_TO_1970 + (whole < 60 ? 1 : 0);
    CivilDate day = date_civil((Date){days});
    int minutes = (int)floor((serial - whole) * 1440 + 0.5);
    minutes = minutes > 1439 ? 1439 : minutes;
    Str date = arena_printf(arena, "%04d-%02d-%02d", day.year, day.month, day.day);
    *out = minutes == 0
               ? date
               : arena_printf(arena, "%.*s %02d:%02d", STR_ARG(date), minutes / 60, minutes % 60);
    return true;
}

Str sheet_number_text(Arena *arena, Str value, bool is_date, bool is_1904)
{
    double number = 0;
    Str text;
    if (!parse_number(arena, value, &number) || fabs(number) >= KEPT_DIGITS) {
        return value;
    }
    if (is_date && day_text(arena, number, is_1904, &text)) {
        return text;
    }
    bool is_whole = number == floor(number);
    return is_whole ? arena_printf(arena, "%.0f", number == 0 ? 0 : number)
                    : arena_printf(arena, "%.15g", number);
}
