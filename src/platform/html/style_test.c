/* What the stylesheet and the script promise: small, complete, readable by old WebViews. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/html/asset.h"

static const Asset *asset_named(const char *name)
{
    for (size_t i = 0; i < asset_count; i++) {
        if (strcmp(assets[i].name, name) == 0) {
            return &assets[i];
        }
    }
    fail_msg("%s is not embedded", name);
    return NULL;
}

static Str text_of_asset(const char *name)
{
    const Asset *asset = asset_named(name);
    return str_from_bytes((const char *)asset->plain, asset->plain_size);
}

static void styles_and_script_are_small(void **state)
{
    (void)state;
    assert_in_range(asset_named("yuanzhuo.css")->gzip_size, 4 * 1024, 12 * 1024);
    assert_in_range(asset_named("yuanzhuo.js")->gzip_size, 256, 2 * 1024);
}

static void the_stylesheet_keeps_the_parts_of_weui_and_our_own(void **state)
{
    (void)state;
    Str css = text_of_asset("yuanzhuo.css");
    static const char *const expected[] = {
        "Licensed under the MIT license",
        ".weui-btn_primary",
        ".weui-cell__bd",
        ".weui-textarea",
        ".weui-dialog__ft",
        ".weui-tabbar__item",
        "[data-mode=care]",
        "[data-theme=dark]",
        "[data-room=desk]",
        ".way .here",
        "@page",
    };
    for (size_t i = 0; i < countof(expected); i++) {
        if (!str_contains(css, str_from(expected[i]))) {
            fail_msg("%s is missing", expected[i]);
        }
    }
}

static void nothing_in_the_stylesheet_is_too_new_or_loads_or_hides_the_focus(void **state)
{
    (void)state;
    Str css = text_of_asset("yuanzhuo.css");
    static const char *const refused[] = {"data:",      "url(",       "outline:0", "@layer",
                                          "@container", "color-mix(", ":has(",     "@import"};
    for (size_t i = 0; i < countof(refused); i++) {
        if (str_contains(css, str_from(refused[i]))) {
            fail_msg("%s is there", refused[i]);
        }
    }
}

static void every_block_of_the_stylesheet_is_closed(void **state)
{
    (void)state;
    Str css = text_of_asset("yuanzhuo.css");
    int depth = 0;
    for (size_t i = 0; i < css.len; i++) {
        depth += css.data[i] == '{';
        depth -= css.data[i] == '}';
        assert_in_range(depth, 0, 2);
    }
    assert_int_equal(depth, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(styles_and_script_are_small),
        cmocka_unit_test(the_stylesheet_keeps_the_parts_of_weui_and_our_own),
        cmocka_unit_test(nothing_in_the_stylesheet_is_too_new_or_loads_or_hides_the_focus),
        cmocka_unit_test(every_block_of_the_stylesheet_is_closed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
