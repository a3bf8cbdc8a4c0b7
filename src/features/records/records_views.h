/* records_views.h: what the templates of this room see. */
#ifndef FEATURES_RECORDS_RECORDS_VIEWS_H
#define FEATURES_RECORDS_RECORDS_VIEWS_H

#include "platform/html/frame.h"
#include "platform/list/list.h"

typedef struct KindOption {
    const char *value; /* "" = all */
    Text label;
    bool is_chosen;
} KindOption;

typedef struct VerifyView {
    bool is_asked;
    NoteKind kind;
    Text sentence;
    int64_t waiting;
    Str head; /* hexadecimal; empty when nothing is sealed or the chain is broken */
} VerifyView;

typedef struct JournalView {
    const Frame *frame;
    SafeUrl action;
    SafeUrl verify_link;
    const KindOption *kinds;
    size_t n_kinds;
    VerifyView verify;
    const ListView *list;
} JournalView;

#endif
