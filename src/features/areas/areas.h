/* areas.h: the tree of places: making, changing, finding; and its pages.
 *
 * Start reading at Area and areas_get().
 */
#ifndef FEATURES_AREAS_AREAS_H
#define FEATURES_AREAS_AREAS_H

#include "features/areas/areas_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"

typedef struct Area {
    int64_t id;
    int64_t parent; /* 0 for the top */
    AreaKind kind;
    Str name;
    Str name_en; /* empty when it has none */
    Str code;    /* 12 digits or empty */
    Str phone;   /* of the service station; empty when not known, as the next two */
    Str address;
    Str hours;
    int64_t version; /* of the row; filled by areas_get() only */
} Area;

/* The area; *out_found is false when there is none (then *out is zeroed). */
MUST_USE Error *areas_get(Snapshot *snapshot, int64_t area, Area *out, bool *out_found);

/* The area and its ancestors, nearest first, in the snapshot's arena; none when it does not exist.
 * One query. */
MUST_USE Error *areas_path(Snapshot *snapshot, int64_t area, Area **out, size_t *out_count);

/* The communities at or below an area, at most `limit`, by street and name. One query. */
MUST_USE Error *areas_communities_below(Snapshot *snapshot, int64_t area, size_t limit, Area **out,
                                        size_t *out_count);

/* The name in the reader's language, when it has one in it. */
Str areas_name(const Area *area, Lang lang);

/* Makes an area. Errors: AREA_KIND (field kind) when it cannot stand under its parent, AREA_CODE,
 * FIELD_MISSING (field name), FIELD_TOO_LONG, NOT_FOUND (the parent), ALREADY_EXISTS (field name)
 * when the parent has one of that name. */
MUST_USE Error *areas_create(Tx *tx, const AreaNew *input, int64_t *out_id);

typedef struct AreaMake {
    AreaNew area; /* area.parent is the page's area */
    int64_t actor;
} AreaMake;

typedef struct AreaMade {
    int64_t id;
} AreaMade;

/* Use case: somebody makes an area; written into the journals of the new area and its parent.
 * Errors as areas_create(). */
Error *areas_make(Tx *tx, const void *input, Instant now, void *output);

typedef struct AreaEdit {
    int64_t area;
    int64_t actor;
    int64_t version;      /* as the actor saw it */
    bool is_contact_only; /* name, name_en and code stay as they are */
    AreaWords words;
} AreaEdit;

/* Use case, no output: other words for an area, written into its journal. NOT_FOUND,
 * VERSION_CONFLICT, ALREADY_EXISTS (field name), and as areas_check_words(). */
Error *areas_edit(Tx *tx, const void *input, Instant now, void *unused);

extern const Feature areas_feature;

#endif
