/* areas_rules.h: what may stand under what. Pure. */
#ifndef FEATURES_AREAS_AREAS_RULES_H
#define FEATURES_AREAS_AREAS_RULES_H

#include "base/arena.h"
#include "base/error.h"

/* Stored by number: never renumber. */
typedef enum AreaKind {
    AREA_NONE = 0, /* above the top */
    AREA_CITY = 1,
    AREA_DISTRICT = 2,
    AREA_STREET = 3,
    AREA_COMMUNITY = 4,
    AREA_BUILDING = 5 /* or grid */
} AreaKind;

typedef struct AreaNew {
    int64_t parent; /* 0: the top */
    AreaKind kind;
    Str name;    /* 1..40 characters */
    Str name_en; /* may be empty, as all below; 80 characters */
    Str code;    /* 12 digits */
    Str phone;
    Str address;
    Str hours;
} AreaNew;

/* May an area be made under a parent of that kind (AREA_NONE: at the top)? The top may be any kind
 * down to a community; elsewhere a kind stands under a kind above it, and a building only under a
 * community. Errors as areas_create(). */
MUST_USE Error *areas_check_new(Arena *arena, AreaKind parent, const AreaNew *input);

#endif
