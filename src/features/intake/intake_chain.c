/* intake_chain.c: a pasted chain staged, corrected, taken in, undone. */
#include "base/utf8.h"
#include "features/intake/intake_private.h"
#include "platform/journal/journal.h"

bool chain_is_for(const ChainActor *actor, int64_t by_person)
{
    return actor->may_manage || (by_person != 0 && by_person == actor->person);
}

Error *intake_chain_stage(Tx *tx, const void *input, Instant now, void *output)
{
    const ChainStage *stage = input;
    ChainStaged *out = output;
    out->chain = tx_new_id(tx);
    Error *err = sql_chain_insert(tx, stage->area, out->chain, stage->channel, stage->is_whole,
                                  stage->actor, now, NULL);
    for (size_t i = 0; !err && i < stage->count; i++) {
        const ChainLine *line = &stage->lines[i];
        err = sql_chain_line_insert(tx, stage->area, tx_new_id(tx), out->chain, line->line,
                                    line->kind, line->number, line->raw, line->name, line->place,
                                    line->words, line->phone, NULL);
    }
    return err;
}

/* The chain in a state, for who pasted it or manages; or why not. */
static Error *load_in(Tx *tx, int64_t area, int64_t chain, ChainActor actor, ChainState state,
                      ChainGetRow *out)
{
    Error *err = sql_chain_get(tx_snapshot(tx), area, chain, out);
    if (!err && !chain_is_for(&actor, out->by_person)) {
        err = error_make(tx_arena(tx), ERROR_FORBIDDEN, "pasted by somebody else");
    }
    if (!err && out->state != (int64_t)state) {
        err = error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "decided already");
    }
    return err;
}

static Error *decide(Tx *tx, const ChainDecide *input, ChainState from, ChainState to, Instant now)
{
    return sql_chain_decide(tx, input->area, input->chain, from, to, input->version, now);
}

/* --- correcting ---------------------------------------------------------------------- */

/* The line, of a chain that is still a preview. */
static Error *load_line(Tx *tx, const ChainCorrect *correct, ChainLineGetRow *out)
{
    ChainGetRow chain = {0};
    Error *err = sql_chain_line_get(tx_snapshot(tx), correct->area, correct->line, out);
    if (!err) {
        err = load_in(tx, correct->area, out->chain_id, correct->actor, CHAIN_PREVIEW, &chain);
    }
    return !err && chain.version != correct->version
               ? error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "corrected meanwhile")
               : err;
}

/* Whom a line means stands on the roll of this community. */
static Error *check_person(Tx *tx, int64_t area, int64_t person)
{
    IntakePersonRow row;
    bool found = false;
    Error *err = person > 0 ? sql_intake_person(tx_snapshot(tx), area, person, &row, &found) : NULL;
    return err || found || person <= 0
               ? err
               : error_for_field(error_make(tx_arena(tx), ERROR_INTAKE_WHO_NONE, "not on the roll"),
                                 STR("person"));
}

Error *intake_chain_correct(Tx *tx, const void *input, Instant now, void *output)
{
    const ChainCorrect *correct = input;
    ChainStaged *out = output;
    ChainLineGetRow line;
    Error *err = load_line(tx, correct, &line);
    if (!err && !correct->is_out && utf8_length(correct->words) < PROPOSAL_SAID_MIN) {
        err = error_for_field(error_make(tx_arena(tx), ERROR_FIELD_MISSING, "words"), STR("words"));
    }
    if (!err) {
        err = check_person(tx, correct->area, correct->person);
    }
    if (!err) {
        err = sql_chain_line_edit(tx, correct->area, line.chain_id, line.id,
                                  correct->is_out ? CHAIN_HEAD : CHAIN_ENTRY, correct->name,
                                  correct->place, correct->words, correct->person, NULL);
    }
    out->chain = line.chain_id;
    /* A page opened before must not take in what it does not show. */
    return err ? err : sql_chain_touch(tx, correct->area, line.chain_id, NULL);
}

/* --- taking in ------------------------------------------------------------------------- */

int64_t chain_person_of(Arena *arena, const ChainLinesRow *line,
                        const ChainCandidatesRows *candidates)
{
    if (line->person_id != CHAIN_PERSON_AUTO) {
        return line->person_id > 0 ? line->person_id : 0;
    }
    ChainCandidate *same = arena_array(arena, ChainCandidate, candidates->count);
    size_t count = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        const ChainCandidatesRow *row = &candidates->rows[i];
        if (row->line_id == line->id) {
            same[count++] = (ChainCandidate){row->person_id, row->place_key};
        }
    }
    return chain_match(same, count, people_place_key(arena, line->place, STR("")));
}

static Error *take_line(Tx *tx, const ChainTake *take, const ChainGetRow *chain,
                        const ChainLinesRow *line, int64_t person, Instant now, Receipt receipt)
{
    NewProposal new = {.receipt = receipt};
    ProposalSubmitted done = {0};
    new.area = take->area;
    new.actor = take->actor.person;
    new.is_staff = true;
    new.channel = (int)chain->channel;
    new.proposer = person;
    new.proposer_name = people_first_characters(line->name, PROPOSAL_NAME_MAX);
    new.proposer_phone = line->phone;
    new.words = (ProposalWords){.title = proposal_title_of(line->words),
                                .need = people_first_characters(line->words, PROPOSAL_NEED_MAX),
                                .kind = PROPOSAL_KIND_UNSURE};
    Error *err = proposals_submit(tx, &new, now, &done);
    return err ? err
               : sql_chain_line_taken(tx, take->area, take->chain, line->id, done.id,
                                      person != 0 ? person : CHAIN_PERSON_NONE, NULL);
}

static Error *take_lines(Tx *tx, const ChainTake *take, const ChainGetRow *chain, Instant now,
                         int64_t *out_count)
{
    ChainLinesRows lines = {0};
    ChainCandidatesRows candidates = {0};
    Arena *arena = tx_arena(tx);
    Error *err = sql_chain_lines(tx_snapshot(tx), take->area, take->chain, &lines);
    if (!err) {
        err = sql_chain_candidates(tx_snapshot(tx), take->area, take->chain, CHAIN_CANDIDATES_MAX,
                                   &candidates);
    }
    for (size_t i = 0; !err && i < lines.count; i++) {
        const ChainLinesRow *line = &lines.rows[i];
        if (id_list_has(&take->lines, line->id) && line->proposal_id == 0 &&
            utf8_length(line->words) >= PROPOSAL_SAID_MIN) {
            err = take_line(tx, take, chain, line, chain_person_of(arena, line, &candidates), now,
                            take->receipts[*out_count]);
            ++*out_count;
        }
    }
    return err;
}

Error *intake_chain_take(Tx *tx, const void *input, Instant now, void *output)
{
    const ChainTake *take = input;
    ChainTaken *out = output;
    ChainGetRow chain;
    ChainDecide to = {take->area, take->chain, take->actor, take->version};
    Error *err = load_in(tx, take->area, take->chain, take->actor, CHAIN_PREVIEW, &chain);
    if (!err) {
        err = decide(tx, &to, CHAIN_PREVIEW, CHAIN_TAKEN, now);
    }
    if (!err) {
        err = take_lines(tx, take, &chain, now, &out->count);
    }
    if (!err && out->count == 0) {
        err = error_for_field(error_make(tx_arena(tx), ERROR_FIELD_MISSING, "nothing chosen"),
                              STR("lines"));
    }
    return err ? err
               : journal_write(tx, take->area, take->actor.person, "intake.chain_take", "chain",
                               take->chain,
                               arena_printf(tx_arena(tx), "%lld", (long long)out->count), STR(""));
}

/* --- forgetting, undoing ----------------------------------------------------------------- */

Error *intake_chain_drop(Tx *tx, const void *input, Instant now, void *output)
{
    const ChainDecide *drop = input;
    ChainGetRow chain;
    Error *err = load_in(tx, drop->area, drop->chain, drop->actor, CHAIN_PREVIEW, &chain);
    if (!err) {
        err = decide(tx, drop, CHAIN_PREVIEW, CHAIN_DROPPED, now);
    }
    if (!err) {
        err = sql_chain_lines_delete(tx, drop->area, drop->chain, NULL);
    }
    return err ? err
               : journal_write(tx, drop->area, drop->actor.person, "intake.chain_drop", "chain",
                               drop->chain, STR(""), STR(""));
}

Error *intake_chain_undo(Tx *tx, const void *input, Instant now, void *output)
{
    const ChainDecide *undo = input;
    ChainGetRow chain;
    ChainLinesRows lines = {0};
    Error *err = load_in(tx, undo->area, undo->chain, undo->actor, CHAIN_TAKEN, &chain);
    if (!err) {
        err = decide(tx, undo, CHAIN_TAKEN, CHAIN_UNDONE, now);
    }
    if (!err) {
        err = sql_chain_lines(tx_snapshot(tx), undo->area, undo->chain, &lines);
    }
    for (size_t i = 0; !err && i < lines.count; i++) {
        if (lines.rows[i].proposal_id != 0) {
            /* None has been changed since: they were made with version 1. */
            ProposalWithdraw back = {.area = undo->area,
                                     .id = lines.rows[i].proposal_id,
                                     .actor = undo->actor.person,
                                     .is_staff = true,
                                     .may_manage = undo->actor.may_manage,
                                     .version = 1};
            err = proposals_withdraw(tx, &back, now, NULL);
        }
    }
    return err ? err
               : journal_write(tx, undo->area, undo->actor.person, "intake.chain_undo", "chain",
                               undo->chain, STR(""), STR(""));
}
