/* round_life.c: the community, the round, and choosing what is tried next. */
#include "tests/support/round_life.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>
#include <sodium.h>

#include "features/areas/areas.h"
#include "features/people/people.h"
#include "tests/support/round_rules_change.h"
#include "tests/support/test_db.h"
#include "tests/support/test_folder.h"

#define ARENA_BYTES   (512u << 20)
#define SCRATCH_BYTES (64u << 20)
#define BUDGET_FEN    INT64_C(16000000)
/* Of ten acts so many are wild. */
#define WILD_OF_TEN 4
/* Of acts that can happen once one in so many is tried by two at once. */
#define RACE_ONE_IN 6

void life_broken(const Life *life, const char *claim)
{
    fail_msg("YZ_SEED=%llu, %.*s, act %d (%s%s), stage %d: not so: %s%s%.*s",
             (unsigned long long)life->seed, STR_ARG(life->template_name), life->n_acts,
             life->is_wild ? "wild " : "", life->act_name, life->stage_no, claim,
             life->said.len > 0 ? "; it said " : "", STR_ARG(life->said));
}

/* --- chance ------------------------------------------------------------------------------------
 */

int64_t life_below(Life *life, int64_t bound)
{
    return bound <= 0 ? 0 : (int64_t)seeded_below(&life->random, (uint64_t)bound);
}

bool life_slips(Life *life, int n)
{
    return life->is_wild && life_below(life, n) == 0;
}

int64_t life_resident(Life *life)
{
    return life->people[life_below(life, LIFE_PEOPLE)];
}

int64_t life_worker(Life *life)
{
    return life->staff[life_below(life, LIFE_STAFF - 1)];
}

int64_t life_version(Life *life, int64_t version)
{
    return life_slips(life, 4) ? version - 1 + 2 * life_below(life, 2) : version;
}

Money life_money(Life *life, int64_t fen)
{
    const int64_t wild[] = {-fen, 0, 1, BUDGET_FEN + 1, BUDGET_FEN, MONEY_MAX_FEN, fen * 3};
    size_t which = (size_t)life_below(life, countof(wild));
    return (Money){life_slips(life, 3) ? wild[which] : fen};
}

Str life_words(Life *life)
{
    return life_slips(life, 5) ? STR("短")
                               : STR("居民代表和社区工作者一起商量过这件事，都记在这里。");
}

/* --- reading and writing -----------------------------------------------------------------------
 */

Date life_today(Life *life)
{
    return instant_date(clock_now(test_db_clock(life->db)));
}

Snapshot *life_look(Life *life)
{
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(life->db, life->scratch, &snapshot));
    return snapshot;
}

Error *life_write(Life *life, UseCase *use_case, const void *input, void *output, size_t size)
{
    life->was_tried = true;
    return db_write(life->db, life->scratch, use_case, input, output, size);
}

/* Somebody else, with the same in mind. */
typedef struct Rival {
    Life *life;
    UseCase *use_case;
    const void *input;
    void *output;
    size_t size;
    Arena *arena;
    Error *error;
} Rival;

static void *run_rival(void *user)
{
    Rival *rival = user;
    rival->error = db_write(rival->life->db, rival->arena, rival->use_case, rival->input,
                            rival->output, rival->size);
    return NULL;
}

static Error *race(Life *life, UseCase *use_case, const void *input, void *output, size_t size)
{
    pthread_t thread;
    Arena *arena = arena_create(SCRATCH_BYTES);
    Rival rival = {life, use_case, input, arena_alloc(arena, size + 1, 1, 16), size, arena, NULL};
    require(pthread_create(&thread, NULL, run_rival, &rival) == 0);
    Error *err = db_write(life->db, life->scratch, use_case, input, output, size);
    require(pthread_join(thread, NULL) == 0);
    life->n_races++;
    /* of two at once one wins */
    LIFE_HOLDS(life, err != NULL || rival.error != NULL);
    LIFE_HOLDS(life, rival.error == NULL || !error_is_environment(rival.error));
    err = rival.error == NULL ? NULL : err;
    arena_destroy(arena);
    return err;
}

Error *life_once(Life *life, UseCase *use_case, const void *input, void *output, size_t size)
{
    if (life_below(life, RACE_ONE_IN) != 0) {
        return life_write(life, use_case, input, output, size);
    }
    life->was_tried = true;
    return race(life, use_case, input, output, size);
}

/* --- the beginning -----------------------------------------------------------------------------
 */

static void one_reader(RoundRules *rules)
{
    rules->two_readers = false;
}

static Error *settle(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)input;
    Life *life = output;
    AreaNew area = {.kind = AREA_COMMUNITY, .name = STR("桂竹社区")};
    Error *err = areas_create(tx, &area, &life->area);
    for (int i = 0; !err && i < LIFE_PEOPLE; i++) {
        PersonNew person = {.name = arena_printf(tx_arena(tx), "邻居%d", i + 1),
                            .birth_year = 1950 + i * 4,
                            .birth_month = 5};
        err = people_create(tx, &person, &life->people[i]);
        RollEntry entry = {.area = life->area,
                           .person = life->people[i],
                           .door = person.name,
                           .residency = RESIDENCY_REGISTERED};
        err = err ? err : people_add_to_roll(tx, &entry);
    }
    for (int i = 0; !err && i < LIFE_STAFF; i++) {
        PersonNew person = {.name = arena_printf(tx_arena(tx), "社工%d", i + 1)};
        err = people_create(tx, &person, &life->staff[i]);
    }
    return err;
}

static Error *begin_round(Tx *tx, const void *input, Instant now, void *output)
{
    return programmes_create_round(tx, input, now, output);
}

static void after_act(Life *life)
{
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(life->db, life->arena, &snapshot));
    life_see(life, snapshot);
    db_snapshot_end(snapshot);
}

Life *life_begin(DbKind kind, uint64_t seed, const char *template_name)
{
    require(sodium_init() >= 0);
    Arena *arena = arena_create(ARENA_BYTES);
    Life *life = arena_new(arena, Life);
    Life settled = {0};
    *life = (Life){.arena = arena,
                   .scratch = arena_create(SCRATCH_BYTES),
                   .seed = seed,
                   .random = {seed},
                   .template_name = str_from(template_name),
                   .act_name = "begin",
                   .keys = test_folder_make(arena)};
    test_db_open(arena, kind, &life->db);
    Clock real = {0};
    test_db_clock(life->db)->offset_ms =
        instant_at(date_of((CivilDate){2027, 3, 1}), 9, 0).ms - clock_now(&real).ms;
    test_ok(db_write(life->db, arena, settle, NULL, &settled, sizeof(settled)));
    life->area = settled.area;
    memcpy(life->people, settled.people, sizeof(life->people));
    memcpy(life->staff, settled.staff, sizeof(life->staff));
    NewRound new = {.area = life->area,
                    .actor = life->staff[0],
                    .template_name = life->template_name,
                    .title = STR("试一批"),
                    .budget = {BUDGET_FEN},
                    .max_choices = 3,
                    .minimum_age = 15};
    test_ok(db_write(life->db, arena, begin_round, &new, &life->round, sizeof(life->round)));
    if (seed % 2 == 0) {
        round_rules_change(life->db, arena, life->area, life->round, one_reader);
    }
    after_act(life);
    return life;
}

void life_end(Life *life)
{
    test_db_close(life->db);
    test_folder_remove(life->keys);
    arena_destroy(life->scratch);
    arena_destroy(life->arena);
}

bool life_is_over(const Life *life)
{
    return life->stage_no == 0;
}

/* --- what is tried -----------------------------------------------------------------------------
 */

static const struct LifeActRow *row_at(size_t i)
{
    if (i < life_n_early) {
        return &life_early_acts[i];
    }
    i -= life_n_early;
    return i < life_n_middle ? &life_middle_acts[i] : &life_late_acts[i - life_n_middle];
}

/* Of a careful person one that belongs to the open stage, of others any. */
static const struct LifeActRow *choose(Life *life)
{
    size_t count = life_n_early + life_n_middle + life_n_late;
    for (;;) {
        const struct LifeActRow *row = row_at((size_t)life_below(life, (int64_t)count));
        bool belongs = (row->kinds & 1u << life->stage) != 0;
        if (belongs || (life->is_wild && life_below(life, 2) == 0)) {
            return row;
        }
    }
}

void life_act(Life *life)
{
    life->is_wild = life_below(life, 10) < WILD_OF_TEN;
    const struct LifeActRow *row = choose(life);
    life->act_name = row->name;
    life->was_tried = false;
    life->said = STR("");
    life->n_acts++;
    Error *err = row->run(life);
    if (life->was_tried) {
        life->n_done += err == NULL;
        life->n_refused += err != NULL;
        life->said = err ? str_from(error_code_name(err->code)) : STR("");
        life_check(life, err);
    }
    arena_reset(life->scratch);
}
