/* workbench_views.h: what the templates of this room see. */
#ifndef FEATURES_WORKBENCH_WORKBENCH_VIEWS_H
#define FEATURES_WORKBENCH_WORKBENCH_VIEWS_H

#include "features/workbench/workbench_rules.h"
#include "platform/html/frame.h"
#include "platform/html/out.h"

typedef struct WorkRow {
    Text what;
    Text detail; /* may be empty */
    Str owner;   /* may be empty */
    DueClass when;
    bool has_date;
    Instant due_at;
    int64_t days_late;
    SafeUrl link;
    Text verb;
    bool is_main; /* the one solid button: the first late one */
} WorkRow;

/* The items of one class: at most WORK_ROWS of them are shown. */
typedef struct WorkGroup {
    DueClass when;
    Text heading;
    const WorkRow *rows;
    size_t n_rows;
    int64_t n_hidden;
} WorkGroup;

typedef struct NewProposalLine {
    SafeUrl link;
    Str title;
    Instant at;
} NewProposalLine;

typedef struct WorkbenchView {
    const Frame *frame;
    Text greeting;
    Date today;
    int64_t n_late;
    bool may_enter; /* the collect stage is open */
    SafeUrl enter;
    const WorkGroup *groups;
    size_t n_groups;
    bool has_round;
    Str round_title;
    Text round_step;
    Instant round_closes_at;
    Bar round_bar;
    bool has_gates;
    int64_t gates_missing;
    SafeUrl console;
    bool may_start; /* leads here and nothing runs */
    SafeUrl start;
    int64_t n_came_in;
    const NewProposalLine *came_in;
    size_t n_came_in_shown;
} WorkbenchView;

#endif
