/* demo_acts_pledges.c: what neighbours give to the projects of a round. */
#include "features/demo/demo_fill.h"
#include "features/pledges/pledges.h"

typedef struct Promise {
    int no; /* of the project on the ballot */
    int form;
    int64_t value_fen;
    int64_t hours;
    Str words;
    bool is_confirmed;
} Promise;

static const Promise promises[] = {
    {1, PLEDGE_MONEY, 50000, 0, STR_INIT("楼里几家凑的"), true},
    {1, PLEDGE_HOURS, 0, 12, STR_INIT("开工那几天帮着看路口"), true},
    {2, PLEDGE_GOODS, 80000, 0, STR_INIT("家里多出来的木料和油漆"), true},
    {3, PLEDGE_HOURS, 0, 20, STR_INIT("每周六来搭把手"), false},
};

static int64_t giver_of(const DemoFill *fill, int area, size_t place)
{
    for (size_t i = 0; i < fill->plan->n_people; i++) {
        const DemoPerson *person = &fill->plan->people[i];
        if (person->area == area && person->age >= 20 && place-- == 0) {
            return fill->people[i];
        }
    }
    return 0;
}

static Error *confirm(DemoFill *fill, const NewPledge *made, int64_t id, int64_t actor)
{
    PledgeStep step = {.area = made->area,
                       .id = id,
                       .actor = actor,
                       .is_staff = true,
                       .version = 1,
                       .to = PLEDGE_CONFIRMED,
                       .value = made->fact.value};
    return db_write(fill->app->db, fill->arena, pledges_step, &step, NULL, 0);
}

/* Where the stage is over everything has been talked over. */
Error *demo_act_pledge(DemoFill *fill, const DemoEvent *event)
{
    const DemoStage *stage = &fill->plan->stages[event->row];
    int area = fill->plan->rounds[stage->round].area;
    int64_t actor = demo_staff_id(fill, stage->opened_by);
    Error *err = NULL;
    for (size_t i = 0; !err && i < countof(promises); i++) {
        const Promise *promise = &promises[i];
        int row = demo_plan_option(fill->plan, stage->round, promise->no);
        if (row < 0) {
            continue;
        }
        int64_t giver = giver_of(fill, area, 3 + i * 4);
        NewPledge new = {.area = fill->areas[area],
                         .proposal = fill->proposals[row],
                         .actor = giver,
                         .fact = {.form = promise->form,
                                  .value = {promise->value_fen},
                                  .hours = promise->hours,
                                  .words = promise->words},
                         .person = giver,
                         .is_named = i % 2 == 0};
        PledgeMade made;
        err = db_write(fill->app->db, fill->arena, pledges_promise, &new, &made, sizeof(made));
        if (!err && (promise->is_confirmed || stage->state == DEMO_STAGE_DONE)) {
            err = confirm(fill, &new, made.id, actor);
        }
    }
    return err;
}
