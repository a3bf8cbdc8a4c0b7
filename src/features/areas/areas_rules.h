/* areas_rules.h: what may stand under what, and what comes first. Pure. */
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

/* Longest texts of an area, in characters. */
#define AREA_MAX_NAME    40
#define AREA_MAX_NAME_EN 80
#define AREA_MAX_PHONE   40
#define AREA_MAX_ADDRESS 100
#define AREA_MAX_HOURS   100

typedef struct AreaNew {
    int64_t parent; /* 0: the top */
    AreaKind kind;
    Str name;    /* 1..AREA_MAX_NAME characters */
    Str name_en; /* may be empty, as all below */
    Str code;    /* 12 digits */
    Str phone;
    Str address;
    Str hours;
} AreaNew;

/* What may be changed of an area; its kind and its place in the tree stay. */
typedef struct AreaWords {
    Str name; /* as in AreaNew, all of them */
    Str name_en;
    Str code;
    Str phone;
    Str address;
    Str hours;
} AreaWords;

/* May an area be made under a parent of that kind (AREA_NONE: at the top)? The top may be any kind
 * down to a community; elsewhere a kind stands under a kind above it, and a building only under a
 * community. Errors as areas_create(). */
MUST_USE Error *areas_check_new(Arena *arena, AreaKind parent, const AreaNew *input);

/* The name and the contact data of an area that exists. FIELD_MISSING (name), AREA_CODE,
 * FIELD_TOO_LONG, FIELD_NOT_PHONE (phone: fewer than three digits), each at its field. */
MUST_USE Error *areas_check_words(Arena *arena, const AreaWords *words);

/* The kinds that may stand under a kind, the usual one first (a street under a district); at most
 * AREA_BUILDING of them. Returns how many. */
size_t areas_kinds_under(AreaKind parent, AreaKind out[AREA_BUILDING]);

/* What the first person in an empty installation should do next. */
typedef enum AreaStep {
    AREA_STEP_DISTRICT = 1,
    AREA_STEP_STREET,
    AREA_STEP_COMMUNITY,
    AREA_STEP_SECRETARY, /* somebody who leads a community */
    AREA_STEP_COUNT
} AreaStep;

/* How many of each stand at or below an area. */
typedef struct AreaCounts {
    int64_t districts;
    int64_t streets;
    int64_t communities;
    int64_t led; /* communities with a secretary */
} AreaCounts;

/* The steps from an area of that kind to its first secretary, in order, into out; none for a
 * building. *out_done of them are done already (all: nothing is left to say). A step that was
 * passed over (a community right under a district) counts as done. Returns how many. */
size_t areas_first_steps(AreaKind kind, const AreaCounts *counts, AreaStep out[AREA_STEP_COUNT],
                         size_t *out_done);

#endif
