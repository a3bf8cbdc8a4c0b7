/* test_folder.h: a temporary folder of a test's own. */
#ifndef TESTS_SUPPORT_TEST_FOLDER_H
#define TESTS_SUPPORT_TEST_FOLDER_H

#include "base/arena.h"

/* A new, empty folder (mode 0700). */
const char *test_folder_make(Arena *arena);
/* Removes it with everything in it. Only folders of test_folder_make(). */
void test_folder_remove(const char *folder);

#endif
