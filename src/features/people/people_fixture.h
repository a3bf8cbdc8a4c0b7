/* people_fixture.h: what the tests of this room share: a community with two residents, on either
 * database, and the steps of a file. */
#ifndef FEATURES_PEOPLE_PEOPLE_FIXTURE_H
#define FEATURES_PEOPLE_PEOPLE_FIXTURE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "features/people/people.h"
#include "people_import_sql.h"
#include "people_sql.h"
#include "platform/http/app.h"
#include "test_db.h"

static const DbKind kinds[] = {DB_SQLITE, DB_POSTGRES};

typedef struct Bench {
    Arena *arena;
    Db *db;
    int64_t area;
    int64_t actor;
} Bench;

/* --- the community every test begins with --- */

typedef struct Start {
    int64_t area;
    int64_t actor;
    int64_t lin; /* 林小满, 3 号楼 501, with a phone */
    int64_t luo; /* 罗小平, 1 号楼 101, on paper only */
} Start;

static inline Error *add_person(Tx *tx, int64_t area, const char *name, const char *phone,
                                const char *building, const char *door, int64_t *out)
{
    PersonNew person = {
        .name = str_from(name), .phone = str_from(phone), .birth_year = 1960, .birth_month = 5};
    Error *err = people_create(tx, &person, out);
    if (err) {
        return err;
    }
    RollEntry entry = {.area = area,
                       .person = *out,
                       .building = str_from(building),
                       .door = str_from(door),
                       .residency = RESIDENCY_TENANT};
    return people_add_to_roll(tx, &entry);
}

static inline Error *make_start(Tx *tx, const void *input, Instant now, void *output)
{
    Start *start = output;
    (void)input;
    (void)now;
    AreaNew area = {.kind = AREA_COMMUNITY, .name = STR("桂竹社区")};
    PersonNew worker = {.name = STR("沈岚")};
    Error *err = areas_create(tx, &area, &start->area);
    if (!err) {
        err = people_create(tx, &worker, &start->actor);
    }
    if (err) {
        return err;
    }
    RoleNew role = {.person = start->actor, .role = ROLE_COMMUNITY_WORKER, .area = start->area};
    err = people_grant_role(tx, &role);
    if (!err) {
        err = add_person(tx, start->area, "林小满", "13800000001", "3 号楼", "501", &start->lin);
    }
    if (!err) {
        err = add_person(tx, start->area, "罗小平", "", "1 号楼", "101", &start->luo);
    }
    return err;
}

static inline Start open_bench(Bench *bench, DbKind kind)
{
    Start start;
    *bench = (Bench){.arena = arena_create((size_t)256 << 20)};
    test_db_open(bench->arena, kind, &bench->db);
    test_ok(db_write(bench->db, bench->arena, make_start, NULL, &start, sizeof(start)));
    bench->area = start.area;
    bench->actor = start.actor;
    return start;
}

static inline void close_bench(Bench *bench)
{
    test_db_close(bench->db);
    arena_destroy(bench->arena);
}

static inline ErrorCode code_of(const Error *err)
{
    return err == NULL ? ERROR_NONE : err->code;
}

/* --- steps --- */

static inline Error *try_read(Bench *bench, const char *csv, const char *names, RollRow **out_rows,
                              size_t *out_count)
{
    RollHeader header;
    return people_file_read(bench->arena, str_from(csv), str_from(names),
                            date_of((CivilDate){2026, 11, 21}), &header, out_rows, out_count);
}

/* Brings a file as the page does; *out_counts may be NULL. */
static inline int64_t bring(Bench *bench, const char *csv, RollCounts *out_counts)
{
    RollHeader header;
    RollRow *rows;
    RollPerson *roll;
    RollChange *changes;
    size_t n_rows, n_roll;
    Snapshot *snapshot;
    ImportPreview preview = {
        .area = bench->area, .actor = bench->actor, .file_name = STR("名册.csv")};
    ImportStaged staged;
    test_ok(people_file_read(bench->arena, str_from(csv), STR(""),
                             date_of((CivilDate){2026, 11, 21}), &header, &rows, &n_rows));
    test_ok(db_snapshot_begin(bench->db, bench->arena, &snapshot));
    test_ok(people_roll_read(snapshot, bench->area, &roll, &n_roll));
    db_snapshot_end(snapshot);
    people_roll_compare(bench->arena, &header, rows, n_rows, roll, n_roll, &changes,
                        &preview.counts);
    for (size_t at = 0; at < n_rows; at += PEOPLE_STAGE_ROWS) {
        ImportStage stage = {.area = bench->area, .import = preview.import};
        stage.changes = &changes[at];
        stage.count = n_rows - at < PEOPLE_STAGE_ROWS ? n_rows - at : PEOPLE_STAGE_ROWS;
        test_ok(db_write(bench->db, bench->arena, people_import_stage, &stage, &staged,
                         sizeof(staged)));
        preview.import = staged.import;
    }
    test_ok(db_write(bench->db, bench->arena, people_import_preview, &preview, &staged,
                     sizeof(staged)));
    if (out_counts != NULL) {
        *out_counts = preview.counts;
    }
    return staged.import;
}

static inline Error *decide(Bench *bench, UseCase *use_case, int64_t import, int64_t version)
{
    ImportDecide input = {
        .area = bench->area, .actor = bench->actor, .import = import, .version = version};
    return db_write(bench->db, bench->arena, use_case, &input, NULL, 0);
}

/* The whole roll as text, in its order: what "exactly as before" is held against. */
static inline Str roll_text(Bench *bench)
{
    Snapshot *snapshot;
    RollPerson *roll;
    size_t n;
    Str text = STR("");
    test_ok(db_snapshot_begin(bench->db, bench->arena, &snapshot));
    test_ok(people_roll_read(snapshot, bench->area, &roll, &n));
    db_snapshot_end(snapshot);
    for (size_t i = 0; i < n; i++) {
        text =
            arena_printf(bench->arena, "%.*s%.*s|%.*s|%.*s|%.*s|%.*s|%d-%d|%d\n", STR_ARG(text),
                         STR_ARG(roll[i].name), STR_ARG(roll[i].phone), STR_ARG(roll[i].building),
                         STR_ARG(roll[i].door), STR_ARG(roll[i].place_key), roll[i].birth_year,
                         roll[i].birth_month, roll[i].residency);
    }
    return text;
}

static inline void assert_same(Str a, Str b)
{
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
}

static const Secret secret = {{1, 2, 3}};

static inline Error *make_code(Bench *bench, int64_t person, CodeMade *out)
{
    CodeNew input = {
        .area = bench->area, .actor = bench->actor, .person = person, .secret = &secret};
    return db_write(bench->db, bench->arena, people_new_code, &input, out, sizeof(*out));
}

static inline ErrorCode new_code(Bench *bench, int64_t person)
{
    CodeMade made;
    Error *err = make_code(bench, person, &made);
    if (!err) {
        assert_int_equal(strlen(made.code.text), 19);
    }
    return code_of(err);
}

#define HEAD "姓名,手机号,楼栋,门牌,出生年月,居住情况\n"
#define GOOD                                                                                       \
    HEAD "林小满,13800000009,3栋,501,,\n"                                                      \
         "郭敏,13800000002,5 号楼,102,1994-03,户籍\n"                                        \
         "罗小平,,1 号楼,101,,\n"
#define BAD HEAD "郭敏,1380013,5 号楼,102,1994-03,户籍\n陈晓,13800000003,,,,\n"

#define TEST(f)                                                                                    \
    {#f " (sqlite)", f, NULL, NULL, (void *)(uintptr_t)&kinds[0]},                                 \
    {                                                                                              \
#f " (postgres)", f, NULL, NULL, (void *)(uintptr_t)&kinds[1]                              \
    }

#endif
