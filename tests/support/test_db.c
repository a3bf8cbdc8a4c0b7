#include "test_db.h"

#include <dirent.h>
#include <unistd.h>

#include "base/random.h"
#include "platform/db/db_internal.h"

void test_ok(const Error *err)
{
    if (err) {
        panic("%s: %.*s (%s:%d)", error_code_name(err->code), STR_ARG(err->detail), err->file,
              err->line);
    }
}

const char *test_db_name(DbKind kind)
{
    return kind == DB_SQLITE ? "sqlite" : "postgres";
}

/* --- PostgreSQL ---------------------------------------------------------------------------- */

static const char *server(void)
{
    const char *where = getenv("YZ_TEST_POSTGRES");
    if (!where || !*where) {
        panic("YZ_TEST_POSTGRES is not set: run under tests/support/with_postgres.sh");
    }
    return where;
}

static void define_on_server(Arena *arena, const char *sql)
{
    DbOptions options = {.where = server()};
    Driver *driver = NULL;
    Connection *connection = NULL;
    test_ok(driver_postgres_open(arena, &options, &driver));
    test_ok(driver->ops->connect(driver, arena, ROLE_WRITE, &connection));
    test_ok(connection->ops->define(connection, arena, sql));
    connection->ops->close(connection);
    driver->ops->close(driver);
}

static const char *make_schema(Arena *arena)
{
    uint64_t chance = 0;
    random_bytes(&chance, sizeof(chance));
    Str name = arena_printf(arena, "t%016lx", (unsigned long)chance);
    define_on_server(arena, arena_printf(arena, "CREATE SCHEMA %.*s", STR_ARG(name)).data);
    Str where = str_from(server());
    if (str_contains(where, STR("://"))) {
        return arena_printf(arena, "%.*s%soptions=-csearch_path%%3D%.*s", STR_ARG(where),
                            str_contains(where, STR("?")) ? "&" : "?", STR_ARG(name))
            .data;
    }
    return arena_printf(arena, "%.*s options='-csearch_path=%.*s'", STR_ARG(where), STR_ARG(name))
        .data;
}

/* The schema is the last word of what make_schema gave. */
static void drop_schema(Arena *arena, const char *where)
{
    Str name = str_from(where);
    size_t from = name.len;
    while (from > 0 && name.data[from - 1] != 't') {
        from--;
    }
    name = str_slice(name, from - 1, from + 16);
    define_on_server(arena, arena_printf(arena, "DROP SCHEMA %.*s CASCADE", STR_ARG(name)).data);
}

/* --- SQLite -------------------------------------------------------------------------------- */

static const char *make_folder(Arena *arena)
{
    const char *parent = getenv("TMPDIR");
    char *folder = arena_cstr(
        arena, arena_printf(arena, "%s/yz_test_XXXXXX", parent && *parent ? parent : "/tmp"));
    require(mkdtemp(folder) != NULL);
    return arena_printf(arena, "%s/test.db", folder).data;
}

/* Everything in the folder of the file, which make_folder made. */
static void remove_folder(Arena *arena, const char *path)
{
    Str folder = arena_str(arena, str_slice(str_from(path), 0, strlen(path) - strlen("/test.db")));
    require(str_contains(folder, STR("/yz_test_")));
    DIR *entries = opendir(folder.data);
    require(entries != NULL);
    for (struct dirent *entry = NULL; (entry = readdir(entries)) != NULL;) {
        if (entry->d_name[0] != '.') {
            unlink(arena_printf(arena, "%.*s/%s", STR_ARG(folder), entry->d_name).data);
        }
    }
    closedir(entries);
    require(rmdir(folder.data) == 0);
}

/* --- both ---------------------------------------------------------------------------------- */

const char *test_db_place(Arena *arena, DbKind kind)
{
    return kind == DB_SQLITE ? make_folder(arena) : make_schema(arena);
}

void test_db_remove_place(Arena *arena, const char *where)
{
    if (str_contains(str_from(where), STR("search_path"))) {
        drop_schema(arena, where);
    } else {
        remove_folder(arena, where);
    }
}

void test_db_open(Arena *arena, DbKind kind, Db **out)
{
    DbOptions options = {
        .where = test_db_place(arena, kind),
        .clock = arena_new(arena, Clock),
        .may_create = true,
        .strict_timing = true,
    };
    test_ok(db_open(arena, &options, out));
    test_ok(db_migrate(*out, arena, NULL));
}

void test_db_close(Db *db)
{
    Arena *arena = arena_create(1u << 20);
    const char *where = arena_cstr(arena, str_from(db->options.where));
    db_close(db);
    test_db_remove_place(arena, where);
    arena_destroy(arena);
}

Clock *test_db_clock(Db *db)
{
    return db->options.clock;
}
