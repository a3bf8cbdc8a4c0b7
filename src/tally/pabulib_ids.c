#include "tally/pabulib_ids.h"

#define FIRST_SLOTS 64
#define BYTES_MAX   7

void pabulib_ids_open(PabulibIds *ids, Arena *arena)
{
    *ids = (PabulibIds){.arena = arena,
                        .slots = arena_array(arena, PabulibId, FIRST_SLOTS),
                        .n_slots = FIRST_SLOTS};
}

static bool is_kept(Str id)
{
    bool kept = id.len > 0 && id.len <= BYTES_MAX && !str_eq_ignore_case(id, STR("none"));
    for (size_t i = 0; i < id.len; i++) {
        kept = kept && (uint8_t)id.data[i] > ',' && id.data[i] != ';';
    }
    return kept;
}

static void put(PabulibIds *ids, PabulibId id)
{
    for (size_t step = 0; step < PABULIB_PROBES_MAX; step++) {
        PabulibId *slot = pabulib_id_slot(ids->slots, ids->n_slots, id.bytes, step);
        if (slot->project == 0) {
            *slot = id;
            ids->count++;
            return;
        }
    }
}

static void widen(PabulibIds *ids)
{
    PabulibIds wider = {.arena = ids->arena,
                        .slots = arena_array(ids->arena, PabulibId, ids->n_slots * 2),
                        .n_slots = ids->n_slots * 2};
    for (size_t i = 0; i < ids->n_slots; i++) {
        if (ids->slots[i].project != 0) {
            put(&wider, ids->slots[i]);
        }
    }
    *ids = wider;
}

void pabulib_ids_add(PabulibIds *ids, Str id, uint32_t project)
{
    if (!is_kept(id)) {
        return;
    }
    if (ids->count * 4 >= ids->n_slots) {
        widen(ids);
    }
    uint64_t bytes = 0;
    for (size_t i = 0; i < id.len; i++) {
        bytes |= (uint64_t)(uint8_t)id.data[i] << (8 * i);
    }
    put(ids, (PabulibId){bytes, (uint32_t)id.len, project + 1});
}
