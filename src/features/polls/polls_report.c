/* polls_report.c: a count worked out, with its explanation; and stored, once. */
#include "base/buf.h"
#include "base/limits.h"
#include "features/polls/polls_stored.h"
#include "platform/journal/journal.h"

PollRule poll_rule_of(const PollGetRow *poll)
{
    return (PollRule){.rule = poll->rule,
                      .utility = poll->utility,
                      .completion = poll->completion,
                      .increment = poll->increment_fen,
                      .tie = poll->tie,
                      .zero_support = poll->zero_support,
                      .misfit = poll->misfit};
}

Error *poll_stored_election(Arena *arena, const Stored *stored, TallyElection *out)
{
    size_t n_options = stored->options.count;
    size_t n_ballots = stored->ballots.count;
    PollOptionIn *options = arena_array(arena, PollOptionIn, n_options);
    for (size_t i = 0; i < n_options; i++) {
        options[i] =
            (PollOptionIn){stored->options.rows[i].code, stored->options.rows[i].cost_fen.fen};
    }
    Str *ballots = arena_array(arena, Str, n_ballots);
    for (size_t i = 0; i < n_ballots; i++) {
        ballots[i] = stored->ballots.rows[i].choices;
    }
    return poll_election(arena, options, n_options, stored->poll.budget_fen.fen, ballots, n_ballots,
                         out);
}

static void find_lacked(Arena *arena, const TallyElection *election, const TallyOptions *options,
                        PollCount *count)
{
    const TallyResult *result = &count->result;
    TallyShortfall *lacked = arena_array(arena, TallyShortfall, election->n_projects);
    /* In whole yuan. */
    TallyEffort effort =
        tally_effort(election, options, election->n_projects - result->n_selected, 100);
    for (uint32_t p = 0; p < election->n_projects; p++) {
        ArenaMark mark = arena_mark(arena);
        lacked[p] = tally_shortfall(arena, election, options, result, p, &effort);
        arena_rewind(arena, mark);
    }
    count->lacked = lacked;
}

/* The rules people ask about. */
static const struct {
    Str rule, utility, completion;
} others[] = {
    {STR_INIT("greedy"), STR_INIT("cost"), STR_INIT("none")},
    {STR_INIT("equal-shares"), STR_INIT("cost"), STR_INIT("greedy")},
    {STR_INIT("phragmen"), STR_INIT("cost"), STR_INIT("none")},
    {STR_INIT("max-satisfaction"), STR_INIT("count"), STR_INIT("none")},
};
_Static_assert(countof(others) <= POLL_MAX_OTHERS, "PollCount.others");

/* One that is too much work for this election is left out. */
static void compare_others(Arena *arena, const TallyElection *election, PollCount *count)
{
    for (size_t i = 0; i < countof(others); i++) {
        PollRule rule = count->rule;
        rule.rule = others[i].rule;
        rule.utility = others[i].utility;
        rule.completion = others[i].completion;
        TallyOptions options;
        TallyResult result;
        bool is_own = str_eq(rule.rule, count->rule.rule);
        if (is_own || poll_tally_options(arena, &rule, &options) != NULL ||
            tally_run(arena, election, &options, &result) != NULL) {
            continue;
        }
        count->others[count->n_others++] =
            (PollOther){.rule = rule,
                        .total_cost_fen = {result.total_cost},
                        .n_selected = result.n_selected,
                        .compared = tally_compare(arena, election, &count->result, &result)};
    }
}

Error *poll_work_out(Arena *arena, const Stored *stored, PollCount *out)
{
    TallyElection election;
    TallyOptions options;
    out->rule = poll_rule_of(&stored->poll);
    Error *err = poll_tally_options(arena, &out->rule, &options);
    if (!err) {
        err = poll_stored_election(arena, stored, &election);
    }
    if (!err) {
        err = tally_run(arena, &election, &options, &out->result);
    }
    if (!err) {
        find_lacked(arena, &election, &options, out);
        out->wins = tally_wins(arena, &election, &out->result);
        tally_checks(arena, &election, &options, &out->result, out->checks);
        compare_others(arena, &election, out);
    }
    return err;
}

/* ---- storing -------------------------------------------------------------------------------- */

static Error *store_option(Tx *tx, const PollCount *count, size_t i, const TallyRound *round)
{
    const TallyExplanation *e = &count->result.projects[i];
    const TallyShortfall *lacked = &count->lacked[i];
    bool won = e->reason == TALLY_SELECTED;
    PollFunding funding = won ? poll_funding(e, round) : POLL_NOT_FUNDED;
    bool shared = funding == POLL_FUNDED_VOTERS;
    return sql_result_option_insert(
        tx, count->act.area, count->act.poll, (int64_t)i + 1, (int64_t)e->place, won, e->votes,
        (Money){e->left_before}, (int64_t)e->reason, funding, shared ? e->price : STR(""),
        shared ? e->payers : 0, won ? STR("") : e->supporters_left, (Money){lacked->cheaper},
        lacked->supporters, (Money){lacked->budget}, NULL);
}

static Error *store_options(Tx *tx, const PollCount *count)
{
    const TallyRound **rounds = arena_array(tx_arena(tx), const TallyRound *, count->n_options);
    for (uint32_t r = 0; r < count->result.n_selected; r++) {
        rounds[count->result.selected[r]] = &count->result.rounds[r];
    }
    Error *err = NULL;
    for (size_t i = 0; !err && i < count->n_options; i++) {
        err = store_option(tx, count, i, rounds[i]);
    }
    return err;
}

static Error *store_wins(Tx *tx, const PollCount *count)
{
    Error *err = NULL;
    for (uint32_t w = 0; !err && w < count->wins.n_by_wins; w++) {
        err = sql_poll_wins_insert(tx, count->act.area, count->act.poll, w, count->wins.by_wins[w],
                                   NULL);
    }
    return err;
}

static Error *store_checks(Tx *tx, const PollCount *count)
{
    Error *err = NULL;
    for (size_t i = 0; !err && i < TALLY_CHECKS; i++) {
        const TallyCheck *check = &count->checks[i];
        int64_t option = check->project == TALLY_NO_PROJECT ? 0 : (int64_t)check->project + 1;
        err = sql_poll_check_insert(tx, count->act.area, count->act.poll, (int64_t)i,
                                    check->verdict, option, check->voters, check->money, NULL);
    }
    return err;
}

/* Option numbers, separated by commas. */
static Str numbers(Arena *arena, const uint32_t *projects, uint32_t count)
{
    Buf text;
    buf_init(&text, (size_t)count * 12 + 1);
    for (uint32_t i = 0; i < count; i++) {
        buf_cstr(&text, i > 0 ? "," : "");
        buf_int(&text, (int64_t)projects[i] + 1);
    }
    Str out = arena_str(arena, buf_view(&text));
    buf_free(&text);
    return out;
}

static Error *store_others(Tx *tx, const PollCount *count)
{
    Arena *arena = tx_arena(tx);
    Error *err = NULL;
    for (size_t i = 0; !err && i < count->n_others; i++) {
        const PollOther *other = &count->others[i];
        const TallyComparison *c = &other->compared;
        err = sql_poll_other_insert(
            tx, count->act.area, count->act.poll, (int64_t)i, other->rule.rule, other->rule.utility,
            other->rule.completion, other->total_cost_fen, (int64_t)other->n_selected,
            numbers(arena, c->second, c->n_second), numbers(arena, c->first, c->n_first),
            c->by_wins.second, c->by_wins.first, NULL);
    }
    return err;
}

static Error *store_result(Tx *tx, const PollCount *count, Instant now)
{
    const TallyResult *result = &count->result;
    Error *err = sql_result_insert(
        tx, count->act.area, count->act.poll, count->rule.rule, count->rule.utility,
        count->rule.tie, result->voters, count->budget_fen, (Money){result->total_cost},
        result->endowment, result->steps, now, count->ballots_sha256, NULL);
    if (!err) {
        err = store_options(tx, count);
    }
    if (!err) {
        err = store_wins(tx, count);
    }
    if (!err) {
        err = store_checks(tx, count);
    }
    return err ? err : store_others(tx, count);
}

/* Whoever has an interest in a project on the ballot keeps out of the count, too. */
static Error *check_interests(Tx *tx, const PollAct *act)
{
    PollInterestsRow row = {0};
    Error *err = sql_poll_interests(tx_snapshot(tx), act->area, act->poll, act->actor, &row);
    if (!err && row.n > 0) {
        err = error_make(tx_arena(tx), ERROR_SCREENING_INTERESTED_POLL, "declared an interest");
    }
    return err;
}

Error *polls_store_count(Tx *tx, const void *input, Instant now, void *output)
{
    const PollCount *count = input;
    Error *err = check_interests(tx, &count->act);
    if (!err) {
        err = sql_poll_counted(tx, count->act.area, count->act.poll, now, count->act.version);
    }
    if (!err) {
        err = store_result(tx, count, now);
    }
    return err ? err
               : journal_write(tx, count->act.area, count->act.actor, "poll.count", "poll",
                               count->act.poll, STR(""), STR(""));
}
