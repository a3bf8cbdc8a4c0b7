#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "platform/auth/device.h"

static void assert_device(const char *user_agent, DeviceSystem machine, DeviceBrowser browser)
{
    int device = device_of(str_from(user_agent));
    assert_int_equal(device_system(device), machine);
    assert_int_equal(device_browser(device), browser);
}

static void a_phone_in_wechat_is_known_as_such(void **state)
{
    (void)state;
    assert_device("Mozilla/5.0 (Linux; Android 13; V2196A) AppleWebKit/537.36 (KHTML, like Gecko) "
                  "Version/4.0 Chrome/116.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.47",
                  SYSTEM_ANDROID, BROWSER_WECHAT);
    assert_device("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 "
                  "(KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.48",
                  SYSTEM_IPHONE, BROWSER_WECHAT);
}

static void a_browser_is_not_taken_for_the_one_it_claims_to_be_like(void **state)
{
    (void)state;
    assert_device("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like "
                  "Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0",
                  SYSTEM_WINDOWS, BROWSER_EDGE);
    assert_device("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, "
                  "like Gecko) Version/17.0 Safari/605.1.15",
                  SYSTEM_MAC, BROWSER_SAFARI);
}

static void what_says_nothing_is_unknown(void **state)
{
    (void)state;
    assert_device("", SYSTEM_UNKNOWN, BROWSER_UNKNOWN);
    assert_device("curl/7.88.1", SYSTEM_UNKNOWN, BROWSER_UNKNOWN);
    assert_int_equal(device_system(-5), SYSTEM_UNKNOWN);
    assert_int_equal(device_browser(999), BROWSER_UNKNOWN);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_phone_in_wechat_is_known_as_such),
        cmocka_unit_test(a_browser_is_not_taken_for_the_one_it_claims_to_be_like),
        cmocka_unit_test(what_says_nothing_is_unknown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
