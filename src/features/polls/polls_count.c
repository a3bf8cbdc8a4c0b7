/* polls_count.c: from stored ballots to a count, and the files with which anybody repeats it. */
#include <sodium.h>

#include "base/limits.h"
#include "features/polls/polls_stored.h"

#define BALLOT_FILE_BYTES (512u * 1024 * 1024)

static Error *load(Snapshot *snapshot, int64_t area, int64_t poll, Stored *out)
{
    bool found;
    Error *err = sql_poll_get(snapshot, area, poll, &out->poll, &found);
    if (!err && !found) {
        err = error_make(snapshot_arena(snapshot), ERROR_NOT_FOUND, "no such poll");
    }
    if (!err) {
        err = sql_poll_options(snapshot, area, poll, &out->options);
    }
    return err ? err : sql_ballots_of_poll(snapshot, area, poll, &out->ballots);
}

static void write_ballot_file(const Stored *stored, Buf *out)
{
    buf_cstr(out, "receipt,choices\n");
    for (size_t i = 0; i < stored->ballots.count; i++) {
        buf_str(out, stored->ballots.rows[i].receipt);
        buf_cstr(out, ",\"");
        buf_str(out, stored->ballots.rows[i].choices);
        buf_cstr(out, "\"\n");
    }
}

/* Ballots are opened to the public only when nothing can change any more. */
static Error *load_closed(Snapshot *snapshot, int64_t area, int64_t poll, Stored *out)
{
    Error *err = load(snapshot, area, poll, out);
    if (!err && out->poll.state != POLL_COUNTED) {
        err = error_make(snapshot_arena(snapshot), ERROR_NOT_FOUND, "poll not counted");
    }
    return err;
}

Error *polls_ballot_file(Snapshot *snapshot, int64_t area, int64_t poll, Buf *out)
{
    Stored stored;
    Error *err = load_closed(snapshot, area, poll, &stored);
    if (!err) {
        write_ballot_file(&stored, out);
    }
    return err;
}

static Str hash_ballots(Arena *arena, const Stored *stored)
{
    Buf file;
    buf_init(&file, BALLOT_FILE_BYTES);
    write_ballot_file(stored, &file);
    require(!file.overflowed);
    unsigned char *hash = arena_array(arena, unsigned char, crypto_hash_sha256_BYTES);
    crypto_hash_sha256(hash, (const unsigned char *)buf_view(&file).data, file.len);
    buf_free(&file);
    return (Str){(const char *)hash, crypto_hash_sha256_BYTES};
}

Error *polls_compute(Snapshot *snapshot, int64_t area, int64_t poll, PollCount *out)
{
    Arena *arena = snapshot_arena(snapshot);
    Stored stored;
    Error *err = load(snapshot, area, poll, &stored);
    if (!err && stored.poll.state == POLL_OPEN) {
        err = error_make(arena, ERROR_POLL_NOT_OPEN, "voting still runs");
    }
    if (!err) {
        *out = (PollCount){.act = {.area = area, .poll = poll, .version = stored.poll.version},
                           .budget_fen = stored.poll.budget_fen,
                           .n_options = stored.options.count,
                           .ballots_sha256 = hash_ballots(arena, &stored)};
        err = poll_work_out(arena, &stored, out);
    }
    return err;
}

/* A cell of a Pabulib row: quoted when it holds a separator or a quote. */
static void write_cell(Buf *out, Str cell)
{
    bool plain = true;
    for (size_t i = 0; i < cell.len; i++) {
        char c = cell.data[i];
        plain = plain && c != ';' && c != '"' && c != '\n' && c != '\r';
    }
    if (plain) {
        buf_str(out, cell);
        return;
    }
    buf_char(out, '"');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.data[i] == '"') {
            buf_char(out, '"');
        }
        buf_char(out, cell.data[i] == '\n' || cell.data[i] == '\r' ? ' ' : cell.data[i]);
    }
    buf_char(out, '"');
}

static void write_amount(Buf *out, Money amount)
{
    buf_int(out, amount.fen / 100);
    if (amount.fen % 100 != 0) {
        buf_printf(out, ".%02d", (int)(amount.fen % 100));
    }
}

static void write_projects(Buf *out, const PollOptionsRows *options)
{
    buf_cstr(out, "PROJECTS\nproject_id;cost;name\n");
    for (size_t i = 0; i < options->count; i++) {
        write_cell(out, options->rows[i].code);
        buf_char(out, ';');
        write_amount(out, options->rows[i].cost_fen);
        buf_char(out, ';');
        write_cell(out, options->rows[i].title);
        buf_char(out, '\n');
    }
}

static Error *write_votes(Arena *arena, Buf *out, const Stored *stored)
{
    buf_cstr(out, "VOTES\nvoter_id;vote\n");
    for (size_t i = 0; i < stored->ballots.count; i++) {
        ArenaMark mark = arena_mark(arena);
        uint32_t *numbers;
        size_t count;
        if (!poll_ballot_read(arena, stored->ballots.rows[i].choices,
                              (int64_t)stored->options.count, &numbers, &count)) {
            return error_make(arena, ERROR_DATABASE, "a stored ballot is not well formed");
        }
        buf_int(out, (int64_t)i + 1);
        buf_char(out, ';');
        for (size_t c = 0; c < count; c++) {
            buf_cstr(out, c > 0 ? "," : "");
            buf_str(out, stored->options.rows[numbers[c] - 1].code);
        }
        buf_char(out, '\n');
        arena_rewind(arena, mark);
    }
    return NULL;
}

Error *polls_pabulib_file(Snapshot *snapshot, int64_t area, int64_t poll, Buf *out)
{
    Stored stored;
    Error *err = load_closed(snapshot, area, poll, &stored);
    if (err) {
        return err;
    }
    buf_cstr(out, "META\nkey;value\ndescription;");
    write_cell(out, stored.poll.title);
    buf_printf(out, "\nnum_projects;%zu\nnum_votes;%zu\nvote_type;approval\nbudget;",
               stored.options.count, stored.ballots.count);
    write_amount(out, stored.poll.budget_fen);
    buf_printf(out, "\nmax_length;%lld\n", (long long)stored.poll.max_choices);
    write_projects(out, &stored.options);
    return write_votes(snapshot_arena(snapshot), out, &stored);
}
