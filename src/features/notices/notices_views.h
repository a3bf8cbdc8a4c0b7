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

typedef struct NoticeCount {
    Text channel;
    Text state;
    int64_t n;
} NoticeCount;

/* One that was for everybody. */
typedef struct NoticeChoice {
    IdText id;
    Text kind;
    Instant sent_at;
    bool is_here;
} NoticeChoice;

typedef struct UntoldLine {
    IdText id;
    Str name, place, phone;
    Str what; /* empty where the page says it once */
    Text why;
    Text reason;
} UntoldLine;

typedef struct NoticeRoundView {
    const Frame *frame;
    Str round_title;
    SafeUrl console, self;
    const NoticeCount *counts;
    size_t n_counts;
    const NoticeChoice *choices;
    size_t n_choices;
    bool has_notice;
    IdText notice;
    Str what;
    Str words; /* searched for */
    const UntoldLine *lines;
    size_t n_lines;
    bool has_failed; /* one of them may be sent again */
    ListPages pages;
    ListFiles files;
    const FormState *form;
} NoticeRoundView;

#endif
