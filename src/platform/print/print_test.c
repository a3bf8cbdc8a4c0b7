/* The documents are read back by pdftotext and pdfinfo (poppler-utils). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/limits.h"
#include "platform/print/print.h"
#include "test_folder.h"

/* cairo 1.16 forgets 768 bytes for some of the fonts it writes; not ours to mend. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
    return "leak:libcairo.so.2\n";
}

#define TEST_BYTES (64u * 1024 * 1024)

typedef struct Fixture {
    Arena *arena;
    Buf pdf;
    Print *print;
    PrintReport report;
    const char *folder;
} Fixture;

static int set_up(void **state)
{
    Fixture *f = calloc(1, sizeof(*f));
    f->arena = arena_create((size_t)1024 * 1024 * 1024);
    f->folder = test_folder_make(f->arena);
    buf_init(&f->pdf, TEST_BYTES);
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    test_folder_remove(f->folder);
    buf_free(&f->pdf);
    arena_destroy(f->arena);
    free(f);
    return 0;
}

static void begin(Fixture *f, PrintOptions options)
{
    buf_clear(&f->pdf);
    options.title = options.title.len > 0 ? options.title : STR("测试");
    assert_null(print_begin(f->arena, &options, &f->pdf, &f->print));
}

static void end(Fixture *f)
{
    assert_null(print_end(f->print, &f->report));
}

/* Runs a program of poppler-utils on the document; what it says, without white space when asked. */
static const char *ask(Fixture *f, const char *program, const char *option)
{
    char path[512], command[1200];
    snprintf(path, sizeof(path), "%s/out.pdf", f->folder);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(f->pdf.data, 1, f->pdf.len, file), f->pdf.len);
    fclose(file);
    bool is_text = strcmp(program, "pdftotext") == 0;
    snprintf(command, sizeof(command), "%s %s '%s' %s", program, option, path, is_text ? "-" : "");
    FILE *said = NULL;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        dup2(ends[1], 1);
        close(ends[0]);
        execl("/bin/sh", "sh", "-c", command, (char *)NULL);
        _exit(127);
    }
    close(ends[1]);
    said = fdopen(ends[0], "r");
    char *text = arena_array(f->arena, char, 4u * 1024 * 1024);
    size_t len = fread(text, 1, 4u * 1024 * 1024 - 1, said);
    fclose(said);
    int status = 0;
    waitpid(child, &status, 0);
    text[len] = '\0';
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fail_msg("%s failed: is poppler-utils installed?", program);
    }
    return text;
}

static const char *without_space(Fixture *f, const char *text)
{
    char *out = arena_array(f->arena, char, strlen(text) + 1);
    size_t n = 0;
    for (const char *c = text; *c != '\0'; c++) {
        if (!strchr(" \n\r\t\f", *c)) {
            out[n++] = *c;
        }
    }
    return out;
}

static const char *words(Fixture *f)
{
    return without_space(f, ask(f, "pdftotext", "-raw"));
}

static void assert_has(const char *text, const char *part)
{
    if (!strstr(text, part)) {
        fail_msg("missing: %s\nin:\n%.3000s", part, text);
    }
}

static int count_of(const char *text, const char *part)
{
    int n = 0;
    for (const char *at = strstr(text, part); at; at = strstr(at + 1, part)) {
        n++;
    }
    return n;
}

static const char *LONG =
    "今年居民提的事里，路灯、坡道、晾衣架说得最多。经过讨论，先办路灯，其余的列入明年。"
    "谁有不同意见，公示期内都可以提，每一条都答复（含理由）；答复在网上公开，也贴在公告栏。";

static void what_is_written_can_be_read_back(void **state)
{
    Fixture *f = *state;
    begin(f, (PrintOptions){0});
    print_heading(f->print, 1, STR("公 示"));
    print_paragraph(f->print, str_from(LONG), PRINT_INDENT);
    print_paragraph(f->print, STR("姓名里的字：犇堃喆䶮㙍𠮷𡍲"), 0);
    end(f);
    const char *text = words(f);
    assert_has(text, "公示");
    assert_has(text, LONG);
    assert_has(text, "犇堃喆䶮㙍𠮷𡍲");
    assert_int_equal(f->report.n_missing, 0);
    assert_int_equal(f->report.pages, 1);
}

static void a_line_never_starts_with_a_full_stop(void **state)
{
    Fixture *f = *state;
    for (int step = 0; step < 18; step++) {
        begin(f, (PrintOptions){.size = PRINT_A5, .margin_mm = 18 + 0.7 * step});
        print_paragraph(f->print, str_from(LONG), PRINT_INDENT);
        end(f);
        const char *text = ask(f, "pdftotext", "-layout");
        for (const char *c = strchr(text, '\n'); c; c = strchr(c, '\n')) {
            c += strspn(c, "\n ");
            assert_int_not_equal(strncmp(c, "，", 3), 0);
            assert_int_not_equal(strncmp(c, "。", 3), 0);
            assert_int_not_equal(strncmp(c, "）", 3), 0);
        }
    }
}

static void fonts_are_embedded_as_subsets(void **state)
{
    Fixture *f = *state;
    begin(f, (PrintOptions){0});
    print_paragraph(f->print, STR("圆桌"), PRINT_SANS);
    end(f);
    const char *fonts = ask(f, "pdffonts", "");
    assert_has(fonts, "+NotoSansCJK");
    assert_has(fonts, "yes yes yes");
    assert_null(strstr(fonts, " no  "));
    assert_in_range(f->pdf.len, 1000, 60000);
}

static void write_sample(Fixture *f)
{
    static const PrintColumn columns[] = {{STR_INIT("项目"), 3, PRINT_ALIGN_LEFT},
                                          {STR_INIT("资金"), 1, PRINT_ALIGN_RIGHT}};
    begin(f, (PrintOptions){.made_at = {INT64_C(1800000000000)},
                            .numbers = PRINT_NUMBERS_OF,
                            .footer = STR("桂竹社区")});
    print_heading(f->print, 1, STR("结果"));
    print_qr(f->print, STR("https://example.org/a/1"), 30, PRINT_PLACE_LEFT);
    print_paragraph(f->print, str_from(LONG), 0);
    print_table_begin(f->print, columns, 2);
    for (int i = 0; i < 60; i++) {
        print_table_row(f->print, (Str[]){STR("楼道感应灯"), STR("12,800 元")});
    }
    print_table_sum(f->print, STR("合计"), STR("768,000 元"));
    print_table_end(f->print);
    end(f);
}

static void the_same_input_gives_the_same_bytes(void **state)
{
    Fixture *f = *state;
    write_sample(f);
    Str first = arena_str(f->arena, buf_view(&f->pdf));
    begin(f, (PrintOptions){.is_large = true}); /* something else in between */
    print_paragraph(f->print, STR("别的字"), 0);
    end(f);
    write_sample(f);
    assert_true(str_eq(first, buf_view(&f->pdf)));
}

static void the_file_says_when_it_was_made_and_not_when_it_was_drawn(void **state)
{
    Fixture *f = *state;
    begin(f, (PrintOptions){.title = STR("公示"), .made_at = {INT64_C(1800000000000)}});
    end(f);
    const char *info = ask(f, "pdfinfo", "-rawdates");
    assert_has(info, "公示");
    assert_has(info, "20270115160000+08");
}

static void a_table_repeats_its_head_on_every_page(void **state)
{
    Fixture *f = *state;
    write_sample(f);
    const char *text = words(f);
    assert_in_range(f->report.pages, 2, 5);
    assert_int_equal(count_of(text, "项目资金"), f->report.pages);
    assert_int_equal(count_of(text, "楼道感应灯12,800"), 60);
    assert_int_equal(count_of(text, "桂竹社区"), f->report.pages);
    char last[64];
    snprintf(last, sizeof(last), "第%d页，共%d页", (int)f->report.pages, (int)f->report.pages);
    assert_has(text, last);
}

static void a_row_taller_than_a_page_loses_nothing(void **state)
{
    Fixture *f = *state;
    static const PrintColumn columns[] = {{STR_INIT("号"), 1, PRINT_ALIGN_LEFT},
                                          {STR_INIT("内容"), 4, PRINT_ALIGN_LEFT}};
    Buf tall;
    buf_init(&tall, 1 << 20);
    for (int i = 0; i < 400; i++) {
        buf_printf(&tall, "第%03d行\n", i);
    }
    begin(f, (PrintOptions){0});
    print_table_begin(f->print, columns, 2);
    print_table_row(f->print, (Str[]){STR("1"), buf_view(&tall)});
    print_table_row(f->print, (Str[]){STR("2"), STR("完")});
    print_table_end(f->print);
    end(f);
    const char *text = words(f);
    for (int i = 0; i < 400; i++) {
        char line[32];
        snprintf(line, sizeof(line), "第%03d行", i);
        assert_has(text, line);
    }
    assert_has(text, "完");
    buf_free(&tall);
}

static void a_character_without_a_shape_is_told_and_never_silent(void **state)
{
    Fixture *f = *state;
    begin(f, (PrintOptions){0});
    print_paragraph(f->print, STR("第一页"), 0);
    print_page_break(f->print);
    print_paragraph(f->print, STR("林𱍊"), 0); /* U+3134A, the end of extension G */
    end(f);
    assert_int_equal(f->report.n_missing, 1);
    assert_int_equal(f->report.missing[0].code, 0x3134A);
    assert_int_equal(f->report.missing[0].page, 2);
    assert_int_equal(f->report.pages, 2);
    const char *text = words(f);
    assert_has(text, "手写补上");
    assert_has(text, "2U+3134A");
}

static void letters_begin_on_a_new_page_with_their_own_numbers(void **state)
{
    Fixture *f = *state;
    int64_t before = clock_monotonic_ms();
    begin(f, (PrintOptions){.numbers = PRINT_NUMBERS_OF});
    for (int i = 1; i <= 200; i++) {
        Str text;
        char name[32];
        snprintf(name, sizeof(name), "居民%d号", i);
        PrintField fields[] = {{STR("name"), str_from(name)}};
        assert_null(print_merge(f->arena, STR("{name}，您好："), fields, 1, &text));
        print_letter(f->print);
        print_paragraph(f->print, text, 0);
        print_paragraph(f->print, str_from(LONG), PRINT_INDENT);
        print_qr(f->print, text, 25, PRINT_PLACE_CENTRE);
    }
    end(f);
    print_message("200 letters in %lld ms, %zu KB\n", (long long)(clock_monotonic_ms() - before),
                  f->pdf.len / 1024);
    assert_int_equal(f->report.pages, 200);
    assert_has(ask(f, "pdfinfo", ""), "Pages:           200");
    assert_int_equal(count_of(words(f), "第1页，共1页"), 200);
    assert_has(words(f), "居民137号，您好：");
}

static void a_letter_with_an_unknown_field_is_refused(void **state)
{
    Fixture *f = *state;
    PrintField fields[] = {{STR("name"), STR("林{x}")}};
    Str text;
    assert_null(print_merge(f->arena, STR("{{a} {name}"), fields, 1, &text));
    assert_true(str_eq(text, STR("{a} 林{x}")));
    const char *wrong[] = {"{nmae}", "{name", "{}", "a{"};
    for (size_t i = 0; i < countof(wrong); i++) {
        Error *err = print_merge(f->arena, str_from(wrong[i]), fields, 1, &text);
        assert_non_null(err);
        assert_int_equal(err->code, ERROR_BAD_REQUEST);
    }
}

static void slips_stand_several_on_a_sheet(void **state)
{
    Fixture *f = *state;
    begin(f, (PrintOptions){.margin_mm = 8});
    print_slips_begin(f->print, 2, 5);
    for (int i = 0; i < 23; i++) {
        print_slip(f->print);
        print_qr(f->print, STR("https://example.org/sign-in#1234"), 28, PRINT_PLACE_LEFT);
        print_paragraph(f->print, STR("桂竹社区 个人码"), PRINT_BOLD | PRINT_SANS);
        print_paragraph(f->print, STR("1234 5678 9012 3456"), PRINT_CODE);
        print_paragraph(f->print, STR("扫码，或在登录页输入"), PRINT_SMALL);
    }
    end(f);
    assert_int_equal(f->report.pages, 3);
    assert_int_equal(f->report.full_slips, 0);
    assert_int_equal(count_of(words(f), "1234567890123456"), 23);
}

static void a_slip_too_small_for_its_words_is_told(void **state)
{
    Fixture *f = *state;
    begin(f, (PrintOptions){0});
    print_slips_begin(f->print, 4, 12);
    print_slip(f->print);
    print_paragraph(f->print, str_from(LONG), 0);
    print_slip(f->print);
    print_paragraph(f->print, STR("短"), 0);
    end(f);
    assert_int_equal(f->report.full_slips, 1);
    assert_int_equal(f->report.first_full_page, 1);
    assert_has(words(f), "有1张小条");
}

static void large_print_is_larger_and_whole(void **state)
{
    Fixture *f = *state;
    int64_t pages[2];
    for (int large = 0; large < 2; large++) {
        begin(f, (PrintOptions){.size = PRINT_A5, .is_large = large});
        for (int i = 0; i < 80; i++) {
            print_paragraph(f->print, str_from(LONG), PRINT_INDENT);
        }
        end(f);
        pages[large] = f->report.pages;
        assert_int_equal(count_of(words(f), "今年居民提的事里"), 80);
    }
    assert_true(pages[1] * 10 > pages[0] * 14);
}

static void the_page_has_the_size_asked_for(void **state)
{
    Fixture *f = *state;
    static const char *const sizes[] = {"595.276 x 841.89", "419.528 x 595.276",
                                        "841.89 x 1190.55"};
    for (int size = 0; size < 3; size++) {
        begin(f, (PrintOptions){.size = (PrintSize)size});
        end(f);
        assert_has(ask(f, "pdfinfo", ""), sizes[size]);
    }
}

static void too_many_pages_end_in_an_error(void **state)
{
    Fixture *f = *state;
    begin(f, (PrintOptions){0});
    for (int i = 0; i < LIMIT_PRINT_PAGES + 5; i++) {
        print_letter(f->print);
    }
    Error *err = print_end(f->print, NULL);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_TOO_LARGE);
}

static void a_full_buffer_ends_in_an_error(void **state)
{
    Fixture *f = *state;
    Buf small;
    buf_init(&small, 3000);
    PrintOptions options = {.title = STR("x")};
    assert_null(print_begin(f->arena, &options, &small, &f->print));
    print_paragraph(f->print, str_from(LONG), 0);
    Error *err = print_end(f->print, NULL);
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_TOO_LARGE);
    buf_free(&small);
}

static void what_is_no_picture_is_refused(void **state)
{
    Fixture *f = *state;
    const Str wrong[] = {STR(""), STR("GIF89a"), STR("\x89PNG\r\n\x1a\n________________________"),
                         STR("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\x7f\xff\xff\xff\x7f\xff\xff\xff\x08\6"
                             "\0\0\0\0\0\0\0\0\0\0")};
    for (size_t i = 0; i < countof(wrong); i++) {
        begin(f, (PrintOptions){0});
        print_png(f->print, wrong[i], 50, STR("图"));
        Error *err = print_end(f->print, NULL);
        assert_non_null(err);
        assert_int_equal(err->code, ERROR_BAD_REQUEST);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_can_be_read_back),
        cmocka_unit_test(a_line_never_starts_with_a_full_stop),
        cmocka_unit_test(fonts_are_embedded_as_subsets),
        cmocka_unit_test(the_same_input_gives_the_same_bytes),
        cmocka_unit_test(the_file_says_when_it_was_made_and_not_when_it_was_drawn),
        cmocka_unit_test(a_table_repeats_its_head_on_every_page),
        cmocka_unit_test(a_row_taller_than_a_page_loses_nothing),
        cmocka_unit_test(a_character_without_a_shape_is_told_and_never_silent),
        cmocka_unit_test(letters_begin_on_a_new_page_with_their_own_numbers),
        cmocka_unit_test(a_letter_with_an_unknown_field_is_refused),
        cmocka_unit_test(slips_stand_several_on_a_sheet),
        cmocka_unit_test(a_slip_too_small_for_its_words_is_told),
        cmocka_unit_test(large_print_is_larger_and_whole),
        cmocka_unit_test(the_page_has_the_size_asked_for),
        cmocka_unit_test(too_many_pages_end_in_an_error),
        cmocka_unit_test(a_full_buffer_ends_in_an_error),
        cmocka_unit_test(what_is_no_picture_is_refused),
    };
    int failed = cmocka_run_group_tests(tests, set_up, tear_down);
    print_forget_fonts();
    return failed;
}
