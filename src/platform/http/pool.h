/* pool.h: the bounded pool of workers in which every handler runs.
 *
 * Work is intrusive: embed a Work as a member and find the owner from it. New requests are refused
 * when the queue is full; continuations of accepted requests never are, and go first.
 */
#ifndef PLATFORM_HTTP_POOL_H
#define PLATFORM_HTTP_POOL_H

#include <stdbool.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/error.h"

typedef struct Pool Pool;

/* What one worker thread keeps between requests. */
typedef struct Worker {
    Pool *pool;
    z_stream gzip; /* reused: making one costs a quarter of a megabyte */
    bool gzip_ready;
} Worker;

typedef struct Work {
    void (*run)(struct Work *work, Worker *worker);
    struct Work *next;
} Work;

/* Starts `workers` threads; at most max_queued new pieces of work wait. */
MUST_USE Error *pool_start(Arena *arena, int workers, int max_queued, Pool **out);
/* Queues new work; false, and nothing happens, when the queue is full. Workers that are awake may
 * take it at once; call pool_wake() soon after, once for all that was pushed. */
bool pool_push(Pool *pool, Work *work);
/* Wakes as many idle workers as there is work for: a loop hands over what one round of reading gave
 * it in one go, instead of giving up its core for each. */
void pool_wake(Pool *pool);
/* Queues work that continues something accepted: never refused, runs before new work. */
void pool_push_first(Pool *pool, Work *work);
/* Pieces of work waiting, both kinds. */
int pool_queued(Pool *pool);
/* Runs what is queued, then ends the threads and frees the pool. Nobody may push any more. */
void pool_stop(Pool *pool);

#endif
