/* workbench_rules.h: what is late, what is for today; pure.
 *
 * Start reading at due_class().
 */
#ifndef FEATURES_WORKBENCH_WORKBENCH_RULES_H
#define FEATURES_WORKBENCH_WORKBENCH_RULES_H

#include <stddef.h>

#include "base/arena.h"
#include "base/clock.h"

typedef enum DueClass { DUE_LATE, DUE_TODAY, DUE_LATER, DUE_CLASS_COUNT } DueClass;

/* Late from the moment itself; today until the end of this day in China; without a date, later. */
DueClass due_class(Instant due_at, Instant now);
/* Whole days since the day it was due; 0 when it was due earlier today. */
int64_t due_days_late(Instant due_at, Instant now);
/* The places 0..count-1 in the order to do them: by due_at, those without a date last, ties in the
 * given order. */
size_t *due_order(Arena *arena, const Instant *due_at, size_t count);

typedef enum DayPart { DAY_EARLY, DAY_MORNING, DAY_NOON, DAY_AFTERNOON, DAY_EVENING } DayPart;
/* For the greeting: early until 9, morning until 12, noon until 14, afternoon until 18. */
DayPart day_part(Instant now);
/* 0:00 of this day in China. */
Instant day_start(Instant now);

#endif
