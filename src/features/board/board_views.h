/* board_views.h: what the supervision board shows. */
#ifndef FEATURES_BOARD_BOARD_VIEWS_H
#define FEATURES_BOARD_BOARD_VIEWS_H

#include "platform/html/frame.h"
#include "platform/list/list.h"

/* One of the longest. */
typedef struct BoardLine {
    SafeUrl link; /* to the thing or to its community's board; may be empty */
    Str what;
    Str place; /* on a community's own board empty */
    Text holder;
    int64_t days; /* 0: since today */
    bool is_deep;
} BoardLine;

typedef struct BoardView {
    const Frame *frame;
    bool is_community;
    bool is_counted; /* something was counted below */
    Text about;      /* how many communities, counted until when */
    int64_t late;
    Text week; /* how many a week ago, or that nobody knows */
    int64_t oldest_days;
    Money budget;
    Money paid;
    Money open; /* neither paid nor decided */
    int paid_percent;
    int64_t accepted, funded;
    int done_percent;
    Bar bar;
    const ListView *list; /* of the communities; NULL on a community's own */
    Str words;            /* searched for */
    SafeUrl self;
    const BoardLine *lines;
    size_t n_lines;
    SafeUrl all; /* empty: these are all */
} BoardView;

typedef struct BoardLateView {
    const Frame *frame;
    SafeUrl back;
    SafeUrl self;
    Str words;
    const ListView *list;
} BoardLateView;

#endif
