#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/limits.h"
#include "common_text.h"
#include "platform/list/list.h"

#define TEST_ARENA_BYTES (64u * 1024 * 1024)
#define N_ROWS           120

typedef struct Row {
    int64_t id;
    Str title;
    int64_t votes;
    Money cost;
    Date day;
    Instant at;
    int64_t kind;
} Row;

static const Choice kinds[] = {{"yes", 1, TEXT_common_yes}, {"no", 2, TEXT_common_no}};

/* Row i has id i + 1; two neighbours share their number of votes, so that ties happen. */
static Row make_row(Arena *arena, int64_t i)
{
    return (Row){.id = i + 1,
                 .title =
                     i == 0 ? STR("=1+1, \"quoted\"") : arena_printf(arena, "第 %d 条", (int)i),
                 .votes = i / 2,
                 .cost = {i * 100},
                 .day = date_of((CivilDate){2027, 5, 12}),
                 .at = instant_at(date_of((CivilDate){2027, 5, 12}), 17, 5),
                 .kind = 1 + i % 2};
}

/* A query by key over N_ROWS rows, as SQL would do it; `parent` is the number of rows. */
static Error *fetch_by_votes(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    Arena *arena = (Arena *)(void *)snapshot; /* the test's stand-in */
    Row *rows = arena_array(arena, Row, (size_t)query->limit + 1);
    for (int64_t i = 0; i < query->parent && (int64_t)out->count < query->limit; i++) {
        Row row = make_row(arena, i);
        bool after = !query->after.is_set || row.votes > query->after.number ||
                     (row.votes == query->after.number && row.id > query->after.id);
        if (after) {
            rows[out->count++] = row;
        }
    }
    out->rows = rows;
    return NULL;
}

static Error *fetch_by_title(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    return fetch_by_votes(snapshot, query, out);
}

static SafeUrl link_of(Arena *arena, const ListQuery *query, const void *row)
{
    (void)query;
    return url_path(arena, "/p/%s", id_text(((const Row *)row)->id).text);
}

static RowMark mark_of(const void *row, Instant now)
{
    (void)now;
    return ((const Row *)row)->id == 1 ? ROW_LATE : ROW_PLAIN;
}

static const ListColumn columns[] = {
    {LIST_COLUMN(Row, title, COLUMN_STR, TEXT_common_skip_to_content), .flags = COLUMN_HEAD},
    {LIST_COLUMN(Row, votes, COLUMN_INT, TEXT_common_see_all)},
    {LIST_COLUMN(Row, cost, COLUMN_MONEY, TEXT_common_print)},
    {LIST_COLUMN(Row, day, COLUMN_DATE, TEXT_common_home), .flags = COLUMN_HTML_ONLY},
    {LIST_COLUMN(Row, at, COLUMN_TIME, TEXT_common_menu)},
    {LIST_COLUMN(Row, kind, COLUMN_CHOICE, TEXT_common_back), .choices = kinds, .n_choices = 2},
    {LIST_COLUMN(Row, id, COLUMN_ID, TEXT_common_sign_out), .flags = COLUMN_CSV_ONLY},
};

static const ListOrder orders[] = {
    {"votes", TEXT_common_see_all, COLUMN_INT, offsetof(Row, votes), false, fetch_by_votes},
    {"title", TEXT_common_skip_to_content, COLUMN_STR, offsetof(Row, title), true, fetch_by_title},
};

static const ListTable table = {.name = "rows",
                                .caption = TEXT_common_see_all,
                                .columns = columns,
                                .n_columns = countof(columns),
                                .orders = orders,
                                .n_orders = countof(orders),
                                .row_size = sizeof(Row),
                                .id_offset = offsetof(Row, id),
                                .link = link_of,
                                .mark = mark_of,
                                .has_csv = true};

static int set_up(void **state)
{
    *state = arena_create(TEST_ARENA_BYTES);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

static ListView load(Arena *arena, const char *query, int64_t n_rows)
{
    Pairs *pairs = arena_new(arena, Pairs);
    assert_null(form_decode_urlencoded(arena, str_from(query), 32, pairs));
    ListRequest request = {
        .arena = arena, .path = STR("/a/x/rows"), .query = pairs, .parent = n_rows};
    ListView view;
    assert_null(list_load((Snapshot *)(void *)arena, &table, &request, &view));
    return view;
}

static const char *query_of(Arena *arena, SafeUrl url)
{
    Str path, query;
    assert_true(str_cut(url.url, '?', &path, &query));
    return arena_cstr(arena, query);
}

static void paging_by_key_shows_every_row_once(void **state)
{
    const char *query = "";
    int64_t expected = 1;
    for (int page = 0; page < 3; page++) {
        ListView view = load(*state, query, N_ROWS);
        for (size_t i = 0; i < view.rows.count; i++) {
            const Row *row = list_row(&table, &view.rows, i);
            assert_int_equal(row->id, expected++);
        }
        query = page < 2 ? query_of(*state, view.pages.next) : "";
        assert_int_equal(view.pages.next.url.len > 0, page < 2);
    }
    assert_int_equal(expected, N_ROWS + 1);
}

static void from_every_page_one_gets_back_to_the_one_before(void **state)
{
    ListView one = load(*state, "", N_ROWS);
    assert_int_equal(one.pages.previous.url.len, 0);
    ListView two = load(*state, query_of(*state, one.pages.next), N_ROWS);
    ListView three = load(*state, query_of(*state, two.pages.next), N_ROWS);
    assert_int_equal(two.pages.first.url.len, 0); /* it would be the same as the one before */
    assert_true(three.pages.first.url.len > 0);
    ListView back = load(*state, query_of(*state, three.pages.previous), N_ROWS);
    const Row *first = list_row(&table, &back.rows, 0);
    assert_int_equal(first->id, LIMIT_PAGE_ROWS + 1);
    assert_true(str_eq(back.pages.previous.url, two.pages.previous.url));
    back = load(*state, query_of(*state, back.pages.previous), N_ROWS);
    first = list_row(&table, &back.rows, 0);
    assert_int_equal(first->id, 1);
    assert_int_equal(back.pages.previous.url.len, 0);
}

static void a_way_back_of_any_length_or_content_stays_a_link_of_ours(void **state)
{
    static const char *const trails[] = {"x", "..", "//evil.example", "a.b.c", "%0d%0aSet-Cookie:"};
    Str place = STR("after=00000000000310n1&trail=");
    for (size_t i = 0; i < countof(trails); i++) {
        Str query = arena_printf(*state, "%.*s%s", STR_ARG(place), trails[i]);
        ListView view = load(*state, query.data, N_ROWS);
        assert_false(str_starts_with(view.pages.previous.url, STR("//")));
        assert_false(str_contains(view.pages.previous.url, STR("evil")));
    }
    char longest[4000];
    memset(longest, 'a', sizeof(longest));
    longest[sizeof(longest) - 1] = '\0';
    Str query = arena_printf(*state, "%.*s%s", STR_ARG(place), longest);
    assert_true(load(*state, query.data, N_ROWS).pages.next.url.len < LIMIT_URL_BYTES);
}

static void a_full_last_page_has_no_next(void **state)
{
    assert_int_equal(load(*state, "", LIMIT_PAGE_ROWS).pages.next.url.len, 0);
    assert_true(load(*state, "", LIMIT_PAGE_ROWS + 1).pages.next.url.len > 0);
}

static void links_keep_what_is_not_ours(void **state)
{
    ListView view = load(*state, "q=路灯&round=7&order=title&after=x", N_ROWS);
    const char *next = query_of(*state, view.pages.next);
    assert_non_null(strstr(next, "q=%E8%B7%AF%E7%81%AF&round=7&order=title&after="));
    assert_ptr_equal(view.query.order, &orders[1]);
    assert_true(str_contains(view.order_links[0].url, STR("order=votes")));
    assert_true(str_ends_with(view.files.csv.url, STR("format=csv")));
}

static void an_unknown_order_or_torn_cursor_starts_anew(void **state)
{
    const char *torn[] = {"order=nothing",
                          "after=",
                          "after=zzz",
                          "after=0000000000001n",
                          "after=0000000000001nxx",
                          "after=0000000000001s41",
                          "after=UUUUUUUUUUUUUn1",
                          "order=votes&after=0000000000001n99999999999999999999"};
    for (size_t i = 0; i < countof(torn); i++) {
        ListView view = load(*state, torn[i], N_ROWS);
        assert_false(view.query.after.is_set);
        assert_ptr_equal(view.query.order, &orders[0]);
    }
}

static void a_text_cursor_reads_back(void **state)
{
    Row row = make_row(*state, 7);
    Str text = list_cursor_text(*state, &table, &orders[1], &row);
    ListCursor cursor = list_cursor_read(*state, &orders[1], text);
    assert_true(cursor.is_set);
    assert_int_equal(cursor.id, 8);
    assert_true(str_eq(cursor.text, row.title));
}

static const char *render(Arena *arena, const ListView *view)
{
    static Buf buf;
    buf_free(&buf);
    buf_init(&buf, 1 << 20);
    Out out = {.buf = &buf,
               .arena = arena,
               .lang = LANG_ZH,
               .now = instant_at(date_of((CivilDate){2027, 1, 1}), 9, 0)};
    list_table(&out, view);
    buf_char(&buf, '\0');
    return buf.data;
}

static void assert_has(const char *page, const char *part)
{
    if (!strstr(page, part)) {
        fail_msg("missing: %s\nin:\n%s", part, page);
    }
}

static void the_table_shows_labels_links_and_marks(void **state)
{
    ListView view = load(*state, "", 2);
    const char *page = render(*state, &view);
    assert_has(page, "<table class=\"t list\" id=\"rows\">");
    assert_has(page, "<th scope=\"col\" class=\"num\" aria-sort=\"ascending\">看全部</th>");
    assert_has(page, "<tr class=\"is-late\">");
    assert_has(page, "<th scope=\"row\"><a href=\"/p/0000000000001\">=1+1, &quot;quoted&quot;</a>");
    assert_has(page, "<td class=\"num\" data-label=\"打印\">1\u00a0元</td>");
    assert_has(page, "<td class=\"nb\" data-label=\"菜单\">5月12日（周三）17:05</td>");
    assert_has(page, "aria-current=\"true\"");
    assert_null(strstr(page, "0000000000002</t"));
}

static void an_empty_list_says_what_is_not_there(void **state)
{
    ListView view = load(*state, "", 0);
    const char *page = render(*state, &view);
    assert_has(page, "<div class=\"empty\">");
    assert_has(page, "这里还没有内容");
    assert_null(strstr(page, "<table"));
}

static const char *csv_of(Arena *arena, int64_t n_rows)
{
    static Buf buf;
    buf_free(&buf);
    buf_init(&buf, 1 << 22);
    Pairs none = {0};
    ListRequest request = {.arena = arena, .path = STR("/rows"), .query = &none, .parent = n_rows};
    assert_null(list_csv((Snapshot *)(void *)arena, &table, &request, LANG_ZH, &buf));
    buf_char(&buf, '\0');
    return buf.data;
}

static void the_csv_file_opens_in_a_spreadsheet_without_running_formulas(void **state)
{
    assert_string_equal(csv_of(*state, 2),
                        "\xEF\xBB\xBF跳到正文,看全部,打印,菜单,返回,退出登录\r\n"
                        "\"'=1+1, \"\"quoted\"\"\",0,0.00,2027-05-12 17:05,是,0000000000001\r\n"
                        "第 1 条,0,1.00,2027-05-12 17:05,否,0000000000002\r\n");
}

static void the_csv_file_holds_all_pages(void **state)
{
    const char *csv = csv_of(*state, 2500);
    size_t lines = 0;
    for (const char *c = csv; *c != '\0'; c++) {
        lines += *c == '\n';
    }
    assert_int_equal(lines, 2501);
}

static void a_csv_file_over_its_limit_ends_at_once(void **state)
{
    (void)state;
    Arena *arena = arena_create(TEST_ARENA_BYTES);
    Buf small;
    buf_init(&small, 4096);
    Pairs none = {0};
    ListRequest request = {.arena = arena, .path = STR("/rows"), .query = &none, .parent = 50000};
    Error *error = list_csv((Snapshot *)(void *)arena, &table, &request, LANG_ZH, &small);
    assert_int_equal(error->code, ERROR_TOO_LARGE);
    assert_in_range(arena_used(arena), 0, 1024 * 1024);
    buf_free(&small);
    arena_destroy(arena);
}

static void every_start_of_a_formula_is_neutralised(void **state)
{
    (void)state;
    const char *starts[] = {"=a", "+a", "-a", "@a", "\ta", "\ra", "＝a", "＋a", "－a", "＠a"};
    for (size_t i = 0; i < countof(starts); i++) {
        Buf buf;
        buf_init(&buf, 100);
        csv_write_cell(&buf, str_from(starts[i]), true);
        assert_true(str_contains(buf_view(&buf), STR("'")));
        buf_free(&buf);
    }
}

static void a_page_that_draws_its_own_rows_has_the_same_files(void **state)
{
    Pairs query = {0};
    ListRequest request = {.arena = *state, .path = STR("/a/1/x"), .query = &query};
    ListTable closed = table;
    ListFiles files = list_files(&table, &request);
    assert_true(str_ends_with(files.csv.url, STR("format=csv")));
    assert_true(str_ends_with(files.xlsx.url, STR("format=xlsx")));
    assert_true(str_ends_with(files.pdf.url, STR("format=pdf")));
    closed.has_csv = false;
    assert_int_equal(list_files(&closed, &request).csv.url.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paging_by_key_shows_every_row_once),
        cmocka_unit_test(from_every_page_one_gets_back_to_the_one_before),
        cmocka_unit_test(a_way_back_of_any_length_or_content_stays_a_link_of_ours),
        cmocka_unit_test(a_full_last_page_has_no_next),
        cmocka_unit_test(links_keep_what_is_not_ours),
        cmocka_unit_test(an_unknown_order_or_torn_cursor_starts_anew),
        cmocka_unit_test(a_text_cursor_reads_back),
        cmocka_unit_test(the_table_shows_labels_links_and_marks),
        cmocka_unit_test(an_empty_list_says_what_is_not_there),
        cmocka_unit_test(the_csv_file_opens_in_a_spreadsheet_without_running_formulas),
        cmocka_unit_test(the_csv_file_holds_all_pages),
        cmocka_unit_test(a_csv_file_over_its_limit_ends_at_once),
        cmocka_unit_test(every_start_of_a_formula_is_neutralised),
        cmocka_unit_test(a_page_that_draws_its_own_rows_has_the_same_files),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
