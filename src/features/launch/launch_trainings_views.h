/* launch_trainings_views.h: what the templates about trainings see. */
#ifndef FEATURES_LAUNCH_LAUNCH_TRAININGS_VIEWS_H
#define FEATURES_LAUNCH_LAUNCH_TRAININGS_VIEWS_H

#include "features/launch/launch_views.h"

/* Somebody who signed in. */
typedef struct SignedLine {
    Str name;
    bool is_on_roll;
    IdText id;
} SignedLine;

typedef struct TrainingView {
    const Frame *frame;
    SafeUrl list;
    Str subject, hours, place, trainer;
    Text audience, state;
    ChipKind chip;
    Date held_on;
    int64_t present;
    SafeUrl document, file; /* or empty */
    Str file_name;
    Str recorder;
    Instant recorded_at;
    bool sees_names;
    const SignedLine *people;
    size_t n_people;
    const FormState *forget; /* or NULL */
    SafeUrl forget_action;
    ChangeLines changes;
    SafeUrl sheet;
    SafeUrl held, correct, withdraw; /* or empty */
} TrainingView;

#endif
