#include "features/programmes/programmes_template.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define HEAD "[template]\ntitle = 试一试\n"

static int set_up(void **state)
{
    *state = arena_create(1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

static void refused_at_line(Arena *arena, const char *text, int line, const char *words)
{
    RoundTemplate parsed;
    Error *error = template_parse(arena, STR("x"), text, &parsed);
    assert_non_null(error);
    assert_int_equal(error->code, ERROR_CONFIGURATION);
    assert_int_equal(error->number, line);
    assert_true(str_contains(error->word, str_from(words)));
    assert_true(str_starts_with(error->word, STR("x.ini:")));
}

static void the_first_template_has_ten_stages_of_every_kind(void **state)
{
    RoundTemplate first;
    bool found = false;
    assert_null(template_find(*state, STR("first"), &first, &found));
    assert_true(found);
    assert_int_equal(first.n_stages, 10);
    for (size_t i = 0; i < 10; i++) {
        assert_int_equal(first.stages[i].kind, (int)i + 1);
    }
    assert_true(str_eq(first.stages[1].gates, STR("proposals_decided")));
    assert_true(str_eq(first.stages[5].gates, STR("poll_counted")));
    assert_true(str_eq(first.stages[6].gates, STR("publication_over objections_answered")));
    assert_int_equal(first.stages[6].span.working_days, 5);
}

static void every_template_in_the_program_is_good(void **state)
{
    RoundTemplate *all = NULL;
    size_t count = 0;
    assert_null(template_list(*state, &all, &count));
    assert_true(count >= 2);
    for (size_t i = 0; i < count; i++) {
        assert_true(all[i].title.len > 0 && all[i].title_en.len > 0);
        assert_true(all[i].summary.len > 0 && all[i].summary_en.len > 0);
    }
}

static void a_template_nobody_wrote_is_not_found(void **state)
{
    RoundTemplate none;
    bool found = true;
    assert_null(template_find(*state, STR("../first"), &none, &found));
    assert_false(found);
}

static void mistakes_name_their_line(void **state)
{
    refused_at_line(*state, HEAD "[stage 1]\nkind = dance\n", 4, "no such kind");
    refused_at_line(*state, HEAD "[stage 1]\nkind = vote\ndays = soon\n", 5, "days");
    refused_at_line(*state, HEAD "[stage 1]\nkind = vote\ndays = 0\nfood = x\n", 5, "days");
    refused_at_line(*state, HEAD "[stage 2]\nkind = vote\n", 4, "numbered");
    refused_at_line(*state, HEAD "[stage 31]\nkind = vote\n", 4, "numbered");
    refused_at_line(*state, HEAD "[party]\nkind = vote\n", 4, "section");
    refused_at_line(*state, HEAD "colour = red\n", 3, "no such key");
    refused_at_line(*state, HEAD "max_choices = 0\n", 3, "max_choices");
    refused_at_line(*state, HEAD "this is no line\n", 3, "neither");
}

static void what_is_missing_is_named(void **state)
{
    refused_at_line(*state, "", 0, "title");
    refused_at_line(*state, HEAD, 2, "no stage");
    refused_at_line(*state, HEAD "[stage 1]\nkind = vote\ndays = 3\n", 5, "name");
    refused_at_line(*state, HEAD "[stage 1]\nkind = vote\nname = 投票\n", 5, "either");
    refused_at_line(*state, HEAD "[stage 1]\nkind = vote\nname = 投\ndays = 1\nworking_days = 1\n",
                    7, "either");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_template_has_ten_stages_of_every_kind),
        cmocka_unit_test(every_template_in_the_program_is_good),
        cmocka_unit_test(a_template_nobody_wrote_is_not_found),
        cmocka_unit_test(mistakes_name_their_line),
        cmocka_unit_test(what_is_missing_is_named),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
