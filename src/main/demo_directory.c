#include "main/demo_directory.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "main/read_file.h"

#define MAX_SHEET_BYTES (1u << 20)

static const char *path_in(Arena *arena, const char *directory, const char *name)
{
    return arena_printf(arena, "%s/%s", directory, name).data;
}

static Error *file_error(Arena *arena, const char *path)
{
    return error_make(arena, ERROR_FILE_SYSTEM, "%s: %s", path, strerror(errno));
}

DemoDirectory demo_directory(Arena *arena, const Install *install)
{
    return (DemoDirectory){.install = install,
                           .codes = path_in(arena, install->directory, "codes.txt"),
                           .marker = path_in(arena, install->directory, "filling"),
                           .marker_fd = -1};
}

static bool exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool demo_is_complete(const DemoDirectory *directory)
{
    return exists(directory->codes);
}

/* --- beginning --------------------------------------------------------------------------------
 */

static Error *take_marker(Arena *arena, DemoDirectory *directory)
{
    directory->marker_fd = open(directory->marker, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (directory->marker_fd < 0) {
        return file_error(arena, directory->marker);
    }
    if (flock(directory->marker_fd, LOCK_EX | LOCK_NB) != 0) {
        return error_make(arena, ERROR_BUSY, "another process is filling %s",
                          directory->install->directory);
    }
    return NULL;
}

static Error *remove_file(Arena *arena, const char *path)
{
    return unlink(path) == 0 || errno == ENOENT ? NULL : file_error(arena, path);
}

/* The server's secret and the poll keys of the interrupted run. */
static Error *remove_keys(Arena *arena, const char *keys)
{
    DIR *entries = opendir(keys);
    if (!entries) {
        return errno == ENOENT ? NULL : file_error(arena, keys);
    }
    Error *err = NULL;
    for (struct dirent *entry = readdir(entries); entry && !err; entry = readdir(entries)) {
        if (entry->d_name[0] != '.') {
            err = remove_file(arena, path_in(arena, keys, entry->d_name));
        }
    }
    closedir(entries);
    return err;
}

/* Only what is inside the directory: a database elsewhere is not ours to throw away. */
static Error *remove_leftovers(Arena *arena, const Install *install)
{
    static const char *const names[] = {"yuanzhuo.db", "yuanzhuo.db-wal", "yuanzhuo.db-shm",
                                        "yuanzhuo.db.lock"};
    Error *err = NULL;
    for (size_t i = 0; i < countof(names) && !err; i++) {
        err = remove_file(arena, path_in(arena, install->directory, names[i]));
    }
    return err ? err : remove_keys(arena, path_in(arena, install->directory, "keys"));
}

Error *demo_directory_begin(Arena *arena, DemoDirectory *directory)
{
    const Install *install = directory->install;
    if (mkdir(install->directory, 0700) != 0 && errno != EEXIST) {
        return file_error(arena, install->directory);
    }
    bool was_interrupted = exists(directory->marker);
    if (!was_interrupted && exists(path_in(arena, install->directory, "yuanzhuo.db"))) {
        return error_make(arena, ERROR_ALREADY_EXISTS,
                          "%s holds an installation that is not a demonstration; name another "
                          "directory with --dir",
                          install->directory);
    }
    Error *err = take_marker(arena, directory);
    return err || !was_interrupted ? err : remove_leftovers(arena, install);
}

/* --- finishing --------------------------------------------------------------------------------
 */

static Error *write_file(Arena *arena, const char *path, Str bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        return file_error(arena, path);
    }
    bool is_written = write(fd, bytes.data, bytes.len) == (ssize_t)bytes.len && fsync(fd) == 0;
    Error *err = is_written ? NULL : file_error(arena, path);
    close(fd);
    return err;
}

Error *demo_directory_finish(Arena *arena, DemoDirectory *directory, Str sheet)
{
    const char *new_path = arena_printf(arena, "%s.new", directory->codes).data;
    Error *err = write_file(arena, new_path, sheet);
    if (!err && rename(new_path, directory->codes) != 0) {
        err = file_error(arena, directory->codes);
    }
    if (!err) {
        err = remove_file(arena, directory->marker);
    }
    close(directory->marker_fd);
    directory->marker_fd = -1;
    return err;
}

Error *demo_directory_sheet(Arena *arena, const DemoDirectory *directory, Str *out, int *out_days)
{
    struct stat about;
    Clock real = {0};
    if (stat(directory->codes, &about) != 0) {
        return file_error(arena, directory->codes);
    }
    Date written = instant_date((Instant){(int64_t)about.st_mtime * 1000});
    *out_days = instant_date(clock_now(&real)).days - written.days;
    return read_file(arena, directory->codes, MAX_SHEET_BYTES, out);
}
