/* What is kept of a photo, and that all of it goes; on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "files_sql.h"
#include "platform/files/photo.h"
#include "tests/support/test_db.h"
#include "tests/support/test_machinery.h"

static Error *store(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    return photo_store(tx, COMMUNITY, LIN, input, output);
}

static Error *drop(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    return photo_drop(tx, COMMUNITY, *(const int64_t *)input);
}

/* Kept as the child would have made it: the database does not look inside. */
static int64_t store_one(Machinery *fixture)
{
    PhotoDraft draft = {.width = 1600, .height = 900};
    int64_t id = 0;
    Arena *arena = fixture->arena;
    test_ok(file_prepare(arena, STR("灯.png"), STR("image/png"), STR("original"), &draft.original));
    test_ok(file_prepare(arena, STR("p.jpg"), STR("image/jpeg"), STR("shown"), &draft.shown));
    test_ok(file_prepare(arena, STR("t.jpg"), STR("image/jpeg"), STR("thumb"), &draft.thumb));
    machinery_run(fixture, store, &draft, &id, sizeof(id));
    return id;
}

static PhotoGetRow row_of(Machinery *fixture, int64_t area, int64_t photo, bool *out_found)
{
    PhotoGetRow row = {0};
    Snapshot *snapshot = machinery_look(fixture);
    test_ok(sql_photo_get(snapshot, area, photo, &row, out_found));
    db_snapshot_end(snapshot);
    return row;
}

static ErrorCode read_code(Machinery *fixture, int64_t id, File *out)
{
    Snapshot *snapshot = machinery_look(fixture);
    Error *err = file_read(snapshot, COMMUNITY, id, out);
    db_snapshot_end(snapshot);
    return err ? err->code : ERROR_NONE;
}

static void a_photo_keeps_its_original_and_two_copies(void **state)
{
    Machinery *fixture = *state;
    bool found = false;
    File file;
    int64_t photo = store_one(fixture);
    PhotoGetRow row = row_of(fixture, COMMUNITY, photo, &found);
    assert_true(found);
    assert_int_equal(row.width, 1600);
    assert_int_equal(read_code(fixture, row.original_file, &file), ERROR_NONE);
    assert_true(str_eq(file.bytes, STR("original")));
    assert_true(str_eq(file.name, STR("灯.png")));
    assert_int_equal(read_code(fixture, row.shown_file, &file), ERROR_NONE);
    assert_true(str_eq(file.bytes, STR("shown")));
    assert_int_equal(read_code(fixture, row.thumb_file, &file), ERROR_NONE);
    assert_true(str_eq(file.bytes, STR("thumb")));
    (void)row_of(fixture, ELSEWHERE, photo, &found);
    assert_false(found);
}

static void a_photo_taken_away_leaves_nothing(void **state)
{
    Machinery *fixture = *state;
    bool found = false;
    File file;
    int64_t photo = store_one(fixture);
    PhotoGetRow row = row_of(fixture, COMMUNITY, photo, &found);
    machinery_run(fixture, drop, &photo, NULL, 0);
    (void)row_of(fixture, COMMUNITY, photo, &found);
    assert_false(found);
    const int64_t files[] = {row.original_file, row.shown_file, row.thumb_file};
    for (size_t i = 0; i < countof(files); i++) {
        assert_int_equal(read_code(fixture, files[i], &file), ERROR_NOT_FOUND);
    }
    machinery_run(fixture, drop, &photo, NULL, 0); /* again: nothing happens */
}

static const MachineryCase cases[] = {
    MACHINERY_CASE(a_photo_keeps_its_original_and_two_copies),
    MACHINERY_CASE(a_photo_taken_away_leaves_nothing),
};

int main(void)
{
    return machinery_run_cases(cases, countof(cases));
}
