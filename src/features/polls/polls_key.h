/* polls_key.h: the secret that separates ballots from people.
 *
 * Each poll has 32 random bytes in KEYS_DIR/poll-<id>.key (mode 0600), outside the database, its
 * WAL and its backups. A row of the ballot table does not name its voter to anybody without the
 * key. What this does not hide yet: the order in which rows were written. Whoever has the WAL, or
 * reads the pages of the file, can set ballots beside session rows of the same moment. Sealed
 * drafts, a fresh table at the close and the destruction of the key by two people are a later step.
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
