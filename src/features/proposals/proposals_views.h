/* proposals_views.h: what the templates of this room show. */
#ifndef FEATURES_PROPOSALS_PROPOSALS_VIEWS_H
#define FEATURES_PROPOSALS_PROPOSALS_VIEWS_H

#include "features/proposals/proposals.h"
#include "platform/form/form.h"
#include "platform/html/frame.h"
#include "platform/list/list.h"

typedef struct ProposalLine {
    Str title;
    Str place; /* may be empty */
    Text kind;
    ChipKind chip;
    Text state;
    Money cost; /* 0: not priced */
    SafeUrl link;
} ProposalLine;

/* One of the links that narrow the list. */
typedef struct StateLink {
    const char *word; /* of ?state=; empty: all */
    Text label;
    int64_t count;
    bool is_here;
} StateLink;

#define PROPOSAL_STATE_LINKS 5

typedef struct ProposalListView {
    const Frame *frame;
    SafeUrl action; /* of the search form and the state links */
    Str words;
    const char *state; /* kept by the search form; empty: all */
    bool has_round;
    IdText round;
    StateLink states[PROPOSAL_STATE_LINKS];
    const ProposalLine *lines;
    size_t n_lines;
    ListPages pages;
    ListFiles files;
    Text empty_title;
    Text empty_text;
    Text empty_act;
    SafeUrl empty_link;
    bool may_propose;
    bool is_staff;
    SafeUrl propose;
    SafeUrl library;
    SafeUrl track;
} ProposalListView;

typedef struct SimilarPageView {
    const Frame *frame;
    SimilarView similar;
} SimilarPageView;

/* Who stands behind a proposal beside its proposer, and who helps it. */
typedef struct MergedLine {
    Str title;
    Str need;
    Str place;
    Instant at;
    Text how;
    Str surname; /* empty: left no name */
    Str name;    /* for staff; whole only where the work is done, see ProposalView */
    Str phone;
    SafeUrl link;
    SafeUrl unmerge;
    IdText main; /* what it goes on in */
} MergedLine;

typedef struct AdviserLine {
    Text kind;
    Str organisation;
    Str name; /* for everybody the surname, the whole for those who manage and the proposer */
    Str phone;
    Str note;
    IdText id;
} AdviserLine;

typedef struct BehindView {
    const MergedLine *merged;
    size_t n_merged; /* shown */
    int64_t total_merged;
    int64_t n_support;
    const AdviserLine *advisers;
    size_t n_advisers;
    bool is_merged; /* it goes on in another one: */
    Str main_title;
    SafeUrl main;
    const FormState *support; /* NULL: this visitor cannot */
    bool is_supported;
    SafeUrl support_action;
    const FormState *unmerge; /* NULL: this visitor cannot */
    bool may_manage;
    SafeUrl merge;
    SafeUrl advise;
    const FormState *end_adviser;
    SafeUrl end_action;
    Text problem; /* of an act on this page that was refused; the empty sentence */
    SimilarView similar;
} BehindView;

typedef struct MergeView {
    const Frame *frame;
    const FormState *form; /* NULL: it cannot be merged any more */
    SafeUrl action;
    SafeUrl search;
    Str words;
    Str title;
    Str need;
    int64_t n_along; /* merged into it before: they move along */
    SimilarView similar;
    SafeUrl proposal;
} MergeView;

typedef struct AdviserView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    Str title;
    SafeUrl proposal;
} AdviserView;

/* The list of staff: a drop-down that narrows it, how many came each way. */
#define DESK_SELECTS 5
typedef struct DeskSelect {
    const char *name;
    int label; /* TEXT_ number */
    const Choice *choices;
    size_t n_choices;
    int chosen; /* 0: all */
} DeskSelect;

typedef struct DeskChannel {
    Text channel;
    int64_t n;
} DeskChannel;

typedef struct ProposalDeskView {
    const Frame *frame;
    SafeUrl action;
    Str words;
    const DeskSelect *selects; /* DESK_SELECTS */
    bool has_round;
    IdText round;
    const DeskChannel *channels;
    size_t n_channels;
    int64_t total;
    const ListView *list;
    SafeUrl enter;
} ProposalDeskView;

typedef struct HistoryLine {
    Instant at;
    Text how; /* 上门, 网上 …; may be the empty sentence */
    Text words;
} HistoryLine;

typedef struct PhotoLine {
    SafeUrl src;
    SafeUrl original; /* for staff */
    Text alt;
    int64_t width, height;
    bool is_shown; /* to the public */
    Str by;        /* for staff; empty: erased */
    Instant at;
    Str sha256; /* of the original */
    IdText id;
} PhotoLine;

typedef struct PhotosView {
    const PhotoLine *lines;
    size_t n_lines;
    bool is_staff;
    const FormState *remove; /* NULL: this visitor cannot */
    SafeUrl remove_action;
} PhotosView;

#define PROPOSAL_HISTORY_MAX 3

/* Withdrawn by whoever made it. */
typedef struct ProposalGoneView {
    const Frame *frame;
    SafeUrl list;
} ProposalGoneView;

typedef struct ProposalView {
    const Frame *frame;
    Str title;
    Text kind;
    ChipKind chip;
    Text state_text;
    ProposalState state;
    Str need;
    Str place;
    Str beneficiaries;
    Money cost;
    SafeUrl price; /* where its price comes from */
    Money pledged; /* firmly, of the price */
    Money public_cost;
    SafeUrl pledges;
    Str reason;
    HistoryLine history[PROPOSAL_HISTORY_MAX];
    size_t n_history;
    bool has_deadline; /* an answer comes by the end of the stage */
    Instant deadline;
    bool is_theirs; /* shows the receipt */
    bool is_for_somebody;
    SafeUrl slip; /* to print, for staff who entered it for somebody */
    Str receipt;
    bool may_change;
    SafeUrl edit;
    const FormState *withdraw;
    SafeUrl withdraw_action;
    bool is_staff;
    bool sees_person; /* who manages, or wrote it down: others on the staff see masked ones */
    Str proposer_name;
    Str proposer_phone;
    Text channel;
    bool may_decide;
    bool is_decided;
    SafeUrl decide;
    SafeUrl list;
    SafeUrl round;
    Str ticket;
    Str reply; /* what its proposer was told, delivered; empty: nothing yet */
    Instant reply_at;
    SafeUrl delivery; /* when it was chosen and stays so; else empty */
    SafeUrl filing;   /* when it was filed with the street; else empty */
    BehindView behind;
    PhotosView photos;
    ScreeningPart screening;
} ProposalView;

typedef struct ProposalFormView {
    const Frame *frame;
    const FormState *form; /* NULL: nothing can be proposed now */
    SafeUrl action;
    bool is_staff;
    bool is_edit;
    bool is_closed; /* collecting has ended, maybe while they were typing */
    SimilarView similar;
    Text closed_why;
    SafeUrl list;
    int64_t n_photos_free;
    bool was_sent; /* and came back: chosen files are lost */
} ProposalFormView;

typedef struct ProposalDecideView {
    const Frame *frame;
    const FormState *form; /* NULL: too late, or not for this person */
    bool is_late;
    ScreeningForm reading;
    SafeUrl action;
    bool goes_through; /* saving leads to the next one */
    int64_t n_waiting; /* for this person, this one among them */
    SafeUrl next;      /* leaving this one as it is; empty: none */
    Str title;
    Str need;
    Str place;
    Str beneficiaries;
    Money budget;
    SafeUrl proposal;
    SimilarView similar;
} ProposalDecideView;

typedef struct TrackView {
    const Frame *frame;
    Str typed;
    Text problem; /* the empty sentence when there is none */
    bool is_found;
    Str area_name;
    Str title;
    Str receipt;
    ChipKind chip;
    Text state;
    ProposalState number;
    bool is_merged; /* what follows is about the one it goes on in */
    Str main_title;
    Str reason;
    Money cost;
    Instant submitted_at;
    Instant decided_at;
    Str reply; /* what they were told; empty: nothing yet */
    Instant reply_at;
    bool has_link; /* not for a withdrawn one */
    SafeUrl link;
} TrackView;

#endif
