/* What sql_to_c refuses, with file and line, and that it accepts what it should. The program is run
 * as the build runs it, on small files in a temporary folder. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"

extern char **environ;

/* Two rooms: cats owns a table of scope area, its search view and a plain one; dogs owns its own.
 */
static const char *const migration =
    "-- table: cat  owner: cats  scope: area\n"
    "CREATE TABLE cat (\n"
    "  area_id INTEGER NOT NULL,\n"
    "  id INTEGER NOT NULL,\n"
    "  name TEXT NOT NULL,\n"
    "  fur BLOB NOT NULL,\n"
    "  born_on INTEGER NOT NULL,\n"
    "  price_fen INTEGER NOT NULL,\n"
    "  PRIMARY KEY (area_id, id)\n"
    ") STRICT, WITHOUT ROWID;\n"
    "-- view: cats_public_cat  owner: cats  scope: area\n"
    "CREATE VIEW cats_public_cat AS SELECT area_id, id, name FROM cat;\n"
    "-- view: cats_secret_cat  owner: cats  scope: area\n"
    "CREATE VIEW cats_secret_cat AS SELECT area_id, id, price_fen FROM cat;\n"
    "-- table: dog  owner: dogs  scope: area\n"
    "CREATE TABLE dog (area_id INTEGER NOT NULL, id INTEGER NOT NULL, cat_id INTEGER NOT NULL,\n"
    "  PRIMARY KEY (area_id, id)) STRICT, WITHOUT ROWID;\n"
    "-- table: vet  owner: dogs  scope: instance\n"
    "CREATE TABLE vet (id INTEGER NOT NULL, area_id INTEGER NOT NULL, PRIMARY KEY (id))\n"
    "  STRICT, WITHOUT ROWID;\n";

typedef struct Bench {
    Arena *arena;
    Str folder;
    Buf said; /* on standard error */
    int status;
} Bench;

static Str path_of(Bench *bench, const char *name)
{
    return arena_printf(bench->arena, "%.*s/%s", STR_ARG(bench->folder), name);
}

static void write_text(Bench *bench, const char *name, const char *text)
{
    FILE *file = fopen(path_of(bench, name).data, "wb");
    require(file != NULL);
    fputs(text, file);
    require(fclose(file) == 0);
}

static void make_folder(Bench *bench, const char *name)
{
    require(mkdir(path_of(bench, name).data, 0700) == 0);
}

static int set_up(void **state)
{
    Bench *bench = calloc(1, sizeof(*bench));
    bench->arena = arena_create(16u << 20);
    char *folder = arena_cstr(bench->arena, STR("/tmp/yz_sql_to_c_XXXXXX"));
    require(mkdtemp(folder) != NULL);
    bench->folder = str_from(folder);
    buf_init(&bench->said, 1u << 20);
    make_folder(bench, "migrations");
    make_folder(bench, "out");
    make_folder(bench, "src");
    make_folder(bench, "src/features");
    make_folder(bench, "src/features/cats");
    make_folder(bench, "src/features/dogs");
    write_text(bench, "migrations/0001_pets.sql", migration);
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    Bench *bench = *state;
    static const char *const files[] = {"migrations/0001_pets.sql",
                                        "migrations/0002_more.sql",
                                        "src/features/cats/cats.sql",
                                        "src/features/dogs/dogs.sql",
                                        "out/cats_sql.c",
                                        "out/cats_sql.h",
                                        "out/dogs_sql.c",
                                        "out/dogs_sql.h",
                                        "out/sql_statements.c",
                                        "out/sql_migrations.c",
                                        "said"};
    static const char *const folders[] = {
        "src/features/cats", "src/features/dogs", "src/features", "src", "out", "migrations", "."};
    for (size_t i = 0; i < countof(files); i++) {
        unlink(path_of(bench, files[i]).data);
    }
    for (size_t i = 0; i + 1 < countof(folders); i++) {
        rmdir(path_of(bench, folders[i]).data);
    }
    rmdir(bench->folder.data);
    buf_free(&bench->said);
    arena_destroy(bench->arena);
    free(bench);
    return 0;
}

static Str read_text(Bench *bench, const char *name)
{
    FILE *file = fopen(path_of(bench, name).data, "rb");
    buf_clear(&bench->said);
    char chunk[4096];
    for (size_t n = 0; file && (n = fread(chunk, 1, sizeof(chunk), file)) > 0;) {
        buf_append(&bench->said, chunk, n);
    }
    if (file) {
        fclose(file);
    }
    return buf_view(&bench->said);
}

static void run(Bench *bench, const char *sql_file)
{
    const char *build = getenv("YZ_BUILD");
    require(build != NULL);
    Str path = arena_printf(bench->arena, "%s/tools/sql_to_c", build);
    char *program = arena_cstr(bench->arena, path);
    char *arguments[] = {program,
                         (char *)"--migrations",
                         arena_cstr(bench->arena, path_of(bench, "migrations")),
                         (char *)"--root",
                         arena_cstr(bench->arena, bench->folder),
                         (char *)"--out",
                         arena_cstr(bench->arena, path_of(bench, "out")),
                         arena_cstr(bench->arena, path_of(bench, sql_file)),
                         NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 2, path_of(bench, "said").data,
                                     O_WRONLY | O_CREAT | O_TRUNC, 0600);
    pid_t child = 0;
    int status = 0;
    require(posix_spawn(&child, program, &actions, NULL, arguments, environ) == 0);
    require(waitpid(child, &status, 0) == child);
    posix_spawn_file_actions_destroy(&actions);
    bench->status = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    read_text(bench, "said");
}

/* Compiles a file of room cats. */
static void compile(Bench *bench, const char *sql)
{
    write_text(bench, "src/features/cats/cats.sql", sql);
    run(bench, "src/features/cats/cats.sql");
}

static void assert_accepted(Bench *bench)
{
    if (bench->status != 0) {
        fail_msg("refused: %.*s", STR_ARG(buf_view(&bench->said)));
    }
}

static void assert_refused(Bench *bench, const char *place, const char *words)
{
    Str said = buf_view(&bench->said);
    if (bench->status != 1 || !str_contains(said, str_from(place)) ||
        !str_contains(said, str_from(words))) {
        fail_msg("status %d: %.*s\nexpected: %s ... %s", bench->status, STR_ARG(said), place,
                 words);
    }
}

/* --- refusals, one row each ---------------------------------------------------------------- */

typedef struct Refusal {
    const char *name;
    const char *sql;
    const char *place;
    const char *words;
} Refusal;

#define CATS "src/features/cats/cats.sql"
#define GOOD "WHERE area_id = :area"

static const Refusal refusals[] = {
    {"an_unknown_table", "-- name: a :many\nSELECT x FROM mouse;", CATS ":2:", "no such table"},
    {"an_unknown_column_on_its_own_line",
     "-- name: a :many\n-- params: area\nSELECT id,\n       -- colour\n       colour\nFROM "
     "cat " GOOD,
     CATS ":5:", "no such column: colour"},
    {"a_misspelt_quoted_name", "-- name: a :many\n-- params: area\nSELECT \"nmae\" FROM cat " GOOD,
     CATS ":3:", "no such column"},
    {"an_area_table_without_its_area", "-- name: a :many\nSELECT id FROM cat;",
     CATS ":2:", "area_id = :area"},
    {"an_area_given_by_another_parameter",
     "-- name: a :many\n-- params: other\nSELECT id FROM cat WHERE area_id = :other",
     CATS ":3:", "area_id = :area"},
    {"an_area_that_or_goes_around",
     "-- name: a :many\n-- params: area\nSELECT id FROM cat " GOOD " OR id = 1",
     CATS ":3:", "area_id = :area"},
    {"an_area_inside_parentheses_that_or_goes_around",
     "-- name: a :many\n-- params: area\nSELECT id FROM cat WHERE (id = 2 AND area_id = :area) OR "
     "id = 1",
     CATS ":3:", "area_id = :area"},
    {"an_area_behind_not",
     "-- name: a :many\n-- params: area\nSELECT id FROM cat WHERE NOT area_id = :area",
     CATS ":3:", "area_id = :area"},
    {"an_area_as_a_mere_column",
     "-- name: a :many\n-- params: area\n-- returns: x int\nSELECT area_id = :area AS x FROM cat",
     CATS ":4:", "area_id = :area"},
    {"an_area_that_is_set_instead_of_asked",
     "-- name: a :exec\n-- params: area\nUPDATE cat SET area_id = :area",
     CATS ":3:", "area_id = :area"},
    {"a_joined_area_table_without_its_area",
     "-- name: a :many\n-- params: area\nSELECT c.id FROM cat c JOIN cats_public_cat p ON p.id = "
     "c.id"
     " WHERE c.area_id = :area",
     CATS ":3:", "cats_public_cat"},
    {"a_comma_join_without_its_area",
     "-- name: a :many\n-- params: area\nSELECT c.id FROM cat c, cats_public_cat p"
     " WHERE c.area_id = :area",
     CATS ":3:", "cats_public_cat"},
    {"a_subquery_without_its_area",
     "-- name: a :many\n-- params: area\nSELECT id FROM cat " GOOD
     " AND id IN (SELECT id FROM cat)",
     CATS ":3:", "area_id = :area"},
    {"one_side_of_a_union_without_its_area",
     "-- name: a :many\n-- params: area\nSELECT id FROM cat " GOOD " UNION SELECT id FROM cat",
     CATS ":3:", "area_id = :area"},
    {"a_delete_without_its_area", "-- name: a :exec\n-- params: id\nDELETE FROM cat WHERE id = :id",
     CATS ":3:", "area_id = :area"},
    {"an_insert_of_another_area",
     "-- name: a :exec\n-- params: id\nINSERT INTO cat (id, area_id, name, fur, born_on, price_fen)"
     " VALUES (:id, 1, '', x'', 0, 0)",
     CATS ":3:", "must give :area"},
    {"a_second_inserted_row_of_another_area",
     "-- name: a :exec\n-- params: area, id\nINSERT INTO cat (area_id, id, name, fur, born_on,"
     " price_fen) VALUES (:area, 1, '', x'', 0, 0), (:id, 2, '', x'', 0, 0)",
     CATS ":3:", "must give :area"},
    {"crossing_areas_without_a_reason", "-- name: a :many\n-- crosses areas:\nSELECT id FROM cat",
     CATS ":2:", "reason"},
    {"writing_another_rooms_table", "-- name: a :exec\n-- params: area\nDELETE FROM dog " GOOD,
     CATS ":3:", "may not write dog"},
    {"reading_another_rooms_table", "-- name: a :many\n-- params: area\nSELECT id FROM dog " GOOD,
     CATS ":3:", "may not read dog"},
    {"counting_another_rooms_table",
     "-- name: a :one\n-- params: area\n-- returns: n int\nSELECT COUNT(*) AS n FROM dog " GOOD,
     CATS ":4:", "may not read dog"},
    {"reading_another_rooms_table_in_a_common_table_expression",
     "-- name: a :many\n-- params: area\nWITH d AS (SELECT id FROM dog " GOOD ") SELECT id FROM d",
     CATS ":3:", "may not read dog"},
    {"a_twin_that_reads_another_rooms_table",
     "-- name: a :many\n-- params: area\nSELECT id FROM cat " GOOD "\n-- only: postgres\n"
     "SELECT id FROM dog " GOOD,
     CATS ":5:", "may not read dog"},
    {"a_twin_without_its_area",
     "-- name: a :many\n-- params: area\nSELECT id FROM cat " GOOD "\n-- only: postgres\n"
     "SELECT id FROM cat WHERE :area = 1",
     CATS ":5:", "area_id = :area"},
    {"now", "-- name: a :one\n-- returns: x int\nSELECT now() AS x", CATS ":3:", "now is refused"},
    {"current_timestamp", "-- name: a :one\n-- returns: x int\nSELECT current_timestamp AS x",
     CATS ":3:", "CURRENT_TIMESTAMP is refused"},
    {"random", "-- name: a :one\n-- returns: x int\nSELECT random() AS x",
     CATS ":3:", "random is refused"},
    {"datetime", "-- name: a :one\n-- returns: x text\nSELECT datetime('now') AS x",
     CATS ":3:", "datetime is refused"},
    {"a_parameter_that_is_not_listed",
     "-- name: a :many\n-- params: area\nSELECT id FROM cat " GOOD "\nAND id = :id",
     CATS ":4:", ":id is not in"},
    {"a_listed_parameter_that_is_not_used",
     "-- name: a :many\n-- params: area, id\nSELECT id FROM cat " GOOD,
     CATS ":3:", "id is not used"},
    {"a_parameter_of_unknown_type",
     "-- name: a :many\n-- params: area number\nSELECT id FROM cat " GOOD,
     CATS ":2:", "is not `name`"},
    {"a_question_mark", "-- name: a :many\nSELECT id FROM vet WHERE id = ?",
     CATS ":2:", "write parameters as :name"},
    {"a_dollar", "-- name: a :many\nSELECT id FROM vet WHERE id = $1",
     CATS ":2:", "write parameters as :name"},
    {"two_statements_in_a_block",
     "-- name: a :many\n-- params: area\nSELECT id FROM cat " GOOD ";\nSELECT 1",
     CATS ":3:", "more than one statement"},
    {"an_expression_without_a_type",
     "-- name: a :one\n-- params: area\nSELECT COUNT(*) AS n FROM cat " GOOD,
     CATS ":3:", "declare it in `-- returns: n"},
    {"an_expression_without_a_name",
     "-- name: a :one\n-- params: area\nSELECT COUNT(*) FROM cat " GOOD,
     CATS ":3:", "write AS some_name"},
    {"a_declared_column_that_is_not_there",
     "-- name: a :many\n-- params: area\n-- returns: n int\nSELECT id FROM cat " GOOD,
     CATS ":1:", "no column is named n"},
    {"two_columns_of_one_name", "-- name: a :many\n-- params: area\nSELECT id, id FROM cat " GOOD,
     CATS ":3:", "two columns are named id"},
    {"a_read_as_exec", "-- name: a :exec\n-- params: area\nSELECT id FROM cat " GOOD,
     CATS ":1:", ":exec and"},
    {"a_read_as_versioned", "-- name: a :versioned\n-- params: area\nSELECT id FROM cat " GOOD,
     CATS ":1:", ":versioned are for writes"},
    {"a_versioned_with_returning",
     "-- name: a :versioned\n-- params: area\nDELETE FROM cat " GOOD " RETURNING id",
     CATS ":1:", "without RETURNING"},
    {"a_write_without_rows_as_many", "-- name: a :many\n-- params: area\nDELETE FROM cat " GOOD,
     CATS ":1:", "use :exec"},
    {"an_unknown_kind", "-- name: a :some\nSELECT id FROM vet", CATS ":1:", "expected `-- name:"},
    {"an_unknown_directive", "-- name: a :many\n-- parms: area\nSELECT id FROM vet",
     CATS ":2:", "unknown directive"},
    {"a_statement_without_a_name", "\nSELECT 1", CATS ":2:", "needs `-- name:`"},
    {"a_name_used_twice",
     "-- name: a :many\n-- params: area\nSELECT id FROM cat " GOOD
     "\n-- name: a :many\n-- params: area\nSELECT id FROM cat " GOOD,
     CATS ":4:", "already the name"},
    {"a_block_without_a_statement", "-- name: a :many\n-- params: area\n",
     CATS ":1:", "no statement"},
    {"a_quote_that_is_not_closed", "-- name: a :many\nSELECT 'x FROM vet",
     CATS ":2:", "not closed"},
    {"insert_or_replace",
     "-- name: a :exec\n-- params: area\nREPLACE INTO cat (area_id) VALUES (:area)",
     CATS ":3:", "REPLACE is refused"},
};

static void is_refused(void **state)
{
    Bench *own = NULL;
    const Refusal *refusal = *state;
    require(set_up((void **)&own) == 0);
    compile(own, refusal->sql);
    bool good = own->status == 1 && str_contains(buf_view(&own->said), str_from(refusal->place)) &&
                str_contains(buf_view(&own->said), str_from(refusal->words));
    if (!good) {
        print_error("status %d: %.*s\nexpected: %s ... %s\n", own->status,
                    STR_ARG(buf_view(&own->said)), refusal->place, refusal->words);
    }
    tear_down((void **)&own);
    assert_true(good);
}

/* --- accepted ------------------------------------------------------------------------------ */

static void statements_that_tie_every_area_are_accepted(void **state)
{
    Bench *bench = *state;
    compile(
        bench,
        "-- name: a :many\n-- params: area\n"
        "SELECT c.id FROM cat AS c JOIN cats_public_cat p ON p.area_id = c.area_id AND p.id = "
        "c.id\n"
        "WHERE (c.area_id = :area) AND (c.id = 1 OR c.id = 2)\n"
        "-- name: b :many\n-- params: area\n"
        "SELECT id, name FROM cat JOIN cats_public_cat USING (area_id, id, name)"
        " WHERE area_id = :area\n"
        "-- name: c :many\n-- params: area\n"
        "WITH few AS (SELECT id FROM cat WHERE area_id = :area) SELECT id FROM few\n"
        "-- name: d :exec\n-- params: area\n"
        "INSERT INTO cat (area_id, id, name, fur, born_on, price_fen)\n"
        "SELECT area_id, id + 1, name, fur, born_on, price_fen FROM cat WHERE area_id = :area\n"
        "-- name: e :many\n-- crosses areas: a board of the district\n"
        "SELECT id FROM cat\n"
        "-- name: f :exec\n-- params: area, id\n"
        "UPDATE cat SET name = CASE WHEN id = 1 OR id = 2 THEN 'x' ELSE name END"
        " WHERE area_id = :area AND id = :id\n"
        "-- name: g :many\n-- params: area\n"
        "SELECT id FROM cat WHERE area_id = :area AND EXISTS (SELECT 1 FROM cats_public_cat AS p"
        " WHERE p.area_id = cat.area_id AND p.id = cat.id)\n");
    assert_accepted(bench);
}

static void another_rooms_public_view_may_be_read_and_only_that(void **state)
{
    Bench *bench = *state;
    write_text(bench, "src/features/dogs/dogs.sql",
               "-- name: a :many\n-- params: area\nSELECT id FROM cats_public_cat " GOOD);
    run(bench, "src/features/dogs/dogs.sql");
    assert_accepted(bench);
    write_text(bench, "src/features/dogs/dogs.sql",
               "-- name: a :many\n-- params: area\nSELECT id FROM cats_secret_cat " GOOD);
    run(bench, "src/features/dogs/dogs.sql");
    assert_refused(bench, "dogs.sql:3:", "may not read cats_secret_cat");
}

static void c_types_follow_names_and_declarations(void **state)
{
    Bench *bench = *state;
    compile(bench, "-- name: a_cat :maybe\n-- params: area, born_on, price_fen int, name text\n"
                   "-- returns: is_old int, cats int, seen_at int\n"
                   "SELECT name, fur, born_on, price_fen, id > 3 AS is_old, 1 + 1 AS cats,"
                   " 5 * 5 AS seen_at\n"
                   "FROM cat WHERE area_id = :area AND born_on = :born_on AND price_fen ="
                   " :price_fen AND name = :name");
    assert_accepted(bench);
    Str header = read_text(bench, "out/cats_sql.h");
    assert_true(str_contains(header, STR("Error *sql_a_cat(Snapshot *snapshot, int64_t area, Date "
                                         "born_on, int64_t price_fen, Str name, ACatRow *out, bool "
                                         "*out_found)")));
    assert_true(str_contains(header, STR("Str name;\n    Str fur;\n    Date born_on;\n    Money "
                                         "price_fen;\n    bool is_old;\n    int64_t cats;\n    "
                                         "Instant seen_at;")));
}

static void a_versioned_write_checks_itself_that_a_row_changed(void **state)
{
    Bench *bench = *state;
    compile(bench, "-- name: rename :versioned\n-- params: area, id, name text\n"
                   "UPDATE cat SET name = :name WHERE area_id = :area AND id = :id");
    assert_accepted(bench);
    assert_true(
        str_contains(read_text(bench, "out/cats_sql.h"),
                     STR("Error *sql_rename(Tx *tx, int64_t area, int64_t id, Str name);")));
    assert_true(str_contains(read_text(bench, "out/cats_sql.c"), STR("sql_expect_changed(")));
}

static void each_engine_gets_its_own_text(void **state)
{
    Bench *bench = *state;
    compile(bench, "-- name: a :many\n-- params: id, area\n"
                   "SELECT CAST(id AS INTEGER) AS id FROM cat -- our cats; all\n"
                   "WHERE area_id = :area AND id = :id AND name <> ':id INTEGER'\n"
                   "-- returns: id int");
    assert_refused(bench, CATS, "id is an expression");
    compile(bench, "-- name: a :many\n-- params: id, area\n-- returns: id int\n"
                   "SELECT CAST(id AS INTEGER) AS id FROM cat -- our cats; all\n"
                   "WHERE area_id = :area AND id = :id AND name <> ':id INTEGER' AND fur = x'00'");
    assert_accepted(bench);
    Str source = read_text(bench, "out/cats_sql.c");
    assert_true(str_contains(source, STR("\"SELECT CAST(id AS INTEGER) AS id FROM cat\"")));
    assert_true(str_contains(source, STR("\"SELECT CAST(id AS BIGINT) AS id FROM cat\"")));
    assert_true(str_contains(source, STR("area_id = ?2 AND id = ?1 AND name <> ':id INTEGER'")));
    assert_true(str_contains(source, STR("area_id = $2 AND id = $1 AND name <> ':id INTEGER' AND "
                                         "fur = '\\\\x00'::bytea")));
}

static void migrations_are_rendered_for_postgres(void **state)
{
    Bench *bench = *state;
    compile(bench, "");
    assert_accepted(bench);
    Str source = read_text(bench, "out/sql_migrations.c");
    assert_true(str_contains(source, STR("\"CREATE TABLE vet (id BIGINT NOT NULL, area_id BIGINT "
                                         "NOT NULL, PRIMARY KEY (id))\",")));
    assert_true(str_contains(source, STR(" fur BYTEA NOT NULL,")));
}

/* --- migrations ---------------------------------------------------------------------------- */

static void refuse_migration(Bench *bench, const char *sql, const char *place, const char *words)
{
    write_text(bench, "migrations/0002_more.sql", sql);
    compile(bench, "");
    assert_refused(bench, place, words);
}

static void a_table_without_an_owner_is_refused(void **state)
{
    refuse_migration(*state, "\nCREATE TABLE x (id INTEGER) STRICT;",
                     "migrations/0002_more.sql:2:", "needs `-- table: x");
}

static void a_table_without_a_scope_is_refused(void **state)
{
    refuse_migration(*state, "-- table: x  owner: cats\nCREATE TABLE x (id INTEGER) STRICT;",
                     "migrations/0002_more.sql:1:", "needs `scope:");
}

static void an_area_table_without_area_id_is_refused(void **state)
{
    refuse_migration(*state,
                     "-- table: x  owner: cats  scope: area\nCREATE TABLE x (id INTEGER) STRICT;",
                     "x ", "no column area_id");
}

static void a_broken_migration_is_refused_with_its_line(void **state)
{
    refuse_migration(*state, "-- one\n\nCREATE INDEX i ON cat (id,\n  colour);",
                     "migrations/0002_more.sql:4:", "colour");
}

static void deferred_constraints_are_refused(void **state)
{
    refuse_migration(*state,
                     "-- table: x  owner: cats  scope: instance\n"
                     "CREATE TABLE x (id INTEGER REFERENCES vet (id) DEFERRABLE INITIALLY DEFERRED)"
                     " STRICT;",
                     "migrations/0002_more.sql:2:", "DEFERRED is refused");
}

static const struct CMUnitTest others[] = {
    cmocka_unit_test_setup_teardown(statements_that_tie_every_area_are_accepted, set_up, tear_down),
    cmocka_unit_test_setup_teardown(another_rooms_public_view_may_be_read_and_only_that, set_up,
                                    tear_down),
    cmocka_unit_test_setup_teardown(c_types_follow_names_and_declarations, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_versioned_write_checks_itself_that_a_row_changed, set_up,
                                    tear_down),
    cmocka_unit_test_setup_teardown(each_engine_gets_its_own_text, set_up, tear_down),
    cmocka_unit_test_setup_teardown(migrations_are_rendered_for_postgres, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_table_without_an_owner_is_refused, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_table_without_a_scope_is_refused, set_up, tear_down),
    cmocka_unit_test_setup_teardown(an_area_table_without_area_id_is_refused, set_up, tear_down),
    cmocka_unit_test_setup_teardown(a_broken_migration_is_refused_with_its_line, set_up, tear_down),
    cmocka_unit_test_setup_teardown(deferred_constraints_are_refused, set_up, tear_down),
};

int main(void)
{
    struct CMUnitTest tests[countof(refusals) + countof(others)];
    static char names[countof(refusals)][100];
    for (size_t i = 0; i < countof(refusals); i++) {
        snprintf(names[i], sizeof(names[i]), "%s_is_refused", refusals[i].name);
        tests[i] =
            (struct CMUnitTest){names[i], is_refused, NULL, NULL, (void *)(uintptr_t)&refusals[i]};
    }
    memcpy(tests + countof(refusals), others, sizeof(others));
    return cmocka_run_group_tests(tests, NULL, NULL);
}
