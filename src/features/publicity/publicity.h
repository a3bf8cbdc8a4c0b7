/* publicity.h: what other rooms, commands and the demonstration may ask of publicity.
 *
 * A round publishes several notices: which ones its rules say, each with its own period. Life of a
 * publication: its stage opens, or there is something to show → a member of staff publishes it, and
 * what it shows is kept as it was → residents object while the period runs → staff answer each one
 * → a mistake is corrected by another edition with a public reason, whose period begins anew → the
 * gates publication_over and objections_answered of its stage are met; three_publications asks for
 * all that the rules demand. Start reading at publicity_plan(), publicity_publish() and
 * publicity_object().
 */
#ifndef FEATURES_PUBLICITY_PUBLICITY_H
#define FEATURES_PUBLICITY_PUBLICITY_H

#include "features/publicity/publicity_postings.h"
#include "features/publicity/publicity_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"

extern const Feature publicity_feature;

/* A notice of a round: what it is, and whether it may go out now. */
typedef struct PublicationPlan {
    int64_t area;
    int64_t round;
    Str round_title;
    Str notice; /* its code; empty where the rules name none */
    Str name;   /* 决议公示; empty likewise */
    Str name_en;
    int stage_no; /* 0: no stage names it */
    PublicationSubject subject;
    int working_days;
    bool takes_objections;
    PublicationWhen when;
    int64_t existing; /* the publication that stands; of several the newest; 0: none */
    int64_t batch;    /* of the next one */
} PublicationPlan;

/* The notice of that code; an empty code stands for the one of the open publish stage, else for the
 * first that may go out. NOT_FOUND (round, code). Six queries. */
MUST_USE Error *publicity_plan(Snapshot *snapshot, int64_t area, int64_t round, Str notice,
                               PublicationPlan *out);

typedef struct PublicationNew {
    int64_t area;
    int64_t round;
    int64_t actor; /* staff, by the route's policy */
    Str notice;    /* as publicity_plan() takes it */
    Str title;
    Str words; /* paragraphs separated by newlines */
} PublicationNew;

typedef struct PublicationDone {
    int64_t id;
    Instant ends_at;
} PublicationDone;

/* UseCase: PublicationNew → PublicationDone. The period begins now and lasts the stage's working
 * days, else those of the notice. Errors: NOT_FOUND (round, notice), STAGE_NOT_OPEN (it may not go
 * out now), PUBLICATION_NOT_COUNTED, ALREADY_EXISTS, lengths at title and words. Journals
 * publication.publish. */
Error *publicity_publish(Tx *tx, const void *input, Instant now, void *output);

typedef struct PublicationCorrect {
    int64_t area;
    int64_t publication; /* one that stands */
    int64_t actor;
    Str title;
    Str words;
    Str reason; /* public */
} PublicationCorrect;

/* UseCase: PublicationCorrect → PublicationDone. Another edition, which shows what the record says
 * by now; the one before stays to be read. Errors: NOT_FOUND, VERSION_CONFLICT when it was
 * corrected already, STAGE_NOT_OPEN when the round is over, lengths at title, words and reason.
 * Journals publication.correct. */
Error *publicity_correct(Tx *tx, const void *input, Instant now, void *output);

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
 * OBJECTIONS_WAITING_MAX at most may wait for an answer. Errors: NOT_FOUND, PUBLICATION_OVER (its
 * period, or another edition took its place), PUBLICATION_ONLY_READ, OBJECTION_WAITS, lengths at
 * words. Journals objection.make. */
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
