/* proposals.c: the use cases: propose, change, take back, answer. */
#include "features/proposals/proposals.h"

#include "base/random.h"
#include "base/utf8.h"
#include "features/programmes/programmes.h"
#include "features/proposals/proposals_merge.h"
#include "features/proposals/proposals_photos.h"
#include "features/proposals/proposals_similar.h"
#include "platform/journal/journal.h"
#include "platform/text/search.h"
#include "proposals_sql.h"

Receipt proposal_new_receipt(void)
{
    uint8_t values[RECEIPT_RANDOM];
    size_t count = 0;
    while (count < RECEIPT_RANDOM) {
        uint8_t byte;
        random_bytes(&byte, 1);
        if (byte < 248) { /* 8 * 31: all 31 values equally likely */
            values[count++] = byte % 31;
        }
    }
    return receipt_make(values);
}

/* --- what was typed ---------------------------------------------------------- */

/* What staff write down is what somebody said, however short. */
static Error *check_words(Arena *arena, const ProposalWords *words, bool is_said)
{
    Error *err = error_length(arena, "title", words->title,
                              is_said ? PROPOSAL_SAID_MIN : PROPOSAL_TITLE_MIN, PROPOSAL_TITLE_MAX);
    if (!err) {
        err = error_length(arena, "need", words->need,
                           is_said ? PROPOSAL_SAID_MIN : PROPOSAL_NEED_MIN, PROPOSAL_NEED_MAX);
    }
    if (!err) {
        err = error_length(arena, "place", words->place, 0, PROPOSAL_PLACE_MAX);
    }
    if (!err) {
        err = error_length(arena, "beneficiaries", words->beneficiaries, 0,
                           PROPOSAL_BENEFICIARIES_MAX);
    }
    if (!err && (words->kind < PROPOSAL_ENGINEERING || words->kind > PROPOSAL_KIND_UNSURE)) {
        err = error_for_field(error_make(arena, ERROR_FIELD_NOT_CHOICE, "kind"), STR("kind"));
    }
    return err;
}

/* What a search finds a proposal by. */
static Error *index_words(Tx *tx, int64_t area, int64_t round, int64_t id,
                          const ProposalWords *words)
{
    Arena *arena = tx_arena(tx);
    Str all =
        arena_printf(arena, "%.*s\n%.*s\n%.*s\n%.*s", STR_ARG(words->title), STR_ARG(words->need),
                     STR_ARG(words->place), STR_ARG(words->beneficiaries));
    Error *err = sql_proposal_search_insert(tx, area, id, search_words(arena, all), NULL);
    return err ? err : proposals_similar_keep(tx, area, round, id, words);
}

/* --- proposing --------------------------------------------------------------- */

static Error *collecting_round(Tx *tx, int64_t area, RoundInfo *out)
{
    bool found = false;
    Error *err = programmes_current_round(tx_snapshot(tx), area, out, &found);
    if (err) {
        return err;
    }
    if (!found || !programmes_stage_is_open(out, STAGE_KIND_COLLECT)) {
        return error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "no round collects proposals");
    }
    return NULL;
}

static Error *check_channel(Arena *arena, const NewProposal *new)
{
    if (!new->is_staff) {
        return NULL;
    }
    if (new->channel < CHANNEL_PORTAL || new->channel > CHANNEL_MEETING) {
        return error_for_field(error_make(arena, ERROR_FIELD_MISSING, "channel"), STR("channel"));
    }
    Error *err = error_length(arena, "proposer_name", new->proposer_name, 0, PROPOSAL_NAME_MAX);
    return err ? err : error_length(arena, "ticket", new->ticket, 0, PROPOSAL_TICKET_MAX);
}

/* Counted inside the transaction: two forms sent at once are not one too many. */
static Error *check_cap(Tx *tx, const NewProposal *new, int64_t round)
{
    RoundRules *rules = arena_new(tx_arena(tx), RoundRules);
    ProposalHeldRow held = {0};
    if (new->is_staff) {
        return NULL;
    }
    Error *err = programmes_round_rules(tx_snapshot(tx), new->area, round, rules);
    if (!err) {
        err = sql_proposal_held(tx_snapshot(tx), new->area, round, new->actor, &held);
    }
    if (err || proposal_cap_allows(rules->per_resident, held.n)) {
        return err;
    }
    return error_with(error_make(tx_arena(tx), ERROR_PROPOSAL_CAP, "has %lld", (long long)held.n),
                      rules->per_resident, STR(""));
}

static Error *insert_proposal(Tx *tx, const NewProposal *new, int64_t round, Instant now,
                              ProposalSubmitted *out)
{
    const ProposalWords *words = &new->words;
    int64_t changed = 0;
    Error *err = sql_proposal_insert(
        tx, new->area, out->id, round, words->title, words->need, words->place,
        words->beneficiaries, words->kind, new->is_staff ? new->channel : CHANNEL_PORTAL,
        new->is_staff ? new->ticket : STR(""), str_from(new->receipt.text),
        new->is_staff ? new->proposer : new->actor, new->is_staff ? new->proposer_name : STR(""),
        new->is_staff ? new->proposer_phone : STR(""), new->is_staff ? new->actor : 0, now,
        &changed);
    if (!err && changed == 0) {
        err = error_make(tx_arena(tx), ERROR_CONFLICT_RETRY, "the receipt is taken");
    }
    out->receipt = new->receipt;
    return err;
}

Error *proposals_submit(Tx *tx, const void *input, Instant now, void *output)
{
    const NewProposal *new = input;
    ProposalSubmitted *out = output;
    RoundInfo round;
    Error *err = collecting_round(tx, new->area, &round);
    if (!err) {
        err = check_words(tx_arena(tx), &new->words, new->is_staff);
    }
    if (!err) {
        err = check_channel(tx_arena(tx), new);
    }
    if (!err) {
        err = check_cap(tx, new, round.id);
    }
    if (err) {
        return err;
    }
    out->id = tx_new_id(tx);
    out->round = round.id;
    err = insert_proposal(tx, new, round.id, now, out);
    if (!err) {
        err = index_words(tx, new->area, round.id, out->id, &new->words);
    }
    if (!err) {
        err = journal_write(tx, new->area, new->actor, "proposal.submit", "proposal", out->id,
                            new->words.title, new->is_staff ? new->proposer_name : STR(""));
    }
    if (!err) {
        err = photos_keep(tx, new->area, out->id, new->actor, &new->photos);
    }
    return err || new->same_as == 0
               ? err
               : proposals_join(tx, new->area, out->id, new->same_as, new->actor, now);
}

/* --- changing ---------------------------------------------------------------- */

/* The row, when this person may change it now. Others get NOT_FOUND: whose it is tells nobody. */
static Error *load_changeable(Tx *tx, int64_t area, int64_t id, const ProposalActor *actor,
                              ProposalGetRow *out)
{
    Error *err = sql_proposal_get(tx_snapshot(tx), area, id, out);
    if (err) {
        return err;
    }
    ProposalFact fact = {(ProposalState)out->state, out->proposer_id, out->entered_by};
    if (!proposal_belongs_to(&fact, actor)) {
        return error_make(tx_arena(tx), ERROR_NOT_FOUND, "no such proposal of theirs");
    }
    if (!proposal_may_be_changed(&fact, actor)) {
        return error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "decided or withdrawn already");
    }
    return NULL;
}

Error *proposals_edit(Tx *tx, const void *input, Instant now, void *output)
{
    const ProposalEdit *edit = input;
    const ProposalWords *words = &edit->words;
    ProposalGetRow row;
    ProposalActor actor = {edit->actor, edit->is_staff, edit->may_manage};
    Error *err = load_changeable(tx, edit->area, edit->id, &actor, &row);
    if (!err) {
        err = check_words(tx_arena(tx), words, row.entered_by != 0);
    }
    if (!err) {
        err = sql_proposal_edit(tx, edit->area, edit->id, edit->version, words->title, words->need,
                                words->place, words->beneficiaries, words->kind);
    }
    if (!err) {
        err = sql_proposal_search_delete(tx, edit->area, edit->id, NULL);
    }
    if (!err) {
        ProposalWords old = {.title = row.title, .need = row.need, .place = row.place};
        err = proposals_similar_forget(tx, edit->area, row.round_id, edit->id, &old);
    }
    if (!err) {
        err = index_words(tx, edit->area, row.round_id, edit->id, words);
    }
    if (!err) {
        err = photos_keep(tx, edit->area, edit->id, edit->actor, &edit->photos);
    }
    return err ? err
               : journal_write(tx, edit->area, edit->actor, "proposal.edit", "proposal", edit->id,
                               words->title, STR(""));
}

Error *proposals_withdraw(Tx *tx, const void *input, Instant now, void *output)
{
    const ProposalWithdraw *withdraw = input;
    ProposalGetRow row;
    ProposalActor actor = {withdraw->actor, withdraw->is_staff, withdraw->may_manage};
    Error *err = load_changeable(tx, withdraw->area, withdraw->id, &actor, &row);
    if (!err) {
        err = proposals_stands_alone(tx, withdraw->area, withdraw->id);
    }
    if (!err) {
        err = sql_proposal_withdraw(tx, withdraw->area, withdraw->id, withdraw->version);
    }
    if (!err) {
        err = sql_proposal_search_delete(tx, withdraw->area, withdraw->id, NULL);
    }
    if (!err) {
        err = photos_hide(tx, withdraw->area, withdraw->id);
    }
    return err ? err
               : journal_write(tx, withdraw->area, withdraw->actor, "proposal.withdraw", "proposal",
                               withdraw->id, row.title, STR(""));
}
