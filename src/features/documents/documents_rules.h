/* documents_rules.h: what a document and its versions must be; values in, values out. */
#ifndef FEATURES_DOCUMENTS_DOCUMENTS_RULES_H
#define FEATURES_DOCUMENTS_DOCUMENTS_RULES_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"

#define DOCUMENT_TITLE_MIN  2
#define DOCUMENT_TITLE_MAX  80
#define DOCUMENT_NUMBER_MAX 40
#define DOCUMENT_ISSUER_MAX 60
#define DOCUMENT_WORDS_MAX  20000
#define DOCUMENT_CHANGE_MIN 4
#define DOCUMENT_CHANGE_MAX 300
#define DOCUMENT_REASON_MIN 4
#define DOCUMENT_REASON_MAX 200

typedef enum DocumentKind {
    DOCUMENT_RULES = 1, /* what the round goes by */
    DOCUMENT_PLAN,
    DOCUMENT_BUDGET,
    DOCUMENT_MATERIAL, /* for training and reading */
    DOCUMENT_FORM      /* to be filled in on paper */
} DocumentKind;

typedef enum DocumentState {
    DOCUMENT_AHEAD = 1, /* its first version does not hold yet */
    DOCUMENT_HOLDS,
    DOCUMENT_ENDED
} DocumentState;

/* What somebody wants to add as a version. */
typedef struct DocumentVersionFact {
    Date from_on;
    Str words;
    Str change;
    bool has_file;
} DocumentVersionFact;

/* NULL, or an error at title, number or issuer. The texts are trimmed by the caller. */
MUST_USE Error *document_check(Arena *arena, Str title, Str number, Str issuer);
/* `no` is the version's number, `before` the day the one before it holds from (of the first
 * ignored). At words FIELD_MISSING when there is neither text nor file, or TOO_LONG; from the
 * second on at from_on DOCUMENT_DAY when it is not after `before`, at change when nobody says what
 * changed.
 */
MUST_USE Error *document_version_check(Arena *arena, const DocumentVersionFact *fact, int64_t no,
                                       Date before);
/* At reason: 4 to 200 characters. */
MUST_USE Error *document_reason_check(Arena *arena, Str reason);

/* first_on: day its first version holds from; ended_on: 0 = it was not ended. */
DocumentState document_state(Date first_on, Date ended_on, Date today);

#endif
