#include "platform/db/statement_cache.h"

static CacheEntry *find_slot(StatementCache *cache, const SqlStatement *statement)
{
    size_t i = ((uintptr_t)statement >> 4) * 0x9E3779B97F4A7C15u;
    for (;; i++) {
        CacheEntry *entry = &cache->slots[i & (cache->n_slots - 1)];
        if (!entry->statement || entry->statement == statement) {
            return entry;
        }
    }
}

static void grow(StatementCache *cache)
{
    StatementCache bigger = {.n_slots = cache->n_slots ? cache->n_slots * 2 : 64};
    bigger.slots = calloc(bigger.n_slots, sizeof(*bigger.slots));
    require(bigger.slots != NULL);
    for (size_t i = 0; i < cache->n_slots; i++) {
        if (cache->slots[i].statement) {
            *find_slot(&bigger, cache->slots[i].statement) = cache->slots[i];
            bigger.count++;
        }
    }
    free(cache->slots);
    *cache = bigger;
}

CacheEntry *statement_cache_entry(StatementCache *cache, const SqlStatement *statement)
{
    if (cache->count * 2 >= cache->n_slots) {
        grow(cache);
    }
    CacheEntry *entry = find_slot(cache, statement);
    if (!entry->statement) {
        entry->statement = statement;
        cache->count++;
    }
    return entry;
}

void statement_cache_free(StatementCache *cache)
{
    free(cache->slots);
    *cache = (StatementCache){0};
}
