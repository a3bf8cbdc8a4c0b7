/* publicity_rules.c: see the header. */
#include "features/publicity/publicity_rules.h"

#include "base/utf8.h"

Instant publication_end(const HolidayTable *holidays, Instant published_at, int working_days)
{
    int days = working_days > 0 ? working_days : PUBLICATION_DEFAULT_WORKING_DAYS;
    return working_period_end(holidays, published_at, days);
}

bool publication_takes_objections(Instant published_at, Instant ends_at, Instant now)
{
    return now.ms >= published_at.ms && now.ms < ends_at.ms;
}

Instant objection_due_at(const HolidayTable *holidays, Instant objected_at, int working_days)
{
    return working_period_end(holidays, objected_at, working_days);
}

Error *publicity_check_length(Arena *arena, Str text, int64_t min, int64_t max, Str field)
{
    return error_length(arena, field.data, str_trim(text), min, max);
}
