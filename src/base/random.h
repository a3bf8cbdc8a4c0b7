/* random.h: randomness for secrets from the kernel, and a small reproducible generator for tests,
 * demo data and published draws. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stddef.h>
#include <stdint.h>

/* Unpredictable bytes (getrandom); ends the process if the kernel has none. */
void random_bytes(void *out, size_t len);

/* SplitMix64 (Steele, Lea, Flood 2014): the same numbers from the same seed on every machine. */
typedef struct Seeded {
    uint64_t state;
} Seeded;

uint64_t seeded_next(Seeded *seeded);
/* Uniform in 0 .. bound-1 without bias; bound > 0. */
uint64_t seeded_below(Seeded *seeded, uint64_t bound);

#endif
