#include "main/read_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"

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

static Error *read_to_end(Arena *arena, Buf *all)
{
    char piece[16 * 1024];
    ssize_t got = 1;
    while (got != 0 && !all->overflowed) {
        got = read(STDIN_FILENO, piece, sizeof piece);
        if (got < 0 && errno != EINTR) {
            return error_make(arena, ERROR_FILE_SYSTEM, "standard input cannot be read: %s",
                              strerror(errno));
        }
        buf_append(all, piece, got > 0 ? (size_t)got : 0);
    }
    return NULL;
}

Error *read_input(Arena *arena, size_t max_bytes, Str *out)
{
    Buf all;
    buf_init(&all, max_bytes);
    Error *err = read_to_end(arena, &all);
    if (!err && all.overflowed) {
        err = error_make(arena, ERROR_TOO_LARGE, "standard input is larger than %zu bytes",
                         max_bytes);
    }
    *out = err ? (Str){0} : arena_str(arena, buf_view(&all));
    buf_free(&all);
    return err;
}
