/* notices_pages.h: between the files of this room. */
#ifndef FEATURES_NOTICES_NOTICES_PAGES_H
#define FEATURES_NOTICES_NOTICES_PAGES_H

#include "features/notices/notices.h"
#include "platform/html/frame.h"

/* Feature.export_person and erase_person; notices.c */
Error *notices_export_person(Snapshot *snapshot, int64_t person, Buf *out);
Error *notices_erase_person(Tx *tx, int64_t person, Instant now);

/* notices_pages.c */
Text notices_kind_text(int64_t kind);
/* The tabs lead to where the person lives, else to where they work; no query. */
void notices_tabs(Page *page, Frame *frame);

/* notices_channel_pages.c */
extern const Form notices_channel_form;
Text notices_channel_text(int64_t channel);
Error *page_notices_channel(Page *page, Snapshot *snapshot);
Error *submit_notices_channel(Page *page, Snapshot *snapshot, const void *input);

/* notices_round_pages.c */
extern const Form notices_hand_form;
Error *page_notices_round(Page *page, Snapshot *s);
Error *submit_notices_hand(Page *page, Snapshot *s, const void *input);

#endif
