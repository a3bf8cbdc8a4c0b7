/* polls_count.c: from stored ballots to a count, and the files with which anybody repeats it. */
#include <sodium.h>

#include "base/limits.h"
#include "features/polls/polls_stored.h"

#define BALLOT_FILE_BYTES (512u * 1024 * 1024)

Error *poll_stored_load(Snapshot *snapshot, int64_t area, int64_t poll, Stored *out)
{
    Error *err = sql_poll_get(snapshot, area, poll, &out->poll);
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

Error *poll_stored_load_counted(Snapshot *snapshot, int64_t area, int64_t poll, Stored *out)
{
    Error *err = poll_stored_load(snapshot, area, poll, out);
    if (!err && out->poll.state != POLL_COUNTED) {
        err = error_make(snapshot_arena(snapshot), ERROR_NOT_FOUND, "poll not counted");
    }
    return err;
}

Error *polls_ballot_file(Snapshot *snapshot, int64_t area, int64_t poll, Buf *out)
{
    Stored stored;
    Error *err = poll_stored_load_counted(snapshot, area, poll, &stored);
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
    Error *err = poll_stored_load(snapshot, area, poll, &stored);
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
