/* pabulib_ids.h: inside the .pb reader only. Finds projects by ids where they stand in the window,
 * read eight bytes at once. */
#ifndef TALLY_PABULIB_IDS_H
#define TALLY_PABULIB_IDS_H

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

#define PABULIB_NO_ID      UINT32_MAX
#define PABULIB_PROBES_MAX 16 /* so that ids chosen to collide do not make reading slow */
#define PABULIB_KEY_BYTES  8  /* longer ids are compared by their text too */

typedef struct PabulibId {
    uint64_t key;
    uint32_t length;
    uint32_t project; /* + 1; 0 = a free slot */
} PabulibId;

typedef struct PabulibIds {
    Arena *arena;
    PabulibId *slots;
    size_t n_slots;
    size_t count;
    const char **texts; /* by project: the ids kept, with room behind them to read eight bytes */
    size_t n_texts;
} PabulibIds;

void pabulib_ids_open(PabulibIds *ids, Arena *arena);
/* Adds an id that is not there. One that is "none" (any case) or holds a byte up to "," or ";" is
 * not kept, nor one whose place is crowded. */
void pabulib_ids_add(PabulibIds *ids, Str id, uint32_t project);

/* The first byte lowest. */
static inline uint64_t pabulib_load_eight(const char *at)
{
    uint64_t eight = 0;
    memcpy(&eight, at, sizeof(eight));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    eight = __builtin_bswap64(eight);
#endif
    return eight;
}

/* The first 1 to 8 bytes, zeros behind them. */
static inline uint64_t pabulib_load_some(const char *at, size_t length)
{
    return pabulib_load_eight(at) & (UINT64_MAX >> (64 - 8 * length));
}

/* Up to eight bytes, none of them 0, have a key of their own. Reads up to seven bytes more. */
static inline uint64_t pabulib_id_key(const char *at, size_t length)
{
    uint64_t key = 0;
    while (length > PABULIB_KEY_BYTES) {
        key = (key ^ pabulib_load_eight(at)) * UINT64_C(0xD6E8FEB86659FD93);
        key ^= key >> 32;
        at += PABULIB_KEY_BYTES;
        length -= PABULIB_KEY_BYTES;
    }
    return key ^ pabulib_load_some(at, length);
}

/* Texts of one length, which is above 0. */
static inline bool pabulib_id_is(const char *a, const char *b, size_t length)
{
    while (length > PABULIB_KEY_BYTES) {
        if (pabulib_load_eight(a) != pabulib_load_eight(b)) {
            return false;
        }
        a += PABULIB_KEY_BYTES;
        b += PABULIB_KEY_BYTES;
        length -= PABULIB_KEY_BYTES;
    }
    return pabulib_load_some(a, length) == pabulib_load_some(b, length);
}

static inline PabulibId *pabulib_id_slot(PabulibId *slots, size_t n_slots, uint64_t key,
                                         size_t step)
{
    uint64_t hash = key * UINT64_C(0x9E3779B97F4A7C15);
    return &slots[((size_t)(hash >> 32) + step) & (n_slots - 1)];
}

/* The project whose id (length > 0) stands there and is kept, or PABULIB_NO_ID. Here, because it is
 * asked for every choice on every ballot. */
static inline uint32_t pabulib_ids_find(const PabulibIds *ids, const char *at, size_t length)
{
    uint64_t key = pabulib_id_key(at, length);
    for (size_t step = 0; step < PABULIB_PROBES_MAX; step++) {
        const PabulibId *slot = pabulib_id_slot(ids->slots, ids->n_slots, key, step);
        if (slot->key == key && slot->length == length && slot->project != 0 &&
            (length <= PABULIB_KEY_BYTES ||
             pabulib_id_is(ids->texts[slot->project - 1], at, length))) {
            return slot->project - 1;
        }
        if (slot->project == 0) {
            break;
        }
    }
    return PABULIB_NO_ID;
}

#endif
