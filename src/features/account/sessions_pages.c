/* sessions_pages.c: where one is signed in, and ending that everywhere else. */
#include "account_text.h"
#include "features/account/account_pages.h"
#include "platform/auth/device.h"
#include "platform/http/app.h"

const Form end_others_form = FORM_EMPTY("end-others");

static Text way_text(CredentialKind kind)
{
    return kind == CREDENTIAL_PASSWORD ? t_account_by_password() : t_account_by_code();
}

static Text machine_text(int device)
{
    static const int words[SYSTEM_COUNT] = {
        [SYSTEM_UNKNOWN] = TEXT_account_system_unknown,
        [SYSTEM_ANDROID] = TEXT_account_android,
        [SYSTEM_HARMONY] = TEXT_account_harmony,
        [SYSTEM_IPHONE] = TEXT_account_iphone,
        [SYSTEM_IPAD] = TEXT_account_ipad,
        [SYSTEM_WINDOWS] = TEXT_account_windows,
        [SYSTEM_MAC] = TEXT_account_mac,
        [SYSTEM_LINUX] = TEXT_account_linux,
    };
    return text_of(words[device_system(device)]);
}

static Text browser_text(int device)
{
    static const int words[BROWSER_COUNT] = {
        [BROWSER_UNKNOWN] = TEXT_account_browser_unknown,
        [BROWSER_WECHAT] = TEXT_account_wechat,
        [BROWSER_EDGE] = TEXT_account_edge,
        [BROWSER_FIREFOX] = TEXT_account_firefox,
        [BROWSER_CHROME] = TEXT_account_chrome,
        [BROWSER_SAFARI] = TEXT_account_safari,
    };
    return text_of(words[device_browser(device)]);
}

Error *show_sessions(Page *page, Snapshot *snapshot, AccountView *view)
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
                                    .machine = machine_text(sessions[i].device),
                                    .browser = browser_text(sessions[i].device),
                                    .since = sessions[i].created_at,
                                    .seen_at = sessions[i].seen_at,
                                    .is_this = sessions[i].is_this};
        view->has_others = view->has_others || !sessions[i].is_this;
    }
    view->sessions = shown;
    view->n_sessions = count;
    view->end_others = page_form(page, &end_others_form);
    return NULL;
}

Error *submit_end_others(Page *page, Snapshot *snapshot, const void *unused)
{
    OtherSessions *others = arena_new(page->arena, OtherSessions);
    *others = (OtherSessions){page->who.person, hash_token(page->who.session)};
    return page_write_to(page, auth_end_other_sessions, others, 0, url_path(page->arena, "/me"),
                         TEXT_account_others_ended);
}
