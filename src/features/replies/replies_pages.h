/* replies_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_REPLIES_REPLIES_PAGES_H
#define FEATURES_REPLIES_REPLIES_PAGES_H

#include "features/programmes/programmes.h"
#include "features/replies/replies_views.h"
#include "platform/http/http.h"
#include "replies_sql.h"

extern const Form reply_form;
extern const Form reply_deliver_form;
extern const Form reply_take_back_form;
PageHandler page_reply_queue;
PageHandler page_reply_answer;
PageHandler page_reply_public;
PageHandler page_reply_deliver;
PageHandler page_reply_letters;
FormHandler submit_reply;
FormHandler submit_reply_deliver;
FormHandler submit_reply_take_back;

#define REPLY_WAYS 7
/* Every ReplyWay with its word in forms and addresses. */
extern const Choice reply_ways[REPLY_WAYS];
Text reply_way_text(ReplyWay way);
/* Where those wait that are delivered this way. */
SafeUrl reply_deliver_url(const Page *page, int64_t round, ReplyWay way);

/* Rows ReplyListRow, parent the round, filter ReplyQueueFilter. */
extern const ListTable reply_queue_table;
typedef struct ReplyQueueFilter {
    int64_t channel, state; /* as in reply_list; 0: all */
} ReplyQueueFilter;
/* What everybody may read; parent the round. */
extern const ListTable reply_public_table;
/* 林邻居 */
Text reply_public_who(Str proposer_name, Str person_name);

/* The value of ?channel=, 0: all. */
int64_t reply_channel_asked(const Page *page);
/* Its word for addresses, "" for 0. */
const char *reply_channel_word(int64_t channel);
Text reply_kind_text(ReplyKind kind);
/* "/a/AREA/replies/ID?channel=WORD" */
SafeUrl reply_url(const Page *page, int64_t proposal, int64_t channel);
SafeUrl reply_queue_url(const Page *page, int64_t round, int64_t channel);
/* The value of ?after=, 0: from the start; and the links to the pages around it. */
int64_t reply_after_asked(const Page *page);
ListPages reply_pages_of(const Page *page, bool has_next, int64_t last);
MUST_USE Error *reply_progress(Page *page, Snapshot *s, int64_t round, ReplyProgress *out);

/* What due dates of a round's answers are made of. */
typedef struct ReplyDates {
    HolidayTable holidays;
    int refusal_days;
    Instant stage_closes_at; /* of the reply stage, 0: there is none */
} ReplyDates;
/* Three queries. */
MUST_USE Error *reply_dates(Page *page, Snapshot *s, int64_t round, ReplyDates *out);
Instant reply_due(const ReplyDates *dates, ReplyKind kind, Instant decided_at);

#endif
