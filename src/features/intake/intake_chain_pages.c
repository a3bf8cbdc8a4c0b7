/* intake_chain_pages.c: a chain pasted, its preview, a line corrected; taken in, undone. */
#include "features/intake/intake_entry_rules.h"
#include "features/intake/intake_pages.h"
#include "intake_chain_html.h"
#include "intake_text.h"
#include "platform/html/frame_load.h"
#include "proposals_text.h"

#define CHAINS_SHOWN 10

ChainActor chain_actor(const Page *page)
{
    return (ChainActor){page->who.person, policy_check(POLICY_MANAGE, &page->who) == VERDICT_ALLOW};
}

Error *chain_require(Page *page, Snapshot *snapshot, int64_t chain, ChainGetRow *out)
{
    ChainActor actor = chain_actor(page);
    Error *err = sql_chain_get(snapshot, page->area, chain, out);
    return err || chain_is_for(&actor, out->by_person)
               ? err
               : error_make(page->arena, ERROR_NOT_FOUND, "no such chain of theirs");
}

static Text state_text(int64_t state)
{
    static const int keys[] = {0, TEXT_intake_chain_state_preview, TEXT_intake_chain_state_taken,
                               TEXT_intake_chain_state_undone, TEXT_intake_chain_state_dropped};
    return text_of(keys[state >= CHAIN_PREVIEW && state <= CHAIN_DROPPED ? state : 0]);
}

static Text kind_text(int64_t kind)
{
    static const int keys[] = {0,
                               TEXT_intake_line_wish,
                               TEXT_intake_line_head,
                               TEXT_intake_line_example,
                               TEXT_intake_line_repeat,
                               TEXT_intake_line_old,
                               TEXT_intake_line_empty};
    return text_of(keys[kind >= CHAIN_ENTRY && kind <= CHAIN_EMPTY ? kind : 0]);
}

/* --- the paste ------------------------------------------------------------------------------ */

typedef struct PasteInput {
    Str text;
    int channel;
} PasteInput;

static const Choice paste_channels[] = {
    {"group_chat", CHANNEL_GROUP_CHAT, TEXT_channel_group_chat},
    {"wechat", CHANNEL_WECHAT, TEXT_channel_wechat},
};

static const Field paste_fields[] = {
    {FIELD_COMMON(PasteInput, text, FIELD_LONG_TEXT, TEXT_intake_chain_text),
     .hint = TEXT_intake_chain_text_hint, .is_required = true, .max = CHAIN_BYTES_MAX / 3},
    {FIELD_COMMON(PasteInput, channel, FIELD_CHOICE, TEXT_proposal_field_channel),
     .is_required = true, .choices = paste_channels, .n_choices = countof(paste_channels)},
};

const Form chain_paste_form = FORM("chain", paste_fields, PasteInput);

static Error *fill_chains(Page *page, Snapshot *snapshot, ChainPasteView *view)
{
    ChainListRows rows = {0};
    ChainActor actor = chain_actor(page);
    Error *err = sql_chain_list(snapshot, page->area, actor.may_manage ? 0 : actor.person,
                                INT64_MAX, CHAINS_SHOWN, &rows);
    ChainSummary *chains = arena_array(page->arena, ChainSummary, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const ChainListRow *row = &rows.rows[i];
        chains[i] = (ChainSummary){.link = page_path(page, "/a/{area}/intake/chains/{id}", row->id),
                                   .state = state_text(row->state),
                                   .by_name = row->by_name,
                                   .at = row->created_at,
                                   .n_taken = row->n_taken};
    }
    view->chains = chains;
    view->n_chains = rows.count;
    return err;
}

Error *page_chain_paste(Page *page, Snapshot *snapshot)
{
    ChainPasteView view = {.frame = page_frame(page, t_intake_chain_title(), FRAME_TAB_NONE)};
    Error *err = fill_chains(page, snapshot, &view);
    if (err) {
        return err;
    }
    PasteInput input = {.channel = CHANNEL_GROUP_CHAT};
    view.form = page_form_of(page, &chain_paste_form, &input);
    view.action = page_path(page, "/a/{area}/intake/chain", 0);
    view.quick = page_path(page, "/a/{area}/intake", 0);
    Out out = page_out(page);
    chain_paste_page(&out, &view);
    return NULL;
}

static Error *after_paste(Page *page, const void *input, const void *output)
{
    const ChainStaged *staged = output;
    return page_redirect(page, page_path(page, "/a/{area}/intake/chains/{id}", staged->chain));
}

Error *submit_chain_paste(Page *page, Snapshot *snapshot, const void *input)
{
    const PasteInput *typed = input;
    ChainLine *lines = NULL;
    ChainStage *stage = arena_new(page->arena, ChainStage);
    *stage = (ChainStage){.area = page->area, .actor = page->who.person, .channel = typed->channel};
    stage->count = chain_read(page->arena, typed->text, &lines, &stage->is_whole);
    stage->lines = lines;
    if (stage->count == 0) {
        return error_for_field(error_make(page->arena, ERROR_FIELD_MISSING, "no line"),
                               STR("text"));
    }
    return page_write(page, intake_chain_stage, stage, sizeof(ChainStaged), after_paste);
}

/* --- the preview ------------------------------------------------------------------------------ */

typedef struct TakeInput {
    int64_t version;
    IdList lines;
} TakeInput;

typedef struct VersionInput {
    int64_t version;
} VersionInput;

static const Field take_fields[] = {
    {FIELD_COMMON(TakeInput, version, FIELD_INTEGER, TEXT_intake_chain_title), .is_required = true},
    {FIELD_COMMON(TakeInput, lines, FIELD_IDS, TEXT_intake_chain_wish), .max = CHAIN_LINES_MAX},
};
static const Field version_fields[] = {
    {FIELD_COMMON(VersionInput, version, FIELD_INTEGER, TEXT_intake_chain_title),
     .is_required = true},
};

const Form chain_take_form = FORM("chain_take", take_fields, TakeInput);
const Form chain_drop_form = FORM("chain_drop", version_fields, VersionInput);
const Form chain_undo_form = FORM("chain_undo", version_fields, VersionInput);

/* Who the roll says it is, and whether it cannot tell. */
static void show_who(Page *page, const ChainLinesRow *line, const ChainCandidatesRows *candidates,
                     ChainLineView *view)
{
    int64_t person = chain_person_of(page->arena, line, candidates);
    size_t same = 0;
    for (size_t i = 0; i < candidates->count; i++) {
        const ChainCandidatesRow *row = &candidates->rows[i];
        same += row->line_id == line->id;
        if (row->person_id == person && row->line_id == line->id) {
            view->who_name = people_place_line(page->arena, row->building, row->door);
        }
    }
    view->is_unsure = person == 0 && same > 1 && line->person_id == CHAIN_PERSON_AUTO;
    view->who = person != 0       ? t_intake_chain_on_roll()
                : view->is_unsure ? t_intake_chain_several((int64_t)same)
                                  : t_intake_chain_not_on_roll();
}

static ChainLineView show_line(Page *page, const ChainLinesRow *line,
                               const ChainCandidatesRows *candidates, bool was_sent)
{
    ChainLineView view = {.id = id_text(line->id),
                          .line = line->line,
                          .kind = kind_text(line->kind),
                          .raw = line->raw,
                          .name = line->name,
                          .place = line->place,
                          .words = line->words,
                          .phone = line->phone,
                          .holds_number = entry_holds_number(line->words),
                          .is_taken = line->proposal_id != 0,
                          .may_take = line->words.len > 0,
                          .is_ticked = line->kind == CHAIN_ENTRY && !was_sent};
    view.is_ticked = view.is_ticked && !view.holds_number;
    show_who(page, line, candidates, &view);
    view.edit = page_path(page, "/a/{area}/intake/lines/{id}", line->id);
    view.proposal = intake_proposal_url(page, line->proposal_id);
    for (size_t i = 0; was_sent && i < page->form->chosen.count; i++) {
        view.is_ticked = view.is_ticked || page->form->chosen.ids[i] == line->id;
    }
    return view;
}

static bool is_wish(const ChainLinesRow *line)
{
    return line->kind != CHAIN_HEAD && line->kind != CHAIN_EXAMPLE;
}

static Error *fill_lines(Page *page, Snapshot *snapshot, int64_t chain, ChainView *view)
{
    ChainLinesRows lines = {0};
    ChainCandidatesRows candidates = {0};
    Error *err = sql_chain_lines(snapshot, page->area, chain, &lines);
    if (!err) {
        err = sql_chain_candidates(snapshot, page->area, chain, CHAIN_CANDIDATES_MAX, &candidates);
    }
    ChainLineView *wishes = arena_array(page->arena, ChainLineView, lines.count);
    ChainLineView *others = arena_array(page->arena, ChainLineView, lines.count);
    bool was_sent = page->form != NULL && page->form->form == &chain_take_form;
    for (size_t i = 0; i < lines.count; i++) {
        ChainLineView line = show_line(page, &lines.rows[i], &candidates, was_sent);
        if (is_wish(&lines.rows[i])) {
            wishes[view->n_wishes++] = line;
        } else {
            others[view->n_others++] = line;
        }
    }
    view->wishes = wishes;
    view->others = others;
    return err;
}

static void fill_acts(Page *page, const ChainGetRow *row, ChainView *view)
{
    if (row->state == CHAIN_PREVIEW) {
        view->take = page_form(page, &chain_take_form);
        view->drop = page_form(page, &chain_drop_form);
    } else if (row->state == CHAIN_TAKEN) {
        view->undo = page_form(page, &chain_undo_form);
    }
    view->take_action = page_path(page, "/a/{area}/intake/chains/{id}/take", row->id);
    view->drop_action = page_path(page, "/a/{area}/intake/chains/{id}/drop", row->id);
    view->undo_action = page_path(page, "/a/{area}/intake/chains/{id}/undo", row->id);
    view->paste = page_path(page, "/a/{area}/intake/chain", 0);
    if (page->form != NULL && page->form->error != NULL) {
        view->problem = text_of_error(page->form->error);
    }
}

Error *page_chain(Page *page, Snapshot *snapshot)
{
    ChainGetRow row;
    ChainView view = {.frame = page_frame(page, t_intake_chain_title(), FRAME_TAB_NONE)};
    Error *err = chain_require(page, snapshot, page->ids[0], &row);
    if (!err) {
        err = fill_lines(page, snapshot, row.id, &view);
    }
    if (err) {
        return err;
    }
    view.state = state_text(row.state);
    view.channel = proposal_channel_text(row.channel);
    view.by_name = row.by_name;
    view.at = row.created_at;
    view.is_whole = row.is_whole;
    view.version = row.version;
    view.n_taken = row.n_taken;
    fill_acts(page, &row, &view);
    Out out = page_out(page);
    chain_page(&out, &view);
    return NULL;
}

/* --- deciding -----------------------------------------------------------------------------------
 */

Error *submit_chain_take(Page *page, Snapshot *snapshot, const void *input)
{
    const TakeInput *typed = input;
    Receipt *receipts = arena_array(page->arena, Receipt, typed->lines.count);
    for (size_t i = 0; i < typed->lines.count; i++) {
        receipts[i] = proposal_new_receipt();
    }
    ChainTake *take = arena_new(page->arena, ChainTake);
    *take = (ChainTake){.area = page->area,
                        .chain = page->ids[0],
                        .actor = chain_actor(page),
                        .version = typed->version,
                        .lines = typed->lines,
                        .receipts = receipts};
    return page_write_to(page, intake_chain_take, take, sizeof(ChainTaken),
                         page_path(page, "/a/{area}/intake/chains/{id}", take->chain),
                         TEXT_intake_chain_taken);
}

static ChainDecide *decision(Page *page, const void *input)
{
    const VersionInput *typed = input;
    ChainDecide *decide = arena_new(page->arena, ChainDecide);
    *decide = (ChainDecide){page->area, page->ids[0], chain_actor(page), typed->version};
    return decide;
}

Error *submit_chain_drop(Page *page, Snapshot *snapshot, const void *input)
{
    return page_write_to(page, intake_chain_drop, decision(page, input), 0,
                         page_path(page, "/a/{area}/intake/chain", 0), TEXT_intake_chain_dropped);
}

Error *submit_chain_undo(Page *page, Snapshot *snapshot, const void *input)
{
    return page_write_to(page, intake_chain_undo, decision(page, input), 0,
                         page_path(page, "/a/{area}/intake/chains/{id}", page->ids[0]),
                         TEXT_intake_chain_undone);
}
