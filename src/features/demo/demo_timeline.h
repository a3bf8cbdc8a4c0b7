/* demo_timeline.h: what happens in the demonstration, in the order in which it happens. Pure. */
#ifndef FEATURES_DEMO_DEMO_TIMELINE_H
#define FEATURES_DEMO_DEMO_TIMELINE_H

#include "features/demo/demo_plan.h"

/* At the same minute in this order. */
typedef enum DemoAct {
    DEMO_ACT_AREAS,
    DEMO_ACT_STAFF,   /* row of staff */
    DEMO_ACT_ROLL,    /* row of areas */
    DEMO_ACT_ROUND,   /* row of rounds */
    DEMO_ACT_STAGE,   /* row of stages: the round moves on to it */
    DEMO_ACT_FINISH,  /* row of stages: the last one ends */
    DEMO_ACT_DELIVER, /* row of stages: the next part of the works */
    DEMO_ACT_RATE,    /* row of stages: the next part of the rating */
    DEMO_ACT_TELL,    /* row of rounds: how people are told of it */
    DEMO_ACT_PLEDGE,  /* row of stages, as the next three */
    DEMO_ACT_TABLES,  /* set up, and the projects dealt to them */
    DEMO_ACT_COUNCIL, /* the meetings of the stage */
    DEMO_ACT_FILE,
    DEMO_ACT_SUBMIT, /* row of proposals, as the next two */
    DEMO_ACT_DECIDE,
    DEMO_ACT_WITHDRAW,
    DEMO_ACT_POLL_OPEN, /* row of rounds, as the next three */
    DEMO_ACT_BALLOTS,   /* the next part of them */
    DEMO_ACT_POLL_CLOSE,
    DEMO_ACT_POLL_COUNT,
    DEMO_ACT_PUBLISH, /* row of publications */
    DEMO_ACT_OBJECT,  /* row of objections, as the next */
    DEMO_ACT_ANSWER,
    DEMO_ACT_COUNT
} DemoAct;

/* Ballots come in on this many evenings. */
#define DEMO_BALLOT_PARTS 3
/* The works go on in this many parts: the call, the contract, half of it, all of it, acceptance,
 * payment. */
#define DEMO_WORK_PARTS 6
/* Rating: it is opened, the community assesses, residents rate, it is closed. */
#define DEMO_RATING_PARTS 4

typedef struct DemoEvent {
    DemoMoment at;
    DemoAct act;
    int row;
    int part; /* of the ballots or the works, from 0 */
} DemoEvent;

/* Everything before day 0, by time. Days without a time of their own (proposals) get one that is
 * always the same. */
void demo_timeline(Arena *arena, const DemoPlan *plan, DemoEvent **out, size_t *out_count);

#endif
