/* like.h: words a person typed, as a pattern for LIKE ... ESCAPE '\'. */
#ifndef PLATFORM_DB_LIKE_H
#define PLATFORM_DB_LIKE_H

#include "base/arena.h"

/* Anything that holds the words: %, _ and \ in them stand for themselves. */
Str like_contains(Arena *arena, Str words);
/* Anything that begins with them. */
Str like_begins(Arena *arena, Str words);

#endif
