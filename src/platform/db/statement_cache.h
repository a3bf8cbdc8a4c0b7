/* statement_cache.h: what a connection has prepared, by statement. */
#ifndef PLATFORM_DB_STATEMENT_CACHE_H
#define PLATFORM_DB_STATEMENT_CACHE_H

#include <stddef.h>

#include "platform/db/db.h"

typedef struct CacheEntry {
    const SqlStatement *statement;
    void *prepared; /* the engine's */
} CacheEntry;

typedef struct StatementCache {
    CacheEntry *slots; /* open addressing; free when statement is NULL */
    size_t n_slots;
    size_t count;
} StatementCache;

/* The entry of this statement, made (with prepared NULL) when missing. Valid until the next call.
 */
CacheEntry *statement_cache_entry(StatementCache *cache, const SqlStatement *statement);
void statement_cache_free(StatementCache *cache);

#endif
