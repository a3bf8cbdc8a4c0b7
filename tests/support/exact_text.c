#include "tests/support/exact_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

void exact_text_read(Str text, mpq_t out)
{
    Str whole;
    Str fraction;
    bool is_decimal = str_cut(text, '.', &whole, &fraction);
    size_t len = whole.len + fraction.len;
    char *digits = malloc(len + 1);
    assert_non_null(digits);
    memcpy(digits, whole.data, whole.len);
    memcpy(digits + whole.len, fraction.data == NULL ? "" : fraction.data, fraction.len);
    digits[len] = '\0';
    assert_int_equal(mpq_set_str(out, digits, 10), 0);
    if (is_decimal) {
        mpz_ui_pow_ui(mpq_denref(out), 10, fraction.len);
    }
    mpq_canonicalize(out);
    free(digits);
}
