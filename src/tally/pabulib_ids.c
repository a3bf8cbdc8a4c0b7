#include "tally/pabulib_ids.h"

#define FIRST_SLOTS 64

void pabulib_ids_open(PabulibIds *ids, Arena *arena)
{
    *ids = (PabulibIds){.arena = arena,
                        .slots = arena_array(arena, PabulibId, FIRST_SLOTS),
                        .n_slots = FIRST_SLOTS,
                        .texts = arena_array(arena, const char *, FIRST_SLOTS),
                        .n_texts = FIRST_SLOTS};
}

static bool is_kept(Str id)
{
    bool kept = id.len > 0 && id.len <= UINT32_MAX && !str_eq_ignore_case(id, STR("none"));
    for (size_t i = 0; i < id.len; i++) {
        kept = kept && (uint8_t)id.data[i] > ',' && id.data[i] != ';';
    }
    return kept;
}

static void put(PabulibIds *ids, PabulibId id)
{
    for (size_t step = 0; step < PABULIB_PROBES_MAX; step++) {
        PabulibId *slot = pabulib_id_slot(ids->slots, ids->n_slots, id.key, step);
        if (slot->project == 0) {
            *slot = id;
            ids->count++;
            return;
        }
    }
}

static void widen(PabulibIds *ids)
{
    PabulibIds wider = *ids;
    wider.n_slots = ids->n_slots * 2;
    wider.slots = arena_array(ids->arena, PabulibId, wider.n_slots);
    wider.count = 0;
    for (size_t i = 0; i < ids->n_slots; i++) {
        if (ids->slots[i].project != 0) {
            put(&wider, ids->slots[i]);
        }
    }
    *ids = wider;
}

static void keep_text(PabulibIds *ids, const char *text, uint32_t project)
{
    if (project >= ids->n_texts) {
        size_t more = (size_t)project * 2 + 1;
        const char **texts = arena_array(ids->arena, const char *, more);
        memcpy(texts, ids->texts, ids->n_texts * sizeof *texts);
        ids->texts = texts;
        ids->n_texts = more;
    }
    ids->texts[project] = text;
}

void pabulib_ids_add(PabulibIds *ids, Str id, uint32_t project)
{
    if (!is_kept(id)) {
        return;
    }
    if (ids->count * 4 >= ids->n_slots) {
        widen(ids);
    }
    char *text = arena_array(ids->arena, char, id.len + PABULIB_KEY_BYTES);
    memcpy(text, id.data, id.len);
    keep_text(ids, text, project);
    put(ids, (PabulibId){pabulib_id_key(text, id.len), (uint32_t)id.len, project + 1});
}
