/* estimates_rules.h: what a price must rest on, what is unusual, what quotas say; pure decisions.
 *
 * The usual range of a kind comes from past prices: the median, and around it three times the
 * median absolute deviation (scaled by 1.4826, so that it reads as a standard deviation where
 * prices are spread normally; Leys et al. 2013), but never less than the programme's
 * outlier_percent of the median to either side. A few wild prices move neither median nor
 * deviation. Start reading at EstimateFact and estimate_check().
 */
#ifndef FEATURES_ESTIMATES_ESTIMATES_RULES_H
#define FEATURES_ESTIMATES_ESTIMATES_RULES_H

#include "base/clock.h"
#include "base/error.h"
#include "base/money.h"

#define ESTIMATE_QUOTES_MAX   5
#define ESTIMATE_SUPPLIER_MAX 40
#define ESTIMATE_SOURCE_MAX   60
#define ESTIMATE_WORDS_MIN    10
#define ESTIMATE_WORDS_MAX    500
#define ESTIMATE_NOTE_MIN     4
#define ESTIMATE_NOTE_MAX     200
/* Fewer past prices than these say nothing about what is usual. */
#define ESTIMATE_USUAL_LEAST 5
#define ESTIMATE_USUAL_MOST  200

/* Stored by number in estimate.basis. */
typedef enum EstimateBasis {
    ESTIMATE_QUOTES = 1,
    ESTIMATE_LIBRARY = 2,   /* a reference price of a library of projects */
    ESTIMATE_DEPARTMENT = 3 /* what a department or the community works out */
} EstimateBasis;

/* Stored by number in estimate.state. At most one of a proposal waits, at most one is in force. */
typedef enum EstimateState {
    ESTIMATE_WAITS = 1, /* for a second signature */
    ESTIMATE_IN_FORCE = 2,
    ESTIMATE_SENT_BACK = 3,
    ESTIMATE_REPLACED = 4
} EstimateState;

/* Stored by number in estimates_public_standing: worst first. */
typedef enum EstimateStanding {
    STANDING_NONE = 1,
    STANDING_SENT_BACK = 2,
    STANDING_WAITS = 3,
    STANDING_PRICED = 4
} EstimateStanding;

/* Why a second person has to sign; bits, stored in estimate.needs. */
#define ESTIMATE_NEEDS_UNUSUAL 1u
#define ESTIMATE_NEEDS_LARGE   2u

/* --- a price and what it rests on -------------------------------------------- */

typedef struct QuoteFact {
    Str supplier;
    Money cost;
    Date on;
    bool has_document;
} QuoteFact;

typedef struct EstimateFact {
    Money cost;
    int basis;                             /* EstimateBasis */
    Str source;                            /* library: which entry; department: which one */
    Str words;                             /* how it comes about, for everybody */
    QuoteFact quotes[ESTIMATE_QUOTES_MAX]; /* by place on the form, with gaps */
} EstimateFact;

/* Something was typed or brought for it. */
bool quote_is_begun(const QuoteFact *quote);
/* NULL, or an error hung on its field (cost, basis, source, words, supplier_1, quote_1, date_1,
 * file_1, …). Quotes: `wanted` whole ones (supplier, amount, a day not after today, document), and
 * a price between the lowest and the highest. Library: the entry. Department: which, and 10
 * characters of how. */
MUST_USE Error *estimate_check(Arena *arena, const EstimateFact *estimate, int wanted, Date today);
/* Sending back says why: 4 to 200 characters; the field is `note`. */
MUST_USE Error *estimate_note_check(Arena *arena, Str note);

/* --- what is usual ----------------------------------------------------------- */

typedef struct UsualPrice {
    int64_t n; /* past prices; below ESTIMATE_USUAL_LEAST the rest is 0 */
    Money median;
    Money deviation; /* median absolute deviation */
    Money low;       /* a price outside low to high is unusual */
    Money high;
} UsualPrice;

/* Sorts prices (each at most MONEY_MAX_FEN). percent 0: nothing is ever unusual, n is 0. */
UsualPrice usual_price(Money *prices, size_t count, int percent);
bool usual_is_outside(const UsualPrice *usual, Money cost);
/* Bits ESTIMATE_NEEDS_…; 0: one signature is enough. */
unsigned estimate_needs(const UsualPrice *usual, Money second_signature_from, Money cost);
/* A waiting one is signed, or sent back, by another person than who entered it. */
bool estimate_may_be_decided(EstimateState state, int64_t entered_by, int64_t actor);

/* --- quotas ------------------------------------------------------------------ */

#define QUOTA_KINDS_MAX 12

/* The quota of one kind. */
typedef struct QuotaKind {
    Money cap;     /* of all its projects together; 0: none, as the next */
    int places;    /* on the ballot */
    Money maximum; /* of one project */
} QuotaKind;

typedef struct QuotaRules {
    Money budget;
    QuotaKind kinds[QUOTA_KINDS_MAX]; /* number 1 first */
    size_t n_kinds;
    /* A ballot, a shortlist or a council still chooses among the projects of the round, so that
     * they may together exceed the money. */
    bool is_chosen;
    bool is_shortlisted; /* likewise for the places on the ballot */
} QuotaRules;

/* What stands in a round for one kind. */
typedef struct KindUse {
    int64_t kind; /* number in the rules; others are shown without caps */
    int64_t projects;
    Money cost;
    int64_t below; /* cheaper than a project may be */
    int64_t above; /* dearer */
} KindUse;

typedef struct QuotaLine {
    int64_t kind;
    int64_t projects;
    int places; /* 0: no limit, as the next */
    Money cap;
    Money used;
    Money maximum; /* of one project; 0: none */
    int64_t below;
    int64_t above;
    bool is_over; /* more money or projects than the quota has, and nothing chooses among them any
                     more */
} QuotaLine;

typedef struct QuotaSum {
    QuotaLine lines[QUOTA_KINDS_MAX + 1]; /* the kinds of the rules; those of none of them last */
    size_t n_lines;
    int64_t projects;
    Money used;
    Money capped; /* sum of the caps */
    int64_t below;
    int64_t above;
    int64_t over;      /* lines that are over */
    bool is_overdrawn; /* the caps divide more money than there is, or one is more than all of it */
    bool is_met;
} QuotaSum;

/* The most one project may cost: the least of its own maximum (0: none), its kind's money (0: no
 * cap) and the round's. */
Money quota_most(Money maximum, Money cap, Money budget);
void quota_sum(const QuotaRules *rules, const KindUse *uses, size_t n_uses, QuotaSum *out);

#endif
