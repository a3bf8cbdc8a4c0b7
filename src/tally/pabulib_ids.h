/* pabulib_ids.h: inside the .pb reader only. Finds projects by short ids, read eight bytes at once.
 */
#ifndef TALLY_PABULIB_IDS_H
#define TALLY_PABULIB_IDS_H

#include "base/arena.h"
#include "base/str.h"

#define PABULIB_NO_ID      UINT32_MAX
#define PABULIB_PROBES_MAX 16 /* so that ids chosen to collide do not make reading slow */

typedef struct PabulibId {
    uint64_t bytes; /* the first byte lowest, zeros behind the last */
    uint32_t length;
    uint32_t project; /* + 1; 0 = a free slot */
} PabulibId;

typedef struct PabulibIds {
    Arena *arena;
    PabulibId *slots;
    size_t n_slots;
    size_t count;
} PabulibIds;

void pabulib_ids_open(PabulibIds *ids, Arena *arena);
/* Adds an id that is not there; only one of 1 to 7 bytes that is not "none" (any case) and holds no
 * byte up to "," and no ";" is kept. An id whose place is crowded is not kept either. */
void pabulib_ids_add(PabulibIds *ids, Str id, uint32_t project);
static inline PabulibId *pabulib_id_slot(PabulibId *slots, size_t n_slots, uint64_t bytes,
                                         size_t step)
{
    uint64_t hash = bytes * UINT64_C(0x9E3779B97F4A7C15);
    return &slots[((size_t)(hash >> 32) + step) & (n_slots - 1)];
}

/* The project whose id is kept, or PABULIB_NO_ID. Here, because it is asked for every choice on
 * every ballot. */
static inline uint32_t pabulib_ids_find(const PabulibIds *ids, uint64_t bytes, size_t length)
{
    for (size_t step = 0; step < PABULIB_PROBES_MAX; step++) {
        const PabulibId *slot = pabulib_id_slot(ids->slots, ids->n_slots, bytes, step);
        if (slot->bytes == bytes && slot->length == length) {
            return slot->project - 1;
        }
        if (slot->project == 0) {
            break;
        }
    }
    return PABULIB_NO_ID;
}

#endif
