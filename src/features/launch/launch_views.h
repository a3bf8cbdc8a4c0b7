/* launch_views.h: what the templates of this room see. */
#ifndef FEATURES_LAUNCH_LAUNCH_VIEWS_H
#define FEATURES_LAUNCH_LAUNCH_VIEWS_H

#include "features/launch/launch.h"
#include "platform/form/form.h"
#include "platform/html/frame.h"
#include "platform/list/list.h"

/* A channel with what was done by it. */
typedef struct ChannelLine {
    Text channel;
    int64_t times;
    int64_t people;
    Date last_on;
} ChannelLine;

/* What everybody reads of one act of telling. */
typedef struct ToldLine {
    Date told_on;
    Text channel;
    Str place;
    int64_t reached;      /* 0: not counted */
    SafeUrl photo, thumb; /* or empty */
} ToldLine;

/* What everybody reads of a training. */
typedef struct TrainingLine {
    Str subject;
    Text when, who;
    bool is_held;
    int64_t present;
    SafeUrl document, file; /* or empty */
    Str file_name;
} TrainingLine;

typedef struct LaunchDocument {
    SafeUrl link;
    Str title;
    Text version;
} LaunchDocument;

typedef struct LaunchView {
    const Frame *frame;
    Str round_title;
    Way way;
    SafeUrl calendar, documents, round;
    SafeUrl console; /* or empty */
    const ChannelLine *channels;
    size_t n_channels;
    const ToldLine *told;
    size_t n_told;
    bool is_more; /* than stands here */
    const TrainingLine *trainings;
    size_t n_trainings;
} LaunchView;

typedef struct LaunchConsoleView {
    const Frame *frame;
    Str round_title;
    Money budget;
    Way way;
    Text channels_state;
    const ChannelLine *channels;
    size_t n_channels;
    const LaunchDocument *documents;
    size_t n_documents;
    SafeUrl round_console, page, calendar, log, attach;
    SafeUrl tell; /* or empty */
    Text trainings_state;
    SafeUrl trainings;
    SafeUrl plan; /* or empty */
} LaunchConsoleView;

/* A list of what was done in a round, for staff: the outreach log, the trainings. */
typedef struct LaunchListView {
    const Frame *frame;
    Text title;
    Text search; /* label of the search box */
    Text add;    /* of the button */
    Str round_title;
    Str words; /* searched for */
    const ListView *list;
    SafeUrl page, console;
    SafeUrl new; /* or empty */
} LaunchListView;

typedef struct OutreachView {
    const Frame *frame;
    SafeUrl log;
    Text channel;
    Date told_on;
    Str place;
    int64_t reached;
    Str by_whom, note;
    bool is_withdrawn;
    PhotoView photo;
    Str recorder;
    Instant recorded_at;
    ChangeLines changes;
    SafeUrl correct, withdraw; /* or empty */
} OutreachView;

#endif
