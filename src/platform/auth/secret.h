/* secret.h: the server's secret, 32 random bytes in a file outside database and backup. From it
 * come the keyed hashes of codes, login names and addresses, CSRF tokens and pseudonyms in logs:
 * who gets only the database can try none of them. Losing the file means new codes for everybody.
 */
#ifndef PLATFORM_AUTH_SECRET_H
#define PLATFORM_AUTH_SECRET_H

#include "base/arena.h"
#include "base/error.h"

#define SECRET_BYTES 32
#define SECRET_FILE  "server.key"

typedef struct Secret {
    unsigned char bytes[SECRET_BYTES];
} Secret;

typedef struct Hash32 {
    unsigned char bytes[32];
} Hash32;

/* Makes DIRECTORY/server.key with mode 0600. ALREADY_EXISTS when there is one; FILE_SYSTEM. */
MUST_USE Error *secret_create(Arena *arena, const char *directory);
/* Reads it. CONFIGURATION when it is missing, of another size, or open to group or others. */
MUST_USE Error *secret_load(Arena *arena, const char *directory, Secret *out);

/* BLAKE2b-256 keyed with the secret over purpose, a zero byte and the data: different purposes
 * never give the same hash. */
Hash32 secret_hash(const Secret *secret, const char *purpose, Str data);
/* HMAC-SHA256 with the secret as key. */
Hash32 secret_hmac(const Secret *secret, Str data);
/* A person in the log: 13 characters that only the secret can connect with the id. */
Str secret_pseudonym(Arena *arena, const Secret *secret, int64_t person);
/* BLAKE2b-256 without a key: for random tokens, which need none. */
Hash32 hash_token(Str token);
static inline Str hash_str(const Hash32 *hash)
{
    return (Str){(const char *)hash->bytes, sizeof(hash->bytes)};
}
/* Lower-case Crockford base 32 of len bytes. */
Str base32_text(Arena *arena, const unsigned char *bytes, size_t len);
/* Lower-case hexadecimal digits, as other programs print a hash. */
Str hex_text(Arena *arena, Str bytes);

#endif
