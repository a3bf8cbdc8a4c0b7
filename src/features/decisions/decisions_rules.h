/* decisions_rules.h: is there a quorum, is it carried, when may it be recorded; pure.
 *
 * Start reading at decision_outcome().
 */
#ifndef FEATURES_DECISIONS_DECISIONS_RULES_H
#define FEATURES_DECISIONS_DECISIONS_RULES_H

#include "base/arena.h"
#include "base/error.h"
#include "features/programmes/programmes_rules.h"

/* Limits of what people type, in characters. */
#define DECISION_BODY_MIN     2
#define DECISION_BODY_MAX     60
#define DECISION_PLACE_MAX    60
#define DECISION_MANDATE_MIN  10
#define DECISION_MANDATE_MAX  300
#define DECISION_WORDS_MIN    10
#define DECISION_WORDS_MAX    4000
#define DECISION_KEPT_MAX     60
#define DECISION_REASON_MIN   10
#define DECISION_REASON_MAX   300
#define DECISION_NAME_MAX     30
#define DECISION_OFFICE_MAX   40
#define DECISION_PEOPLE_MAX   100
#define DECISION_PROJECTS_MAX 200
#define DECISION_FIGURE_MAX   100000000

/* The steps the gates ask for, among the codes of the round's discussions. */
#define DECISION_STEP_DECIDE "decide"
/* What a record of owners says of a project, whichever of the owners' rules it went by. */
#define DECISION_STEP_OWNERS "owners"

/* Stored by number in decision.outcome. */
typedef enum DecisionOutcome {
    DECISION_RECORDED = 1, /* talked over; nothing was counted */
    DECISION_CARRIED = 2,
    DECISION_NOT_CARRIED = 3,
    DECISION_NO_QUORUM = 4 /* too few: nothing was decided */
} DecisionOutcome;

/* How many there are, came (owners: took part), and said yes or no. Area in whole square metres. */
typedef struct DecisionFigures {
    int64_t members;
    int64_t present;
    int64_t yes;
    int64_t no;
    /* of owners only: */
    int64_t area_members;
    int64_t area_present;
    int64_t area_yes;
} DecisionFigures;

/* Quorum: present is at least the share of members. Carried: yes is at least the share of those
 * present, more than it when the share is a half, so that who abstains does not agree. Of owners
 * both must hold by number and by area (Civil Code art. 278: of those who take part). */
DecisionOutcome decision_outcome(const DiscussionRule *rule, const DecisionFigures *figures);
/* NULL, or FIELD_MISSING at a figure the rule needs, FIELD_TOO_BIG (number: the most it may be) at
 * one that is larger than what it is a part of. */
MUST_USE Error *decision_figures_check(Arena *arena, const DiscussionRule *rule,
                                       const DecisionFigures *figures);
/* True when the record answers for its projects: they need no other of this step. Owners who did
 * not agree may be asked again. */
bool decision_stands(DiscussionKind kind, DecisionOutcome outcome);
/* The key of a record's projects: its step; one and the same for all rules of owners. */
Str decision_item_step(const DiscussionRule *rule);

/* What recording depends on in a round. */
typedef struct DecisionTime {
    bool is_finished;
    bool has_decide_stage;
    bool decide_is_open;
    bool decide_is_ahead;
} DecisionTime;

/* A resolution while its stage is open; what comes before it until that stage ends; what owners
 * decide until the round is over. In a round without that stage until the round is over. */
bool decision_may_be_recorded(const DiscussionRule *rule, const DecisionTime *time);

/* --- who was there ----------------------------------------------------------- */

typedef struct DecisionPerson {
    Str name;
    Str office; /* empty: a resident, of whom the public sees the surname */
} DecisionPerson;

typedef struct DecisionPeople {
    DecisionPerson *items;
    size_t count;
    size_t capacity;
} DecisionPeople;

/* A line a person, the name first, then the office: "沈岚 社区书记"; also with ，or ：between.
 * Adds to *out. DECISION_OFFICE (word: the line) without an office, FIELD_TOO_LONG, FIELD_TOO_MANY,
 * all at `officers`. */
MUST_USE Error *decision_officers_read(Arena *arena, Str text, DecisionPeople *out);
/* Names, separated by line breaks or any of 、，,；; as people type them. Errors at `residents`. */
MUST_USE Error *decision_residents_read(Arena *arena, Str text, DecisionPeople *out);

#endif
