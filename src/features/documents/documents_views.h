/* documents_views.h: what the templates of this room see. */
#ifndef FEATURES_DOCUMENTS_DOCUMENTS_VIEWS_H
#define FEATURES_DOCUMENTS_DOCUMENTS_VIEWS_H

#include "features/documents/documents.h"
#include "platform/form/form.h"
#include "platform/html/frame.h"
#include "platform/list/list.h"

typedef struct DocumentLine {
    SafeUrl link;
    Str title;
    Text facts; /* 规则·青民发〔2027〕4 号·青梧区 */
    ChipKind chip;
    Text state;
    Text version; /* or empty */
} DocumentLine;

typedef struct DocumentListView {
    const Frame *frame;
    Str words; /* searched for */
    const DocumentLine *lines;
    size_t n_lines;
    ListPages pages;
    ListFiles files;
    SafeUrl list;
    SafeUrl add; /* or empty */
} DocumentListView;

typedef struct DocumentVersionView {
    Text title; /* 第 2 版，2027年6月1日起 */
    bool is_held;
    Str change;
    Str words;
    Str file_name;
    SafeUrl file; /* or empty */
} DocumentVersionView;

typedef struct DocumentView {
    const Frame *frame;
    Str title, number, issuer;
    Text kind;
    Str place;
    ChipKind chip;
    Text state;
    Str end_reason;
    const DocumentVersionView *versions;
    size_t n_versions;
    SafeUrl renew, end; /* or empty */
} DocumentView;

/* What a round goes by, with ticks. */
typedef struct DocumentTick {
    IdText id;
    SafeUrl link;
    Str title;
    Text facts;
    bool is_ticked;
} DocumentTick;

typedef struct DocumentAttachView {
    const Frame *frame;
    SafeUrl back;
    Str back_title;
    const FormState *form;
    SafeUrl action;
    const DocumentTick *ticks;
    size_t n_ticks;
    SafeUrl add;
    Text problem; /* or empty */
} DocumentAttachView;

typedef struct RoundDocumentsView {
    const Frame *frame;
    Str round_title;
    const DocumentLine *lines;
    size_t n_lines;
    SafeUrl attach; /* or empty */
    SafeUrl round;
} RoundDocumentsView;

#endif
