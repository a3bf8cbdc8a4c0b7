/* publicity.c: publishing and correcting. */
#include "features/publicity/publicity.h"

#include "features/polls/polls.h"
#include "features/programmes/programmes.h"
#include "platform/journal/journal.h"
#include "publicity_content_sql.h"
#include "publicity_sql.h"

/* One edition on its way out. */
typedef struct Edition {
    const PublicationPlan *plan;
    int64_t actor;
    Str title, words, reason;
    int64_t no;       /* 1 .. */
    int64_t corrects; /* 0: the first */
} Edition;

static Error *check_words(Arena *arena, const Edition *edition)
{
    Error *err = publicity_check_length(arena, edition->title, PUBLICATION_TITLE_MIN,
                                        PUBLICATION_TITLE_MAX, STR("title"));
    if (!err) {
        err = publicity_check_length(arena, edition->words, PUBLICATION_WORDS_MIN,
                                     PUBLICATION_WORDS_MAX, STR("words"));
    }
    if (err || edition->corrects == 0) {
        return err;
    }
    return publicity_check_length(arena, edition->reason, PUBLICATION_REASON_MIN,
                                  PUBLICATION_REASON_MAX, STR("reason"));
}

/* The counted poll that a ballot's result comes from; all zero for the other subjects. */
static Error *load_poll(Tx *tx, const PublicationPlan *plan, PublicationPollRow *out)
{
    bool found = false;
    *out = (PublicationPollRow){0};
    if (plan->subject != PUBLICATION_BALLOT) {
        return NULL;
    }
    Error *err = sql_publication_poll(tx_snapshot(tx), plan->area, plan->round, out, &found);
    if (!err && (!found || out->state != POLL_COUNTED)) {
        err = error_make(tx_arena(tx), ERROR_PUBLICATION_NOT_COUNTED, "poll is not counted");
    }
    return err;
}

/* What it shows is kept as it is now. */
static Error *keep_content(Tx *tx, const PublicationPlan *plan, int64_t id, int64_t poll)
{
    if (plan->subject == PUBLICATION_PURCHASE) {
        Error *err = sql_published_bidder_keep(tx, plan->area, id, plan->round, NULL);
        return err ? err : sql_published_purchase_keep(tx, plan->area, id, plan->round, NULL);
    }
    Error *err =
        sql_published_project_keep(tx, plan->area, id, plan->round, plan->subject, poll, NULL);
    if (!err && plan->subject == PUBLICATION_DECISION) {
        err = sql_published_meeting_keep(tx, plan->area, id, plan->round, NULL);
    }
    return err;
}

static Error *insert_edition(Tx *tx, const Edition *edition, const PublicationPollRow *poll,
                             Instant now, PublicationDone *done)
{
    const PublicationPlan *plan = edition->plan;
    HolidayTable holidays;
    int64_t inserted = 0;
    Error *err = programmes_holidays(tx_snapshot(tx), &holidays);
    if (err) {
        return err;
    }
    done->id = tx_new_id(tx);
    done->ends_at = publication_end(&holidays, now, plan->working_days);
    err = sql_publication_insert(
        tx, plan->area, done->id, plan->round, plan->stage_no, plan->notice, plan->batch,
        edition->no, plan->subject, poll->id, edition->title, edition->words, edition->reason,
        edition->corrects, now, edition->actor, done->ends_at, plan->working_days,
        plan->takes_objections, poll->voters, poll->eligible, poll->options, poll->budget_fen,
        poll->spent_fen, poll->closed_at, poll->counted_at, &inserted);
    if (!err && inserted == 0) {
        err = error_make(tx_arena(tx), ERROR_ALREADY_EXISTS, "it is published");
    }
    return err;
}

static Error *put_out(Tx *tx, const Edition *edition, Instant now, PublicationDone *done)
{
    const PublicationPlan *plan = edition->plan;
    PublicationPollRow poll;
    Error *err = load_poll(tx, plan, &poll);
    if (!err) {
        err = insert_edition(tx, edition, &poll, now, done);
    }
    if (!err && edition->corrects != 0) {
        /* Before what it shows is kept: purchases are kept that nothing which stands has shown. */
        err = sql_publication_replace(tx, plan->area, edition->corrects, done->id);
    }
    return err ? err : keep_content(tx, plan, done->id, poll.id);
}

Error *publicity_publish(Tx *tx, const void *input, Instant now, void *output)
{
    const PublicationNew *new = input;
    PublicationPlan plan;
    Edition edition = {
        .plan = &plan, .actor = new->actor, .title = new->title, .words = new->words, .no = 1};
    PublicationDone *done = output;
    Error *err = check_words(tx_arena(tx), &edition);
    if (!err) {
        err = publicity_plan(tx_snapshot(tx), new->area, new->round, new->notice, &plan);
    }
    if (!err && plan.existing != 0 && plan.when != PUBLICATION_NOW) {
        err = error_make(tx_arena(tx), ERROR_ALREADY_EXISTS, "it is published");
    }
    if (!err && plan.when != PUBLICATION_NOW) {
        err = error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "not the time of this notice");
    }
    if (!err) {
        err = put_out(tx, &edition, now, done);
    }
    return err ? err
               : journal_write(tx, new->area, new->actor, "publication.publish", "publication",
                               done->id, new->title, new->words);
}

/* --- correcting ------------------------------------------------------------------------------ */

/* The same notice once more; whether it takes objections and for how long stays as it was. */
static PublicationPlan plan_again(const PublicationGetRow *row, int64_t area)
{
    return (PublicationPlan){.area = area,
                             .round = row->round_id,
                             .notice = row->notice,
                             .stage_no = (int)row->stage_no,
                             .subject = (PublicationSubject)row->subject,
                             .working_days = (int)row->working_days,
                             .takes_objections = row->takes_objections != 0,
                             .batch = row->batch};
}

static Error *load_standing(Tx *tx, const PublicationCorrect *input, PublicationGetRow *row)
{
    RoundInfo round;
    Snapshot *snapshot = tx_snapshot(tx);
    Error *err = sql_publication_get(snapshot, input->area, input->publication, row);
    if (!err && row->replaced_by != 0) {
        err = error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "corrected meanwhile");
    }
    if (!err) {
        err = programmes_round(snapshot, input->area, row->round_id, &round);
    }
    if (!err && round.is_finished) {
        err = error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "the round is over");
    }
    return err;
}

Error *publicity_correct(Tx *tx, const void *input, Instant now, void *output)
{
    const PublicationCorrect *correct = input;
    PublicationGetRow row = {0};
    PublicationPlan plan;
    Edition edition = {.plan = &plan,
                       .actor = correct->actor,
                       .title = correct->title,
                       .words = correct->words,
                       .reason = str_trim(correct->reason),
                       .corrects = correct->publication};
    PublicationDone *done = output;
    Error *err = check_words(tx_arena(tx), &edition);
    if (!err) {
        err = load_standing(tx, correct, &row);
    }
    if (!err) {
        plan = plan_again(&row, correct->area);
        edition.no = row.edition + 1;
        err = put_out(tx, &edition, now, done);
    }
    return err ? err
               : journal_write(tx, correct->area, correct->actor, "publication.correct",
                               "publication", done->id, edition.reason, correct->words);
}
