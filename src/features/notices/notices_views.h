/* notices_views.h: what the templates of this room show. */
#ifndef FEATURES_NOTICES_NOTICES_VIEWS_H
#define FEATURES_NOTICES_NOTICES_VIEWS_H

#include "platform/form/form_view.h"
#include "platform/html/frame.h"
#include "platform/list/list.h"

typedef struct NoticeLine {
    SafeUrl link;
    Text kind;
    Str words;
    Str area;
    Instant sent_at;
    bool is_new;
} NoticeLine;

typedef struct NoticeListView {
    const Frame *frame;
    const NoticeLine *lines;
    size_t n_lines;
    bool has_new;
    IdText newest;
    const FormState *read;
    ListPages pages;
    Text channel; /* how they are told besides */
} NoticeListView;

#define NOTICE_CHANNELS 5

typedef struct NoticeChannelView {
    const Frame *frame;
    const FormState *form;
    DataChoice choices[NOTICE_CHANNELS];
    size_t n_choices;
    bool has_email;
    bool has_phone;
} NoticeChannelView;

#endif
