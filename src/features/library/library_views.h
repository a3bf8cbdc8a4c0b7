/* library_views.h: what the templates of this room see. */
#ifndef FEATURES_LIBRARY_LIBRARY_VIEWS_H
#define FEATURES_LIBRARY_LIBRARY_VIEWS_H

#include "features/library/library_rules.h"
#include "platform/form/form.h"
#include "platform/html/frame.h"
#include "platform/list/list.h"

typedef struct EntryLine {
    SafeUrl link;
    Str title;
    Text facts; /* 服务·圆桌社工站 */
    Text price; /* 每场约 2,000 元, or empty */
    Text wanted;
    bool is_of_project;
} EntryLine;

typedef struct LibraryListView {
    const Frame *frame;
    Str words; /* searched for */
    const EntryLine *lines;
    size_t n_lines;
    ListPages pages;
    ListFiles files;
    SafeUrl list;
    SafeUrl add; /* or empty */
} LibraryListView;

typedef struct LibraryEntryView {
    const Frame *frame;
    Str title;
    Text kind;
    Str scope;
    Str provider; /* or empty */
    Text price;   /* or empty */
    Str basis;
    Str place; /* whose entry it is */
    Date ended_on;
    Str end_reason;
    Text wanted;
    SafeUrl project; /* the finished project, or empty, as the next */
    Text stars;
    SafeUrl rating;
    const FormState *pick; /* NULL: not theirs */
    SafeUrl pick_action;
    bool is_wanted;  /* by who looks */
    SafeUrl propose; /* or empty, as the next */
    SafeUrl edit, end;
    SafeUrl list;
} LibraryEntryView;

#endif
