/* The two compilers of templates and sentences, with their run-time: what is refused, and what the
 * accepted forms of testdata/sample.html render. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "html_compile.h"
#include "sample_html.h"
#include "sample_text.h"
#include "tool_files.h"

#define TEST_ARENA_BYTES (64u * 1024 * 1024)

/* --- refused -------------------------------------------------------------------------------- */

typedef struct Refused {
    const char *why; /* part of the message */
    int line;
    const char *markup; /* inside {{ template t(int x) }} ... {{ end }}, which starts on line 1 */
} Refused;

static const Refused refused[] = {
    {"in quotes", 1, "<a title={{ x }}>"},
    {"in quotes", 1, "<a title=plain>"},
    {"in quotes", 2, "<p></p>\n<input value={{ x }}>"},
    {"on…=", 1, "<a onclick=\"go()\">"},
    {"on…=", 1, "<a ONLOAD=\"\">"},
    {"on…=", 1, "<a{{ if x }} onclick{{ end }}>"},
    {"style=", 1, "<p style=\"color:red\">"},
    {"srcdoc=", 1, "<p srcdoc=\"x\">"},
    {"without src", 1, "<script>go()</script>"},
    {"without src", 1, "<script type=\"text/plain\"></script>"},
    {"into a script", 1, "<script src=\"/x.js\">{{ x }}</script>"},
    {"not used in templates", 1, "<style>p{}</style>"},
    {"not used in templates", 1, "<iframe src=\"/x\"></iframe>"},
    {"comment", 1, "<!-- {{ x }} -->"},
    {"tag's name", 1, "<{{ x }}>"},
    {"tag's name", 1, "<a{{ x }}>"},
    {"tag's name", 1, "</{{ x }}>"},
    {"attribute's name", 1, "<a {{ x }}>"},
    {"attribute's name", 1, "<a data{{ x }}=\"1\">"},
    {"attribute's name", 1, "<a title=\"a\" {{ x }}>"},
    {"scheme", 1, "<a href=\"javascript:go()\">"},
    {"scheme", 1, "<a href=\"JavaScript:go()\">"},
    {"scheme", 1, "<img src=\"data:image/png\">"},
    {"leaves the site", 1, "<a href=\"//evil.example/\">"},
    {"starts with", 1, "<a href=\"x{{ x }}\">"},
    {"starts with", 1, "<a href=\"https://{{ x }}\">"},
    {"whole value", 1, "<a href=\"{{ x }}/more\">"},
    {"whole value", 1, "<a href=\"{{ x }}{{ x }}\">"},
    {"srcset", 1, "<img srcset=\"{{ x }}\">"},
    {"branches of this if", 1, "{{ if x }}<a title=\"{{ else }}<a>{{ end }}"},
    {"ends elsewhere", 1, "{{ if x }}<a title=\"{{ end }}"},
    {"ends elsewhere", 1, "{{ for i in x }}<a {{ end }}>"},
    {"ends elsewhere", 2, "<textarea>\n"},
    {"no {{ end }}", 1, "{{ if x }}"},
    {"outside", 3, "{{ end }}\n\n<p>"},
    {"end without", 3, "{{ end }}\n\n{{ end }}"},
    {"else without", 1, "{{ else }}"},
    {"else without", 1, "{{ if x }}{{ else }}{{ else }}{{ end }}"},
    {"unknown directive", 1, "{{ elif x }}"},
    {"unknown directive", 1, "{{ while x }}{{ end }}"},
    {"empty directive", 1, "{{ }}"},
    {"one C expression", 1, "{{ x; go() }}"},
    {"only be called in text", 1, "<p title=\"{{ call other(x) }}\">"},
    {"write: for", 1, "{{ for x }}{{ end }}"},
    {"write: call", 1, "{{ call other }}"},
    {"text key", 1, "{{ text Sample.count(x) }}"},
    {"without }}", 1, "{{ \"x }}"},
    {"one C expression", 1, "{{ x "},
    {"&lt;", 1, "a < b"},
    {"inside a template", 1, "{{ template u(int y) }}"},
    {"white space is needed", 1, "<a title=\"x\"{{ if x }}checked{{ end }}>"},
    {"nested too deep", 1,
     "{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}"
     "{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}"
     "{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}{{if x}}"},
};

static bool compiles(Arena *arena, Str source, HtmlProblem *problem)
{
    Buf header, body;
    buf_init(&header, TOOL_MAX_FILE_BYTES);
    buf_init(&body, TOOL_MAX_FILE_BYTES);
    bool good = html_compile(arena, "t.html", STR("t"), source, &header, &body, problem);
    buf_free(&header);
    buf_free(&body);
    return good;
}

static void misuse_is_refused_with_its_line(void **state)
{
    (void)state;
    Arena *arena = arena_create(TEST_ARENA_BYTES);
    for (size_t i = 0; i < countof(refused); i++) {
        HtmlProblem problem = {0};
        Str source = arena_printf(arena, "{{ template t(int x) }}%s{{ end }}\n", refused[i].markup);
        if (compiles(arena, source, &problem) || !strstr(problem.what, refused[i].why) ||
            problem.line != refused[i].line) {
            fail_msg("%s\n  expected line %d: ...%s...\n  got line %d: %s", refused[i].markup,
                     refused[i].line, refused[i].why, problem.line,
                     problem.what ? problem.what : "(accepted)");
        }
    }
    arena_destroy(arena);
}

static void a_comment_may_hold_anything(void **state)
{
    (void)state;
    Arena *arena = arena_create(TEST_ARENA_BYTES);
    HtmlProblem problem = {0};
    assert_true(
        compiles(arena, STR("{{# it's <a onclick= \" }}\n{{ template t() }}{{ end }}"), &problem));
    arena_destroy(arena);
}

/* --- rendered ------------------------------------------------------------------------------- */

typedef void Render(Out *out, const Sample *v);

static const char *const words[] = {"a", "<"};

static Sample make_sample(void)
{
    return (Sample){.title = STR("<b>\"O'R\" & 路灯"),
                    .number = 2,
                    .cost = {1280000},
                    .is_late = true,
                    .link = {STR("/x?a=1&b=2")},
                    .words = words,
                    .n_words = 2,
                    .markup = {STR("<i>ok</i>")},
                    .day = date_of((CivilDate){2027, 5, 12}),
                    .at = instant_at(date_of((CivilDate){2027, 5, 12}), 17, 30)};
}

static void assert_renders(Render *render, Lang lang, const char *expected)
{
    Sample sample = make_sample();
    Buf buf;
    buf_init(&buf, 1 << 20);
    Out out = {.buf = &buf, .lang = lang, .now = instant_at(sample.day, 9, 0)};
    render(&out, &sample);
    buf_char(&buf, '\0');
    assert_string_equal(buf.data, expected);
    buf_free(&buf);
}

static void render_nothing(Out *out, const Sample *v)
{
    (void)v;
    sample_nothing(out);
}

static const struct {
    Render *render;
    const char *expected;
} rendered[] = {
    {sample_text, "<p>&lt;b&gt;&quot;O&#39;R&quot; &amp; 路灯 2 12,800\u00a0元</p>"},
    {sample_attribute, "<a title=\"&lt;b&gt;&quot;O&#39;R&quot; &amp; 路灯\" data-n='2' "
                       "aria-pressed=\"true\">x</a>"},
    {sample_url_part, "<a href=\"/a/%3Cb%3E%22O%27R%22%20%26%20%E8%B7%AF%E7%81%AF?q=%3Cb%3E%22O%27R"
                      "%22%20%26%20%E8%B7%AF%E7%81%AF&amp;n=2#x\">x</a>"},
    {sample_url, "<a href=\"/x?a=1&amp;b=2\">x</a><a href=\"/x?a=1&amp;b=2?after=2\">y</a>"},
    {sample_if, "two"},
    {sample_for, "<ul><li>0:a</li><li>1:&lt;</li></ul>"},
    {sample_call, "<div>two</div>"},
    {sample_sentence, "<p title=\"&lt;b&gt;&quot;O&#39;R&quot; &amp; 路灯提的，12,800\u00a0元\">"
                      "<b>&lt;b&gt;&quot;O&#39;R&quot; &amp; 路灯</b>提的，12,800\u00a0元, 共 2 "
                      "条</p>"},
    {sample_checked, "<input type=\"checkbox\" checked><option selected>"},
    {sample_class, "<p class=\"a late\">x</p>"},
    {sample_space, "<div\nclass=\"a  b\"\nid=\"c\">\n<b>late</b>\ntext   here\n</div>\n"},
    {sample_verbatim, "<pre>\n  a\n\n  b</pre><textarea>\n&lt;b&gt;&quot;O&#39;R&quot; &amp; 路灯"
                      "\n\n x</textarea>"},
    {sample_markup, "<i>ok</i>"},
    {render_nothing, "<!doctype html><title>a&lt;b</title><!-- kept --><script src=\"/x.js\" "
                     "defer></script><br/>"},
    {sample_string, "}}"},
    {sample_dates, "5月12日（周三） 5月12日（周三）17:30"},
};

static void accepted_forms_render_escaped_by_place_and_type(void **state)
{
    (void)state;
    for (size_t i = 0; i < countof(rendered); i++) {
        assert_renders(rendered[i].render, LANG_ZH, rendered[i].expected);
    }
}

static void sentences_and_dates_render_in_english(void **state)
{
    (void)state;
    assert_renders(sample_dates, LANG_EN, "Wed 12 May Wed 12 May, 17:30");
    assert_renders(sample_text, LANG_EN,
                   "<p>&lt;b&gt;&quot;O&#39;R&quot; &amp; 路灯 2 ¥12,800</p>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(misuse_is_refused_with_its_line),
        cmocka_unit_test(a_comment_may_hold_anything),
        cmocka_unit_test(accepted_forms_render_escaped_by_place_and_type),
        cmocka_unit_test(sentences_and_dates_render_in_english),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
