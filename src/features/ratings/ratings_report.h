/* ratings_report.h: the evaluation report of a round: figures worked out, frozen, published.
 *
 * The secretary writes words to figures that are worked out anew each time the draft is looked at →
 * once the rating is closed the report is published: words and figures as they are then, never
 * changed again → a mistake is corrected by another version with a public reason, the old one stays
 * to be read. Start reading at ratings_report_figures().
 */
#ifndef FEATURES_RATINGS_RATINGS_REPORT_H
#define FEATURES_RATINGS_RATINGS_REPORT_H

#include "features/ratings/ratings.h"
#include "features/ratings/ratings_report_rules.h"

typedef struct ReportFigures {
    ReportFigure *items;
    size_t count;
    size_t capacity;
} ReportFigures;

/* The figures of a round as the record has them now, in the order of the report; in the snapshot's
 * arena. NOT_FOUND. A dozen queries, whatever there is. */
MUST_USE Error *ratings_report_figures(Snapshot *snapshot, int64_t area, int64_t round,
                                       ReportFigures *out);
/* Those of a published version. One query. */
MUST_USE Error *ratings_report_frozen(Snapshot *snapshot, int64_t area, int64_t round, int64_t no,
                                      ReportFigures *out);

typedef struct ReportWrite {
    int64_t area;
    int64_t round;
    int64_t actor;
    int64_t version; /* of the draft, as the actor saw it; 0: there was none */
    Str words;       /* REPORT_WORDS_MIN to _MAX characters */
} ReportWrite;

/* UseCase: ReportWrite → nothing. Begins or changes the draft. NOT_FOUND; STAGE_NOT_OPEN before the
 * evaluation stage; VERSION_CONFLICT; lengths at words. Journals report.write. */
Error *ratings_report_write(Tx *tx, const void *input, Instant now, void *unused);

typedef struct ReportPublish {
    int64_t area;
    int64_t round;
    int64_t actor;
    int64_t version; /* of the draft */
    Str reason;      /* of a correction: REPORT_REASON_MIN to _MAX characters; the first has none */
} ReportPublish;

/* UseCase: ReportPublish → nothing. NOT_FOUND without a draft; VERSION_CONFLICT; REPORT_TOO_EARLY
 * while projects are still to be rated; lengths at reason. Journals report.publish. */
Error *ratings_report_publish(Tx *tx, const void *input, Instant now, void *unused);

#endif
