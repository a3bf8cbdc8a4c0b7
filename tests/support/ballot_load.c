#include "tests/support/ballot_load.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/html/out.h"
#include "platform/http/csrf.h"
#include "tests/support/http_client.h"

#define MAX_LATENCIES 200000 /* a client */
#define RECEIPT_CHARS 15     /* 7F3K-29QX-M4TZP */

typedef struct LoadClient {
    BallotLoad *load;
    pthread_t thread;
    size_t number;
    Seeded seeded;
    _Atomic int64_t acked, refused;
    _Atomic int last_refused;
    int *latencies_us;
    size_t n_latencies;
} LoadClient;

struct BallotLoad {
    LoadOptions options;
    LoadClient *clients;
    _Atomic bool is_over;
};

/* --- requests ------------------------------------------------------------------------------ */

Str ballot_path(Arena *arena, const BallotWorld *world)
{
    return arena_printf(arena, "/a/%s/polls/%s/ballot", id_text(world->area).text,
                        id_text(world->poll).text);
}

Str ballot_request(Arena *arena, const BallotWorld *world, size_t voter, unsigned choices)
{
    Str session = world->voters[voter].session;
    Str token = csrf_token(arena, &world->secret, session, "ballot");
    Str body = arena_printf(arena, "_token=%.*s", STR_ARG(token));
    for (int i = 0; i < WORLD_OPTIONS; i++) {
        if (choices & (1u << i)) {
            body = arena_printf(arena, "%.*s&options=%s", STR_ARG(body), id_text(i + 1).text);
        }
    }
    return arena_printf(arena,
                        "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: yz_session=%.*s\r\n"
                        "Content-Type: application/x-www-form-urlencoded\r\n"
                        "Content-Length: %zu\r\n\r\n%.*s",
                        ballot_path(arena, world).data, STR_ARG(session), body.len, STR_ARG(body));
}

static bool is_receipt(const char *text)
{
    for (int i = 0; i < RECEIPT_CHARS; i++) {
        char c = text[i];
        bool is_dash = i == 4 || i == 9;
        bool is_sign = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
        if (is_dash ? c != '-' : !is_sign) {
            return false;
        }
    }
    return true;
}

static Str find_receipt(Str page)
{
    for (size_t i = 0; i + RECEIPT_CHARS <= page.len; i++) {
        if (is_receipt(page.data + i)) {
            return str_slice(page, i, i + RECEIPT_CHARS);
        }
    }
    return (Str){0};
}

/* --- a client ------------------------------------------------------------------------------ */

static void note_latency(LoadClient *client, int64_t us)
{
    if (client->n_latencies < MAX_LATENCIES) {
        client->latencies_us[client->n_latencies++] = (int)us;
    }
}

/* False when the server is gone. */
static bool cast_one(LoadClient *client, int fd, Arena *arena, size_t voter, unsigned choices)
{
    BallotWorld *world = client->load->options.world;
    Str request = ballot_request(arena, world, voter, choices);
    ballot_world_sent(world, voter, choices);
    int64_t started_us = clock_monotonic_us();
    client_send(fd, request.data, request.len);
    HttpAnswer answer = client_read(fd, arena, true);
    if (answer.status == 0) {
        return false;
    }
    if (answer.status == 303 &&
        str_ends_with(answer_header(&answer, "Location", 0), STR("/receipt"))) {
        note_latency(client, clock_monotonic_us() - started_us);
        ballot_world_acked(world, voter, choices, (Str){0});
        client->acked++;
    } else {
        /* Refused means not stored: from now on it may not be found. */
        ballot_world_sent(world, voter, 0);
        client->last_refused = answer.status;
        client->refused++;
    }
    return !answer.is_closed;
}

static bool look_at_receipt(LoadClient *client, int fd, Arena *arena, size_t voter,
                            unsigned choices)
{
    BallotWorld *world = client->load->options.world;
    Str path = ballot_path(arena, world);
    Str request = arena_printf(
        arena, "GET %.*sreceipt HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: yz_session=%.*s\r\n\r\n",
        (int)(path.len - strlen("ballot")), path.data, STR_ARG(world->voters[voter].session));
    client_send(fd, request.data, request.len);
    HttpAnswer answer = client_read(fd, arena, true);
    if (answer.status == 200) {
        ballot_world_acked(world, voter, choices, find_receipt(answer.body));
    }
    return answer.status != 0 && !answer.is_closed;
}

static bool is_receipt_wanted(const LoadClient *client)
{
    int every = client->load->options.receipt_every;
    return every > 0 && client->acked % every == 1 % every;
}

static void *client_main(void *argument)
{
    LoadClient *client = argument;
    const LoadOptions *options = &client->load->options;
    size_t n_own = options->world->n_voters / options->clients;
    Arena *arena = arena_create(1u << 26);
    int fd = client_try_connect(options->port); /* the kill may come before this thread does */
    for (bool is_up = fd >= 0; is_up && !client->load->is_over;) {
        size_t voter = client->number + options->clients * seeded_below(&client->seeded, n_own);
        unsigned choices = ballot_world_choices(&client->seeded);
        int64_t before = client->acked;
        is_up = cast_one(client, fd, arena, voter, choices);
        if (is_up && client->acked > before && is_receipt_wanted(client)) {
            is_up = look_at_receipt(client, fd, arena, voter, choices);
        }
        arena_reset(arena);
    }
    if (fd >= 0) {
        close(fd);
    }
    arena_destroy(arena);
    return NULL;
}

BallotLoad *ballot_load_start(const LoadOptions *options)
{
    require(options->clients > 0 && options->clients <= options->world->n_voters);
    BallotLoad *load = calloc(1, sizeof(*load));
    load->options = *options;
    load->clients = calloc(options->clients, sizeof(LoadClient));
    Seeded seeded = {options->seed};
    for (size_t i = 0; i < options->clients; i++) {
        LoadClient *client = &load->clients[i];
        *client = (LoadClient){.load = load, .number = i, .seeded = {seeded_next(&seeded)}};
        client->latencies_us = malloc(MAX_LATENCIES * sizeof(int));
        require(client->latencies_us != NULL);
        require(pthread_create(&client->thread, NULL, client_main, client) == 0);
    }
    return load;
}

/* --- figures ------------------------------------------------------------------------------- */

static int by_number(const void *a, const void *b)
{
    return *(const int *)a < *(const int *)b ? -1 : *(const int *)a > *(const int *)b;
}

static void add_percentiles(const BallotLoad *load, LoadFigures *figures)
{
    size_t total = 0;
    for (size_t i = 0; i < load->options.clients; i++) {
        total += load->clients[i].n_latencies;
    }
    if (total == 0) {
        return;
    }
    int *all = malloc(total * sizeof(int));
    require(all != NULL);
    size_t n = 0;
    for (size_t i = 0; i < load->options.clients; i++) {
        const LoadClient *client = &load->clients[i];
        memcpy(all + n, client->latencies_us, client->n_latencies * sizeof(int));
        n += client->n_latencies;
    }
    qsort(all, total, sizeof(int), by_number);
    figures->p50_us = all[total / 2];
    figures->p99_us = all[total * 99 / 100];
    free(all);
}

LoadFigures ballot_load_so_far(const BallotLoad *load)
{
    LoadFigures figures = {0};
    for (size_t i = 0; i < load->options.clients; i++) {
        const LoadClient *client = &load->clients[i];
        figures.acked += client->acked;
        figures.refused += client->refused;
        figures.last_refused = client->refused > 0 ? client->last_refused : figures.last_refused;
    }
    return figures;
}

LoadFigures ballot_load_stop(BallotLoad *load)
{
    load->is_over = true;
    for (size_t i = 0; i < load->options.clients; i++) {
        pthread_join(load->clients[i].thread, NULL);
    }
    LoadFigures figures = ballot_load_so_far(load);
    add_percentiles(load, &figures);
    for (size_t i = 0; i < load->options.clients; i++) {
        free(load->clients[i].latencies_us);
    }
    free(load->clients);
    free(load);
    return figures;
}
