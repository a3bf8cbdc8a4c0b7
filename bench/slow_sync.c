/* slow_sync.c: a disk that takes longer to sync, for this program only: the engine's calls of
 * fdatasync() come here. Without it a machine whose disk answers from memory measures nothing but
 * its processor. */
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "bench.h"

int fdatasync(int fd)
{
    const char *microseconds = getenv("YZ_BENCH_SYNC_US");
    if (microseconds) {
        usleep((useconds_t)strtoul(microseconds, NULL, 10));
    }
    return (int)syscall(SYS_fdatasync, fd);
}
