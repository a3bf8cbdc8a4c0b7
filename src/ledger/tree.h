/* tree.h: nodes and how a range of leaves is made of complete ones; for this folder only. */
#ifndef LEDGER_TREE_H
#define LEDGER_TREE_H

#include "ledger/ledger.h"

/* The hash of a node from those of its halves. */
LedgerHash ledger_join(const LedgerHash *left, const LedgerHash *right);
/* The largest power of two below n, for n > 1. */
int64_t ledger_split(int64_t n);
/* The complete nodes that the leaves from..to are made of, left to right; 0 <= from < to, and
 * `from` a multiple of the largest power of two that is no larger than to - from. Their number. */
size_t ledger_cover(int64_t from, int64_t to, LedgerNode *out);
/* The hash of a range from the hashes of its cover. */
LedgerHash ledger_fold(const LedgerHash *hashes, size_t n);

#endif
