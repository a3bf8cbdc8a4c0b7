#include "platform/db/like.h"

static Str pattern(Arena *arena, const char *before, Str words)
{
    size_t at = strlen(before);
    char *out = arena_array(arena, char, words.len * 2 + at + 2);
    memcpy(out, before, at);
    for (size_t i = 0; i < words.len; i++) {
        char c = words.data[i];
        if (c == '%' || c == '_' || c == '\\') {
            out[at++] = '\\';
        }
        out[at++] = c;
    }
    out[at++] = '%';
    return (Str){out, at};
}

Str like_contains(Arena *arena, Str words)
{
    return pattern(arena, "%", words);
}

Str like_begins(Arena *arena, Str words)
{
    return pattern(arena, "", words);
}
