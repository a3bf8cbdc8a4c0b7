/* account_pages.c: signing in and out, and the routes of the room. */
#include "features/account/account_pages.h"

#include "account_sign_in_html.h"
#include "account_text.h"
#include "platform/html/frame_load.h"
#include "platform/http/app.h"

/* A miscounted code is said so, and is not a try. */
#define CODE_DIGITS 16

typedef struct CodeInput {
    Str code;
    Str next;
} CodeInput;

typedef struct PasswordInput {
    Str login;
    Str password;
    Str next;
} PasswordInput;

static const Field code_fields[] = {
    {FIELD_COMMON(CodeInput, code, FIELD_CODE, TEXT_account_code), .hint = TEXT_account_code_hint,
     .is_required = true, .autocomplete = "one-time-code"},
    {FIELD_COMMON(CodeInput, next, FIELD_TEXT, TEXT_account_next), .max = 400},
};

static const Form code_form = FORM("sign_in_code", code_fields, CodeInput);

static const Field password_fields[] = {
    {FIELD_COMMON(PasswordInput, login, FIELD_TEXT, TEXT_account_login), .is_required = true,
     .max = 60, .autocomplete = "username"},
    {FIELD_COMMON(PasswordInput, password, FIELD_PASSWORD, TEXT_account_password),
     .is_required = true, .autocomplete = "current-password"},
    {FIELD_COMMON(PasswordInput, next, FIELD_TEXT, TEXT_account_next), .max = 400},
};

static const Form password_form = FORM("sign_in_password", password_fields, PasswordInput);

/* The name is also that of the form in the top bar of the desk. */
const Form sign_out_form = FORM_EMPTY(SIGN_OUT_FORM);

/* --- the page ------------------------------------------------------------------------------- */

/* What was typed survives a wrong code, and so does the way that led here. */
static Str next_of(Page *page, const FormState *form)
{
    return page->method == HTTP_POST ? form_field(form, "next")->typed : page_query(page, "next");
}

static Error *show_sign_in(Page *page, bool is_staff_way)
{
    SignInView view = {.frame = page_frame(page, t_account_sign_in_title(), FRAME_TAB_NONE),
                       .is_staff_way = is_staff_way};
    view.form = page_form(page, is_staff_way ? &password_form : &code_form);
    view.next = next_of(page, view.form);
    Out out = page_out(page);
    account_sign_in_page(&out, &view);
    return NULL;
}

static Error *page_sign_in_code(Page *page, Snapshot *snapshot)
{
    return show_sign_in(page, false);
}

static Error *page_sign_in_password(Page *page, Snapshot *snapshot)
{
    return show_sign_in(page, true);
}

static Error *page_sign_in(Page *page, Snapshot *snapshot)
{
    return show_sign_in(page, str_eq(page_query(page, "way"), STR("staff")));
}

/* --- afterwards ----------------------------------------------------------------------------- */

SafeUrl account_place_link(Arena *arena, const PersonPlace *place)
{
    IdText area = id_text(place->area);
    if (place->has_desk) {
        return url_path(arena, "/a/%s/desk", area.text);
    }
    return url_path(arena, place->administers ? "/a/%s/areas" : "/a/%s", area.text);
}

/* Where the work of the day is, before what is set up once, before what one only lives in. */
static int rank(const PersonPlace *place)
{
    return place->has_desk ? 2 : place->administers ? 1 : 0;
}

Error *account_start(Page *page, Snapshot *snapshot, int64_t person, SafeUrl *out)
{
    PersonPlace *places = NULL;
    size_t count = 0;
    Error *err = people_places(snapshot, person, page->lang, &places, &count);
    if (err) {
        return err;
    }
    const PersonPlace *start = count > 0 ? &places[0] : NULL;
    for (size_t i = 0; i < count; i++) {
        start = rank(&places[i]) > rank(start) ? &places[i] : start;
    }
    *out = start == NULL ? url_path(page->arena, "/") : account_place_link(page->arena, start);
    return NULL;
}

static Error *go_on(Page *page, const SignInOutcome *outcome, Str next)
{
    Snapshot *snapshot = NULL;
    SafeUrl to;
    if (outcome->kind == CREDENTIAL_ONE_TIME_CODE) {
        return page_redirect(page, url_path(page->arena, "/me/password"));
    }
    if (next.len > 0) {
        return page_redirect(page, url_own_path_or_home(page->arena, next));
    }
    Error *err = db_snapshot_begin(page->app->db, page->arena, &snapshot);
    if (err) {
        return err;
    }
    err = account_start(page, snapshot, outcome->person, &to);
    db_snapshot_end(snapshot);
    return err ? err : page_redirect(page, to);
}

/* What the use case is given; its input comes first, so that a pointer to this is one to it. */
typedef struct Going {
    SignIn sign_in;
    Str next;
} Going;

static Error *after_sign_in(Page *page, const void *input, const void *output)
{
    const Going *going = input;
    Error *err = page_signed_in(page, &going->sign_in, output);
    return err ? err : go_on(page, output, going->next);
}

static Error *sign_in(Page *page, const SignIn *prepared, Str next)
{
    Going *going = arena_new(page->arena, Going);
    going->sign_in = *prepared;
    going->sign_in.device = page_device(page);
    going->next = next;
    return page_write(page, auth_sign_in, going, sizeof(SignInOutcome), after_sign_in);
}

static Error *submit_code(Page *page, Snapshot *snapshot, const void *input)
{
    const CodeInput *typed = input;
    if (typed->code.len != CODE_DIGITS) {
        Error *err = error_make(page->arena, ERROR_SIGN_IN_DIGITS, "%zu digits", typed->code.len);
        return error_for_field(error_with(err, (int64_t)typed->code.len, (Str){"", 0}),
                               STR("code"));
    }
    return sign_in(page, auth_prepare_code(page->arena, page->app, page->address, typed->code),
                   typed->next);
}

static Error *submit_login(Page *page, Snapshot *snapshot, const void *input)
{
    const PasswordInput *typed = input;
    SignIn *prepared = NULL;
    Error *err = auth_prepare_password(page->arena, page->app, snapshot, page->address,
                                       typed->login, typed->password, &prepared);
    return err ? err : sign_in(page, prepared, typed->next);
}

/* --- signing out ---------------------------------------------------------------------------- */

static Error *after_sign_out(Page *page, const void *input, const void *output)
{
    page_signed_out(page);
    return page_redirect_notice(page, url_path(page->arena, "/"), TEXT_account_signed_out);
}

static Error *submit_sign_out(Page *page, Snapshot *snapshot, const void *unused)
{
    Hash32 *hash = arena_new(page->arena, Hash32);
    *hash = hash_token(page->who.session);
    return page_write(page, auth_sign_out, hash, 0, after_sign_out);
}

/* --- routes --------------------------------------------------------------------------------- */

/* Signing in or out twice is harmless: the browser may send these again. */
#define ROUTE_AGAIN(path_, policy_, form_, submit_, again_)                                        \
    {                                                                                              \
        HTTP_POST, (path_), (policy_), (again_), (form_), (submit_), ROUTE_REPEATABLE              \
    }

static const Route routes[] = {
    ROUTE_GET("/sign-in", POLICY_PUBLIC, page_sign_in),
    ROUTE_AGAIN("/sign-in/code", POLICY_PUBLIC, &code_form, submit_code, page_sign_in_code),
    ROUTE_AGAIN("/sign-in/password", POLICY_PUBLIC, &password_form, submit_login,
                page_sign_in_password),
    ROUTE_AGAIN("/sign-out", POLICY_SIGNING_IN, &sign_out_form, submit_sign_out, page_me),
    ROUTE_GET("/me", POLICY_SIGNED_IN, page_me),
    ROUTE_AGAIN("/me/sessions/end", POLICY_SIGNED_IN, &end_others_form, submit_end_others, page_me),
    ROUTE_GET("/me/data.json", POLICY_SIGNED_IN, page_my_data),
    ROUTE_GET("/me/password", POLICY_SIGNING_IN, page_password),
    ROUTE_POST("/me/password", POLICY_SIGNING_IN, &new_password_form, submit_password,
               page_password),
    ROUTE_GET("/look", POLICY_PUBLIC, page_look),
    ROUTE_GET("/zhangbei", POLICY_PUBLIC, page_care),
};

const Feature account_feature = {.name = "account", .routes = routes, .n_routes = countof(routes)};
