/* replies_rules.c: see the header. */
#include "features/replies/replies_rules.h"

#include "base/utf8.h"
#include "features/proposals/proposals_rules.h"

static bool is_unknown(const ReplyOrigin *origin)
{
    return !origin->is_named && !origin->has_phone;
}

/* Where the channel itself does not lead back. */
static ReplyWay by_what_is_known(const ReplyOrigin *origin)
{
    if (is_unknown(origin)) {
        return REPLY_SITE;
    }
    return origin->has_phone ? REPLY_PHONE : REPLY_LETTER;
}

ReplyWay reply_usual_way(const ReplyOrigin *origin)
{
    switch (origin->channel) {
    case CHANNEL_PORTAL:
        return origin->wrote_it ? REPLY_SITE : by_what_is_known(origin);
    case CHANNEL_WECHAT:
    case CHANNEL_GROUP_CHAT:
        return REPLY_WECHAT;
    case CHANNEL_DOOR:
        return REPLY_DOOR;
    case CHANNEL_PAPER:
        return is_unknown(origin) ? REPLY_SITE : REPLY_LETTER;
    case CHANNEL_PHONE:
        return REPLY_PHONE;
    case CHANNEL_HOTLINE:
        return REPLY_HOTLINE;
    default:
        return by_what_is_known(origin);
    }
}

bool reply_way_reaches(const ReplyOrigin *origin, ReplyWay way)
{
    if (way == REPLY_SITE) {
        return origin->wrote_it || is_unknown(origin);
    }
    return way > REPLY_SITE && way <= REPLY_FACE;
}

bool reply_delivers_itself(ReplyWay way)
{
    return way == REPLY_SITE;
}

Instant reply_due_at(const HolidayTable *holidays, ReplyKind kind, Instant decided_at,
                     int refusal_working_days, Instant stage_closes_at)
{
    if (kind == REPLY_REFUSED) {
        return working_period_end(holidays, decided_at, refusal_working_days);
    }
    return stage_closes_at;
}

Error *reply_delivery_check(Arena *arena, const ReplyOrigin *origin, const ReplyDelivery *delivery,
                            Date today)
{
    if (!reply_way_reaches(origin, delivery->way)) {
        return error_at(arena, ERROR_REPLY_WAY, "way", 0);
    }
    if (!delivery->is_delivered || reply_delivers_itself(delivery->way)) {
        return NULL;
    }
    if (delivery->on.days > today.days) {
        return error_at(arena, ERROR_FIELD_NOT_DATE, "on", 0);
    }
    if (delivery->on.days != 0 && delivery->on.days < origin->decided_on.days) {
        return error_at(arena, ERROR_REPLY_DAY, "on", 0);
    }
    if (str_trim(delivery->deliverer).len == 0) {
        return error_at(arena, ERROR_FIELD_MISSING, "deliverer", 0);
    }
    return error_length(arena, "deliverer", str_trim(delivery->deliverer), 1, REPLY_DELIVERER_MAX);
}

Error *reply_words_check(Arena *arena, Str words)
{
    return error_length(arena, "words", str_trim(words), REPLY_WORDS_MIN, REPLY_WORDS_MAX);
}

Instant reply_delivered_at(const ReplyDelivery *delivery, Instant now)
{
    if (reply_delivers_itself(delivery->way)) {
        return now;
    }
    if (!delivery->is_delivered) {
        return (Instant){0};
    }
    bool is_today = delivery->on.days == 0 || delivery->on.days == instant_date(now).days;
    return is_today ? now : instant_at(delivery->on, 12, 0);
}

bool reply_may_be_taken_back(StageState reply_stage)
{
    return reply_stage != STAGE_DONE;
}
