/* Each rule of rooms.h on a small tree that breaks it in one place, and on one that does not. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include "rooms.h"
#include "tool_files.h"

#define TEST_ARENA_BYTES (64u * 1024 * 1024)

typedef struct TreeFile {
    const char *path; /* under src */
    const char *text;
} TreeFile;

/* A tree without problems; each case adds or replaces one file. */
static const TreeFile good_tree[] = {
    {"base/str.h", ""},
    {"tally/tally.c", "#include \"base/str.h\"\n#include <stdio.h>\n"},
    {"order/order.h", ""},
    {"platform/http/http.h", "#include \"platform/db/db.h\"\n#include \"tally/tally.h\"\n"},
    {"platform/db/db_sqlite.c", "#include <sqlite3.h>\n    \"SELECT 1\";\n"},
    {"features/areas/areas.h", "#include \"platform/http/http.h\"\n"},
    {"features/areas/areas.sql", "-- name: area_get :one\n"},
    {"features/areas/areas.text", "[act.area.new]\n[error.area]\n[area.title]\n[area.said n:int]\n"
                                  "[area.word1]\n[area.named]\n"},
    {"features/areas/areas.html", "<h1>{{ text area.title }}</h1>\n"},
    {"features/areas/areas_views.h", ""},
    {"features/areas/areas.c",
     "#include \"features/areas/areas_views.h\"\n"
     "#include \"areas_sql.h\"\n#include \"areas_text.h\"\n"
     "sql_area_get(); t_area_said(2); TEXT_area_word##n; TEXT_area_named;"},
    {"features/areas/areas_rules.c", "#include \"areas_rules.h\"\n#include \"tally/tally.h\"\n"
                                     "#include <string.h>\n"},
    {"features/polls/polls.c",
     "#include \"features/areas/areas.h\"\n"
     "ROUTE_GET(\"/a/{area}/polls\", x) {HTTP_POST, \"/a/{area}/polls/{id}\", x}\n"
     "/* \"/a/{area}/x\" */ page_path(page, \"/a/{area}/polls?round={id}\", '\"', 1);\n"},
    {"features/polls/polls_test.c",
     "#include \"features/areas/areas_views.h\"\nsql_poll_gone();\n"},
    {"features/polls/polls_fixture.h", "#include \"features/areas/areas_views.h\"\n"},
    {"main/main.c", "#include \"features/polls/polls.h\"\n"},
};

static const char *const folders[] = {
    "base",          "tally",    "order",          "platform",       "platform/db",
    "platform/http", "features", "features/areas", "features/polls", "main",
};

static const struct {
    TreeFile file;
    const char *expected; /* part of the report */
} bad[] = {
    {{"base/str.c", "\n#include \"platform/http/http.h\"\n"},
     "src/base/str.c:2: an include against the arrows: platform/http/http.h"},
    {{"tally/greedy.c", "#include \"order/order.h\"\n"},
     "src/tally/greedy.c:1: an include against the arrows: order/order.h"},
    {{"tally/greedy.c", "#include \"areas_text.h\"\n"},
     "src/tally/greedy.c:1: an include against the arrows: areas_text.h"},
    {{"platform/http/loop.c", "#include \"features/areas/areas.h\"\n"},
     "src/platform/http/loop.c:1: an include against the arrows"},
    {{"features/polls/more.c", "#  include \"main/commands.h\"\n"},
     "src/features/polls/more.c:1: an include against the arrows"},
    {{"features/polls/more.c", "#include \"tests/support/x.h\"\n"},
     "src/features/polls/more.c:1: an include from outside of src"},
    {{"features/polls/more.c", "#include \"features/areas/areas_views.h\"\n"},
     "src/features/polls/more.c:1: another room is entered by its <room>.h"},
    {{"features/polls/more.c", "#include \"areas_sql.h\"\n"},
     "src/features/polls/more.c:1: statements are for the room that holds their .sql"},
    {{"features/areas/more.c", "\n\n#include \"features/polls/polls.h\"\n"},
     "src/features/areas/more.c:3: rooms call each other in a circle: areas -> polls"},
    {{"features/polls/more.c", "#include <sqlite3.h>\n"},
     "src/features/polls/more.c:1: only platform/db knows the database libraries"},
    {{"platform/http/x_test.c", "#include <libpq-fe.h>\n"},
     "src/platform/http/x_test.c:1: only platform/db knows the database libraries"},
    {{"features/polls/polls_rules.c", "#include \"platform/text/text.h\"\n"},
     "src/features/polls/polls_rules.c:1: rules are pure"},
    {{"features/polls/polls_rules.h", "#include \"features/polls/polls.h\"\n"},
     "src/features/polls/polls_rules.h:1: rules are pure"},
    {{"features/polls/polls.text", "\n[poll.title]\n"},
     "src/features/polls/polls.text:2: nothing uses TEXT_poll_title"},
    {{"features/areas/areas.html", "<p>{{ text area.titles }}</p>"},
     "src/features/areas/areas.text:3: nothing uses TEXT_area_title"},
    {{"features/areas/more.c", "\npage_path(page, \"/a/{area}/polls/{id}/edit#top\", 1);"},
     "src/features/areas/more.c:2: no room serves /a/{area}/polls/{id}/edit"},
    {{"features/polls/polls.sql", "-- name: poll_gone :many\n"},
     "src/features/polls/polls.sql:1: nothing uses sql_poll_gone"},
    {{"features/polls/more.c", "int x;\nconst char *sql = \"SELECT id FROM poll\";\n"},
     "src/features/polls/more.c:2: SQL stands in .sql files"},
    {{"features/polls/README.md", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16\n17\n18\n"
                                  "19\n20\n21\n"},
     "src/features/polls/README.md:21: a folder's README.md has at most 20 lines"},
};

static void write_file(const char *root, const char *path, const char *text)
{
    char full[512];
    snprintf(full, sizeof full, "%s/src/%s", root, path);
    FILE *file = fopen(full, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void make_folder(const char *root, const char *path)
{
    char full[512];
    snprintf(full, sizeof full, "%s/src/%s", root, path);
    assert_int_equal(mkdir(full, 0700), 0);
}

static void make_tree(char *root)
{
    assert_non_null(mkdtemp(root));
    make_folder(root, "");
    for (size_t i = 0; i < countof(folders); i++) {
        char readme[128];
        make_folder(root, folders[i]);
        snprintf(readme, sizeof readme, "%s/README.md", folders[i]);
        write_file(root, readme, "# a folder\n");
    }
    for (size_t i = 0; i < countof(good_tree); i++) {
        write_file(root, good_tree[i].path, good_tree[i].text);
    }
}

static int remove_entry(const char *path, const struct stat *status, int flag, struct FTW *walk)
{
    (void)status;
    (void)flag;
    (void)walk;
    return remove(path);
}

/* Checks the tree, then removes it. */
static int check_tree(const char *root, Buf *report)
{
    Arena *arena = arena_create(TEST_ARENA_BYTES);
    int problems = rooms_check(arena, root, report);
    buf_char(report, '\0');
    arena_destroy(arena);
    nftw(root, remove_entry, 8, FTW_DEPTH | FTW_PHYS);
    return problems;
}

static void a_tree_in_order_has_no_problems(void **state)
{
    (void)state;
    char root[] = "/tmp/rooms-XXXXXX";
    make_tree(root);
    Buf report;
    buf_init(&report, 1 << 20);
    assert_int_equal(check_tree(root, &report), 0);
    assert_string_equal(report.data, "");
    buf_free(&report);
}

static void each_break_is_named_with_file_and_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < countof(bad); i++) {
        char root[] = "/tmp/rooms-XXXXXX";
        make_tree(root);
        write_file(root, bad[i].file.path, bad[i].file.text);
        Buf report;
        buf_init(&report, 1 << 20);
        int problems = check_tree(root, &report);
        if (problems == 0 || !strstr(report.data, bad[i].expected)) {
            fail_msg("expected: %s\ngot %d:\n%s", bad[i].expected, problems, report.data);
        }
        buf_free(&report);
    }
}

static void a_folder_without_readme_is_named(void **state)
{
    (void)state;
    char root[] = "/tmp/rooms-XXXXXX";
    make_tree(root);
    make_folder(root, "features/empty");
    Buf report;
    buf_init(&report, 1 << 20);
    assert_int_equal(check_tree(root, &report), 1);
    assert_non_null(strstr(report.data, "src/features/empty/README.md:1: every folder"));
    buf_free(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tree_in_order_has_no_problems),
        cmocka_unit_test(each_break_is_named_with_file_and_line),
        cmocka_unit_test(a_folder_without_readme_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
