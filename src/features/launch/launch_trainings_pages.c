/* launch_trainings_pages.c: the trainings of a round, one of them, its material and sign-in sheet.
 */
#include "features/launch/launch_trainings_pages.h"
#include "launch_text.h"
#include "launch_trainings_text.h"
#include "platform/db/like.h"
#include "platform/print/print.h"
#include "training_page_html.h"

#define SHEET_ROWS 22

const Choice training_audiences[TRAINING_AUDIENCES] = {
    {"residents", TRAINING_RESIDENTS, TEXT_training_audience_residents},
    {"staff", TRAINING_STAFF, TEXT_training_audience_staff},
    {"volunteers", TRAINING_VOLUNTEERS, TEXT_training_audience_volunteers},
    {"everybody", TRAINING_EVERYBODY, TEXT_training_audience_everybody},
};

const Choice training_states[TRAINING_STATES] = {
    {"planned", TRAINING_PLANNED, TEXT_training_state_planned},
    {"held", TRAINING_HELD, TEXT_training_state_held},
    {"withdrawn", TRAINING_WITHDRAWN, TEXT_training_state_withdrawn},
};

/* --- the list --------------------------------------------------------------------------------- */

static Error *fetch_trainings(Snapshot *s, const ListQuery *query, ListRows *out)
{
    TrainingListRows rows = {0};
    bool goes_on = query->after.is_set;
    Error *err = sql_training_list(
        s, query->area, query->parent, like_contains(snapshot_arena(s), query->search),
        goes_on ? (Date){(int32_t)query->after.number} : (Date){INT32_MAX},
        goes_on ? query->after.id : INT64_MAX, query->limit, &rows);
    *out = (ListRows){rows.rows, rows.count};
    return err;
}

static SafeUrl training_link(Arena *arena, const ListQuery *query, const void *row)
{
    return url_of(arena, "/a/{area}/trainings/{id}", query->area,
                  ((const TrainingListRow *)row)->id);
}

static const ListColumn training_columns[] = {
    {LIST_COLUMN(TrainingListRow, subject, COLUMN_STR, TEXT_training_subject),
     .flags = COLUMN_HEAD},
    {LIST_COLUMN(TrainingListRow, held_on, COLUMN_DATE, TEXT_training_held_on),
     .flags = COLUMN_SHORT},
    {LIST_COLUMN(TrainingListRow, hours, COLUMN_STR, TEXT_training_hours),
     .flags = COLUMN_CSV_ONLY},
    {LIST_COLUMN(TrainingListRow, audience, COLUMN_CHOICE, TEXT_training_audience),
     .choices = training_audiences, .n_choices = TRAINING_AUDIENCES},
    {LIST_COLUMN(TrainingListRow, place, COLUMN_STR, TEXT_training_place)},
    {LIST_COLUMN(TrainingListRow, trainer, COLUMN_STR, TEXT_training_trainer),
     .flags = COLUMN_CSV_ONLY},
    {LIST_COLUMN(TrainingListRow, present, COLUMN_INT, TEXT_training_present)},
    {LIST_COLUMN(TrainingListRow, state, COLUMN_CHOICE, TEXT_outreach_state),
     .choices = training_states, .n_choices = TRAINING_STATES},
};

static const ListOrder training_orders[] = {
    {.name = "newest",
     .label = TEXT_outreach_newest,
     .key_kind = COLUMN_DATE,
     .key_offset = offsetof(TrainingListRow, held_on),
     .is_descending = true,
     .fetch = fetch_trainings},
};

static const ListTable training_table = {
    .name = "trainings",
    .caption = TEXT_training_list_title,
    .columns = training_columns,
    .n_columns = countof(training_columns),
    .orders = training_orders,
    .n_orders = countof(training_orders),
    .row_size = sizeof(TrainingListRow),
    .id_offset = offsetof(TrainingListRow, id),
    .link = training_link,
    .empty_title = TEXT_training_list_empty,
    .empty_text = TEXT_training_list_empty_text,
    .has_csv = true,
};

Error *page_trainings(Page *page, Snapshot *s)
{
    LaunchListView view = {
        .title = t_training_list_title(),
        .search = t_training_search_label(),
        .add = t_training_plan(),
        .page = page_path(page, "/a/{area}/rounds/{id}/trainings", page->ids[0]),
        .new = page_path(page, "/a/{area}/rounds/{id}/trainings/new", page->ids[0])};
    return launch_show_list(page, s, &training_table, &view);
}

/* --- one training ----------------------------------------------------------------------------- */

static void fill_facts(const Page *page, const TrainingGetRow *row, TrainingView *view)
{
    static const ChipKind chips[] = {CHIP_OPEN, CHIP_DUE, CHIP_GO, CHIP_NOT};
    view->list = page_path(page, "/a/{area}/rounds/{id}/trainings", row->round_id);
    view->subject = row->subject;
    view->hours = row->hours;
    view->place = row->place;
    view->trainer = row->trainer;
    view->audience = choice_label(training_audiences, TRAINING_AUDIENCES, row->audience);
    view->state = choice_label(training_states, TRAINING_STATES, row->state);
    view->chip = chips[row->state];
    view->held_on = row->held_on;
    view->present = row->present;
    view->recorder = row->recorder;
    view->recorded_at = row->recorded_at;
    if (row->document_id != 0) {
        view->document = page_path(page, "/a/{area}/documents/{id}", row->document_id);
    }
    if (row->file_id != 0) {
        view->file = page_path(page, "/a/{area}/trainings/{id}/file", row->id);
        view->file_name = row->file_name;
    }
    view->sheet = page_path(page, "/a/{area}/trainings/{id}/sheet", row->id);
}

static void fill_acts(Page *page, const TrainingGetRow *row, TrainingView *view)
{
    if (row->state == TRAINING_WITHDRAWN || !view->sees_names) {
        return;
    }
    view->held = page_path(page, "/a/{area}/trainings/{id}/held", row->id);
    view->correct = page_path(page, "/a/{area}/trainings/{id}/correct", row->id);
    view->withdraw = page_path(page, "/a/{area}/trainings/{id}/withdraw", row->id);
}

/* Names are for those who keep the list. */
static Error *load_people(Page *page, Snapshot *s, TrainingView *view)
{
    TrainingPeopleRows rows;
    if (!view->sees_names) {
        return NULL;
    }
    Error *err = sql_training_people(s, page->area, page->ids[0], TRAINING_NAMES_MAX, &rows);
    if (err) {
        return err;
    }
    SignedLine *lines = arena_array(page->arena, SignedLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const TrainingPeopleRow *row = &rows.rows[i];
        lines[i] = (SignedLine){.name = row->person_id != 0 ? row->roll_name : row->name,
                                .is_on_roll = row->person_id != 0,
                                .id = id_text(row->id)};
    }
    view->people = lines;
    view->n_people = rows.count;
    view->forget = page_form(page, &training_forget_form);
    view->forget_action = page_path(page, "/a/{area}/trainings/{id}/forget", page->ids[0]);
    return NULL;
}

Error *page_training(Page *page, Snapshot *s)
{
    TrainingGetRow row;
    TrainingView view = {.sees_names = launch_may(page, POLICY_MANAGE)};
    Error *err = sql_training_get(s, page->area, page->ids[0], &row);
    if (!err) {
        err = load_people(page, s, &view);
    }
    if (!err) {
        err = changes_load(s, page->area, page->ids[0], &view.changes);
    }
    if (err) {
        return err;
    }
    view.frame = page_frame(page, t_training_one_title(), FRAME_TAB_NONE);
    fill_facts(page, &row, &view);
    fill_acts(page, &row, &view);
    Out out = page_out(page);
    training_one_page(&out, &view);
    return NULL;
}

/* For everybody, until the training is taken back. */
Error *page_training_file(Page *page, Snapshot *s)
{
    TrainingGetRow row;
    File file;
    Error *err = sql_training_get(s, page->area, page->ids[0], &row);
    bool is_there = !err && row.file_id != 0 && row.state != TRAINING_WITHDRAWN;
    if (!err && !is_there) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "no such material");
    }
    if (!err) {
        err = file_read(s, page->area, row.file_id, &file);
    }
    if (err) {
        return err;
    }
    buf_append(&page->body, file.bytes.data, file.bytes.len);
    page->content_type = arena_cstr(page->arena, file.media_type);
    page->download_name = file.name;
    return NULL;
}

/* --- the sheet to sign in on -------------------------------------------------------------------
 */

static Str say(const Page *page, Text text)
{
    return text_str(page->arena, page->lang, text);
}

static void write_rows(const Page *page, Print *print)
{
    const PrintColumn columns[] = {
        {say(page, t_training_sheet_no()), 1, PRINT_ALIGN_CENTRE},
        {say(page, t_training_sheet_name()), 3, PRINT_ALIGN_LEFT},
        {say(page, t_training_sheet_building()), 3, PRINT_ALIGN_LEFT},
        {say(page, t_training_sheet_sign()), 3, PRINT_ALIGN_LEFT},
    };
    print_table_begin(print, columns, countof(columns));
    for (int i = 1; i <= SHEET_ROWS; i++) {
        Str cells[] = {arena_printf(page->arena, "%d", i), STR(" "), STR(" "), STR(" ")};
        print_table_row(print, cells);
    }
    print_table_end(print);
}

static Error *draw_sheet(Page *page, const void *input)
{
    const TrainingGetRow *row = input;
    Print *print = NULL;
    PrintOptions options = {.size = PRINT_A4,
                            .lang = page->lang,
                            .title = say(page, t_training_sheet()),
                            .made_at = page->now,
                            .numbers = PRINT_NUMBERS_OF};
    Error *err = print_begin(page->arena, &options, &page->body, &print);
    if (err) {
        return err;
    }
    print_heading(print, 1, say(page, t_training_sheet()));
    print_paragraph(print, row->subject, PRINT_CENTRE | PRINT_BOLD);
    print_text(print, t_training_sheet_when(row->held_on, row->hours, row->place), PRINT_CENTRE);
    print_space(print, 3);
    write_rows(page, print);
    print_space(print, 3);
    print_text(print, t_training_sheet_why(), PRINT_SMALL);
    return print_end(print, NULL);
}

Error *page_training_sheet(Page *page, Snapshot *s)
{
    TrainingGetRow *row = arena_new(page->arena, TrainingGetRow);
    Error *err = sql_training_get(s, page->area, page->ids[0], row);
    if (err) {
        return err;
    }
    page->content_type = "application/pdf";
    page->download_name = arena_printf(page->arena, "%.*s.pdf",
                                       STR_ARG(say(page, t_training_sheet_file(row->subject))));
    return page_render(page, draw_sheet, row);
}
