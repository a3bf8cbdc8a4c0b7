/* intake.c: the use cases of taking in one by one, and what they share with a chain. */
#include "features/intake/intake.h"

#include "features/intake/intake_private.h"
#include "intake_sql.h"

static Error *put_on_roll(Tx *tx, const IntakeEntry *entry, Instant now, int64_t *out_person)
{
    PersonEnter enter = {
        .area = entry->proposal.area,
        .actor = entry->proposal.actor,
        .person = {.name = entry->proposal.proposer_name, .phone = entry->proposal.proposer_phone},
        .building = entry->building,
        .residency = RESIDENCY_UNKNOWN};
    PersonEntered entered = {0};
    Error *err = people_enter(tx, &enter, now, &entered);
    *out_person = entered.person;
    /* The fields of the quick entry are called after what they are there. */
    return err && str_eq(err->field, STR("name")) ? error_for_field(err, STR("who")) : err;
}

Error *intake_enter(Tx *tx, const void *input, Instant now, void *output)
{
    const IntakeEntry *entry = input;
    NewProposal proposal = entry->proposal;
    Error *err = entry->adds_to_roll ? put_on_roll(tx, entry, now, &proposal.proposer) : NULL;
    return err ? err : proposals_submit(tx, &proposal, now, output);
}

/* What was said to be the same as another one is taken apart from it first. */
static Error *stand_alone(Tx *tx, const IntakeTakeBack *back, IntakeEntryRow *row, Instant now)
{
    if (row->state != PROPOSAL_MERGED) {
        return NULL;
    }
    ProposalUnmerge undo = {.area = back->area, .id = back->proposal, .actor = back->actor};
    row->version++;
    return proposals_unmerge(tx, &undo, now, NULL);
}

Error *intake_take_back(Tx *tx, const void *input, Instant now, void *output)
{
    const IntakeTakeBack *back = input;
    IntakeEntryRow row;
    Error *err = sql_intake_entry(tx_snapshot(tx), back->area, back->proposal, &row);
    if (!err && row.entered_by != back->actor) {
        err = error_make(tx_arena(tx), ERROR_NOT_FOUND, "entered by somebody else");
    }
    if (!err) {
        err = stand_alone(tx, back, &row, now);
    }
    if (err) {
        return err;
    }
    ProposalWithdraw withdraw = {.area = back->area,
                                 .id = back->proposal,
                                 .actor = back->actor,
                                 .is_staff = true,
                                 .version = row.version};
    return proposals_withdraw(tx, &withdraw, now, output);
}
