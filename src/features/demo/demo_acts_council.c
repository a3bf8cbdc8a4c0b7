/* demo_acts_council.c: where a council decides: its meetings, and what is laid before the street.
 */
#include "features/decisions/decisions.h"
#include "features/demo/demo_fill.h"
#include "features/filing/filing.h"

#define MEMBERS 21
#define PRESENT 18

typedef struct Meeting {
    const char *stage; /* in which it is held */
    const char *step;
    Str body;
    Str words;
} Meeting;

static const Meeting meetings[] = {
    {"discuss", "propose", STR_INIT("两代表一委员和党员、居民"),
     STR_INIT("逐条念了大家提的，能办的都列上，说明了要多少钱。")},
    {"discuss", "discuss", STR_INIT("社区党群联席会议"),
     STR_INIT("请物业、学校和街道的人一起看了现场，把做法和花费又核了一遍。")},
    {"decide", "decide", STR_INIT("居民议事会"), STR_INIT("逐件讨论，逐件举手表决，当场报票。")},
};

/* The last project of the list does not find a majority. */
static bool is_carried(const DemoPlan *plan, const DemoProposal *p)
{
    return (size_t)p->no < plan->rounds[p->round].poll.n_options;
}

static Error *record(DemoFill *fill, const DemoStage *stage, const Meeting *meeting, int row)
{
    static const DecisionPresent present[] = {
        {{STR_INIT("沈岚"), STR_INIT("议事会召集人")}, 0},
        {{STR_INIT("费知远"), STR_INIT("居务监督委员会")}, 0},
    };
    const DemoPlan *plan = fill->plan;
    int64_t yes = is_carried(plan, &plan->proposals[row]) ? PRESENT - 2 : PRESENT / 3;
    DecisionRecord record = {.area = fill->areas[plan->rounds[stage->round].area],
                             .round = fill->rounds[stage->round],
                             .actor = demo_staff_id(fill, stage->opened_by),
                             .step = str_from(meeting->step),
                             .held_on = instant_date(clock_now(fill->app->clock)),
                             .body = meeting->body,
                             .mandate = STR("由各居民小组推选，任期三年，今年是第二年。"),
                             .place = STR("社区议事厅"),
                             .words = meeting->words,
                             .people = present,
                             .n_people = countof(present),
                             .projects = &fill->proposals[row],
                             .n_projects = 1};
    DecisionDone done;
    record.figures.present = PRESENT;
    if (str_eq(stage->kind, STR("decide"))) {
        record.figures = (DecisionFigures){
            .members = MEMBERS, .present = PRESENT, .yes = yes, .no = PRESENT - yes};
    }
    return db_write(fill->app->db, fill->arena, decisions_record, &record, &done, sizeof(done));
}

Error *demo_act_council(DemoFill *fill, const DemoEvent *event)
{
    const DemoStage *stage = &fill->plan->stages[event->row];
    Error *err = NULL;
    for (size_t m = 0; !err && m < countof(meetings); m++) {
        if (!str_eq(stage->kind, str_from(meetings[m].stage))) {
            continue;
        }
        int row = demo_plan_option(fill->plan, stage->round, 1);
        for (int no = 1; !err && row >= 0; no++) {
            err = record(fill, stage, &meetings[m], row);
            row = demo_plan_option(fill->plan, stage->round, no + 1);
        }
    }
    return err;
}

Error *demo_act_file(DemoFill *fill, const DemoEvent *event)
{
    const DemoStage *stage = &fill->plan->stages[event->row];
    const DemoRound *round = &fill->plan->rounds[stage->round];
    FilingAll all = {.area = fill->areas[round->area],
                     .round = fill->rounds[stage->round],
                     .actor = demo_staff_id(fill, stage->opened_by),
                     .n_shown = (int64_t)round->poll.n_options - 1,
                     .letter = STR("星社〔演示〕7 号"),
                     .words = STR("决议公示期已满，没有未答复的异议。")};
    return db_write(fill->app->db, fill->arena, filing_file, &all, NULL, 0);
}
