/* demo_views.h: what the template of this room sees. */
#ifndef FEATURES_DEMO_DEMO_VIEWS_H
#define FEATURES_DEMO_DEMO_VIEWS_H

#include "platform/form/form.h"
#include "platform/html/frame.h"
#include "platform/html/out.h"

typedef struct DemoClockView {
    const Frame *frame;
    const FormState *form;
    SafeUrl action;
    Instant now;
    int64_t hours_ahead; /* 0: less than one */
    bool is_moved;
    Instant next; /* 0: no deadline is left */
} DemoClockView;

#endif
