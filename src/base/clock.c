#include "base/clock.h"

#include "base/error.h"

#define MS_PER_DAY      INT64_C(86400000)
#define CHINA_OFFSET_MS INT64_C(28800000)

Instant clock_now(const Clock *clock)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    int64_t ms = (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
    return (Instant){ms + (clock ? atomic_load(&clock->offset_ms) : 0)};
}

int64_t clock_monotonic_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_monotonic_ms(void)
{
    return clock_monotonic_us() / 1000;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Days since 1970-01-01 by eras of 400 years (the proleptic Gregorian calendar). */
Date date_of(CivilDate civil)
{
    int64_t year = civil.year - (civil.month <= 2);
    int64_t era = floor_div(year, 400);
    int64_t year_of_era = year - era * 400;
    int64_t month_from_march = (civil.month + 9) % 12;
    int64_t day_of_year = (153 * month_from_march + 2) / 5 + civil.day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return (Date){(int32_t)(era * 146097 + day_of_era - 719468)};
}

CivilDate date_civil(Date date)
{
    int64_t days = (int64_t)date.days + 719468;
    int64_t era = floor_div(days, 146097);
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    int64_t month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    return (CivilDate){.year = (int)(year_of_era + era * 400 + (month <= 2)),
                       .month = (int)month,
                       .day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1)};
}

bool date_is_valid(CivilDate civil)
{
    if (civil.year < 1900 || civil.year > 2199 || civil.month < 1 || civil.month > 12 ||
        civil.day < 1 || civil.day > 31) {
        return false;
    }
    CivilDate back = date_civil(date_of(civil));
    return back.month == civil.month && back.day == civil.day;
}

int date_weekday(Date date)
{
    int64_t days = (int64_t)date.days + 3; /* 1970-01-01 was a Thursday */
    return (int)(days - floor_div(days, 7) * 7) + 1;
}

/* Reads digits, then skips one separator: - / . or 年 月 日. */
static bool read_number(Str *s, int *out)
{
    size_t n = 0;
    int value = 0;
    while (n < s->len && n < 4 && s->data[n] >= '0' && s->data[n] <= '9') {
        value = value * 10 + (s->data[n] - '0');
        n++;
    }
    if (n == 0) {
        return false;
    }
    *out = value;
    *s = str_slice(*s, n, s->len);
    if (s->len > 0 && (s->data[0] == '-' || s->data[0] == '/' || s->data[0] == '.')) {
        *s = str_slice(*s, 1, s->len);
    } else if (str_starts_with(*s, STR("年")) || str_starts_with(*s, STR("月")) ||
               str_starts_with(*s, STR("日"))) {
        *s = str_slice(*s, 3, s->len);
    }
    return true;
}

bool date_parse(Str s, Date *out)
{
    CivilDate civil;
    if (!read_number(&s, &civil.year) || !read_number(&s, &civil.month) ||
        !read_number(&s, &civil.day) || s.len != 0 || !date_is_valid(civil)) {
        return false;
    }
    *out = date_of(civil);
    return true;
}

Date instant_date(Instant at)
{
    return (Date){(int32_t)floor_div(at.ms + CHINA_OFFSET_MS, MS_PER_DAY)};
}

CivilTime instant_civil(Instant at)
{
    Date date = instant_date(at);
    int64_t in_day = at.ms + CHINA_OFFSET_MS - (int64_t)date.days * MS_PER_DAY;
    int seconds = (int)(in_day / 1000);
    return (CivilTime){.date = date_civil(date),
                       .hour = seconds / 3600,
                       .minute = seconds / 60 % 60,
                       .second = seconds % 60};
}

Instant instant_at(Date date, int hour, int minute)
{
    return (Instant){(int64_t)date.days * MS_PER_DAY + (hour * 60 + minute) * INT64_C(60000) -
                     CHINA_OFFSET_MS};
}
