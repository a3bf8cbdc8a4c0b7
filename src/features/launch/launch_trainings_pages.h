/* launch_trainings_pages.h: the pages about trainings, for this room only. */
#ifndef FEATURES_LAUNCH_LAUNCH_TRAININGS_PAGES_H
#define FEATURES_LAUNCH_LAUNCH_TRAININGS_PAGES_H

#include "features/launch/launch_pages.h"
#include "features/launch/launch_trainings_views.h"
#include "launch_trainings_sql.h"

#define TRAINING_AUDIENCES TRAINING_EVERYBODY
extern const Choice training_audiences[TRAINING_AUDIENCES];
#define TRAINING_STATES TRAINING_WITHDRAWN
extern const Choice training_states[TRAINING_STATES];

extern const Form training_form, training_correct_form, training_held_form, training_forget_form;

PageHandler page_trainings, page_training, page_training_new, page_training_correct,
    page_training_withdraw, page_training_held, page_training_file, page_training_sheet;
FormHandler submit_training, submit_training_correct, submit_training_withdraw,
    submit_training_held, submit_training_forget;

#endif
