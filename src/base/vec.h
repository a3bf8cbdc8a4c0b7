/* vec.h: a growing array in an arena, by macro so that it keeps its element type.
 *
 *   typedef struct NameVec { Str *items; size_t count; size_t capacity; } NameVec;
 *   NameVec names = {0};
 *   *vec_push(arena, &names) = STR("甲");
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

/* Makes room for one more and returns a pointer to it, zeroed. */
#define vec_push(arena, vec)                                                                       \
    ((vec)->items = vec_grow((arena), (vec)->items, (vec)->count, &(vec)->capacity,                \
                             sizeof(*(vec)->items), _Alignof(max_align_t)),                        \
     &(vec)->items[(vec)->count++])

/* Room for count + 1 elements; the old elements are copied when it has to move. */
void *vec_grow(Arena *arena, void *items, size_t count, size_t *capacity, size_t size,
               size_t align);

#endif
