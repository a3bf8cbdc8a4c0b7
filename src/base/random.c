#include "base/random.h"

#include <errno.h>
#include <sys/random.h>

#include "base/error.h"

void random_bytes(void *out, size_t len)
{
    unsigned char *at = out;
    while (len > 0) {
        ssize_t got = getrandom(at, len, 0);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            panic("no randomness from the kernel");
        }
        at += got;
        len -= (size_t)got;
    }
}

uint64_t seeded_next(Seeded *seeded)
{
    seeded->state += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t z = seeded->state;
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

uint64_t seeded_below(Seeded *seeded, uint64_t bound)
{
    require(bound > 0);
    uint64_t threshold = -bound % bound; /* 2^64 mod bound: values below it would be too frequent */
    uint64_t value = seeded_next(seeded);
    while (value < threshold) {
        value = seeded_next(seeded);
    }
    return value % bound;
}
