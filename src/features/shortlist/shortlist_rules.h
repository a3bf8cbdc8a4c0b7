/* shortlist_rules.h: packages, rankings, and which projects go on the ballot; pure decisions.
 *
 * Every table presents the first `top` of its ranking. When all that is presented fits on the list,
 * it is the list, unless the round's rules want the hall to vote in any case; else the hall votes
 * and the most hands go on, as far as the list and each kind have places. Start reading at
 * ShortEntry and shortlist_decide().
 */
#ifndef FEATURES_SHORTLIST_SHORTLIST_RULES_H
#define FEATURES_SHORTLIST_SHORTLIST_RULES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/money.h"

/* Limits of what people type, in characters, and of how many there are. */
#define SHORTLIST_NAME_MAX     20
#define SHORTLIST_PERSON_MAX   30
#define SHORTLIST_NOTE_MIN     4
#define SHORTLIST_NOTE_MAX     200
#define SHORTLIST_WORDS_MAX    500
#define SHORTLIST_TABLES_MAX   30
#define SHORTLIST_PROJECTS_MAX 500
#define SHORTLIST_RANKS_MAX    10 /* as many as a table may present, by the schema of the rules */
#define SHORTLIST_COUNTS_MAX   60 /* presented projects whose hands can be entered */
#define SHORTLIST_VOTERS_MAX   10000

/* Stored by number in round_table_person.part. */
typedef enum TablePart { TABLE_HEAD = 1, TABLE_RECORDER = 2, TABLE_SPEAKER = 3 } TablePart;
#define TABLE_PARTS 3

/* Stored by number in shortlist_item.outcome. */
typedef enum ShortOutcome {
    SHORT_IN = 1,
    SHORT_NOT_TOP = 2, /* its table did not present it */
    SHORT_NO_ROOM = 3, /* the list is full */
    SHORT_KIND_FULL = 4
} ShortOutcome;

/* --- packages ---------------------------------------------------------------- */

/* Dealt like cards: projects in the order of kind and arrival go to the first table, the second, …
 * and round again. The table (0 …) of the project at a place (0 …). */
size_t shortlist_table_of(size_t place, size_t n_tables);

/* --- rankings ---------------------------------------------------------------- */

/* How many a table of `projects` has to rank at least: its top, or all it has. */
size_t shortlist_top_of(int top, size_t projects);
/* NULL, or an error hung on rank_1 …: SHORTLIST_PROJECT for one that is not in the package or
 * stands twice, FIELD_MISSING for a gap or when fewer than shortlist_top_of() are ranked. ranks[i]
 * is the project in place i + 1, 0: none; n at most SHORTLIST_RANKS_MAX. */
MUST_USE Error *shortlist_ranks_check(Arena *arena, const int64_t *ranks, size_t n,
                                      const int64_t *package, size_t n_package, int top);

/* --- the list ---------------------------------------------------------------- */

#define SHORTLIST_KINDS_MAX 12

typedef struct ShortLimits {
    int top;                         /* projects a table presents */
    int most;                        /* on the list; 0: no limit, as the next */
    int places[SHORTLIST_KINDS_MAX]; /* of kind number i + 1 */
    bool wants_vote;                 /* the hall votes in any case */
} ShortLimits;

/* A project on a table, with what comes of it. */
typedef struct ShortEntry {
    int64_t proposal;
    int64_t kind;
    Money cost;
    int64_t table_no;
    int64_t place; /* at its table; 0: not ranked */
    int64_t votes; /* -1: none were taken */
    /* by shortlist_decide(): */
    int64_t no; /* 1 … in the order of the decision */
    ShortOutcome outcome;
    bool is_tied; /* the other side of the cut has one with as many votes */
} ShortEntry;

/* Whether its table presents it. */
bool shortlist_is_presented(const ShortLimits *limits, const ShortEntry *entry);
/* True when the hall has to vote: the rules want it, or more are presented than there are places.
 */
bool shortlist_needs_vote(const ShortLimits *limits, const ShortEntry *entries, size_t n);
/* Sorts the entries into the order of the decision and says what becomes of each. With a vote: more
 * votes first. Then the better place at its table, the lower price, the earlier proposal; these
 * also break ties. Those not presented come last. Returns how many are on the list. */
size_t shortlist_decide(const ShortLimits *limits, ShortEntry *entries, size_t n);

/* --- the vote in the hall ----------------------------------------------------- */

/* One person's count. */
typedef struct HallCount {
    int64_t by; /* 0: not entered */
    int64_t voters;
    const int64_t *projects;
    const int64_t *votes;
    size_t n;
} HallCount;

typedef enum HallState {
    HALL_NONE,
    HALL_ONCE,    /* a second person still has to enter it */
    HALL_DIFFERS, /* the two are not the same, or not about what is presented now */
    HALL_AGREES
} HallState;

/* The hands for a project in a count, -1: it is not there. */
int64_t hall_votes_for(const HallCount *count, int64_t proposal);
HallState hall_state(const HallCount counts[2], const int64_t *presented, size_t n);
/* NULL, or FIELD_TOO_BIG (number: the voters) at count_1 … when more hands than people were
 * counted, FIELD_MISSING (voters). */
MUST_USE Error *hall_check(Arena *arena, int64_t voters, const int64_t *votes, size_t n);
/* Which of the two counts a person enters: their own, else the free one, else the second. 0 or 1.
 */
size_t hall_place_of(const HallCount counts[2], int64_t person);

#endif
