/* areas_views.h: what the templates of this room show. */
#ifndef FEATURES_AREAS_AREAS_VIEWS_H
#define FEATURES_AREAS_AREAS_VIEWS_H

#include "platform/html/frame.h"
#include "platform/html/out.h"

typedef struct AreaDoor {
    Str name;
    SafeUrl link;
} AreaDoor;

typedef struct AreaStreet {
    Str name; /* empty: communities without a street */
    AreaDoor *doors;
    size_t n_doors;
} AreaStreet;

typedef struct AreaChooseView {
    const Frame *frame;
    Str words; /* searched for; empty: all */
    AreaStreet *streets;
    size_t n_streets;
    bool has_next;
    IdText next_after; /* the last community shown */
    bool has_first;    /* not on the first page */
} AreaChooseView;

#endif
