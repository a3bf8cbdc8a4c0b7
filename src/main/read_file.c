#include "main/read_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool read_fully(int fd, char *at, size_t len)
{
    while (len > 0) {
        ssize_t got = read(fd, at, len);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return false;
        }
        at += got;
        len -= (size_t)got;
    }
    return true;
}

Error *read_file(Arena *arena, const char *path, size_t max_bytes, Str *out)
{
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        int why = fd < 0 ? errno : EINVAL;
        if (fd >= 0) {
            close(fd);
        }
        return error_make(arena, ERROR_FILE_SYSTEM, "%s cannot be read: %s", path, strerror(why));
    }
    if ((uint64_t)info.st_size > max_bytes) {
        close(fd);
        return error_make(arena, ERROR_TOO_LARGE, "%s is larger than %zu bytes", path, max_bytes);
    }
    char *data = arena_array(arena, char, (size_t)info.st_size + 1);
    bool ok = read_fully(fd, data, (size_t)info.st_size);
    close(fd);
    *out = (Str){data, (size_t)info.st_size};
    return ok ? NULL : error_make(arena, ERROR_FILE_SYSTEM, "%s was cut while reading", path);
}
