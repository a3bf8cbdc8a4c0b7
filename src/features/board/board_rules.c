#include "features/board/board_rules.h"

#include "base/map.h"

static char present; /* the map wants a value */

/* False when the same thing was met before, in lower hands. */
static bool is_new(Arena *arena, Map *met, const BoardItem *item)
{
    Str key = arena_printf(arena, "%.*s %.*s", STR_ARG(item->link), STR_ARG(item->what));
    return map_set(met, key, &present) == NULL;
}

size_t board_pick(Arena *arena, const BoardItem *items, size_t count, Instant now, size_t **out)
{
    Map met;
    map_init(&met, arena);
    size_t *late = arena_array(arena, size_t, count);
    Instant *due_at = arena_array(arena, Instant, count);
    size_t n = 0;
    for (size_t i = 0; i < count; i++) {
        if (is_new(arena, &met, &items[i]) && due_class(items[i].due_at, now) == DUE_LATE) {
            due_at[n] = items[i].due_at;
            late[n++] = i;
        }
    }
    size_t *order = due_order(arena, due_at, n);
    for (size_t i = 0; i < n; i++) {
        order[i] = late[order[i]];
    }
    *out = order;
    return n;
}

int board_permille(int64_t part, int64_t whole)
{
    if (whole <= 0 || part <= 0) {
        return 0;
    }
    return part >= whole ? 1000 : (int)(part * 1000 / whole); /* part <= 10^15 fen */
}
