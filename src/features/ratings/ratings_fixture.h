/* ratings_fixture.h: what the tests of this room share: a round at its evaluation with an accepted
 * project, residents on the roll, and steps. Only tests may enter other rooms' insides: they
 * include proposals_fixture.h, polls_sql.h and delivery_fixture.h before this. */
#ifndef FEATURES_RATINGS_RATINGS_FIXTURE_H
#define FEATURES_RATINGS_RATINGS_FIXTURE_H

#include "features/people/people.h"
#include "features/ratings/ratings.h"
#include "features/ratings/ratings_gates.h"
#include "ratings_sql.h"

#define EVALUATION_NO 10
#define DAY_MS        INT64_C(86400000)
#define SELF_WORDS    "扶手装好了，雨天好走多了；晚上灯还不够亮。"

static inline int64_t accepted_project(Fixture *f)
{
    int64_t project = funded(f);
    build(f, project);
    test_ok(try_accept(f, project, true));
    at_stage(f, EVALUATION_NO);
    return project;
}

static inline Date day_after(Fixture *f, int days)
{
    return (Date){today(f).days + days};
}

static inline void days_pass(Fixture *f, int days)
{
    atomic_fetch_add(&test_db_clock(f->db)->offset_ms, days * DAY_MS);
}

static inline Error *try_open(Fixture *f, int days)
{
    RatingOpen open = {AREA, f->round, WORKER, day_after(f, days)};
    return db_write(f->db, f->arena, ratings_open, &open, NULL, 0);
}

/* A project that is being rated. */
static inline int64_t rated_project(Fixture *f)
{
    int64_t project = accepted_project(f);
    test_ok(try_open(f, 14));
    return project;
}

static inline Error *try_close(Fixture *f, int64_t version)
{
    RatingClose close = {AREA, f->round, WORKER, version};
    return db_write(f->db, f->arena, ratings_close, &close, NULL, 0);
}

static inline Error *try_assess(Fixture *f, int64_t project, int64_t version, const char *words)
{
    RatingAssess assess = {.area = AREA,
                           .project = project,
                           .actor = WORKER,
                           .version = version,
                           .marks = {5, 4, 3},
                           .words = str_from(words)};
    return db_write(f->db, f->arena, ratings_assess, &assess, NULL, 0);
}

typedef struct Settler {
    int birth_year;
    Residency residency;
} Settler;

static inline Error *settle_one(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    const Settler *settler = input;
    PersonNew person = {.name = STR("林秀兰"), .birth_year = settler->birth_year};
    int64_t *id = output;
    Error *err = people_create(tx, &person, id);
    RollEntry entry = {.area = AREA, .person = *id, .residency = settler->residency};
    return err ? err : people_add_to_roll(tx, &entry);
}

static inline int64_t settled(Fixture *f, int birth_year, Residency residency)
{
    Settler settler = {birth_year, residency};
    int64_t id = 0;
    test_ok(db_write(f->db, f->arena, settle_one, &settler, &id, sizeof(id)));
    return id;
}

static inline int64_t neighbour(Fixture *f)
{
    return settled(f, 1950, RESIDENCY_REGISTERED);
}

static inline Error *try_rate(Fixture *f, int64_t project, int64_t person, int mark)
{
    RatingGive give = {AREA, project, person, {mark, mark, mark}};
    return db_write(f->db, f->arena, ratings_rate, &give, NULL, 0);
}

static inline GateReport rating_gate(Fixture *f)
{
    return test_gate(f->db, f->arena, &ratings_feature, "ratings_closed", AREA, f->round,
                     EVALUATION_NO);
}

/* How often a mark was given to a question of a project, as counted; -1: no such count. */
static inline int64_t counted(Fixture *f, int64_t project, int question, int mark)
{
    Snapshot *snapshot;
    RatingTalliesOfRows rows;
    int64_t n = -1;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_rating_tallies_of(snapshot, AREA, project, &rows));
    db_snapshot_end(snapshot);
    for (size_t i = 0; i < rows.count; i++) {
        const RatingTalliesOfRow *row = &rows.rows[i];
        n = row->question == question && row->mark == mark ? row->n : n;
    }
    return n;
}

#endif
