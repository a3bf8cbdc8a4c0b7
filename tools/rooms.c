#include "rooms.h"

#include <dirent.h>
#include <sys/stat.h>

#include "base/vec.h"
#include "rooms_links.h"
#include "rooms_unused.h"
#include "tool_files.h"

typedef enum Layer {
    LAYER_BASE,
    LAYER_PURE,
    LAYER_PLATFORM,
    LAYER_FEATURES,
    LAYER_MAIN,
    LAYER_NONE
} Layer;

static const struct {
    const char *folder;
    Layer layer;
} layers[] = {
    {"base", LAYER_BASE},         {"tally", LAYER_PURE},  {"opinion", LAYER_PURE},
    {"order", LAYER_PURE},        {"ledger", LAYER_PURE}, {"platform", LAYER_PLATFORM},
    {"features", LAYER_FEATURES}, {"main", LAYER_MAIN},
};

/* A call from one room of features into another, by include. */
typedef struct Edge {
    Str from;
    Str to;
    Str path; /* where the include stands */
    int line;
} Edge;

typedef struct EdgeVec {
    Edge *items;
    size_t count;
    size_t capacity;
} EdgeVec;

typedef struct Checker {
    Arena *arena;
    const char *root;
    Buf *report;
    int problems;
    EdgeVec edges;
    Unused unused;
    Links links;
} Checker;

/* One include line of one file. Paths are relative to ROOT/src. */
typedef struct Include {
    Str file; /* "features/polls/polls.c" */
    Str folder;
    Layer layer;
    Str room; /* of features, or empty */
    Str target;
    int line;
    bool is_rules;
} Include;

static void complain(Checker *checker, Str path, int line, const char *what, Str about)
{
    buf_printf(checker->report, "src/%.*s:%d: %s%s%.*s\n", STR_ARG(path), line, what,
               about.len > 0 ? ": " : "", STR_ARG(about));
    checker->problems++;
}

static Layer layer_of(Str path)
{
    Str head, rest;
    str_cut(path, '/', &head, &rest);
    for (size_t i = 0; i < countof(layers); i++) {
        if (str_eq(head, str_from(layers[i].folder))) {
            return layers[i].layer;
        }
    }
    return LAYER_NONE;
}

/* "features/polls/polls.h" -> "polls"; empty for everything else. */
static Str room_of(Str path)
{
    Str head, rest, room, file;
    str_cut(path, '/', &head, &rest);
    bool inside = str_eq(head, STR("features")) && str_cut(rest, '/', &room, &file);
    return inside ? room : STR("");
}

static Str folder_of(Str path)
{
    for (size_t i = path.len; i > 0; i--) {
        if (path.data[i - 1] == '/') {
            return str_slice(path, 0, i - 1);
        }
    }
    return STR("");
}

static bool is_file(Checker *checker, Str folder, const char *name_format, Str stem)
{
    Str name = arena_printf(checker->arena, name_format, STR_ARG(stem));
    struct stat status;
    return stat(arena_printf(checker->arena, "%s/src/%.*s/%.*s", checker->root, STR_ARG(folder),
                             STR_ARG(name))
                    .data,
                &status) == 0;
}

/* --- the rules of one include --------------------------------------------------------------- */

static bool is_database_library(Str target)
{
    return str_eq(target, STR("sqlite3.h")) || str_eq(target, STR("libpq-fe.h"));
}

static void check_arrow(Checker *checker, const Include *include)
{
    Layer to = layer_of(include->target);
    if (to == LAYER_NONE) {
        complain(checker, include->file, include->line, "an include from outside of src",
                 include->target);
        return;
    }
    Str from_head, to_head, rest;
    str_cut(include->file, '/', &from_head, &rest);
    str_cut(include->target, '/', &to_head, &rest);
    bool other_pure =
        include->layer == LAYER_PURE && to == LAYER_PURE && !str_eq(from_head, to_head);
    if (to > include->layer || other_pure) {
        complain(checker, include->file, include->line, "an include against the arrows",
                 include->target);
    }
}

static void check_room(Checker *checker, const Include *include)
{
    Str to = room_of(include->target);
    if (include->room.len == 0 || to.len == 0 || str_eq(include->room, to)) {
        return;
    }
    Str door = arena_printf(checker->arena, "features/%.*s/%.*s%s.h", STR_ARG(to), STR_ARG(to),
                            include->is_rules ? "_rules" : "");
    if (!str_eq(include->target, door)) {
        complain(checker, include->file, include->line, "another room is entered by its <room>.h",
                 include->target);
    }
    *vec_push(checker->arena, &checker->edges) =
        (Edge){.from = include->room, .to = to, .path = include->file, .line = include->line};
}

static void check_rules_file(Checker *checker, const Include *include)
{
    Layer to = layer_of(include->target);
    bool has_folder = str_contains(include->target, STR("/"));
    bool pure = has_folder ? to <= LAYER_PURE || str_ends_with(include->target, STR("_rules.h"))
                           : str_ends_with(include->target, STR("_rules.h"));
    if (!pure) {
        complain(checker, include->file, include->line,
                 "rules are pure: base, the pure libraries and rules headers only",
                 include->target);
    }
}

/* "polls_sql.h" is for the room that holds polls.sql; platform's folders may share theirs. */
static void check_generated(Checker *checker, const Include *include)
{
    Str target = include->target;
    bool is_sql = str_ends_with(target, STR("_sql.h"));
    bool is_html = str_ends_with(target, STR("_html.h"));
    bool generated = is_sql || is_html || str_ends_with(target, STR("_text.h")) ||
                     str_eq(target, STR("assets_data.h"));
    if (generated && include->layer < LAYER_PLATFORM) {
        complain(checker, include->file, include->line, "an include against the arrows", target);
    }
    Str stem = str_slice(target, 0, is_sql ? target.len - 6 : 0);
    if (is_sql && include->layer != LAYER_PLATFORM &&
        !is_file(checker, include->folder, "%.*s.sql", stem)) {
        complain(checker, include->file, include->line,
                 "statements are for the room that holds their .sql", target);
    }
}

static void check_quoted(Checker *checker, const Include *include)
{
    if (include->is_rules) {
        check_rules_file(checker, include);
    }
    if (str_contains(include->target, STR("/"))) {
        check_arrow(checker, include);
        check_room(checker, include);
    } else {
        check_generated(checker, include);
    }
}

/* --- lines ---------------------------------------------------------------------------------- */

/* The name between quotes or angle brackets of an #include line; false for other lines. */
static bool read_include(Str line, Str *out_target, bool *out_quoted)
{
    line = str_trim(line);
    if (line.len == 0 || line.data[0] != '#') {
        return false;
    }
    line = str_trim(str_slice(line, 1, line.len));
    if (!str_starts_with(line, STR("include"))) {
        return false;
    }
    line = str_trim(str_slice(line, 7, line.len));
    *out_quoted = str_starts_with(line, STR("\""));
    Str rest;
    return line.len > 1 &&
           str_cut(str_slice(line, 1, line.len), *out_quoted ? '"' : '>', out_target, &rest);
}

static bool holds_sql(Str line)
{
    static const char *const starts[] = {"\"SELECT ", "\"INSERT INTO ", "\"UPDATE ",
                                         "\"DELETE FROM ", "\"CREATE TABLE "};
    for (size_t i = 0; i < countof(starts); i++) {
        if (str_contains(line, str_from(starts[i]))) {
            return true;
        }
    }
    return false;
}

bool rooms_is_test(Str path)
{
    return str_ends_with(path, STR("_test.c")) || str_ends_with(path, STR("_fixture.h"));
}

static void check_line(Checker *checker, Include *include, Str line, bool is_test)
{
    bool in_db = str_starts_with(include->file, STR("platform/db/"));
    bool quoted = false;
    if (!read_include(line, &include->target, &quoted)) {
        if (!is_test && !in_db && holds_sql(line)) {
            complain(checker, include->file, include->line, "SQL stands in .sql files", STR(""));
        }
        return;
    }
    if (is_database_library(include->target) && !in_db) {
        complain(checker, include->file, include->line,
                 "only platform/db knows the database libraries", include->target);
    }
    if (quoted && !is_test) {
        check_quoted(checker, include);
    }
}

static Str read_source(Checker *checker, Str path)
{
    return tool_read_file(
        checker->arena,
        arena_printf(checker->arena, "%s/src/%.*s", checker->root, STR_ARG(path)).data);
}

static void check_source(Checker *checker, Str path)
{
    Include include = {.file = path,
                       .folder = folder_of(path),
                       .layer = layer_of(path),
                       .room = room_of(path),
                       .is_rules = str_ends_with(path, STR("_rules.c")) ||
                                   str_ends_with(path, STR("_rules.h"))};
    bool is_test = rooms_is_test(path);
    Str text = read_source(checker, path);
    unused_read(&checker->unused, path, text);
    links_read(&checker->links, path, text);
    while (text.len > 0) {
        Str line;
        str_cut(text, '\n', &line, &text);
        include.line++;
        check_line(checker, &include, line, is_test);
    }
}

/* --- folders -------------------------------------------------------------------------------- */

static void check_readme(Checker *checker, Str folder)
{
    Str path = arena_printf(checker->arena, "%.*s/README.md", STR_ARG(folder));
    if (!is_file(checker, folder, "README.md%.*s", STR(""))) {
        complain(checker, path, 1, "every folder has a README.md: what belongs here, what does not",
                 STR(""));
        return;
    }
    Str text = read_source(checker, path);
    int lines = 0;
    while (text.len > 0) {
        Str line;
        str_cut(text, '\n', &line, &text);
        lines++;
    }
    if (lines > ROOMS_README_MAX_LINES) {
        complain(checker, path, lines, "a folder's README.md has at most 20 lines", STR(""));
    }
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static void check_folder(Checker *checker, Str folder);

static void check_entry(Checker *checker, Str path)
{
    struct stat status;
    const char *full =
        arena_printf(checker->arena, "%s/src/%.*s", checker->root, STR_ARG(path)).data;
    if (stat(full, &status) != 0) {
        return;
    }
    if (S_ISDIR(status.st_mode)) {
        check_readme(checker, path);
        check_folder(checker, path);
    } else if (str_ends_with(path, STR(".c")) || str_ends_with(path, STR(".h"))) {
        check_source(checker, path);
    } else if (str_ends_with(path, STR(".text")) || str_ends_with(path, STR(".sql")) ||
               str_ends_with(path, STR(".html"))) {
        unused_read(&checker->unused, path, read_source(checker, path));
    }
}

/* Entries in byte order, so that reports are the same everywhere. "" is src itself. */
static void check_folder(Checker *checker, Str folder)
{
    struct dirent **entries = NULL;
    const char *full =
        arena_printf(checker->arena, "%s/src/%.*s", checker->root, STR_ARG(folder)).data;
    int count = scandir(full, &entries, is_shown, alphasort);
    if (count < 0) {
        complain(checker, folder, 1, "cannot be read", STR(""));
        return;
    }
    for (int i = 0; i < count; i++) {
        check_entry(checker, arena_printf(checker->arena, "%.*s%s%s", STR_ARG(folder),
                                          folder.len > 0 ? "/" : "", entries[i]->d_name));
        free(entries[i]);
    }
    free(entries);
}

/* --- circles -------------------------------------------------------------------------------- */

/* Whether `to` can be reached from `from`; *visited marks edges already walked. */
static bool reaches(const Checker *checker, Str from, Str to, bool *visited)
{
    for (size_t i = 0; i < checker->edges.count; i++) {
        const Edge *edge = &checker->edges.items[i];
        if (visited[i] || !str_eq(edge->from, from)) {
            continue;
        }
        visited[i] = true;
        if (str_eq(edge->to, to) || reaches(checker, edge->to, to, visited)) {
            return true;
        }
    }
    return false;
}

static void check_circles(Checker *checker)
{
    for (size_t i = 0; i < checker->edges.count; i++) {
        const Edge *edge = &checker->edges.items[i];
        bool *visited = arena_array(checker->arena, bool, checker->edges.count);
        if (reaches(checker, edge->to, edge->from, visited)) {
            complain(checker, edge->path, edge->line, "rooms call each other in a circle",
                     arena_printf(checker->arena, "%.*s -> %.*s -> ... -> %.*s",
                                  STR_ARG(edge->from), STR_ARG(edge->to), STR_ARG(edge->from)));
        }
    }
}

int rooms_check(Arena *arena, const char *root, Buf *report)
{
    Checker checker = {.arena = arena, .root = root, .report = report};
    unused_init(&checker.unused, arena);
    links_init(&checker.links, arena);
    check_folder(&checker, STR(""));
    check_circles(&checker);
    return checker.problems + unused_report(&checker.unused, report) +
           links_report(&checker.links, report);
}
