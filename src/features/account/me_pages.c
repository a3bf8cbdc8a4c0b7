/* me_pages.c: who the program thinks one is; a password; one's own data. */
#include "account_me_html.h"
#include "account_password_html.h"
#include "base/limits.h"
#include "features/account/account_pages.h"
#include "platform/html/frame_load.h"
#include "platform/http/app.h"
#include "text_keys.h"

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

static Text way_text(CredentialKind kind)
{
    return kind == CREDENTIAL_PASSWORD ? t_account_by_password() : t_account_by_code();
}

static Error *show_sessions(Page *page, Snapshot *snapshot, AccountView *view)
{
    SessionInfo *sessions = NULL;
    size_t count = 0;
    Error *err = auth_sessions(snapshot, &page->who, &sessions, &count);
    if (err) {
        return err;
    }
    AccountSession *shown = arena_array(page->arena, AccountSession, count);
    for (size_t i = 0; i < count; i++) {
        shown[i] = (AccountSession){.way = way_text(sessions[i].kind),
                                    .since = sessions[i].created_at,
                                    .is_this = sessions[i].is_this};
    }
    view->sessions = shown;
    view->n_sessions = count;
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
    Frame frame;
    AccountView view = {.name = page->who.name};
    Error *err = frame_load(page, snapshot, t_account_me_title(), FRAME_TAB_MINE, &frame);
    if (!err) {
        err = show_places(page, snapshot, &view);
    }
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
        frame_tabs(page, view.home_area, &frame);
    }
    view.frame = &frame;
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

/* --- a password ----------------------------------------------------------------------------- */

typedef struct NewPasswordInput {
    Str login;
    Str password;
    Str again;
} NewPasswordInput;

static const Field new_password_fields[] = {
    {FIELD_COMMON(NewPasswordInput, login, FIELD_TEXT, TEXT_account_login),
     .hint = TEXT_account_login_hint, .is_required = true, .min = 2, .max = 60,
     .autocomplete = "username"},
    {FIELD_COMMON(NewPasswordInput, password, FIELD_PASSWORD, TEXT_account_new_password),
     .hint = TEXT_account_new_password_hint, .is_required = true, .autocomplete = "new-password"},
    {FIELD_COMMON(NewPasswordInput, again, FIELD_PASSWORD, TEXT_account_again), .is_required = true,
     .autocomplete = "new-password"},
};

const Form new_password_form = {.name = "new_password",
                                .fields = new_password_fields,
                                .n_fields = countof(new_password_fields),
                                .input_size = sizeof(NewPasswordInput)};

/* Residents sign in by their code alone: a password is for those who hold a staff role. */
static Error *check_is_staff(Page *page, Snapshot *snapshot)
{
    int64_t area = 0;
    bool is_staff = false;
    Error *err = people_home_area(snapshot, page->who.person, &area, &is_staff);
    if (!err && !is_staff) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "no staff role");
    }
    return err;
}

Error *page_password(Page *page, Snapshot *snapshot)
{
    Frame frame;
    Error *err = check_is_staff(page, snapshot);
    if (!err) {
        err = frame_load(page, snapshot, t_account_password_title(), FRAME_TAB_MINE, &frame);
    }
    if (err) {
        return err;
    }
    PasswordView view = {.frame = &frame,
                         .form = page_form(page, &new_password_form),
                         .is_forced = page->who.must_set_password};
    Out out = page_out(page);
    account_password_page(&out, &view);
    return NULL;
}

static Error *after_password(Page *page, const void *input, const void *output)
{
    Snapshot *snapshot = NULL;
    SafeUrl to;
    (void)input;
    (void)output;
    Error *err = db_snapshot_begin(page->app->db, page->arena, &snapshot);
    if (err) {
        return err;
    }
    err = account_start(page, snapshot, page->who.person, &to);
    db_snapshot_end(snapshot);
    return err ? err : page_redirect_notice(page, to, TEXT_account_password_set);
}

Error *submit_password(Page *page, Snapshot *snapshot, const void *input)
{
    const NewPasswordInput *typed = input;
    NewPassword *prepared = NULL;
    Error *err = check_is_staff(page, snapshot);
    if (!err) {
        err = auth_prepare_new_password(page->arena, page->app, &page->who, typed->login,
                                        typed->password, typed->again, &prepared);
    }
    return err ? err : page_write(page, auth_set_password, prepared, 0, after_password);
}
