/* chain.h: the hash of one journal entry after another; pure. The format is in journal.h. */
#ifndef PLATFORM_JOURNAL_CHAIN_H
#define PLATFORM_JOURNAL_CHAIN_H

#include "base/clock.h"
#include "platform/auth/secret.h"

typedef struct ChainEntry {
    int64_t area;
    int64_t id;
    int64_t actor;
    Instant at;
    Str act;
    Str subject;
    Str reason;
    Str commitment; /* salt and hash, or empty; only the hash enters the chain */
} ChainEntry;

Hash32 chain_next(const Hash32 *previous, const ChainEntry *entry);

#endif
