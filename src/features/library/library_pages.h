/* library_pages.h: the pages of this room, for its own files. */
#ifndef FEATURES_LIBRARY_LIBRARY_PAGES_H
#define FEATURES_LIBRARY_LIBRARY_PAGES_H

#include "features/library/library.h"
#include "features/library/library_views.h"
#include "platform/http/http.h"

#define LIBRARY_KINDS 3
extern const Choice library_kinds[LIBRARY_KINDS];

/* 每场约 2,000 元; the empty sentence without a price. */
Text library_price(Money price, Str unit);

extern const Form library_form, library_edit_form, library_end_form, library_pick_form;

PageHandler page_library, page_library_entry, page_library_new, page_library_edit, page_library_end,
    page_library_adopt;
FormHandler submit_library, submit_library_edit, submit_library_end, submit_library_pick,
    submit_library_adopt;

/* library_person.c */
Error *library_export_person(Snapshot *snapshot, int64_t person, Buf *out);
Error *library_erase_person(Tx *tx, int64_t person, Instant now);

#endif
