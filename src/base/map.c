#include "base/map.h"

#include <string.h>

#include "base/random.h"
#include "base/vec.h"

void map_init(Map *map, Arena *arena)
{
    *map = (Map){.arena = arena};
    random_bytes(&map->seed, sizeof(map->seed)); /* so that nobody can choose colliding keys */
}

/* The slot where key is, or the free slot where it would go. */
static uint32_t *find_slot(const Map *map, Str key)
{
    size_t mask = map->n_slots - 1;
    uint64_t mixed = (str_hash(key) ^ map->seed) * UINT64_C(0x9e3779b97f4a7c15);
    size_t at = (size_t)(mixed >> 32) & mask;
    while (map->slots[at] != 0 && !str_eq(map->entries[map->slots[at] - 1].key, key)) {
        at = (at + 1) & mask;
    }
    return &map->slots[at];
}

void *map_get(const Map *map, Str key)
{
    if (map->n_slots == 0) {
        return NULL;
    }
    uint32_t index = *find_slot(map, key);
    return index ? map->entries[index - 1].value : NULL;
}

static void widen(Map *map)
{
    map->n_slots = map->n_slots > 0 ? map->n_slots * 2 : 16;
    map->slots = arena_array(map->arena, uint32_t, map->n_slots);
    for (size_t i = 0; i < map->count; i++) {
        *find_slot(map, map->entries[i].key) = (uint32_t)(i + 1);
    }
}

void *map_set(Map *map, Str key, void *value)
{
    if ((map->count + 1) * 4 > map->n_slots * 3) {
        widen(map);
    }
    uint32_t *slot = find_slot(map, key);
    if (*slot != 0) {
        void *before = map->entries[*slot - 1].value;
        map->entries[*slot - 1].value = value;
        return before;
    }
    map->entries = vec_grow(map->arena, map->entries, map->count, &map->capacity,
                            sizeof(*map->entries), _Alignof(max_align_t));
    map->entries[map->count++] = (MapEntry){key, value};
    *slot = (uint32_t)map->count;
    return NULL;
}
