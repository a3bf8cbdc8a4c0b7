/* A real city's ballots through the whole program: taken in, stored, counted, read back.
 *
 * For every file of <root>/../shared/data/pabulib with a record of greedy by votes, the stored
 * result must be what others computed in exact arithmetic, in order. The folder is not part of the
 * project: when it is absent this says so and passes. SQLite gets every file, PostgreSQL the small
 * ones.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "features/polls/polls.h"
#include "polls_sql.h"
#include "test_db.h"

#define FOLDER         "../shared/data/pabulib"
#define SMALL_BYTES    60000
#define MAX_FILE_BYTES (64 << 20)

static bool read_file(const char *path, Buf *out)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    char chunk[65536];
    size_t got = 0;
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
        buf_append(out, chunk, got);
    }
    fclose(file);
    return !out->overflowed;
}

static Str folder_path(Arena *arena, const char *below, const char *name)
{
    const char *root = getenv("YZ_ROOT");
    return arena_printf(arena, "%s/" FOLDER "/%s%s", root == NULL ? "." : root, below, name);
}

static const char *tie_words(const json_t *record)
{
    const char *tie = json_string_value(json_object_get(json_object_get(record, "params"), "tie"));
    return strcmp(tie, "lexico") == 0 ? "name" : "cost,name";
}

/* The selection as stored, "id id id", in the order it was made. */
static Str stored_selection(Snapshot *snapshot, int64_t area, int64_t poll, int64_t *out_cost_fen)
{
    ResultOptionsRows rows;
    test_ok(sql_result_options(snapshot, area, poll, &rows));
    Buf words;
    buf_init(&words, 1 << 20);
    *out_cost_fen = 0;
    for (size_t i = 0; i < rows.count && rows.rows[i].is_selected; i++) {
        buf_str(&words, rows.rows[i].code);
        buf_char(&words, ' ');
        *out_cost_fen += rows.rows[i].cost_fen.fen;
    }
    Str text = arena_str(snapshot_arena(snapshot), buf_view(&words));
    buf_free(&words);
    return text;
}

static Str expected_selection(Arena *arena, const json_t *record)
{
    Buf words;
    buf_init(&words, 1 << 20);
    size_t i;
    json_t *id;
    json_array_foreach(json_object_get(record, "selected"), i, id)
    {
        buf_cstr(&words, json_string_value(id));
        buf_char(&words, ' ');
    }
    Str text = arena_str(arena, buf_view(&words));
    buf_free(&words);
    return text;
}

static void check_record(Db *db, const json_t *record, int64_t area, size_t largest, int *done)
{
    Arena *arena = arena_create((size_t)1 << 30);
    const char *name = json_string_value(json_object_get(record, "file"));
    Buf file;
    buf_init(&file, MAX_FILE_BYTES);
    assert_true(read_file(folder_path(arena, "files/", name).data, &file));
    if (file.len <= largest) {
        int64_t poll;
        int64_t cost_fen;
        Snapshot *snapshot;
        PollRule rule = poll_rule_default();
        rule.tie = str_from(tie_words(record));
        rule.zero_support = STR("include");
        test_ok(polls_import_pabulib(db, arena, area, 0, str_from(name), buf_view(&file), &rule,
                                     &poll));
        test_ok(db_snapshot_begin(db, arena, &snapshot));
        Str stored = stored_selection(snapshot, area, poll, &cost_fen);
        db_snapshot_end(snapshot);
        Str expected = expected_selection(arena, record);
        if (!str_eq(stored, expected)) {
            fail_msg("%s: stored %.*s expected %.*s", name, STR_ARG(stored), STR_ARG(expected));
        }
        assert_int_equal(cost_fen, json_integer_value(json_object_get(record, "total_cost")) * 100);
        (*done)++;
    }
    buf_free(&file);
    arena_destroy(arena);
}

static bool is_wanted(const json_t *record)
{
    return strcmp(json_string_value(json_object_get(record, "rule")), "greedy_votes") == 0 &&
           json_is_integer(json_object_get(record, "total_cost"));
}

static void check_all(DbKind kind, size_t largest)
{
    Arena *arena = arena_create((size_t)1 << 30);
    Buf records;
    buf_init(&records, MAX_FILE_BYTES);
    Str path = folder_path(arena, "", "expected.jsonl");
    if (!read_file(path.data, &records)) {
        print_message("the real elections are not here (%s): nothing compared\n", path.data);
        arena_destroy(arena);
        return;
    }
    Db *db;
    test_db_open(arena, kind, &db);
    int done = 0;
    int64_t area = 1;
    Str rest = buf_view(&records);
    while (rest.len > 0) {
        Str line;
        str_cut(rest, '\n', &line, &rest);
        json_t *record = line.len > 0 ? json_loadb(line.data, line.len, 0, NULL) : NULL;
        if (record && is_wanted(record)) {
            check_record(db, record, area++, largest, &done);
        }
        json_decref(record);
    }
    print_message("%s: %d elections taken in, counted and compared\n", test_db_name(kind), done);
    assert_true(done > 0);
    test_db_close(db);
    buf_free(&records);
    arena_destroy(arena);
}

static void every_real_election_taken_in_gives_the_result_others_computed(void **state)
{
    (void)state;
    check_all(DB_SQLITE, SIZE_MAX);
}

static void small_real_elections_give_the_same_on_postgresql(void **state)
{
    (void)state;
    check_all(DB_POSTGRES, SMALL_BYTES);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_real_election_taken_in_gives_the_result_others_computed),
        cmocka_unit_test(small_real_elections_give_the_same_on_postgresql),
    };
    return cmocka_run_group_tests_name("pabulib_import", tests, NULL, NULL);
}
