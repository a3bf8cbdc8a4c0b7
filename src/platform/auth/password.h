/* password.h: argon2id (2 passes, 19 MiB; about 20 ms a hash), at most two at a time.
 *
 * Hashing happens on a worker, never in a transaction. A few may wait for a place; more get BUSY,
 * so that a flood of sign-ins cannot hold every worker.
 */
#ifndef PLATFORM_AUTH_PASSWORD_H
#define PLATFORM_AUTH_PASSWORD_H

#include "base/arena.h"
#include "base/error.h"

#define PASSWORD_MIN_CHARACTERS 10

typedef struct Hasher Hasher;

Hasher *hasher_create(Arena *arena);
/* The hash as text with its salt and costs. */
MUST_USE Error *password_hash(Hasher *hasher, Arena *arena, Str password, Str *out);
/* True when the password has that hash. An empty hash stands for somebody unknown: the same work is
 * done and the answer is false. */
MUST_USE Error *password_verify(Hasher *hasher, Arena *arena, Str hash, Str password,
                                bool *out_matches);
/* Pure. PASSWORD_WEAK (number = PASSWORD_MIN_CHARACTERS): shorter, the login name itself, one
 * character repeated, or among the commonest. */
MUST_USE Error *password_check_rules(Arena *arena, Str login, Str password);

#endif
