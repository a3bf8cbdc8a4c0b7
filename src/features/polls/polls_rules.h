/* polls_rules.h: what decides about ballots and results; pure. */
#ifndef FEATURES_POLLS_RULES_H
#define FEATURES_POLLS_RULES_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/money.h"
#include "tally/tally_explain.h"
#include "tally/tally_words.h"

/* Stored by number: never renumber. */
typedef enum PollState {
    POLL_DRAFT = 1,
    POLL_OPEN = 2,
    POLL_CLOSED = 3,
    POLL_COUNTED = 4
} PollState;

/* May a ballot be cast or changed now? The plan's closing time decides, not the act of closing.
 * Errors: POLL_NOT_OPEN, POLL_CLOSED. */
MUST_USE Error *poll_accepts_ballots(Arena *arena, PollState state, Instant opens_at,
                                     Instant closes_at, Instant now);

/* Was somebody born in that month old enough on that day? The month counts as over only when the
 * day is in a later month (or the same month of a later year): a person is taken as older only when
 * that is certain. An unknown birth (year 0) is not old enough; month 0 counts as December. */
bool poll_is_old_enough(int64_t birth_year, int64_t birth_month, int64_t minimum_age, Date today);
/* Old enough, and not certainly above maximum_age (0: no such limit). */
bool poll_is_of_age(int64_t birth_year, int64_t birth_month, int64_t minimum_age,
                    int64_t maximum_age, Date today);
/* The latest (year, month) of birth that poll_is_old_enough accepts on that day. */
void poll_latest_birth(int64_t minimum_age, Date today, int64_t *out_year, int64_t *out_month);

/* The stored form of a ballot: option numbers rising, separated by commas; no number gives "".
 * Numbers are 1..n_options. Errors: BALLOT_EMPTY, BALLOT_TOO_MANY (number = limit),
 * FIELD_NOT_CHOICE (unknown option), FIELD_TWICE. */
MUST_USE Error *poll_ballot_write(Arena *arena, const int64_t *options, size_t count,
                                  int64_t n_options, int64_t max_choices, Str *out);
/* Reads the stored form into *out_numbers (in the arena). False when it is not in that form. */
bool poll_ballot_read(Arena *arena, Str stored, int64_t n_options, uint32_t **out_numbers,
                      size_t *out_count);

/* An approval election from stored ballots. Options are numbered 1..n_options in order.
 * Errors: DATABASE when a stored ballot is not well formed (names its receipt nowhere). */
typedef struct PollOptionIn {
    Str code;
    int64_t cost_fen;
} PollOptionIn;
MUST_USE Error *poll_election(Arena *arena, const PollOptionIn *options, size_t n_options,
                              int64_t budget_fen, const Str *ballots, size_t n_ballots,
                              TallyElection *out);

/* The rule a poll is counted by, in the words of tally_words.h; frozen when it opens. */
typedef struct PollRule {
    Str rule;
    Str utility;
    Str completion;  /* of equal shares; "none" otherwise */
    Money increment; /* of add1, for every voter: whole yuan, 0 = one */
    Str tie;
    Str zero_support;
    Str misfit;
} PollRule;

/* Greedy by votes: what is not said otherwise. */
PollRule poll_rule_default(void);

#define POLL_RULE_WORDS 7
/* The rule as options of `yuanzhuo tally`, in the order of its help. Returns how many: what another
 * rule than equal shares does not read is left out. */
size_t poll_rule_words(Arena *arena, const PollRule *rule, TallyWord out[POLL_RULE_WORDS]);
/* The rule as options of tally_run for approval ballots with amounts in fen.
 * Errors: CONFIGURATION when a word is not one of the tally's, or is one that approval ballots do
 * not carry (points, ranks), or the increment is not whole yuan. */
MUST_USE Error *poll_tally_options(Arena *arena, const PollRule *rule, TallyOptions *out);

/* How a winner was paid for. Stored by number: never renumber. */
typedef enum PollFunding {
    POLL_NOT_FUNDED = 0,
    POLL_FUNDED_FREE = 1,
    POLL_FUNDED_VOTERS = 2, /* equal shares: its supporters' money; Phragmen: their load */
    POLL_FUNDED_BUDGET = 3,
    POLL_FUNDED_COMPLETION = 4 /* equal shares: greedily, of what the voters could not spend */
} PollFunding;
PollFunding poll_funding(const TallyExplanation *explanation, const TallyRound *round);

#endif
