/* screening_duties_pages.c: the responsibility list of an area: what holds, its versions, the next
 * one; asking for another class. */
#include "duty_list_html.h"
#include "features/screening/screening_pages.h"
#include "platform/html/frame_load.h"
#include "platform/list/list_file.h"
#include "screening_duties_text.h"

#define VERSIONS_MAX 20
#define TEXT_MAX     20000

/* --- the list -------------------------------------------------------------------------------- */

static const Choice classes[] = {
    {"public", MATTER_PUBLIC, TEXT_duty_class_public},
    {"common", MATTER_COMMON, TEXT_duty_class_common},
    {"private", MATTER_PRIVATE, TEXT_duty_class_private},
};

Text duty_class_text(MatterClass matter)
{
    return choice_label(classes, countof(classes), matter);
}

static void fill_lines(Page *page, const DutyList *list, DutyPageView *view)
{
    DutyLine *lines = arena_array(page->arena, DutyLine, list->lines.count);
    for (size_t i = 0; i < list->lines.count; i++) {
        const DutyLinesRow *row = &list->lines.rows[i];
        lines[i] =
            (DutyLine){row->no, duty_class_text((MatterClass)row->class), row->matter, row->body};
    }
    view->lines = lines;
    view->n_lines = list->lines.count;
    view->has_list = list->id != 0;
    view->no = list->no;
    view->holds_from = list->holds_from;
    view->note = list->note;
    view->is_from_above = list->id != 0 && list->area != page->area;
    view->area_name = list->area_name;
}

static void fill_versions(Page *page, const DutyVersionsRows *rows, DutyPageView *view)
{
    DutyVersion *versions = arena_array(page->arena, DutyVersion, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const DutyVersionsRow *row = &rows->rows[i];
        versions[i] =
            (DutyVersion){.no = row->no,
                          .n_lines = row->n_lines,
                          .holds_from = row->holds_from_on,
                          .note = row->note,
                          .link = page_path(page, "/a/{area}/duties?version={id}", row->id)};
    }
    view->versions = versions;
    view->n_versions = rows->count;
}

/* ?version=: one of the area's own; else what holds today. */
static Error *load_list(Page *page, Snapshot *snapshot, DutyList *out)
{
    int64_t id = 0;
    DutyGetRow row;
    if (!id_parse(page_query(page, "version"), &id)) {
        return duties_in_force(snapshot, page->area, instant_date(page->now), out);
    }
    Error *err = sql_duty_get(snapshot, page->area, id, &row);
    if (err) {
        return err;
    }
    *out = (DutyList){.area = page->area,
                      .id = id,
                      .no = row.no,
                      .holds_from = row.holds_from_on,
                      .note = row.note};
    return sql_duty_lines(snapshot, page->area, id, &out->lines);
}

static bool may_edit(const Page *page)
{
    return screening_may(page, POLICY_LEAD) || screening_may(page, POLICY_PLAN);
}

Error *page_duties(Page *page, Snapshot *snapshot)
{
    DutyList list;
    DutyVersionsRows versions;
    DutyPageView view = {.new_version = page_path(page, "/a/{area}/duties/new", 0)};
    Error *err = load_list(page, snapshot, &list);
    if (!err) {
        err = sql_duty_versions(snapshot, page->area, VERSIONS_MAX, &versions);
    }
    if (err) {
        return err;
    }
    view.frame = page_frame(page, t_duty_title(), FRAME_TAB_NONE);
    fill_lines(page, &list, &view);
    fill_versions(page, &versions, &view);
    view.may_edit = may_edit(page);
    Out out = page_out(page);
    duty_list_page(&out, &view);
    return NULL;
}

/* --- the next version ------------------------------------------------------------------------- */

typedef struct DutyInput {
    Str text;
    Date holds_from;
    Str note;
} DutyInput;

static const Field duty_fields[] = {
    {FIELD_COMMON(DutyInput, text, FIELD_LONG_TEXT, TEXT_duty_field_text),
     .hint = TEXT_duty_field_text_hint, .is_required = true, .max = TEXT_MAX},
    {FIELD_COMMON(DutyInput, holds_from, FIELD_DATE, TEXT_duty_field_from), .is_required = true},
    {FIELD_COMMON(DutyInput, note, FIELD_TEXT, TEXT_duty_field_note),
     .hint = TEXT_duty_field_note_hint, .max = DUTY_NOTE_MAX},
};

const Form duty_form = FORM("duties", duty_fields, DutyInput);

/* The present one is what the next begins from. */
static Str present_text(Page *page, const DutyList *list)
{
    Duty *duties = arena_array(page->arena, Duty, list->lines.count + 1);
    for (size_t i = 0; i < list->lines.count; i++) {
        const DutyLinesRow *row = &list->lines.rows[i];
        duties[i] = (Duty){(MatterClass)row->class, row->matter, row->body};
    }
    return duties_write(page->arena, duties, list->lines.count);
}

static Error *require_editor(const Page *page)
{
    return may_edit(page) ? NULL : error_make(page->arena, ERROR_NOT_FOUND, "edits no list here");
}

Error *page_duty_new(Page *page, Snapshot *snapshot)
{
    DutyList list;
    Error *err = require_editor(page);
    if (!err) {
        err = duties_in_force(snapshot, page->area, instant_date(page->now), &list);
    }
    if (err) {
        return err;
    }
    DutyInput input = {.text = present_text(page, &list), .holds_from = instant_date(page->now)};
    DutyNewView view = {.frame = page_frame(page, t_duty_new_title(), FRAME_TAB_NONE),
                        .form = page_form_of(page, &duty_form, &input),
                        .action = page_path(page, "/a/{area}/duties/new", 0),
                        .list = page_path(page, "/a/{area}/duties", 0)};
    Out out = page_out(page);
    duty_new_page(&out, &view);
    return NULL;
}

Error *submit_duties(Page *page, Snapshot *snapshot, const void *input)
{
    const DutyInput *typed = input;
    DutiesPublish *new = arena_new(page->arena, DutiesPublish);
    Error *err = require_editor(page);
    if (err) {
        return err;
    }
    *new =
        (DutiesPublish){page->area, page->who.person, typed->holds_from, typed->note, typed->text};
    return page_write_to(page, duties_publish, new, sizeof(DutiesPublished),
                         page_path(page, "/a/{area}/duties", 0), TEXT_duty_published);
}

/* --- asking for another class ----------------------------------------------------------------- */

typedef struct AskInput {
    Str words;
} AskInput;

static const Field ask_fields[] = {
    {FIELD_COMMON(AskInput, words, FIELD_LONG_TEXT, TEXT_screening_ask_words),
     .hint = TEXT_screening_ask_words_hint, .is_required = true, .min = REQUEST_WORDS_MIN,
     .max = REQUEST_WORDS_MAX},
};

const Form screening_ask_form = FORM("reclassify", ask_fields, AskInput);

Error *submit_ask(Page *page, Snapshot *snapshot, const void *input)
{
    const AskInput *typed = input;
    ReclassifyAsk *ask = arena_new(page->arena, ReclassifyAsk);
    *ask = (ReclassifyAsk){page->area, page->ids[0], page->who.person, typed->words};
    return page_write_to(page, screening_ask, ask, 0,
                         page_path(page, "/a/{area}/proposals/{id}/screening", ask->proposal),
                         TEXT_screening_asked);
}
