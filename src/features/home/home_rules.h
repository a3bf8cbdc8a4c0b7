/* home_rules.h: what the front page asks people to do now; pure.
 *
 * Start reading at home_situation().
 */
#ifndef FEATURES_HOME_HOME_RULES_H
#define FEATURES_HOME_HOME_RULES_H

#include "base/clock.h"
#include "base/money.h"
#include "features/polls/polls_rules.h"
#include "features/programmes/programmes_rules.h"

/* What is going on, each with a headline, a line of explanation and one act of its own. */
typedef enum Situation {
    SITUATION_LAUNCH,    /* look at the rules */
    SITUATION_COLLECT,   /* propose */
    SITUATION_PREPARE,   /* quota, pledges, shortlist: look at the proposals */
    SITUATION_VOTE_SOON, /* the vote stage is open, the poll is not: look at the proposals */
    SITUATION_VOTE,      /* vote */
    SITUATION_COUNT,     /* votes are being counted: look at the poll */
    SITUATION_RESULT,    /* counted, not published: look at the result */
    SITUATION_NOTICE,    /* something without a ballot is about to be published */
    SITUATION_PUBLISH,   /* look at the publication */
    SITUATION_REPLY,     /* look at the result, as in the next ones */
    SITUATION_FILE,      /* with street and district: nothing is carried out yet */
    SITUATION_IMPLEMENT,
    SITUATION_EVALUATE,
    SITUATION_FINISHED
} Situation;

typedef struct HomeFacts {
    StageKind stage;
    bool is_finished;
    Instant stage_closes_at;
    bool has_poll;
    PollState poll_state;
    Instant poll_opens_at;
    Instant poll_closes_at;
    bool has_publication;
    Instant publication_ends_at;
} HomeFacts;

Situation home_situation(const HomeFacts *facts, Instant now);
/* Until when the act of the situation can be done; 0 when there is no such time or it has passed.
 */
Instant home_until(const HomeFacts *facts, Situation situation, Instant now);

/* What a counted ballot says of the money. */
typedef struct HomeBallotMoney {
    bool is_counted;
    Money budget, spent;
} HomeBallotMoney;

/* What was chosen otherwise, by a council: projects and their estimates. */
typedef struct HomeChosen {
    int64_t n;
    Money cost;
} HomeChosen;

typedef struct HomeMoney {
    Money budget;
    bool is_decided; /* else the next two say nothing */
    Money spent;
    Money rest; /* never below 0 */
} HomeMoney;

/* By the ballot once it is counted, else by what the round has chosen. */
HomeMoney home_money_said(Money budget, HomeBallotMoney ballot, HomeChosen chosen);

typedef enum LeftUnit {
    LEFT_NONE, /* no end, or over */
    LEFT_DAYS,
    LEFT_WORKING_DAYS,
    LEFT_HOURS,
    LEFT_MINUTES
} LeftUnit;

typedef struct TimeLeft {
    LeftUnit unit;
    int64_t n;
} TimeLeft;

/* Days while the end lies on a later day in China, then whole hours, then whole minutes (at least
 * 1). With `in_working_days` days are working days when there is at least one. */
TimeLeft home_time_left(const HolidayTable *holidays, Instant until, bool in_working_days,
                        Instant now);

#endif
