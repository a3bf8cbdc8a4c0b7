/* screening_views.h: what the templates of this room show. */
#ifndef FEATURES_SCREENING_SCREENING_VIEWS_H
#define FEATURES_SCREENING_SCREENING_VIEWS_H

#include "features/screening/screening.h"
#include "platform/html/frame.h"
#include "platform/list/list.h"

typedef struct InterestLine {
    Instant declared_at;
    Instant ended_at; /* 0: it stands */
    Str end_reason;
} InterestLine;

/* Somebody asked for another class. */
typedef struct RequestLine {
    Str words;
    Instant asked_at;
    Str answer;
    Instant answered_at; /* 0: waits */
} RequestLine;

/* Everything about the reading of one proposal. */
typedef struct ScreeningPageView {
    const Frame *frame;
    Str title;
    ScreeningPart part;
    const InterestLine *interests;
    size_t n_interests;
    const FormState *declare; /* NULL: this visitor cannot */
    SafeUrl declare_action;
    const FormState *end; /* NULL: this visitor declared none */
    SafeUrl end_action;
    const RequestLine *requests;
    size_t n_requests;
    bool is_askable; /* another class can be asked for, until … */
    Instant until;
    const FormState *ask; /* NULL: not by this visitor */
    SafeUrl ask_action;
    SafeUrl duties; /* the list that was cited */
    SafeUrl proposal;
    SafeUrl list;
} ScreeningPageView;

typedef struct GroundLink {
    SafeUrl link;
    Text label;
    int64_t n;
    bool is_here;
} GroundLink;

#define GROUND_LINKS 6

/* What was decided in a round. */
typedef struct ScreeningRoundView {
    const Frame *frame;
    Str round_title;
    bool two_readers;
    bool is_staff;
    GroundLink grounds[GROUND_LINKS];
    size_t n_grounds;
    const ListView *list;
    SafeUrl round;
} ScreeningRoundView;

typedef struct DutyLine {
    int64_t no;
    Text matter;
    Str words;
    Str body;
} DutyLine;

typedef struct DutyVersion {
    int64_t no;
    int64_t n_lines;
    Date holds_from;
    Str note;
    SafeUrl link;
} DutyVersion;

/* The responsibility list of an area. */
typedef struct DutyPageView {
    const Frame *frame;
    bool has_list;
    int64_t no;
    Date holds_from;
    Str note;
    bool is_from_above;
    Str area_name;
    const DutyLine *lines;
    size_t n_lines;
    const DutyVersion *versions; /* the area's own */
    size_t n_versions;
    bool may_edit;
    SafeUrl new_version;
} DutyPageView;

typedef struct DutyNewView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    SafeUrl list;
} DutyNewView;

#endif
