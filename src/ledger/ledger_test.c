/* The tree against a plain recursive one, the published values, every proof of small trees, and
 * proofs that lie. Trees up to EVERY leaves are tried whole; YZ_FULL=1: up to 2,000. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "ledger/tree.h"

#define EVERY  260
#define LEAVES 2000
#define LEVELS 12

/* A log in memory, by level. */
typedef struct Log {
    LedgerHash nodes[LEVELS][LEAVES];
    LedgerHash roots[LEAVES + 1]; /* by size */
    int64_t size;
    int64_t reads;
} Log;

static Error *read_log(void *user, const LedgerNode *nodes, size_t n, LedgerHash *out)
{
    Log *log = user;
    log->reads++;
    for (size_t i = 0; i < n; i++) {
        assert_true(nodes[i].level < LEVELS);
        /* Only what is complete may be asked for. */
        assert_true((nodes[i].index + 1) << nodes[i].level <= log->size);
        out[i] = log->nodes[nodes[i].level][nodes[i].index];
    }
    return NULL;
}

static LedgerHash leaf_of(int64_t i)
{
    char text[32];
    int n = snprintf(text, sizeof text, "leaf %lld", (long long)i);
    return ledger_leaf(str_from_bytes(text, (size_t)n));
}

static void add(Log *log, const LedgerHash *leaf)
{
    LedgerStored made[LEDGER_MOST_NODES];
    size_t n = 0;
    assert_null(ledger_append(log->size, leaf, read_log, log, made, &n));
    for (size_t i = 0; i < n; i++) {
        log->nodes[made[i].node.level][made[i].node.index] = made[i].hash;
    }
    log->size++;
}

static int set_up(void **state)
{
    Log *log = calloc(1, sizeof *log);
    log->roots[0] = ledger_empty();
    for (int64_t i = 0; i < LEAVES; i++) {
        LedgerHash leaf = leaf_of(i);
        add(log, &leaf);
        assert_null(ledger_root(log->size, read_log, log, &log->roots[log->size]));
    }
    *state = log;
    return 0;
}

static int tear_down(void **state)
{
    free(*state);
    return 0;
}

/* MTH of RFC 9162, 2.1.1, word for word. */
static LedgerHash plain_root(const LedgerHash *leaves, int64_t n)
{
    if (n == 1) {
        return leaves[0];
    }
    int64_t k = 1;
    while (2 * k < n) {
        k *= 2;
    }
    LedgerHash left = plain_root(leaves, k);
    LedgerHash right = plain_root(leaves + k, n - k);
    return ledger_join(&left, &right);
}

static int64_t most_tried(void)
{
    return getenv("YZ_FULL") != NULL ? LEAVES : EVERY;
}

/* --- hashes and roots --------------------------------------------------------- */

static void hex_is(const LedgerHash *hash, const char *expected)
{
    char text[2 * LEDGER_HASH_BYTES + 1];
    for (size_t i = 0; i < LEDGER_HASH_BYTES; i++) {
        snprintf(text + 2 * i, 3, "%02x", hash->bytes[i]);
    }
    assert_string_equal(text, expected);
}

/* The eight leaves and roots that the implementations of Certificate Transparency share. */
static void the_roots_of_the_shared_test_leaves_are_those_published(void **state)
{
    (void)state;
    static const Str leaves[] = {
        STR_INIT(""),
        STR_INIT("\x00"),
        STR_INIT("\x10"),
        STR_INIT("\x20\x21"),
        STR_INIT("\x30\x31"),
        STR_INIT("\x40\x41\x42\x43"),
        STR_INIT("\x50\x51\x52\x53\x54\x55\x56\x57"),
        STR_INIT("\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f")};
    static const char *const roots[] = {
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
    Log *log = calloc(1, sizeof *log);
    for (size_t i = 0; i < countof(roots); i++) {
        LedgerHash root;
        assert_null(ledger_root(log->size, read_log, log, &root));
        hex_is(&root, roots[i]);
        if (i < countof(leaves)) {
            LedgerHash leaf = ledger_leaf(leaves[i]);
            add(log, &leaf);
        }
    }
    free(log);
}

static void every_root_is_that_of_the_plain_recursion(void **state)
{
    Log *log = *state;
    for (int64_t size = 1; size <= LEAVES; size++) {
        LedgerHash plain = plain_root(log->nodes[0], size);
        assert_true(ledger_hash_eq(&plain, &log->roots[size]));
    }
}

static void an_append_and_a_root_read_once_at_most(void **state)
{
    Log *log = *state;
    int64_t before = log->reads;
    LedgerHash root;
    assert_null(ledger_root(LEAVES - 1, read_log, log, &root));
    assert_int_equal(log->reads, before + 1);
}

/* --- proofs ------------------------------------------------------------------ */

static void check_inclusions(Log *log, int64_t size)
{
    for (int64_t i = 0; i < size; i++) {
        LedgerProof proof;
        assert_null(ledger_inclusion(i, size, read_log, log, &proof));
        const LedgerHash *leaf = &log->nodes[0][i];
        assert_true(ledger_included(leaf, i, size, &proof, &log->roots[size]));
        assert_false(ledger_included(leaf, i + 1, size, &proof, &log->roots[size]) && size > 1);
        assert_false(ledger_included(leaf, i, size, &proof, &log->roots[size - 1]));
    }
}

static void every_leaf_of_every_tree_has_its_proof(void **state)
{
    Log *log = *state;
    for (int64_t size = 1; size <= most_tried(); size++) {
        check_inclusions(log, size);
    }
    check_inclusions(log, LEAVES);
}

static void check_consistencies(Log *log, int64_t size)
{
    for (int64_t old = 0; old <= size; old++) {
        LedgerProof proof;
        assert_null(ledger_consistency(old, size, read_log, log, &proof));
        const LedgerHash *roots = log->roots;
        assert_true(ledger_consistent(old, &roots[old], size, &roots[size], &proof));
        if (old > 0 && old < size) {
            assert_false(ledger_consistent(old, &roots[old - 1], size, &roots[size], &proof));
            assert_false(ledger_consistent(old, &roots[old], size, &roots[size - 1], &proof));
        }
    }
}

static void every_tree_is_shown_to_begin_with_every_smaller_one(void **state)
{
    Log *log = *state;
    for (int64_t size = 0; size <= most_tried(); size++) {
        check_consistencies(log, size);
    }
    check_consistencies(log, LEAVES);
}

/* One bit anywhere, one hash more, one less, or two swapped. */
static void spoil(LedgerProof *proof, Seeded *seed)
{
    uint64_t how = seeded_below(seed, 4);
    size_t at = proof->count > 0 ? seeded_below(seed, proof->count) : 0;
    if (how == 0 && proof->count > 0) {
        proof->hashes[at].bytes[seeded_below(seed, LEDGER_HASH_BYTES)] ^=
            (uint8_t)(1u << seeded_below(seed, 8));
    } else if (how == 1 && proof->count > 0) {
        proof->count--;
    } else if (how == 2 && proof->count > 1) {
        LedgerHash first = proof->hashes[at];
        size_t other = (at + 1) % proof->count;
        proof->hashes[at] = proof->hashes[other];
        proof->hashes[other] = first;
    } else {
        proof->hashes[proof->count++] = leaf_of((int64_t)how);
    }
}

static void a_spoilt_proof_is_refused(void **state)
{
    Log *log = *state;
    Seeded seed = {20270501};
    for (int i = 0; i < 20000; i++) {
        LedgerProof proof;
        int64_t size = 1 + (int64_t)seeded_below(&seed, LEAVES);
        int64_t index = (int64_t)seeded_below(&seed, (uint64_t)size);
        assert_null(ledger_inclusion(index, size, read_log, log, &proof));
        spoil(&proof, &seed);
        assert_false(
            ledger_included(&log->nodes[0][index], index, size, &proof, &log->roots[size]));
        assert_null(ledger_consistency(index, size, read_log, log, &proof));
        spoil(&proof, &seed);
        assert_false(ledger_consistent(index, &log->roots[index], size, &log->roots[size], &proof));
    }
}

static void numbers_out_of_range_prove_nothing(void **state)
{
    Log *log = *state;
    LedgerProof proof = {.count = 0};
    assert_true(ledger_included(&log->nodes[0][0], 0, 1, &proof, &log->roots[1]));
    assert_false(ledger_included(&log->nodes[0][0], 1, 1, &proof, &log->roots[1]));
    assert_false(ledger_included(&log->nodes[0][0], -1, 1, &proof, &log->roots[1]));
    assert_false(ledger_included(&log->nodes[0][0], 0, 0, &proof, &log->roots[0]));
    assert_false(ledger_consistent(2, &log->roots[2], 1, &log->roots[1], &proof));
    assert_false(ledger_consistent(-1, &log->roots[0], 1, &log->roots[1], &proof));
    proof.count = LEDGER_MOST_NODES + 1;
    assert_false(ledger_included(&log->nodes[0][0], 0, 1, &proof, &log->roots[1]));
    assert_false(ledger_consistent(0, &log->roots[0], 1, &log->roots[1], &proof));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_roots_of_the_shared_test_leaves_are_those_published),
        cmocka_unit_test(every_root_is_that_of_the_plain_recursion),
        cmocka_unit_test(an_append_and_a_root_read_once_at_most),
        cmocka_unit_test(every_leaf_of_every_tree_has_its_proof),
        cmocka_unit_test(every_tree_is_shown_to_begin_with_every_smaller_one),
        cmocka_unit_test(a_spoilt_proof_is_refused),
        cmocka_unit_test(numbers_out_of_range_prove_nothing),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
