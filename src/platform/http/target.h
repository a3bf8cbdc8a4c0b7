/* target.h: the request target and the header lines, checked before anything believes them. Pure.
 */
#ifndef PLATFORM_HTTP_TARGET_H
#define PLATFORM_HTTP_TARGET_H

#include "platform/http/request.h"

#define PATH_MAX_SEGMENTS 16

typedef struct Target {
    Str path;                        /* decoded, starts with '/' */
    Str query;                       /* as sent, without '?' */
    Str segments[PATH_MAX_SEGMENTS]; /* decoded; none for "/" */
    size_t n_segments;
} Target;

/* Splits and decodes. BAD_REQUEST: too long, not starting with '/', a broken escape, %00 or another
 * control character; NOT_UTF8; NOT_FOUND: an empty, "." or ".." segment, or too many segments. */
MUST_USE Error *target_parse(Arena *arena, Str raw, Target *out);
/* What is suspicious about the framing (two hosts, two lengths, a length with a transfer coding, a
 * length that is not digits), or NULL. */
const char *framing_problem(const RequestHeaders *headers);

#endif
