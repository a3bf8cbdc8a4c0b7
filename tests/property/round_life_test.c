/* Random people live through whole rounds of both templates, carefully and wildly: after each act
 * everything of round_life_check.c holds. YZ_SEED=<seed> lives that life first; YZ_LIVES=<n>: so
 * many of each database and template instead of a few. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support/round_life.h"
#include "tests/support/test_db.h"

#define ACTS       1500
#define LIVES      2
#define FIRST_SEED 3

typedef struct Tally {
    int lives, over, done, refused, stages;
} Tally;

static uint64_t number_of(const char *name, uint64_t otherwise)
{
    const char *text = getenv(name);
    return text != NULL ? strtoull(text, NULL, 10) : otherwise;
}

static void live(DbKind kind, uint64_t seed, const char *template_name, Tally *tally)
{
    Life *life = life_begin(kind, seed, template_name);
    int pages_at = life->stage_no;
    for (int i = 0; i < ACTS && !life_is_over(life); i++) {
        life_act(life);
        if (life->stage_no != pages_at) {
            pages_at = life->stage_no;
            tally->stages++;
            life_check_pages(life);
        }
    }
    life_check_pages(life);
    tally->lives++;
    tally->over += life_is_over(life);
    tally->done += life->n_done;
    tally->refused += life->n_refused;
    if (getenv("YZ_LIVES") != NULL) {
        printf("seed %llu %s %s: %d acts, %d done, %d refused, %d races, stage %d\n",
               (unsigned long long)seed, template_name, test_db_name(kind), life->n_acts,
               life->n_done, life->n_refused, life->n_races, life->stage_no);
    }
    life_end(life);
}

static void live_all(DbKind kind, const char *template_name)
{
    uint64_t first = number_of("YZ_SEED", FIRST_SEED);
    uint64_t lives = number_of("YZ_LIVES", LIVES);
    Tally tally = {0};
    for (uint64_t seed = first; seed < first + lives; seed++) {
        live(kind, seed, template_name, &tally);
    }
    assert_true(tally.done > tally.lives * 60);
    assert_true(tally.refused > tally.lives * 40);
    assert_true(tally.stages > tally.lives * 3);
}

static void a_round_of_template_a_keeps_its_promises(void **state)
{
    live_all(*(DbKind *)*state, "first");
}

static void a_round_of_template_b_keeps_its_promises(void **state)
{
    live_all(*(DbKind *)*state, "minsheng");
}

int main(void)
{
    static DbKind sqlite = DB_SQLITE;
    static DbKind postgres = DB_POSTGRES;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(a_round_of_template_a_keeps_its_promises, &sqlite),
        cmocka_unit_test_prestate(a_round_of_template_b_keeps_its_promises, &sqlite),
        cmocka_unit_test_prestate(a_round_of_template_a_keeps_its_promises, &postgres),
        cmocka_unit_test_prestate(a_round_of_template_b_keeps_its_promises, &postgres),
    };
    return cmocka_run_group_tests_name("round_life", tests, NULL, NULL);
}
