/* Random legal and illegal acts against the stage engine: what must hold after each of them,
 * whoever tries what in which order. YZ_SEED=<seed> tries that round first. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/random.h"
#include "features/programmes/programmes.h"
#include "platform/journal/journal.h"
#include "platform/settings/settings.h"
#include "tests/support/test_db.h"

#define AREA   INT64_C(71)
#define PERSON INT64_C(72)
#define ROUNDS 12
#define ACTS   90

typedef struct World {
    Arena *arena;
    Db *db;
    uint64_t seed;
    Seeded random;
    int64_t round;
    StageInfo *stages;
    size_t n_stages;
    size_t n_entries; /* of the journal */
    int advanced, refused;
} World;

#define HOLDS(world, claim)                                                                        \
    do {                                                                                           \
        if (!(claim)) {                                                                            \
            fail_msg("YZ_SEED=%llu: %s", (unsigned long long)(world)->seed, #claim);               \
        }                                                                                          \
    } while (0)

/* --- gates whose state is a setting: 1 shut --------------------------------------------------- */

#define GATES 6
static const char *const gate_keys[GATES] = {"proposals_decided", "poll_counted",
                                             "publication_over",  "all_answered",
                                             "owners_agreed",     "resolved"};

static Error *check_setting(Snapshot *snapshot, int gate, GateReport *out)
{
    int64_t is_shut = 0;
    Error *err = setting_get_int(snapshot, AREA, gate_keys[gate], 0, &is_shut);
    out->state = is_shut ? GATE_UNMET : GATE_MET;
    return err;
}

#define CHECK_OF(number)                                                                           \
    static Error *check_##number(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,   \
                                 GateReport *out)                                                  \
    {                                                                                              \
        (void)area;                                                                                \
        (void)round;                                                                               \
        (void)stage;                                                                               \
        return check_setting(snapshot, number, out);                                               \
    }
CHECK_OF(0)
CHECK_OF(1)
CHECK_OF(2)
CHECK_OF(3)
CHECK_OF(4)
CHECK_OF(5)

static Error *check_met(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                        GateReport *out)
{
    (void)snapshot;
    (void)area;
    (void)round;
    (void)stage;
    out->state = GATE_MET;
    return NULL;
}

static const Gate gates[] = {{"proposals_decided", check_0},    {"poll_counted", check_1},
                             {"publication_over", check_2},     {"all_answered", check_3},
                             {"owners_agreed", check_4},        {"resolved", check_5},
                             {"objections_answered", check_met}};
static const Feature room = {.name = "gates", .gates = gates, .n_gates = countof(gates)};
static const Feature *const rooms[] = {&room};

static Error *set_gate(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const int *gate = input;
    return setting_set(tx, AREA, gate_keys[gate[0]], gate[1] ? STR("1") : STR("0"));
}

static bool is_shut(World *w, Str names)
{
    size_t count = 0;
    Str *each = gate_names(w->arena, names, &count);
    Snapshot *snapshot;
    bool shut = false;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    for (size_t i = 0; i < count; i++) {
        int64_t value = 0;
        test_ok(setting_get_int(snapshot, AREA, arena_cstr(w->arena, each[i]), 0, &value));
        shut = shut || value == 1;
    }
    db_snapshot_end(snapshot);
    return shut;
}

/* --- what is so ------------------------------------------------------------------------------- */

static void look(World *w)
{
    Snapshot *snapshot;
    JournalEntry *entries = NULL;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(programmes_stages(snapshot, AREA, w->round, &w->stages, &w->n_stages));
    test_ok(journal_list(snapshot, AREA, 0, 10000, &entries, &w->n_entries));
    db_snapshot_end(snapshot);
}

static const StageInfo *open_stage(const World *w)
{
    for (size_t i = 0; i < w->n_stages; i++) {
        if (w->stages[i].state == STAGE_OPEN) {
            return &w->stages[i];
        }
    }
    return NULL;
}

static const StageInfo *next_stage(const World *w)
{
    const StageInfo *open = open_stage(w);
    for (size_t i = 0; open != NULL && i < w->n_stages; i++) {
        if (w->stages[i].no > open->no && w->stages[i].state == STAGE_NOT_YET) {
            return &w->stages[i];
        }
    }
    return NULL;
}

static void check_order(const World *w)
{
    const StageInfo *open = open_stage(w);
    int n_open = 0;
    for (size_t i = 0; i < w->n_stages; i++) {
        const StageInfo *stage = &w->stages[i];
        n_open += stage->state == STAGE_OPEN;
        HOLDS(w, stage->no == (int)i + 1);
        HOLDS(w, stage->state != STAGE_WAIVED || stage_kind_may_be_waived(stage->kind));
        HOLDS(w, stage->state != STAGE_WAIVED || stage->waive_reason.len > 0);
        HOLDS(w, open == NULL || stage->no <= open->no || stage->state == STAGE_NOT_YET ||
                     stage->state == STAGE_WAIVED);
        HOLDS(w, (open != NULL && stage->no >= open->no) || stage->state == STAGE_DONE ||
                     stage->state == STAGE_WAIVED);
        HOLDS(w, stage->opens_at.ms <= stage->closes_at.ms);
    }
    HOLDS(w, n_open <= 1);
}

static void check_dates(const World *w)
{
    const StageInfo *before = NULL;
    for (size_t i = 0; i < w->n_stages; i++) {
        const StageInfo *stage = &w->stages[i];
        if (stage->state != STAGE_OPEN && stage->state != STAGE_NOT_YET) {
            continue;
        }
        HOLDS(w, before == NULL || before->closes_at.ms < stage->opens_at.ms);
        before = stage;
    }
}

/* Nothing that is over becomes anything else. */
static void check_kept(const World *w, const StageInfo *before)
{
    for (size_t i = 0; i < w->n_stages; i++) {
        bool was_over = before[i].state == STAGE_DONE || before[i].state == STAGE_WAIVED;
        HOLDS(w, !was_over || (before[i].state == w->stages[i].state &&
                               before[i].closed_at.ms == w->stages[i].closed_at.ms));
    }
}

static void check_unchanged(const World *w, const StageInfo *before)
{
    for (size_t i = 0; i < w->n_stages; i++) {
        HOLDS(w, before[i].state == w->stages[i].state);
        HOLDS(w, before[i].opens_at.ms == w->stages[i].opens_at.ms);
        HOLDS(w, before[i].closes_at.ms == w->stages[i].closes_at.ms);
    }
}

/* --- acts ------------------------------------------------------------------------------------- */

static Str reason(World *w)
{
    return seeded_below(&w->random, 5) == 0 ? STR("短") : STR("居民代表会议讨论过这件事");
}

static Error *try_advance(World *w)
{
    const StageInfo *open = open_stage(w);
    const StageInfo *next = next_stage(w);
    bool guesses = open == NULL || seeded_below(&w->random, 6) == 0;
    int from_no = guesses ? (int)seeded_below(&w->random, 13) : open->no;
    bool is_legal = open != NULL && from_no == open->no && !is_shut(w, open->gates) &&
                    (next == NULL || !is_shut(w, next->enter_gates));
    AdvanceRound input = {AREA, w->round, PERSON, from_no, STR(""), rooms, 1};
    RoundAdvanced done;
    Error *err = db_write(w->db, w->arena, programmes_advance, &input, &done, sizeof(done));
    HOLDS(w, is_legal == (err == NULL));
    HOLDS(w, err || done.to_no == (next != NULL ? next->no : 0));
    w->advanced += err == NULL;
    return err;
}

static Error *try_waive(World *w)
{
    WaiveStage input = {AREA, w->round, PERSON, (int)seeded_below(&w->random, 13), reason(w)};
    const StageInfo *stage =
        input.no >= 1 && (size_t)input.no <= w->n_stages ? &w->stages[input.no - 1] : NULL;
    bool is_legal = stage != NULL && stage->state == STAGE_NOT_YET &&
                    stage_kind_may_be_waived(stage->kind) && input.reason.len > 10;
    Error *err = db_write(w->db, w->arena, programmes_waive, &input, NULL, 0);
    HOLDS(w, is_legal == (err == NULL));
    return err;
}

static Error *try_move(World *w)
{
    Snapshot *snapshot;
    RoundInfo info;
    test_ok(db_snapshot_begin(w->db, w->arena, &snapshot));
    test_ok(programmes_round(snapshot, AREA, w->round, &info));
    Date today = instant_date(snapshot_now(snapshot));
    db_snapshot_end(snapshot);
    int no = (int)seeded_below(&w->random, 13);
    Date day = {today.days - 20 + (int)seeded_below(&w->random, 300)};
    bool is_stale = seeded_below(&w->random, 8) == 0;
    MovePlan input = {AREA, w->round, PERSON,   info.version - (is_stale ? 1 : 0),
                      no,   day,      reason(w)};
    const StageInfo *stage = no >= 1 && (size_t)no <= w->n_stages ? &w->stages[no - 1] : NULL;
    Error *err = db_write(w->db, w->arena, programmes_move_plan, &input, NULL, 0);
    bool may_move = stage != NULL && (stage->state == STAGE_OPEN || stage->state == STAGE_NOT_YET);
    HOLDS(w, err || (may_move && !is_stale && input.reason.len > 10));
    HOLDS(w, err || stage == NULL || stage->kind != STAGE_KIND_PUBLISH ||
                 day.days >= instant_date(stage->closes_at).days);
    return err;
}

static void flip_gate(World *w)
{
    int gate[2] = {(int)seeded_below(&w->random, GATES), seeded_below(&w->random, 3) == 0};
    test_ok(db_write(w->db, w->arena, set_gate, gate, NULL, 0));
}

static void act(World *w)
{
    StageInfo *before = w->stages;
    size_t entries = w->n_entries;
    uint64_t which = seeded_below(&w->random, 10);
    Error *err = NULL;
    if (which < 3) {
        flip_gate(w);
        return;
    }
    err = which < 7 ? try_advance(w) : which < 8 ? try_waive(w) : try_move(w);
    look(w);
    HOLDS(w, w->n_entries == entries + (err ? 0 : 1));
    check_order(w);
    check_dates(w);
    check_kept(w, before);
    if (err) {
        check_unchanged(w, before);
        w->refused++;
    }
}

/* --- rounds ----------------------------------------------------------------------------------- */

static Error *create(Tx *tx, const void *input, Instant now, void *output)
{
    return programmes_create_round(tx, input, now, output);
}

static World *begin(uint64_t seed)
{
    static const char *const names[] = {"first", "short", "minsheng"};
    Arena *arena = arena_create(256u << 20);
    World *w = arena_new(arena, World);
    *w = (World){.arena = arena, .seed = seed, .random = {seed}};
    test_db_open(arena, DB_SQLITE, &w->db);
    NewRound new = {.area = AREA,
                    .actor = PERSON,
                    .template_name = str_from(names[seed % countof(names)]),
                    .title = STR("试一批"),
                    .budget = {10000000},
                    .max_choices = 3,
                    .minimum_age = 15};
    test_ok(db_write(w->db, arena, create, &new, &w->round, sizeof(w->round)));
    look(w);
    return w;
}

static void whatever_is_tried_the_stages_stay_in_order(void **state)
{
    (void)state;
    const char *text = getenv("YZ_SEED");
    uint64_t first = text != NULL ? strtoull(text, NULL, 10) : 1;
    int advanced = 0;
    int refused = 0;
    for (uint64_t seed = first; seed < first + ROUNDS; seed++) {
        World *w = begin(seed);
        for (int i = 0; i < ACTS; i++) {
            act(w);
        }
        advanced += w->advanced;
        refused += w->refused;
        test_db_close(w->db);
        arena_destroy(w->arena);
    }
    assert_true(advanced > ROUNDS * 3);
    assert_true(refused > ROUNDS * 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whatever_is_tried_the_stages_stay_in_order),
    };
    return cmocka_run_group_tests_name("stage_engine", tests, NULL, NULL);
}
