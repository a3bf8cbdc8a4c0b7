/* bench.h: the measurements; each prints lines "name value" that run.sh puts into the table. */
#ifndef BENCH_BENCH_H
#define BENCH_BENCH_H

#include "base/arena.h"

/* An installation with 16 proposals and a resident who is signed in. Prints the address of the list
 * of proposals and the resident's cookie. */
void bench_prepare(Arena *arena, const char *directory);
/* The list of proposals as that resident sees it, again and again without HTTP. */
void bench_page(Arena *arena, const char *directory, int seconds);
/* Ballots through HTTP, then the same rows in equal batches without the program, on the database in
 * `directory` (SQLite) or on the server `postgres`. With YZ_BENCH_SYNC_US in the environment each
 * sync of a file takes that much longer, for both sides. */
void bench_ballots(Arena *arena, const char *directory, const char *postgres, int clients,
                   int seconds);
/* What HTTP alone allows: the same clients with the same requests, answered by a worker that does
 * nothing. */
void bench_floor(Arena *arena, const char *directory, int clients, int seconds);
/* First answer after the start with so many people, memory, and what idle connections add. */
void bench_start(Arena *arena, const char *directory, int people);
/* Makes two communities of a filled demonstration (`demo --small --fill-only`) large: so many
 * people more on each roll, half of them with a ballot where there is one, so many proposals more.
 */
void bench_grow(Arena *arena, const char *directory, int people, int proposals);

#endif
