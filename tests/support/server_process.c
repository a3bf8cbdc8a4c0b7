#include "tests/support/server_process.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/error.h"
#include "tests/support/http_client.h"

static const char *program(Arena *arena)
{
    const char *build = getenv("YZ_BUILD");
    return arena_printf(arena, "%s/yuanzhuo", build ? build : "build").data;
}

/* In the child: standard output to `out`, the log to a file of the installation. */
static void become(Arena *arena, const char *directory, char *const *arguments, int out)
{
    const char *log = arena_printf(arena, "%s/server.log", directory).data;
    int log_fd = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* not left behind by a test that dies */
    dup2(out, STDOUT_FILENO);
    dup2(log_fd, STDERR_FILENO);
    execv(arguments[0], arguments);
    _exit(127);
}

static pid_t run(Arena *arena, const char *directory, char *const *arguments, int out)
{
    pid_t pid = fork();
    require(pid >= 0);
    if (pid == 0) {
        become(arena, directory, arguments, out);
    }
    return pid;
}

void installation_make(Arena *arena, const char *directory, const char *settings)
{
    if (settings) {
        FILE *file = fopen(arena_printf(arena, "%s/yuanzhuo.conf", directory).data, "w");
        require(file != NULL && fputs(settings, file) >= 0 && fclose(file) == 0);
    }
    char *const arguments[] = {(char *)program(arena), "init",   "--dir",
                               (char *)directory,      "--area", "青梧区",
                               "--administrator",      "管理员", NULL};
    int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    pid_t pid = run(arena, directory, arguments, nowhere);
    int status = -1;
    require(waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    close(nowhere);
}

/* The port in "http://127.0.0.1:PORT/", the line that says the program is ready. */
static int read_port(int fd)
{
    char line[128];
    size_t length = 0;
    while (length + 1 < sizeof(line) && read(fd, line + length, 1) == 1 && line[length] != '\n') {
        length++;
    }
    line[length] = '\0';
    int port = 0;
    require(sscanf(line, "http://127.0.0.1:%d/", &port) == 1);
    return port;
}

ServerProcess server_process_start(Arena *arena, const char *directory)
{
    char *const arguments[] = {
        (char *)program(arena), "serve", "--dir", (char *)directory, "--port", "0", NULL};
    int ends[2];
    require(pipe2(ends, O_CLOEXEC) == 0);
    int64_t started_ms = clock_monotonic_ms();
    ServerProcess server = {.pid = run(arena, directory, arguments, ends[1])};
    close(ends[1]);
    server.port = read_port(ends[0]);
    close(ends[0]);
    HttpAnswer answer = client_get(arena, server.port, "/healthz", "");
    require(answer.status == 200);
    server.first_answer_ms = (int)(clock_monotonic_ms() - started_ms);
    return server;
}

void server_process_kill(const ServerProcess *server)
{
    require(kill(server->pid, SIGKILL) == 0);
    require(waitpid(server->pid, NULL, 0) == server->pid);
}

int server_process_stop(const ServerProcess *server)
{
    int status = -1;
    require(kill(server->pid, SIGTERM) == 0);
    require(waitpid(server->pid, &status, 0) == server->pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}
