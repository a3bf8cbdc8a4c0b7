/* shortlist_hall_pages.c: the vote in the hall, and fixing the list. */
#include "features/shortlist/shortlist_pages.h"
#include "shortlist_fix_html.h"
#include "shortlist_hall_html.h"
#include "shortlist_text.h"

/* --- the vote in the hall ---------------------------------------------------- */

/* counts[i] are the hands for projects.ids[i]. */
typedef struct HallInput {
    int64_t voters;
    IdList projects;
    int64_t counts[SHORTLIST_COUNTS_MAX];
} HallInput;

#define COUNT(number)                                                                              \
    {                                                                                              \
        .name = "count_" #number, .type = FIELD_INTEGER, .label = TEXT_shortlist_count_label,      \
        .is_conditional = true, .max = SHORTLIST_VOTERS_MAX,                                       \
        .offset = offsetof(HallInput, counts) + ((number)-1) * sizeof(int64_t)                     \
    }
#define COUNT_OF_TEN(t)                                                                            \
    COUNT(t##1), COUNT(t##2), COUNT(t##3), COUNT(t##4), COUNT(t##5), COUNT(t##6), COUNT(t##7),     \
        COUNT(t##8), COUNT(t##9)

static const Field hall_fields[] = {
    {FIELD_COMMON(HallInput, voters, FIELD_INTEGER, TEXT_shortlist_voters), .is_required = true,
     .min = 1, .max = SHORTLIST_VOTERS_MAX},
    {FIELD_COMMON(HallInput, projects, FIELD_IDS, TEXT_shortlist_projects),
     .max = SHORTLIST_COUNTS_MAX},
    COUNT(1),
    COUNT(2),
    COUNT(3),
    COUNT(4),
    COUNT(5),
    COUNT(6),
    COUNT(7),
    COUNT(8),
    COUNT(9),
    COUNT(10),
    COUNT_OF_TEN(1),
    COUNT(20),
    COUNT_OF_TEN(2),
    COUNT(30),
    COUNT_OF_TEN(3),
    COUNT(40),
    COUNT_OF_TEN(4),
    COUNT(50),
    COUNT_OF_TEN(5),
    COUNT(60),
};
#define FIRST_COUNT 2

const Form shortlist_hall_form = FORM("shortlist-hall", hall_fields, HallInput);

/* What stands on the tables, as the page lists it. */
typedef struct Presented {
    const TableInfo *table;
    const TableItem *item;
} Presented;

static size_t list_presented(const Shortlist *all, Presented *out)
{
    size_t count = 0;
    for (size_t i = 0; i < all->n_tables; i++) {
        const TableInfo *table = &all->tables[i];
        for (size_t k = 0; k < table->n_items && k < (size_t)all->limits.top; k++) {
            if (table->items[k].place > 0 && count < SHORTLIST_COUNTS_MAX) {
                out[count++] = (Presented){table, &table->items[k]};
            }
        }
    }
    return count;
}

/* What this person entered before, to be mended; never what somebody else did. */
static FormState *hall_form(Page *page, const Shortlist *all, const Presented *presented, size_t n)
{
    FormState *form = page_form(page, &shortlist_hall_form);
    const HallCount *own = &all->counts[hall_place_of(all->counts, page->who.person)];
    if (page->form == form || own->by != page->who.person) {
        return form;
    }
    form->fields[0].typed = arena_printf(page->arena, "%lld", (long long)own->voters);
    for (size_t i = 0; i < n; i++) {
        int64_t votes = hall_votes_for(own, presented[i].item->proposal);
        if (votes >= 0) {
            form->fields[FIRST_COUNT + i].typed =
                arena_printf(page->arena, "%lld", (long long)votes);
        }
    }
    return form;
}

static void fill_slots(Page *page, const Presented *presented, size_t n, HallView *view)
{
    HallSlot *slots = arena_array(page->arena, HallSlot, n + 1);
    for (size_t i = 0; i < n; i++) {
        const TableItem *item = presented[i].item;
        slots[i].field =
            form_field_view(page->arena, view->form, hall_fields[FIRST_COUNT + i].name);
        slots[i].field.label =
            t_shortlist_hall_label(item->title, presented[i].table->no, item->place);
        slots[i].field.is_required = true;
        slots[i].proposal = id_text(item->proposal);
    }
    view->slots = slots;
    view->n_slots = n;
}

/* Which lines differ, without the figures: each looks at the sheet again. */
static void fill_differences(Page *page, const Shortlist *all, const Presented *presented, size_t n,
                             HallView *view)
{
    Text *lines = arena_array(page->arena, Text, n + 1);
    if (all->counts[0].voters != all->counts[1].voters) {
        lines[view->n_differs++] = t_shortlist_hall_differs_voters();
    }
    for (size_t i = 0; i < n; i++) {
        int64_t proposal = presented[i].item->proposal;
        if (hall_votes_for(&all->counts[0], proposal) !=
            hall_votes_for(&all->counts[1], proposal)) {
            lines[view->n_differs++] = t_shortlist_hall_differs_at(presented[i].item->title);
        }
    }
    view->differs = lines;
}

static void fill_state(Page *page, const Shortlist *all, const Presented *presented, size_t n,
                       HallView *view)
{
    view->state_kind = NOTE_DUE;
    switch (all->hall) {
    case HALL_ONCE:
        view->state = all->counts[0].by == page->who.person ? t_shortlist_hall_once_own()
                                                            : t_shortlist_hall_once_other();
        break;
    case HALL_DIFFERS:
        view->state = t_shortlist_hall_differs();
        fill_differences(page, all, presented, n, view);
        break;
    case HALL_AGREES:
        view->state_kind = NOTE_GO;
        view->state = t_shortlist_hall_agrees();
        break;
    default:
        view->state = text_of(0);
        break;
    }
}

static Text why_not(const Shortlist *all)
{
    if (all->is_fixed) {
        return t_shortlist_rank_over();
    }
    if (!shortlist_may_report(all) || !shortlist_tables_done(all) || all->n_presented == 0) {
        return t_shortlist_hall_not_yet();
    }
    if (!all->needs_vote) {
        return t_shortlist_hall_not_needed();
    }
    return all->n_presented > SHORTLIST_COUNTS_MAX ? t_shortlist_hall_too_many() : text_of(0);
}

Error *page_shortlist_hall(Page *page, Snapshot *s)
{
    Shortlist *all = arena_new(page->arena, Shortlist);
    Error *err = shortlist_load(s, page->area, page->ids[0], all);
    if (err) {
        return err;
    }
    Presented *presented = arena_array(page->arena, Presented, SHORTLIST_COUNTS_MAX);
    size_t n = list_presented(all, presented);
    HallView view = {.frame = page_frame(page, t_shortlist_hall_title(), FRAME_TAB_NONE),
                     .why_not = why_not(all),
                     .action =
                         page_path(page, "/a/{area}/rounds/{id}/shortlist/hall", all->round.id),
                     .list = page_path(page, "/a/{area}/rounds/{id}/shortlist", all->round.id),
                     .round_title = all->round.title};
    if (view.why_not.key == 0 || page->form != NULL) {
        view.form = hall_form(page, all, presented, n);
        fill_slots(page, presented, n, &view);
        fill_state(page, all, presented, n, &view);
    }
    Out out = page_out(page);
    shortlist_hall_page(&out, &view);
    return NULL;
}

static Error *after_hall(Page *page, const void *input, const void *output)
{
    const HallEnter *enter = input;
    const HallState *state = output;
    if (*state == HALL_AGREES) {
        return page_redirect_notice(
            page, page_path(page, "/a/{area}/rounds/{id}/shortlist", enter->round),
            TEXT_shortlist_hall_saved_agrees);
    }
    return page_redirect_notice(
        page, page_path(page, "/a/{area}/rounds/{id}/shortlist/hall", enter->round),
        *state == HALL_DIFFERS ? TEXT_shortlist_hall_saved_differs
                               : TEXT_shortlist_hall_saved_once);
}

/* A line that was left empty is no count of nobody. */
static Error *check_filled(const Page *page, const IdList *projects)
{
    for (size_t i = 0; i < projects->count && i < SHORTLIST_COUNTS_MAX; i++) {
        const Field *field = &hall_fields[FIRST_COUNT + i];
        if (form_field(page->form, field->name)->typed.len == 0) {
            return error_at(page->arena, ERROR_FIELD_MISSING, field->name, 0);
        }
    }
    return NULL;
}

Error *submit_shortlist_hall(Page *page, Snapshot *s, const void *input)
{
    const HallInput *typed = input;
    HallEnter *enter = arena_new(page->arena, HallEnter);
    *enter = (HallEnter){.area = page->area,
                         .round = page->ids[0],
                         .actor = page->who.person,
                         .voters = typed->voters,
                         .projects = typed->projects.ids,
                         .votes = typed->counts,
                         .n = typed->projects.count};
    Error *err = check_filled(page, &typed->projects);
    return err ? err : page_write(page, shortlist_enter_hall, enter, sizeof(HallState), after_hall);
}

/* --- fixing ------------------------------------------------------------------ */

typedef struct FixInput {
    IdList shown;
    Str words;
    bool sure;
} FixInput;

static const Field fix_fields[] = {
    {FIELD_COMMON(FixInput, shown, FIELD_IDS, TEXT_shortlist_fix_title),
     .max = SHORTLIST_PROJECTS_MAX},
    {FIELD_COMMON(FixInput, words, FIELD_LONG_TEXT, TEXT_shortlist_field_words),
     .hint = TEXT_shortlist_field_words_hint, .max = SHORTLIST_WORDS_MAX},
    {FIELD_COMMON(FixInput, sure, FIELD_BOX, TEXT_shortlist_field_sure), .is_required = true},
};

const Form shortlist_fix_form = FORM("shortlist-fix", fix_fields, FixInput);

static void fill_ids(Page *page, const Shortlist *all, FixView *view)
{
    IdText *ids = arena_array(page->arena, IdText, all->n_entries + 1);
    size_t count = 0;
    for (size_t i = 0; i < all->n_entries; i++) {
        if (all->entries[i].outcome == SHORT_IN) {
            ids[count++] = id_text(all->entries[i].proposal);
        }
    }
    view->ids = ids;
}

Error *page_shortlist_fix(Page *page, Snapshot *s)
{
    Shortlist *all = arena_new(page->arena, Shortlist);
    FixView view = {.frame = page_frame(page, t_shortlist_fix_title(), FRAME_TAB_NONE)};
    Error *err = shortlist_load(s, page->area, page->ids[0], all);
    if (!err && all->is_fixed && page->method == HTTP_GET) {
        return page_redirect(page,
                             page_path(page, "/a/{area}/rounds/{id}/shortlist", all->round.id));
    }
    if (!err) {
        err = shortlist_load_lines(page, s, all, &view.in, &view.n_in, &view.out, &view.n_out);
    }
    if (err) {
        return err;
    }
    view.action = page_path(page, "/a/{area}/rounds/{id}/shortlist/fix", all->round.id);
    view.list = page_path(page, "/a/{area}/rounds/{id}/shortlist", all->round.id);
    view.round_title = all->round.title;
    view.by_vote = all->by_vote;
    view.voters = all->counts[0].voters;
    if (shortlist_may_fix(all) || page->form != NULL) {
        view.form = page_form(page, &shortlist_fix_form);
        fill_ids(page, all, &view);
    }
    Out out = page_out(page);
    shortlist_fix_page(&out, &view);
    return NULL;
}

Error *submit_shortlist_fix(Page *page, Snapshot *s, const void *input)
{
    const FixInput *typed = input;
    ShortlistFix *fix = arena_new(page->arena, ShortlistFix);
    *fix = (ShortlistFix){.area = page->area,
                          .round = page->ids[0],
                          .actor = page->who.person,
                          .shown = typed->shown.ids,
                          .n_shown = typed->shown.count,
                          .words = typed->words};
    return page_write_to(page, shortlist_fix, fix, 0,
                         page_path(page, "/a/{area}/rounds/{id}/shortlist", fix->round),
                         TEXT_shortlist_fix_done);
}
