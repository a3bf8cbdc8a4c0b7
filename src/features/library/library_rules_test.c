/* What an entry of the project library must say. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "features/library/library_rules.h"
#include "features/proposals/proposals_rules.h"

static int set_up(void **state)
{
    *state = arena_create(1u << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

static EntryFact good(void)
{
    return (EntryFact){.title = STR("老人理发上门"),
                       .kind = PROPOSAL_SERVICE,
                       .scope = STR("每月一次，到家里理发，自带工具。"),
                       .provider = STR("圆桌社工站"),
                       .price = {200000},
                       .unit = STR("场"),
                       .basis = STR("去年三场的平均价")};
}

static void refuses(Arena *arena, const EntryFact *fact, ErrorCode code, const char *field)
{
    Error *err = library_check(arena, fact);
    assert_non_null(err);
    assert_int_equal(err->code, code);
    assert_true(str_eq(err->field, str_from(field)));
}

static void an_entry_says_what_it_is(void **state)
{
    EntryFact fact = good();
    assert_null(library_check(*state, &fact));
    fact.title = STR("灯");
    refuses(*state, &fact, ERROR_FIELD_TOO_SHORT, "title");
    fact = good();
    fact.scope = STR("理发");
    refuses(*state, &fact, ERROR_FIELD_TOO_SHORT, "scope");
    fact = good();
    fact.kind = PROPOSAL_KIND_UNSURE;
    refuses(*state, &fact, ERROR_FIELD_NOT_CHOICE, "kind");
}

static void a_price_has_a_unit_and_comes_from_somewhere(void **state)
{
    EntryFact fact = good();
    fact.unit = STR("");
    refuses(*state, &fact, ERROR_FIELD_MISSING, "unit");
    fact = good();
    fact.basis = STR("");
    refuses(*state, &fact, ERROR_FIELD_TOO_SHORT, "basis");
    fact = good();
    fact.price.fen = -1;
    refuses(*state, &fact, ERROR_FIELD_TOO_SMALL, "price");
}

static void without_a_price_there_is_no_unit(void **state)
{
    EntryFact fact = good();
    fact.price.fen = 0;
    fact.title = STR("  老人理发上门 ");
    EntryFact clean = library_clean(&fact);
    assert_int_equal(clean.unit.len, 0);
    assert_int_equal(clean.basis.len, 0);
    assert_true(str_eq(clean.title, STR("老人理发上门")));
    assert_null(library_check(*state, &clean));
}

static void what_is_taken_out_says_why(void **state)
{
    assert_null(library_reason_check(*state, STR("单位不做了")));
    assert_int_equal(library_reason_check(*state, STR("不"))->code, ERROR_FIELD_TOO_SHORT);
}

#define RULE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        RULE(an_entry_says_what_it_is),
        RULE(a_price_has_a_unit_and_comes_from_somewhere),
        RULE(without_a_price_there_is_no_unit),
        RULE(what_is_taken_out_says_why),
    };
    return cmocka_run_group_tests_name("library_rules", tests, NULL, NULL);
}
