/* notices_pages.h: between the files of this room. */
#ifndef FEATURES_NOTICES_NOTICES_PAGES_H
#define FEATURES_NOTICES_NOTICES_PAGES_H

#include "features/notices/notices.h"

/* Feature.export_person and erase_person; notices.c */
Error *notices_export_person(Snapshot *snapshot, int64_t person, Buf *out);
Error *notices_erase_person(Tx *tx, int64_t person, Instant now);

#endif
