/* home_rules.c: see the header. */
#include "features/home/home_rules.h"

static Situation vote_situation(const HomeFacts *facts, Instant now)
{
    if (!facts->has_poll || facts->poll_state == POLL_DRAFT ||
        (facts->poll_state == POLL_OPEN && now.ms < facts->poll_opens_at.ms)) {
        return SITUATION_VOTE_SOON;
    }
    if (facts->poll_state == POLL_COUNTED) {
        return SITUATION_RESULT;
    }
    bool takes_ballots = facts->poll_state == POLL_OPEN && now.ms < facts->poll_closes_at.ms;
    return takes_ballots ? SITUATION_VOTE : SITUATION_COUNT;
}

Situation home_situation(const HomeFacts *facts, Instant now)
{
    if (facts->is_finished) {
        return SITUATION_FINISHED;
    }
    switch (facts->stage) {
    case STAGE_KIND_COLLECT:
        return SITUATION_COLLECT;
    case STAGE_KIND_QUOTA:
    case STAGE_KIND_PLEDGE:
    case STAGE_KIND_DISCUSS:
    case STAGE_KIND_DECIDE:
    case STAGE_KIND_SHORTLIST:
        return SITUATION_PREPARE;
    case STAGE_KIND_VOTE:
        return vote_situation(facts, now);
    case STAGE_KIND_PUBLISH:
        return facts->has_publication ? SITUATION_PUBLISH
               : facts->has_poll      ? SITUATION_RESULT
                                      : SITUATION_NOTICE;
    case STAGE_KIND_REPLY:
        return SITUATION_REPLY;
    case STAGE_KIND_FILE:
        return SITUATION_FILE;
    case STAGE_KIND_IMPLEMENT:
    case STAGE_KIND_ACCEPT:
        return SITUATION_IMPLEMENT;
    case STAGE_KIND_EVALUATE:
        return SITUATION_EVALUATE;
    default:
        return SITUATION_LAUNCH;
    }
}

Instant home_until(const HomeFacts *facts, Situation situation, Instant now)
{
    Instant until = {0};
    if (situation == SITUATION_VOTE) {
        until = facts->poll_closes_at;
    } else if (situation == SITUATION_PUBLISH) {
        until = facts->publication_ends_at;
    } else if (situation == SITUATION_COLLECT || situation == SITUATION_PREPARE ||
               situation == SITUATION_LAUNCH) {
        until = facts->stage_closes_at;
    }
    return until.ms > now.ms ? until : (Instant){0};
}

HomeMoney home_money_said(Money budget, HomeBallotMoney ballot, HomeChosen chosen)
{
    HomeMoney money = {.budget = budget, .spent = chosen.cost, .is_decided = chosen.n > 0};
    if (ballot.is_counted && ballot.budget.fen > 0) {
        money = (HomeMoney){.budget = ballot.budget, .spent = ballot.spent, .is_decided = true};
    }
    int64_t rest = money.budget.fen - money.spent.fen;
    money.rest = (Money){rest > 0 ? rest : 0};
    return money;
}

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS   (60 * MINUTE_MS)

TimeLeft home_time_left(const HolidayTable *holidays, Instant until, bool in_working_days,
                        Instant now)
{
    if (until.ms <= now.ms) {
        return (TimeLeft){LEFT_NONE, 0};
    }
    Date today = instant_date(now);
    Date last = instant_date(until);
    int working = in_working_days ? working_days_between(holidays, today, last) : 0;
    if (working > 0) {
        return (TimeLeft){LEFT_WORKING_DAYS, working};
    }
    if (last.days > today.days) {
        return (TimeLeft){LEFT_DAYS, last.days - today.days};
    }
    int64_t left = until.ms - now.ms;
    if (left >= HOUR_MS) {
        return (TimeLeft){LEFT_HOURS, left / HOUR_MS};
    }
    return (TimeLeft){LEFT_MINUTES, left >= MINUTE_MS ? left / MINUTE_MS : 1};
}
