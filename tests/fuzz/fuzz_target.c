/* Any bytes as a request target: it is refused, or its path and segments are clean and lead nowhere
 * upwards. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "platform/http/target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_segments(const Target *target)
{
    require(target->n_segments <= PATH_MAX_SEGMENTS);
    for (size_t i = 0; i < target->n_segments; i++) {
        Str segment = target->segments[i];
        require(segment.len > 0 && utf8_is_valid(segment));
        require(!str_eq(segment, STR(".")) && !str_eq(segment, STR("..")));
        for (size_t j = 0; j < segment.len; j++) {
            require((unsigned char)segment.data[j] >= 0x20);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_create(1u << 22);
    Target target;
    if (!target_parse(arena, str_from_bytes((const char *)data, size), &target)) {
        require(target.path.len > 0 && target.path.data[0] == '/');
        require(size <= LIMIT_URL_BYTES && target.query.len < size);
        check_segments(&target);
    }
    arena_destroy(arena);
    return 0;
}
