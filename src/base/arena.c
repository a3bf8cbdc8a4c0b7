#include "base/arena.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(at, len)   ASAN_POISON_MEMORY_REGION((at), (len))
#define UNPOISON(at, len) ASAN_UNPOISON_MEMORY_REGION((at), (len))
#else
#define POISON(at, len)   ((void)(at), (void)(len))
#define UNPOISON(at, len) ((void)(at), (void)(len))
#endif

#define FIRST_CHUNK_BYTES 4096
#define MAX_CHUNK_BYTES   (1024 * 1024)
/* A reset keeps one chunk of at most this size: an ordinary page fits, so that the next one needs
 * no memory from the system. */
#define KEEP_CHUNK_BYTES (64 * 1024)

typedef struct Chunk {
    struct Chunk *previous;
    size_t capacity;
    size_t used;
    size_t clean; /* bytes from here on have not been handed out yet: they are zero */
    _Alignas(max_align_t) char bytes[];
} Chunk;

struct Arena {
    Chunk *chunk;
    size_t total; /* handed out */
    size_t max_bytes;
};

static atomic_bool each_malloc;

void arena_each_malloc(bool on)
{
    atomic_store(&each_malloc, on);
}

Arena *arena_create(size_t max_bytes)
{
    Arena *arena = calloc(1, sizeof(*arena));
    if (!arena) {
        panic("out of memory");
    }
    arena->max_bytes = max_bytes;
    return arena;
}

static void chunk_free(Chunk *chunk)
{
    UNPOISON(chunk->bytes, chunk->capacity);
    free(chunk);
}

static void free_down_to(Arena *arena, const Chunk *keep)
{
    while (arena->chunk && arena->chunk != keep) {
        Chunk *previous = arena->chunk->previous;
        chunk_free(arena->chunk);
        arena->chunk = previous;
    }
}

void arena_destroy(Arena *arena)
{
    if (arena) {
        free_down_to(arena, NULL);
        free(arena);
    }
}

/* The newest chunk that may be kept, else the first. Chunks grow, so the newest is the largest. */
static Chunk *chunk_to_keep(Arena *arena)
{
    Chunk *chunk = arena->chunk;
    while (chunk && chunk->capacity > KEEP_CHUNK_BYTES && chunk->previous) {
        chunk = chunk->previous;
    }
    return chunk;
}

void arena_reset(Arena *arena)
{
    Chunk *keep = chunk_to_keep(arena);
    free_down_to(arena, keep);
    if (keep) {
        arena->chunk = keep->previous;
        free_down_to(arena, NULL);
        keep->previous = NULL;
        keep->used = 0;
        POISON(keep->bytes, keep->capacity);
        arena->chunk = keep;
    }
    arena->total = 0;
}

size_t arena_used(const Arena *arena)
{
    return arena->total;
}

bool arena_is_crowded(const Arena *arena)
{
    return arena->total > arena->max_bytes / 3;
}

static Chunk *chunk_add(Arena *arena, size_t at_least)
{
    size_t capacity = arena->chunk ? arena->chunk->capacity * 2 : FIRST_CHUNK_BYTES;
    capacity = capacity > MAX_CHUNK_BYTES ? MAX_CHUNK_BYTES : capacity;
    if (capacity < at_least || atomic_load(&each_malloc)) {
        capacity = at_least;
    }
    Chunk *chunk = calloc(1, sizeof(*chunk) + capacity);
    if (!chunk) {
        panic("out of memory");
    }
    chunk->previous = arena->chunk;
    chunk->capacity = capacity;
    POISON(chunk->bytes, capacity);
    arena->chunk = chunk;
    return chunk;
}

/* Zeroes what was in use before. Fresh memory is not touched: of a large array only what is used
 * becomes real. */
static void make_zero(Chunk *chunk, size_t start, size_t bytes)
{
    size_t end = start + bytes;
    if (start < chunk->clean) {
        memset(chunk->bytes + start, 0, (end < chunk->clean ? end : chunk->clean) - start);
    }
    chunk->clean = end > chunk->clean ? end : chunk->clean;
}

void *arena_alloc(Arena *arena, size_t count, size_t size, size_t align)
{
    size_t bytes;
    if (__builtin_mul_overflow(count, size, &bytes) || bytes > arena->max_bytes - arena->total) {
        panic("arena over its limit of %zu bytes", arena->max_bytes);
    }
    require(align <= _Alignof(max_align_t));
    Chunk *chunk = arena->chunk;
    size_t start = chunk ? (chunk->used + align - 1) & ~(align - 1) : 0;
    bool fits = chunk && start <= chunk->capacity && bytes <= chunk->capacity - start;
    if (!fits || atomic_load(&each_malloc)) {
        chunk = chunk_add(arena, bytes > 0 ? bytes : 1);
        start = 0;
    }
    char *at = chunk->bytes + start;
    chunk->used = start + bytes;
    arena->total += bytes;
    UNPOISON(at, bytes);
    make_zero(chunk, start, bytes);
    return at;
}

ArenaMark arena_mark(Arena *arena)
{
    return (ArenaMark){arena->chunk, arena->chunk ? arena->chunk->used : 0, arena->total};
}

void arena_rewind(Arena *arena, ArenaMark mark)
{
    free_down_to(arena, mark.chunk);
    arena->total = mark.total;
    if (arena->chunk) {
        arena->chunk->used = mark.used;
        POISON(arena->chunk->bytes + mark.used, arena->chunk->capacity - mark.used);
    }
}

Str arena_str(Arena *arena, Str s)
{
    char *copy = arena_array(arena, char, s.len + 1);
    if (s.len > 0) {
        memcpy(copy, s.data, s.len);
    }
    return (Str){copy, s.len};
}

char *arena_cstr(Arena *arena, Str s)
{
    char *copy = arena_array(arena, char, s.len + 1);
    if (s.len > 0) {
        memcpy(copy, s.data, s.len);
    }
    return copy;
}

Str arena_printf(Arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    require(length >= 0);
    char *text = arena_array(arena, char, (size_t)length + 1);
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return (Str){text, (size_t)length};
}
