#include "features/demo/demo_timeline.h"

#include <stdlib.h>

#include "base/vec.h"
#include "features/areas/areas.h"
#include "features/proposals/proposals.h"

typedef struct Events {
    Arena *arena;
    DemoEvent *items;
    size_t count;
    size_t capacity;
} Events;

static void add(Events *events, DemoMoment at, DemoAct act, size_t row, int part)
{
    if (at.day < 0) {
        *vec_push(events->arena, events) =
            (DemoEvent){.at = at, .act = act, .row = (int)row, .part = part};
    }
}

static DemoMoment at(int day, int hour, int minute)
{
    return (DemoMoment){.day = day, .minute = hour * 60 + minute};
}

static DemoMoment later(DemoMoment moment, int minutes)
{
    return (DemoMoment){.day = moment.day, .minute = moment.minute + minutes};
}

static void add_staff(Events *events, const DemoPlan *plan)
{
    if (plan->n_staff > 0) {
        add(events, at(plan->staff[0].since_day, 8, 0), DEMO_ACT_AREAS, 0, 0);
    }
    for (size_t i = 0; i < plan->n_staff; i++) {
        add(events, at(plan->staff[i].since_day, 9, 0), DEMO_ACT_STAFF, i, 0);
    }
}

/* The roll of a community is entered the day after its first member of staff began. */
static void add_rolls(Events *events, const DemoPlan *plan)
{
    for (size_t area = 0; area < plan->n_areas; area++) {
        int first = 0;
        for (size_t i = 0; i < plan->n_staff; i++) {
            const DemoStaff *staff = &plan->staff[i];
            first = staff->area == (int)area && staff->since_day < first ? staff->since_day : first;
        }
        if (plan->areas[area].kind == AREA_COMMUNITY) {
            add(events, at(first + 1, 10, 0), DEMO_ACT_ROLL, area, 0);
        }
    }
}

static bool is_last_stage(const DemoPlan *plan, const DemoStage *stage)
{
    for (size_t i = 0; i < plan->n_stages; i++) {
        if (plan->stages[i].round == stage->round && plan->stages[i].no > stage->no) {
            return false;
        }
    }
    return true;
}

static void add_poll(Events *events, const DemoStage *vote)
{
    size_t round = (size_t)vote->round;
    add(events, later(vote->opens, 10), DEMO_ACT_POLL_OPEN, round, 0);
    for (int part = 0; part < DEMO_BALLOT_PARTS; part++) {
        add(events, at(vote->opens.day + part, 20, 0), DEMO_ACT_BALLOTS, round, part);
    }
    if (vote->state == DEMO_STAGE_DONE) {
        add(events, later(vote->closes, 10), DEMO_ACT_POLL_CLOSE, round, 0);
        add(events, later(vote->closes, 40), DEMO_ACT_POLL_COUNT, round, 0);
    }
}

/* Within the months the stage has by its plan. */
static void add_works(Events *events, const DemoStage *stage, size_t row)
{
    static const int days[DEMO_WORK_PARTS] = {2, 14, 45, 80, 95, 130};
    for (int part = 0; part < DEMO_WORK_PARTS; part++) {
        add(events, at(stage->opens.day + days[part], 10, 0), DEMO_ACT_DELIVER, row, part);
    }
}

static void add_rating(Events *events, const DemoStage *stage, size_t row)
{
    static const int days[DEMO_RATING_PARTS] = {1, 2, 6, 24};
    for (int part = 0; part < DEMO_RATING_PARTS; part++) {
        add(events, at(stage->opens.day + days[part], 10, 0), DEMO_ACT_RATE, row, part);
    }
}

/* What only the rounds of communities.tsv have: by kind of stage, so many days after it opens. */
typedef struct LivedStep {
    const char *kind;
    DemoAct act;
    int days, hour;
} LivedStep;

static const LivedStep lived_steps[] = {
    {"pledge", DEMO_ACT_PLEDGE, 2, 10},   {"shortlist", DEMO_ACT_TABLES, 0, 14},
    {"discuss", DEMO_ACT_COUNCIL, 3, 19}, {"decide", DEMO_ACT_COUNCIL, 1, 19},
    {"file", DEMO_ACT_FILE, 1, 10},
};

static void add_lived_steps(Events *events, const DemoStage *stage, size_t row)
{
    for (size_t i = 0; i < countof(lived_steps); i++) {
        const LivedStep *step = &lived_steps[i];
        if (str_eq(stage->kind, str_from(step->kind))) {
            add(events, at(stage->opens.day + step->days, step->hour, 0), step->act, row, 0);
        }
    }
    if (str_eq(stage->kind, STR("launch"))) {
        add(events, at(stage->opens.day + 2, 17, 0), DEMO_ACT_TELL, (size_t)stage->round, 0);
    }
}

static void add_stages(Events *events, const DemoPlan *plan)
{
    for (size_t i = 0; i < plan->n_stages; i++) {
        const DemoStage *stage = &plan->stages[i];
        if (stage->state == DEMO_STAGE_LATER) {
            continue;
        }
        if (stage->no > 1) { /* the first is open from the beginning */
            add(events, stage->opens, DEMO_ACT_STAGE, i, 0);
        }
        if (stage->state == DEMO_STAGE_DONE && is_last_stage(plan, stage)) {
            add(events, stage->closes, DEMO_ACT_FINISH, i, 0);
        }
        if (plan->rounds[stage->round].is_lived) {
            add_lived_steps(events, stage, i);
        }
        if (str_eq(stage->kind, STR("vote"))) {
            add_poll(events, stage);
        }
        if (str_eq(stage->kind, STR("implement"))) {
            add_works(events, stage, i);
        }
        if (str_eq(stage->kind, STR("evaluate"))) {
            add_rating(events, stage, i);
        }
    }
}

static void add_proposals(Events *events, const DemoPlan *plan)
{
    for (size_t i = 0; i < plan->n_proposals; i++) {
        const DemoProposal *p = &plan->proposals[i];
        int spread = (int)i * 137 % 600; /* 9:30 to 19:29, as people write */
        int office = (int)i * 61 % 400;  /* 9:40 to 16:19, as staff answer */
        add(events, at(p->submitted_day, 9, 30 + spread), DEMO_ACT_SUBMIT, i, 0);
        if (p->state == PROPOSAL_ACCEPTED || p->state == PROPOSAL_REFUSED) {
            add(events, at(p->decided_day, 9, 40 + office), DEMO_ACT_DECIDE, i, 0);
        }
        if (p->state == PROPOSAL_WITHDRAWN) {
            add(events, at(p->decided_day, 19, 30), DEMO_ACT_WITHDRAW, i, 0);
        }
    }
}

static void add_publicity(Events *events, const DemoPlan *plan)
{
    for (size_t i = 0; i < plan->n_publications; i++) {
        add(events, later(plan->publications[i].at, 5), DEMO_ACT_PUBLISH, i, 0);
    }
    for (size_t i = 0; i < plan->n_objections; i++) {
        const DemoObjection *objection = &plan->objections[i];
        add(events, objection->at, DEMO_ACT_OBJECT, i, 0);
        if (objection->answer.len > 0) {
            add(events, objection->answered_at, DEMO_ACT_ANSWER, i, 0);
        }
    }
}

static int compare_events(const void *left, const void *right)
{
    const DemoEvent *a = left;
    const DemoEvent *b = right;
    int64_t order[] = {a->at.day - b->at.day, a->at.minute - b->at.minute,
                       (int)a->act - (int)b->act, a->row - b->row};
    for (size_t i = 0; i < countof(order); i++) {
        if (order[i] != 0) {
            return order[i] < 0 ? -1 : 1;
        }
    }
    return 0;
}

void demo_timeline(Arena *arena, const DemoPlan *plan, DemoEvent **out, size_t *out_count)
{
    Events events = {.arena = arena};
    add_staff(&events, plan);
    add_rolls(&events, plan);
    for (size_t i = 0; i < plan->n_rounds; i++) {
        add(&events, at(plan->rounds[i].created_day, 8, 40), DEMO_ACT_ROUND, i, 0);
    }
    add_stages(&events, plan);
    add_proposals(&events, plan);
    add_publicity(&events, plan);
    if (events.count > 0) {
        qsort(events.items, events.count, sizeof(*events.items), compare_events);
    }
    *out = events.items;
    *out_count = events.count;
}
