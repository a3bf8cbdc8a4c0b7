/* publicity.h: what other rooms, commands and the demonstration may ask of publicity.
 *
 * Life of a publication: the poll is counted and the publish stage opens → a member of staff
 * publishes the notice → residents object while the period runs → staff answer each one → the gates
 * publication_over and objections_answered are met and the round may go on.
 * Start reading at publicity_publish() and publicity_object().
 */
#ifndef FEATURES_PUBLICITY_PUBLICITY_H
#define FEATURES_PUBLICITY_PUBLICITY_H

#include "features/publicity/publicity_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"

extern const Feature publicity_feature;

typedef struct PublicationNew {
    int64_t area;
    int64_t round;
    int64_t actor; /* staff, by the route's policy */
    Str title;
    Str words; /* paragraphs separated by newlines */
} PublicationNew;

typedef struct PublicationDone {
    int64_t id;
    Instant ends_at;
} PublicationDone;

/* UseCase: PublicationNew → PublicationDone. The period begins now and lasts the stage's working
 * days. Errors: NOT_FOUND (round), STAGE_NOT_OPEN (publish is not the open stage),
 * PUBLICATION_NOT_COUNTED, ALREADY_EXISTS, lengths at title and words. Journals
 * publication.publish. */
Error *publicity_publish(Tx *tx, const void *input, Instant now, void *output);

typedef struct ObjectionNew {
    int64_t area;
    int64_t publication;
    int64_t actor; /* a resident of the area, by the route's policy */
    Str words;
} ObjectionNew;

typedef struct ObjectionDone {
    int64_t id;
    int64_t no; /* within the publication */
} ObjectionDone;

/* UseCase: ObjectionNew → ObjectionDone. A person may object several times, but
 * OBJECTIONS_WAITING_MAX at most may wait for an answer. Errors: NOT_FOUND, PUBLICATION_OVER,
 * OBJECTION_WAITS, lengths at words. Journals objection.make. */
Error *publicity_object(Tx *tx, const void *input, Instant now, void *output);

typedef struct ObjectionAnswer {
    int64_t area;
    int64_t objection;
    int64_t actor;   /* staff, by the route's policy */
    int64_t version; /* the one the form was made from */
    Str answer;
} ObjectionAnswer;

/* UseCase: ObjectionAnswer → nothing. An answer may be corrected later; the journal shows both
 * acts. Errors: NOT_FOUND, VERSION_CONFLICT, lengths at answer. Journals objection.answer, or
 * objection.correct when there was one. */
Error *publicity_answer(Tx *tx, const void *input, Instant now, void *output);

#endif
