#include "main/install.h"

#include <errno.h>
#include <ini.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "main/features.h"
#include "main/install_send.h"
#include "platform/html/error_page.h"

static char *path_in(Arena *arena, const char *directory, const char *name)
{
    return arena_cstr(arena, arena_printf(arena, "%s/%s", directory, name));
}

typedef struct Reading {
    Arena *arena;
    Install *install;
    Str problem;
} Reading;

static bool read_number(Str value, int64_t low, int64_t high, int *out)
{
    int64_t number;
    if (!str_to_int64(value, &number) || number < low || number > high) {
        return false;
    }
    *out = (int)number;
    return true;
}

static bool read_yes_no(Str value, bool *out)
{
    *out = str_eq(value, STR("yes"));
    return *out || str_eq(value, STR("no"));
}

static bool read_level(Str value, LogLevel *out)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    for (size_t i = 0; i < countof(names); i++) {
        if (str_eq(value, str_from(names[i]))) {
            *out = (LogLevel)i;
            return true;
        }
    }
    return false;
}

static bool read_server(Reading *reading, Str name, Str value)
{
    ServerOptions *server = &reading->install->server;
    if (str_eq(name, STR("address"))) {
        server->address = arena_cstr(reading->arena, value);
        return true;
    }
    if (str_eq(name, STR("trusted_proxies"))) {
        server->trusted_proxies = arena_cstr(reading->arena, value);
        return true;
    }
    if (str_eq(name, STR("behind_tls"))) {
        return read_yes_no(value, &server->behind_tls);
    }
    const struct {
        Str name;
        int64_t low, high;
        int *where;
    } numbers[] = {
        {STR("port"), 0, 65535, &server->port},
        {STR("workers"), 1, 256, &server->workers},
        {STR("loops"), 1, 64, &server->loops},
    };
    for (size_t i = 0; i < countof(numbers); i++) {
        if (str_eq(name, numbers[i].name)) {
            return read_number(value, numbers[i].low, numbers[i].high, numbers[i].where);
        }
    }
    return false;
}

/* inih's callback: 0 stops at this line. */
static int read_setting(void *user, const char *section, const char *name, const char *value)
{
    Reading *reading = user;
    Install *install = reading->install;
    Str s = str_from(section);
    Str n = str_from(name);
    Str v = str_from(value);
    bool ok = false;
    if (str_eq(s, STR("server"))) {
        ok = read_server(reading, n, v);
    } else if (str_eq(s, STR("database")) && str_eq(n, STR("where"))) {
        install->database = arena_cstr(reading->arena, v);
        ok = v.len > 0;
    } else if (str_eq(s, STR("keys")) && str_eq(n, STR("directory"))) {
        install->keys_directory = arena_cstr(reading->arena, v);
        ok = v.len > 0;
    } else if (str_eq(s, STR("log")) && str_eq(n, STR("level"))) {
        ok = read_level(v, &install->log_level);
    } else {
        ok = install_send_setting(reading->arena, &install->send, s, n, v);
    }
    if (!ok) { /* without the value, which may be a secret */
        reading->problem = arena_printf(reading->arena, "[%s] %s", section, name);
    }
    return ok;
}

Error *install_read(Arena *arena, const char *directory, Install *out)
{
    *out = (Install){.directory = directory,
                     .database = path_in(arena, directory, "yuanzhuo.db"),
                     .keys_directory = path_in(arena, directory, "keys"),
                     .log_level = LOG_INFO,
                     .server = {.address = "127.0.0.1", .port = 8080},
                     .send = send_config_default()};
    const char *path = path_in(arena, directory, "yuanzhuo.conf");
    if (access(path, F_OK) != 0) {
        return NULL;
    }
    Reading reading = {.arena = arena, .install = out};
    int line = ini_parse(path, read_setting, &reading);
    if (line != 0) {
        return error_make(arena, ERROR_CONFIGURATION, "%s:%d: not a setting: %.*s", path, line,
                          STR_ARG(reading.problem));
    }
    return send_config_check(arena, &out->send);
}

static Error *make_directory(Arena *arena, const char *path)
{
    if (mkdir(path, 0700) != 0 && errno != EEXIST) {
        return error_make(arena, ERROR_FILE_SYSTEM, "the directory %s cannot be made: %s", path,
                          strerror(errno));
    }
    return NULL;
}

static Error *create_database(Arena *arena, const Install *install)
{
    Clock clock = {0};
    Db *db;
    DbOptions options = {.where = install->database, .clock = &clock, .may_create = true};
    Error *err = db_open(arena, &options, &db);
    if (err) {
        return err;
    }
    int version = 0;
    err = db_schema_version(db, arena, &version);
    if (!err && version > 0) {
        err = error_make(arena, ERROR_ALREADY_EXISTS, "%s already holds an installation",
                         install->directory);
    }
    if (!err) {
        err = db_migrate(db, arena, NULL);
    }
    db_close(db);
    return err;
}

Error *install_create(Arena *arena, const Install *install)
{
    Error *err = make_directory(arena, install->directory);
    if (!err) {
        err = make_directory(arena, install->keys_directory);
    }
    if (!err) {
        err = secret_create(arena, install->keys_directory);
    }
    return err ? err : create_database(arena, install);
}

static Error *check_schema(Arena *arena, Db *db, bool migrate)
{
    int version;
    Error *err = db_schema_version(db, arena, &version);
    if (err || version == db_schema_newest()) {
        return err;
    }
    if (migrate) {
        return db_migrate(db, arena, NULL);
    }
    return error_make(arena, ERROR_CONFIGURATION,
                      "the database has schema %d, this program needs %d: back up, then run "
                      "\"yuanzhuo migrate\"",
                      version, db_schema_newest());
}

Error *install_open(Arena *arena, const Install *install, Clock *clock, bool migrate, App *out)
{
    *out = (App){.clock = clock,
                 .features = features,
                 .n_features = feature_count,
                 .keys_directory = install->keys_directory,
                 .send = &install->send,
                 .error_page = error_page};
    log_set_level(install->log_level);
    if (sodium_init() < 0) {
        return error_make(arena, ERROR_CONFIGURATION, "libsodium cannot start");
    }
    Error *err = secret_load(arena, install->keys_directory, &out->secret);
    if (err) {
        return err;
    }
    out->hasher = hasher_create(arena);
    DbOptions options = {
        .where = install->database, .clock = clock, .readers = install->server.workers};
    err = db_open(arena, &options, &out->db);
    if (err) {
        return err;
    }
    err = check_schema(arena, out->db, migrate);
    if (err) {
        install_close(out);
    }
    return err;
}

void install_close(App *app)
{
    if (app->db) {
        db_close(app->db);
        app->db = NULL;
    }
}

int report_error(const char *command, const Error *error)
{
    fprintf(stderr, "yuanzhuo %s: %.*s\n", command, STR_ARG(error->detail));
    return 1;
}
