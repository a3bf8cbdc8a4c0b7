/* demo_acts_shortlist.c: the evening at which the round tables fix what goes on the ballot. */
#include "features/demo/demo_fill.h"
#include "features/shortlist/shortlist.h"

#define VOTERS 38

typedef struct Evening {
    DemoFill *fill;
    int row; /* of the round in the plan */
    int64_t area;
    int64_t round;
    int64_t actor;
    int64_t second; /* who counts the hands too */
    Shortlist all;
    size_t next_guest; /* place in the plan's people */
} Evening;

static Error *look(Evening *e)
{
    Snapshot *snapshot;
    Error *err = db_snapshot_begin(e->fill->app->db, e->fill->arena, &snapshot);
    if (!err) {
        err = shortlist_load(snapshot, e->area, e->round, &e->all);
        db_snapshot_end(snapshot);
    }
    return err;
}

static Error *write(Evening *e, UseCase *use_case, const void *input, void *output, size_t size)
{
    return db_write(e->fill->app->db, e->fill->arena, use_case, input, output, size);
}

/* The next grown-up of the community. */
static TablePerson guest(Evening *e)
{
    const DemoPlan *plan = e->fill->plan;
    for (size_t i = e->next_guest; i < plan->n_people; i++) {
        const DemoPerson *person = &plan->people[i];
        if (person->area == plan->rounds[e->row].area && person->age >= 18) {
            e->next_guest = i + 7; /* neighbours of one stairway do not sit together */
            return (TablePerson){e->fill->people[i], person->name};
        }
    }
    return (TablePerson){0};
}

static Error *set_tables(Evening *e)
{
    int64_t top = e->all.limits.top;
    int64_t tables = (e->all.n_accepted + top - 1) / top;
    Error *err = NULL;
    for (int64_t i = 0; !err && i < tables; i++) {
        TableSave save = {.area = e->area,
                          .round = e->round,
                          .actor = e->actor,
                          .head = guest(e),
                          .recorder = guest(e)};
        TableSaved done;
        err = write(e, shortlist_save_table, &save, &done, sizeof(done));
    }
    TableAct deal = {.area = e->area, .round = e->round, .actor = e->actor};
    return err ? err : write(e, shortlist_deal, &deal, NULL, 0);
}

static Error *report_tables(Evening *e)
{
    Error *err = look(e);
    for (size_t i = 0; !err && i < e->all.n_tables; i++) {
        const TableInfo *table = &e->all.tables[i];
        int64_t ranks[SHORTLIST_RANKS_MAX] = {0};
        for (size_t k = 0; k < table->n_items && k < SHORTLIST_RANKS_MAX; k++) {
            ranks[k] = table->items[(k + 1) % table->n_items].proposal;
        }
        TableReport report = {.area = e->area,
                              .table = table->id,
                              .version = table->version,
                              .actor = e->actor,
                              .is_staff = true,
                              .ranks = ranks,
                              .n_ranks = SHORTLIST_RANKS_MAX,
                              .speaker = guest(e)};
        err = write(e, shortlist_report, &report, NULL, 0);
    }
    return err;
}

static Error *count_hands(Evening *e)
{
    Error *err = look(e);
    if (err || !e->all.needs_vote) {
        return err;
    }
    size_t n = e->all.n_presented;
    int64_t *votes = arena_array(e->fill->arena, int64_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        votes[i] = VOTERS - 4 - (int64_t)i * 5 % 23;
    }
    const int64_t people[] = {e->actor, e->second};
    for (size_t i = 0; !err && i < countof(people); i++) {
        HallEnter enter = {e->area, e->round, people[i], VOTERS, e->all.presented, votes, n};
        HallState state;
        err = write(e, shortlist_enter_hall, &enter, &state, sizeof(state));
    }
    return err;
}

static Error *fix(Evening *e)
{
    Error *err = look(e);
    if (err) {
        return err;
    }
    size_t n = shortlist_settle(&e->all);
    int64_t *shown = arena_array(e->fill->arena, int64_t, n + 1);
    size_t count = 0;
    for (size_t i = 0; i < e->all.n_entries; i++) {
        if (e->all.entries[i].outcome == SHORT_IN) {
            shown[count++] = e->all.entries[i].proposal;
        }
    }
    ShortlistFix input = {.area = e->area,
                          .round = e->round,
                          .actor = e->actor,
                          .shown = shown,
                          .n_shown = count,
                          .words = STR("晚上七点在社区活动室开的会，当场数票、当场宣布。")};
    return write(e, shortlist_fix, &input, NULL, 0);
}

static Evening *evening_of(DemoFill *fill, int row, int64_t actor, int64_t second)
{
    Evening *e = arena_new(fill->arena, Evening);
    *e = (Evening){.fill = fill,
                   .row = row,
                   .area = fill->areas[fill->plan->rounds[row].area],
                   .round = fill->rounds[row],
                   .actor = actor,
                   .second = second};
    return e;
}

Error *demo_act_tables(DemoFill *fill, const DemoEvent *event)
{
    const DemoStage *stage = &fill->plan->stages[event->row];
    Evening *e = evening_of(fill, stage->round, demo_staff_id(fill, stage->opened_by), 0);
    Error *err = look(e);
    return err ? err : set_tables(e);
}

Error *demo_fix_shortlist(DemoFill *fill, int row, int64_t actor, int64_t second)
{
    Evening *e = evening_of(fill, row, actor, second);
    Error *err = look(e);
    if (err || !shortlist_may_report(&e->all) || e->all.n_accepted == 0) {
        return err;
    }
    err = e->all.n_tables == 0 ? set_tables(e) : NULL;
    if (!err) {
        err = report_tables(e);
    }
    if (!err) {
        err = count_hands(e);
    }
    return err ? err : fix(e);
}
