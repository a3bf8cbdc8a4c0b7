/* bundle.h: a published result with all that is needed to count it again, in one .zip.
 *
 * Members, by name (docs/bundle.md has the fields):
 *   bundle.json    options, the published result, and the SHA-256 of every other member
 *   election.pb    projects, costs, budget and every ballot (Pabulib)
 *   ballots.csv    the ballots as they were published, with receipts; row i is row i of election.pb
 *   others         listed and hashed like these; a program that does not know one checks its hash
 * Nothing of a bundle is trusted: bundle_check does everything again.
 */
#ifndef PLATFORM_BUNDLE_BUNDLE_H
#define PLATFORM_BUNDLE_BUNDLE_H

#include "base/buf.h"
#include "platform/bundle/bundle_zip.h"
#include "tally/tally_words.h"

#define BUNDLE_MAX_BYTES ((size_t)2 << 30)

typedef struct BundleSelected {
    Str project; /* id in election.pb */
    Str cost;
} BundleSelected;

/* What was published. Amounts are exact decimal texts, the shortest. */
typedef struct BundleResult {
    int64_t voters;
    Str budget;
    Str total_cost;
    Str welfare;                    /* empty: not published, not compared */
    const BundleSelected *selected; /* in order */
    size_t n_selected;
} BundleResult;

typedef struct BundleFacts {
    const TallyWord *options;
    size_t n_options;
    const ZipMember *members; /* election.pb, ballots.csv, … ; bundle.json is made */
    size_t n_members;
    BundleResult result;
} BundleFacts;

/* A count as it is to be published. */
BundleResult bundle_result(Arena *arena, const TallyElection *election, const TallyResult *result);

/* The same facts give the same bytes. Errors: ERROR_TOO_LARGE. */
MUST_USE Error *bundle_write(Arena *arena, const BundleFacts *facts, Buf *out);

typedef struct BundleVerdict {
    bool is_same;
    Str difference; /* the first one, a line in English: where, what is published, what is counted
                     */
    int64_t voters; /* as counted */
    uint32_t n_selected;
} BundleVerdict;

/* Counts a bundle again. Whatever is wrong with it is a verdict, not an error. */
void bundle_check(Arena *arena, Str bytes, BundleVerdict *out);

#endif
