/* clock.h: time as an argument.
 *
 * Instant is a moment: milliseconds since 1970-01-01T00:00:00Z. Date is a day in the calendar of
 * China Standard Time (UTC+8, no summer time) and is kept apart from it. Only platform code reads a
 * Clock; rules and use cases are given `now`.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef struct Instant {
    int64_t ms;
} Instant;

/* Days since 1970-01-01; 0 is that day. DATE_NONE (0) stands for "no date", as an Instant of 0
 * stands for "never". */
typedef struct Date {
    int32_t days;
} Date;

#define DATE_NONE ((Date){0})

typedef struct CivilDate {
    int year;
    int month; /* 1..12 */
    int day;   /* 1..31 */
} CivilDate;

typedef struct CivilTime {
    CivilDate date;
    int hour;
    int minute;
    int second;
} CivilTime;

/* The real clock plus an offset that tests and the demo may move while the server runs. */
typedef struct Clock {
    _Atomic int64_t offset_ms;
} Clock;

Instant clock_now(const Clock *clock);
/* Never goes back, not tied to the calendar: for deadlines and measuring. Milliseconds. */
int64_t clock_monotonic_ms(void);
int64_t clock_monotonic_us(void);

Date date_of(CivilDate civil);
CivilDate date_civil(Date date);
/* True when the three numbers name a real day of the years 1900 to 2199. */
bool date_is_valid(CivilDate civil);
/* 1 Monday .. 7 Sunday. */
int date_weekday(Date date);
/* "2026-11-21" (also "2026/11/21", "2026.11.21", "2026年11月21日"), whole text. */
bool date_parse(Str s, Date *out);

/* The day, and the wall-clock time, that China reads at this instant. */
Date instant_date(Instant at);
CivilTime instant_civil(Instant at);
/* The instant at hour:minute of that day in China. */
Instant instant_at(Date date, int hour, int minute);

#endif
