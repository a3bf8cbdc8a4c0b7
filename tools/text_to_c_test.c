/* What the compiler of sentences refuses, and at which line. */
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "platform/text/text.h"
#include "text_compile.h"
#include "tool_files.h"

#define TEST_ARENA_BYTES (16u * 1024 * 1024)

static const struct {
    const char *why;
    int line;
    const char *source;
} refused[] = {
    {"is also at", 4, "[a.b]\nzh = 一\nen = one\n[a.b]\nzh = 二\nen = two\n"},
    {"same C name", 1, "[a.b_c]\nzh = 一\nen = one\n[a_b.c]\nzh = 二\nen = two\n"},
    {"has no en", 2, "\n[a]\nzh = 一\n"},
    {"has no zh", 1, "[a]\nen = one\n"},
    {"not declared", 1, "[a]\nzh = {n}\nen = {n}\n"},
    {"not declared", 1, "[a n:int]\nzh = {n}{m}\nen = {n}\n"},
    {"not declared", 1, "[a n:int]\nzh = {n\nen = {n}\n"},
    {"does not use {n}", 1, "[a n:int]\nzh = {n}\nen = many\n"},
    {"needs an int", 1, "[a s:str]\nzh = {s}\nen = {s}\nen.one = one\n"},
    {"given twice", 3, "[a]\nzh = 一\nzh = 二\nen = one\n"},
    {"unknown language", 2, "[a]\nfr = un\n"},
    {"** without", 1, "[a]\nzh = **一\nen = one\n"},
    {"name:kind", 1, "[a n]\nzh = 一\nen = one\n"},
    {"name:kind", 1, "[a n:float]\nzh = 一\nen = one\n"},
    {"declared twice", 1, "[a n:int n:int]\nzh = {n}\nen = {n}\n"},
    {"five", 1, "[a a:int b:int c:int d:int e:int f:int]\nzh = 一\nen = one\n"},
    {"a key holds", 1, "[A.b]\nzh = 一\nen = one\n"},
    {"starts with", 1, "[a\nzh = 一\nen = one\n"},
    {"before the first", 1, "zh = 一\n"},
    {"neither", 2, "[a]\nzh\n"},
    {"empty sentence", 2, "[a]\nzh =\nen = one\n"},
    {"not UTF-8", 1, "[a]\nzh = \xff\nen = one\n"},
};

static bool compiles(Arena *arena, const char *source, TextSentences *sentences,
                     TextProblem *problem)
{
    return text_compile_read(arena, "t.text", str_from(source), sentences, problem) &&
           text_compile_finish(arena, sentences, problem);
}

static void mistakes_are_refused_with_their_line(void **state)
{
    (void)state;
    Arena *arena = arena_create(TEST_ARENA_BYTES);
    for (size_t i = 0; i < countof(refused); i++) {
        TextSentences sentences = {0};
        TextProblem problem = {0};
        if (compiles(arena, refused[i].source, &sentences, &problem) ||
            !strstr(problem.what, refused[i].why) || problem.line != refused[i].line) {
            fail_msg("%s\n  expected line %d: %s\n  got line %d: %s", refused[i].source,
                     refused[i].line, refused[i].why, problem.line,
                     problem.what ? problem.what : "(accepted)");
        }
    }
    arena_destroy(arena);
}

static void keys_become_functions_with_typed_parameters(void **state)
{
    (void)state;
    Arena *arena = arena_create(TEST_ARENA_BYTES);
    TextSentences sentences = {0};
    TextProblem problem = {0};
    assert_true(compiles(arena,
                         "# comment\n[b.two n:int who:str at:time]\nzh = {who}{n}{at}\n"
                         "en = {n}{who}{at}\nen.one = one\n[a]\nzh = \"一\"\nen = a\\nb\n",
                         &sentences, &problem));
    Buf out;
    buf_init(&out, 1 << 20);
    text_compile_header(&sentences, "t.text", &out);
    text_compile_data(arena, &sentences, &out);
    buf_char(&out, '\0');
    assert_non_null(
        strstr(out.data, arena_printf(arena, "TEXT_a = %d,\n", text_number(STR("a"))).data));
    assert_non_null(strstr(out.data, "t_b_two(int64_t n, Str who, Instant at)"));
    assert_non_null(strstr(out.data, "t_a(void)"));
    assert_non_null(
        strstr(out.data, ", \"a\", {\"\\\"一\\\"\", \"a\\n\"\n    \"b\"}, NULL, \"\"}"));
    assert_non_null(strstr(out.data, "{\"{1}{0}{2}\", \"{0}{1}{2}\"}, \"one\", \"ist\"}"));
    buf_free(&out);
    arena_destroy(arena);
}

static void a_header_holds_the_sentences_of_its_own_file_only(void **state)
{
    (void)state;
    Arena *arena = arena_create(TEST_ARENA_BYTES);
    TextSentences sentences = {0};
    TextProblem problem = {0};
    assert_true(text_compile_read(arena, "x/one.text", STR("[one.a]\nzh = 一\nen = a\n"),
                                  &sentences, &problem));
    assert_true(text_compile_read(arena, "y/two.text", STR("[two.b]\nzh = 二\nen = b\n"),
                                  &sentences, &problem));
    assert_true(text_compile_finish(arena, &sentences, &problem));
    Buf out;
    buf_init(&out, 1 << 20);
    text_compile_header(&sentences, "x/one.text", &out);
    buf_char(&out, '\0');
    assert_non_null(strstr(out.data, "#ifndef one_TEXT_H"));
    assert_non_null(strstr(out.data, "t_one_a(void)"));
    assert_null(strstr(out.data, "two"));
    buf_free(&out);
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_are_refused_with_their_line),
        cmocka_unit_test(keys_become_functions_with_typed_parameters),
        cmocka_unit_test(a_header_holds_the_sentences_of_its_own_file_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
