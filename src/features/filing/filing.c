/* filing.c: the use cases: the community files, the street receives or returns, the community
 * answers. */
#include "features/filing/filing.h"

#include "features/programmes/programmes.h"
#include "filing_sql.h"
#include "platform/journal/journal.h"

static Error *check_open(Tx *tx, int64_t area, int64_t round)
{
    RoundInfo info;
    Error *err = programmes_round(tx_snapshot(tx), area, round, &info);
    if (!err && !programmes_stage_is_open(&info, STAGE_KIND_FILE)) {
        err = error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "no filing now");
    }
    return err;
}

/* --- a whole round ----------------------------------------------------------- */

static Error *check_all(Tx *tx, const FilingAll *all)
{
    Arena *arena = tx_arena(tx);
    Error *err = check_open(tx, all->area, all->round);
    if (!err) {
        err = error_length(arena, "letter", str_trim(all->letter), 0, FILING_LETTER_MAX);
    }
    return err ? err : error_length(arena, "words", str_trim(all->words), 0, FILING_NOTE_MAX);
}

static Error *check_count(Tx *tx, const FilingAll *all, int64_t count)
{
    return count > 0 && count == all->n_shown ? NULL
                                              : error_make(tx_arena(tx), ERROR_VERSION_CONFLICT,
                                                           "%lld are waiting", (long long)count);
}

static Error *journal_all(Tx *tx, const FilingAll *all, const char *act)
{
    Str words = arena_printf(tx_arena(tx), "%lld 项", (long long)all->n_shown);
    return journal_write(tx, all->area, all->actor, act, "round", all->round, words, STR(""));
}

Error *filing_file(Tx *tx, const void *input, Instant now, void *output)
{
    const FilingAll *all = input;
    int64_t count = 0;
    Error *err = check_all(tx, all);
    if (!err) {
        err = sql_filing_file(tx, all->area, all->round, &count);
    }
    if (!err) {
        err = check_count(tx, all, count);
    }
    if (!err) {
        err = sql_filing_file_acts(tx, all->area, all->round, str_trim(all->letter),
                                   str_trim(all->words), all->actor, now, NULL);
    }
    return err ? err : journal_all(tx, all, "filing.file");
}

Error *filing_receive(Tx *tx, const void *input, Instant now, void *output)
{
    const FilingAll *all = input;
    int64_t count = 0;
    Error *err = check_all(tx, all);
    if (!err) {
        err = sql_filing_receive_acts(tx, all->area, all->round, str_trim(all->letter), all->actor,
                                      now, NULL);
    }
    if (!err) {
        err = sql_filing_receive(tx, all->area, all->round, &count);
    }
    if (!err) {
        err = check_count(tx, all, count);
    }
    return err ? err : journal_all(tx, all, "filing.receive");
}

/* --- one project ------------------------------------------------------------- */

static Error *load_step(Tx *tx, const FilingStep *step, FilingGetRow *row, FilingState *out_to)
{
    Error *err = sql_filing_get(tx_snapshot(tx), step->area, step->proposal, row);
    if (!err) {
        err = check_open(tx, step->area, row->round_id);
    }
    if (err) {
        return err;
    }
    *out_to = filing_after((FilingState)row->state, step->act);
    bool is_one = step->act >= FILING_RETURN;
    return is_one && *out_to != FILING_NOT_YET && row->version == step->version
               ? NULL
               : error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "state %d", (int)row->state);
}

static Error *check_step(Tx *tx, const FilingStep *step, int64_t round, const FilingReturn *given)
{
    Arena *arena = tx_arena(tx);
    RoundRules *rules = arena_new(arena, RoundRules);
    Error *err = error_length(arena, "letter", str_trim(step->letter), 0, FILING_LETTER_MAX);
    if (err || step->act != FILING_RETURN) {
        return err ? err : filing_words_check(arena, given->words);
    }
    err = programmes_round_rules(tx_snapshot(tx), step->area, round, rules);
    return err ? err : filing_return_check(arena, given, rules->n_clauses);
}

static Error *save_step(Tx *tx, const FilingStep *step, const FilingGetRow *row, FilingState to,
                        const FilingReturn *given, Instant now)
{
    Error *err = sql_filing_step(tx, step->area, step->proposal, row->version, (int64_t)to);
    return err ? err
               : sql_filing_act_insert(
                     tx, step->area, step->proposal, row->version + 1, row->round_id,
                     (int64_t)step->act, given->ground, given->clause, given->other, given->over,
                     str_trim(step->letter), given->words, step->actor, now, NULL);
}

Error *filing_step(Tx *tx, const void *input, Instant now, void *output)
{
    static const char *const acts[] = {[FILING_RETURN] = "filing.return",
                                       [FILING_RESEND] = "filing.resend",
                                       [FILING_WITHDRAW] = "filing.withdraw"};
    const FilingStep *step = input;
    FilingGetRow row;
    FilingState to = FILING_NOT_YET;
    FilingReturn given = {.words = str_trim(step->given.words)};
    if (step->act == FILING_RETURN) {
        given = filing_return_clean(&step->given);
    }
    Error *err = load_step(tx, step, &row, &to);
    if (!err) {
        err = check_step(tx, step, row.round_id, &given);
    }
    if (!err) {
        err = save_step(tx, step, &row, to, &given, now);
    }
    return err ? err
               : journal_write(tx, step->area, step->actor, acts[step->act], "filing",
                               step->proposal, given.words, STR(""));
}
