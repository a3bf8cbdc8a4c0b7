/* notices_channel_pages.c: how somebody wants to be told besides the site. */
#include "features/notices/notices_pages.h"
#include "features/notices/notices_views.h"
#include "notice_channel_html.h"
#include "notices_sql.h"
#include "notices_text.h"
#include "platform/html/frame_load.h"
#include "platform/http/app.h"
#include "platform/send/send.h"

#define EMAIL_CHARACTERS 254

typedef struct ChannelInput {
    Str channel;
    Str email;
} ChannelInput;

static const Field fields[] = {
    {FIELD_COMMON(ChannelInput, channel, FIELD_TEXT, TEXT_notices_channel), .is_required = true,
     .max = 10},
    {FIELD_COMMON(ChannelInput, email, FIELD_TEXT, TEXT_notices_email),
     .hint = TEXT_notices_email_hint, .max = EMAIL_CHARACTERS, .is_conditional = true,
     .autocomplete = "email"},
};

const Form notices_channel_form = FORM("notices_channel", fields, ChannelInput);

static const Choice channels[] = {
    {"site", NOTICE_BY_SITE, TEXT_notices_by_site},
    {"sms", NOTICE_BY_SMS, TEXT_notices_by_sms},
    {"wechat", NOTICE_BY_WECHAT, TEXT_notices_by_wechat},
    {"email", NOTICE_BY_EMAIL, TEXT_notices_by_email},
    {"hand", NOTICE_BY_HAND, TEXT_notices_by_hand},
};

Text notices_channel_text(int64_t channel)
{
    return choice_label(channels, countof(channels), channel);
}

/* What is not configured is not offered. */
static bool is_offered(const Page *page, int channel)
{
    return channel == NOTICE_BY_SITE || channel == NOTICE_BY_HAND ||
           send_can(page->app->send, (SendChannel)channel);
}

static void fill_choices(const Page *page, NoticeChannelView *view)
{
    for (size_t i = 0; i < countof(channels); i++) {
        if (is_offered(page, channels[i].value)) {
            view->choices[view->n_choices++] =
                (DataChoice){str_from(channels[i].name),
                             text_str(page->arena, page->lang, text_of(channels[i].label))};
        }
    }
}

Error *page_notices_channel(Page *page, Snapshot *snapshot)
{
    NoticeReaderGetRow row = {0};
    bool found = false;
    Error *err = sql_notice_reader_get(snapshot, page->who.person, &row, &found);
    if (err) {
        return err;
    }
    ChannelInput present = {
        .channel = str_from(choice_name(channels, countof(channels), found ? row.channel : 0)),
        .email = row.email};
    Frame *frame = page_frame(page, t_notices_channel_title(), FRAME_TAB_MINE);
    NoticeChannelView view = {.frame = frame,
                              .form = page_form_of(page, &notices_channel_form, &present),
                              .has_email = is_offered(page, NOTICE_BY_EMAIL),
                              .has_phone = is_offered(page, NOTICE_BY_SMS) ||
                                           is_offered(page, NOTICE_BY_WECHAT)};
    fill_choices(page, &view);
    frame->back = url_path(page->arena, "/me/notices");
    notices_tabs(page, frame);
    Out out = page_out(page);
    notice_channel_page(&out, &view);
    return NULL;
}

Error *submit_notices_channel(Page *page, Snapshot *snapshot, const void *input)
{
    const ChannelInput *typed = input;
    NoticesChoose *choose = arena_new(page->arena, NoticesChoose);
    int channel = choice_of(channels, countof(channels), typed->channel, -1);
    if (channel < 0 || !is_offered(page, channel)) {
        return error_at(page->arena, ERROR_FIELD_NOT_CHOICE, "channel", 0);
    }
    *choose = (NoticesChoose){.person = page->who.person,
                              .channel = (NoticeChannel)channel,
                              .email = str_trim(typed->email)};
    return page_write_to(page, notices_choose, choose, 0, url_path(page->arena, "/me/notices"),
                         TEXT_notices_channel_done);
}
