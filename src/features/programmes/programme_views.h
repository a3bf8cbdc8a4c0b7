/* programme_views.h: what the templates of programmes show. */
#ifndef FEATURES_PROGRAMMES_PROGRAMME_VIEWS_H
#define FEATURES_PROGRAMMES_PROGRAMME_VIEWS_H

#include "features/programmes/round_rules.h"
#include "platform/form/form_view.h"
#include "platform/html/frame.h"

typedef struct ProgrammeLine {
    Str title;
    Str summary;
    Text by; /* whose it is, which edition */
    SafeUrl link;
    bool is_draft;
} ProgrammeLine;

typedef struct ProgrammeListView {
    const Frame *frame;
    const ProgrammeLine *lines;
    size_t n_lines;
    bool may_plan;
    SafeUrl create;
    bool has_next;
    SafeUrl next;
} ProgrammeListView;

/* A line of rules; a link to change it, for who may. */
typedef struct RuleLine {
    Text name;
    Text says;
    SafeUrl change; /* empty: cannot be changed here */
} RuleLine;

typedef struct RuleGroup {
    Text title;
    Text empty; /* what to say when there is no line */
    const RuleLine *lines;
    size_t n_lines;
    SafeUrl change; /* of the whole group, or empty */
    SafeUrl add;    /* another line, or empty */
} RuleGroup;

typedef struct JoinedLine {
    Str name;
    Text stands;
    Money budget;
    SafeUrl link;
} JoinedLine;

typedef struct ProgrammeView {
    const Frame *frame;
    Str title;
    Str summary;
    Text by;
    Text state; /* 草稿，居民还看不到 … */
    bool is_draft;
    bool has_reason;
    Str reason; /* why the newest edition differs */
    const RuleGroup *groups;
    size_t n_groups;
    const JoinedLine *joined;
    size_t n_joined;
    bool may_join;
    SafeUrl join;
    bool has_round;
    SafeUrl round;
    bool may_publish;
    bool needs_reason;
    const FormState *publish;
    SafeUrl publish_action;
    bool may_revise;
    const FormState *revise;
    SafeUrl revise_action;
} ProgrammeView;

/* Any form of this room that is a title, a sentence and its fields. */
#endif
