/* cmd_operate.c: migrate, backup, restore, check, holidays, routes: what an operator does to an
 * installation.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "features/programmes/programmes.h"
#include "main/commands.h"
#include "main/features.h"
#include "main/install.h"
#include "main/options.h"
#include "main/read_file.h"
#include "platform/db/backup.h"
#include "platform/journal/journal.h"

typedef struct OperateFlags {
    InstallFlags install;
    const char *file; /* backup, restore and holidays */
} OperateFlags;

static error_t parse(int key, char *argument, struct argp_state *state)
{
    OperateFlags *flags = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &flags->install;
        return 0;
    case ARGP_KEY_ARG:
        if (flags->file) {
            argp_error(state, "one file, not two");
        }
        flags->file = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child children[] = {{&install_argp, 0, NULL, 0}, {0}};

typedef Error *Operation(Arena *arena, const Install *install, const OperateFlags *flags);

static int operate(int argc, char **argv, const char *name, const char *arguments, const char *doc,
                   Operation *operation)
{
    const struct argp argp = {
        .parser = parse, .args_doc = arguments, .doc = doc, .children = children};
    OperateFlags flags = {0};
    install_flags_default(&flags.install);
    argp_parse(&argp, argc, argv, 0, NULL, &flags);
    if ((arguments != NULL) != (flags.file != NULL)) {
        fprintf(stderr, "yuanzhuo %s: %s\n", name,
                arguments ? "name the file" : "this command takes no file");
        return EXIT_USAGE;
    }
    Arena *arena = arena_create(LIMIT_REQUEST_ARENA_BYTES);
    Install install;
    Error *err = install_read(arena, flags.install.directory, &install);
    if (!err) {
        err = operation(arena, &install, &flags);
    }
    int code = err ? report_error(name, err) : 0;
    arena_destroy(arena);
    return code;
}

static Error *migrate(Arena *arena, const Install *install, const OperateFlags *flags)
{
    (void)flags;
    Clock clock = {0};
    App app = {0};
    Error *err = install_open(arena, install, &clock, true, &app);
    if (!err) {
        printf("schema %d\n", db_schema_newest());
        install_close(&app);
    }
    return err;
}

int cmd_migrate(int argc, char **argv)
{
    return operate(argc, argv, "migrate", NULL,
                   "Bring the database to the schema of this program. Back up first.", migrate);
}

/* Works beside a serving process: db_backup reads the SQLite file, it does not own it. */
static Error *backup(Arena *arena, const Install *install, const OperateFlags *flags)
{
    Error *err = db_backup_file(arena, install->database, flags->file);
    if (!err) {
        printf("%s\n", flags->file);
    }
    return err;
}

int cmd_backup(int argc, char **argv)
{
    return operate(argc, argv, "backup", "FILE",
                   "Write a consistent copy of the SQLite database into FILE, also while it is "
                   "served. Keys are not in it: copy keys/ apart from it, to another place.",
                   backup);
}

static Error *restore(Arena *arena, const Install *install, const OperateFlags *flags)
{
    return db_restore_file(arena, flags->file, install->database);
}

int cmd_restore(int argc, char **argv)
{
    return operate(
        argc, argv, "restore", "FILE",
        "Put a backup in the place of the database. The installation must not be served; "
        "the database that is there is kept beside it as yuanzhuo.db.before-restore.",
        restore);
}

static Error *check_areas(Arena *arena, Db *db)
{
    Snapshot *snapshot;
    Error *err = db_snapshot_begin(db, arena, &snapshot);
    if (err) {
        return err;
    }
    int64_t *areas;
    size_t n_areas;
    err = journal_areas(snapshot, &areas, &n_areas);
    for (size_t i = 0; !err && i < n_areas; i++) {
        JournalReport report;
        err = journal_verify(snapshot, areas[i], &report);
        if (!err && report.broken != 0) {
            err =
                error_make(arena, ERROR_DATABASE, "the journal of area %s is broken at entry %lld",
                           id_text(areas[i]).text, (long long)report.broken);
        }
    }
    db_snapshot_end(snapshot);
    if (!err) {
        printf("journal: %zu areas, whole\n", n_areas);
    }
    return err;
}

static Error *check(Arena *arena, const Install *install, const OperateFlags *flags)
{
    (void)flags;
    Clock clock = {0};
    App app = {0};
    Error *err = install_open(arena, install, &clock, false, &app);
    if (!err) {
        printf("schema: %d, up to date\n", db_schema_newest());
        err = check_areas(arena, app.db);
        install_close(&app);
    }
    return err;
}

int cmd_check(int argc, char **argv)
{
    return operate(argc, argv, "check", NULL,
                   "Check schema, keys and the journal's chains of an installation at rest.",
                   check);
}

static Error *import_holidays(Arena *arena, const Install *install, const OperateFlags *flags)
{
    Clock clock = {0};
    App app = {0};
    Str text;
    HolidayYear year;
    Error *err = read_file(arena, flags->file, LIMIT_HOLIDAY_FILE_BYTES, &text);
    if (!err) {
        err = holidays_parse(arena, str_from(flags->file), text, &year);
    }
    if (!err) {
        err = install_open(arena, install, &clock, false, &app);
    }
    if (err) {
        return err;
    }
    err = db_write(app.db, arena, holidays_import, &year, NULL, 0);
    if (!err) {
        printf("%d: %zu days\n", year.year, year.n_days);
    }
    install_close(&app);
    return err;
}

int cmd_holidays(int argc, char **argv)
{
    return operate(argc, argv, "holidays", "FILE",
                   "Put the public holidays of a year, and the days worked instead, into an "
                   "installation. data/holidays/2026.ini shows how the file is written.",
                   import_holidays);
}

int cmd_routes(int argc, char **argv)
{
    (void)argc;
    (void)argv;
    for (size_t f = 0; f < feature_count; f++) {
        for (size_t r = 0; r < features[f]->n_routes; r++) {
            const Route *route = &features[f]->routes[r];
            printf("%-4s %-44s %-12s %-10s %s\n", route->method == HTTP_POST ? "POST" : "GET",
                   route->path, features[f]->name, policy_name(route->policy),
                   route->form ? route->form->name : "");
        }
    }
    return 0;
}
