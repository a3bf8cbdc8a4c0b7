/* publicity_postings_views.h: what the templates about postings see. */
#ifndef FEATURES_PUBLICITY_PUBLICITY_POSTINGS_VIEWS_H
#define FEATURES_PUBLICITY_PUBLICITY_POSTINGS_VIEWS_H

#include "features/publicity/publicity_postings.h"
#include "platform/html/frame.h"
#include "platform/list/list.h"

typedef struct PostingListView {
    const Frame *frame;
    Str title; /* of the publication */
    Str words; /* searched for */
    const ListView *list;
    SafeUrl page, publication, notice, texts;
    SafeUrl put_up; /* or empty */
} PostingListView;

typedef struct PostingView {
    const Frame *frame;
    SafeUrl list;
    Str title; /* of the publication */
    Str place, up_by, down_by;
    Date up_on, down_on; /* down_on 0: it hangs */
    ChipKind chip;
    Text state;
    PhotoView up, down;
    Str recorder;
    Instant recorded_at;
    ChangeLines changes;
    SafeUrl take_down, correct, withdraw; /* or empty */
} PostingView;

/* What everybody reads of one. */
typedef struct PostedLine {
    Str place;
    Text when;
    PhotoView up, down;
} PostedLine;

typedef struct PostedLines {
    const PostedLine *items;
    size_t count;
} PostedLines;

#endif
