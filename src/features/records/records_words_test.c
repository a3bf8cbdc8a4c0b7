#include "features/records/records_words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/auth/who.h"
#include "records_text.h"

static void every_act_of_the_rooms_has_a_sentence(void **state)
{
    (void)state;
    static const char *const acts[] = {
        "proposal.submit",     "proposal.edit",  "proposal.withdraw", "proposal.accept",
        "proposal.refuse",     "round.create",   "round.advance",     "round.waive",
        "round.finish",        "poll.open",      "poll.close",        "poll.count",
        "publication.publish", "objection.make", "objection.answer",  "objection.correct",
        "roll.enter",          "roll.import",    "roll.undo",         "person.code",
        "role.grant",          "role.revoke",    "staff.code",        "area.create",
        "area.edit",
    };
    for (size_t i = 0; i < countof(acts); i++) {
        assert_int_not_equal(act_text(str_from(acts[i])).key, TEXT_journal_words);
    }
}

static void an_unknown_act_shows_its_own_words(void **state)
{
    (void)state;
    Arena *arena = arena_create(1 << 16);
    assert_true(str_eq(text_str(arena, LANG_ZH, act_text(STR("moon.land"))), STR("moon.land")));
    char longest[200];
    for (size_t i = 0; i < sizeof(longest); i++) {
        longest[i] = 'a';
    }
    Str act = str_from_bytes(longest, sizeof(longest));
    assert_true(str_eq(text_str(arena, LANG_ZH, act_text(act)), act));
    arena_destroy(arena);
}

static void a_sentence_of_another_kind_is_not_taken_for_an_act(void **state)
{
    (void)state;
    assert_int_equal(act_text(STR("")).key, TEXT_journal_words);
    assert_int_equal(act_text(STR("..")).key, TEXT_journal_words);
}

static void subjects_lead_to_their_pages_as_far_as_the_reader_may_go(void **state)
{
    (void)state;
    Arena *arena = arena_create(1 << 16);
    Str proposal = arena_printf(arena, "proposal %s", id_text(7).text);
    Str person = arena_printf(arena, "person %s", id_text(7).text);
    SubjectReader auditor = {0};
    SubjectReader staff = {.is_staff = true};
    assert_true(str_contains(subject_url(arena, 1, proposal, &auditor).url, STR("/proposals/")));
    assert_int_equal(subject_url(arena, 1, person, &auditor).url.len, 0);
    assert_true(str_contains(subject_url(arena, 1, person, &staff).url, STR("/people/")));
    arena_destroy(arena);
}

static void a_torn_subject_leads_nowhere(void **state)
{
    (void)state;
    Arena *arena = arena_create(1 << 16);
    SubjectReader staff = {true, true};
    static const char *const torn[] = {
        "", "proposal", "proposal ", "proposal x", " 0123456789ABC", "proposal 0123456789ABC/../x"};
    for (size_t i = 0; i < countof(torn); i++) {
        assert_int_equal(subject_url(arena, 1, str_from(torn[i]), &staff).url.len, 0);
    }
    arena_destroy(arena);
}

static void every_role_has_a_name_and_strange_numbers_are_residents(void **state)
{
    (void)state;
    for (int64_t role = 0; role < ROLE_COUNT; role++) {
        assert_int_not_equal(role_text(role).key, 0);
    }
    assert_int_equal(role_text(-1).key, role_text(ROLE_RESIDENT).key);
    assert_int_equal(role_text(99).key, role_text(ROLE_RESIDENT).key);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_act_of_the_rooms_has_a_sentence),
        cmocka_unit_test(an_unknown_act_shows_its_own_words),
        cmocka_unit_test(a_sentence_of_another_kind_is_not_taken_for_an_act),
        cmocka_unit_test(subjects_lead_to_their_pages_as_far_as_the_reader_may_go),
        cmocka_unit_test(a_torn_subject_leads_nowhere),
        cmocka_unit_test(every_role_has_a_name_and_strange_numbers_are_residents),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
