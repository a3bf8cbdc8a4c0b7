/* The tree of places, on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "areas_sql.h"
#include "features/areas/areas.h"
#include "platform/db/like.h"
#include "test_db.h"

static const DbKind kinds[] = {DB_SQLITE, DB_POSTGRES};

typedef struct Tree {
    int64_t district, street, guizhu, lianhu;
} Tree;

static Error *make(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    return areas_create(tx, input, output);
}

static Error *create(Db *db, Arena *arena, int64_t parent, AreaKind kind, Str name, int64_t *out)
{
    AreaNew input = {.parent = parent, .kind = kind, .name = name};
    if (str_eq(name, STR("桂竹社区"))) {
        input.name_en = STR("Guizhu Community");
    }
    return db_write(db, arena, make, &input, out, sizeof(*out));
}

static Tree make_tree(Db *db, Arena *arena)
{
    Tree tree;
    test_ok(create(db, arena, 0, AREA_DISTRICT, STR("青梧区"), &tree.district));
    test_ok(create(db, arena, tree.district, AREA_STREET, STR("听雨街道"), &tree.street));
    test_ok(create(db, arena, tree.street, AREA_COMMUNITY, STR("桂竹社区"), &tree.guizhu));
    test_ok(create(db, arena, tree.street, AREA_COMMUNITY, STR("莲湖社区"), &tree.lianhu));
    return tree;
}

static void the_way_up_is_nearest_first(void **state)
{
    Arena *arena = arena_create(1u << 26);
    Db *db;
    Snapshot *snapshot;
    Area *path;
    size_t n;
    test_db_open(arena, *(const DbKind *)*state, &db);
    Tree tree = make_tree(db, arena);
    test_ok(db_snapshot_begin(db, arena, &snapshot));
    test_ok(areas_path(snapshot, tree.guizhu, &path, &n));
    assert_int_equal(n, 3);
    assert_true(path[0].id == tree.guizhu && path[1].id == tree.street);
    assert_true(path[2].id == tree.district);
    assert_true(str_eq(areas_name(&path[0], LANG_EN), STR("Guizhu Community")));
    assert_true(str_eq(areas_name(&path[1], LANG_EN), STR("听雨街道")));
    test_ok(areas_path(snapshot, 999, &path, &n));
    assert_int_equal(n, 0);
    test_ok(areas_communities_below(snapshot, tree.district, 10, &path, &n));
    assert_int_equal(n, 2);
    db_snapshot_end(snapshot);
    test_db_close(db);
    arena_destroy(arena);
}

static void two_of_one_name_under_one_parent_are_refused(void **state)
{
    Arena *arena = arena_create(1u << 26);
    Db *db;
    int64_t id;
    test_db_open(arena, *(const DbKind *)*state, &db);
    Tree tree = make_tree(db, arena);
    Error *err = create(db, arena, tree.street, AREA_COMMUNITY, STR("桂竹社区"), &id);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_ALREADY_EXISTS);
    err = create(db, arena, 999, AREA_COMMUNITY, STR("桂竹社区"), &id);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_NOT_FOUND);
    err = create(db, arena, tree.guizhu, AREA_STREET, STR("某街道"), &id);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_AREA_KIND);
    test_db_close(db);
    arena_destroy(arena);
}

static size_t chosen(Snapshot *snapshot, Str words, int64_t after)
{
    AreaChooseRows rows;
    test_ok(sql_area_choose(snapshot, like_contains(snapshot_arena(snapshot), words), after, 10,
                            &rows));
    return rows.count;
}

static void communities_are_found_by_either_name_and_paged(void **state)
{
    Arena *arena = arena_create(1u << 26);
    Db *db;
    Snapshot *snapshot;
    AreaChooseRows rows;
    test_db_open(arena, *(const DbKind *)*state, &db);
    make_tree(db, arena);
    test_ok(db_snapshot_begin(db, arena, &snapshot));
    assert_int_equal(chosen(snapshot, STR(""), 0), 2);
    assert_int_equal(chosen(snapshot, STR("莲"), 0), 1);
    assert_int_equal(chosen(snapshot, STR("guizhu"), 0), 1);
    assert_int_equal(chosen(snapshot, STR("%"), 0), 0);
    test_ok(sql_area_choose(snapshot, STR("%"), 0, 1, &rows));
    assert_int_equal(chosen(snapshot, STR(""), rows.rows[0].id), 1);
    db_snapshot_end(snapshot);
    test_db_close(db);
    arena_destroy(arena);
}

#define TEST(f)                                                                                    \
    {#f " (sqlite)", f, NULL, NULL, (void *)(uintptr_t)&kinds[0]},                                 \
    {                                                                                              \
#f " (postgres)", f, NULL, NULL, (void *)(uintptr_t)&kinds[1]                              \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(the_way_up_is_nearest_first),
        TEST(two_of_one_name_under_one_parent_are_refused),
        TEST(communities_are_found_by_either_name_and_paged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
