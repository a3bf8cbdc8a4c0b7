#include "features/shortlist/shortlist_rules.h"

#include <stdlib.h>

/* --- packages ---------------------------------------------------------------- */

size_t shortlist_table_of(size_t place, size_t n_tables)
{
    require(n_tables > 0);
    return place % n_tables;
}

/* --- rankings ---------------------------------------------------------------- */

size_t shortlist_top_of(int top, size_t projects)
{
    return projects < (size_t)top ? projects : (size_t)top;
}

static const char *const rank_fields[SHORTLIST_RANKS_MAX] = {
    "rank_1", "rank_2", "rank_3", "rank_4", "rank_5",
    "rank_6", "rank_7", "rank_8", "rank_9", "rank_10",
};

static bool is_among(const int64_t *ids, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++) {
        if (ids[i] == id) {
            return true;
        }
    }
    return false;
}

static size_t last_ranked(const int64_t *ranks, size_t n)
{
    while (n > 0 && ranks[n - 1] == 0) {
        n--;
    }
    return n;
}

Error *shortlist_ranks_check(Arena *arena, const int64_t *ranks, size_t n, const int64_t *package,
                             size_t n_package, int top)
{
    size_t wanted = shortlist_top_of(top, n_package);
    size_t given = last_ranked(ranks, n);
    size_t count = given > wanted ? given : wanted;
    for (size_t i = 0; i < count; i++) {
        int64_t one = i < n ? ranks[i] : 0;
        if (one == 0) {
            return error_at(arena, ERROR_FIELD_MISSING, rank_fields[i], 0);
        }
        if (!is_among(package, n_package, one) || is_among(ranks, i, one)) {
            return error_at(arena, ERROR_SHORTLIST_PROJECT, rank_fields[i], 0);
        }
    }
    return NULL;
}

/* --- the list ---------------------------------------------------------------- */

bool shortlist_is_presented(const ShortLimits *limits, const ShortEntry *entry)
{
    return entry->place > 0 && entry->place <= limits->top;
}

static int places_of(const ShortLimits *limits, int64_t kind)
{
    return kind >= 1 && kind <= SHORTLIST_KINDS_MAX ? limits->places[kind - 1] : 0;
}

/* Places taken so far. */
typedef struct Taken {
    int all;
    int kinds[SHORTLIST_KINDS_MAX + 1]; /* kinds without a number of their own share the last */
} Taken;

static int *taken_of(Taken *taken, int64_t kind)
{
    bool is_known = kind >= 1 && kind <= SHORTLIST_KINDS_MAX;
    return &taken->kinds[is_known ? kind - 1 : SHORTLIST_KINDS_MAX];
}

static ShortOutcome seat(const ShortLimits *limits, Taken *taken, const ShortEntry *entry)
{
    int places = places_of(limits, entry->kind);
    int *of_kind = taken_of(taken, entry->kind);
    if (!shortlist_is_presented(limits, entry)) {
        return SHORT_NOT_TOP;
    }
    if (limits->most > 0 && taken->all >= limits->most) {
        return SHORT_NO_ROOM;
    }
    if (places > 0 && *of_kind >= places) {
        return SHORT_KIND_FULL;
    }
    taken->all++;
    (*of_kind)++;
    return SHORT_IN;
}

bool shortlist_needs_vote(const ShortLimits *limits, const ShortEntry *entries, size_t n)
{
    Taken taken = {0};
    bool has_any = false;
    for (size_t i = 0; i < n; i++) {
        ShortOutcome outcome = seat(limits, &taken, &entries[i]);
        if (outcome == SHORT_NO_ROOM || outcome == SHORT_KIND_FULL) {
            return true;
        }
        has_any = has_any || outcome == SHORT_IN;
    }
    return limits->wants_vote && has_any;
}

/* Places at the table are compared only between ranked ones. */
static int compare_entries(const void *left, const void *right)
{
    const ShortEntry *a = left;
    const ShortEntry *b = right;
    int64_t unranked = INT64_MAX;
    const int64_t keys[][2] = {
        {a->outcome == SHORT_NOT_TOP, b->outcome == SHORT_NOT_TOP},
        {-a->votes, -b->votes},
        {a->place > 0 ? a->place : unranked, b->place > 0 ? b->place : unranked},
        {a->cost.fen, b->cost.fen},
        {a->proposal, b->proposal},
    };
    for (size_t i = 0; i < countof(keys); i++) {
        if (keys[i][0] != keys[i][1]) {
            return keys[i][0] < keys[i][1] ? -1 : 1;
        }
    }
    return 0;
}

static bool competes(const ShortEntry *out, const ShortEntry *in)
{
    return in->outcome == SHORT_IN && in->votes >= 0 && in->votes == out->votes &&
           (out->outcome == SHORT_NO_ROOM ||
            (out->outcome == SHORT_KIND_FULL && out->kind == in->kind));
}

static void mark_ties(ShortEntry *entries, size_t n)
{
    for (size_t out = 0; out < n; out++) {
        for (size_t in = 0; in < n; in++) {
            if (competes(&entries[out], &entries[in])) {
                entries[out].is_tied = true;
                entries[in].is_tied = true;
            }
        }
    }
}

size_t shortlist_decide(const ShortLimits *limits, ShortEntry *entries, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        entries[i].is_tied = false;
        entries[i].outcome = shortlist_is_presented(limits, &entries[i]) ? SHORT_IN : SHORT_NOT_TOP;
    }
    if (n > 1) {
        qsort(entries, n, sizeof(*entries), compare_entries);
    }
    Taken taken = {0};
    for (size_t i = 0; i < n; i++) {
        entries[i].no = (int64_t)i + 1;
        entries[i].outcome = seat(limits, &taken, &entries[i]);
    }
    mark_ties(entries, n);
    return (size_t)taken.all;
}

/* --- the vote in the hall ----------------------------------------------------- */

int64_t hall_votes_for(const HallCount *count, int64_t proposal)
{
    for (size_t i = 0; i < count->n; i++) {
        if (count->projects[i] == proposal) {
            return count->votes[i];
        }
    }
    return -1;
}

HallState hall_state(const HallCount counts[2], const int64_t *presented, size_t n)
{
    if (counts[0].by == 0 && counts[1].by == 0) {
        return HALL_NONE;
    }
    if (counts[0].by == 0 || counts[1].by == 0) {
        return HALL_ONCE;
    }
    bool agree = counts[0].voters == counts[1].voters && counts[0].by != counts[1].by;
    for (size_t i = 0; i < n; i++) {
        int64_t first = hall_votes_for(&counts[0], presented[i]);
        agree = agree && first >= 0 && first == hall_votes_for(&counts[1], presented[i]);
    }
    return agree ? HALL_AGREES : HALL_DIFFERS;
}

#define NAMES_OF_TEN(tens)                                                                         \
    "count_" tens "1", "count_" tens "2", "count_" tens "3", "count_" tens "4", "count_" tens "5", \
        "count_" tens "6", "count_" tens "7", "count_" tens "8", "count_" tens "9"

static const char *const count_fields[SHORTLIST_COUNTS_MAX] = {
    NAMES_OF_TEN(""),  "count_10", NAMES_OF_TEN("1"), "count_20", NAMES_OF_TEN("2"), "count_30",
    NAMES_OF_TEN("3"), "count_40", NAMES_OF_TEN("4"), "count_50", NAMES_OF_TEN("5"), "count_60",
};

Error *hall_check(Arena *arena, int64_t voters, const int64_t *votes, size_t n)
{
    if (voters < 1) {
        return error_at(arena, ERROR_FIELD_MISSING, "voters", 0);
    }
    for (size_t i = 0; i < n && i < SHORTLIST_COUNTS_MAX; i++) {
        if (votes[i] > voters) {
            return error_at(arena, ERROR_FIELD_TOO_BIG, count_fields[i], voters);
        }
    }
    return NULL;
}

size_t hall_place_of(const HallCount counts[2], int64_t person)
{
    if (counts[0].by == 0 || counts[0].by == person) {
        return 0;
    }
    return 1;
}
