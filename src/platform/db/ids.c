/* ids.c: 41 bits of milliseconds since 2020, 10 of process, 12 of counter.
 *
 * The time is the real one, never the moved clock of tests, so that moving it back makes no id
 * twice. When the counter is used up within a millisecond, or the clock goes back, the next
 * millisecond is used ahead of time: ids rise within a process whatever the clock does.
 */
#include "platform/db/db_internal.h"

#define EPOCH_MS     INT64_C(1577836800000) /* 2020-01-01T00:00:00Z */
#define PROCESS_BITS 10
#define COUNTER_BITS 12
#define COUNTER_MASK ((UINT64_C(1) << COUNTER_BITS) - 1)

int64_t id_make(IdMaker *maker, int64_t now_ms, int process)
{
    require(now_ms > EPOCH_MS && process >= 0 && process < 1 << PROCESS_BITS);
    uint64_t floor = (uint64_t)(now_ms - EPOCH_MS) << COUNTER_BITS;
    uint64_t last = atomic_load(&maker->last);
    uint64_t next = 0;
    do {
        next = last + 1 > floor ? last + 1 : floor;
    } while (!atomic_compare_exchange_weak(&maker->last, &last, next));
    uint64_t ms = next >> COUNTER_BITS;
    return (int64_t)(ms << (PROCESS_BITS + COUNTER_BITS) | (uint64_t)process << COUNTER_BITS |
                     (next & COUNTER_MASK));
}
