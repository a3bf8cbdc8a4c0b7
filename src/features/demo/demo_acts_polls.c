/* demo_acts_polls.c: polls and their ballots. */
#include "base/utf8.h"
#include "features/demo/demo_fill.h"
#include "features/people/people.h"
#include "features/programmes/programmes.h"

#define SUMMARY_CHARACTERS 60
#define FIRST_VERSION      1
/* Ballots cast by one transaction: others wait no longer than that. */
#define BALLOTS_AT_ONCE 12

static int64_t poll_area(const DemoFill *fill, int round)
{
    return fill->areas[fill->plan->rounds[round].area];
}

/* The beginning of what the resident wrote, as the page that opens polls takes it. */
static Str summary(Arena *arena, Str need)
{
    size_t at = 0;
    size_t count = 0;
    while (at < need.len && count < SUMMARY_CHARACTERS && need.data[at] != '\n') {
        utf8_next(need, &at);
        count++;
    }
    return at == need.len ? need : arena_printf(arena, "%.*s…", (int)at, need.data);
}

static Error *freeze_options(const DemoFill *fill, int round, PollOption **out)
{
    size_t count = fill->plan->rounds[round].poll.n_options;
    PollOption *options = arena_array(fill->arena, PollOption, count + 1);
    for (size_t i = 0; i < count; i++) {
        int row = demo_plan_option(fill->plan, round, (int)i + 1);
        if (row < 0) {
            return error_make(fill->arena, ERROR_CONFIGURATION, "no proposal has the number %zu",
                              i + 1);
        }
        const DemoProposal *p = &fill->plan->proposals[row];
        options[i] = (PollOption){.code = arena_printf(fill->arena, "%03zu", i + 1),
                                  .proposal = fill->proposals[row],
                                  .title = p->title,
                                  .summary = summary(fill->arena, p->need),
                                  .place = p->place,
                                  .kind = p->kind,
                                  .cost_fen = p->cost};
    }
    *out = options;
    return NULL;
}

static Error *read_round(const DemoFill *fill, int round, RoundInfo *out, PollTerms *terms)
{
    Snapshot *snapshot;
    Error *err = db_snapshot_begin(fill->app->db, fill->arena, &snapshot);
    if (!err) {
        err = programmes_round(snapshot, poll_area(fill, round), fill->rounds[round], out);
        if (!err) {
            err = polls_round_terms(snapshot, poll_area(fill, round), fill->rounds[round], terms);
        }
        db_snapshot_end(snapshot);
    }
    return err;
}

/* Who votes for what, by the model; the same every time. */
static void draw_ballots(const DemoFill *fill, int round, const PollKey *key, DemoPollRun *run)
{
    const DemoPlan *plan = fill->plan;
    const DemoRound *row = &plan->rounds[round];
    Seeded seeded = {row->seed};
    run->casts = arena_array(fill->arena, BallotCast, plan->n_people);
    for (size_t i = 0; i < plan->n_people && row->seed != 0; i++) {
        const DemoPerson *person = &plan->people[i];
        if (person->area != row->area) {
            continue;
        }
        DemoVoter voter = {.age = person->age,
                           .lives_here = person->residency != RESIDENCY_WORKS_HERE};
        int64_t *options = arena_array(fill->arena, int64_t, (size_t)row->poll.max_choices);
        size_t count = demo_ballot_draw(&seeded, &row->poll, &voter, options);
        if (count > 0) {
            run->casts[run->n_casts++] =
                (BallotCast){.area = poll_area(fill, round),
                             .poll = run->id,
                             .person = fill->people[i],
                             .ballot_key = poll_ballot_key(fill->arena, key, fill->people[i]),
                             .options = options,
                             .n_options = count,
                             .receipt = poll_new_receipt(fill->arena)};
        }
    }
}

static Error *open_poll(DemoFill *fill, const DemoEvent *event, const RoundInfo *round,
                        const PollTerms *terms)
{
    const DemoStage *vote = demo_plan_stage(fill->plan, event->row, STR("vote"));
    PollNew new = {.area = round->area,
                   .id = fill->polls[event->row].id,
                   .round = round->id,
                   .actor = demo_staff_id(fill, vote->opened_by),
                   .title = round->title,
                   .opens_at = demo_instant(fill, event->at),
                   .closes_at = round->closes_at,
                   .budget_fen = round->budget,
                   .max_choices = round->max_choices,
                   .minimum_age = round->minimum_age,
                   .maximum_age = terms->maximum_age,
                   .residencies = terms->residencies,
                   .rule = terms->rule,
                   .n_options = fill->plan->rounds[event->row].poll.n_options};
    PollOption *options = NULL;
    Error *err = freeze_options(fill, event->row, &options);
    new.options = options;
    return err ? err : db_write(fill->app->db, fill->arena, polls_open, &new, NULL, 0);
}

Error *demo_act_poll_open(DemoFill *fill, const DemoEvent *event)
{
    DemoPollRun *run = &fill->polls[event->row];
    const char *keys = fill->app->keys_directory;
    RoundInfo round;
    PollTerms terms;
    PollKey key;
    run->id = poll_new_id(demo_instant(fill, event->at));
    Error *err = read_round(fill, event->row, &round, &terms);
    if (!err) {
        err = poll_key_create(fill->arena, keys, run->id);
    }
    if (!err) {
        err = poll_key_load(fill->arena, keys, run->id, &key);
    }
    if (err) {
        return err;
    }
    draw_ballots(fill, event->row, &key, run);
    return open_poll(fill, event, &round, &terms);
}

/* Ballots for one use case. */
typedef struct Handful {
    const BallotCast *casts;
    size_t count;
} Handful;

static Error *cast_handful(Tx *tx, const void *input, Instant now, void *output)
{
    const Handful *handful = input;
    for (size_t i = 0; i < handful->count; i++) {
        BallotCastDone done;
        Error *err = polls_cast(tx, &handful->casts[i], now, &done);
        if (err) {
            return err;
        }
    }
    return NULL;
}

Error *demo_act_ballots(DemoFill *fill, const DemoEvent *event)
{
    const DemoPollRun *run = &fill->polls[event->row];
    size_t from = run->n_casts * (size_t)event->part / DEMO_BALLOT_PARTS;
    size_t to = run->n_casts * (size_t)(event->part + 1) / DEMO_BALLOT_PARTS;
    Error *err = NULL;
    while (from < to && !err) {
        size_t count = to - from < BALLOTS_AT_ONCE ? to - from : BALLOTS_AT_ONCE;
        Handful handful = {.casts = &run->casts[from], .count = count};
        err = db_write(fill->app->db, fill->arena, cast_handful, &handful, NULL, 0);
        from += count;
    }
    return err;
}

static PollAct act_of(const DemoFill *fill, int round)
{
    const DemoStage *vote = demo_plan_stage(fill->plan, round, STR("vote"));
    return (PollAct){.area = poll_area(fill, round),
                     .poll = fill->polls[round].id,
                     .actor = demo_staff_id(fill, vote->closed_by),
                     .version = FIRST_VERSION};
}

Error *demo_act_poll_close(DemoFill *fill, const DemoEvent *event)
{
    PollAct act = act_of(fill, event->row);
    return db_write(fill->app->db, fill->arena, polls_close, &act, NULL, 0);
}

Error *demo_act_poll_count(DemoFill *fill, const DemoEvent *event)
{
    PollAct act = act_of(fill, event->row);
    PollCount count;
    Snapshot *snapshot;
    Error *err = db_snapshot_begin(fill->app->db, fill->arena, &snapshot);
    if (err) {
        return err;
    }
    err = polls_compute(snapshot, act.area, act.poll, &count);
    db_snapshot_end(snapshot);
    if (err) {
        return err;
    }
    count.act.actor = act.actor;
    return db_write(fill->app->db, fill->arena, polls_store_count, &count, NULL, 0);
}
