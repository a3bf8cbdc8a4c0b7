/* Any bytes as a multipart body; the first line is the Content-Type. What is read lies inside the
 * body, in order, and names are valid text. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "platform/form/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_pairs(const Pairs *pairs, Str body)
{
    const char *at = body.data;
    for (size_t i = 0; i < pairs->count; i++) {
        const Pair *pair = &pairs->items[i];
        require(pair->value.data >= at &&
                pair->value.data + pair->value.len <= body.data + body.len);
        require(utf8_is_valid(pair->name) && utf8_is_valid(pair->file_name));
        require(pair->is_file || utf8_is_valid(pair->value));
        at = pair->value.data + pair->value.len;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_create(LIMIT_REQUEST_ARENA_BYTES);
    Str type, body;
    str_cut(str_from_bytes((const char *)data, size), '\n', &type, &body);
    Pairs pairs;
    if (!form_decode_multipart(arena, type, body, 50, &pairs)) {
        require(pairs.count <= 50);
        check_pairs(&pairs, body);
    }
    arena_destroy(arena);
    return 0;
}
