/* proof.c: making and checking proofs of inclusion and of consistency. */
#include "ledger/tree.h"

#include <string.h>

/* The ranges of leaves whose hashes a proof consists of, the lowest first. */
typedef struct Ranges {
    struct {
        int64_t from, to;
    } items[LEDGER_MOST_NODES];
    size_t count;
} Ranges;

static void add_range(Ranges *ranges, int64_t from, int64_t to)
{
    ranges->items[ranges->count].from = from;
    ranges->items[ranges->count].to = to;
    ranges->count++;
}

/* A range is a complete node, or ends at the end of the tree and has a cover of its own. All are
 * read at once: together they cover less than the whole tree, whose cover has at most 62 nodes, and
 * at most one of them is not a complete node. */
static Error *read_ranges(const Ranges *ranges, LedgerRead *read, void *user, LedgerProof *out)
{
    LedgerNode nodes[2 * LEDGER_MOST_NODES];
    LedgerHash hashes[2 * LEDGER_MOST_NODES];
    size_t covers[LEDGER_MOST_NODES];
    size_t n = 0;
    for (size_t i = 0; i < ranges->count; i++) {
        covers[i] = ledger_cover(ranges->items[i].from, ranges->items[i].to, &nodes[n]);
        n += covers[i];
    }
    Error *err = n > 0 ? read(user, nodes, n, hashes) : NULL;
    if (err) {
        return err;
    }
    size_t at = 0;
    for (size_t i = 0; i < ranges->count; i++) {
        out->hashes[i] = ledger_fold(&hashes[at], covers[i]);
        at += covers[i];
    }
    out->count = ranges->count;
    return NULL;
}

static void reverse(Ranges *ranges)
{
    for (size_t i = 0; i < ranges->count / 2; i++) {
        size_t other = ranges->count - 1 - i;
        int64_t from = ranges->items[i].from;
        int64_t to = ranges->items[i].to;
        ranges->items[i] = ranges->items[other];
        ranges->items[other].from = from;
        ranges->items[other].to = to;
    }
}

/* PATH(m, D[n]) of RFC 9162, 2.1.3.1, gathered from the root down. */
Error *ledger_inclusion(int64_t index, int64_t size, LedgerRead *read, void *user, LedgerProof *out)
{
    require(index >= 0 && index < size && size < LEDGER_MOST_SIZE);
    Ranges ranges = {.count = 0};
    int64_t from = 0;
    int64_t to = size;
    while (to - from > 1) {
        int64_t middle = from + ledger_split(to - from);
        if (index < middle) {
            add_range(&ranges, middle, to);
            to = middle;
        } else {
            add_range(&ranges, from, middle);
            from = middle;
        }
    }
    reverse(&ranges);
    return read_ranges(&ranges, read, user, out);
}

/* SUBPROOF(m, D[n], b) of RFC 9162, 2.1.4.1, gathered from the root down: the last range is the old
 * tree's own when that is not the whole left side from the first leaf. */
Error *ledger_consistency(int64_t old, int64_t size, LedgerRead *read, void *user, LedgerProof *out)
{
    require(old >= 0 && old <= size && size < LEDGER_MOST_SIZE);
    Ranges ranges = {.count = 0};
    int64_t from = 0;
    int64_t to = size;
    out->count = 0;
    if (old == 0 || old == size) {
        return NULL;
    }
    while (old != to) {
        int64_t middle = from + ledger_split(to - from);
        if (old <= middle) {
            add_range(&ranges, middle, to);
            to = middle;
        } else {
            add_range(&ranges, from, middle);
            from = middle;
        }
    }
    if (from != 0) {
        add_range(&ranges, from, to);
    }
    reverse(&ranges);
    return read_ranges(&ranges, read, user, out);
}

/* --- checking ---------------------------------------------------------------- */

bool ledger_included(const LedgerHash *leaf, int64_t index, int64_t size, const LedgerProof *proof,
                     const LedgerHash *root)
{
    if (index < 0 || index >= size || proof->count > LEDGER_MOST_NODES) {
        return false;
    }
    int64_t place = index;
    int64_t last = size - 1;
    LedgerHash hash = *leaf;
    for (size_t i = 0; i < proof->count; i++) {
        if (last == 0) {
            return false;
        }
        if ((place & 1) || place == last) {
            hash = ledger_join(&proof->hashes[i], &hash);
            while (!(place & 1) && place != 0) {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = ledger_join(&hash, &proof->hashes[i]);
        }
        place >>= 1;
        last >>= 1;
    }
    return last == 0 && ledger_hash_eq(&hash, root);
}

/* Walks from the old tree's last complete node up to both roots. */
static bool climb(const LedgerHash *start, const LedgerProof *proof, size_t first, int64_t place,
                  int64_t last, LedgerHash roots[2])
{
    roots[0] = *start;
    roots[1] = *start;
    for (size_t i = first; i < proof->count; i++) {
        if (last == 0) {
            return false;
        }
        if ((place & 1) || place == last) {
            roots[0] = ledger_join(&proof->hashes[i], &roots[0]);
            roots[1] = ledger_join(&proof->hashes[i], &roots[1]);
            while (!(place & 1) && place != 0) {
                place >>= 1;
                last >>= 1;
            }
        } else {
            roots[1] = ledger_join(&roots[1], &proof->hashes[i]);
        }
        place >>= 1;
        last >>= 1;
    }
    return last == 0;
}

bool ledger_consistent(int64_t old, const LedgerHash *old_root, int64_t size,
                       const LedgerHash *root, const LedgerProof *proof)
{
    if (old < 0 || old > size || proof->count > LEDGER_MOST_NODES) {
        return false;
    }
    LedgerHash empty = ledger_empty();
    if (old == 0) {
        return proof->count == 0 && ledger_hash_eq(old_root, &empty);
    }
    if (old == size) {
        return proof->count == 0 && ledger_hash_eq(old_root, root);
    }
    bool is_whole = (old & (old - 1)) == 0; /* the old tree is one complete node */
    if (!is_whole && proof->count == 0) {
        return false;
    }
    int64_t place = old - 1;
    int64_t last = size - 1;
    while (place & 1) {
        place >>= 1;
        last >>= 1;
    }
    LedgerHash roots[2];
    bool fits =
        climb(is_whole ? old_root : &proof->hashes[0], proof, is_whole ? 0 : 1, place, last, roots);
    return fits && ledger_hash_eq(&roots[0], old_root) && ledger_hash_eq(&roots[1], root);
}
