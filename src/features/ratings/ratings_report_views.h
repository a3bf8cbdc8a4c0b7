/* ratings_report_views.h: what the templates of the report are given. */
#ifndef FEATURES_RATINGS_RATINGS_REPORT_VIEWS_H
#define FEATURES_RATINGS_RATINGS_REPORT_VIEWS_H

#include "features/ratings/ratings_report.h"
#include "platform/form/form_view.h"
#include "platform/html/frame.h"

typedef struct ReportLine {
    Str label;
    Str value; /* 18,000 元 */
    Str whole; /* 估价 20,000 元; or empty */
    Str width; /* of the bar: "34.6%"; empty: no bar */
} ReportLine;

typedef struct ReportPartView {
    Text title;
    const ReportLine *lines;
    size_t n_lines;
} ReportPartView;

/* A published version that is not the one shown. */
typedef struct ReportVersion {
    SafeUrl link;
    int64_t no;
    Instant published_at;
} ReportVersion;

typedef struct ReportView {
    const Frame *frame;
    Str round_title;
    bool is_there; /* a published one, or a draft for staff */
    bool is_draft;
    int64_t no;
    Instant published_at;
    Str reason; /* of a correction */
    Str words;
    const ReportPartView *parts;
    size_t n_parts;
    const ReportVersion *versions;
    size_t n_versions;
    SafeUrl pdf, xlsx, edit, round; /* edit: for staff; else empty */
} ReportView;

typedef struct ReportEditView {
    const Frame *frame;
    Str round_title;
    SafeUrl page, console;
    const FormState *form;
    SafeUrl action;
    const FormState *publish; /* when there is a draft that may be published; else NULL */
    SafeUrl publish_action;
    const FormState *problem; /* a publishing form that came back; else NULL */
    bool asks_reason;
    Text why_not; /* it cannot be published yet; or empty */
    int64_t version;
    const ReportPartView *parts;
    size_t n_parts;
} ReportEditView;

#endif
