/* tree.c: hashes of leaves and nodes, appending, the root. */
#include "ledger/tree.h"

#include <sodium.h>
#include <string.h>

bool ledger_hash_eq(const LedgerHash *a, const LedgerHash *b)
{
    return memcmp(a->bytes, b->bytes, LEDGER_HASH_BYTES) == 0;
}

LedgerHash ledger_leaf(Str bytes)
{
    static const uint8_t mark = 0;
    LedgerHash hash;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, &mark, 1);
    crypto_hash_sha256_update(&state, (const uint8_t *)bytes.data, bytes.len);
    crypto_hash_sha256_final(&state, hash.bytes);
    return hash;
}

LedgerHash ledger_empty(void)
{
    LedgerHash hash;
    crypto_hash_sha256(hash.bytes, (const uint8_t *)"", 0);
    return hash;
}

LedgerHash ledger_join(const LedgerHash *left, const LedgerHash *right)
{
    uint8_t bytes[1 + 2 * LEDGER_HASH_BYTES] = {1};
    LedgerHash hash;
    memcpy(bytes + 1, left->bytes, LEDGER_HASH_BYTES);
    memcpy(bytes + 1 + LEDGER_HASH_BYTES, right->bytes, LEDGER_HASH_BYTES);
    crypto_hash_sha256(hash.bytes, bytes, sizeof bytes);
    return hash;
}

int64_t ledger_split(int64_t n)
{
    require(n > 1);
    return INT64_C(1) << (63 - __builtin_clzll((uint64_t)n - 1));
}

size_t ledger_cover(int64_t from, int64_t to, LedgerNode *out)
{
    size_t n = 0;
    while (from < to) {
        int level = 63 - __builtin_clzll((uint64_t)(to - from));
        out[n++] = (LedgerNode){level, from >> level};
        from += INT64_C(1) << level;
    }
    return n;
}

/* The pieces get smaller to the right, so the tree leans to the left: from the right end up. */
LedgerHash ledger_fold(const LedgerHash *hashes, size_t n)
{
    LedgerHash hash = hashes[n - 1];
    for (size_t i = n - 1; i > 0; i--) {
        hash = ledger_join(&hashes[i - 1], &hash);
    }
    return hash;
}

Error *ledger_append(int64_t size, const LedgerHash *leaf, LedgerRead *read, void *user,
                     LedgerStored *out, size_t *out_n)
{
    require(size >= 0 && size < LEDGER_MOST_SIZE);
    LedgerNode left[LEDGER_MOST_NODES];
    LedgerHash hashes[LEDGER_MOST_NODES];
    size_t n = 0;
    while ((size >> n) & 1) { /* the leaf ends a pair on this level */
        left[n] = (LedgerNode){(int)n, (size >> n) - 1};
        n++;
    }
    Error *err = n > 0 ? read(user, left, n, hashes) : NULL;
    if (err) {
        return err;
    }
    out[0] = (LedgerStored){{0, size}, *leaf};
    for (size_t i = 0; i < n; i++) {
        out[i + 1] =
            (LedgerStored){{(int)i + 1, size >> (i + 1)}, ledger_join(&hashes[i], &out[i].hash)};
    }
    *out_n = n + 1;
    return NULL;
}

Error *ledger_root(int64_t size, LedgerRead *read, void *user, LedgerHash *out)
{
    require(size >= 0 && size < LEDGER_MOST_SIZE);
    LedgerNode nodes[LEDGER_MOST_NODES];
    LedgerHash hashes[LEDGER_MOST_NODES];
    if (size == 0) {
        *out = ledger_empty();
        return NULL;
    }
    size_t n = ledger_cover(0, size, nodes);
    Error *err = read(user, nodes, n, hashes);
    if (!err) {
        *out = ledger_fold(hashes, n);
    }
    return err;
}
