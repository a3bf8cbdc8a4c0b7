/* map.h: from Str to pointer, in an arena; order of insertion is kept for walking. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"

typedef struct MapEntry {
    Str key;
    void *value;
} MapEntry;

typedef struct Map {
    Arena *arena;
    MapEntry *entries; /* in order of insertion: walk entries[0..count) */
    size_t count;
    size_t capacity;
    uint32_t *slots; /* open addressing, index + 1, 0 = free */
    size_t n_slots;
    uint64_t seed;
} Map;

/* The map's memory comes from the arena; keys are not copied. */
void map_init(Map *map, Arena *arena);
/* NULL when absent. */
void *map_get(const Map *map, Str key);
/* Adds or replaces. Returns the value that was there before, or NULL. */
void *map_set(Map *map, Str key, void *value);

#endif
