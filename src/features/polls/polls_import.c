/* polls_import.c: a Pabulib file becomes a counted poll. */
#include "base/limits.h"
#include "base/vec.h"
#include "features/polls/polls.h"
#include "features/polls/polls_key.h"
#include "polls_sql.h"
#include "tally/pabulib.h"

#define BALLOTS_A_CHUNK 250

/* Nothing of it is visible until the poll's state becomes POLL_COUNTED. */
typedef struct Import {
    PollNew poll;
    const PabulibFile *file;
    uint32_t from, to; /* ballots of this chunk */
} Import;

static Error *insert_poll(Tx *tx, const void *input, Instant now, void *output)
{
    const PollNew *poll = &((const Import *)input)->poll;
    Error *err = sql_poll_insert(tx, poll->area, poll->id, poll->round, poll->title, POLL_DRAFT,
                                 poll->opens_at, poll->closes_at, poll->budget_fen,
                                 poll->max_choices, 0, poll->rule.rule, poll->rule.utility,
                                 poll->rule.completion, poll->rule.increment, poll->rule.tie,
                                 poll->rule.misfit, poll->rule.zero_support, 0, true, now, NULL);
    for (size_t i = 0; !err && i < poll->n_options; i++) {
        const PollOption *o = &poll->options[i];
        err = sql_poll_option_insert(tx, poll->area, poll->id, (int64_t)i + 1, o->code, 0, o->title,
                                     o->summary, o->place, o->kind, o->cost_fen, NULL);
    }
    return err;
}

/* The ballots of such a file belong to nobody we know: their key is their place in the file. */
static Error *insert_ballot(Tx *tx, const Import *import, uint32_t ballot)
{
    Arena *arena = tx_arena(tx);
    const TallyElection *election = &import->file->election;
    uint32_t first = election->start[ballot];
    size_t count = election->start[ballot + 1] - first;
    int64_t *numbers = arena_array(arena, int64_t, count);
    for (size_t i = 0; i < count; i++) {
        numbers[i] = (int64_t)election->choices[first + i] + 1;
    }
    Str choices = STR("");
    if (count > 0) {
        Error *err = poll_ballot_write(arena, numbers, count, election->n_projects,
                                       election->n_projects, &choices);
        if (err) {
            return err;
        }
    }
    Str receipt = arena_printf(arena, "B%010u", ballot + 1);
    BallotPutRow ignored;
    return sql_ballot_put(tx, import->poll.area, import->poll.id, receipt, choices, receipt,
                          &ignored);
}

static Error *insert_chunk(Tx *tx, const void *input, Instant now, void *output)
{
    const Import *import = input;
    for (uint32_t b = import->from; b < import->to; b++) {
        ArenaMark mark = arena_mark(tx_arena(tx));
        Error *err = insert_ballot(tx, import, b);
        if (err) {
            return err;
        }
        arena_rewind(tx_arena(tx), mark);
    }
    return NULL;
}

static Error *insert_ballots(Db *db, Arena *arena, Import *import)
{
    uint32_t n_ballots = import->file->election.n_ballots;
    for (uint32_t from = 0; from < n_ballots; from += BALLOTS_A_CHUNK) {
        import->from = from;
        import->to = from + BALLOTS_A_CHUNK < n_ballots ? from + BALLOTS_A_CHUNK : n_ballots;
        Error *err = db_write(db, arena, insert_chunk, import, NULL, 0);
        if (err) {
            return err;
        }
    }
    return NULL;
}

Error *polls_amount_fen(Arena *arena, int64_t amount, int decimals, Money *out)
{
    bool ok = decimals <= 2 ? tally_decimal_rescale(amount, decimals, 2, &out->fen) : false;
    if (decimals > 2) {
        int64_t scale = 1;
        for (int i = 2; i < decimals; i++) {
            scale *= 10;
        }
        ok = amount % scale == 0;
        out->fen = amount / scale;
    }
    return ok && out->fen <= MONEY_MAX_FEN
               ? NULL
               : error_make(arena, ERROR_PABULIB,
                            "an amount is finer than 0.01 or above the limit");
}

static Error *read_options(Arena *arena, const PabulibFile *file, PollOption **out)
{
    const TallyElection *election = &file->election;
    PollOption *options = arena_array(arena, PollOption, election->n_projects);
    for (uint32_t i = 0; i < election->n_projects; i++) {
        Str name = file->projects[i].name;
        options[i] = (PollOption){.code = election->projects[i].name,
                                  .title = name.len > 0 ? name : election->projects[i].name,
                                  .summary = file->projects[i].category,
                                  .place = file->projects[i].target,
                                  .kind = 4};
        Error *err = polls_amount_fen(arena, election->projects[i].cost, election->amount_decimals,
                                      &options[i].cost_fen);
        if (err) {
            return err;
        }
    }
    *out = options;
    return NULL;
}

static Error *count_import(Db *db, Arena *arena, int64_t area, int64_t poll)
{
    Snapshot *snapshot;
    Error *err = db_snapshot_begin(db, arena, &snapshot);
    if (err) {
        return err;
    }
    PollCount *count = arena_new(arena, PollCount);
    err = polls_compute(snapshot, area, poll, count);
    db_snapshot_end(snapshot);
    return err ? err : db_write(db, arena, polls_store_count, count, NULL, 0);
}

Error *polls_import_pabulib(Db *db, Arena *arena, int64_t area, int64_t round, Str title, Str text,
                            const PollRule *rule, int64_t *out_poll)
{
    PabulibFile file;
    TallyOptions counted_by;
    PollOption *options = NULL;
    Money budget = {0};
    Error *err = poll_tally_options(arena, rule, &counted_by);
    if (!err) {
        err = pabulib_parse(arena, text, &file);
    }
    if (!err) {
        err = read_options(arena, &file, &options);
    }
    if (!err) {
        err = polls_amount_fen(arena, file.election.budget, file.election.amount_decimals, &budget);
    }
    if (err) {
        return err;
    }
    Instant now = clock_now(NULL);
    Import *import = arena_new(arena, Import);
    import->file = &file;
    import->poll = (PollNew){.area = area,
                             .id = poll_new_id(now),
                             .round = round,
                             .title = title,
                             .opens_at = now,
                             .closes_at = now,
                             .budget_fen = budget,
                             .max_choices = file.election.n_projects,
                             .rule = *rule,
                             .options = options,
                             .n_options = file.election.n_projects};
    err = db_write(db, arena, insert_poll, import, NULL, 0);
    if (!err) {
        err = insert_ballots(db, arena, import);
    }
    if (!err) {
        err = count_import(db, arena, area, import->poll.id);
    }
    *out_poll = import->poll.id;
    return err;
}
