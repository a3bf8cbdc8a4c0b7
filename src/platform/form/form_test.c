#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/log.h"
#include "common_text.h"
#include "form_fields_html.h"
#include "platform/form/form.h"
#include "platform/form/form_view.h"

typedef struct Input {
    Str title;
    Str need;
    int64_t people;
    Money cost;
    Date day;
    int kind;
    Str phone;
    bool is_sure;
    IdList picks;
    Str code;
    Str secret;
    FileInput roll;
} Input;

static const Choice kinds[] = {{"works", 1, TEXT_common_yes}, {"goods", 2, TEXT_common_no}};

static const Field fields[] = {
    {FIELD_COMMON(Input, title, FIELD_TEXT, TEXT_common_skip_to_content), .is_required = true,
     .max = 4},
    {FIELD_COMMON(Input, need, FIELD_LONG_TEXT, TEXT_common_not_set),
     .hint = TEXT_common_not_given},
    {FIELD_COMMON(Input, people, FIELD_INTEGER, TEXT_common_see_all), .min = 1, .max = 500},
    {FIELD_COMMON(Input, cost, FIELD_MONEY, TEXT_common_see_all), .min = 100, .max = 5000000},
    {FIELD_COMMON(Input, day, FIELD_DATE, TEXT_common_see_all)},
    {FIELD_COMMON(Input, kind, FIELD_CHOICE, TEXT_common_see_all), .choices = kinds,
     .n_choices = 2},
    {FIELD_COMMON(Input, phone, FIELD_PHONE, TEXT_common_see_all), .autocomplete = "tel"},
    {FIELD_COMMON(Input, is_sure, FIELD_BOX, TEXT_common_yes)},
    {FIELD_COMMON(Input, picks, FIELD_IDS, TEXT_common_see_all), .max = 2},
    {FIELD_COMMON(Input, code, FIELD_CODE, TEXT_common_see_all), .min = 16, .max = 16},
    {FIELD_COMMON(Input, secret, FIELD_PASSWORD, TEXT_common_see_all)},
    {FIELD_COMMON(Input, roll, FIELD_FILE, TEXT_common_see_all), .max = 10},
};

static const Form form = FORM("wish", fields, Input, .has_file = true);

/* One parsed form, from an urlencoded body. */
typedef struct Parsed {
    Arena *arena;
    Input input;
    FormState state;
    bool good;
} Parsed;

static int set_up(void **state)
{
    Parsed *parsed = calloc(1, sizeof *parsed);
    parsed->arena = arena_create(LIMIT_REQUEST_ARENA_BYTES);
    *state = parsed;
    return 0;
}

static int tear_down(void **state)
{
    Parsed *parsed = *state;
    arena_destroy(parsed->arena);
    free(parsed);
    return 0;
}

static void parse(Parsed *parsed, const char *body)
{
    Pairs pairs;
    assert_null(form_decode_urlencoded(parsed->arena, str_from(body), LIMIT_FORM_PAIRS, &pairs));
    parsed->good = form_parse(parsed->arena, &form, &pairs, &parsed->input, &parsed->state);
}

static void assert_str(Str s, const char *expected)
{
    assert_int_equal(s.len, strlen(expected));
    assert_memory_equal(s.data, expected, s.len);
}

static ErrorCode code_of(const Parsed *parsed, const char *name)
{
    const FieldState *field = form_field(&parsed->state, name);
    return field->error ? field->error->code : ERROR_NONE;
}

static void a_good_form_fills_every_type(void **state)
{
    Parsed *parsed = *state;
    parse(parsed, "title=+路灯%20&need=a%0D%0Ab&people=12&cost=1%2C280.50&day=2027-05-12&kind=goods"
                  "&phone=0086+138-0000-1234&is_sure=1&picks=0000000000001&picks=0000000000002"
                  "&code=1234+5678+1234+5678&secret=+x+");
    assert_true(parsed->good);
    assert_str(parsed->input.title, "路灯");
    assert_str(parsed->input.need, "a\nb");
    assert_int_equal(parsed->input.people, 12);
    assert_int_equal(parsed->input.cost.fen, 128050);
    assert_int_equal(date_civil(parsed->input.day).month, 5);
    assert_int_equal(parsed->input.kind, 2);
    assert_str(parsed->input.phone, "13800001234");
    assert_true(parsed->input.is_sure);
    assert_int_equal(parsed->input.picks.count, 2);
    assert_int_equal(parsed->input.picks.ids[1], 2);
    assert_str(parsed->input.code, "1234567812345678");
    assert_str(parsed->input.secret, " x ");
}

static void full_width_digits_are_normalised(void **state)
{
    Parsed *parsed = *state;
    parse(parsed, "title=a&people=１２&cost=１２８００元&phone=＋８６１３８０００００１２６&day="
                  "２０２７－０５－１２");
    assert_true(parsed->good);
    assert_int_equal(parsed->input.people, 12);
    assert_int_equal(parsed->input.cost.fen, 1280000);
    assert_str(parsed->input.phone, "13800000126");
    assert_int_equal(date_civil(parsed->input.day).year, 2027);
}

static void optional_fields_may_be_empty(void **state)
{
    Parsed *parsed = *state;
    parse(parsed, "title=a&need=&people=+&cost=&day=&kind=&phone=&code=");
    assert_true(parsed->good);
    assert_int_equal(parsed->input.kind, 0);
}

static void a_missing_required_field_is_named(void **state)
{
    Parsed *parsed = *state;
    parse(parsed, "need=x&title=%E3%80%80");
    assert_false(parsed->good);
    assert_int_equal(code_of(parsed, "title"), ERROR_FIELD_MISSING);
    assert_str(form_field(&parsed->state, "title")->error->field, "title");
}

static const struct {
    const char *body;
    const char *field;
    ErrorCode code;
    int64_t number;
} refused[] = {
    {"title=路灯坏了呢", "title", ERROR_FIELD_TOO_LONG, 4},
    {"title=%01", "title", ERROR_FIELD_CHARACTERS, 0},
    {"title=a%00b", "title", ERROR_FIELD_CHARACTERS, 0},
    {"title=a%E2%80%AEb", "title", ERROR_FIELD_CHARACTERS, 0},
    {"title=a&title=b", "title", ERROR_FIELD_TWICE, 0},
    {"title=a&people=0", "people", ERROR_FIELD_TOO_SMALL, 1},
    {"title=a&people=501", "people", ERROR_FIELD_TOO_BIG, 500},
    {"title=a&people=twelve", "people", ERROR_FIELD_NOT_NUMBER, 0},
    {"title=a&people=99999999999999999999", "people", ERROR_FIELD_NOT_NUMBER, 0},
    {"title=a&cost=x", "cost", ERROR_FIELD_NOT_MONEY, 0},
    {"title=a&cost=0.5", "cost", ERROR_FIELD_TOO_SMALL, 1},
    {"title=a&cost=50000.01", "cost", ERROR_FIELD_TOO_BIG, 50000},
    {"title=a&day=2027-02-30", "day", ERROR_FIELD_NOT_DATE, 0},
    {"title=a&kind=other", "kind", ERROR_FIELD_NOT_CHOICE, 0},
    {"title=a&phone=138000001", "phone", ERROR_FIELD_NOT_PHONE, 0},
    {"title=a&phone=<script>", "phone", ERROR_FIELD_NOT_PHONE, 0},
    {"title=a&is_sure=maybe", "is_sure", ERROR_FIELD_NOT_CHOICE, 0},
    {"title=a&picks=1", "picks", ERROR_FIELD_NOT_CHOICE, 0},
    {"title=a&picks=0000000000001&picks=0000000000001", "picks", ERROR_FIELD_TWICE, 0},
    {"title=a&picks=0000000000001&picks=0000000000002&picks=0000000000003", "picks",
     ERROR_FIELD_TOO_MANY, 2},
    {"title=a&code=1234", "code", ERROR_FIELD_TOO_SHORT, 16},
    {"title=a&code=12x4", "code", ERROR_FIELD_NOT_NUMBER, 0},
    {"title=a&roll=text", "roll", ERROR_FIELD_FILE_TYPE, 0},
};

static void a_wrong_field_says_what_is_wrong(void **state)
{
    Parsed *parsed = *state;
    for (size_t i = 0; i < countof(refused); i++) {
        parse(parsed, refused[i].body);
        const Error *error = form_field(&parsed->state, refused[i].field)->error;
        if (parsed->good || !error || error->code != refused[i].code ||
            error->number != refused[i].number) {
            fail_msg("%s: got %s %lld", refused[i].body,
                     error ? error_code_name(error->code) : "none",
                     error ? (long long)error->number : 0);
        }
    }
}

static void what_was_typed_is_kept_except_passwords(void **state)
{
    Parsed *parsed = *state;
    parse(parsed, "title=很长很长的标题&people=abc&secret=hunter2");
    assert_str(form_field(&parsed->state, "title")->typed, "很长很长的标题");
    assert_str(form_field(&parsed->state, "people")->typed, "abc");
    assert_str(form_field(&parsed->state, "secret")->typed, "");
}

static void unknown_fields_are_ignored(void **state)
{
    Parsed *parsed = *state;
    parse(parsed, "title=a&is_admin=1&_token=abc");
    assert_true(parsed->good);
    assert_str(parsed->state.token, "abc");
}

static void a_use_case_error_hangs_on_its_field_or_the_form(void **state)
{
    Parsed *parsed = *state;
    parse(parsed, "title=a");
    Arena *arena = parsed->arena;
    form_add_error(&parsed->state,
                   error_for_field(error_make(arena, ERROR_ALREADY_EXISTS, "x"), STR("title")));
    form_add_error(&parsed->state, error_make(arena, ERROR_POLL_CLOSED, "x"));
    assert_int_equal(code_of(parsed, "title"), ERROR_ALREADY_EXISTS);
    assert_int_equal(parsed->state.error->code, ERROR_POLL_CLOSED);
    assert_true(form_has_errors(&parsed->state));
}

static void a_prefilled_form_parses_to_the_same_values(void **state)
{
    Parsed *parsed = *state;
    parse(parsed, "title=路灯&people=12&cost=1280.50&day=2027-05-12&kind=works&phone=13800001234");
    FormState *again = form_fresh(parsed->arena, &form);
    form_prefill(parsed->arena, again, &parsed->input);
    assert_str(form_field(again, "cost")->typed, "1,280.50");
    assert_str(form_field(again, "day")->typed, "2027-05-12");
    assert_str(form_field(again, "kind")->typed, "works");
    assert_str(form_field(again, "people")->typed, "12");
}

static void a_figure_nobody_has_given_is_an_empty_box(void **state)
{
    Parsed *parsed = *state;
    parse(parsed, "title=0&people=&cost=0&kind=works");
    FormState *again = form_fresh(parsed->arena, &form);
    form_prefill(parsed->arena, again, &parsed->input);
    form_empty_zeros(again);
    assert_str(form_field(again, "people")->typed, "");
    assert_str(form_field(again, "cost")->typed, "");
    assert_str(form_field(again, "title")->typed, "0");
}

typedef struct SeenInput {
    int64_t version;
    Str title;
} SeenInput;

static const Field seen_fields[] = {
    {FIELD_COMMON(SeenInput, version, FIELD_ID, TEXT_common_see_all), .is_required = true},
    {FIELD_COMMON(SeenInput, title, FIELD_TEXT, TEXT_common_see_all), .max = 10},
};
static const Form seen_form = FORM("seen", seen_fields, SeenInput);

/* The words stay; only after a conflict the version is that of now. */
static void after_a_conflict_a_form_goes_by_what_is_shown_now(void **state)
{
    Parsed *parsed = *state;
    SeenInput now = {.version = 3, .title = STR("theirs")};
    FormState *form_state = form_fresh(parsed->arena, &seen_form);
    SeenInput typed = {.version = 1, .title = STR("mine")};
    form_prefill(parsed->arena, form_state, &typed);
    Str old = form_field(form_state, "version")->typed;
    form_add_error(form_state, error_make(parsed->arena, ERROR_POLL_CLOSED, "x"));
    form_see_again(parsed->arena, form_state, &now);
    assert_true(str_eq(form_field(form_state, "version")->typed, old));
    form_state->error = error_make(parsed->arena, ERROR_VERSION_CONFLICT, "x");
    form_see_again(parsed->arena, form_state, &now);
    assert_false(str_eq(form_field(form_state, "version")->typed, old));
    assert_str(form_field(form_state, "title")->typed, "mine");
}

/* --- telephones ----------------------------------------------------------------------------- */

static const struct {
    const char *typed;
    const char *read; /* NULL: refused */
} phones[] = {
    {"13800001234", "13800001234"},
    {"+86 138 0000 1234", "13800001234"},
    {"8613800001234", "13800001234"},
    {"0086-13800001234", "13800001234"},
    {"80000126", "80000126"},
    {"010-8000 0126", "01080000126"},
    {"+86 10 80000126", "01080000126"},
    {"(0755)8000126", "07558000126"},
    {"4008001234", "4008001234"},
    {"12345", NULL},
    {"10800001234", NULL},
    {"138000012345", NULL},
    {"", NULL},
    {"abc", NULL},
    {"00000000000", NULL},
    {"+1 212 555 0100", NULL},
};

static void telephones_are_read_as_people_write_them(void **state)
{
    Parsed *parsed = *state;
    for (size_t i = 0; i < countof(phones); i++) {
        Str read = STR("");
        Error *error = parse_phone(parsed->arena, str_from(phones[i].typed), &read);
        if ((error == NULL) != (phones[i].read != NULL) ||
            (!error && !str_eq(read, str_from(phones[i].read)))) {
            fail_msg("%s read as %.*s", phones[i].typed, STR_ARG(read));
        }
    }
}

/* --- decoders ------------------------------------------------------------------------------- */

static void broken_escapes_and_bytes_are_refused(void **state)
{
    Arena *arena = ((Parsed *)*state)->arena;
    Pairs pairs;
    const char *broken[] = {"a=%", "a=%4", "a=%zz", "%f=1"};
    for (size_t i = 0; i < countof(broken); i++) {
        Error *error = form_decode_urlencoded(arena, str_from(broken[i]), 9, &pairs);
        assert_non_null(error);
        assert_int_equal(error->code, ERROR_BAD_REQUEST);
    }
    assert_int_equal(form_decode_urlencoded(arena, STR("a=%ff"), 9, &pairs)->code, ERROR_NOT_UTF8);
    assert_int_equal(form_decode_urlencoded(arena, STR("a&b&c"), 2, &pairs)->code, ERROR_TOO_LARGE);
}

static const char multipart_type[] = "multipart/form-data; boundary=\"xYz\"";

static Error *decode_multipart(Arena *arena, Str body, Pairs *pairs)
{
    return form_decode_multipart(arena, STR(multipart_type), body, 5, pairs);
}

static void a_multipart_form_gives_values_and_files(void **state)
{
    Arena *arena = ((Parsed *)*state)->arena;
    Pairs pairs;
    Error *error = decode_multipart(
        arena,
        STR("--xYz\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n路灯\r\n"
            "--xYz\r\nContent-Disposition: form-data; name=\"roll\"; filename=\"a.csv\"\r\n"
            "Content-Type: text/csv\r\n\r\nx\r\n\xff\r\n--xYz--\r\n"),
        &pairs);
    assert_null(error);
    assert_int_equal(pairs.count, 2);
    assert_str(pairs.items[0].value, "路灯");
    assert_true(pairs.items[1].is_file);
    assert_str(pairs.items[1].file_name, "a.csv");
    assert_str(pairs.items[1].file_type, "text/csv");
    assert_str(pairs.items[1].value, "x\r\n\xff");
}

static void a_torn_multipart_form_is_refused(void **state)
{
    Arena *arena = ((Parsed *)*state)->arena;
    const char *torn[] = {
        "",
        "--xYz",
        "--xYz\r\n",
        "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nvalue",
        "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nv\r\n--xYz",
        "--xYz\r\nContent-Disposition: form-data\r\n\r\nv\r\n--xYz--",
        "--xYz\r\nContent-Disposition: form-data; name=\"a\r\n\r\nv\r\n--xYz--",
        "--xYz\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\nv\r\n--xYz--",
        "--xYz\r\nContent-Type: text/plain\r\n\r\nv\r\n--xYz--",
        "--xYz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n--xYz--",
    };
    for (size_t i = 0; i < countof(torn); i++) {
        Pairs pairs;
        if (!decode_multipart(arena, str_from(torn[i]), &pairs)) {
            fail_msg("accepted: %s", torn[i]);
        }
    }
    Pairs pairs;
    assert_int_equal(
        form_decode_multipart(arena, STR("text/plain; boundary=x"), STR(""), 5, &pairs)->code,
        ERROR_CONTENT_TYPE);
}

static void a_file_over_its_limit_is_refused(void **state)
{
    Parsed *parsed = *state;
    Pair items[] = {{.name = STR_INIT("title"), .value = STR_INIT("a")},
                    {.name = STR_INIT("roll"),
                     .value = STR_INIT("12345678901"),
                     .file_name = STR_INIT("C:\\x\\roll.csv"),
                     .is_file = true}};
    Pairs pairs = {items, 2};
    assert_false(form_parse(parsed->arena, &form, &pairs, &parsed->input, &parsed->state));
    assert_int_equal(code_of(parsed, "roll"), ERROR_FIELD_FILE_SIZE);
    items[1].value.len = 10;
    assert_true(form_parse(parsed->arena, &form, &pairs, &parsed->input, &parsed->state));
    assert_str(parsed->input.roll.name, "roll.csv");
}

/* --- the page ------------------------------------------------------------------------------- */

static const char *render_form(Parsed *parsed)
{
    static Buf buf;
    buf_free(&buf);
    buf_init(&buf, 1 << 20);
    Out out = {.buf = &buf, .arena = parsed->arena, .lang = LANG_ZH};
    form_begin(&out, &parsed->state, url_path(parsed->arena, "/wish"));
    form_errors(&out, &parsed->state);
    for (size_t i = 0; i < countof(fields); i++) {
        if (fields[i].type != FIELD_IDS) {
            field(&out, &parsed->state, fields[i].name);
        }
    }
    form_submit(&out, t_common_sign_out());
    form_end(&out, &parsed->state);
    buf_char(&buf, '\0');
    return buf.data;
}

static void assert_has(const char *page, const char *part)
{
    if (!strstr(page, part)) {
        fail_msg("missing: %s\nin:\n%s", part, page);
    }
}

static void a_refused_form_shows_words_and_errors_at_the_field(void **state)
{
    Parsed *parsed = *state;
    parse(parsed, "title=%3Cb%3E路灯&need=a%26b&people=x&kind=goods&secret=hunter2&_token=t%22");
    const char *page = render_form(parsed);
    assert_has(page, "<form id=\"wish\" method=\"post\" action=\"/wish\" "
                     "enctype=\"multipart/form-data\" accept-charset=\"utf-8\" novalidate>");
    assert_has(page, "name=\"_token\" value=\"t&quot;\"");
    assert_has(page, "role=\"alert\" tabindex=\"-1\"");
    assert_has(page, "<h2>还差 2 处没填好</h2>");
    assert_has(page, "<a href=\"#wish-title\">跳到正文：太长了。请删到 4 个字以内。</a>");
    assert_has(page, "<div class=\"field bad\">\n<label for=\"wish-title\">");
    assert_has(page,
               "id=\"wish-title\" name=\"title\" value=\"&lt;b&gt;路灯\" aria-required=\"true\" "
               "aria-invalid=\"true\" aria-describedby=\"wish-title-error\">");
    assert_has(page, "name=\"need\" rows=\"4\" aria-describedby=\"wish-need-hint \">\na&amp;b<");
    assert_has(page, "value=\"goods\" checked>");
    assert_has(page, "inputmode=\"decimal\"");
    assert_has(page, "autocomplete=\"tel\"");
    assert_null(strstr(page, "hunter2"));
}

static void an_error_of_the_whole_form_is_told_alone(void **state)
{
    Parsed *parsed = *state;
    parse(parsed, "title=a");
    form_add_error(&parsed->state, error_make(parsed->arena, ERROR_TOKEN, "x"));
    const char *page = render_form(parsed);
    assert_has(page, "<h2>还没存上</h2>");
}

int main(void)
{
    log_set_level(LOG_WARN);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_good_form_fills_every_type, set_up, tear_down),
        cmocka_unit_test_setup_teardown(full_width_digits_are_normalised, set_up, tear_down),
        cmocka_unit_test_setup_teardown(optional_fields_may_be_empty, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_missing_required_field_is_named, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_wrong_field_says_what_is_wrong, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_was_typed_is_kept_except_passwords, set_up, tear_down),
        cmocka_unit_test_setup_teardown(unknown_fields_are_ignored, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_use_case_error_hangs_on_its_field_or_the_form, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(after_a_conflict_a_form_goes_by_what_is_shown_now, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_figure_nobody_has_given_is_an_empty_box, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_prefilled_form_parses_to_the_same_values, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(telephones_are_read_as_people_write_them, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(broken_escapes_and_bytes_are_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_multipart_form_gives_values_and_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_torn_multipart_form_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_file_over_its_limit_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_refused_form_shows_words_and_errors_at_the_field, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(an_error_of_the_whole_form_is_told_alone, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
