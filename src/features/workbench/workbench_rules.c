/* workbench_rules.c: see the header. */
#include "features/workbench/workbench_rules.h"

#include <stdlib.h>

DueClass due_class(Instant due_at, Instant now)
{
    if (due_at.ms == 0) {
        return DUE_LATER;
    }
    if (due_at.ms <= now.ms) {
        return DUE_LATE;
    }
    return instant_date(due_at).days == instant_date(now).days ? DUE_TODAY : DUE_LATER;
}

int64_t due_days_late(Instant due_at, Instant now)
{
    int64_t days = (int64_t)instant_date(now).days - instant_date(due_at).days;
    return days > 0 ? days : 0;
}

typedef struct DueKey {
    int64_t at_ms;
    size_t place;
} DueKey;

static int compare_keys(const void *a, const void *b)
{
    const DueKey *x = a;
    const DueKey *y = b;
    if (x->at_ms != y->at_ms) {
        return x->at_ms < y->at_ms ? -1 : 1;
    }
    return x->place < y->place ? -1 : x->place > y->place;
}

size_t *due_order(Arena *arena, const Instant *due_at, size_t count)
{
    DueKey *keys = arena_array(arena, DueKey, count);
    for (size_t i = 0; i < count; i++) {
        keys[i] = (DueKey){due_at[i].ms == 0 ? INT64_MAX : due_at[i].ms, i};
    }
    if (count > 1) {
        qsort(keys, count, sizeof(*keys), compare_keys);
    }
    size_t *order = arena_array(arena, size_t, count);
    for (size_t i = 0; i < count; i++) {
        order[i] = keys[i].place;
    }
    return order;
}

DayPart day_part(Instant now)
{
    int hour = instant_civil(now).hour;
    if (hour < 9) {
        return DAY_EARLY;
    }
    if (hour < 12) {
        return DAY_MORNING;
    }
    if (hour < 14) {
        return DAY_NOON;
    }
    return hour < 18 ? DAY_AFTERNOON : DAY_EVENING;
}

Instant day_start(Instant now)
{
    return instant_at(instant_date(now), 0, 0);
}
