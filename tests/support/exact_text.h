/* exact_text.h: amounts of src/tally as they are published, read back. */
#ifndef TESTS_SUPPORT_EXACT_TEXT_H
#define TESTS_SUPPORT_EXACT_TEXT_H

#include <gmp.h>

#include "base/str.h"

/* An integer, a decimal or "a/b"; anything else fails the test. */
void exact_text_read(Str text, mpq_t out);

#endif
