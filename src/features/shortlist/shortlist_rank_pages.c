/* shortlist_rank_pages.c: the ranking of a table, by its recorder or by staff. */
#include "common_text.h"
#include "features/shortlist/shortlist_pages.h"
#include "shortlist_rank_html.h"
#include "shortlist_sql.h"
#include "shortlist_text.h"

/* The places are typed as ids of projects, which only the package knows. */
typedef struct RankInput {
    int64_t version;
    Str ranks[SHORTLIST_RANKS_MAX];
    Str speaker;
    Str note;
} RankInput;

#define RANK(place, field, key)                                                                    \
    {                                                                                              \
        .name = (field), .type = FIELD_TEXT, .label = (key), .is_conditional = true, .max = 13,    \
        .offset = offsetof(RankInput, ranks[place])                                                \
    }

static const Field rank_fields[] = {
    RANK(0, "rank_1", TEXT_shortlist_rank_1),
    RANK(1, "rank_2", TEXT_shortlist_rank_2),
    RANK(2, "rank_3", TEXT_shortlist_rank_3),
    RANK(3, "rank_4", TEXT_shortlist_rank_4),
    RANK(4, "rank_5", TEXT_shortlist_rank_5),
    RANK(5, "rank_6", TEXT_shortlist_rank_6),
    RANK(6, "rank_7", TEXT_shortlist_rank_7),
    RANK(7, "rank_8", TEXT_shortlist_rank_8),
    RANK(8, "rank_9", TEXT_shortlist_rank_9),
    RANK(9, "rank_10", TEXT_shortlist_rank_10),
    {FIELD_COMMON(RankInput, version, FIELD_INTEGER, TEXT_shortlist_rank), .is_required = true},
    {FIELD_COMMON(RankInput, speaker, FIELD_TEXT, TEXT_shortlist_field_speaker),
     .hint = TEXT_shortlist_field_speaker_hint, .max = SHORTLIST_PERSON_MAX, .autocomplete = "off"},
    {FIELD_COMMON(RankInput, note, FIELD_TEXT, TEXT_shortlist_field_note),
     .hint = TEXT_shortlist_field_note_hint, .is_conditional = true, .max = SHORTLIST_NOTE_MAX,
     .autocomplete = "off"},
};

const Form shortlist_rank_form = FORM("shortlist-rank", rank_fields, RankInput);

static Text why_not(const Shortlist *all, const TableInfo *table)
{
    if (all->is_fixed || (!all->is_open && !all->is_ahead)) {
        return t_shortlist_rank_over();
    }
    if (!all->is_open) {
        return t_shortlist_rank_shut();
    }
    return table->n_items == 0 ? t_shortlist_rank_empty() : text_of(0);
}

/* A correction begins from what was reported. */
static FormState *rank_form(Page *page, const TableInfo *table)
{
    FormState *form = page_form(page, &shortlist_rank_form);
    if (page->form == form) {
        return form;
    }
    RankInput *input = arena_new(page->arena, RankInput);
    input->version = table->version;
    input->speaker = table->people[TABLE_SPEAKER].name;
    for (size_t i = 0; i < table->n_items; i++) {
        int64_t place = table->items[i].place;
        if (table->reported_at.ms > 0 && place > 0 && place <= SHORTLIST_RANKS_MAX) {
            input->ranks[place - 1] =
                arena_printf(page->arena, "%s", id_text(table->items[i].proposal).text);
        }
    }
    form_prefill(page->arena, form, input);
    return form;
}

static ChoiceView *choices_of(Page *page, const TableInfo *table, Str typed)
{
    ChoiceView *choices = arena_array(page->arena, ChoiceView, table->n_items + 1);
    for (size_t i = 0; i < table->n_items; i++) {
        Str word = arena_printf(page->arena, "%s", id_text(table->items[i].proposal).text);
        choices[i] = (ChoiceView){.name = word.data,
                                  .label = t_form_data_choice(table->items[i].title),
                                  .is_chosen = str_eq(word, typed),
                                  .is_first = i == 0};
    }
    return choices;
}

static void fill_slots(Page *page, const TableInfo *table, RankView *view)
{
    view->n_slots = table->n_items < SHORTLIST_RANKS_MAX ? table->n_items : SHORTLIST_RANKS_MAX;
    FieldView *slots = arena_array(page->arena, FieldView, view->n_slots + 1);
    for (size_t i = 0; i < view->n_slots; i++) {
        slots[i] = form_field_view(page->arena, view->form, rank_fields[i].name);
        slots[i].is_optional = (int64_t)i >= view->least;
        slots[i].choices = choices_of(page, table, slots[i].typed);
        slots[i].n_choices = table->n_items;
    }
    view->slots = slots;
}

Error *page_shortlist_rank(Page *page, Snapshot *s)
{
    Shortlist *all = NULL;
    const TableInfo *table = NULL;
    Error *err = shortlist_load_table(page, s, &all, &table);
    if (!err && !shortlist_may_record(page, table)) {
        err = error_make(page->arena, ERROR_FORBIDDEN, "not the recorder of the table");
    }
    if (err) {
        return err;
    }
    Frame *frame = page_frame(page, t_shortlist_rank_title(table->no), FRAME_TAB_NONE);
    RankView view = {.frame = frame,
                     .title = t_shortlist_rank_title(table->no),
                     .why_not = why_not(all, table),
                     .action = page_path(page, "/a/{area}/tables/{id}/ranking", table->id),
                     .list = page_path(page, "/a/{area}/rounds/{id}/shortlist", all->round.id),
                     .round_title = all->round.title,
                     .least = (int64_t)shortlist_top_of(all->limits.top, table->n_items),
                     .is_correction = table->reported_at.ms > 0,
                     .version = table->version};
    if (view.why_not.key == 0 || page->form != NULL) {
        view.form = rank_form(page, table);
        fill_slots(page, table, &view);
    }
    frame->back = view.list;
    Out out = page_out(page);
    shortlist_rank_page(&out, &view);
    return NULL;
}

/* --- sending ----------------------------------------------------------------- */

static Error *read_ranks(Page *page, const RankInput *typed, TableReport *report)
{
    int64_t *ranks = arena_array(page->arena, int64_t, SHORTLIST_RANKS_MAX);
    for (size_t i = 0; i < SHORTLIST_RANKS_MAX; i++) {
        if (typed->ranks[i].len > 0 && !id_parse(typed->ranks[i], &ranks[i])) {
            return error_at(page->arena, ERROR_SHORTLIST_PROJECT, rank_fields[i].name, 0);
        }
    }
    report->ranks = ranks;
    report->n_ranks = SHORTLIST_RANKS_MAX;
    return NULL;
}

Error *submit_shortlist_rank(Page *page, Snapshot *s, const void *input)
{
    const RankInput *typed = input;
    TableReport *report = arena_new(page->arena, TableReport);
    *report = (TableReport){.area = page->area,
                            .table = page->ids[0],
                            .version = typed->version,
                            .actor = page->who.person,
                            .is_staff = shortlist_is_staff(page),
                            .note = typed->note,
                            .speaker.name = typed->speaker};
    TablePerson *people[] = {&report->speaker};
    RoundTableGetRow row;
    Error *err = sql_round_table_get(s, page->area, page->ids[0], &row);
    if (!err) {
        err = read_ranks(page, typed, report);
    }
    if (!err) {
        err = shortlist_find_people(page, s, people, countof(people));
    }
    return err ? err
               : page_write_to(page, shortlist_report, report, 0,
                               page_path(page, "/a/{area}/rounds/{id}/shortlist", row.round_id),
                               TEXT_shortlist_rank_saved);
}
