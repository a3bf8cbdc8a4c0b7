/* calendar_rules.h: working days and the planned dates of stages; pure.
 *
 * Start reading at is_working_day() and plan_dates().
 */
#ifndef FEATURES_PROGRAMMES_CALENDAR_RULES_H
#define FEATURES_PROGRAMMES_CALENDAR_RULES_H

#include "base/clock.h"

/* A day that is not what its weekday says. */
typedef struct Holiday {
    Date day;
    bool is_working; /* a Saturday or Sunday worked instead (调休); false: off */
} Holiday;

/* What is known of holidays; a value, made by programmes_holidays() or by a test. */
typedef struct HolidayTable {
    const Holiday *days; /* rising by day, no day twice */
    size_t n_days;
    const int *years; /* the years whose arrangement is known, rising */
    size_t n_years;
} HolidayTable;

/* No holiday is known: Monday to Friday are worked. For tests of other things. */
extern const HolidayTable no_holidays;

/* False: working days of that year are counted from Monday to Friday, and a page says so. */
bool holidays_know_year(const HolidayTable *holidays, int year);

bool is_working_day(const HolidayTable *holidays, Date day);
/* The n-th working day after `from`, `from` itself not counted; with n <= 0 the first working day
 * at or after `from`. */
Date working_days_add(const HolidayTable *holidays, Date from, int n);
/* How many working days lie after `from` up to and including `to`; 0 when to <= from. */
int working_days_between(const HolidayTable *holidays, Date from, Date to);
/* The end of a period of n working days that begins at `start`: 17:30 of the last one. The day it
 * begins is not counted (Civil Code, article 201). */
Instant working_period_end(const HolidayTable *holidays, Instant start, int n);

/* One stage of a plan: `days` calendar days, or `working_days` when that is not 0. */
typedef struct StageSpan {
    int days;
    int working_days;
} StageSpan;

typedef struct StageDates {
    Instant opens_at;
    Instant closes_at;
} StageDates;

/* Planned dates of stages that follow each other from the morning of `first`: a stage opens at 8:30
 * and closes at 17:30 of its last day, the next one opens the morning after. */
void plan_dates(const HolidayTable *holidays, Date first, const StageSpan *spans, size_t count,
                StageDates *out);
/* The plan of a stage that opens at `opened` (dates[0], spans[0]) and of those after it. Opened
 * late, its end moves by as many calendar days; opened early, it keeps its end, because people were
 * told that date. A stage in working days begins on the day of `opened` in any case and is counted
 * anew from it. The stages after it move
 * together, only as far as needed to begin the morning after. */
void plan_move(const HolidayTable *holidays, StageDates *dates, const StageSpan *spans,
               size_t count, Instant opened);
/* Somebody gives dates[0] another end: the stages after it move together by as many calendar days,
 * later or earlier. Those counted in working days keep their number of working days. */
void plan_move_end(const HolidayTable *holidays, StageDates *dates, const StageSpan *spans,
                   size_t count, Date last);

#endif
