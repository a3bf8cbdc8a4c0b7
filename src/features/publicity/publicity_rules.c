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
    int64_t length = (int64_t)utf8_length(str_trim(text));
    if (length < min) {
        Error *err = error_make(arena, ERROR_FIELD_TOO_SHORT, "%lld characters", (long long)length);
        return error_for_field(error_with(err, min, STR("")), field);
    }
    if (length > max) {
        Error *err = error_make(arena, ERROR_FIELD_TOO_LONG, "%lld characters", (long long)length);
        return error_for_field(error_with(err, max, STR("")), field);
    }
    return NULL;
}
