#include "tests/support/test_feature.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/test_db.h"

DueItems test_due(Db *db, Arena *arena, const Feature *feature, int64_t area, int64_t person,
                  Role role)
{
    const Grant grant = {role, area};
    const int64_t path[] = {area};
    const Who who = {
        .person = person, .grants = &grant, .n_grants = 1, .area_path = path, .n_area_path = 1};
    DueItems items = {0};
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(db, arena, &snapshot));
    test_ok(feature->due(snapshot, arena, area, &who, &items));
    db_snapshot_end(snapshot);
    return items;
}

GateReport test_gate(Db *db, Arena *arena, const Feature *feature, const char *name, int64_t area,
                     int64_t round, int64_t stage)
{
    GateReport report = {0};
    bool is_there = false;
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(db, arena, &snapshot));
    for (size_t i = 0; i < feature->n_gates; i++) {
        if (str_eq(str_from(feature->gates[i].name), str_from(name))) {
            is_there = true;
            test_ok(feature->gates[i].check(snapshot, area, round, stage, &report));
        }
    }
    db_snapshot_end(snapshot);
    assert_true(is_there);
    return report;
}

void test_error(const Error *error, ErrorCode code)
{
    assert_non_null(error);
    assert_string_equal(error_code_name(error->code), error_code_name(code));
}

void test_error_at(const Error *error, ErrorCode code, const char *field)
{
    test_error(error, code);
    assert_true(str_eq(error->field, str_from(field)));
}
