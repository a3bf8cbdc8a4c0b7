#include "platform/db/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/file.h>
#include <unistd.h>

#define PAGES_A_STEP 256
#define BUSY_WAIT_MS 50

static bool is_postgres(const char *database)
{
    Str s = str_from(database);
    return str_starts_with(s, STR("postgres://")) || str_starts_with(s, STR("postgresql://")) ||
           str_contains(s, STR("dbname="));
}

static Error *sqlite_error(Arena *arena, int code, const char *what, const char *path)
{
    ErrorCode kind = code == SQLITE_FULL     ? ERROR_STORAGE_FULL
                     : code == SQLITE_NOTADB ? ERROR_DATABASE
                                             : ERROR_FILE_SYSTEM;
    return error_make(arena, kind, "%s %s: %s", what, path, sqlite3_errstr(code));
}

static Error *open_sqlite(Arena *arena, const char *path, int flags, sqlite3 **out)
{
    int code = sqlite3_open_v2(path, out, flags, NULL);
    if (code != SQLITE_OK) {
        sqlite3_close(*out);
        *out = NULL;
        return sqlite_error(arena, code, "cannot open", path);
    }
    sqlite3_busy_timeout(*out, 5000);
    return NULL;
}

/* Copies in steps, so that a writer is never kept waiting; a change in between starts over inside
 * SQLite. One read transaction held by us would also do, but would keep the WAL from shrinking. */
static int copy_pages(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    if (!backup) {
        return sqlite3_errcode(to);
    }
    int code;
    do {
        code = sqlite3_backup_step(backup, PAGES_A_STEP);
        if (code == SQLITE_BUSY || code == SQLITE_LOCKED) {
            sqlite3_sleep(BUSY_WAIT_MS);
        }
    } while (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED);
    int finish = sqlite3_backup_finish(backup);
    return code == SQLITE_DONE ? finish : code;
}

/* A copy under a read transaction of `from`: all of it is one moment. */
static Error *copy_database(Arena *arena, const char *from_path, const char *to_path)
{
    sqlite3 *from = NULL;
    sqlite3 *to = NULL;
    Error *err = open_sqlite(arena, from_path, SQLITE_OPEN_READWRITE, &from);
    if (!err) {
        err = open_sqlite(arena, to_path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &to);
    }
    int code = SQLITE_OK;
    if (!err) {
        code = sqlite3_exec(from, "BEGIN; SELECT COUNT(*) FROM sqlite_schema", NULL, NULL, NULL);
    }
    if (!err && code == SQLITE_OK) {
        code = copy_pages(from, to);
    }
    if (!err && code == SQLITE_OK) {
        code = sqlite3_exec(to, "PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL", NULL,
                            NULL, NULL);
    }
    sqlite3_close(to);
    sqlite3_close(from);
    return err || code == SQLITE_OK ? err : sqlite_error(arena, code, "cannot copy to", to_path);
}

static bool sync_path(const char *path, int flags)
{
    int fd = open(path, flags | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

static bool sync_directory_of(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    size_t length = slash == NULL ? 0 : slash == path ? 1 : (size_t)(slash - path);
    const char *directory = length == 0 ? "." : arena_cstr(arena, str_from_bytes(path, length));
    return sync_path(directory, O_RDONLY | O_DIRECTORY);
}

static Error *make_durable(Arena *arena, const char *path)
{
    return sync_path(path, O_RDONLY) && sync_directory_of(arena, path)
               ? NULL
               : error_make(arena, ERROR_FILE_SYSTEM, "cannot sync %s: errno %d", path, errno);
}

/* Makes an empty file that must be new, readable by us alone. */
static Error *reserve(Arena *arena, const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return error_make(arena, errno == EEXIST ? ERROR_ALREADY_EXISTS : ERROR_FILE_SYSTEM,
                          "%s cannot be made: %s", path, strerror(errno));
    }
    close(fd);
    return NULL;
}

Error *db_backup_file(Arena *arena, const char *database, const char *to)
{
    if (is_postgres(database)) {
        return error_make(arena, ERROR_CONFIGURATION,
                          "a PostgreSQL database is copied with pg_dump");
    }
    if (access(database, R_OK) != 0) {
        return error_make(arena, ERROR_NOT_FOUND, "%s: %s", database, strerror(errno));
    }
    Error *err = reserve(arena, to);
    if (err) {
        return err;
    }
    err = copy_database(arena, database, to);
    if (!err) {
        err = make_durable(arena, to);
    }
    if (err) {
        unlink(to);
    }
    return err;
}

static int expect_ok(void *user, int columns, char **values, char **names)
{
    (void)names;
    bool *ok = user;
    *ok = columns == 1 && values[0] && strcmp(values[0], "ok") == 0;
    return 0;
}

/* Whole by SQLite's own check, and one of ours: it knows its migrations. */
static Error *check_backup(Arena *arena, const char *path)
{
    sqlite3 *db;
    if (access(path, R_OK) != 0) {
        return error_make(arena, ERROR_NOT_FOUND, "%s: %s", path, strerror(errno));
    }
    Error *err = open_sqlite(arena, path, SQLITE_OPEN_READONLY, &db);
    if (err) {
        return err;
    }
    bool whole = false;
    int code = sqlite3_exec(db, "PRAGMA integrity_check(1)", expect_ok, &whole, NULL);
    if (code == SQLITE_OK) {
        code = sqlite3_exec(db, "SELECT number, checksum FROM schema_migration", NULL, NULL, NULL);
    }
    sqlite3_close(db);
    return code == SQLITE_OK && whole
               ? NULL
               : error_make(arena, ERROR_DATABASE, "%s is damaged, or not a backup of this program",
                            path);
}

/* The owner lock of a serving process (driver_sqlite.c takes the same). */
static Error *lock_owner(Arena *arena, const char *database, int *out_fd)
{
    *out_fd =
        open(arena_printf(arena, "%s.lock", database).data, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*out_fd < 0) {
        return error_make(arena, ERROR_FILE_SYSTEM, "%s.lock: %s", database, strerror(errno));
    }
    if (flock(*out_fd, LOCK_EX | LOCK_NB) != 0) {
        close(*out_fd);
        return error_make(arena, ERROR_BUSY, "%s is being served: stop the server first", database);
    }
    return NULL;
}

/* The old database as one file: its WAL belongs to it, so it is copied, not renamed. */
static Error *keep_old(Arena *arena, const char *database)
{
    if (access(database, F_OK) != 0) {
        return NULL;
    }
    const char *kept = arena_printf(arena, "%s.before-restore", database).data;
    unlink(kept);
    return db_backup_file(arena, database, kept);
}

static Error *replace(Arena *arena, const char *from, const char *database)
{
    const char *incoming = arena_printf(arena, "%s.incoming", database).data;
    unlink(incoming);
    Error *err = reserve(arena, incoming);
    if (!err) {
        err = copy_database(arena, from, incoming);
    }
    if (!err) {
        err = make_durable(arena, incoming);
    }
    if (err) {
        unlink(incoming);
        return err;
    }
    unlink(arena_printf(arena, "%s-wal", database).data);
    unlink(arena_printf(arena, "%s-shm", database).data);
    if (rename(incoming, database) != 0 || !sync_directory_of(arena, database)) {
        return error_make(arena, ERROR_FILE_SYSTEM, "%s: %s", database, strerror(errno));
    }
    return NULL;
}

Error *db_restore_file(Arena *arena, const char *from, const char *database)
{
    int lock;
    Error *err = check_backup(arena, from);
    if (!err && is_postgres(database)) {
        err = error_make(arena, ERROR_CONFIGURATION, "a PostgreSQL database is restored with psql");
    }
    if (!err) {
        err = lock_owner(arena, database, &lock);
    }
    if (err) {
        return err;
    }
    err = keep_old(arena, database);
    if (!err) {
        err = replace(arena, from, database);
    }
    close(lock);
    return err;
}
