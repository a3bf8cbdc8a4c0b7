/* Forms through real sockets: tokens, sending twice, errors. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "tests/support/test_room.h"

/* --- forms --- */

static void a_form_writes_redirects_and_tells_once_that_it_did(void **state)
{
    Visitor visitor = {.fixture = *state};
    Str token = visitor_token(&visitor, "/note");
    HttpAnswer answer =
        visitor_post(&visitor, "/note", "", visitor_form(&visitor, token, "title=abc"));
    assert_int_equal(answer.status, 303);
    assert_true(str_eq(answer_header(&answer, "Location", 0), STR("/notes/0000000000001")));
    HttpAnswer next = visitor_get(&visitor, "/note", "");
    assert_true(str_eq(answer_fact(&next, "count"), STR("1")));
    assert_true(str_contains(next.head, STR("yz_notice=; Path=/; HttpOnly; SameSite=Lax; "
                                            "Max-Age=0")));
}

static void a_form_sent_twice_happens_once_and_gets_the_first_answer(void **state)
{
    Visitor visitor = {.fixture = *state};
    Str body = visitor_form(&visitor, visitor_token(&visitor, "/note"), "title=abc");
    HttpAnswer first = visitor_post(&visitor, "/note", "", body);
    usleep(100000); /* the address of the first answer is noted after it */
    HttpAnswer second = visitor_post(&visitor, "/note", "", body);
    assert_int_equal(second.status, 303);
    assert_true(
        str_eq(answer_header(&first, "Location", 0), answer_header(&second, "Location", 0)));
    assert_int_equal(visitor_note_count(&visitor), 1);
}

static void a_quiet_form_sent_twice_leads_to_the_page_above_it(void **state)
{
    Visitor visitor = {.fixture = *state};
    Str body = visitor_form(&visitor, visitor_token(&visitor, "/vote"), "title=abc");
    assert_int_equal(visitor_post(&visitor, "/vote/now", "", body).status, 303);
    usleep(100000);
    HttpAnswer second = visitor_post(&visitor, "/vote/now", "", body);
    assert_int_equal(second.status, 303);
    assert_true(str_eq(answer_header(&second, "Location", 0), STR("/vote")));
    assert_int_equal(visitor_note_count(&visitor), 1);
}

typedef struct Poster {
    Visitor visitor;
    Str body;
    int status;
} Poster;

static void *poster_main(void *argument)
{
    Poster *poster = argument;
    Room *fixture = poster->visitor.fixture;
    Arena *arena = arena_create(16u << 20);
    Str line = arena_printf(arena, "Cookie: %.*s\r\n", STR_ARG(poster->visitor.cookies));
    poster->status = client_post(arena, fixture->port, "/note", line.data, poster->body).status;
    arena_destroy(arena);
    return NULL;
}

static void a_form_sent_by_many_fingers_at_once_happens_once(void **state)
{
    Visitor visitor = {.fixture = *state};
    Str body = visitor_form(&visitor, visitor_token(&visitor, "/note"), "title=abc");
    Poster posters[16];
    pthread_t threads[16];
    for (size_t i = 0; i < 16; i++) {
        posters[i] = (Poster){.visitor = visitor, .body = body};
        pthread_create(&threads[i], NULL, poster_main, &posters[i]);
    }
    for (size_t i = 0; i < 16; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(posters[i].status, 303);
    }
    assert_int_equal(visitor_note_count(&visitor), 1);
}

static void a_wrong_field_brings_the_form_back_with_what_was_typed(void **state)
{
    Visitor visitor = {.fixture = *state};
    Str token = visitor_token(&visitor, "/note");
    HttpAnswer answer =
        visitor_post(&visitor, "/note", "", visitor_form(&visitor, token, "title=abcdefghijklmn"));
    assert_int_equal(answer.status, 422);
    assert_true(str_eq(answer_fact(&answer, "typed"), STR("abcdefghijklmn")));
    Str again = answer_fact(&answer, "token");
    answer = visitor_post(&visitor, "/note", "", visitor_form(&visitor, again, "title=abc"));
    assert_int_equal(answer.status, 303);
}

static void an_error_of_the_use_case_undoes_it_and_leaves_the_token_unspent(void **state)
{
    Visitor visitor = {.fixture = *state};
    Str token = visitor_token(&visitor, "/note");
    HttpAnswer answer =
        visitor_post(&visitor, "/note", "", visitor_form(&visitor, token, "title=abc&fail=2"));
    assert_int_equal(answer.status, 409);
    assert_true(str_eq(answer_fact(&answer, "typed"), STR("abc")));
    assert_true(str_eq(answer_fact(&answer, "error"), STR("version_conflict")));
    assert_int_equal(visitor_note_count(&visitor), 0);
    assert_int_equal(
        visitor_post(&visitor, "/note", "", visitor_form(&visitor, token, "title=abc&fail=1"))
            .status,
        422);
    assert_int_equal(
        visitor_post(&visitor, "/note", "", visitor_form(&visitor, token, "title=abc")).status,
        303);
    assert_int_equal(visitor_note_count(&visitor), 1);
}

static void a_form_without_its_own_token_changes_nothing_and_keeps_the_words(void **state)
{
    Visitor visitor = {.fixture = *state};
    Visitor other = {.fixture = *state};
    Str foreign = visitor_token(&other, "/note");
    Str of_other_form = visitor_token(&visitor, "/code");
    static const char *const none = "title=abc";
    HttpAnswer answer = visitor_post(&visitor, "/note", "", str_from(none));
    assert_int_equal(answer.status, 403);
    assert_true(str_eq(answer_fact(&answer, "typed"), STR("abc")));
    assert_true(str_eq(answer_fact(&answer, "error"), STR("token")));
    assert_int_equal(
        visitor_post(&visitor, "/note", "", visitor_form(&visitor, foreign, none)).status, 403);
    assert_int_equal(
        visitor_post(&visitor, "/note", "", visitor_form(&visitor, of_other_form, none)).status,
        403);
    assert_int_equal(visitor_note_count(&visitor), 0);
}

static void a_form_from_elsewhere_is_refused_even_with_a_token(void **state)
{
    Visitor visitor = {.fixture = *state};
    Str body = visitor_form(&visitor, visitor_token(&visitor, "/note"), "title=abc");
    assert_int_equal(
        visitor_post(&visitor, "/note", "Origin: http://evil.example\r\n", body).status, 403);
    assert_int_equal(visitor_post(&visitor, "/note", "Origin: null\r\n", body).status, 403);
    assert_int_equal(
        visitor_post(&visitor, "/note", "Referer: http://evil.example/\r\n", body).status, 403);
    assert_int_equal(visitor_note_count(&visitor), 0);
    Str own = arena_printf(visitor.fixture->arena, "Origin: http://127.0.0.1:%d\r\n",
                           visitor.fixture->port);
    assert_int_equal(visitor_post(&visitor, "/note", own.data, body).status, 303);
}

static void a_body_of_another_type_is_refused(void **state)
{
    Visitor visitor = {.fixture = *state};
    Str body = visitor_form(&visitor, visitor_token(&visitor, "/note"), "title=abc");
    assert_int_equal(visitor_post(&visitor, "/note", "Content-Type: text/plain\r\n", body).status,
                     415);
    assert_int_equal(visitor_note_count(&visitor), 0);
}

static void a_token_from_before_signing_in_is_not_good_after(void **state)
{
    Visitor visitor = {.fixture = *state};
    Str before = visitor_token(&visitor, "/note");
    visitor_sign_in(&visitor, visitor.fixture->code_lin);
    HttpAnswer answer =
        visitor_post(&visitor, "/note", "", visitor_form(&visitor, before, "title=abc"));
    assert_int_equal(answer.status, 403);
}

#define PAGE_TEST(f) cmocka_unit_test_setup_teardown(f, room_set_up, room_tear_down)

int main(void)
{
    log_set_level(LOG_ERROR);
    const struct CMUnitTest tests[] = {
        PAGE_TEST(a_form_writes_redirects_and_tells_once_that_it_did),
        PAGE_TEST(a_form_sent_twice_happens_once_and_gets_the_first_answer),
        PAGE_TEST(a_quiet_form_sent_twice_leads_to_the_page_above_it),
        PAGE_TEST(a_form_sent_by_many_fingers_at_once_happens_once),
        PAGE_TEST(a_wrong_field_brings_the_form_back_with_what_was_typed),
        PAGE_TEST(an_error_of_the_use_case_undoes_it_and_leaves_the_token_unspent),
        PAGE_TEST(a_form_without_its_own_token_changes_nothing_and_keeps_the_words),
        PAGE_TEST(a_form_from_elsewhere_is_refused_even_with_a_token),
        PAGE_TEST(a_body_of_another_type_is_refused),
        PAGE_TEST(a_token_from_before_signing_in_is_not_good_after),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
