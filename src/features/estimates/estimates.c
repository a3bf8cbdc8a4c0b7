/* estimates.c: the use cases: enter a price, sign it, send it back. */
#include "features/estimates/estimates.h"

#include "estimates_sql.h"
#include "features/programmes/programmes.h"
#include "features/proposals/proposals.h"
#include "features/screening/screening.h"
#include "platform/journal/journal.h"

/* The proposal, when this person has no part in it themselves. */
static Error *load_proposal(Tx *tx, int64_t area, int64_t id, int64_t actor,
                            EstimateProposalRow *out)
{
    Error *err = sql_estimate_proposal(tx_snapshot(tx), area, id, actor, out);
    if (!err && out->n_proposer > 0) {
        err = error_make(tx_arena(tx), ERROR_ESTIMATE_INTERESTED, "their own proposal");
    }
    return err ? err : screening_check_interest(tx_snapshot(tx), area, id, actor);
}

static Str amount_words(Arena *arena, Money cost)
{
    char yuan[32];
    Str amount = str_from_bytes(yuan, money_format_yuan(cost, yuan, sizeof(yuan)));
    return arena_printf(arena, "%.*s 元", STR_ARG(amount));
}

/* --- entering ---------------------------------------------------------------- */

static Error *past_range(Tx *tx, int64_t area, const EstimateProposalRow *proposal, int percent,
                         UsualPrice *out)
{
    EstimatePastRows rows;
    Error *err = sql_estimate_past(tx_snapshot(tx), area, proposal->id, proposal->kind,
                                   ESTIMATE_USUAL_MOST, &rows);
    if (err) {
        return err;
    }
    Money *prices = arena_array(tx_arena(tx), Money, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        prices[i] = rows.rows[i].cost_fen;
    }
    *out = usual_price(prices, rows.count, percent);
    return NULL;
}

static Error *store_document(Tx *tx, int64_t area, const FileDraft *draft, int64_t *out)
{
    *out = 0;
    return draft->bytes.len > 0 ? file_store(tx, area, draft, out) : NULL;
}

static Error *store_quotes(Tx *tx, const NewEstimate *new, int64_t estimate)
{
    Error *err = NULL;
    for (size_t i = 0; !err && i < ESTIMATE_QUOTES_MAX; i++) {
        const QuoteFact *quote = &new->fact.quotes[i];
        int64_t file = 0;
        if (new->fact.basis != ESTIMATE_QUOTES || !quote_is_begun(quote)) {
            continue;
        }
        err = store_document(tx, new->area, &new->documents[i], &file);
        if (!err) {
            err = sql_estimate_quote_insert(tx, new->area, estimate, (int64_t)i + 1,
                                            quote->supplier, quote->cost, quote->on, file,
                                            new->documents[i].name, NULL);
        }
    }
    return err;
}

static Error *save_estimate(Tx *tx, const NewEstimate *new, const EstimateProposalRow *proposal,
                            const UsualPrice *usual, Instant now, EstimateEntered *out)
{
    const EstimateFact *fact = &new->fact;
    EstimateState state = out->needs ? ESTIMATE_WAITS : ESTIMATE_IN_FORCE;
    int64_t file = 0;
    Error *err = store_document(tx, new->area, &new->document, &file);
    if (!err) {
        err = sql_estimate_replace(tx, new->area, proposal->id, ESTIMATE_WAITS, NULL);
    }
    if (!err && state == ESTIMATE_IN_FORCE) {
        err = sql_estimate_replace(tx, new->area, proposal->id, ESTIMATE_IN_FORCE, NULL);
    }
    if (!err) {
        out->id = tx_new_id(tx);
        err = sql_estimate_insert(
            tx, new->area, out->id, proposal->round_id, proposal->id, fact->cost, fact->basis,
            fact->source, fact->words, file, new->document.name, usual->n, usual->median,
            usual->deviation, usual->low, usual->high, out->needs, state, new->actor, now, NULL);
    }
    if (!err) {
        err = store_quotes(tx, new, out->id);
    }
    return err || out->needs ? err : proposals_set_price(tx, new->area, proposal->id, fact->cost);
}

Error *estimates_enter(Tx *tx, const void *input, Instant now, void *output)
{
    const NewEstimate *new = input;
    EstimateEntered *out = output;
    RoundRules *rules = arena_new(tx_arena(tx), RoundRules);
    EstimateProposalRow proposal;
    UsualPrice usual;
    Error *err = load_proposal(tx, new->area, new->proposal, new->actor, &proposal);
    if (!err) {
        err = programmes_round_rules(tx_snapshot(tx), new->area, proposal.round_id, rules);
    }
    if (!err) {
        err = estimate_check(tx_arena(tx), &new->fact, rules->quotes, instant_date(now));
    }
    if (!err) {
        err = proposals_check_price(tx, new->area, proposal.id, new->fact.cost);
    }
    if (!err) {
        err = past_range(tx, new->area, &proposal, rules->outlier_percent, &usual);
    }
    if (err) {
        return err;
    }
    out->needs = estimate_needs(&usual, rules->second_signature_from, new->fact.cost);
    err = save_estimate(tx, new, &proposal, &usual, now, out);
    return err ? err
               : journal_write(tx, new->area, new->actor,
                               out->needs ? "estimate.propose" : "estimate.set", "proposal",
                               proposal.id, amount_words(tx_arena(tx), new->fact.cost), STR(""));
}

/* --- signing and sending back ------------------------------------------------ */

/* The one that waits, when this person may decide about it. */
static Error *load_waiting(Tx *tx, const EstimateDecide *decide, EstimateGetRow *out)
{
    Arena *arena = tx_arena(tx);
    EstimateProposalRow proposal;
    Error *err = sql_estimate_get(tx_snapshot(tx), decide->area, decide->id, out);
    if (err) {
        return err;
    }
    if (out->proposal_id != decide->proposal) {
        return error_make(arena, ERROR_NOT_FOUND, "no such estimate");
    }
    if (out->state != ESTIMATE_WAITS) {
        return error_make(arena, ERROR_VERSION_CONFLICT, "does not wait any more");
    }
    if (!estimate_may_be_decided((EstimateState)out->state, out->entered_by, decide->actor)) {
        return error_make(arena, ERROR_ESTIMATE_SAME_PERSON, "entered by the same person");
    }
    return load_proposal(tx, decide->area, decide->proposal, decide->actor, &proposal);
}

static Error *put_in_force(Tx *tx, const EstimateDecide *decide, Money cost)
{
    Error *err = proposals_set_price(tx, decide->area, decide->proposal, cost);
    return err ? err
               : sql_estimate_replace(tx, decide->area, decide->proposal, ESTIMATE_IN_FORCE, NULL);
}

Error *estimates_decide(Tx *tx, const void *input, Instant now, void *output)
{
    const EstimateDecide *decide = input;
    EstimateGetRow row;
    Error *err = load_waiting(tx, decide, &row);
    if (!err) {
        err = decide->is_signed ? put_in_force(tx, decide, row.cost_fen)
                                : estimate_note_check(tx_arena(tx), decide->note);
    }
    if (!err) {
        err = sql_estimate_decide(tx, decide->area, decide->id,
                                  decide->is_signed ? ESTIMATE_IN_FORCE : ESTIMATE_SENT_BACK, now,
                                  decide->actor, decide->is_signed ? STR("") : decide->note, NULL);
    }
    if (err) {
        return err;
    }
    Str reason = decide->is_signed ? amount_words(tx_arena(tx), row.cost_fen) : decide->note;
    return journal_write(tx, decide->area, decide->actor,
                         decide->is_signed ? "estimate.sign" : "estimate.return", "proposal",
                         decide->proposal, reason, STR(""));
}
