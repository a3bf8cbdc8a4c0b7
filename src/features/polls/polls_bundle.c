/* polls_bundle.c: a counted poll with all that is needed to count it again. */
#include "features/polls/polls_stored.h"
#include "platform/bundle/bundle.h"

#define FILE_BYTES (512u * 1024 * 1024)

/* What is published is what was stored, not a new count. */
static Error *load_published(Snapshot *snapshot, int64_t area, int64_t poll, ResultGetRow *result,
                             BundleResult *out)
{
    Arena *arena = snapshot_arena(snapshot);
    ResultOptionsRows rows;
    Error *err = sql_result_get(snapshot, area, poll, result);
    if (!err) {
        err = sql_result_options(snapshot, area, poll, &rows);
    }
    if (err) {
        return err;
    }
    BundleSelected *selected = arena_array(arena, BundleSelected, rows.count);
    size_t count = 0;
    while (count < rows.count && rows.rows[count].is_selected) {
        const ResultOptionsRow *row = &rows.rows[count];
        selected[count++] =
            (BundleSelected){row->code, tally_decimal_text(arena, row->cost_fen.fen, 2)};
    }
    *out = (BundleResult){.voters = result->voters,
                          .budget = tally_decimal_text(arena, result->budget_fen.fen, 2),
                          .total_cost = tally_decimal_text(arena, result->total_cost_fen.fen, 2),
                          .selected = selected,
                          .n_selected = count};
    return NULL;
}

static Error *pack(Snapshot *snapshot, const PollGetRow *poll, int64_t area, Buf *election,
                   Buf *ballots, Buf *out)
{
    ResultGetRow result;
    TallyWord options[POLL_RULE_WORDS];
    PollRule rule = poll_rule_of(poll);
    BundleFacts facts = {.options = options, .n_members = 2};
    facts.n_options = poll_rule_words(snapshot_arena(snapshot), &rule, options);
    Error *err = load_published(snapshot, area, poll->id, &result, &facts.result);
    if (!err) {
        err = polls_pabulib_file(snapshot, area, poll->id, election);
    }
    if (!err) {
        err = polls_ballot_file(snapshot, area, poll->id, ballots);
    }
    if (err) {
        return err;
    }
    const ZipMember members[] = {{STR("election.pb"), buf_view(election)},
                                 {STR("ballots.csv"), buf_view(ballots)}};
    facts.members = members;
    return bundle_write(snapshot_arena(snapshot), &facts, out);
}

Error *polls_bundle_file(Snapshot *snapshot, int64_t area, int64_t poll, Buf *out)
{
    PollGetRow row;
    Error *err = sql_poll_get(snapshot, area, poll, &row);
    if (err) {
        return err;
    }
    Buf election;
    Buf ballots;
    buf_init(&election, FILE_BYTES);
    buf_init(&ballots, FILE_BYTES);
    err = pack(snapshot, &row, area, &election, &ballots, out);
    buf_free(&election);
    buf_free(&ballots);
    return err;
}
