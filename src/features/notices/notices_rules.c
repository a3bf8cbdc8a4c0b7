#include "features/notices/notices_rules.h"

#define MINUTE_MS INT64_C(60000)

NoticeState notice_after(NoticeOutcome outcome, int64_t tries, Instant now, Instant *out_at)
{
    static const int64_t minutes[NOTICE_MOST_TRIES] = {0, 1, 5, 30, 120, 480};
    *out_at = (Instant){0};
    switch (outcome) {
    case NOTICE_TAKEN:
        return NOTICE_SENT;
    case NOTICE_LATER:
        if (tries < 1 || tries >= NOTICE_MOST_TRIES) {
            return NOTICE_FAILED;
        }
        *out_at = (Instant){now.ms + minutes[tries] * MINUTE_MS};
        return NOTICE_WAITING;
    case NOTICE_SAID_NO:
        return NOTICE_FAILED;
    case NOTICE_NOT_KNOWN:
        break;
    }
    return NOTICE_UNCLEAR;
}

bool notice_is_quiet(Instant now, int from, int until)
{
    CivilTime time = instant_civil(now);
    int minute = time.hour * 60 + time.minute;
    return from <= until ? minute >= from && minute < until : minute >= from || minute < until;
}

int64_t notice_read_to(int64_t shown, int64_t newest)
{
    if (shown < 0) {
        return 0;
    }
    return shown < newest ? shown : newest;
}
