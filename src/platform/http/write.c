/* write.c: the life of a form that writes.
 *
 * The use case runs in one transaction with the form's single-use token: either both are kept or
 * neither. Where the answer led is known only afterwards, when `after` has built it, so a second
 * small write notes it beside the token, and nobody waits for it. A form that is sent again gets
 * that address; in the moment before it is noted, and for quiet routes (ballots), where it is never
 * noted, the nearest page above the form's own path.
 */
#include <stddef.h>

#include "platform/db/submission.h"
#include "platform/http/visit.h"
#include "submission_sql.h"

typedef struct WriteOutcome {
    bool was_seen;
    Str location;
} WriteOutcome;

Error *page_write(Page *page, UseCase *use_case, const void *input, size_t output_size,
                  AfterWrite *after)
{
    Write *write = &page->visit->write;
    write->is_wanted = true;
    write->is_single_use = (page->route->flags & ROUTE_REPEATABLE) == 0;
    write->use_case = use_case;
    write->after = after;
    write->input = input;
    write->output_size = output_size;
    write->output = arena_alloc(page->arena, 1, output_size + 1, _Alignof(max_align_t));
    return NULL;
}

static Error *go_there(Page *page, const void *input, const void *output)
{
    const Write *write = &page->visit->write;
    return write->notice == 0 ? page_redirect(page, write->to)
                              : page_redirect_notice(page, write->to, write->notice);
}

Error *page_write_to(Page *page, UseCase *use_case, const void *input, size_t output_size,
                     SafeUrl to, int notice)
{
    page->visit->write.to = to;
    page->visit->write.notice = notice;
    return page_write(page, use_case, input, output_size, go_there);
}

Error *page_was_sent(const Page *page, Snapshot *snapshot, bool *out)
{
    return submission_is_used(snapshot, hash_str(&page->visit->write.token_hash), out);
}

/* The transaction: the token, then the use case. */
static Error *run_once(Tx *tx, const void *input, Instant now, void *output)
{
    const Write *write = input;
    WriteOutcome *outcome = output;
    memset(write->output, 0, write->output_size);
    if (write->is_single_use) {
        Error *err = submission_use(tx, hash_str(&write->token_hash), STR(""), &outcome->was_seen,
                                    &outcome->location);
        if (err || outcome->was_seen) {
            return err;
        }
    }
    return write->use_case(tx, write->input, now, write->output);
}

/* --- the address of the first answer
 * ---------------------------------------------------------------- */

typedef struct Note {
    WriteJob job;
    Hash32 token_hash;
    Str location;
} Note;

static Error *note_location(Tx *tx, const void *input, Instant now, void *output)
{
    const Note *note = input;
    return sql_submission_set_location(tx, hash_str(&note->token_hash), note->location, NULL);
}

static void note_done(WriteJob *job)
{
    arena_destroy(job->arena); /* the note lives in it too */
}

static void remember_location(const Visit *visit)
{
    const Page *page = &visit->page;
    bool is_quiet = (page->route->flags & ROUTE_QUIET) != 0;
    if (!visit->write.is_single_use || is_quiet || page->location.len == 0) {
        return;
    }
    Arena *arena = arena_create(1 << 20);
    Note *note = arena_new(arena, Note);
    note->token_hash = visit->write.token_hash;
    note->location = arena_str(arena, page->location);
    note->job = (WriteJob){.run = note_location, .input = note, .arena = arena, .done = note_done};
    db_submit(visit->server->app->db, &note->job);
}

/* The nearest path, from the form's own upwards, that has a page. */
static Str page_above(const Visit *visit)
{
    for (size_t n = visit->target.n_segments; n > 0; n--) {
        RouteMatch match = router_match(visit->server->router, visit->target.segments, n);
        if (match.get) {
            Str path = STR("");
            for (size_t i = 0; i < n; i++) {
                path = arena_printf(visit->page.arena, "%.*s/%.*s", STR_ARG(path),
                                    STR_ARG(visit->target.segments[i]));
            }
            return path;
        }
    }
    return STR("/");
}

static void answer_again(Visit *visit, Str location)
{
    visit->page.status = 303;
    visit->page.location = location.len > 0 ? location : page_above(visit);
    visit_conclude(visit, NULL);
}

/* --- back on a worker
 * --------------------------------------------------------------------------------- */

static void run_after(Visit *visit)
{
    Write *write = &visit->write;
    Error *err = write->after(&visit->page, write->input, write->output);
    if (!err) {
        remember_location(visit);
    }
    visit_conclude(visit, err);
}

static void continue_visit(Work *work, Worker *worker)
{
    Request *request = (Request *)(void *)((char *)work - offsetof(Request, work));
    Visit *visit = request->match;
    Write *write = &visit->write;
    const WriteOutcome *outcome = write->job.output;
    Error *err = write->job.error;
    visit->worker = worker;
    bool is_unknown = err && err->code == ERROR_UNKNOWN_OUTCOME && write->is_single_use;
    if (is_unknown && !write->is_second_try) {
        write->is_second_try = true; /* the token tells whether the first try was kept */
        visit_write(visit);
    } else if (!err && outcome->was_seen) {
        answer_again(visit, outcome->location);
    } else if (!err) {
        run_after(visit);
    } else {
        visit_conclude(visit, err);
    }
}

static void write_done(WriteJob *job)
{
    request_continue(job->user, continue_visit);
}

void visit_write(Visit *visit)
{
    Write *write = &visit->write;
    write->job = (WriteJob){.run = run_once,
                            .input = write,
                            .output = arena_new(visit->page.arena, WriteOutcome),
                            .output_size = sizeof(WriteOutcome),
                            .arena = visit->page.arena,
                            .done = write_done,
                            .user = visit->request};
    db_submit(visit->server->app->db, &write->job);
}
