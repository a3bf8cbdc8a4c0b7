/* What frames and parts render: the words and marks a person or a screen reader relies on. */
#include "platform/html/frame.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "frame_html.h"
#include "frame_text.h"
#include "parts_html.h"

typedef struct Bench {
    Arena *arena;
    Buf buf;
    Out out;
} Bench;

static int set_up(void **state)
{
    Arena *arena = arena_create((size_t)4 * 1024 * 1024);
    Bench *bench = arena_new(arena, Bench);
    bench->arena = arena;
    buf_init(&bench->buf, (size_t)1024 * 1024);
    bench->out = (Out){.buf = &bench->buf, .arena = arena, .lang = LANG_ZH};
    *state = bench;
    return 0;
}

static int tear_down(void **state)
{
    Bench *bench = *state;
    buf_free(&bench->buf);
    arena_destroy(bench->arena);
    return 0;
}

static bool says(const Bench *bench, const char *text)
{
    return str_contains(buf_view(&bench->buf), str_from(text));
}

static Frame a_frame(Arena *arena)
{
    return (Frame){
        .lang = LANG_ZH,
        .title = STR("大家的提议"),
        .area_name = STR("桂竹社区"),
        .area_path = STR("青梧区·听雨街道"),
        .phone = STR("8000 0126"),
        .phone_link = url_tel(arena, STR("8000 0126")),
        .address = STR("桂竹路 8 号一楼"),
        .hours = STR("周一至周六 8:30—17:30"),
        .tab = FRAME_TAB_PROPOSALS,
        .has_tabs = true,
        .home = url_path(arena, "/"),
        .proposals = url_path(arena, "/p"),
        .vote = url_path(arena, "/v"),
        .mine = url_path(arena, "/m"),
        .care_link = url_path(arena, "/look"),
    };
}

static void a_resident_page_has_help_and_the_tab_that_is_lit(void **state)
{
    Bench *b = *state;
    Frame frame = a_frame(b->arena);
    frame_begin(&b->out, &frame);
    frame_end(&b->out, &frame);
    assert_true(says(b, "<html lang=\"zh-CN\">"));
    assert_true(says(b, "<a class=\"skip\" href=\"#main\">"));
    assert_true(says(b, "href=\"tel:80000126\""));
    assert_true(says(b, "周一至周六 8:30—17:30"));
    assert_true(says(b, "href=\"/p\" aria-current=\"page\""));
    assert_true(says(b, "关怀版</a>"));
    assert_false(says(b, "href=\"/v\" aria-current"));
}

static void care_mode_is_said_on_the_page_and_can_be_left(void **state)
{
    Bench *b = *state;
    Frame frame = a_frame(b->arena);
    frame.is_care = true;
    frame_begin(&b->out, &frame);
    assert_true(says(b, "data-mode=\"care\""));
    assert_true(says(b, "退出关怀版"));
}

static void the_desk_is_never_dark(void **state)
{
    Bench *b = *state;
    Frame frame = a_frame(b->arena);
    frame.is_dark = true;
    desk_begin(&b->out, &frame);
    assert_true(says(b, "data-room=\"desk\""));
    assert_false(says(b, "data-theme"));
}

static void the_staff_menu_counts_late_things_in_red_and_others_not(void **state)
{
    Bench *b = *state;
    Frame frame = a_frame(b->arena);
    FrameNav nav[] = {
        {.label = t_frame_tab_home(), .link = frame.home, .is_here = true, .late = 3, .waiting = 9},
        {.label = t_frame_tab_vote(), .link = frame.vote, .waiting = 11},
    };
    frame.nav = nav;
    frame.n_nav = 2;
    desk_end(&b->out, &frame);
    assert_true(says(b, "<b class=\"count\">3 件逾期</b>"));
    assert_true(says(b, "<span class=\"count\">11 件</span>"));
    assert_false(says(b, "9 件"));
}

static void a_page_title_is_escaped(void **state)
{
    Bench *b = *state;
    Frame frame = a_frame(b->arena);
    frame.title = STR("</title><script>");
    frame_begin(&b->out, &frame);
    assert_false(says(b, "<script>"));
}

/* A way of n stages with the current one at `here` (1 ..); 0: all are to come. */
static Way a_way(WayStage *stages, size_t n, size_t here)
{
    for (size_t i = 0; i < n; i++) {
        WayState state = here == 0 || i + 1 > here ? WAY_FUTURE : WAY_DONE;
        stages[i] = (WayStage){.name = STR("阶段"), .state = i + 1 == here ? WAY_HERE : state};
    }
    return (Way){.stages = stages, .count = n, .is_short = true};
}

static size_t shown(const Way *way)
{
    size_t count = 0;
    for (size_t i = 0; i < way->count; i++) {
        count += way_shows(way, i);
    }
    return count;
}

static void the_short_way_shows_the_stages_around_the_current_one(void **state)
{
    (void)state;
    WayStage stages[10];
    Way way = a_way(stages, 10, 5);
    assert_int_equal(shown(&way), 3);
    assert_true(way_shows(&way, 3) && way_shows(&way, 4) && way_shows(&way, 5));
    way = a_way(stages, 10, 1);
    assert_true(way_shows(&way, 0) && way_shows(&way, 1) && !way_shows(&way, 2));
    way = a_way(stages, 10, 10);
    assert_true(way_shows(&way, 9) && way_shows(&way, 8) && !way_shows(&way, 7));
}

static void
the_short_way_stands_at_the_first_stage_before_the_start_and_the_last_after_the_end(void **state)
{
    (void)state;
    WayStage stages[10];
    Way way = a_way(stages, 10, 0);
    assert_true(way_shows(&way, 0) && !way_shows(&way, 9));
    for (size_t i = 0; i < 10; i++) {
        stages[i].state = WAY_DONE;
    }
    assert_true(way_shows(&way, 9) && !way_shows(&way, 0));
}

static void the_current_stage_is_marked_for_ears(void **state)
{
    Bench *b = *state;
    WayStage stages[10];
    Way long_way = a_way(stages, 10, 2);
    long_way.is_short = false;
    way(&b->out, &long_way);
    assert_true(says(b, "class=\"here\" aria-current=\"step\""));
    assert_true(says(b, ">10</span>"));
    assert_false(says(b, "看全部"));
}

static void assert_when(Bench *b, Lang lang, CivilDate from, CivilDate to, const char *expected)
{
    Str when = way_when(b->arena, lang, date_of(from), date_of(to));
    assert_string_equal(arena_cstr(b->arena, when), expected);
}

static void the_days_of_a_stage_are_written_short(void **state)
{
    Bench *b = *state;
    CivilDate march_8 = {2027, 3, 8}, march_28 = {2027, 3, 28}, april_4 = {2027, 4, 4};
    assert_when(b, LANG_ZH, march_8, march_28, "3月8日—28日");
    assert_when(b, LANG_ZH, march_28, april_4, "3月28日—4月4日");
    assert_when(b, LANG_ZH, april_4, april_4, "4月4日");
    assert_when(b, LANG_EN, march_8, march_28, "8–28 Mar");
    assert_when(b, LANG_EN, march_28, april_4, "28 Mar – 4 Apr");
    assert_int_equal(way_when(b->arena, LANG_ZH, DATE_NONE, DATE_NONE).len, 0);
}

static void a_bar_has_widths_as_attributes_and_its_figures_in_words(void **state)
{
    Bench *b = *state;
    BarPart parts[] = {{.permille = 480}, {.permille = 297}};
    Bar one = {.parts = parts, .count = 2, .says = STR("服务 115,200 元")};
    bar(&b->out, &one);
    assert_true(says(b, "aria-label=\"服务 115,200 元\""));
    assert_true(says(b, "x=\"48.0%\" width=\"29.7%\""));
    assert_false(says(b, "style="));
}

static void a_gate_says_its_state_in_words(void **state)
{
    Bench *b = *state;
    gate(&b->out, GATE_SIGN_UNMET, t_frame_tab_home(), (Text){0}, (SafeUrl){0}, (Text){0}, false);
    assert_true(says(b, "aria-label=\"还没满足\""));
    assert_false(says(b, "<a "));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_resident_page_has_help_and_the_tab_that_is_lit, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(care_mode_is_said_on_the_page_and_can_be_left, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(the_desk_is_never_dark, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_staff_menu_counts_late_things_in_red_and_others_not,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_page_title_is_escaped, set_up, tear_down),
        cmocka_unit_test(the_short_way_shows_the_stages_around_the_current_one),
        cmocka_unit_test(
            the_short_way_stands_at_the_first_stage_before_the_start_and_the_last_after_the_end),
        cmocka_unit_test_setup_teardown(the_current_stage_is_marked_for_ears, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_days_of_a_stage_are_written_short, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_bar_has_widths_as_attributes_and_its_figures_in_words,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_gate_says_its_state_in_words, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
