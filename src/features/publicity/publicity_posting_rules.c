/* publicity_posting_rules.c: see the header. */
#include "features/publicity/publicity_posting_rules.h"

static Error *check_who(Arena *arena, const char *field, Str who)
{
    return who.len == 0 ? error_at(arena, ERROR_FIELD_MISSING, field, 0)
                        : error_length(arena, field, who, 1, POSTING_WHO_MAX);
}

static Error *check_down(Arena *arena, const PostingFact *fact, Date today)
{
    if (fact->down_on.days == 0) {
        return NULL;
    }
    if (fact->down_on.days > today.days) {
        return error_at(arena, ERROR_CHANGE_DAY_AHEAD, "down_on", 0);
    }
    if (fact->down_on.days < fact->up_on.days) {
        return error_at(arena, ERROR_POSTING_DOWN_BEFORE_UP, "down_on", 0);
    }
    return check_who(arena, "down_by", fact->down_by);
}

Error *posting_check(Arena *arena, const PostingFact *fact, Date published_on, Date today)
{
    Error *err = error_length(arena, "place", fact->place, POSTING_PLACE_MIN, POSTING_PLACE_MAX);
    if (!err && fact->up_on.days > today.days) {
        err = error_at(arena, ERROR_CHANGE_DAY_AHEAD, "up_on", 0);
    }
    if (!err && fact->up_on.days < published_on.days) {
        err = error_at(arena, ERROR_POSTING_BEFORE_NOTICE, "up_on", 0);
    }
    if (!err) {
        err = check_who(arena, "up_by", fact->up_by);
    }
    return err ? err : check_down(arena, fact, today);
}
