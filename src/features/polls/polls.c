/* polls.c: opening, casting, closing and counting. */
#include "features/polls/polls.h"

#include <sodium.h>

#include "base/random.h"
#include "features/notices/notices.h"
#include "features/people/people.h"
#include "features/polls/polls_key.h"
#include "features/programmes/programmes.h"
#include "platform/html/out.h"
#include "platform/journal/journal.h"
#include "polls_sql.h"
#include "polls_text.h"

int64_t poll_new_id(Instant now)
{
    uint32_t low;
    random_bytes(&low, sizeof(low));
    return (now.ms << 22) | (low & ((1u << 22) - 1));
}

static Error *check_new(Tx *tx, const PollNew *poll, Instant now)
{
    if (poll->n_options == 0) {
        return error_make(tx_arena(tx), ERROR_FORM, "no options");
    }
    TallyOptions counted_by;
    Error *refused = poll_tally_options(tx_arena(tx), &poll->rule, &counted_by);
    if (refused) {
        return refused;
    }
    if (poll->closes_at.ms <= now.ms || poll->closes_at.ms <= poll->opens_at.ms) {
        Error *err = error_make(tx_arena(tx), ERROR_FIELD_TOO_SMALL, "closes before it opens");
        return error_for_field(err, STR("closes_on"));
    }
    PollOfRoundRow existing;
    bool found = false;
    if (poll->round != 0) {
        Error *err = sql_poll_of_round(tx_snapshot(tx), poll->area, poll->round, &existing, &found);
        if (err) {
            return err;
        }
    }
    return found ? error_make(tx_arena(tx), ERROR_ALREADY_EXISTS, "the round has a poll") : NULL;
}

static Error *insert_options(Tx *tx, int64_t area, int64_t poll, const PollOption *options,
                             size_t n_options)
{
    for (size_t i = 0; i < n_options; i++) {
        const PollOption *o = &options[i];
        Error *err =
            sql_poll_option_insert(tx, area, poll, (int64_t)i + 1, o->code, o->proposal, o->title,
                                   o->summary, o->place, o->kind, o->cost_fen, NULL);
        if (err) {
            return err;
        }
    }
    return NULL;
}

static unsigned residencies_of(const PollNew *poll)
{
    return poll->residencies != 0 ? poll->residencies
                                  : 1u << RESIDENCY_REGISTERED | 1u << RESIDENCY_TENANT |
                                        1u << RESIDENCY_OWNER_ELSEWHERE;
}

static int64_t votes(const PollNew *poll, Residency residency)
{
    return (residencies_of(poll) & 1u << residency) != 0 ? 1 : 0;
}

/* Those who vote by where they stand on the roll and are certainly at least that old. */
static Error *count_from_age(Tx *tx, const PollNew *poll, int64_t age, Date today, int64_t *out)
{
    int64_t year;
    int64_t month;
    PollEligibleCountRow row;
    poll_latest_birth(age, today, &year, &month);
    Error *err = sql_poll_eligible_count(
        tx_snapshot(tx), poll->area, year, month, today, votes(poll, RESIDENCY_REGISTERED),
        votes(poll, RESIDENCY_TENANT), votes(poll, RESIDENCY_OWNER_ELSEWHERE),
        votes(poll, RESIDENCY_WORKS_HERE), &row);
    *out = err ? 0 : row.n;
    return err;
}

static Error *count_eligible(Tx *tx, const PollNew *poll, Instant now, int64_t *out)
{
    Date today = instant_date(now);
    int64_t n_above = 0;
    Error *err = count_from_age(tx, poll, poll->minimum_age, today, out);
    if (!err && poll->maximum_age > 0) {
        err = count_from_age(tx, poll, poll->maximum_age + 1, today, &n_above);
    }
    *out -= n_above;
    return err;
}

Error *polls_round_terms(Snapshot *snapshot, int64_t area, int64_t round, PollTerms *out)
{
    RoundRules rules;
    Error *err = programmes_round_rules(snapshot, area, round, &rules);
    if (!err) {
        *out = (PollTerms){.rule = {.rule = rules.rule,
                                    .utility = rules.utility,
                                    .completion = rules.completion,
                                    .tie = rules.ties,
                                    .zero_support = rules.zero_support,
                                    .misfit = rules.misfit},
                           .is_taken = rules_ballots_are_taken(&rules),
                           .maximum_age = rules.maximum_age,
                           .residencies = rules.residencies};
    }
    return err;
}

static Error *tell_open(Tx *tx, const PollNew *poll, Instant now)
{
    Notice notice = {.area = poll->area,
                     .round = poll->round,
                     .kind = NOTICE_VOTE,
                     .words = t_poll_notice(poll->title, poll->opens_at, poll->closes_at),
                     .link = url_of(tx_arena(tx), "/a/{area}/polls/{id}", poll->area, poll->id)};
    return notices_send_all(tx, &notice, now);
}

Error *polls_open(Tx *tx, const void *input, Instant now, void *output)
{
    const PollNew *poll = input;
    int64_t eligible = 0;
    Error *err = check_new(tx, poll, now);
    if (!err) {
        err = count_eligible(tx, poll, now, &eligible);
    }
    if (!err) {
        err = sql_poll_insert(
            tx, poll->area, poll->id, poll->round, poll->title, POLL_OPEN, poll->opens_at,
            poll->closes_at, poll->budget_fen, poll->max_choices, poll->minimum_age,
            poll->rule.rule, poll->rule.utility, poll->rule.completion, poll->rule.increment,
            poll->rule.tie, poll->rule.misfit, poll->rule.zero_support, eligible, false, now, NULL);
    }
    if (!err) {
        err = sql_poll_voters_set(tx, poll->area, poll->id, poll->maximum_age, residencies_of(poll),
                                  NULL);
    }
    if (!err) {
        err = insert_options(tx, poll->area, poll->id, poll->options, poll->n_options);
    }
    if (!err) {
        err = tell_open(tx, poll, now);
    }
    if (!err) {
        err = journal_write(tx, poll->area, poll->actor, "poll.open", "poll", poll->id, poll->title,
                            STR(""));
    }
    return err;
}

/* residency 0: not on the roll. */
static PollStanding standing_of(const PollForBallotRow *row, Date today)
{
    if (row->residency == 0 || (row->left_day != 0 && row->left_day <= today.days)) {
        return POLL_STANDING_NOT_HERE;
    }
    if ((row->residencies & INT64_C(1) << row->residency) == 0) {
        return row->residency == RESIDENCY_WORKS_HERE ? POLL_STANDING_WORKS_HERE
                                                      : POLL_STANDING_OTHERS;
    }
    if (!poll_is_old_enough(row->birth_year, row->birth_month, row->minimum_age, today)) {
        return POLL_STANDING_TOO_YOUNG;
    }
    return poll_is_of_age(row->birth_year, row->birth_month, row->minimum_age, row->maximum_age,
                          today)
               ? POLL_STANDING_VOTER
               : POLL_STANDING_TOO_OLD;
}

Error *polls_standing(Snapshot *snapshot, int64_t area, int64_t poll, int64_t person,
                      PollStanding *out)
{
    PollForBallotRow row;
    bool found = false;
    Error *err = sql_poll_for_ballot(snapshot, area, poll, person, &row, &found);
    *out = err || !found ? POLL_STANDING_NOT_HERE
                         : standing_of(&row, instant_date(snapshot_now(snapshot)));
    return err;
}

static Error *check_voter(Arena *arena, const PollForBallotRow *row, Instant now)
{
    return standing_of(row, instant_date(now)) == POLL_STANDING_VOTER
               ? NULL
               : error_with(error_make(arena, ERROR_POLL_NOT_ON_ROLL, "not on the roll"),
                            row->minimum_age, STR(""));
}

Error *polls_cast(Tx *tx, const void *input, Instant now, void *output)
{
    const BallotCast *cast = input;
    BallotCastDone *done = output;
    Arena *arena = tx_arena(tx);
    PollForBallotRow row;
    bool found;
    Str choices;
    BallotPutRow stored;
    Error *err =
        sql_poll_for_ballot(tx_snapshot(tx), cast->area, cast->poll, cast->person, &row, &found);
    if (!err && !found) {
        err = error_make(arena, ERROR_NOT_FOUND, "no such poll");
    }
    if (!err) {
        err = poll_accepts_ballots(arena, (PollState)row.state, row.opens_at, row.closes_at, now);
    }
    if (!err) {
        err = check_voter(arena, &row, now);
    }
    if (!err) {
        err = poll_ballot_write(arena, cast->options, cast->n_options, row.n_options,
                                row.max_choices, &choices);
    }
    if (!err) {
        err = sql_ballot_put(tx, cast->area, cast->poll, cast->ballot_key, choices, cast->receipt,
                             &stored);
    }
    if (!err) {
        done->receipt = stored.receipt;
    }
    return err;
}

Error *polls_close(Tx *tx, const void *input, Instant now, void *output)
{
    const PollAct *act = input;
    PollGetRow poll;
    Error *err = sql_poll_get(tx_snapshot(tx), act->area, act->poll, &poll);
    if (err) {
        return err;
    }
    if (poll.state != POLL_OPEN || now.ms < poll.closes_at.ms) {
        return error_make(tx_arena(tx), ERROR_POLL_NOT_OPEN, "not open, or voting still runs");
    }
    err = sql_poll_close(tx, act->area, act->poll, now, act->version);
    return err ? err
               : journal_write(tx, act->area, act->actor, "poll.close", "poll", act->poll,
                               poll.title, STR(""));
}

static void fill_info(PollInfo *info, int64_t id, int64_t round, Str title, int64_t state,
                      Instant closes_at)
{
    *info = (PollInfo){.id = id,
                       .round = round,
                       .title = title,
                       .state = (PollState)state,
                       .closes_at = closes_at};
}

Error *polls_of_round(Snapshot *snapshot, int64_t area, int64_t round, PollInfo *out,
                      bool *out_found)
{
    PollOfRoundRow row;
    Error *err = sql_poll_of_round(snapshot, area, round, &row, out_found);
    if (!err && *out_found) {
        fill_info(out, row.id, round, row.title, row.state, row.closes_at);
    }
    return err;
}

Error *polls_current(Snapshot *snapshot, int64_t area, PollInfo *out, bool *out_found)
{
    PollCurrentRow row;
    Error *err = sql_poll_current(snapshot, area, &row, out_found);
    if (!err && *out_found) {
        fill_info(out, row.id, row.round_id, row.title, row.state, row.closes_at);
    }
    return err;
}
