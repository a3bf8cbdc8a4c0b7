/* The tree of places, on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "areas_sql.h"
#include "features/areas/areas.h"
#include "platform/db/like.h"
#include "platform/journal/journal.h"
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

static Error *edit(Db *db, Arena *arena, int64_t area, int64_t version, bool is_contact_only,
                   AreaWords words)
{
    AreaEdit input = {area, 7, version, is_contact_only, words};
    return db_write(db, arena, areas_edit, &input, NULL, 0);
}

static Area get(Db *db, Arena *arena, int64_t id)
{
    Snapshot *snapshot;
    Area area;
    bool is_found;
    test_ok(db_snapshot_begin(db, arena, &snapshot));
    test_ok(areas_get(snapshot, id, &area, &is_found));
    db_snapshot_end(snapshot);
    assert_true(is_found);
    return area;
}

static size_t journal_count(Db *db, Arena *arena, int64_t area, Str act)
{
    Snapshot *snapshot;
    JournalEntry *entries;
    size_t n;
    size_t found = 0;
    test_ok(db_snapshot_begin(db, arena, &snapshot));
    test_ok(journal_list(snapshot, area, 0, 50, &entries, &n));
    for (size_t i = 0; i < n; i++) {
        found += str_eq(entries[i].act, act) ? 1 : 0;
    }
    db_snapshot_end(snapshot);
    return found;
}

static void an_area_somebody_makes_stands_in_both_journals(void **state)
{
    Arena *arena = arena_create(1u << 26);
    Db *db;
    AreaMade made;
    test_db_open(arena, *(const DbKind *)*state, &db);
    Tree tree = make_tree(db, arena);
    AreaMake input = {.actor = 7, .area = {tree.street, AREA_COMMUNITY, .name = STR("柳岸社区")}};
    test_ok(db_write(db, arena, areas_make, &input, &made, sizeof(made)));
    assert_true(get(db, arena, made.id).parent == tree.street);
    assert_int_equal(journal_count(db, arena, made.id, STR("area.create")), 1);
    assert_int_equal(journal_count(db, arena, tree.street, STR("area.create")), 1);
    assert_int_equal(journal_count(db, arena, tree.guizhu, STR("area.create")), 0);
    test_db_close(db);
    arena_destroy(arena);
}

static void contact_data_alone_leaves_the_name_as_it_is(void **state)
{
    Arena *arena = arena_create(1u << 26);
    Db *db;
    test_db_open(arena, *(const DbKind *)*state, &db);
    Tree tree = make_tree(db, arena);
    AreaWords words = {.name = STR("别的名字"), .code = STR("1"), .phone = STR("8000 0126")};
    test_ok(edit(db, arena, tree.guizhu, 1, true, words));
    Area after = get(db, arena, tree.guizhu);
    assert_true(str_eq(after.name, STR("桂竹社区")));
    assert_true(str_eq(after.name_en, STR("Guizhu Community")));
    assert_true(str_eq(after.phone, STR("8000 0126")));
    assert_int_equal(after.code.len, 0);
    assert_int_equal(journal_count(db, arena, tree.guizhu, STR("area.edit")), 1);
    test_db_close(db);
    arena_destroy(arena);
}

static void whoever_was_slower_does_not_overwrite(void **state)
{
    Arena *arena = arena_create(1u << 26);
    Db *db;
    test_db_open(arena, *(const DbKind *)*state, &db);
    Tree tree = make_tree(db, arena);
    test_ok(edit(db, arena, tree.street, 1, false, (AreaWords){.name = STR("听雪街道")}));
    Error *err = edit(db, arena, tree.street, 1, false, (AreaWords){.name = STR("听风街道")});
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_VERSION_CONFLICT);
    assert_true(str_eq(get(db, arena, tree.street).name, STR("听雪街道")));
    err = edit(db, arena, 999, 1, false, (AreaWords){.name = STR("某")});
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_NOT_FOUND);
    test_db_close(db);
    arena_destroy(arena);
}

static void a_name_of_a_neighbour_is_refused_at_its_field(void **state)
{
    Arena *arena = arena_create(1u << 26);
    Db *db;
    test_db_open(arena, *(const DbKind *)*state, &db);
    Tree tree = make_tree(db, arena);
    Error *err = edit(db, arena, tree.lianhu, 1, false, (AreaWords){.name = STR(" 桂竹社区 ")});
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_ALREADY_EXISTS);
    assert_true(str_eq(err->field, STR("name")));
    test_ok(edit(db, arena, tree.lianhu, 1, false, (AreaWords){.name = STR("莲湖社区")}));
    test_db_close(db);
    arena_destroy(arena);
}

static void the_tree_is_read_parents_first_and_page_by_page(void **state)
{
    Arena *arena = arena_create(1u << 26);
    Db *db;
    Snapshot *snapshot;
    AreaTreeRows rows;
    int64_t other, building;
    Date today = date_of((CivilDate){2026, 11, 21});
    test_db_open(arena, *(const DbKind *)*state, &db);
    Tree tree = make_tree(db, arena);
    test_ok(create(db, arena, tree.district, AREA_STREET, STR("观澜街道"), &other));
    test_ok(create(db, arena, tree.guizhu, AREA_BUILDING, STR("3 号楼"), &building));
    test_ok(db_snapshot_begin(db, arena, &snapshot));
    test_ok(sql_area_tree(snapshot, tree.district, false, today, STR(""), 10, &rows));
    assert_int_equal(rows.count, 4); /* the building is left out */
    assert_true(rows.rows[0].id == tree.street && rows.rows[1].id == tree.guizhu);
    assert_true(rows.rows[2].id == tree.lianhu && rows.rows[3].id == other);
    assert_int_equal(rows.rows[1].depth, 2);
    test_ok(sql_area_tree(snapshot, tree.district, false, today, rows.rows[1].path, 1, &rows));
    assert_true(rows.count == 1 && rows.rows[0].id == tree.lianhu);
    test_ok(sql_area_tree(snapshot, tree.guizhu, true, today, STR(""), 10, &rows));
    assert_true(rows.count == 1 && rows.rows[0].id == building);
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
        TEST(an_area_somebody_makes_stands_in_both_journals),
        TEST(contact_data_alone_leaves_the_name_as_it_is),
        TEST(whoever_was_slower_does_not_overwrite),
        TEST(a_name_of_a_neighbour_is_refused_at_its_field),
        TEST(the_tree_is_read_parents_first_and_page_by_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
