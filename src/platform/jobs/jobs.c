#include "platform/jobs/jobs.h"

#include <pthread.h>
#include <unistd.h>

#include "base/log.h"
#include "jobs_sql.h"
#include "platform/db/submission.h"
#include "platform/journal/journal.h"

#define STICKY_SECONDS  60 /* jobs more frequent than this keep their lease */
#define LEASE_MS        INT64_C(120000)
#define RENEW_MS        INT64_C(40000)
#define JOB_ARENA_BYTES (512u * 1024 * 1024)

/* A form left open longer than this can be sent twice. */
#define SUBMISSION_DAYS 60

static Error *forget_submissions(Tx *tx, const void *input, Instant now, void *output)
{
    Date before = {instant_date(now).days - SUBMISSION_DAYS};
    return submission_forget_before(tx, before, NULL);
}

static Error *clean_submissions(App *app, Arena *arena)
{
    return db_write(app->db, arena, forget_submissions, NULL, NULL, 0);
}

static const Job platform_jobs[] = {
    {.name = "journal.seal", .every_seconds = 1, .run = journal_seal},
    {.name = "auth.clean_up", .every_seconds = 3600, .run = auth_clean_up},
    {.name = "http.submissions", .every_seconds = 86400, .run = clean_submissions},
};

typedef struct Slot {
    const Job *job;
    int64_t next_ms;        /* monotonic: when it is looked at again */
    int64_t leased_till_ms; /* monotonic: sticky jobs run without asking until then */
    int64_t runs_unsaved;
} Slot;

/* A thread and its jobs. */
typedef struct Lane {
    struct JobRunner *runner;
    pthread_t thread;
    Slot *slots;
    size_t n_slots;
} Lane;

enum { LANE_QUICK, LANE_SLOW, LANES };

struct JobRunner {
    App *app;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stopping;
    Lane lanes[LANES];
    Str holder; /* host and process */
};

/* --- the table
 * ---------------------------------------------------------------------------------------- */

typedef struct Lease {
    Str name;
    Str holder;
    int64_t lease_ms;
    int64_t every_ms; /* 0: whatever the last run was */
    Str last_error;
    int64_t times;
} Lease;

/* Output bool: the lease is ours, and the job's time has come. */
static Error *take_lease(Tx *tx, const void *input, Instant now, void *output)
{
    const Lease *lease = input;
    Error *err = sql_job_add(tx, lease->name, NULL);
    if (err) {
        return err;
    }
    int64_t changed = 0;
    /* Half a second early is not early: clocks of processes differ. */
    Instant due_at = {lease->every_ms ? now.ms - lease->every_ms + 500 : INT64_MAX};
    err = sql_job_take(tx, lease->name, lease->holder, now, (Instant){now.ms + lease->lease_ms},
                       due_at, &changed);
    *(bool *)output = changed > 0;
    return err;
}

static Error *note_run(Tx *tx, const void *input, Instant now, void *output)
{
    const Lease *lease = input;
    return sql_job_ran(tx, lease->name, lease->holder, now, (Instant){now.ms + lease->lease_ms},
                       lease->last_error, lease->times, NULL);
}

static Error *give_back(Tx *tx, const void *input, Instant now, void *output)
{
    return sql_job_give_back(tx, *(const Str *)input, NULL);
}

/* --- running
 * -------------------------------------------------------------------------------------------- */

/* The public name of what went wrong, for the table; empty after success. */
static Str run_job(const Job *job, App *app, Arena *arena)
{
    Error *err = job->run(app, arena);
    if (!err) {
        return STR("");
    }
    Str name = str_from(error_code_name(err->code));
    log_event(LOG_ERROR, "job", log_str("job", str_from(job->name)), log_str("error", name),
              log_str("detail", err->detail));
    return name;
}

static bool is_sticky(const Job *job)
{
    return job->every_seconds < STICKY_SECONDS;
}

static bool has_lease(JobRunner *runner, Slot *slot, Arena *arena, int64_t now_ms)
{
    bool sticky = is_sticky(slot->job);
    if (sticky && now_ms < slot->leased_till_ms - RENEW_MS) {
        return true;
    }
    Lease lease = {.name = str_from(slot->job->name),
                   .holder = runner->holder,
                   .lease_ms = LEASE_MS,
                   .every_ms = sticky ? 0 : slot->job->every_seconds * INT64_C(1000)};
    bool taken = false;
    Error *err = db_write(runner->app->db, arena, take_lease, &lease, &taken, sizeof(taken));
    if (err) {
        log_event(LOG_WARN, "job lease", log_str("job", lease.name),
                  log_str("detail", err->detail));
        return false;
    }
    if (taken) {
        slot->leased_till_ms = now_ms + LEASE_MS;
    }
    return taken;
}

/* Sticky jobs write their line when something went wrong, not every second. */
static void save_run(JobRunner *runner, Slot *slot, Arena *arena, Str last_error)
{
    slot->runs_unsaved++;
    bool sticky = is_sticky(slot->job);
    if (sticky && last_error.len == 0 && slot->runs_unsaved < STICKY_SECONDS) {
        return;
    }
    Lease lease = {.name = str_from(slot->job->name),
                   .holder = runner->holder,
                   .lease_ms = sticky ? LEASE_MS : 0,
                   .last_error = last_error,
                   .times = slot->runs_unsaved};
    Error *err = db_write(runner->app->db, arena, note_run, &lease, NULL, 0);
    if (!err) {
        slot->runs_unsaved = 0;
        slot->leased_till_ms = clock_monotonic_ms() + lease.lease_ms;
    }
}

static void run_slot(JobRunner *runner, Slot *slot, Arena *arena)
{
    int64_t now_ms = clock_monotonic_ms();
    int64_t every_ms = slot->job->every_seconds * INT64_C(1000);
    /* Leases of long jobs are asked for often enough that a missed time is not missed by much. */
    slot->next_ms = now_ms + (every_ms < 60000 ? every_ms : 60000);
    if (has_lease(runner, slot, arena, now_ms)) {
        save_run(runner, slot, arena, run_job(slot->job, runner->app, arena));
    }
}

static void wait_a_little(JobRunner *runner)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += 250 * 1000 * 1000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_cond_timedwait(&runner->wake, &runner->lock, &until);
}

static void *runner_main(void *argument)
{
    Lane *lane = argument;
    JobRunner *runner = lane->runner;
    Arena *arena = arena_create(JOB_ARENA_BYTES);
    pthread_mutex_lock(&runner->lock);
    while (!runner->stopping) {
        pthread_mutex_unlock(&runner->lock);
        for (size_t i = 0; i < lane->n_slots; i++) {
            if (clock_monotonic_ms() >= lane->slots[i].next_ms) {
                run_slot(runner, &lane->slots[i], arena);
                arena_reset(arena);
            }
        }
        pthread_mutex_lock(&runner->lock);
        if (!runner->stopping) {
            wait_a_little(runner);
        }
    }
    pthread_mutex_unlock(&runner->lock);
    arena_destroy(arena);
    return NULL;
}

/* --- start and stop
 * --------------------------------------------------------------------------------------- */

static size_t count_jobs(const App *app)
{
    size_t n = countof(platform_jobs);
    for (size_t i = 0; i < app->n_features; i++) {
        n += app->features[i]->n_jobs;
    }
    return n;
}

/* All jobs, the platform's first. */
static const Job **list_jobs(Arena *arena, const App *app, size_t *out_n)
{
    const Job **jobs = arena_array(arena, const Job *, count_jobs(app));
    size_t n = 0;
    for (size_t i = 0; i < countof(platform_jobs); i++) {
        jobs[n++] = &platform_jobs[i];
    }
    for (size_t i = 0; i < app->n_features; i++) {
        for (size_t j = 0; j < app->features[i]->n_jobs; j++) {
            jobs[n++] = &app->features[i]->jobs[j];
        }
    }
    *out_n = n;
    return jobs;
}

static void fill_lanes(Arena *arena, JobRunner *runner)
{
    size_t n = 0;
    const Job **jobs = list_jobs(arena, runner->app, &n);
    for (size_t i = 0; i < LANES; i++) {
        runner->lanes[i].runner = runner;
        runner->lanes[i].slots = arena_array(arena, Slot, n);
    }
    for (size_t i = 0; i < n; i++) {
        Lane *lane = &runner->lanes[jobs[i]->is_slow ? LANE_SLOW : LANE_QUICK];
        lane->slots[lane->n_slots++].job = jobs[i];
    }
}

static void stop_lanes(JobRunner *runner, size_t n_started)
{
    pthread_mutex_lock(&runner->lock);
    runner->stopping = true;
    pthread_cond_broadcast(&runner->wake);
    pthread_mutex_unlock(&runner->lock);
    for (size_t i = 0; i < n_started; i++) {
        pthread_join(runner->lanes[i].thread, NULL);
    }
}

Error *jobs_start(Arena *arena, App *app, JobRunner **out)
{
    JobRunner *runner = arena_new(arena, JobRunner);
    char host[65] = {0};
    gethostname(host, sizeof(host) - 1);
    runner->app = app;
    runner->holder = arena_printf(arena, "%s:%d", host, (int)getpid());
    fill_lanes(arena, runner);
    pthread_mutex_init(&runner->lock, NULL);
    pthread_cond_init(&runner->wake, NULL);
    for (size_t i = 0; i < LANES; i++) {
        int code = pthread_create(&runner->lanes[i].thread, NULL, runner_main, &runner->lanes[i]);
        if (code != 0) {
            stop_lanes(runner, i);
            return error_make(arena, ERROR_UNAVAILABLE, "cannot start a job thread: %d", code);
        }
    }
    *out = runner;
    return NULL;
}

void jobs_stop(JobRunner *runner)
{
    stop_lanes(runner, LANES);
    Arena *arena = arena_create(JOB_ARENA_BYTES);
    Error *err = db_write(runner->app->db, arena, give_back, &runner->holder, NULL, 0);
    if (err) {
        log_event(LOG_WARN, "job leases", log_str("detail", err->detail));
    }
    arena_destroy(arena);
    pthread_cond_destroy(&runner->wake);
    pthread_mutex_destroy(&runner->lock);
}

Error *jobs_run_all(App *app, Arena *arena)
{
    size_t n = 0;
    const Job **jobs = list_jobs(arena, app, &n);
    for (size_t i = 0; i < n; i++) {
        Error *err = jobs[i]->run(app, arena);
        if (err) {
            return err;
        }
    }
    return NULL;
}
