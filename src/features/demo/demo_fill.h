/* demo_fill.h: what the acts of the demonstration share while it is filled. */
#ifndef FEATURES_DEMO_DEMO_FILL_H
#define FEATURES_DEMO_DEMO_FILL_H

#include "features/demo/demo.h"
#include "features/demo/demo_timeline.h"
#include "features/polls/polls.h"
#include "features/programmes/programmes.h"
#include "features/proposals/proposals.h"

/* A round's poll while people vote. */
typedef struct DemoPollRun {
    int64_t id;
    BallotCast *casts;
    size_t n_casts;
} DemoPollRun;

/* Ids by the rows of the plan; 0 before the row has come to be. */
typedef struct DemoFill {
    App *app;
    Arena *arena;
    const DemoPlan *plan;
    Date day0;
    int64_t *areas, *staff, *people, *rounds, *proposals, *publications, *objections;
    int64_t *postings;      /* DEMO_POSTINGS of each publication; 0: taken down */
    DemoPollRun *polls;     /* by round */
    bool *told;             /* by round: the outreach log is written */
    int64_t rules_document; /* what every round goes by; 0: not added yet */
} DemoFill;

/* Does one act; the clock stands at its time. demo_acts_people.c, demo_acts_rounds.c. */
typedef Error *DemoActFunction(DemoFill *fill, const DemoEvent *event);

/* The story is told in days from today, so that no public holiday may fall into it: for the demo
 * each Monday to Friday is worked. */
MUST_USE Error *demo_work_every_week(DemoFill *fill);

DemoActFunction demo_act_areas, demo_act_staff, demo_act_roll;
DemoActFunction demo_act_round, demo_act_stage, demo_act_submit, demo_act_decide, demo_act_withdraw;
DemoActFunction demo_act_poll_open, demo_act_ballots, demo_act_poll_close, demo_act_poll_count;
DemoActFunction demo_act_publish, demo_act_object, demo_act_answer, demo_act_deliver;
DemoActFunction demo_act_rate, demo_act_tell, demo_act_pledge, demo_act_tables, demo_act_council;
DemoActFunction demo_act_file;

/* A picture for some of the wishes; none where pictures cannot be decoded: the rest of the
 * demonstration does not need them. */
ProposalPhotos demo_photos_of(DemoFill *fill, int row);
/* Adds what the district, and the community of the round, offer in the project library. */
MUST_USE Error *demo_add_library(DemoFill *fill, int64_t officer, const DemoRound *round);
/* Adds the documents of a round that has just begun, and says that it goes by them. */
MUST_USE Error *demo_attach_documents(DemoFill *fill, const DemoRound *round, int64_t id);
/* A notice that has gone out hangs in DEMO_POSTINGS places; those of a round come down when it goes
 * on. */
#define DEMO_POSTINGS 2
MUST_USE Error *demo_hang(DemoFill *fill, size_t publication, int64_t area, int64_t actor);
MUST_USE Error *demo_take_down(DemoFill *fill, int round, int64_t area, int64_t actor);
/* Before a round leaves its launch: people are told of it by some channels, unless they were. */
MUST_USE Error *demo_tell_people(DemoFill *fill, int row, int64_t actor);
/* The first member of staff with the role; 0: none. */
int64_t demo_first_of(const DemoFill *fill, Role role);
/* Somebody else than `first` (a row of staff) who works for the community; 0: nobody. */
int64_t demo_second_signer(const DemoFill *fill, int area, int first);
/* The id of a member of staff, 0 for -1. */
int64_t demo_staff_id(const DemoFill *fill, int row);
Instant demo_instant(const DemoFill *fill, DemoMoment at);

/* Codes and passwords for the seats of the plan, now. */
MUST_USE Error *demo_seats_make(DemoFill *fill, DemoSeats *out);

/* Before a round goes on: whoever was refused is answered, at the end of the reply stage everybody
 * who is owed an answer. */
MUST_USE Error *demo_answer_proposers(DemoFill *fill, int64_t area, int64_t round, int64_t actor);
/* Likewise: says of the chosen projects that none of them uses what owners hold in common. */
MUST_USE Error *demo_say_owners(DemoFill *fill, int64_t area, int64_t round, int64_t actor);
/* Tables, their rankings, the hall and the list, while the round's shortlist stage is open: nothing
 * otherwise. Everything that was accepted is on it. `row`: the round in the plan. */
MUST_USE Error *demo_fix_shortlist(DemoFill *fill, int row, int64_t actor, int64_t second);

#endif
