/* documents.h: the document library and what a round goes by.
 *
 * Life of a document: somebody of an area's office adds it with its first version → it holds in the
 * area and in all below from its day on → a change is a new version with a later day → it is ended
 * with a reason, and stays to be read. A round attaches the version that holds on that day; a newer
 * one does not change what the round goes by until it is attached. Other rooms read the view
 * documents_public_attached. Start reading at NewDocument.
 */
#ifndef FEATURES_DOCUMENTS_DOCUMENTS_H
#define FEATURES_DOCUMENTS_DOCUMENTS_H

#include "features/documents/documents_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"
#include "platform/files/files.h"

extern const Feature documents_feature;

/* As many documents as a round can go by, or an area's choice offers. */
#define DOCUMENTS_OF_ROUND_MAX 60

typedef struct NewVersion {
    DocumentVersionFact fact;
    FileDraft file; /* no bytes: none */
} NewVersion;

typedef struct NewDocument {
    int64_t area;
    int64_t actor;
    int kind; /* DocumentKind */
    Str title, number, issuer;
    NewVersion first;
} NewDocument;

/* UseCase: NewDocument → int64_t (its id). Errors of document_check() and document_version_check(),
 * FIELD_CHOICE at kind. Journals document.add. */
Error *documents_add(Tx *tx, const void *input, Instant now, void *output);

typedef struct DocumentRenewal {
    int64_t area;
    int64_t id;
    int64_t actor;
    int64_t version;
    NewVersion next;
} DocumentRenewal;

/* UseCase: DocumentRenewal → nothing. NOT_FOUND (of another area too), DOCUMENT_OVER when it was
 * ended, VERSION_CONFLICT, errors of document_version_check(). Journals document.renew. */
Error *documents_renew(Tx *tx, const void *input, Instant now, void *unused);

typedef struct DocumentEnd {
    int64_t area;
    int64_t id;
    int64_t actor;
    int64_t version;
    Str reason; /* 4 to 200 characters, public */
} DocumentEnd;

/* UseCase: DocumentEnd → nothing. It holds no longer from today on. NOT_FOUND, DOCUMENT_OVER,
 * VERSION_CONFLICT, lengths at reason. Journals document.end. */
Error *documents_end(Tx *tx, const void *input, Instant now, void *unused);

typedef struct DocumentsAttach {
    int64_t area;
    int64_t round;
    int64_t actor;
    const int64_t *documents; /* all the round goes by from now on, in any order */
    size_t n_documents;
} DocumentsAttach;

/* UseCase: DocumentsAttach → nothing. What is not named any more is detached; what is named goes by
 * the version that holds today; saying the same again changes nothing and journals nothing.
 * NOT_FOUND (round), STAGE_NOT_OPEN when the round is over; at documents DOCUMENT_NOT_HERE when one
 * does not hold here today, FIELD_TOO_MANY for more than DOCUMENTS_OF_ROUND_MAX. Journals
 * document.attach. */
Error *documents_attach(Tx *tx, const void *input, Instant now, void *unused);

#endif
