/* What is written to gateways, what their answers mean, and where nothing is sent. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <arpa/inet.h>

#include "platform/send/send.h"
#include "platform/send/send_internal.h"

static Arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(8u << 20);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

static bool is_private(const char *text)
{
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
        return send_address_is_private((const struct sockaddr *)&v4);
    }
    assert_int_equal(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
    return send_address_is_private((const struct sockaddr *)&v6);
}

static void addresses_of_the_local_network_are_known_in_every_form(void **state)
{
    (void)state;
    static const char *const inside[] = {"127.0.0.1",
                                         "10.1.2.3",
                                         "172.16.0.1",
                                         "172.31.255.255",
                                         "192.168.1.1",
                                         "169.254.169.254",
                                         "100.64.0.1",
                                         "0.0.0.0",
                                         "224.0.0.1",
                                         "255.255.255.255",
                                         "198.18.0.1",
                                         "::1",
                                         "::",
                                         "fc00::1",
                                         "fe80::1",
                                         "ff02::1",
                                         "2002:7f00:1::",
                                         "64:ff9b::a00:1",
                                         "::ffff:10.0.0.1",
                                         "::ffff:127.0.0.1"};
    static const char *const outside[] = {"8.8.8.8",        "172.32.0.1",    "172.15.0.1",
                                          "100.128.0.1",    "223.255.0.1",   "2001:4860:4860::8888",
                                          "2002:808:808::", "::ffff:8.8.8.8"};
    for (size_t i = 0; i < countof(inside); i++) {
        assert_true(is_private(inside[i]));
    }
    for (size_t i = 0; i < countof(outside); i++) {
        assert_false(is_private(outside[i]));
    }
}

static void only_a_plain_answer_says_what_became_of_a_message(void **state)
{
    (void)state;
    assert_int_equal(send_outcome_of_status(200).outcome, SEND_DONE);
    assert_int_equal(send_outcome_of_status(204).outcome, SEND_DONE);
    assert_int_equal(send_outcome_of_status(429).outcome, SEND_LATER);
    assert_int_equal(send_outcome_of_status(503).outcome, SEND_LATER);
    assert_int_equal(send_outcome_of_status(302).outcome, SEND_REFUSED);
    assert_int_equal(send_outcome_of_status(404).outcome, SEND_REFUSED);
    assert_int_equal(send_outcome_of_status(500).outcome, SEND_UNCLEAR);
    assert_int_equal(send_outcome_of_status(504).outcome, SEND_UNCLEAR);
    assert_int_equal(send_outcome_of_status(0).outcome, SEND_UNCLEAR);
}

static void the_signature_is_that_of_everybody_who_knows_the_secret(void **state)
{
    (void)state;
    /* printf '1700000000.{}' | openssl dgst -sha256 -hmac 'sixteen characters and more' */
    Str signature = send_signature(arena, STR("sixteen characters and more"), STR("{}"),
                                   (Instant){INT64_C(1700000000999)});
    assert_true(str_eq(
        signature,
        STR("t=1700000000,v1=48a0f68529b6b857c48fa4e1111bd4799db00adf400b44fccc9eee8d1dd2e8d0")));
}

static void an_email_address_is_one_line_with_one_at(void **state)
{
    (void)state;
    assert_true(send_is_email(STR("lin@example.org")));
    assert_true(send_is_email(STR("lin.xiu+lan@mail.example.org")));
    static const char *const wrong[] = {"",
                                        "lin",
                                        "@example.org",
                                        "lin@",
                                        "lin@org",
                                        "lin@@example.org",
                                        "a@b@c.org",
                                        "lin@exam ple.org",
                                        "lin@example.org\r\nBcc: x@y.z",
                                        "<lin@example.org>",
                                        "林@example.org",
                                        "lin@.org",
                                        "lin@example.",
                                        "-f@example.org",
                                        "a,b@example.org"};
    for (size_t i = 0; i < countof(wrong); i++) {
        assert_false(send_is_email(str_from(wrong[i])));
    }
}

static void nothing_in_a_mail_can_be_taken_for_a_header(void **state)
{
    (void)state;
    SendConfig config = {.smtp = {.from = STR("notices@example.org")}};
    SendMessage message = {.channel = SEND_EMAIL,
                           .id = STR("0ABC"),
                           .to = STR("lin@example.org"),
                           .area = STR("桂竹社区\r\nBcc: x@example.org"),
                           .subject =
                               STR("一句很长的题目，长到一行写不下，所以要分成好几段来写才行"),
                           .words = STR("第一行\r\n.\r\n第二行")};
    Str text = send_email_text(arena, &config, &message, (Instant){INT64_C(1700000000000)});
    assert_false(str_contains(text, STR("Bcc")));
    assert_false(str_contains(text, STR("\r\n.\r\n")));
    assert_true(str_contains(text, STR("Date: Wed, 15 Nov 2023 06:13:20 +0800\r\n")));
    assert_true(str_contains(text, STR("Message-ID: <0ABC@example.org>\r\n")));
    while (text.len > 0) {
        Str line;
        str_cut(text, '\n', &line, &text);
        assert_true(line.len <= 100);
    }
}

static Error *check(SendConfig config)
{
    return send_config_check(arena, &config);
}

static void what_is_not_safe_stops_the_start_and_never_names_a_secret(void **state)
{
    (void)state;
    const Str secret = STR("sixteen characters and more");
    SendConfig good = {.sms = {"https://gateway.example.org/send", secret, false},
                       .smtp = {.url = "smtps://mail.example.org:465",
                                .user = "u",
                                .password = "p",
                                .from = STR("notices@example.org")},
                       .site = STR("https://example.org")};
    assert_null(check(good));
    assert_null(check(send_config_default()));
    SendConfig plain = good, weak = good, half = good, slash = good, nameless = good;
    plain.sms.url = "http://gateway.example.org/send";
    weak.sms.secret = STR("geheim");
    half.smtp.password = NULL;
    slash.site = STR("https://example.org/");
    nameless.smtp.from = STR("yuanzhuo");
    assert_non_null(check(plain));
    assert_non_null(check(half));
    assert_non_null(check(slash));
    assert_non_null(check(nameless));
    Error *err = check(weak);
    assert_int_equal(err->code, ERROR_CONFIGURATION);
    assert_false(str_contains(err->detail, STR("geheim")));
    plain.sms.is_private = true;
    assert_null(check(plain));
}

static void a_way_is_there_when_it_is_configured(void **state)
{
    (void)state;
    SendConfig config = {.wechat = {"https://gateway.example.org", STR("x"), false}};
    assert_true(send_can(&config, SEND_WECHAT));
    assert_false(send_can(&config, SEND_SMS));
    assert_false(send_can(&config, SEND_SITE));
    assert_false(send_can(NULL, SEND_WECHAT));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_of_the_local_network_are_known_in_every_form),
        cmocka_unit_test(only_a_plain_answer_says_what_became_of_a_message),
        cmocka_unit_test(the_signature_is_that_of_everybody_who_knows_the_secret),
        cmocka_unit_test(an_email_address_is_one_line_with_one_at),
        cmocka_unit_test(nothing_in_a_mail_can_be_taken_for_a_header),
        cmocka_unit_test(what_is_not_safe_stops_the_start_and_never_names_a_secret),
        cmocka_unit_test(a_way_is_there_when_it_is_configured),
    };
    return cmocka_run_group_tests_name("send", tests, set_up, tear_down);
}
