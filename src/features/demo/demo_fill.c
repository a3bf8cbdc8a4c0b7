/* demo_fill.c: lives through the timeline. */
#include "features/demo/demo_fill.h"

#include "features/demo/demo_communities.h"
#include "platform/journal/journal.h"

typedef struct ActRow {
    const char *name;
    DemoActFunction *run;
} ActRow;

static const ActRow acts[DEMO_ACT_COUNT] = {
    [DEMO_ACT_AREAS] = {"areas", demo_act_areas},
    [DEMO_ACT_STAFF] = {"staff", demo_act_staff},
    [DEMO_ACT_ROLL] = {"roll", demo_act_roll},
    [DEMO_ACT_ROUND] = {"round", demo_act_round},
    [DEMO_ACT_STAGE] = {"stage", demo_act_stage},
    [DEMO_ACT_FINISH] = {"finish", demo_act_stage},
    [DEMO_ACT_DELIVER] = {"works", demo_act_deliver},
    [DEMO_ACT_RATE] = {"rating", demo_act_rate},
    [DEMO_ACT_TELL] = {"tell", demo_act_tell},
    [DEMO_ACT_PLEDGE] = {"pledges", demo_act_pledge},
    [DEMO_ACT_TABLES] = {"tables", demo_act_tables},
    [DEMO_ACT_COUNCIL] = {"council", demo_act_council},
    [DEMO_ACT_FILE] = {"file", demo_act_file},
    [DEMO_ACT_SUBMIT] = {"submit", demo_act_submit},
    [DEMO_ACT_DECIDE] = {"decide", demo_act_decide},
    [DEMO_ACT_WITHDRAW] = {"withdraw", demo_act_withdraw},
    [DEMO_ACT_POLL_OPEN] = {"open the poll", demo_act_poll_open},
    [DEMO_ACT_BALLOTS] = {"ballots", demo_act_ballots},
    [DEMO_ACT_POLL_CLOSE] = {"close the poll", demo_act_poll_close},
    [DEMO_ACT_POLL_COUNT] = {"count", demo_act_poll_count},
    [DEMO_ACT_PUBLISH] = {"publish", demo_act_publish},
    [DEMO_ACT_OBJECT] = {"object", demo_act_object},
    [DEMO_ACT_ANSWER] = {"answer", demo_act_answer},
};

int64_t demo_staff_id(const DemoFill *fill, int row)
{
    return row < 0 ? 0 : fill->staff[row];
}

int64_t demo_first_of(const DemoFill *fill, Role role)
{
    for (size_t i = 0; i < fill->plan->n_staff; i++) {
        if (fill->plan->staff[i].role == (int)role) {
            return demo_staff_id(fill, (int)i);
        }
    }
    return 0;
}

int64_t demo_second_signer(const DemoFill *fill, int area, int first)
{
    for (size_t i = 0; i < fill->plan->n_staff; i++) {
        const DemoStaff *staff = &fill->plan->staff[i];
        bool works =
            staff->role == ROLE_COMMUNITY_SECRETARY || staff->role == ROLE_COMMUNITY_WORKER;
        if (works && staff->area == area && (int)i != first) {
            return demo_staff_id(fill, (int)i);
        }
    }
    return 0;
}

Instant demo_instant(const DemoFill *fill, DemoMoment at)
{
    Date day = {fill->day0.days + at.day};
    return instant_at(day, at.minute / 60, at.minute % 60);
}

static int64_t *ids(Arena *arena, size_t count)
{
    return arena_array(arena, int64_t, count + 1);
}

static void prepare(DemoFill *fill, App *app, Arena *arena, const DemoPlan *plan)
{
    *fill = (DemoFill){.app = app,
                       .arena = arena,
                       .plan = plan,
                       .day0 = instant_date(clock_now(app->clock)),
                       .areas = ids(arena, plan->n_areas),
                       .staff = ids(arena, plan->n_staff),
                       .people = ids(arena, plan->n_people),
                       .rounds = ids(arena, plan->n_rounds),
                       .proposals = ids(arena, plan->n_proposals),
                       .publications = ids(arena, plan->n_publications),
                       .postings = ids(arena, plan->n_publications * DEMO_POSTINGS),
                       .objections = ids(arena, plan->n_objections),
                       .polls = arena_array(arena, DemoPollRun, plan->n_rounds + 1),
                       .told = arena_array(arena, bool, plan->n_rounds + 1)};
}

/* Never back, except at the beginning: acts of one minute follow each other. */
static void move_clock(Clock *clock, Instant to, bool is_first)
{
    Clock real = {0};
    if (is_first || clock_now(clock).ms < to.ms) {
        atomic_store(&clock->offset_ms, to.ms - clock_now(&real).ms);
    }
}

static Error *live_through(DemoFill *fill)
{
    DemoEvent *events = NULL;
    size_t count = 0;
    demo_timeline(fill->arena, fill->plan, &events, &count);
    for (size_t i = 0; i < count; i++) {
        const ActRow *act = &acts[events[i].act];
        move_clock(fill->app->clock, demo_instant(fill, events[i].at), i == 0);
        Error *err = i == 0 ? demo_work_every_week(fill) : NULL;
        err = err ? err : act->run(fill, &events[i]);
        if (err) {
            return error_make(fill->arena, err->code, "demo, day %d, %s, row %d: %s: %.*s",
                              events[i].at.day, act->name, events[i].row + 1,
                              error_code_name(err->code), STR_ARG(err->detail));
        }
    }
    return NULL;
}

Error *demo_fill(App *app, Arena *arena, const char *directory, DemoSize size, DemoSeats *out)
{
    DemoPlan plan;
    Error *err = demo_plan_read(arena, directory, &plan);
    if (!err && size == DEMO_WHOLE) {
        err = demo_communities_read(arena, directory, &plan);
    }
    if (err) {
        return err;
    }
    DemoFill fill;
    prepare(&fill, app, arena, &plan);
    int64_t offset_ms = atomic_load(&app->clock->offset_ms);
    err = live_through(&fill);
    atomic_store(&app->clock->offset_ms, offset_ms);
    if (!err) {
        err = demo_seats_make(&fill, out);
    }
    return err ? err : journal_seal(app, arena);
}
