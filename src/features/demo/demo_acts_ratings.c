/* demo_acts_ratings.c: a finished round is rated: opened, assessed, rated by some, closed. */
#include "features/delivery/delivery.h"
#include "features/demo/demo_fill.h"
#include "features/people/people.h"
#include "features/ratings/ratings.h"

/* From the day after the stage opens: the demonstration begins before it is over. */
#define OPEN_DAYS 12
/* One in so many residents rates a project; fewer than there are residents, more than ten. */
#define ONE_IN 5

typedef struct DemoRating {
    DemoFill *fill;
    int64_t area, round, actor;
} DemoRating;

static Error *open_it(DemoRating *r)
{
    RatingOpen open = {r->area,
                       r->round,
                       r->actor,
                       {instant_date(clock_now(r->fill->app->clock)).days + OPEN_DAYS}};
    return db_write(r->fill->app->db, r->fill->arena, ratings_open, &open, NULL, 0);
}

static Error *assess(DemoRating *r, int64_t project, int place)
{
    static const char *const words[] = {
        "做成了，常走的几处都照顾到了，雨天也稳当；个别边角收得晚了几天。",
        "按说好的次数办完了，来的老人多；下回要早点把时间贴出来。",
        "都装好了，用的人比想的多；有两件用得勤，要多看看。",
    };
    RatingAssess assess = {.area = r->area,
                           .project = project,
                           .actor = r->actor,
                           .marks = {5, 4, 4 + place % 2},
                           .words = str_from(words[(size_t)place % countof(words)])};
    return db_write(r->fill->app->db, r->fill->arena, ratings_assess, &assess, NULL, 0);
}

static bool may_rate(const DemoRating *r, const DemoPerson *person)
{
    return r->fill->areas[person->area] == r->area && person->age > 18 &&
           person->residency != RESIDENCY_WORKS_HERE;
}

/* Mostly good, some fair, a few poor: always the same. */
static int mark_of(size_t person, int place, int question)
{
    static const int marks[] = {5, 5, 4, 5, 4, 3, 5, 4, 5, 2};
    return marks[(person / ONE_IN * 7 + (size_t)place * 3 + (size_t)question * 4) % countof(marks)];
}

static Error *rate(DemoRating *r, int64_t project, int place)
{
    Error *err = NULL;
    for (size_t i = 0; !err && i < r->fill->plan->n_people; i++) {
        if (!may_rate(r, &r->fill->plan->people[i]) || (i + (size_t)place) % ONE_IN != 0) {
            continue;
        }
        RatingGive give = {r->area,
                           project,
                           r->fill->people[i],
                           {mark_of(i, place, 0), mark_of(i, place, 1), mark_of(i, place, 2)}};
        err = db_write(r->fill->app->db, r->fill->arena, ratings_rate, &give, NULL, 0);
    }
    return err;
}

static Error *next_project(DemoRating *r, int64_t after, int64_t *out)
{
    Snapshot *snapshot;
    Error *err = db_snapshot_begin(r->fill->app->db, r->fill->arena, &snapshot);
    if (!err) {
        err = delivery_first(snapshot, r->area, r->round, after, out);
        db_snapshot_end(snapshot);
    }
    return err;
}

static Error *each_project(DemoRating *r, Error *(*act)(DemoRating *, int64_t, int))
{
    int64_t project = 0;
    Error *err = next_project(r, 0, &project);
    for (int place = 0; !err && project != 0; place++) {
        err = act(r, project, place);
        if (!err) {
            err = next_project(r, project, &project);
        }
    }
    return err;
}

static Error *close_it(DemoRating *r)
{
    RatingClose close = {r->area, r->round, r->actor, 1};
    return db_write(r->fill->app->db, r->fill->arena, ratings_close, &close, NULL, 0);
}

Error *demo_act_rate(DemoFill *fill, const DemoEvent *event)
{
    const DemoStage *stage = &fill->plan->stages[event->row];
    DemoRating rating = {.fill = fill,
                         .area = fill->areas[fill->plan->rounds[stage->round].area],
                         .round = fill->rounds[stage->round],
                         .actor = demo_staff_id(fill, stage->opened_by)};
    switch (event->part) {
    case 0:
        return open_it(&rating);
    case 1:
        return each_project(&rating, assess);
    case 2:
        return each_project(&rating, rate);
    default:
        return close_it(&rating);
    }
}
