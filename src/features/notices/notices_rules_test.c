/* Up to where somebody has read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/notices/notices_rules.h"

static void what_was_shown_is_read(void **state)
{
    (void)state;
    assert_int_equal(notice_read_to(40, 100), 40);
}

static void what_comes_later_is_never_read_before_it_comes(void **state)
{
    (void)state;
    assert_int_equal(notice_read_to(INT64_MAX, 100), 100);
}

static void a_number_that_is_none_reads_nothing(void **state)
{
    (void)state;
    assert_int_equal(notice_read_to(-7, 100), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_shown_is_read),
        cmocka_unit_test(what_comes_later_is_never_read_before_it_comes),
        cmocka_unit_test(a_number_that_is_none_reads_nothing),
    };
    return cmocka_run_group_tests_name("notices rules", tests, NULL, NULL);
}
