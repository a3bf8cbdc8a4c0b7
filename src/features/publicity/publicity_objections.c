/* publicity_objections.c: objecting to a publication, answering. */
#include "features/notices/notices.h"
#include "features/publicity/publicity.h"
#include "platform/journal/journal.h"
#include "publicity_sql.h"
#include "publicity_text.h"

static Error *load_running(Tx *tx, const ObjectionNew *input, Instant now)
{
    PublicationGetRow publication;
    Error *err =
        sql_publication_get(tx_snapshot(tx), input->area, input->publication, &publication);
    if (err) {
        return err;
    }
    if (!publication.takes_objections) {
        return error_make(tx_arena(tx), ERROR_PUBLICATION_ONLY_READ, "it takes no objections");
    }
    if (publication.replaced_by != 0 ||
        !publication_takes_objections(publication.published_at, publication.ends_at, now)) {
        return error_make(tx_arena(tx), ERROR_PUBLICATION_OVER, "the period is over");
    }
    return NULL;
}

/* One resident must not be able to hold the round up for ever. */
static Error *check_waiting(Tx *tx, const ObjectionNew *input)
{
    ObjectionWaitingRow waiting;
    Error *err = sql_objection_waiting(tx_snapshot(tx), input->area, input->publication,
                                       input->actor, &waiting);
    if (err || waiting.n < OBJECTIONS_WAITING_MAX) {
        return err;
    }
    return error_with(error_make(tx_arena(tx), ERROR_OBJECTION_WAITS, "objections wait"), waiting.n,
                      STR(""));
}

Error *publicity_object(Tx *tx, const void *input, Instant now, void *output)
{
    const ObjectionNew *new = input;
    ObjectionDone *done = output;
    ObjectionPersonRow person = {0};
    ObjectionInsertRow inserted = {0};
    bool found = false;
    Error *err = publicity_check_length(tx_arena(tx), new->words, OBJECTION_WORDS_MIN,
                                        OBJECTION_WORDS_MAX, STR("words"));
    if (!err) {
        err = load_running(tx, new, now);
    }
    if (!err) {
        err = check_waiting(tx, new);
    }
    if (!err) {
        err = sql_objection_person(tx_snapshot(tx), new->actor, &person, &found);
    }
    if (!err && !found) {
        err = error_make(tx_arena(tx), ERROR_FORBIDDEN, "no such person");
    }
    if (!err) {
        done->id = tx_new_id(tx);
        err = sql_objection_insert(tx, new->area, done->id, new->publication, new->actor,
                                   person.name, new->words, now, &inserted);
    }
    done->no = inserted.no;
    return err ? err
               : journal_write(tx, new->area, new->actor, "objection.make", "objection", done->id,
                               STR(""), new->words);
}

static Error *tell_answer(Tx *tx, const ObjectionAnswer *answer, const ObjectionGetRow *objection,
                          Instant now)
{
    Notice notice = {.area = answer->area,
                     .round = objection->round_id,
                     .kind = NOTICE_OBJECTION,
                     .words = t_objection_notice(objection->title),
                     .link = url_of(tx_arena(tx), "/a/{area}/publications/{id}", answer->area,
                                    objection->publication_id)};
    return notices_send(tx, &notice, objection->person_id, now);
}

Error *publicity_answer(Tx *tx, const void *input, Instant now, void *output)
{
    const ObjectionAnswer *answer = input;
    ObjectionGetRow objection;
    Error *err = publicity_check_length(tx_arena(tx), answer->answer, OBJECTION_ANSWER_MIN,
                                        OBJECTION_ANSWER_MAX, STR("answer"));
    if (!err) {
        err = sql_objection_get(tx_snapshot(tx), answer->area, answer->objection, &objection);
    }
    if (!err) {
        err = sql_objection_answer(tx, answer->area, answer->objection, answer->answer, now,
                                   answer->actor, answer->version);
    }
    if (!err && objection.answered_at.ms == 0) { /* a correction is no news */
        err = tell_answer(tx, answer, &objection, now);
    }
    if (err) {
        return err;
    }
    const char *act = objection.answered_at.ms > 0 ? "objection.correct" : "objection.answer";
    return journal_write(tx, answer->area, answer->actor, act, "objection", answer->objection,
                         STR(""), answer->answer);
}
