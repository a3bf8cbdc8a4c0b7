/* publicity_views.h: what the templates of this room see. */
#ifndef FEATURES_PUBLICITY_PUBLICITY_VIEWS_H
#define FEATURES_PUBLICITY_PUBLICITY_VIEWS_H

#include "features/publicity/publicity.h"
#include "features/publicity/publicity_postings_views.h"
#include "platform/form/form.h"
#include "platform/html/frame.h"
#include "platform/html/out.h"
#include "platform/list/list.h"

/* The result of a counted ballot. */
typedef struct PublishedResult {
    int64_t voters;
    int64_t eligible; /* 0: not known (imported) */
    int64_t options;
    Money budget;
    Money spent;
    Money left;
    Instant closed_at;
    Instant counted_at;
} PublishedResult;

typedef struct PublishedProject {
    int64_t place; /* 1, 2, 3 … in the order they are shown */
    Str title;
    Text kind;
    Money cost; /* as estimated */
    int64_t votes;
    SafeUrl proposal; /* empty when there is none */
    /* of a decision: */
    bool is_carried;
    /* of the works: */
    bool is_accepted, is_stopped;
    Money final;
    Text state; /* 验收通过，3 人验收 */
    Date state_on;
    Str words;
} PublishedProject;

/* A meeting of the council. */
typedef struct PublishedMeeting {
    Str body, mandate;
    Date held_on;
    int64_t members, present, yes, no;
    Text result; /* 通过; 人数不够，没有作决定 */
} PublishedMeeting;

typedef struct PublishedBidder {
    Str name;
    Money quote;
    bool is_chosen;
} PublishedBidder;

typedef struct PublishedPurchase {
    Str project, title;
    SafeUrl proposal;
    Text method;
    Date called_on, chosen_on;
    Str bidder;
    Money quote;
    Str reason;
    bool is_signed; /* false: nothing of the next ones */
    Str contract_number;
    Money contract;
    Date signed_on, due_on;
    const PublishedBidder *bidders;
    size_t n_bidders;
} PublishedPurchase;

/* What a publication shows; which members hold says the subject. */
typedef struct PublishedContent {
    PublicationSubject subject;
    PublishedResult result;
    const PublishedProject *projects;
    size_t n_projects;
    size_t n_carried;
    Money estimate, cost; /* of the works together; of a decision the estimate of what is carried */
    const PublishedMeeting *meetings;
    size_t n_meetings;
    const PublishedPurchase *purchases;
    size_t n_purchases;
} PublishedContent;

typedef struct ObjectionView {
    int64_t no;
    Text who; /* 林邻居 */
    Instant objected_at;
    Str words;
    bool is_answered;
    Str answer;
    Instant answered_at;
    SafeUrl answer_link; /* staff only, else empty */
} ObjectionView;

typedef struct PublicationView {
    const Frame *frame;
    Str title;
    const Str *paragraphs;
    size_t n_paragraphs;
    Instant published_at;
    Instant ends_at;
    int64_t working_days;
    bool is_running;
    Text signed_by; /* 桂竹社区居民委员会 */
    bool takes_objections;
    int64_t edition;
    Str reason;          /* of this edition; empty: the first */
    SafeUrl corrected;   /* the edition before; empty: none */
    SafeUrl replacement; /* the edition after; empty: it stands */
    PublishedContent content;
    SafeUrl result_link; /* empty: no ballot */
    SafeUrl object_link;
    SafeUrl notice_link;
    SafeUrl correct_link;    /* for staff, while it may be corrected */
    SafeUrl postings, texts; /* for staff, else empty */
    PostedLines posted;
    Str phone;
    SafeUrl call;
    int64_t n_objections; /* all of them; the list below is one page */
    int64_t n_answered;
    const ObjectionView *objections;
    size_t n_shown;
    SafeUrl next; /* empty on the last page */
} PublicationView;

typedef struct NoticeView {
    const Frame *frame;
    SafeUrl pdf, poster; /* the same on A4 and, in large type, on A3 */
    Str title;
    const Str *paragraphs;
    size_t n_paragraphs;
    Instant published_at;
    Date from;
    Date to;
    Instant ends_at;
    int64_t working_days;
    bool takes_objections;
    int64_t edition;
    Str reason;
    Text signed_by;
    PublishedContent content;
    Str phone;
    Str address;
    SafeHtml qr; /* empty when the program does not know its own address */
    Str link;    /* as printed beside it */
    bool has_site;
} NoticeView;

/* What is sent to the chat group, and what is read aloud. */
typedef struct PublicationTextsView {
    const Frame *frame;
    Str title;
    SafeUrl publication;
    bool is_running;
    Str group, speech;
    int64_t seconds; /* it takes to read */
} PublicationTextsView;

typedef struct PublicationLine {
    SafeUrl link;
    Str title;
    Instant published_at;
    Instant ends_at;
    bool is_running;
    bool is_replaced;
    bool takes_objections;
    int64_t objections;
    int64_t answered;
} PublicationLine;

typedef struct PublicationListView {
    const Frame *frame;
    const PublicationLine *lines;
    size_t n_lines;
    ListPages pages;
    ListFiles files;
    SafeUrl home;
} PublicationListView;

/* A notice of the round beside the form. */
typedef struct NoticeLine {
    Str name;
    Text state;
    SafeUrl link; /* the publication, or the form of this notice; empty: neither yet */
} NoticeLine;

typedef struct PublishView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    Str round_title;
    Text heading;
    Str notice;         /* code, sent with the form */
    int64_t corrects;   /* 0: something new */
    Str corrects_title; /* of the edition that is corrected */
    bool may_publish;
    Text why_not;
    SafeUrl existing; /* the notice when it is out already, else empty */
    PublishedContent content;
    bool has_content;
    int64_t working_days;
    Instant ends_at; /* if published now */
    bool takes_objections;
    const NoticeLine *notices; /* of the round, when there are several */
    size_t n_notices;
} PublishView;

typedef struct ObjectView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    SafeUrl back;
    Str title;
    Instant ends_at;
    int answer_days; /* working days, by the rules of the round */
    bool takes_objections;
    bool is_running;
    Str phone;
    SafeUrl call;
} ObjectView;

typedef struct AnswerView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    SafeUrl back;
    Str publication_title;
    int64_t no;
    Str person_name; /* empty: erased */
    Str words;
    Instant objected_at;
    Instant due_at;
    int64_t late_days; /* 0: not late */
    bool is_answered;
    Str answer;
    Str answered_name;
    Instant answered_at;
    int64_t version;
} AnswerView;

#endif
