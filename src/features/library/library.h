/* library.h: the project library: what can be asked for again.
 *
 * Life of an entry: an office writes it, or makes it of a finished project → it is offered in its
 * area and in all below → its words are changed → it is taken out with a reason, and stays to be
 * read. Residents of a community mark what they want there. Start reading at NewEntry.
 */
#ifndef FEATURES_LIBRARY_LIBRARY_H
#define FEATURES_LIBRARY_LIBRARY_H

#include "features/library/library_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"

extern const Feature library_feature;

typedef struct NewEntry {
    int64_t area;
    int64_t actor;   /* staff, by the route's policy */
    int64_t project; /* the finished project it is made of, by its proposal; 0: none */
    EntryFact fact;
} NewEntry;

/* UseCase: NewEntry -> int64_t (its id). Errors of library_check(). Of a project: NOT_FOUND unless
 * it was accepted here, ALREADY_EXISTS when it is in the library. Journals library.add. */
MUST_USE Error *library_add(Tx *tx, const void *input, Instant now, void *output);

typedef struct EntryEdit {
    int64_t area;
    int64_t id;
    int64_t actor;
    int64_t version; /* as the actor saw it */
    EntryFact fact;
} EntryEdit;

/* UseCase: EntryEdit -> nothing. NOT_FOUND (of another area too), VERSION_CONFLICT (also when it
 * was taken out), errors of library_check(). Journals library.edit. */
MUST_USE Error *library_edit(Tx *tx, const void *input, Instant now, void *unused);

typedef struct EntryEnd {
    int64_t area;
    int64_t id;
    int64_t actor;
    int64_t version;
    Str reason; /* public */
} EntryEnd;

/* UseCase: EntryEnd -> nothing. Nobody can ask for it any more. Errors as above; length at reason.
 * Journals library.end. */
MUST_USE Error *library_end(Tx *tx, const void *input, Instant now, void *unused);

typedef struct EntryPick {
    int64_t area; /* the resident's community */
    int64_t id;   /* of an entry that is offered there */
    int64_t person;
    bool is_wanted; /* false: not any more */
} EntryPick;

/* UseCase: EntryPick -> nothing. Saying it twice changes nothing. NOT_FOUND when it is not offered
 * here. Not journaled: it binds nobody. */
MUST_USE Error *library_pick(Tx *tx, const void *input, Instant now, void *unused);

#endif
