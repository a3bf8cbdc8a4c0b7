/* me_pages.c: who the program thinks one is; one's own data. */
#include "account_me_html.h"
#include "account_text.h"
#include "base/limits.h"
#include "features/account/account_pages.h"
#include "platform/html/frame_load.h"
#include "platform/http/app.h"

/* --- one's own page ------------------------------------------------------------------------- */

static Error *show_places(Page *page, Snapshot *snapshot, AccountView *view)
{
    PersonPlace *places = NULL;
    size_t count = 0;
    Error *err = people_places(snapshot, page->who.person, page->lang, &places, &count);
    if (err) {
        return err;
    }
    AccountPlace *shown = arena_array(page->arena, AccountPlace, count);
    for (size_t i = 0; i < count; i++) {
        shown[i] = (AccountPlace){.area = places[i].area_name,
                                  .as_what = places[i].as_what,
                                  .is_staff = places[i].is_staff,
                                  .link = account_place_link(page->arena, &places[i])};
        view->is_staff = view->is_staff || places[i].is_staff;
        if (!places[i].is_staff && !view->has_home) {
            view->has_home = true;
            view->home = id_text(places[i].area);
            view->home_area = places[i].area;
        }
    }
    view->places = shown;
    view->n_places = count;
    return NULL;
}

/* What the rooms know as this person's own, the newest first. */
static Error *show_own(Page *page, Snapshot *snapshot, AccountView *view)
{
    const App *app = page->app;
    for (size_t i = 0; i < app->n_features; i++) {
        Error *err =
            app->features[i]->mine == NULL
                ? NULL
                : app->features[i]->mine(snapshot, page->arena, page->who.person, &view->own);
        if (err) {
            return err;
        }
    }
    for (size_t i = 1; i < view->own.count; i++) { /* few items: insertion keeps it plain */
        MineItem item = view->own.items[i];
        size_t at = i;
        while (at > 0 && view->own.items[at - 1].at.ms < item.at.ms) {
            view->own.items[at] = view->own.items[at - 1];
            at--;
        }
        view->own.items[at] = item;
    }
    return NULL;
}

Error *page_me(Page *page, Snapshot *snapshot)
{
    Frame *frame = page_frame(page, t_account_me_title(), FRAME_TAB_MINE);
    AccountView view = {.name = page->who.name};
    Error *err = show_places(page, snapshot, &view);
    if (!err) {
        err = show_own(page, snapshot, &view);
    }
    if (!err) {
        err = show_sessions(page, snapshot, &view);
    }
    if (err) {
        return err;
    }
    if (view.has_home) {
        frame_tabs(page, view.home_area, frame);
    }
    view.frame = frame;
    view.sign_out = page_form(page, &sign_out_form);
    Out out = page_out(page);
    account_me_page(&out, &view);
    return NULL;
}

/* --- one's own data ------------------------------------------------------------------------- */

/* Each room gives one member of the object, or nothing. */
static Error *append_room(Page *page, Snapshot *snapshot, const Feature *feature)
{
    Buf member;
    if (feature->export_person == NULL) {
        return NULL;
    }
    buf_init(&member, LIMIT_RESPONSE_BYTES);
    Error *err = feature->export_person(snapshot, page->who.person, &member);
    if (!err && member.len > 0) {
        buf_char(&page->body, ',');
        buf_str(&page->body, buf_view(&member));
    }
    buf_free(&member);
    return err;
}

Error *page_my_data(Page *page, Snapshot *snapshot)
{
    buf_printf(&page->body, "{\"format\":\"yuanzhuo-person-1\",\"exported_at_ms\":%lld",
               (long long)page->now.ms);
    for (size_t i = 0; i < page->app->n_features; i++) {
        Error *err = append_room(page, snapshot, page->app->features[i]);
        if (err) {
            return err;
        }
    }
    buf_cstr(&page->body, "}\n");
    page->content_type = "application/json; charset=utf-8";
    page->download_name = STR("yuanzhuo-my-data.json");
    return NULL;
}
