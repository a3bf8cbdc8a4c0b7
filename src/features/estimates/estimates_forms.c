/* estimates_forms.c: entering a price, signing it, sending it back. */
#include "base/utf8.h"
#include "estimate_form_html.h"
#include "estimates_text.h"
#include "features/estimates/estimates_pages.h"
#include "platform/html/frame_load.h"

#define DOCUMENT_BYTES (4 * 1024 * 1024)

typedef struct QuoteInput {
    Str supplier;
    Money cost;
    Date on;
    FileInput file;
} QuoteInput;

typedef struct EstimateInput {
    Money cost;
    int basis;
    Str source;
    Str words;
    FileInput document;
    QuoteInput quotes[ESTIMATE_QUOTES_MAX];
} EstimateInput;

static const Choice bases[] = {
    {"quotes", ESTIMATE_QUOTES, TEXT_estimate_basis_quotes},
    {"library", ESTIMATE_LIBRARY, TEXT_estimate_basis_library},
    {"department", ESTIMATE_DEPARTMENT, TEXT_estimate_basis_department},
};

/* The four fields of the quote at a place (its number less one) of the form. */
#define QUOTE_FIELDS(number, place)                                                                \
    {.name = "supplier_" number,                                                                   \
     .type = FIELD_TEXT,                                                                           \
     .label = TEXT_estimate_supplier,                                                              \
     .is_conditional = true,                                                                       \
     .max = ESTIMATE_SUPPLIER_MAX,                                                                 \
     .autocomplete = "off",                                                                        \
     .offset = offsetof(EstimateInput, quotes[place].supplier)},                                   \
        {.name = "quote_" number,                                                                  \
         .type = FIELD_MONEY,                                                                      \
         .label = TEXT_estimate_quote,                                                             \
         .is_conditional = true,                                                                   \
         .max = MONEY_MAX_FEN,                                                                     \
         .offset = offsetof(EstimateInput, quotes[place].cost)},                                   \
        {.name = "date_" number,                                                                   \
         .type = FIELD_DATE,                                                                       \
         .label = TEXT_estimate_quoted_on,                                                         \
         .is_conditional = true,                                                                   \
         .offset = offsetof(EstimateInput, quotes[place].on)},                                     \
    {                                                                                              \
        .name = "file_" number, .type = FIELD_FILE, .label = TEXT_estimate_quote_file,             \
        .is_conditional = true, .max = DOCUMENT_BYTES,                                             \
        .offset = offsetof(EstimateInput, quotes[place].file)                                      \
    }

static const Field estimate_fields[] = {
    {FIELD_COMMON(EstimateInput, cost, FIELD_MONEY, TEXT_estimate_cost),
     .hint = TEXT_estimate_cost_hint, .is_required = true, .max = MONEY_MAX_FEN},
    {FIELD_COMMON(EstimateInput, basis, FIELD_CHOICE, TEXT_estimate_basis), .is_required = true,
     .choices = bases, .n_choices = countof(bases)},
    QUOTE_FIELDS("1", 0),
    QUOTE_FIELDS("2", 1),
    QUOTE_FIELDS("3", 2),
    QUOTE_FIELDS("4", 3),
    QUOTE_FIELDS("5", 4),
    {FIELD_COMMON(EstimateInput, source, FIELD_TEXT, TEXT_estimate_source),
     .hint = TEXT_estimate_source_hint, .is_conditional = true, .max = ESTIMATE_SOURCE_MAX},
    {FIELD_COMMON(EstimateInput, words, FIELD_LONG_TEXT, TEXT_estimate_words),
     .hint = TEXT_estimate_words_hint, .max = ESTIMATE_WORDS_MAX},
    {FIELD_COMMON(EstimateInput, document, FIELD_FILE, TEXT_estimate_document),
     .hint = TEXT_estimate_document_hint, .max = DOCUMENT_BYTES},
};

const Form estimate_form = FORM("estimate", estimate_fields, EstimateInput, .has_file = true);

static const char *const slot_names[ESTIMATE_QUOTES_MAX][4] = {
    {"supplier_1", "quote_1", "date_1", "file_1"}, {"supplier_2", "quote_2", "date_2", "file_2"},
    {"supplier_3", "quote_3", "date_3", "file_3"}, {"supplier_4", "quote_4", "date_4", "file_4"},
    {"supplier_5", "quote_5", "date_5", "file_5"},
};

/* As many quotes as the programme wants, and one more. */
static void fill_slots(Page *page, int wanted, EstimateFormView *view)
{
    size_t count = (size_t)(wanted > 1 ? wanted + 1 : 2);
    count = count < ESTIMATE_QUOTES_MAX ? count : ESTIMATE_QUOTES_MAX;
    QuoteSlot *slots = arena_array(page->arena, QuoteSlot, count);
    for (size_t i = 0; i < count; i++) {
        const char *const *names = slot_names[i];
        slots[i] = (QuoteSlot){names[0], names[1], names[2], names[3],
                               t_estimate_quote_no((int64_t)i + 1)};
    }
    view->quotes = wanted;
    view->slots = slots;
    view->n_slots = count;
}

/* A price that was given with the answer is the start of one with evidence. */
static FormState *fresh_form(Page *page, Money cost)
{
    FormState *form = page_form(page, &estimate_form);
    if (page->form != form && cost.fen > 0) {
        EstimateInput *input = arena_new(page->arena, EstimateInput);
        input->cost = cost;
        form_prefill(page->arena, form, input);
        for (size_t i = 1; i < form->form->n_fields; i++) {
            form->fields[i].typed = STR("");
        }
    }
    return form;
}

static Error *load_usual(Page *page, Snapshot *snapshot, const EstimateProposalRow *proposal,
                         int percent, Text *out)
{
    EstimatePastRows rows;
    Error *err = sql_estimate_past(snapshot, page->area, proposal->id, proposal->kind,
                                   ESTIMATE_USUAL_MOST, &rows);
    if (err) {
        return err;
    }
    Money *prices = arena_array(page->arena, Money, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        prices[i] = rows.rows[i].cost_fen;
    }
    UsualPrice usual = usual_price(prices, rows.count, percent);
    *out = percent > 0 ? estimate_usual_text(&usual) : text_of(0);
    return NULL;
}

static Error *load_form(Page *page, Snapshot *snapshot, EstimateProposalRow *proposal,
                        RoundRules *rules, StageInfo **stages, size_t *n_stages)
{
    Error *err =
        sql_estimate_proposal(snapshot, page->area, page->ids[0], page->who.person, proposal);
    if (!err) {
        err = programmes_round_rules(snapshot, page->area, proposal->round_id, rules);
    }
    return err ? err
               : programmes_stages(snapshot, page->area, proposal->round_id, stages, n_stages);
}

#define STATE_ACCEPTED 2

Error *page_estimate_new(Page *page, Snapshot *snapshot)
{
    EstimateProposalRow proposal;
    RoundRules *rules = arena_new(page->arena, RoundRules);
    StageInfo *stages = NULL;
    size_t n_stages = 0;
    Frame *frame = page_frame(page, t_estimate_form_title(), FRAME_TAB_NONE);
    EstimateFormView view = {0};
    Error *err = load_form(page, snapshot, &proposal, rules, &stages, &n_stages);
    if (!err) {
        err = load_usual(page, snapshot, &proposal, rules->outlier_percent, &view.usual);
    }
    if (err) {
        return err;
    }
    bool is_open = proposal.state == STATE_ACCEPTED && programmes_choice_is_ahead(stages, n_stages);
    view.frame = frame;
    view.form = is_open || page->form ? fresh_form(page, proposal.cost_fen) : NULL;
    view.action = page_path(page, "/a/{area}/proposals/{id}/price/new", proposal.id);
    view.title = proposal.title;
    view.need = proposal.need;
    view.place = proposal.place;
    view.kind = estimate_kind_text(proposal.kind);
    view.cost = proposal.cost_fen;
    view.has_second_signature = rules->second_signature_from.fen > 0;
    view.second_signature_from = rules->second_signature_from;
    view.back = page_path(page, "/a/{area}/proposals/{id}/price", proposal.id);
    fill_slots(page, rules->quotes, &view);
    frame->back = view.back;
    Out out = page_out(page);
    estimate_form_page(&out, &view);
    return NULL;
}

/* --- sending ----------------------------------------------------------------- */

static Error *take_quotes(Page *page, const EstimateInput *typed, NewEstimate *new)
{
    Error *err = NULL;
    for (size_t i = 0; !err && i < ESTIMATE_QUOTES_MAX; i++) {
        const QuoteInput *quote = &typed->quotes[i];
        err = file_take(page->arena, quote->file.name, quote->file.bytes, slot_names[i][3],
                        &new->documents[i]);
        new->fact.quotes[i] = (QuoteFact){.supplier = quote->supplier,
                                          .cost = quote->cost,
                                          .on = quote->on,
                                          .has_document = quote->file.bytes.len > 0};
    }
    return err;
}

static Error *after_estimate(Page *page, const void *input, const void *output)
{
    const NewEstimate *new = input;
    const EstimateEntered *done = output;
    return page_redirect_notice(page,
                                page_path(page, "/a/{area}/proposals/{id}/price", new->proposal),
                                done->needs ? TEXT_estimate_done_waits : TEXT_estimate_done);
}

Error *submit_estimate(Page *page, Snapshot *snapshot, const void *input)
{
    const EstimateInput *typed = input;
    NewEstimate *new = arena_new(page->arena, NewEstimate);
    *new = (NewEstimate){.area = page->area,
                         .proposal = page->ids[0],
                         .actor = page->who.person,
                         .fact = {.cost = typed->cost,
                                  .basis = typed->basis,
                                  .source = typed->source,
                                  .words = typed->words}};
    Error *err = NULL;
    if (typed->basis == ESTIMATE_QUOTES) {
        err = take_quotes(page, typed, new);
    }
    if (!err) {
        err = file_take(page->arena, typed->document.name, typed->document.bytes, "document",
                        &new->document);
    }
    return err ? err
               : page_write(page, estimates_enter, new, sizeof(EstimateEntered), after_estimate);
}

/* --- signing and sending back ------------------------------------------------ */

typedef struct DecideInput {
    int64_t estimate;
    Str note;
} DecideInput;

static const Field sign_fields[] = {
    {FIELD_COMMON(DecideInput, estimate, FIELD_ID, TEXT_estimate_sign), .is_required = true},
};

const Form estimate_sign_form = FORM("estimate-sign", sign_fields, DecideInput);

static const Field return_fields[] = {
    {FIELD_COMMON(DecideInput, estimate, FIELD_ID, TEXT_estimate_return), .is_required = true},
    {FIELD_COMMON(DecideInput, note, FIELD_TEXT, TEXT_estimate_note),
     .hint = TEXT_estimate_note_hint, .is_required = true, .min = ESTIMATE_NOTE_MIN,
     .max = ESTIMATE_NOTE_MAX, .autocomplete = "off"},
};

const Form estimate_return_form = FORM("estimate-return", return_fields, DecideInput);

static Error *submit_decision(Page *page, const DecideInput *typed, bool is_signed)
{
    EstimateDecide *decide = arena_new(page->arena, EstimateDecide);
    *decide = (EstimateDecide){.area = page->area,
                               .proposal = page->ids[0],
                               .id = typed->estimate,
                               .actor = page->who.person,
                               .is_signed = is_signed,
                               .note = typed->note};
    return page_write_to(page, estimates_decide, decide, 0,
                         page_path(page, "/a/{area}/proposals/{id}/price", decide->proposal),
                         decide->is_signed ? TEXT_estimate_signed_done
                                           : TEXT_estimate_returned_done);
}

Error *submit_estimate_sign(Page *page, Snapshot *snapshot, const void *input)
{
    return submit_decision(page, input, true);
}

Error *submit_estimate_return(Page *page, Snapshot *snapshot, const void *input)
{
    return submit_decision(page, input, false);
}
