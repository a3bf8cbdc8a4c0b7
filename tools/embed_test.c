/* What embed makes of testdata/sample.css. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <zlib.h>

#include "assets_data.h"

static const char content[] = "p { color: black }\n";

static void an_asset_is_found_by_its_address(void **state)
{
    (void)state;
    assert_int_equal(asset_count, 1);
    const char *url = asset_url("sample.css");
    assert_ptr_equal(asset_find(str_from(url)), &assets[0]);
    assert_null(asset_find(STR("/assets/sample.css")));
    assert_null(asset_find(STR("")));
}

static void the_address_holds_ten_digits_of_the_hash(void **state)
{
    (void)state;
    /* b2sum -l 256 sample.css */
    assert_string_equal(assets[0].url, "/assets/sample-271bdb7365.css");
    assert_string_equal(assets[0].etag, "\"271bdb7365\"");
    assert_string_equal(assets[0].media_type, "text/css; charset=utf-8");
}

static void the_gzip_bytes_unpack_to_the_file_and_hold_no_time(void **state)
{
    (void)state;
    char out[100];
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)assets[0].gzip,
                       .avail_in = (uInt)assets[0].gzip_size,
                       .next_out = (Bytef *)out,
                       .avail_out = sizeof out};
    assert_int_equal(inflateInit2(&stream, 15 + 16), Z_OK);
    assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
    assert_int_equal(stream.total_out, strlen(content));
    inflateEnd(&stream);
    assert_memory_equal(out, content, strlen(content));
    assert_int_equal(assets[0].plain_size, strlen(content));
    assert_memory_equal(assets[0].plain, content, strlen(content));
    assert_memory_equal(assets[0].gzip + 4, "\0\0\0\0", 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_asset_is_found_by_its_address),
        cmocka_unit_test(the_address_holds_ten_digits_of_the_hash),
        cmocka_unit_test(the_gzip_bytes_unpack_to_the_file_and_hold_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
