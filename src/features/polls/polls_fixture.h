/* polls_fixture.h: a community of six and its poll, for the tests of this room. */
#ifndef FEATURES_POLLS_FIXTURE_H
#define FEATURES_POLLS_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/people/people.h"
#include "features/polls/polls.h"
#include "features/polls/polls_key.h"
#include "platform/bundle/bundle.h"
#include "polls_sql.h"
#include "test_db.h"

#define AREA   1001
#define VOTERS 6
#define POLL   77

typedef struct World {
    Arena *arena;
    Db *db;
    Instant opened;
    int64_t people[VOTERS]; /* 0-3 may vote; 4 is fourteen; 5 only works here */
    int64_t stranger;
    PollKey key;
    int64_t poll;  /* that ballots go into */
    int64_t round; /* of the next one opened besides it */
} World;

typedef struct Making {
    int64_t people[VOTERS];
    int64_t stranger;
} Making;

static inline Error *make_people(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    Making *made = output;
    int this_year = instant_civil(now).date.year;
    for (int i = 0; i < VOTERS; i++) {
        PersonNew person = {.name = arena_printf(tx_arena(tx), "投票人%d", i),
                            .birth_year = i == 4 ? this_year - 14 : 1960 + i,
                            .birth_month = 5};
        RollEntry entry = {.area = AREA,
                           .residency = i == 5 ? RESIDENCY_WORKS_HERE : RESIDENCY_REGISTERED};
        Error *err = people_create(tx, &person, &made->people[i]);
        entry.person = made->people[i];
        if (!err) {
            err = people_add_to_roll(tx, &entry);
        }
        if (err) {
            return err;
        }
    }
    PersonNew stranger = {.name = STR("外人"), .birth_year = 1970, .birth_month = 1};
    return people_create(tx, &stranger, &made->stranger);
}

static const PollOption options[] = {
    {.code = STR_INIT("001"), .title = STR_INIT("路灯"), .kind = 1, .cost_fen = {600}},
    {.code = STR_INIT("002"), .title = STR_INIT("扶手"), .kind = 1, .cost_fen = {500}},
    {.code = STR_INIT("003"), .title = STR_INIT("座椅"), .kind = 3, .cost_fen = {400}},
};

static inline PollNew new_poll(Instant now)
{
    return (PollNew){.area = AREA,
                     .id = POLL,
                     .round = 5,
                     .title = STR("第一批"),
                     .opens_at = now,
                     .closes_at = {now.ms + 3600000},
                     .budget_fen = {1000},
                     .max_choices = 2,
                     .minimum_age = 15,
                     .rule = poll_rule_default(),
                     .options = options,
                     .n_options = countof(options)};
}

static inline int make_world(void **state, DbKind kind)
{
    World *w = calloc(1, sizeof(*w));
    w->arena = arena_create((size_t)1 << 28);
    test_db_open(w->arena, kind, &w->db);
    Making made;
    test_ok(db_write(w->db, w->arena, make_people, NULL, &made, sizeof(made)));
    memcpy(w->people, made.people, sizeof(made.people));
    w->stranger = made.stranger;
    memset(w->key.bytes, 7, sizeof(w->key.bytes));
    w->opened = clock_now(test_db_clock(w->db));
    w->poll = POLL;
    w->round = 6;
    PollNew poll = new_poll(w->opened);
    test_ok(db_write(w->db, w->arena, polls_open, &poll, NULL, 0));
    *state = w;
    return 0;
}

static inline int on_sqlite(void **state)
{
    return make_world(state, DB_SQLITE);
}

static inline int on_postgres(void **state)
{
    return make_world(state, DB_POSTGRES);
}

static inline int end_world(void **state)
{
    World *w = *state;
    test_db_close(w->db);
    arena_destroy(w->arena);
    free(w);
    return 0;
}

static inline Error *cast(World *w, int64_t person, const int64_t *choices, size_t n,
                          Str *out_receipt)
{
    BallotCast input = {.area = AREA,
                        .poll = w->poll,
                        .person = person,
                        .ballot_key = poll_ballot_key(w->arena, &w->key, person),
                        .options = choices,
                        .n_options = n,
                        .receipt = poll_new_receipt(w->arena)};
    BallotCastDone done = {0};
    Error *err = db_write(w->db, w->arena, polls_cast, &input, &done, sizeof(done));
    if (out_receipt) {
        *out_receipt = done.receipt;
    }
    return err;
}

static inline void assert_code(const Error *err, ErrorCode code)
{
    assert_non_null(err);
    assert_string_equal(error_code_name(err->code), error_code_name(code));
}

static inline int64_t ballots_in(World *w)
{
    Snapshot *snapshot;
    BallotCountRow row;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(sql_ballot_count(snapshot, AREA, POLL, &row));
    db_snapshot_end(snapshot);
    return row.n;
}

static inline PollGetRow poll_now(World *w)
{
    Snapshot *snapshot;
    PollGetRow row;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(sql_poll_get(snapshot, AREA, w->poll, &row));
    db_snapshot_end(snapshot);
    return row;
}

static inline void pass_an_hour(World *w)
{
    atomic_fetch_add(&test_db_clock(w->db)->offset_ms, 3600000);
}

static inline Error *close_poll(World *w)
{
    PollAct act = {AREA, w->poll, 9, poll_now(w).version};
    return db_write(w->db, w->arena, polls_close, &act, NULL, 0);
}

static inline Error *count_poll(World *w, PollCount *count)
{
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    Error *err = polls_compute(snapshot, AREA, w->poll, count);
    db_snapshot_end(snapshot);
    return err ? err : db_write(w->db, w->arena, polls_store_count, count, NULL, 0);
}

static const int64_t first[] = {1};
static const int64_t first_and_third[] = {1, 3};
static const int64_t second[] = {2};

static inline void vote_all(World *w)
{
    test_ok(cast(w, w->people[0], first_and_third, 2, NULL));
    test_ok(cast(w, w->people[1], first, 1, NULL));
    test_ok(cast(w, w->people[2], second, 1, NULL));
    test_ok(cast(w, w->people[3], first_and_third, 2, NULL));
    pass_an_hour(w);
    test_ok(close_poll(w));
}

static inline void assert_bundle_is_same(World *w)
{
    Buf bundle;
    Snapshot *snapshot;
    BundleVerdict verdict;
    buf_init(&bundle, 1 << 20);
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(polls_bundle_file(snapshot, AREA, w->poll, &bundle));
    db_snapshot_end(snapshot);
    bundle_check(w->arena, buf_view(&bundle), &verdict);
    if (!verdict.is_same) {
        fail_msg("%.*s", STR_ARG(verdict.difference));
    }
    assert_int_equal(verdict.voters, 4);
    buf_free(&bundle);
}

#define ON(name)                                                                                   \
    {#name "_on_sqlite", name, on_sqlite, end_world, NULL},                                        \
    {                                                                                              \
#name "_on_postgres", name, on_postgres, end_world, NULL                                   \
    }

#endif
