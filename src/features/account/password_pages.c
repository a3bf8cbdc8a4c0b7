/* password_pages.c: choosing a password, and changing it. */
#include "account_password_html.h"
#include "account_text.h"
#include "features/account/account_pages.h"
#include "platform/html/frame_load.h"
#include "platform/http/app.h"

typedef struct NewPasswordInput {
    Str login;
    Str present;
    Str password;
    Str again;
} NewPasswordInput;

static const Field new_password_fields[] = {
    {FIELD_COMMON(NewPasswordInput, login, FIELD_TEXT, TEXT_account_login),
     .hint = TEXT_account_login_hint, .is_required = true, .min = 2, .max = 60,
     .autocomplete = "username"},
    {FIELD_COMMON(NewPasswordInput, present, FIELD_PASSWORD, TEXT_account_present_password),
     .is_conditional = true, .autocomplete = "current-password"},
    {FIELD_COMMON(NewPasswordInput, password, FIELD_PASSWORD, TEXT_account_new_password),
     .hint = TEXT_account_new_password_hint, .is_required = true, .autocomplete = "new-password"},
    {FIELD_COMMON(NewPasswordInput, again, FIELD_PASSWORD, TEXT_account_again), .is_required = true,
     .autocomplete = "new-password"},
};

const Form new_password_form = FORM("new_password", new_password_fields, NewPasswordInput);

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
    Error *err = check_is_staff(page, snapshot);
    if (err) {
        return err;
    }
    PasswordView view = {.frame = page_frame(page, t_account_password_title(), FRAME_TAB_MINE),
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
    Error *err = auth_password_error(page->arena, output);
    if (!err) {
        err = db_snapshot_begin(page->app->db, page->arena, &snapshot);
    }
    if (err) {
        return err;
    }
    err = account_start(page, snapshot, page->who.person, &to);
    db_snapshot_end(snapshot);
    return err ? err : page_redirect_notice(page, to, TEXT_account_password_set);
}

/* Somebody who sits down at an open session must not be able to keep it. */
static Error *check_present_typed(Page *page, const NewPasswordInput *typed)
{
    if (page->who.must_set_password || typed->present.len > 0) {
        return NULL;
    }
    return error_for_field(error_make(page->arena, ERROR_FIELD_MISSING, "no present password"),
                           STR("present"));
}

Error *submit_password(Page *page, Snapshot *snapshot, const void *input)
{
    const NewPasswordInput *typed = input;
    NewPassword *prepared = NULL;
    PasswordTyped words = {.login = typed->login,
                           .present = typed->present,
                           .password = typed->password,
                           .again = typed->again,
                           .address = page->address};
    Error *err = check_is_staff(page, snapshot);
    if (!err) {
        err = check_present_typed(page, typed);
    }
    if (!err) {
        err = auth_prepare_new_password(page->arena, page->app, snapshot, &page->who, &words,
                                        &prepared);
    }
    return err ? err
               : page_write(page, auth_set_password, prepared, sizeof(PasswordOutcome),
                            after_password);
}
