/* polls_key.h: the secret that separates ballots from people.
 *
 * Each poll has 32 random bytes in KEYS_DIR/poll-<id>.key (mode 0600), outside the database, its
 * WAL and its backups. Who holds the database alone cannot tell whose ballot a row is. A later step
 * destroys the key after the close (two people); until then it stays.
 */
#ifndef FEATURES_POLLS_KEY_H
#define FEATURES_POLLS_KEY_H

#include "base/arena.h"
#include "base/error.h"

#define POLL_KEY_BYTES   32
#define BALLOT_KEY_BYTES 32

typedef struct PollKey {
    unsigned char bytes[POLL_KEY_BYTES];
} PollKey;

/* Makes the file, durably, before the poll exists; refuses to replace one.
 * Errors: FILE_SYSTEM. */
MUST_USE Error *poll_key_create(Arena *arena, const char *keys_dir, int64_t poll);
/* Errors: POLL_KEY_MISSING when the file is absent, short, or readable by others. */
MUST_USE Error *poll_key_load(Arena *arena, const char *keys_dir, int64_t poll, PollKey *out);
/* HMAC-SHA256(poll key, "ballot" || person as 8 bytes, big end first), in the arena. */
Str poll_ballot_key(Arena *arena, const PollKey *key, int64_t person);
/* A new receipt: 13 Crockford characters, 65 random bits, written 4-4-5: "7F3K-29QX-M4TZP". */
Str poll_new_receipt(Arena *arena);

#endif
