/* calendar_rules.c: see the header. */
#include "features/programmes/calendar_rules.h"

#define MS_PER_DAY INT64_C(86400000)

const HolidayTable no_holidays = {0};

bool holidays_know_year(const HolidayTable *holidays, int year)
{
    for (size_t i = 0; i < holidays->n_years; i++) {
        if (holidays->years[i] == year) {
            return true;
        }
    }
    return false;
}

static const Holiday *find_holiday(const HolidayTable *holidays, Date day)
{
    size_t from = 0;
    size_t to = holidays->n_days;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        const Holiday *holiday = &holidays->days[middle];
        if (holiday->day.days == day.days) {
            return holiday;
        }
        if (holiday->day.days < day.days) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return NULL;
}

bool is_working_day(const HolidayTable *holidays, Date day)
{
    const Holiday *holiday = find_holiday(holidays, day);
    return holiday != NULL ? holiday->is_working : date_weekday(day) <= 5;
}

Date working_days_add(const HolidayTable *holidays, Date from, int n)
{
    Date day = from;
    if (n <= 0) {
        while (!is_working_day(holidays, day)) {
            day.days++;
        }
        return day;
    }
    while (n > 0) {
        day.days++;
        n -= is_working_day(holidays, day) ? 1 : 0;
    }
    return day;
}

int working_days_between(const HolidayTable *holidays, Date from, Date to)
{
    int count = 0;
    for (Date day = {from.days + 1}; day.days <= to.days; day.days++) {
        count += is_working_day(holidays, day) ? 1 : 0;
    }
    return count;
}

Instant working_period_end(const HolidayTable *holidays, Instant start, int n)
{
    return instant_at(working_days_add(holidays, instant_date(start), n), 17, 30);
}

void plan_dates(const HolidayTable *holidays, Date first, const StageSpan *spans, size_t count,
                StageDates *out)
{
    Date day = first;
    for (size_t i = 0; i < count; i++) {
        out[i].opens_at = instant_at(day, 8, 30);
        Date last = {day.days + (spans[i].days > 0 ? spans[i].days - 1 : 0)};
        if (spans[i].working_days > 0) {
            last = working_days_add(holidays, day, spans[i].working_days);
        }
        out[i].closes_at = instant_at(last, 17, 30);
        day.days = last.days + 1;
    }
}

static void move_by_days(StageDates *dates, size_t count, int days)
{
    for (size_t i = 0; i < count; i++) {
        dates[i].opens_at.ms += days * MS_PER_DAY;
        dates[i].closes_at.ms += days * MS_PER_DAY;
    }
}

void plan_move(const HolidayTable *holidays, StageDates *dates, const StageSpan *spans,
               size_t count, Instant opened)
{
    if (count == 0) {
        return;
    }
    int late = instant_date(opened).days - instant_date(dates[0].opens_at).days;
    if (late > 0) {
        move_by_days(dates, 1, late);
    }
    if (spans[0].working_days > 0) {
        dates[0].opens_at = instant_at(instant_date(opened), 8, 30);
        dates[0].closes_at = working_period_end(holidays, opened, spans[0].working_days);
    }
    if (count > 1) {
        int overlap =
            instant_date(dates[0].closes_at).days + 1 - instant_date(dates[1].opens_at).days;
        move_by_days(dates + 1, count - 1, overlap > 0 ? overlap : 0);
    }
}

void plan_move_end(const HolidayTable *holidays, StageDates *dates, const StageSpan *spans,
                   size_t count, Date last)
{
    if (count == 0) {
        return;
    }
    int by = last.days - instant_date(dates[0].closes_at).days;
    dates[0].closes_at = instant_at(last, 17, 30);
    for (size_t i = 1; i < count; i++) {
        int length = instant_date(dates[i].closes_at).days - instant_date(dates[i].opens_at).days;
        Date first = {instant_date(dates[i].opens_at).days + by};
        Date end = {first.days + length};
        if (spans[i].working_days > 0) {
            end = working_days_add(holidays, first, spans[i].working_days);
            by = end.days - instant_date(dates[i].closes_at).days;
        }
        dates[i].opens_at = instant_at(first, 8, 30);
        dates[i].closes_at = instant_at(end, 17, 30);
    }
}
