/* jobs.h: recurring work of the rooms and of the platform, under leases: on one thread what is
 * quick, on another what waits for somebody outside (Job.is_slow).
 *
 * Each Job row has a line in table job. A process that holds its lease runs it; others try again
 * when the lease is over. Jobs of less than a minute keep their lease between runs, so that the
 * sealer does not write a row every second; longer ones take it for each run, so that a job of
 * every day runs once a day however many processes there are. A job that fails is logged, noted in
 * the table and tried again at its next time.
 */
#ifndef PLATFORM_JOBS_JOBS_H
#define PLATFORM_JOBS_JOBS_H

#include "platform/http/app.h"

typedef struct JobRunner JobRunner;

MUST_USE Error *jobs_start(Arena *arena, App *app, JobRunner **out);
/* Lets the running jobs finish, gives the leases back, ends the threads. */
void jobs_stop(JobRunner *runner);
/* Runs every job once, now, whatever its times say: for tests and commands. */
MUST_USE Error *jobs_run_all(App *app, Arena *arena);

#endif
