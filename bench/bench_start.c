/* bench_start.c: how soon it answers, and how much memory it holds. */
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench.h"
#include "tests/support/ballot_world.h"
#include "tests/support/http_client.h"
#include "tests/support/server_process.h"
#include "tests/support/test_db.h"

#define STARTS      5
#define CONNECTIONS 1000
#define PER_ADDRESS 100

static void fill(Arena *arena, const char *directory, int people)
{
    Clock clock = {0};
    Db *db;
    Secret secret;
    const char *keys = arena_printf(arena, "%s/keys", directory).data;
    DbOptions options = {.where = arena_printf(arena, "%s/yuanzhuo.db", directory).data,
                         .clock = &clock};
    test_ok(secret_load(arena, keys, &secret));
    test_ok(db_open(arena, &options, &db));
    ballot_world_make(arena, db, keys, &secret, (size_t)people);
    db_close(db);
}

static long resident_kb(pid_t pid)
{
    char path[64], line[256];
    long kb = 0;
    snprintf(path, sizeof(path), "/proc/%d/status", (int)pid);
    FILE *file = fopen(path, "r");
    require(file != NULL);
    while (kb == 0 && fgets(line, sizeof(line), file)) {
        if (strncmp(line, "VmRSS:", 6) == 0) {
            kb = strtol(line + 6, NULL, 10);
        }
    }
    fclose(file);
    return kb;
}

/* Each has had one answer and stays open. */
static int open_connection(Arena *arena, int port, int number)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in from = {.sin_family = AF_INET};
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    from.sin_addr.s_addr = htonl(0x7f000002u + (unsigned)(number / PER_ADDRESS));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    require(fd >= 0 && bind(fd, (struct sockaddr *)&from, sizeof(from)) == 0);
    require(connect(fd, (struct sockaddr *)&to, sizeof(to)) == 0);
    client_text(fd, "GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
    require(client_read(fd, arena, true).status == 200);
    return fd;
}

static int by_number(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

void bench_start(Arena *arena, const char *directory, int people)
{
    installation_make(arena, directory, NULL);
    fill(arena, directory, people);
    int first_ms[STARTS];
    for (int i = 0; i < STARTS; i++) {
        ServerProcess server = server_process_start(arena, directory);
        first_ms[i] = server.first_answer_ms;
        require(server_process_stop(&server) == 0);
    }
    qsort(first_ms, STARTS, sizeof(int), by_number);
    ServerProcess server = server_process_start(arena, directory);
    long idle_kb = resident_kb(server.pid);
    int fds[CONNECTIONS];
    for (int i = 0; i < CONNECTIONS; i++) {
        fds[i] = open_connection(arena, server.port, i);
    }
    long held_kb = resident_kb(server.pid);
    for (int i = 0; i < CONNECTIONS; i++) {
        close(fds[i]);
    }
    require(server_process_stop(&server) == 0);
    printf("people %d\nfirst_answer_ms %d\nidle_kb %ld\nconnections_kb %ld\n", people,
           first_ms[STARTS / 2], idle_kb, held_kb - idle_kb);
}
