/* filing.c: the use cases: the community files, the street receives or returns, the community
 * answers. */
#include "features/filing/filing.h"

#include "features/notices/notices.h"
#include "features/programmes/programmes.h"
#include "filing_sql.h"
#include "filing_text.h"
#include "platform/journal/journal.h"

#define JOURNAL_WORDS_BYTES (16u * 1024)

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

/* Nothing was done since the actor looked: acts are only ever added. */
static Error *check_seen(Tx *tx, const FilingAll *all)
{
    FilingActsCountRow row;
    Error *err = sql_filing_acts_count(tx_snapshot(tx), all->area, all->round, &row);
    if (!err && row.n != all->n_acts) {
        err = error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "%lld acts", (long long)row.n);
    }
    return err;
}

static Error *check_count(Tx *tx, const FilingAll *all, int64_t count)
{
    return count > 0 && count == all->n_shown ? NULL
                                              : error_make(tx_arena(tx), ERROR_VERSION_CONFLICT,
                                                           "%lld are waiting", (long long)count);
}

/* "文号；3 项：ID ID ID": which projects, so that the act can be redone from the journal. */
static Error *journal_all(Tx *tx, const FilingAll *all, const char *act, Instant now)
{
    FilingDoneAtRows rows;
    Buf words;
    buf_init(&words, JOURNAL_WORDS_BYTES);
    Error *err =
        sql_filing_done_at(tx_snapshot(tx), all->area, all->round, now, FILING_PROJECTS_MAX, &rows);
    if (!err && str_trim(all->letter).len > 0) {
        buf_printf(&words, "%.*s；", STR_ARG(str_trim(all->letter)));
    }
    if (!err) {
        buf_printf(&words, "%lld 项：", (long long)all->n_shown);
        for (size_t i = 0; i < rows.count; i++) {
            buf_printf(&words, "%s%s", i > 0 ? " " : "", id_text(rows.rows[i].proposal_id).text);
        }
        err = journal_write(tx, all->area, all->actor, act, "round", all->round,
                            arena_str(tx_arena(tx), buf_view(&words)), STR(""));
    }
    buf_free(&words);
    return err;
}

Error *filing_file(Tx *tx, const void *input, Instant now, void *output)
{
    const FilingAll *all = input;
    int64_t count = 0;
    Error *err = check_all(tx, all);
    if (!err) {
        err = check_seen(tx, all);
    }
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
    return err ? err : journal_all(tx, all, "filing.file", now);
}

/* What lies before the street since `until` at the latest gets this act, and is received. */
static Error *receive(Tx *tx, const FilingAll *all, FilingAct act, Instant until, Instant now)
{
    int64_t count = 0;
    Error *err = check_seen(tx, all);
    if (!err) {
        err = sql_filing_receive_acts(tx, all->area, all->round, (int64_t)act,
                                      str_trim(all->letter), until, all->actor, now, &count);
    }
    if (!err) {
        err = check_count(tx, all, count);
    }
    return err ? err : sql_filing_receive(tx, all->area, all->round, now, (int64_t)act, NULL);
}

Error *filing_receive(Tx *tx, const void *input, Instant now, void *output)
{
    const FilingAll *all = input;
    FilingOwnCountRow own;
    Error *err = check_all(tx, all);
    if (!err) {
        err = sql_filing_own_count(tx_snapshot(tx), all->area, all->round, all->actor, &own);
    }
    if (!err && own.n > 0) {
        err = error_make(tx_arena(tx), ERROR_FILING_SAME_PERSON, "filed by the same person");
    }
    if (!err) {
        err = receive(tx, all, FILING_RECEIVE, now, now);
    }
    return err ? err : journal_all(tx, all, "filing.receive", now);
}

/* --- the street does not answer ---------------------------------------------- */

Error *filing_lapsed(Snapshot *snapshot, int64_t area, int64_t round, Instant now,
                     FilingLapsed *out)
{
    FilingLyingRows rows;
    HolidayTable holidays;
    RoundRules *rules = arena_new(snapshot_arena(snapshot), RoundRules);
    *out = (FilingLapsed){0};
    Error *err = sql_filing_lying(snapshot, area, round, FILING_PROJECTS_MAX, &rows);
    if (err || rows.count == 0) {
        return err;
    }
    err = programmes_round_rules(snapshot, area, round, rules);
    if (!err) {
        err = programmes_holidays(snapshot, &holidays);
    }
    for (size_t i = 0; !err && i < rows.count; i++) {
        Instant filed_at = rows.rows[i].acted_at;
        if (working_period_end(&holidays, filed_at, rules->review_working_days).ms <= now.ms) {
            *out = (FilingLapsed){(int64_t)i + 1, filed_at}; /* the rows rise */
        }
    }
    return err;
}

Error *filing_lapse(Tx *tx, const void *input, Instant now, void *output)
{
    const FilingAll *all = input;
    FilingLapsed lapsed = {0};
    Error *err = check_all(tx, all);
    if (!err) {
        err = filing_lapsed(tx_snapshot(tx), all->area, all->round, now, &lapsed);
    }
    if (!err) {
        err = receive(tx, all, FILING_LAPSE, lapsed.until, now);
    }
    return err ? err : journal_all(tx, all, "filing.lapse", now);
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

static Error *check_step(Tx *tx, const FilingStep *step, const FilingGetRow *row,
                         const FilingReturn *given)
{
    Arena *arena = tx_arena(tx);
    RoundRules *rules = arena_new(arena, RoundRules);
    Error *err = error_length(arena, "letter", str_trim(step->letter), 0, FILING_LETTER_MAX);
    if (err || step->act != FILING_RETURN) {
        return err ? err : filing_words_check(arena, given->words);
    }
    FilingReturnsCountRow before = {0};
    err = programmes_round_rules(tx_snapshot(tx), step->area, row->round_id, rules);
    if (!err) {
        err = sql_filing_returns_count(tx_snapshot(tx), step->area, step->proposal, given->ground,
                                       &before);
    }
    FilingLimits limits = {rules->n_clauses, row->cost_fen, before.n > 0};
    return err ? err : filing_return_check(arena, given, &limits);
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

Text filing_why_text(int64_t ground, int64_t clause, Str other, Money over)
{
    switch (ground) {
    case FILING_CLAUSE:
        return t_filing_why_clause(clause);
    case FILING_DUPLICATE:
        return t_filing_why_duplicate(other);
    case FILING_AMOUNT:
        return t_filing_why_amount(over);
    default:
        return text_of(0);
    }
}

/* "剔除条款第 2 条；为什么": public words with the ground before them. */
static Str journal_words(Tx *tx, const FilingReturn *given)
{
    Text why = filing_why_text(given->ground, given->clause, given->other, given->over);
    Str ground = text_str(tx_arena(tx), LANG_ZH, why);
    return arena_printf(tx_arena(tx), "%.*s%s%.*s", STR_ARG(ground), ground.len > 0 ? "；" : "",
                        STR_ARG(given->words));
}

static Error *tell_return(Tx *tx, const FilingStep *step, const FilingGetRow *row, Instant now)
{
    if (step->act != FILING_RETURN) {
        return NULL;
    }
    Notice notice = {.area = step->area,
                     .round = row->round_id,
                     .kind = NOTICE_FILING,
                     .words = t_filing_notice(row->title),
                     .link = url_of(tx_arena(tx), "/a/{area}/proposals/{id}/filing", step->area,
                                    step->proposal)};
    return notices_send_office(tx, &notice, now);
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
        err = check_step(tx, step, &row, &given);
    }
    if (!err) {
        err = save_step(tx, step, &row, to, &given, now);
    }
    if (!err) {
        err = tell_return(tx, step, &row, now);
    }
    return err ? err
               : journal_write(tx, step->area, step->actor, acts[step->act], "filing",
                               step->proposal, journal_words(tx, &given), STR(""));
}
