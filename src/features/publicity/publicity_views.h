/* publicity_views.h: what the templates of this room see. */
#ifndef FEATURES_PUBLICITY_PUBLICITY_VIEWS_H
#define FEATURES_PUBLICITY_PUBLICITY_VIEWS_H

#include "features/publicity/publicity.h"
#include "platform/form/form.h"
#include "platform/html/frame.h"
#include "platform/html/out.h"
#include "platform/list/list.h"

/* The result a notice is about. */
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

typedef struct WinnerView {
    int64_t place; /* 1, 2, 3 … in the order they were chosen */
    Str title;
    Text kind;
    Money cost;
    int64_t votes;
    SafeUrl proposal; /* empty when there is none */
} WinnerView;

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
    PublishedResult result;
    const WinnerView *winners;
    size_t n_winners;
    SafeUrl result_link;
    SafeUrl object_link;
    SafeUrl notice_link;
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
    Text signed_by;
    PublishedResult result;
    const WinnerView *winners;
    size_t n_winners;
    Str phone;
    Str address;
    SafeHtml qr; /* empty when the program does not know its own address */
    Str link;    /* as printed beside it */
    bool has_site;
} NoticeView;

typedef struct PublicationLine {
    SafeUrl link;
    Str title;
    Instant published_at;
    Instant ends_at;
    bool is_running;
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

typedef struct PublishView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    Str round_title;
    bool may_publish;
    Text why_not;
    SafeUrl existing; /* the notice when it is out already, else empty */
    PublishedResult result;
    const WinnerView *winners;
    size_t n_winners;
    int64_t working_days;
    Instant ends_at; /* if published now */
} PublishView;

typedef struct ObjectView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    SafeUrl back;
    Str title;
    Instant ends_at;
    int answer_days; /* working days, by the rules of the round */
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
