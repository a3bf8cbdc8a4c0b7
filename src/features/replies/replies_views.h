/* replies_views.h: what the templates of this room see. */
#ifndef FEATURES_REPLIES_REPLIES_VIEWS_H
#define FEATURES_REPLIES_REPLIES_VIEWS_H

#include "features/proposals/proposals.h"
#include "features/replies/replies.h"
#include "platform/form/form.h"
#include "platform/html/frame.h"
#include "platform/list/list.h"

/* How far a round is. */
typedef struct ReplyProgress {
    int64_t owed;
    int64_t delivered;
    int64_t written; /* and not delivered */
    int64_t missing; /* nothing written */
    Bar bar;
} ReplyProgress;

typedef struct ReplyLine {
    SafeUrl link;
    Str title;
    Str name; /* whole: staff; may be empty */
    Text kind;
    Text channel;
    ChipKind chip;
    Text state;
    Instant due_at; /* 0: delivered, or no date */
    bool is_late;
    Instant delivered_at;
} ReplyLine;

typedef struct ReplyFilterLink {
    SafeUrl link;
    Text label;
    bool is_here;
} ReplyFilterLink;

#define REPLY_STATE_LINKS 4

typedef struct ReplyPick {
    const char *word;
    Text label;
    bool is_here;
} ReplyPick;

typedef struct ReplyQueueView {
    const Frame *frame;
    Str round_title;
    ReplyProgress progress;
    SafeUrl action;
    const char *state; /* kept by the form */
    ReplyFilterLink states[REPLY_STATE_LINKS];
    ReplyPick channels[PROPOSAL_CHANNELS];
    const ReplyLine *lines;
    size_t n_lines;
    ListPages pages;
    ListFiles files;
    SafeUrl start; /* the first open one under the channel; empty: none */
    SafeUrl public_list;
    SafeUrl deliver; /* many at once */
} ReplyQueueView;

/* One that is written and waits to be delivered. */
typedef struct DeliverLine {
    IdText id;
    SafeUrl link;
    Str title;
    Str name;  /* whole: staff; may be empty */
    Str place; /* on the roll; may be empty */
    Str phone; /* may be empty */
    Instant written_at;
    bool is_ticked;
} DeliverLine;

typedef struct DeliverWay {
    const char *word;
    Text label;
    int64_t n;
    bool is_here;
} DeliverWay;

#define REPLY_DELIVER_WAYS 6

typedef struct ReplyDeliverView {
    const Frame *frame;
    Str round_title;
    SafeUrl queue;
    ReplyProgress progress;
    SafeUrl look; /* the same page for another way */
    DeliverWay ways[REPLY_DELIVER_WAYS];
    SafeUrl letters, large_letters; /* as PDF; empty: nothing to carry */
    const FormState *form;
    SafeUrl action;
    const DeliverLine *lines;
    size_t n_lines;
    ListPages pages;
    int64_t last_n; /* what was recorded last in one go; 0: nothing */
    Str last_who;
    Instant last_at;
    Str last_recorder;
    const FormState *undo; /* NULL: may not be taken back */
    SafeUrl undo_action;
    IdText batch;
    Text problem; /* why it could not be taken back; empty */
} ReplyDeliverView;

typedef struct ReplyAnswerView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action, queue, proposal;
    SafeUrl previous, next; /* open ones; empty: none */
    ReplyProgress progress;
    ReplyCase about;
    Text kind;
    Text channel;
    Instant due_at;
    bool is_late;
    IdText version;
    int64_t outcome; /* ReplyKind the words are for, and which one */
    IdText outcome_of;
    bool has_answer; /* that answers the record as it is */
    bool is_stale;   /* the record has changed since it was answered */
    Text way;        /* of the answer there is */
} ReplyAnswerView;

typedef struct PublicReply {
    SafeUrl link;
    Str title;
    Text who; /* 林邻居 */
    Text kind;
    Str words;
    Instant delivered_at;
} PublicReply;

typedef struct ReplyPublicView {
    const Frame *frame;
    Str round_title;
    const PublicReply *replies;
    size_t n_replies;
    ListPages pages;
    ListFiles files;
    SafeUrl round;
} ReplyPublicView;

#endif
