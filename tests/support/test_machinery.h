/* test_machinery.h: a database of either engine with two people and three areas, and the App around
 * it, for tests of the platform's own tables. */
#ifndef TESTS_SUPPORT_TEST_MACHINERY_H
#define TESTS_SUPPORT_TEST_MACHINERY_H

#include "platform/http/app.h"

#define CITY      1
#define COMMUNITY 2
#define ELSEWHERE 3
#define LIN       11 /* a resident */
#define WANG      12 /* a community worker */
#define MINUTE    60000

typedef struct Machinery {
    DbKind kind;
    Arena *arena;
    App app;
} Machinery;

/* For cmocka: *state is a Machinery with its kind set. */
int machinery_set_up(void **state);
int machinery_tear_down(void **state);
void machinery_move_clock(Machinery *fixture, int64_t ms);
Snapshot *machinery_look(Machinery *fixture);
/* Runs a use case that must succeed. */
void machinery_run(Machinery *fixture, UseCase *use_case, const void *input, void *output,
                   size_t size);

typedef struct MachineryCase {
    const char *name;
    void (*run)(void **state);
} MachineryCase;

#define MACHINERY_CASE(f)                                                                          \
    {                                                                                              \
#f, f                                                                                      \
    }

/* Runs each case on both databases; for main(). */
int machinery_run_cases(const MachineryCase *cases, size_t n);

#endif
