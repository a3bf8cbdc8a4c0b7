/* arena.h: memory by lifetime.
 *
 * Three lifetimes: process (configuration, routes), request (freed after the answer), scratch
 * (mark and rewind inside a computation). Nobody frees single objects. A function that returns
 * memory takes the arena it lives in. Running out of real memory ends the process (panic): sizes
 * that strangers choose are checked against limits.h before they get here.
 *
 * Under AddressSanitizer freed parts are poisoned. With arena_each_malloc(true), every object gets
 * its own malloc, so that overruns are found too.
 * Threads: an arena belongs to one thread at a time.
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

typedef struct Arena Arena;
typedef struct ArenaMark {
    void *chunk;
    size_t used;
    size_t total;
} ArenaMark;

/* A new arena that will hold at most max_bytes (a backstop: going over it panics). */
Arena *arena_create(size_t max_bytes);
void arena_destroy(Arena *arena);
/* Forgets everything; keeps one chunk for the next use. */
void arena_reset(Arena *arena);
/* Zeroed memory for count objects of size bytes; never NULL; count * size is checked. */
void *arena_alloc(Arena *arena, size_t count, size_t size, size_t align);
/* Bytes handed out since creation or reset. */
size_t arena_used(const Arena *arena);
/* True when a third of max_bytes is handed out. What grows with the data (rows, cells of a file)
 * asks before each step and gives up with an error: an array that doubles and its copy still fit.
 */
bool arena_is_crowded(const Arena *arena);

ArenaMark arena_mark(Arena *arena);
void arena_rewind(Arena *arena, ArenaMark mark);

/* For tests: give every allocation its own malloc. Set before the first arena is created. */
void arena_each_malloc(bool on);

#define arena_new(arena, Type) ((Type *)arena_alloc((arena), 1, sizeof(Type), _Alignof(Type)))
#define arena_array(arena, Type, count)                                                            \
    ((Type *)arena_alloc((arena), (count), sizeof(Type), _Alignof(Type)))

/* A copy that also ends in NUL (the NUL is not counted in len). */
Str arena_str(Arena *arena, Str s);
/* A NUL-terminated copy. */
char *arena_cstr(Arena *arena, Str s);
/* Formatted text (printf), NUL-terminated. */
Str arena_printf(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
