/* The parts of a request that are read by pure functions: target, framing, cookies, form tokens,
 * origin, addresses. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "platform/http/addresses.h"
#include "platform/http/cookies.h"
#include "platform/http/csrf.h"
#include "platform/http/target.h"
#include "platform/http/visit.h"

static Arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(1 << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

static ErrorCode refused(const char *raw)
{
    Target target;
    Error *err = target_parse(arena, str_from(raw), &target);
    return err ? err->code : ERROR_NONE;
}

static void a_target_is_split_and_decoded(void **state)
{
    (void)state;
    Target target;
    assert_null(target_parse(arena, STR("/a/%E8%B7%AF%20x/y?q=1&r=%"), &target));
    assert_int_equal(target.n_segments, 3);
    assert_true(str_eq(target.segments[1], STR("路 x")));
    assert_true(str_eq(target.path, STR("/a/路 x/y")));
    assert_true(str_eq(target.query, STR("q=1&r=%")));
    assert_null(target_parse(arena, STR("/"), &target));
    assert_int_equal(target.n_segments, 0);
    assert_true(str_eq(target.path, STR("/")));
}

static void broken_escapes_and_control_characters_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"/%", "/%1", "/%zz", "/a%00b",    "/%0d%0a", "/%7f",
                                      "x",  "",    "*",    "http://a/", "/a%2",    "/%%20"};
    for (size_t i = 0; i < countof(bad); i++) {
        if (refused(bad[i]) != ERROR_BAD_REQUEST) {
            fail_msg("%s", bad[i]);
        }
    }
    assert_int_equal(refused("/%ff"), ERROR_NOT_UTF8);
    assert_int_equal(refused("/%c0%af"), ERROR_NOT_UTF8);
    assert_int_equal(refused("/%41"), ERROR_NONE);
}

static void steps_and_empty_segments_are_not_found(void **state)
{
    (void)state;
    static const char *const bad[] = {"//",      "/a//b",    "/.",  "/..",   "/a/../b",
                                      "/%2e%2e", "/a/%2e/b", "/a/", "/a%2fb"};
    for (size_t i = 0; i < countof(bad); i++) {
        if (refused(bad[i]) != ERROR_NOT_FOUND) {
            fail_msg("%s", bad[i]);
        }
    }
    assert_int_equal(refused("/a/..."), ERROR_NONE);
    assert_int_equal(refused("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16"), ERROR_NONE);
    assert_int_equal(refused("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17"), ERROR_NOT_FOUND);
}

static void cookies_are_read_as_browsers_send_them(void **state)
{
    (void)state;
    Cookies cookies;
    cookies_parse(STR("yz_lang=en; other; a = b ;yz_lang=zh;=x"), &cookies);
    assert_true(str_eq(cookies_get(&cookies, "yz_lang"), STR("en")));
    assert_true(str_eq(cookies_get(&cookies, "a"), STR("b")));
    assert_int_equal(cookies_get(&cookies, "other").len, 0);
    assert_true(cookie_value_is_plain(STR("abc.DEF-1_2")));
    assert_false(cookie_value_is_plain(STR("a b")));
    assert_false(cookie_value_is_plain(STR("a\r\nb")));
    assert_false(cookie_value_is_plain(STR("")));
}

static void behind_tls_guarding_cookies_are_bound_to_the_host(void **state)
{
    (void)state;
    assert_true(str_eq(cookie_header(arena, COOKIE_SESSION, STR("x"), 60, true),
                       STR("__Host-yz_session=x; Path=/; HttpOnly; SameSite=Lax; Secure; "
                           "Max-Age=60")));
    assert_true(str_eq(cookie_header(arena, COOKIE_LANG, STR("en"), 0, false),
                       STR("yz_lang=en; Path=/; HttpOnly; SameSite=Lax")));
    assert_true(
        str_ends_with(cookie_header(arena, COOKIE_NOTICE, STR(""), -1, false), STR("Max-Age=0")));
}

static const Secret secret = {{1, 2, 3}};
static const Secret other_secret = {{9}};

static void a_form_token_is_good_for_its_visitor_and_form_only(void **state)
{
    (void)state;
    Str token = csrf_token(arena, &secret, STR("session"), "form");
    assert_true(csrf_token_is_good(arena, &secret, STR("session"), "form", token));
    assert_false(csrf_token_is_good(arena, &secret, STR("sessio2"), "form", token));
    assert_false(csrf_token_is_good(arena, &secret, STR("session"), "form2", token));
    assert_false(csrf_token_is_good(arena, &other_secret, STR("session"), "form", token));
    assert_false(csrf_token_is_good(arena, &secret, STR(""), "form", token));
    assert_false(csrf_token_is_good(arena, &secret, STR("session"), "form", STR("")));
    Str again = csrf_token(arena, &secret, STR("session"), "form");
    assert_false(str_eq(token, again));
}

static void a_form_token_does_not_survive_a_changed_letter(void **state)
{
    (void)state;
    Str token = csrf_token(arena, &secret, STR("session"), "form");
    for (size_t i = 0; i < token.len; i++) {
        char *copy = arena_cstr(arena, token);
        copy[i] = copy[i] == '0' ? '1' : '0';
        assert_false(csrf_token_is_good(arena, &secret, STR("session"), "form",
                                        str_from_bytes(copy, token.len)));
    }
}

static void a_form_must_come_from_our_own_host(void **state)
{
    (void)state;
    Str host = STR("a.example:8080");
    assert_true(csrf_origin_is_good(host, STR("http://a.example:8080"), STR("")));
    assert_true(csrf_origin_is_good(host, STR(""), STR("https://A.example:8080/x?y")));
    assert_true(csrf_origin_is_good(host, STR(""), STR("")));
    assert_false(csrf_origin_is_good(host, STR("null"), STR("")));
    assert_false(csrf_origin_is_good(host, STR("http://b.example"), STR("http://a.example:8080/")));
    assert_false(csrf_origin_is_good(host, STR("http://a.example"), STR("")));
    assert_false(csrf_origin_is_good(host, STR(""), STR("http://b.example/http://a.example:8080")));
    assert_false(csrf_origin_is_good(host, STR("http://a.example:8080.b.example"), STR("")));
}

static void forwarded_addresses_are_believed_from_trusted_proxies_only(void **state)
{
    (void)state;
    Str trusted = STR("127.0.0.1, 10.0.0.2");
    assert_true(str_eq(client_address(STR("9.9.9.9"), STR("1.2.3.4"), trusted), STR("9.9.9.9")));
    assert_true(str_eq(client_address(STR("127.0.0.1"), STR("1.2.3.4"), trusted), STR("1.2.3.4")));
    assert_true(str_eq(client_address(STR("127.0.0.1"), STR("6.6.6.6, 1.2.3.4, 10.0.0.2"), trusted),
                       STR("1.2.3.4")));
    assert_true(str_eq(client_address(STR("127.0.0.1"), STR(""), trusted), STR("127.0.0.1")));
    assert_true(
        str_eq(client_address(STR("127.0.0.1"), STR("1.2.3.4"), STR("")), STR("127.0.0.1")));
}

static void tls_is_believed_from_trusted_proxies_or_the_configuration_only(void **state)
{
    (void)state;
    Str trusted = STR("127.0.0.1");
    assert_true(client_used_tls(false, STR("127.0.0.1"), STR("https"), trusted));
    assert_false(client_used_tls(false, STR("127.0.0.1"), STR("http"), trusted));
    assert_false(client_used_tls(false, STR("9.9.9.9"), STR("https"), trusted));
    assert_false(client_used_tls(false, STR("9.9.9.9"), STR("https"), STR("")));
    assert_true(client_used_tls(true, STR("9.9.9.9"), STR("http"), STR("")));
}

static void tries_are_counted_by_household_network(void **state)
{
    (void)state;
    assert_true(str_eq(address_network(arena, STR("1.2.3.4")), STR("1.2.3.4")));
    assert_true(str_eq(address_network(arena, STR("2001:db8:1:2:3:4:5:6")),
                       address_network(arena, STR("2001:db8:1:2:ffff::1"))));
    assert_false(str_eq(address_network(arena, STR("2001:db8:1:2::1")),
                        address_network(arena, STR("2001:db8:1:3::1"))));
}

static void gzip_is_used_only_when_it_is_named(void **state)
{
    (void)state;
    assert_true(accepts_gzip(STR("deflate, gzip;q=0.5")));
    assert_true(accepts_gzip(STR("GZIP")));
    assert_false(accepts_gzip(STR("gzip;q=0")));
    assert_false(accepts_gzip(STR("br")));
    assert_false(accepts_gzip(STR("")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_target_is_split_and_decoded),
        cmocka_unit_test(broken_escapes_and_control_characters_are_refused),
        cmocka_unit_test(steps_and_empty_segments_are_not_found),
        cmocka_unit_test(cookies_are_read_as_browsers_send_them),
        cmocka_unit_test(behind_tls_guarding_cookies_are_bound_to_the_host),
        cmocka_unit_test(a_form_token_is_good_for_its_visitor_and_form_only),
        cmocka_unit_test(a_form_token_does_not_survive_a_changed_letter),
        cmocka_unit_test(a_form_must_come_from_our_own_host),
        cmocka_unit_test(forwarded_addresses_are_believed_from_trusted_proxies_only),
        cmocka_unit_test(tls_is_believed_from_trusted_proxies_or_the_configuration_only),
        cmocka_unit_test(tries_are_counted_by_household_network),
        cmocka_unit_test(gzip_is_used_only_when_it_is_named),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
