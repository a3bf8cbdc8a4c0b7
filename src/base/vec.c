#include "base/vec.h"

#include <string.h>

void *vec_grow(Arena *arena, void *items, size_t count, size_t *capacity, size_t size, size_t align)
{
    if (count < *capacity) {
        return items;
    }
    size_t new_capacity = *capacity > 0 ? *capacity * 2 : 8;
    void *grown = arena_alloc(arena, new_capacity, size, align);
    if (count > 0) {
        memcpy(grown, items, count * size);
    }
    *capacity = new_capacity;
    return grown;
}
