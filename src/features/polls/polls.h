/* polls.h: what other rooms, commands and the demonstration may ask of polls.
 *
 * Life of a poll: opened (options and rule frozen, key file made) → ballots cast and changed until
 * closes_at → closed by a named person → counted → published (room publicity).
 * Start reading at polls_open() and polls_cast().
 */
#ifndef FEATURES_POLLS_H
#define FEATURES_POLLS_H

#include "features/polls/polls_key.h"
#include "features/polls/polls_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"

extern const Feature polls_feature;

/* One choice of a poll, as it is frozen at opening. */
typedef struct PollOption {
    Str code; /* name in the order of ties, distinct */
    int64_t proposal;
    Str title;
    Str summary;
    Str place;
    int64_t kind;
    Money cost_fen;
} PollOption;

typedef struct PollNew {
    int64_t area;
    int64_t id;    /* from poll_new_id: the key file has its name, so it is known before */
    int64_t round; /* 0 = none */
    int64_t actor;
    Str title;
    Instant opens_at;
    Instant closes_at;
    Money budget_fen;
    int64_t max_choices;
    int64_t minimum_age;
    int64_t maximum_age; /* 0: none */
    unsigned
        residencies; /* 1u << Residency of the roll for each that votes; 0: all who live here */
    PollRule rule;   /* also one nobody can count is refused here, not at the count */
    const PollOption *options;
    size_t n_options;
} PollNew;

/* A use case (input PollNew, output none): opens a poll; its key file must exist. One poll a round.
 * Errors: ALREADY_EXISTS, FORM (no options), FIELD_TOO_SMALL, CONFIGURATION (the rule, as
 * poll_tally_options). Journals poll.open. */
Error *polls_open(Tx *tx, const void *input, Instant now, void *output);

/* What the rules of a round say of its poll. */
typedef struct PollTerms {
    PollRule rule;
    bool is_taken; /* false: the round wants ballots that are not taken here (round_rules.h) */
    int64_t maximum_age;
    unsigned residencies;
} PollTerms;

/* NOT_FOUND. One query. */
MUST_USE Error *polls_round_terms(Snapshot *snapshot, int64_t area, int64_t round, PollTerms *out);

/* A random positive id for a poll, made before the transaction. */
int64_t poll_new_id(Instant now);

/* May this person vote in this poll today, and if not, why. */
typedef enum PollStanding {
    POLL_STANDING_VOTER,
    POLL_STANDING_NOT_HERE,   /* not on the roll, or moved away */
    POLL_STANDING_WORKS_HERE, /* on the roll as somebody who only works here */
    POLL_STANDING_OTHERS,     /* the rules ask others of the roll only */
    POLL_STANDING_TOO_OLD,
    POLL_STANDING_TOO_YOUNG /* or with no birth on the roll */
} PollStanding;
MUST_USE Error *polls_standing(Snapshot *snapshot, int64_t area, int64_t poll, int64_t person,
                               PollStanding *out);

typedef struct BallotCast {
    int64_t area;
    int64_t poll;
    int64_t person;
    Str ballot_key; /* poll_ballot_key() */
    const int64_t *options;
    size_t n_options;
    Str receipt; /* a new one; kept only when this is the person's first ballot */
} BallotCast;

typedef struct BallotCastDone {
    Str receipt;
} BallotCastDone;

/* A use case (BallotCast → BallotCastDone): casts or changes the ballot of a person. Not journaled.
 * Errors: NOT_FOUND, POLL_NOT_OPEN, POLL_CLOSED, POLL_NOT_ON_ROLL, BALLOT_*, FIELD_*. */
Error *polls_cast(Tx *tx, const void *input, Instant now, void *output);

typedef struct PollAct {
    int64_t area;
    int64_t poll;
    int64_t actor;
    int64_t version;
} PollAct;

/* A use case (PollAct, output none): closes after closes_at. Errors: POLL_NOT_OPEN (too early, its
 * number is closes_at in ms), VERSION_CONFLICT. Journals poll.close. */
Error *polls_close(Tx *tx, const void *input, Instant now, void *output);

/* What another rule would have made of the same ballots. */
typedef struct PollOther {
    PollRule rule;
    Money total_cost_fen;
    size_t n_selected;
    TallyComparison compared; /* first: the result; second: the other rule's */
} PollOther;

#define POLL_MAX_OTHERS 4

/* A count, computed outside the transaction from ballots that can no longer change; and all that is
 * worth knowing about it and takes long, so that no page has to work it out. */
typedef struct PollCount {
    PollAct act;
    PollRule rule;
    Money budget_fen;
    TallyResult result;
    size_t n_options;
    const TallyShortfall *lacked; /* by option number - 1, as `result.projects` */
    TallyWins wins;
    TallyCheck checks[TALLY_CHECKS];
    PollOther others[POLL_MAX_OTHERS];
    size_t n_others;
    Str ballots_sha256; /* 32 bytes */
} PollCount;

/* Reads the ballots and counts them. Results live in the snapshot's arena. */
MUST_USE Error *polls_compute(Snapshot *snapshot, int64_t area, int64_t poll, PollCount *out);
/* A use case (PollCount, output none): stores the count once. Journals poll.count.
 * SCREENING_INTERESTED_POLL for who has declared an interest in a project on the ballot. */
Error *polls_store_count(Tx *tx, const void *input, Instant now, void *output);

/* What other rooms show about the poll of a round. */
typedef struct PollInfo {
    int64_t id;
    int64_t round;
    Str title;
    PollState state;
    Instant closes_at;
} PollInfo;
MUST_USE Error *polls_of_round(Snapshot *snapshot, int64_t area, int64_t round, PollInfo *out,
                               bool *out_found);
/* The newest poll of the area that residents may see. */
MUST_USE Error *polls_current(Snapshot *snapshot, int64_t area, PollInfo *out, bool *out_found);

/* The published ballot file: header "receipt,choices", one line a ballot, in order of receipts,
 * LF line ends. What ballots_sha256 is the SHA-256 of. */
MUST_USE Error *polls_ballot_file(Snapshot *snapshot, int64_t area, int64_t poll, Buf *out);
/* The poll as a Pabulib file, from which `yuanzhuo tally` gives the same result. */
MUST_USE Error *polls_pabulib_file(Snapshot *snapshot, int64_t area, int64_t poll, Buf *out);

/* Both, and the stored result, in one .zip that `yuanzhuo recount` counts again
 * (platform/bundle/bundle.h). NOT_FOUND before the count. */
MUST_USE Error *polls_bundle_file(Snapshot *snapshot, int64_t area, int64_t poll, Buf *out);

/* An amount of a Pabulib file in 0.01 of its currency. PABULIB when it is finer or above the limit.
 */
MUST_USE Error *polls_amount_fen(Arena *arena, int64_t amount, int decimals, Money *out);

/* Takes a Pabulib file in as a counted poll of the area; the file's own selection is not read.
 * Ballots are staged in chunks and become visible by the last transaction.
 * Errors: CONFIGURATION (the rule), PABULIB (number = line), FORM (a cost finer than 0.01),
 * UNAVAILABLE. */
MUST_USE Error *polls_import_pabulib(Db *db, Arena *arena, int64_t area, int64_t round, Str title,
                                     Str file, const PollRule *rule, int64_t *out_poll);

#endif
