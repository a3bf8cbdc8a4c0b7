/* The lot: what sha256sum prints, and an order that does not depend on anything else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "tally/tally.h"

static void assert_lot(const char *seed, const char *name, const char *expected)
{
    uint8_t lot[TALLY_LOT_BYTES];
    char text[2 * TALLY_LOT_BYTES + 1];
    tally_lot(str_from(seed), str_from(name), lot);
    for (size_t i = 0; i < sizeof lot; i++) {
        snprintf(text + 2 * i, 3, "%02x", lot[i]);
    }
    assert_string_equal(text, expected);
}

/* printf %s "SEED:NAME" | sha256sum */
static void a_lot_is_what_sha256sum_prints(void **state)
{
    (void)state;
    assert_lot("abc", "P1", "dd5737d54f5587134f4825004ddfaaf89d4276e3638cf28966999a9b91ec1bc0");
    assert_lot("", "", "e7ac0786668e0ff0f02b62bd04f45ff636fd82db63b1104601c975dc005f3a67");
    assert_lot("2026-05-01 公证处 318", "滑滑梯",
               "5b1e6e7a1dfa2a0ea5b5752a3f684936852c947618b0aab6ef179ac03cca665c");
    assert_lot("s", "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn",
               "f78e202a8b5dbde74fa52d7adff9364b3cd672bf202bc8d2d537cabcde186e5b");
    assert_lot("s", "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn",
               "3af4c9fb56b15073d249de5704ff22777aa98eaf63f856d3f00fa442c589d876");
    assert_lot("s", "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn",
               "cf4c4f03a4972d47a069aefc4da0fd0888c46eb5be281342aa8a70d2349929a5");
    assert_lot("s",
               "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
               "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
               "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn",
               "066e41fb89b654de848b74d7abd0a3c85a8bbd5b331eef6fd71ba4e964d130e1");
}

static TallyResult draw(Arena *arena, const char *order)
{
    static const TallyProject projects[] = {
        {STR_INIT("bench"), 10}, {STR_INIT("lamp"), 10}, {STR_INIT("tree"), 10}};
    static const uint32_t start[] = {0, 3};
    static const uint32_t choices[] = {0, 1, 2};
    TallyElection election = {.projects = projects,
                              .n_projects = 3,
                              .budget = 30,
                              .n_ballots = 1,
                              .start = start,
                              .choices = choices};
    TallyOptions options = tally_default_options();
    assert_true(tally_parse_ties(str_from(order), &options.ties));
    TallyResult result;
    assert_null(tally_run(arena, &election, &options, &result));
    assert_int_equal(result.n_selected, 3);
    return result;
}

static void the_lower_lot_comes_first(void **state)
{
    (void)state;
    Arena *arena = arena_create(1024 * 1024);
    TallyResult result = draw(arena, "votes,lot:2026-05-01 public draw 17");
    uint8_t lots[3][TALLY_LOT_BYTES];
    static const char *const names[] = {"bench", "lamp", "tree"};
    for (uint32_t i = 0; i < 3; i++) {
        tally_lot(STR("2026-05-01 public draw 17"), str_from(names[result.selected[i]]), lots[i]);
        assert_true(i == 0 || memcmp(lots[i - 1], lots[i], TALLY_LOT_BYTES) < 0);
    }
    arena_destroy(arena);
}

static void another_seed_may_give_another_order(void **state)
{
    (void)state;
    Arena *arena = arena_create(1024 * 1024);
    bool differs = false;
    TallyResult first = draw(arena, "lot:0");
    for (int seed = 1; seed < 10; seed++) {
        TallyResult other = draw(arena, arena_printf(arena, "lot:%d", seed).data);
        differs = differs || memcmp(first.selected, other.selected, 3 * sizeof(uint32_t)) != 0;
    }
    assert_true(differs);
    arena_destroy(arena);
}

static void a_lot_stands_last_and_keeps_its_commas(void **state)
{
    (void)state;
    TallyTies ties;
    assert_true(tally_parse_ties(STR("cost,lot:12, 34,name"), &ties));
    assert_int_equal(ties.count, 2);
    assert_int_equal(ties.keys[1], TALLY_KEY_LOT);
    assert_true(str_eq(ties.seed, STR("12, 34,name")));
    assert_false(tally_parse_ties(STR("lot:"), &ties));
    assert_false(tally_parse_ties(STR("lot:a\nb"), &ties));
    assert_false(tally_parse_ties(STR("name,lot:1"), &ties));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lot_is_what_sha256sum_prints),
        cmocka_unit_test(the_lower_lot_comes_first),
        cmocka_unit_test(another_seed_may_give_another_order),
        cmocka_unit_test(a_lot_stands_last_and_keeps_its_commas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
