#include "tally/ballots.h"

#include <stdlib.h>
#include <string.h>

#define FIRST_SLOTS 1024
/* Usual lengths in a file: of a ballot with its voter, and of a choice. */
#define ROW_BYTES    32
#define CHOICE_BYTES 4
/* Room that is not used yet costs nothing (arena.c), arrays left behind do. */
#define GROWTH       4
#define EXPECTED_MAX ((size_t)32 << 20)

static uint64_t mix(uint64_t value)
{
    value = (value ^ (value >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    value = (value ^ (value >> 27)) * UINT64_C(0x94D049BB133111EB);
    return value ^ (value >> 31);
}

static void *grown(Arena *arena, const void *old, size_t count, size_t capacity, size_t size)
{
    void *bigger = arena_alloc(arena, capacity, size, _Alignof(max_align_t));
    if (old != NULL && count > 0) {
        memcpy(bigger, old, count * size);
    }
    return bigger;
}

void ballots_set_projects(Ballots *ballots, uint32_t n_projects)
{
    ballots->seen = grown(ballots->arena, ballots->seen, ballots->n_projects,
                          (size_t)n_projects + 1, sizeof *ballots->seen);
    for (uint32_t p = ballots->n_projects; p < n_projects; p++) {
        ballots->seen[p].key = mix((uint64_t)p + 1);
    }
    ballots->n_projects = n_projects;
}

/* A ballot is written behind the others before it is known whether it is kept. */
static void reserve(Ballots *ballots)
{
    if (ballots->choices == NULL || ballots->end + ballots->n_projects > ballots->capacity) {
        bool has_points = ballots->kind == TALLY_BALLOTS_POINTS;
        size_t capacity = (ballots->end + ballots->n_projects) * GROWTH +
                          ballots->expected / CHOICE_BYTES / (has_points ? 2 : 1);
        ballots->choices = grown(ballots->arena, ballots->choices, ballots->end, capacity,
                                 sizeof *ballots->choices);
        if (has_points) {
            ballots->points = grown(ballots->arena, ballots->points, ballots->end, capacity,
                                    sizeof *ballots->points);
        }
        ballots->capacity = capacity;
    }
}

/* *out_keys = the sum of the keys of the projects: the order does not count in it. */
static uint32_t write_behind(Ballots *ballots, const uint32_t *projects, const int64_t *points,
                             size_t count, uint64_t *out_keys)
{
    uint32_t *to = ballots->choices + ballots->end;
    uint32_t length = 0;
    uint64_t keys = 0;
    for (size_t i = 0; i < count; i++) {
        BallotSeen *seen = &ballots->seen[projects[i]];
        if (seen->row != ballots->rows) {
            seen->row = ballots->rows;
            seen->place = length;
            to[length++] = projects[i];
            keys += seen->key;
        }
        if (points != NULL) {
            ballots->points[ballots->end + seen->place] = points[i];
        }
    }
    *out_keys = keys;
    return length;
}

/* ---- equal ballots ------------------------------------------------------------------------- */

/* Of ballots whose order counts. */
static uint64_t hash_in_order(const Ballots *ballots, size_t from, size_t length)
{
    uint64_t hash = length;
    for (size_t i = from; i < from + length; i++) {
        uint64_t points = ballots->points == NULL ? 0 : (uint64_t)ballots->points[i];
        hash = mix(hash * 31 + ballots->choices[i]) + mix(points);
    }
    return hash;
}

static bool is_equal_set(Ballots *ballots, const uint32_t *kept, const uint32_t *choices,
                         uint32_t length)
{
    ballots->settled++;
    for (uint32_t i = 0; i < length; i++) {
        ballots->seen[choices[i]].settled = ballots->settled;
    }
    uint32_t same = 0;
    while (same < length && ballots->seen[kept[same]].settled == ballots->settled) {
        same++;
    }
    return same == length;
}

/* Most ballots are short: a call would cost more than this. */
static bool is_equal_list(const uint32_t *a, const uint32_t *b, size_t length)
{
    size_t same = 0;
    while (same < length && a[same] == b[same]) {
        same++;
    }
    return same == length;
}

/* True when a kept ballot is equal to one that waits. */
static bool is_equal(Ballots *ballots, uint32_t ballot, const BallotWaiting *waiting)
{
    size_t from = ballots->start[ballot];
    size_t length = waiting->length;
    const uint32_t *kept = ballots->choices + from;
    const uint32_t *choices = ballots->choices + waiting->from;
    if (ballots->start[ballot + 1] - from != length) {
        return false;
    }
    if (!is_equal_list(kept, choices, length)) {
        return ballots->kind == TALLY_BALLOTS_APPROVAL &&
               is_equal_set(ballots, kept, choices, waiting->length);
    }
    return ballots->points == NULL ||
           memcmp(ballots->points + from, ballots->points + waiting->from,
                  length * sizeof *ballots->points) == 0;
}

static void rebuild(Ballots *ballots, size_t n_slots)
{
    BallotSlot *slots = calloc(n_slots, sizeof *slots);
    require(slots != NULL);
    for (size_t i = 0; i < ballots->n_slots; i++) {
        if (ballots->slots[i].ballot != 0) {
            size_t at = ballots->slots[i].hash & (n_slots - 1);
            while (slots[at].ballot != 0) {
                at = (at + 1) & (n_slots - 1);
            }
            slots[at] = ballots->slots[i];
        }
    }
    free(ballots->slots);
    ballots->slots = slots;
    ballots->n_slots = n_slots;
}

/* The slot of the twin of a ballot that waits, or a free one. */
static BallotSlot *find_slot(Ballots *ballots, const BallotWaiting *waiting)
{
    size_t at = waiting->hash & (ballots->n_slots - 1);
    BallotSlot *slot = &ballots->slots[at];
    while (slot->ballot != 0 &&
           (slot->hash != waiting->hash || !is_equal(ballots, slot->ballot - 1, waiting))) {
        at = (at + 1) & (ballots->n_slots - 1);
        slot = &ballots->slots[at];
    }
    return slot;
}

/* Moves a ballot from behind the others to them. */
static void keep(Ballots *ballots, size_t from, uint32_t length)
{
    if (ballots->count + (size_t)2 > ballots->start_capacity) {
        size_t capacity = ballots->start_capacity * GROWTH + 64 + ballots->expected / ROW_BYTES;
        ballots->start = grown(ballots->arena, ballots->start, ballots->count + (size_t)1, capacity,
                               sizeof *ballots->start);
        ballots->weights = grown(ballots->arena, ballots->weights, ballots->count, capacity,
                                 sizeof *ballots->weights);
        ballots->start_capacity = capacity;
    }
    if (from != ballots->used) {
        memmove(ballots->choices + ballots->used, ballots->choices + from,
                length * sizeof *ballots->choices);
    }
    if (from != ballots->used && ballots->points != NULL) {
        memmove(ballots->points + ballots->used, ballots->points + from,
                length * sizeof *ballots->points);
    }
    ballots->used += length;
    ballots->start[++ballots->count] = (uint32_t)ballots->used;
}

/* What settle_all is going to read, asked for in time: the table is larger than the caches. */
static void fetch_twins(const Ballots *ballots)
{
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t w = 0; w < ballots->n_waiting; w++) {
            uint32_t hash = ballots->waiting[w].hash;
            const BallotSlot *slot = &ballots->slots[hash & (ballots->n_slots - 1)];
            if (slot->ballot != 0 && slot->hash == hash) {
                const uint32_t *start = &ballots->start[slot->ballot - 1];
                __builtin_prefetch(pass == 0 ? start : ballots->choices + *start);
                __builtin_prefetch(&ballots->weights[slot->ballot - 1], 1);
            }
        }
    }
}

/* Every waiting ballot is kept or counted with its twin, in the order they came. */
static void settle_all(Ballots *ballots)
{
    if (!ballots->merges) {
        return;
    }
    fetch_twins(ballots);
    for (uint32_t w = 0; w < ballots->n_waiting; w++) {
        const BallotWaiting *waiting = &ballots->waiting[w];
        BallotSlot *slot = find_slot(ballots, waiting);
        if (slot->ballot == 0) {
            keep(ballots, waiting->from, waiting->length);
            *slot = (BallotSlot){.hash = waiting->hash, .ballot = ballots->count};
        }
        ballots->weights[slot->ballot - 1]++;
    }
    ballots->n_waiting = 0;
    ballots->end = ballots->used;
    if ((ballots->count + (size_t)BALLOTS_WAITING_MAX) * 4 > ballots->n_slots * 3) {
        rebuild(ballots, ballots->n_slots * 2);
    }
}

static void let_wait(Ballots *ballots, uint32_t length, uint64_t keys)
{
    bool is_set = ballots->kind == TALLY_BALLOTS_APPROVAL;
    uint32_t hash =
        (uint32_t)mix(is_set ? keys + length : hash_in_order(ballots, ballots->end, length));
    __builtin_prefetch(&ballots->slots[hash & (ballots->n_slots - 1)], 1);
    ballots->waiting[ballots->n_waiting++] =
        (BallotWaiting){.hash = hash, .length = length, .from = ballots->end};
    ballots->end += length;
}

/* Slots that are not used cost nothing, growing does. */
static size_t slots_for(size_t expected_bytes)
{
    size_t slots = FIRST_SLOTS;
    while (slots < expected_bytes / ROW_BYTES) {
        slots *= 2;
    }
    return slots;
}

void ballots_open(Ballots *ballots, Arena *arena, TallyBallotKind kind, bool merges,
                  size_t expected_bytes)
{
    *ballots = (Ballots){.arena = arena,
                         .kind = kind,
                         .merges = merges,
                         .expected = expected_bytes < EXPECTED_MAX ? expected_bytes : EXPECTED_MAX};
    if (merges) {
        rebuild(ballots, slots_for(ballots->expected));
    }
}

bool ballots_put(Ballots *ballots, const uint32_t *projects, const int64_t *points, size_t count)
{
    if (ballots->rows == UINT32_MAX || ballots->end + ballots->n_projects >= UINT32_MAX) {
        return false;
    }
    if (ballots->merges && ballots->n_waiting == BALLOTS_WAITING_MAX) {
        settle_all(ballots);
    }
    reserve(ballots);
    ballots->rows++;
    uint64_t keys = 0;
    uint32_t length = write_behind(ballots, projects, points, count, &keys);
    if (ballots->merges) {
        let_wait(ballots, length, keys);
    } else {
        keep(ballots, ballots->end, length);
        ballots->end = ballots->used;
    }
    return true;
}

bool ballots_rescale_points(Ballots *ballots, int from_decimals, int to_decimals)
{
    settle_all(ballots);
    for (size_t i = 0; i < ballots->used; i++) {
        int64_t *points = &ballots->points[i];
        if (!tally_decimal_rescale(*points, from_decimals, to_decimals, points)) {
            return false;
        }
    }
    for (size_t i = 0; i < ballots->n_slots; i++) {
        BallotSlot *slot = &ballots->slots[i];
        if (slot->ballot != 0) {
            size_t from = ballots->start[slot->ballot - 1];
            size_t length = ballots->start[slot->ballot] - from;
            slot->hash = (uint32_t)mix(hash_in_order(ballots, from, length));
        }
    }
    if (ballots->n_slots > 0) {
        rebuild(ballots, ballots->n_slots);
    }
    return true;
}

void ballots_finish(Ballots *ballots, TallyElection *election)
{
    settle_all(ballots);
    if (ballots->start == NULL) {
        ballots->start = arena_array(ballots->arena, uint32_t, 1);
    }
    election->n_ballots = ballots->count;
    election->start = ballots->start;
    election->choices = ballots->choices;
    election->points = ballots->points;
    if (!ballots->merges) {
        return;
    }
    election->weights =
        ballots->weights == NULL ? arena_array(ballots->arena, int64_t, 1) : ballots->weights;
}

void ballots_close(Ballots *ballots)
{
    free(ballots->slots);
    ballots->slots = NULL;
    ballots->n_slots = 0;
}
