#include "platform/html/frame_load.h"

#include "base/limits.h"
#include "frame_text.h"
#include "platform/http/app.h"
#include "platform/http/csrf.h"

static SafeUrl look_link(Page *page, const char *setting)
{
    Buf url;
    buf_init(&url, LIMIT_URL_BYTES * 3);
    Out out = {.buf = &url, .arena = page->arena};
    buf_printf(&url, "/look?%s&next=", setting);
    out_url_part_str(&out, page->path);
    Str copy = arena_str(page->arena, buf_view(&url));
    buf_free(&url);
    return (SafeUrl){copy};
}

static Str area_name(const Page *page, const AreaOnPath *area)
{
    return page->lang == LANG_EN && area->name_en.len > 0 ? area->name_en : area->name;
}

/* 青梧区·听雨街道: the ancestors, farthest first. */
static Str path_words(Page *page, const char *separator)
{
    Buf words;
    buf_init(&words, 4096);
    for (size_t i = page->who.n_area_path; i > 1; i--) {
        buf_str(&words, area_name(page, &page->who.areas_on_path[i - 1]));
        buf_cstr(&words, i > 2 ? separator : "");
    }
    Str copy = arena_str(page->arena, buf_view(&words));
    buf_free(&words);
    return copy;
}

/* Puts an item behind all of its rank or lower. */
static size_t insert_by_rank(const NavItem **items, size_t count, const NavItem *item)
{
    size_t at = count;
    while (at > 0 && items[at - 1]->rank > item->rank) {
        items[at] = items[at - 1];
        at--;
    }
    items[at] = item;
    return count + 1;
}

/* The menu entries this person may use, in order. */
static size_t collect_nav(Page *page, const NavItem ***out)
{
    const App *app = page->app;
    size_t most = 0;
    for (size_t f = 0; f < app->n_features; f++) {
        most += app->features[f]->n_nav;
    }
    const NavItem **items = arena_array(page->arena, const NavItem *, most);
    size_t count = 0;
    for (size_t f = 0; f < app->n_features; f++) {
        for (size_t i = 0; i < app->features[f]->n_nav; i++) {
            const NavItem *item = &app->features[f]->nav[i];
            if (policy_check(item->policy, &page->who) == VERDICT_ALLOW) {
                count = insert_by_rank(items, count, item);
            }
        }
    }
    *out = items;
    return count;
}

/* What is set up once has a heading of its own, when the daily work stands above it. */
static bool begins_setup(const NavItem **items, size_t i)
{
    return i > 0 && items[i - 1]->rank < NAV_SETUP && items[i]->rank >= NAV_SETUP;
}

static void load_nav(Page *page, Frame *frame)
{
    const NavItem **items;
    frame->n_nav = collect_nav(page, &items);
    FrameNav *nav = arena_array(page->arena, FrameNav, frame->n_nav);
    for (size_t i = 0; i < frame->n_nav; i++) {
        SafeUrl link = page_path(page, items[i]->path, 0);
        nav[i] = (FrameNav){.group = begins_setup(items, i) ? t_frame_nav_setup() : (Text){0},
                            .label = text_of(items[i]->label),
                            .link = link,
                            .is_here = str_eq(link.url, page->path)};
    }
    frame->nav = nav;
}

static void load_look(Page *page, Text title, Frame *frame)
{
    *frame = (Frame){.lang = page->lang,
                     .is_care = page->mode == MODE_CARE,
                     .is_dark = page->theme == THEME_DARK,
                     .title = text_str(page->arena, page->lang, title),
                     .notice = text_of(page_notice(page))};
    frame->care_link = look_link(page, frame->is_care ? "mode=normal" : "mode=care");
    frame->language_link = look_link(page, page->lang == LANG_ZH ? "lang=en" : "lang=zh");
    if (page->app->is_demo) {
        frame->demo_clock = url_path(page->arena, "/demo/clock");
    }
    frame->dark_link = look_link(page, frame->is_dark ? "theme=light" : "theme=dark");
}

static void load_who(Page *page, Frame *frame)
{
    if (page->who.person == 0) {
        return;
    }
    frame->who_name = page->who.name;
    frame->has_news = page->who.has_news;
    frame->notices = url_path(page->arena, "/me/notices");
    frame->sign_out = url_path(page->arena, "/sign-out");
    frame->sign_out_token =
        csrf_token(page->arena, &page->app->secret, page->who.session, SIGN_OUT_FORM);
}

void frame_tabs(Page *page, int64_t area, Frame *frame)
{
    frame->has_tabs = true;
    frame->home = url_of(page->arena, "/a/{area}", area, 0);
    frame->proposals = url_of(page->arena, "/a/{area}/proposals", area, 0);
    frame->vote = url_of(page->arena, "/a/{area}/vote", area, 0);
    frame->mine = url_path(page->arena, "/me");
}

static void load_area(Page *page, Frame *frame)
{
    const AreaOnPath *area = &page->who.areas_on_path[0];
    frame->area_name = area_name(page, area);
    frame->area_path = path_words(page, "·");
    frame->phone = area->phone;
    frame->phone_link =
        area->phone.len > 0 ? url_tel(page->arena, area->phone) : (SafeUrl){STR("")};
    frame->address = area->address;
    frame->hours = area->hours;
    frame_tabs(page, page->area, frame);
    if (policy_check(POLICY_STAFF, &page->who) == VERDICT_ALLOW) {
        frame->desk = page_path(page, "/a/{area}/desk", 0);
    }
    load_nav(page, frame);
}

Frame *page_frame(Page *page, Text title, FrameTab tab)
{
    Frame *frame = arena_new(page->arena, Frame);
    load_look(page, title, frame);
    load_who(page, frame);
    frame->tab = tab;
    if (page->area != 0 && page->who.n_area_path > 0) {
        load_area(page, frame);
    }
    return frame;
}

void frame_plain(Page *page, Text title, Frame *out)
{
    load_look(page, title, out);
    load_who(page, out);
}
