/* home_views.h: what the templates of this room see. */
#ifndef FEATURES_HOME_HOME_VIEWS_H
#define FEATURES_HOME_HOME_VIEWS_H

#include "platform/html/frame.h"
#include "platform/html/out.h"

typedef struct HomeNotice {
    SafeUrl link;
    Str title;
    Instant ends_at;
    bool is_running;
} HomeNotice;

typedef struct HomeView {
    const Frame *frame;
    bool has_round;
    /* the panel */
    Str round_title;
    int64_t step;
    int64_t steps;
    bool is_finished;
    Text headline;
    Text explanation;
    Text left;     /* 还剩 6 天; empty when nothing ends */
    Instant until; /* when left is not empty */
    Text act;
    SafeUrl act_link;
    Text call; /* 打电话提：8000 0126; empty without a telephone */
    /* below it */
    const HomeNotice *notices;
    size_t n_notices;
    SafeUrl all_notices;
    int64_t proposals;
    int64_t accepted;
    int64_t offline; /* on paper, by telephone, at the door */
    SafeUrl all_proposals;
    SafeUrl projects; /* empty: none was ever chosen */
    Money budget;
    bool is_decided;
    Money spent;
    Money rest;
    Bar bar;
    SafeUrl rules;
    Way way;
} HomeView;

#endif
