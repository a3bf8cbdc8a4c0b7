/* launch_rules.c: checks, and what is missing. */
#include "features/launch/launch_rules.h"

Error *outreach_check(Arena *arena, const OutreachFact *fact, Date today)
{
    if (fact->channel < OUTREACH_POSTER || fact->channel >= OUTREACH_CHANNEL_COUNT) {
        return error_at(arena, ERROR_FIELD_NOT_CHOICE, "channel", 0);
    }
    if (fact->told_on.days > today.days) {
        return error_at(arena, ERROR_CHANGE_DAY_AHEAD, "told_on", 0);
    }
    if (fact->reached < 0 || fact->reached > LAUNCH_REACHED_MAX) {
        return error_at(arena, ERROR_FIELD_TOO_BIG, "reached", LAUNCH_REACHED_MAX);
    }
    Error *err = error_length(arena, "place", fact->place, LAUNCH_PLACE_MIN, LAUNCH_PLACE_MAX);
    if (!err) {
        err = error_length(arena, "by_whom", fact->by_whom, 0, LAUNCH_WHO_MAX);
    }
    return err ? err : error_length(arena, "note", fact->note, 0, LAUNCH_NOTE_MAX);
}

int64_t launch_lacks(int64_t least, int64_t have)
{
    return least > have ? least - have : 0;
}
