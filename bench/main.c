/* bench: one measurement a call, for run.sh. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "bench.h"

static int number(const char *text)
{
    return (int)strtol(text, NULL, 10);
}

int main(int argc, char **argv)
{
    log_set_level(LOG_ERROR);
    Arena *arena = arena_create((size_t)1 << 31);
    if (argc == 3 && strcmp(argv[1], "prepare") == 0) {
        bench_prepare(arena, argv[2]);
    } else if (argc == 4 && strcmp(argv[1], "page") == 0) {
        bench_page(arena, argv[2], number(argv[3]));
    } else if (argc == 5 && strcmp(argv[1], "ballots") == 0) {
        bench_ballots(arena, argv[2], NULL, number(argv[3]), number(argv[4]));
    } else if (argc == 6 && strcmp(argv[1], "ballots") == 0) {
        bench_ballots(arena, argv[2], argv[5], number(argv[3]), number(argv[4]));
    } else if (argc == 5 && strcmp(argv[1], "floor") == 0) {
        bench_floor(arena, argv[2], number(argv[3]), number(argv[4]));
    } else if (argc == 4 && strcmp(argv[1], "start") == 0) {
        bench_start(arena, argv[2], number(argv[3]));
    } else if (argc == 5 && strcmp(argv[1], "grow") == 0) {
        bench_grow(arena, argv[2], number(argv[3]), number(argv[4]));
    } else {
        fputs("usage: bench prepare DIR | page DIR SECONDS | ballots DIR CLIENTS SECONDS [POSTGRES]"
              " | floor DIR CLIENTS SECONDS | start DIR PEOPLE | grow DIR PEOPLE PROPOSALS\n",
              stderr);
        return 2;
    }
    arena_destroy(arena);
    return 0;
}
