/* test_feature.h: what a room answers to the rest of the program, asked as a page asks it. */
#ifndef TESTS_SUPPORT_TEST_FEATURE_H
#define TESTS_SUPPORT_TEST_FEATURE_H

#include "platform/auth/who.h"
#include "platform/feature.h"

/* What the desk shows to this person, who has this one role in this area. */
DueItems test_due(Db *db, Arena *arena, const Feature *feature, int64_t area, int64_t person,
                  Role role);
/* What the gate of this name says of a stage. The test fails when the room has no such gate. */
GateReport test_gate(Db *db, Arena *arena, const Feature *feature, const char *name, int64_t area,
                     int64_t round, int64_t stage);

/* The test fails unless this is an error with this code. */
void test_error(const Error *error, ErrorCode code);
/* And unless it stands at this field. */
void test_error_at(const Error *error, ErrorCode code, const char *field);

#endif
