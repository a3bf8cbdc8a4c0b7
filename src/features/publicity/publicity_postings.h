/* publicity_postings.h: where a notice hangs on paper, since when, until when.
 *
 * Staff write down each place: put up by whom and when, with a photo; later taken down by whom and
 * when, with a photo. A line is corrected or taken back with a reason (platform/changes). Residents
 * read places and days, and the photos that are shown; names are for staff. Start reading at
 * NewPosting.
 */
#ifndef FEATURES_PUBLICITY_PUBLICITY_POSTINGS_H
#define FEATURES_PUBLICITY_PUBLICITY_POSTINGS_H

#include "features/publicity/publicity_posting_rules.h"
#include "platform/changes/changes.h"
#include "platform/files/photo.h"

typedef struct NewPosting {
    int64_t area;
    int64_t publication;
    int64_t actor;
    PostingFact fact; /* that hangs */
    PhotoGiven photo;
} NewPosting;

/* UseCase: NewPosting → int64_t (its id). NOT_FOUND (publication), errors of posting_check().
 * Journals posting.up. */
Error *publicity_put_up(Tx *tx, const void *input, Instant now, void *output);

typedef struct PostingDown {
    int64_t area;
    int64_t id;
    int64_t actor;
    int64_t version;
    Date down_on;
    Str down_by;
    PhotoGiven photo;
} PostingDown;

/* UseCase: PostingDown → nothing. NOT_FOUND, CHANGE_WITHDRAWN, POSTING_IS_DOWN, VERSION_CONFLICT,
 * errors of posting_check(). Journals posting.down. */
Error *publicity_take_down(Tx *tx, const void *input, Instant now, void *unused);

typedef struct PostingCorrection {
    int64_t area;
    int64_t id;
    int64_t actor;
    int64_t version;
    PostingFact fact; /* without a day of taking down it hangs again */
    PhotoGiven up, down;
    Str reason;
} PostingCorrection;

/* UseCase: PostingCorrection → nothing. NOT_FOUND, CHANGE_WITHDRAWN, VERSION_CONFLICT, errors of
 * posting_check() and change_keep(). Journals posting.correct. */
Error *publicity_correct_posting(Tx *tx, const void *input, Instant now, void *unused);

/* UseCase: Withdrawal → nothing. The line counts no more, its photos are shown to nobody. Errors as
 * publicity_correct_posting(). Journals posting.withdraw. */
Error *publicity_withdraw_posting(Tx *tx, const void *input, Instant now, void *unused);

#endif
