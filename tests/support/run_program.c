#include "tests/support/run_program.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/error.h"

#define ARGUMENTS_MAX 64

/* A file without a name, so that nothing is left behind and no pipe can fill up. */
static int nameless_file(void)
{
    FILE *file = tmpfile();
    require(file != NULL);
    int fd = dup(fileno(file));
    require(fd >= 0);
    fclose(file);
    return fd;
}

static Str read_back(Arena *arena, int fd)
{
    char *bytes = arena_array(arena, char, RUN_OUTPUT_MAX);
    ssize_t got = pread(fd, bytes, RUN_OUTPUT_MAX, 0);
    require(got >= 0 && got < RUN_OUTPUT_MAX);
    close(fd);
    return str_from_bytes(bytes, (size_t)got);
}

static void become(const char *directory, const char **argv, const int fds[3])
{
    for (int i = 0; i < 3; i++) {
        dup2(fds[i], i);
    }
    if (chdir(directory) == 0) {
        execv(argv[0], (char **)(uintptr_t)argv);
    }
    _exit(127);
}

ProgramRun run_program(Arena *arena, const char *directory, const char *const *arguments, Str input)
{
    const char *build = getenv("YZ_BUILD");
    require(build != NULL);
    const char *argv[ARGUMENTS_MAX] = {arena_printf(arena, "%s/yuanzhuo", build).data};
    for (size_t i = 0; arguments[i] != NULL; i++) {
        require(i + 2 < ARGUMENTS_MAX);
        argv[i + 1] = arguments[i];
    }
    int fds[3] = {nameless_file(), nameless_file(), nameless_file()};
    require(pwrite(fds[0], input.data, input.len, 0) == (ssize_t)input.len);
    require(lseek(fds[0], 0, SEEK_SET) == 0);
    pid_t child = fork();
    require(child >= 0);
    if (child == 0) {
        become(directory, argv, fds);
    }
    int status = 0;
    require(waitpid(child, &status, 0) == child && WIFEXITED(status));
    close(fds[0]);
    return (ProgramRun){.code = WEXITSTATUS(status),
                        .out = read_back(arena, fds[1]),
                        .err = read_back(arena, fds[2])};
}
