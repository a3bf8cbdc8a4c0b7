/* ledger.h: an append-only Merkle log: hashes, proofs, signed heads.
 *
 * RFC 9162, section 2.1, with SHA-256: the hash of a leaf is H(00 || leaf), of a node H(01 || left
 * || right); a tree of n > 1 leaves has k, the largest power of two below n, on its left.
 *
 * A complete subtree of 2^level leaves, the index-th of its level, is the node (level, index). Its
 * hash never changes once its last leaf is there, so a log is kept as the hashes of its complete
 * nodes, and everything is worked out from at most 64 of them:
 *
 *     append:      ledger_append(size, leaf, read, user, nodes, &n)  store nodes[0..n), size + 1
 *     head:        ledger_root(size, read, user, &root)
 *     for a leaf:  ledger_inclusion(index, size, ...)       checked by ledger_included()
 *     two heads:   ledger_consistency(old, size, ...)       checked by ledger_consistent()
 *     published:   ledger_note_write()                      checked by ledger_note_read()
 *
 * Nothing is allocated; nothing here keeps state. Sizes and indexes are numbers of leaves, below
 * 2^62. Start reading at LedgerRead and ledger_append().
 */
#ifndef LEDGER_LEDGER_H
#define LEDGER_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

#define LEDGER_HASH_BYTES 32
#define LEDGER_MOST_NODES 64 /* of a proof, of a root, of an append */
#define LEDGER_MOST_SIZE  (INT64_C(1) << 62)

typedef struct LedgerHash {
    uint8_t bytes[LEDGER_HASH_BYTES];
} LedgerHash;

typedef struct LedgerNode {
    int level;     /* 0: a leaf */
    int64_t index; /* from 0, within its level */
} LedgerNode;

typedef struct LedgerStored {
    LedgerNode node;
    LedgerHash hash;
} LedgerStored;

/* Reads the hashes of n complete nodes into out[0..n), in the order asked. Its error is passed on
 * as it is. */
typedef Error *LedgerRead(void *user, const LedgerNode *nodes, size_t n, LedgerHash *out);

bool ledger_hash_eq(const LedgerHash *a, const LedgerHash *b);
/* Of the bytes of a leaf. */
LedgerHash ledger_leaf(Str bytes);
/* Of the tree without leaves: the hash of nothing. */
LedgerHash ledger_empty(void);

/* --- growing ---------------------------------------------------------------- */

/* The nodes that become complete when `leaf` is added to a log of `size` leaves: the leaf first,
 * then upwards; 1 to LEDGER_MOST_NODES of them into out, their number into *out_n. `read` is asked
 * at most once, for their left neighbours. */
MUST_USE Error *ledger_append(int64_t size, const LedgerHash *leaf, LedgerRead *read, void *user,
                              LedgerStored *out, size_t *out_n);
MUST_USE Error *ledger_root(int64_t size, LedgerRead *read, void *user, LedgerHash *out);

/* --- proofs ----------------------------------------------------------------- */

typedef struct LedgerProof {
    LedgerHash hashes[LEDGER_MOST_NODES]; /* in the order of RFC 9162 */
    size_t count;
} LedgerProof;

/* That the leaf at `index` is in the tree of `size` leaves. 0 <= index < size. */
MUST_USE Error *ledger_inclusion(int64_t index, int64_t size, LedgerRead *read, void *user,
                                 LedgerProof *out);
/* That the tree of `size` leaves begins with the tree of `old` leaves. 0 <= old <= size; of 0 and
 * of the same size the proof is empty. */
MUST_USE Error *ledger_consistency(int64_t old, int64_t size, LedgerRead *read, void *user,
                                   LedgerProof *out);

/* RFC 9162, 2.1.3.2. False for any proof that is not exactly right, numbers out of range included.
 */
bool ledger_included(const LedgerHash *leaf, int64_t index, int64_t size, const LedgerProof *proof,
                     const LedgerHash *root);
/* RFC 9162, 2.1.4.2. */
bool ledger_consistent(int64_t old, const LedgerHash *old_root, int64_t size,
                       const LedgerHash *root, const LedgerProof *proof);

/* --- published heads -------------------------------------------------------- */

#define LEDGER_NAME_MAX   128  /* bytes of an origin or of a key's name */
#define LEDGER_NOTE_MAX   4096 /* bytes of a note */
#define LEDGER_SEED_BYTES 32

/* How a signature was made; the number stands in the key's id and in its printed form. */
typedef enum LedgerAlgorithm { LEDGER_ED25519 = 1 } LedgerAlgorithm;

/* The public half: whoever checks heads keeps it. */
typedef struct LedgerKey {
    Str name; /* without spaces, plus signs and line breaks; 1 to LEDGER_NAME_MAX bytes */
    LedgerAlgorithm algorithm;
    uint8_t public_key[32];
    uint8_t id[4]; /* the first bytes of H(name || 0A || algorithm || public key) */
} LedgerKey;

typedef struct LedgerSigner {
    LedgerKey key;
    uint8_t secret_key[64]; /* sodium_memzero() it when done */
} LedgerSigner;

typedef struct LedgerHead {
    Str origin; /* which log this is: one line, 1 to LEDGER_NAME_MAX bytes */
    int64_t size;
    LedgerHash root;
} LedgerHead;

/* The same seed gives the same key. CONFIGURATION when the name is not one or libsodium cannot be
 * used. The name is kept, not copied. */
MUST_USE Error *ledger_signer(Arena *arena, Str name, const uint8_t seed[LEDGER_SEED_BYTES],
                              LedgerSigner *out);
/* "NAME+0a1b2c3d+BASE64": a key as it is printed and passed on; and back. BAD_REQUEST when it is
 * not one, or its id is not that of its key. */
MUST_USE Error *ledger_key_write(Arena *arena, const LedgerKey *key, Str *out);
MUST_USE Error *ledger_key_read(Arena *arena, Str text, LedgerKey *out);

/* A checkpoint note: origin, size, root, an empty line, one signature. The same input gives the
 * same bytes. BAD_REQUEST for an origin that is not one line. */
MUST_USE Error *ledger_note_write(Arena *arena, const LedgerHead *head, const LedgerSigner *signer,
                                  Str *out);
/* The head a note states, when this key signed it. Lines after the root and signatures by others
 * are passed over. BAD_REQUEST when it is not a checkpoint, FORBIDDEN when this key has not signed
 * it. The origin points into `note`. */
MUST_USE Error *ledger_note_read(Arena *arena, Str note, const LedgerKey *key, LedgerHead *out);

#endif
