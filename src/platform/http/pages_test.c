/* Pages through real sockets: headers, errors, caching, who may. */
#include <setjmp.h>
#include <stdarg.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "tests/support/test_room.h"

/* --- pages --- */

static void a_page_carries_the_headers_that_guard_it(void **state)
{
    Visitor visitor = {.fixture = *state};
    HttpAnswer answer = visitor_get(&visitor, "/?q=%E8%B7%AF", "");
    assert_int_equal(answer.status, 200);
    assert_true(str_starts_with(answer.body, STR("hello 0 路 127.0.0.1")));
    assert_true(str_eq(answer_header(&answer, "X-Content-Type-Options", 0), STR("nosniff")));
    assert_true(str_contains(answer_header(&answer, "Content-Security-Policy", 0),
                             STR("default-src 'none'")));
    assert_true(str_eq(answer_header(&answer, "Referrer-Policy", 0), STR("same-origin")));
    assert_int_equal(answer_header(&answer, "X-Request-Id", 0).len, 16);
    assert_true(str_eq(answer_header(&answer, "Cache-Control", 0), STR("private, no-cache")));
    assert_int_equal(answer_header(&answer, "Strict-Transport-Security", 0).len, 0);
}

static void paths_methods_and_words_that_do_not_exist_are_refused(void **state)
{
    Visitor visitor = {.fixture = *state};
    assert_int_equal(visitor_get(&visitor, "/nothing", "").status, 404);
    assert_int_equal(visitor_get(&visitor, "/note/", "").status, 404);
    assert_int_equal(visitor_get(&visitor, "/%2e%2e/note", "").status, 404);
    assert_int_equal(visitor_get(&visitor, "/%00", "").status, 400);
    assert_int_equal(visitor_get(&visitor, "/?q=%ff", "").status, 400);
    HttpAnswer answer = visitor_post(&visitor, "/", "", STR(""));
    assert_int_equal(answer.status, 405);
    assert_true(str_eq(answer_header(&answer, "Allow", 0), STR("GET, HEAD")));
    int fd = client_connect(visitor.fixture->port);
    client_text(fd, "DELETE /note HTTP/1.1\r\nHost: a\r\n\r\n");
    answer = client_read(fd, visitor.fixture->arena, true);
    close(fd);
    assert_int_equal(answer.status, 405);
    assert_true(str_eq(answer_header(&answer, "Allow", 0), STR("GET, HEAD, POST")));
}

static void a_page_that_fails_shows_an_error_and_nothing_of_itself(void **state)
{
    Visitor visitor = {.fixture = *state};
    HttpAnswer answer = visitor_get(&visitor, "/broken", "");
    assert_int_equal(answer.status, 503);
    assert_false(str_contains(answer.body, STR("half a page")));
    assert_int_equal(answer_header(&answer, "Location", 0).len, 0);
    assert_true(str_eq(answer_header(&answer, "Retry-After", 0), STR("5")));
}

static void a_large_page_is_compressed_when_the_browser_takes_it(void **state)
{
    Visitor visitor = {.fixture = *state};
    HttpAnswer plain = visitor_get(&visitor, "/plain", "");
    HttpAnswer packed = visitor_get(&visitor, "/plain", "Accept-Encoding: gzip\r\n");
    assert_int_equal(answer_header(&plain, "Content-Encoding", 0).len, 0);
    assert_true(str_eq(answer_header(&packed, "Content-Encoding", 0), STR("gzip")));
    assert_true(packed.body.len * 10 < plain.body.len);
}

static void a_plain_page_is_not_sent_twice_to_the_same_browser(void **state)
{
    Visitor visitor = {.fixture = *state};
    HttpAnswer first = visitor_get(&visitor, "/plain", "");
    Str etag = answer_header(&first, "ETag", 0);
    assert_true(etag.len > 10);
    Str line = arena_printf(visitor.fixture->arena, "If-None-Match: %.*s\r\n", STR_ARG(etag));
    HttpAnswer second = visitor_get(&visitor, "/plain", line.data);
    assert_int_equal(second.status, 304);
    assert_int_equal(second.body.len, 0);
    assert_true(str_eq(answer_header(&second, "ETag", 0), etag));
}

static void a_download_name_cannot_break_its_header(void **state)
{
    Visitor visitor = {.fixture = *state};
    HttpAnswer answer = visitor_get(&visitor, "/download", "");
    assert_int_equal(answer.status, 200);
    Str value = answer_header(&answer, "Content-Disposition", 0);
    assert_true(str_contains(value, STR("filename*=UTF-8''%E5%90%8D%E5%8D%95%0D%0A%22.csv")));
}

static void language_and_look_follow_cookies_and_browser(void **state)
{
    Visitor visitor = {.fixture = *state};
    HttpAnswer answer =
        visitor_get(&visitor, "/note", "Accept-Language: fr, en;q=0.8, zh;q=0.3\r\n");
    assert_true(str_contains(answer.body, STR("lang=1 mode=0 theme=0")));
    answer = visitor_get(&visitor, "/note", "");
    assert_true(str_contains(answer.body, STR("lang=0 mode=0 theme=0")));
    visitor.cookies = STR("yz_lang=en; yz_mode=care; yz_theme=dark");
    answer = visitor_get(&visitor, "/note", "");
    assert_true(str_contains(answer.body, STR("lang=1 mode=1 theme=1")));
}

static void health_is_told_as_json(void **state)
{
    Visitor visitor = {.fixture = *state};
    HttpAnswer answer = visitor_get(&visitor, "/healthz", "");
    assert_int_equal(answer.status, 200);
    assert_true(str_contains(answer.body, STR("\"database\":true")));
}

/* --- who may --- */

static void nobody_is_shown_the_way_to_sign_in_and_comes_back_after(void **state)
{
    Visitor visitor = {.fixture = *state};
    HttpAnswer answer = visitor_get(&visitor, "/mine?x=1&y=2", "");
    assert_int_equal(answer.status, 303);
    assert_true(
        str_eq(answer_header(&answer, "Location", 0), STR("/sign-in?next=/mine%3Fx%3D1%26y%3D2")));
    assert_int_equal(visitor_post(&visitor, "/mine", "", STR("title=a")).status, 401);
}

static void a_resident_sees_own_pages_and_not_those_of_staff(void **state)
{
    Visitor lin = {.fixture = *state};
    visitor_sign_in(&lin, lin.fixture->code_lin);
    HttpAnswer answer = visitor_get(&lin, "/mine", "");
    assert_int_equal(answer.status, 200);
    assert_true(str_starts_with(answer.body, STR("hello 11")));
    assert_true(str_eq(answer_header(&answer, "Cache-Control", 0), STR("no-store")));
    assert_int_equal(visitor_get(&lin, DESK, "").status, 404);
    assert_int_equal(visitor_get(&lin, "/a/0000000000005/ballot", "").status, 200);
    assert_int_equal(visitor_get(&lin, "/a/0000000000006/ballot", "").status, 403);
}

static void staff_see_their_area_and_no_other(void **state)
{
    Visitor wang = {.fixture = *state};
    visitor_sign_in(&wang, wang.fixture->code_wang);
    assert_int_equal(visitor_get(&wang, DESK, "").status, 200);
    assert_int_equal(visitor_get(&wang, "/a/0000000000006/desk", "").status, 404);
    assert_int_equal(visitor_get(&wang, "/a/0000000000005/ballot", "").status, 403);
}

static void an_area_that_does_not_exist_is_not_found(void **state)
{
    Visitor visitor = {.fixture = *state};
    assert_int_equal(visitor_get(&visitor, "/a/0000000000005/home", "").status, 200);
    assert_int_equal(visitor_get(&visitor, "/a/0000000000009/home", "").status, 404);
}

static void a_wrong_code_is_answered_on_the_page_of_the_form(void **state)
{
    Visitor visitor = {.fixture = *state};
    Str token = visitor_token(&visitor, "/code");
    HttpAnswer answer =
        visitor_post(&visitor, "/code", "", visitor_form(&visitor, token, "code=0000000000000000"));
    assert_int_equal(answer.status, 422);
    assert_true(str_eq(answer_fact(&answer, "error"), STR("sign_in.wrong")));
    assert_int_equal(visitor_get(&visitor, "/mine", "").status, 303);
}

/* --- behind a proxy --- */

static void behind_tls_cookies_are_secure_and_browsers_stay(void **state)
{
    (void)state;
    Room *fixture = room_start((ServerOptions){
        .loops = 1, .workers = 2, .behind_tls = true, .trusted_proxies = "127.0.0.1"});
    Visitor visitor = {.fixture = fixture};
    HttpAnswer answer = visitor_get(&visitor, "/note", "");
    assert_true(str_contains(answer.head, STR("Set-Cookie: __Host-yz_seed=")));
    assert_true(str_contains(answer.head, STR("; Secure")));
    assert_true(answer_header(&answer, "Strict-Transport-Security", 0).len > 0);
    answer = visitor_get(&visitor, "/", "X-Forwarded-For: 9.9.9.9, 1.2.3.4\r\n");
    assert_true(str_contains(answer.body, STR("1.2.3.4")));
    void *own = fixture;
    room_tear_down(&own);
}

static void a_forwarded_address_is_not_believed_from_anybody(void **state)
{
    Visitor visitor = {.fixture = *state};
    HttpAnswer answer = visitor_get(&visitor, "/", "X-Forwarded-For: 1.2.3.4\r\n");
    assert_true(str_contains(answer.body, STR("127.0.0.1")));
}

#define PAGE_TEST(f) cmocka_unit_test_setup_teardown(f, room_set_up, room_tear_down)

int main(void)
{
    log_set_level(LOG_ERROR);
    const struct CMUnitTest tests[] = {
        PAGE_TEST(a_page_carries_the_headers_that_guard_it),
        PAGE_TEST(paths_methods_and_words_that_do_not_exist_are_refused),
        PAGE_TEST(a_page_that_fails_shows_an_error_and_nothing_of_itself),
        PAGE_TEST(a_large_page_is_compressed_when_the_browser_takes_it),
        PAGE_TEST(a_plain_page_is_not_sent_twice_to_the_same_browser),
        PAGE_TEST(a_download_name_cannot_break_its_header),
        PAGE_TEST(language_and_look_follow_cookies_and_browser),
        PAGE_TEST(health_is_told_as_json),
        PAGE_TEST(nobody_is_shown_the_way_to_sign_in_and_comes_back_after),
        PAGE_TEST(a_resident_sees_own_pages_and_not_those_of_staff),
        PAGE_TEST(staff_see_their_area_and_no_other),
        PAGE_TEST(an_area_that_does_not_exist_is_not_found),
        PAGE_TEST(a_wrong_code_is_answered_on_the_page_of_the_form),
        PAGE_TEST(a_forwarded_address_is_not_believed_from_anybody),
        cmocka_unit_test(behind_tls_cookies_are_secure_and_browsers_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
