/* launch_pages.c: the launch of a round for everybody and for staff, its calendar; the room's row.
 */
#include "features/launch/launch_trainings_pages.h"

#include "launch_console_html.h"
#include "launch_page_html.h"
#include "launch_parts_html.h"
#include "launch_text.h"
#include "launch_trainings_text.h"
#include "platform/files/photo.h"
#include "platform/list/list_file.h"

/* What was told and taught lately, on the public page. */
#define TOLD_ROWS     12
#define TRAINING_ROWS 12
#define DOCUMENT_ROWS 60

const Choice outreach_channels[OUTREACH_CHANNELS] = {
    {"poster", OUTREACH_POSTER, TEXT_outreach_channel_poster},
    {"leaflet", OUTREACH_LEAFLET, TEXT_outreach_channel_leaflet},
    {"door", OUTREACH_DOOR, TEXT_outreach_channel_door},
    {"group", OUTREACH_GROUP, TEXT_outreach_channel_group},
    {"account", OUTREACH_ACCOUNT, TEXT_outreach_channel_account},
    {"loudspeaker", OUTREACH_LOUDSPEAKER, TEXT_outreach_channel_loudspeaker},
    {"stand", OUTREACH_STAND, TEXT_outreach_channel_stand},
    {"meeting", OUTREACH_MEETING, TEXT_outreach_channel_meeting},
    {"phone", OUTREACH_PHONE, TEXT_outreach_channel_phone},
    {"letter", OUTREACH_LETTER, TEXT_outreach_channel_letter},
    {"show", OUTREACH_SHOW, TEXT_outreach_channel_show},
};

bool launch_may(const Page *page, Policy policy)
{
    return policy_check(policy, &page->who) == VERDICT_ALLOW;
}

Error *launch_show_list(Page *page, Snapshot *s, const ListTable *table, LaunchListView *view)
{
    ListView *list = arena_new(page->arena, ListView);
    RoundInfo round;
    ListRequest request = {.arena = page->arena,
                           .path = page->path,
                           .query = &page->query,
                           .area = page->area,
                           .parent = page->ids[0]};
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (!err && list_format(table, &request) != LIST_PAGE) {
        return list_file(page, s, table, &request, table->name);
    }
    if (!err) {
        err = list_load(s, table, &request, list);
    }
    if (err) {
        return err;
    }
    view->frame = page_frame(page, view->title, FRAME_TAB_NONE);
    view->round_title = round.title;
    view->words = page_query(page, "q");
    view->list = list;
    view->console = page_path(page, "/a/{area}/rounds/{id}/launch/console", round.id);
    if (!launch_may(page, POLICY_MANAGE) || round.is_finished) {
        view->new = (SafeUrl){0};
    }
    Out out = page_out(page);
    launch_list_page(&out, view);
    return NULL;
}

Error *launch_load_channels(Page *page, Snapshot *s, int64_t round, const ChannelLine **out,
                            size_t *out_count)
{
    OutreachTotalsRows rows;
    Error *err = sql_outreach_totals(s, page->area, round, &rows);
    if (err) {
        return err;
    }
    ChannelLine *lines = arena_array(page->arena, ChannelLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        lines[i] = (ChannelLine){
            .channel = choice_label(outreach_channels, OUTREACH_CHANNELS, rows.rows[i].channel),
            .times = rows.rows[i].times,
            .people = rows.rows[i].people,
            .last_on = rows.rows[i].last_on};
    }
    *out = lines;
    *out_count = rows.count;
    return NULL;
}

/* --- for everybody ---------------------------------------------------------------------------- */

static Error *load_told(Page *page, Snapshot *s, int64_t round, LaunchView *view)
{
    OutreachToldRows rows;
    Error *err = sql_outreach_told(s, page->area, round, TOLD_ROWS + 1, &rows);
    if (err) {
        return err;
    }
    view->is_more = rows.count > TOLD_ROWS;
    view->n_told = view->is_more ? TOLD_ROWS : rows.count;
    ToldLine *lines = arena_array(page->arena, ToldLine, rows.count);
    for (size_t i = 0; i < view->n_told; i++) {
        const OutreachToldRow *row = &rows.rows[i];
        lines[i] =
            (ToldLine){.told_on = row->told_on,
                       .channel = choice_label(outreach_channels, OUTREACH_CHANNELS, row->channel),
                       .place = row->place,
                       .reached = row->reached};
        if (row->photo_shown != 0) {
            lines[i].photo = photo_url(page->arena, page->area, row->photo_id);
            lines[i].thumb = photo_thumb_url(page->arena, page->area, row->photo_id);
        }
    }
    view->told = lines;
    return NULL;
}

static TrainingLine training_line(const Page *page, const TrainingPublicRow *row)
{
    Text *audience = arena_new(page->arena, Text);
    *audience = choice_label(training_audiences, TRAINING_AUDIENCES, row->audience);
    TrainingLine line = {.subject = row->subject,
                         .when = t_training_public_when(row->held_on, row->hours),
                         .who = t_training_public_who(audience, row->place),
                         .is_held = row->state == TRAINING_HELD,
                         .present = row->present,
                         .file_name = row->file_name};
    if (row->document_id != 0) {
        line.document = page_path(page, "/a/{area}/documents/{id}", row->document_id);
    }
    if (row->file_id != 0) {
        line.file = page_path(page, "/a/{area}/trainings/{id}/file", row->id);
    }
    return line;
}

static Error *load_trainings(Page *page, Snapshot *s, int64_t round, LaunchView *view)
{
    TrainingPublicRows rows;
    Error *err = sql_training_public(s, page->area, round, TRAINING_ROWS, &rows);
    if (err) {
        return err;
    }
    TrainingLine *lines = arena_array(page->arena, TrainingLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        lines[i] = training_line(page, &rows.rows[i]);
    }
    view->trainings = lines;
    view->n_trainings = rows.count;
    return NULL;
}

static Error *load_way(Page *page, Snapshot *s, const RoundInfo *round, const char *all, Way *out)
{
    StageInfo *stages = NULL;
    size_t count = 0;
    size_t here = 0;
    Error *err = programmes_stages(s, page->area, round->id, &stages, &count);
    if (!err) {
        *out = round_way(page, stages, count, page_path(page, all, round->id), &here);
    }
    return err;
}

Error *page_launch(Page *page, Snapshot *s)
{
    RoundInfo round;
    LaunchView view = {0};
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (!err) {
        err = load_way(page, s, &round, "/a/{area}/rounds/{id}/launch?way=all", &view.way);
    }
    if (!err) {
        err = launch_load_channels(page, s, round.id, &view.channels, &view.n_channels);
    }
    if (!err) {
        err = load_told(page, s, round.id, &view);
    }
    if (!err) {
        err = load_trainings(page, s, round.id, &view);
    }
    if (err) {
        return err;
    }
    Frame *frame = page_frame(page, t_launch_title(), FRAME_TAB_HOME);
    view.frame = frame;
    view.round_title = round.title;
    view.calendar = page_path(page, "/a/{area}/rounds/{id}/launch/calendar.ics", round.id);
    view.documents = page_path(page, "/a/{area}/rounds/{id}/documents", round.id);
    view.round = page_path(page, "/a/{area}/rounds/{id}", round.id);
    frame->back = view.round;
    if (launch_may(page, POLICY_STAFF)) {
        view.console = page_path(page, "/a/{area}/rounds/{id}/launch/console", round.id);
    }
    Out out = page_out(page);
    launch_public_page(&out, &view);
    return NULL;
}

/* --- the calendar as a file ------------------------------------------------------------------- */

static CalendarEvent event_of(Page *page, const RoundInfo *round, const StageInfo *stage)
{
    Instant from = stage->opened_at.ms != 0 ? stage->opened_at : stage->opens_at;
    Instant to = stage->closed_at.ms != 0 ? stage->closed_at : stage->closes_at;
    bool is_english = page->lang == LANG_EN;
    return (CalendarEvent){
        .uid = arena_printf(page->arena, "%s-%d@yuanzhuo", id_text(round->id).text, stage->no),
        .summary = text_str(page->arena, page->lang,
                            t_launch_calendar_event(
                                rules_say(is_english, stage->name, stage->name_en), round->title)),
        .first = instant_date(from),
        .last = instant_date(to)};
}

Error *page_launch_calendar(Page *page, Snapshot *s)
{
    RoundInfo round;
    StageInfo *stages = NULL;
    size_t count = 0;
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (!err) {
        err = programmes_stages(s, page->area, round.id, &stages, &count);
    }
    if (err) {
        return err;
    }
    CalendarEvent *events = arena_array(page->arena, CalendarEvent, count);
    size_t n_events = 0;
    for (size_t i = 0; i < count; i++) {
        if (stages[i].state != STAGE_WAIVED) {
            events[n_events++] = event_of(page, &round, &stages[i]);
        }
    }
    buf_str(&page->body, calendar_text(page->arena, round.title, events, n_events, page->now));
    page->content_type = "text/calendar; charset=utf-8";
    page->download_name = arena_printf(page->arena, "%.*s.ics", STR_ARG(round.title));
    return NULL;
}

/* --- for staff -------------------------------------------------------------------------------- */

static Error *load_documents(Page *page, Snapshot *s, int64_t round, LaunchConsoleView *view)
{
    LaunchDocumentsRows rows;
    Error *err = sql_launch_documents(s, page->area, round, DOCUMENT_ROWS, &rows);
    if (err) {
        return err;
    }
    LaunchDocument *documents = arena_array(page->arena, LaunchDocument, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const LaunchDocumentsRow *row = &rows.rows[i];
        documents[i] =
            (LaunchDocument){.link = page_path(page, "/a/{area}/documents/{id}", row->document_id),
                             .title = row->title,
                             .version = t_launch_document_version(row->no, row->from_on)};
    }
    view->documents = documents;
    view->n_documents = rows.count;
    return NULL;
}

static Error *load_console(Page *page, Snapshot *s, const RoundInfo *round, LaunchConsoleView *view)
{
    Error *err =
        load_way(page, s, round, "/a/{area}/rounds/{id}/launch/console?way=all", &view->way);
    if (!err) {
        err = launch_load_channels(page, s, round->id, &view->channels, &view->n_channels);
    }
    return err ? err : load_documents(page, s, round->id, view);
}

Error *page_launch_console(Page *page, Snapshot *s)
{
    RoundInfo round;
    LaunchConsoleView view = {0};
    GateReport told;
    GateReport trained;
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (!err) {
        err = gate_outreach_recorded(s, page->area, round.id, 1, &told);
    }
    if (!err) {
        err = gate_training_held(s, page->area, round.id, 1, &trained);
    }
    if (!err) {
        err = load_console(page, s, &round, &view);
    }
    if (err) {
        return err;
    }
    view.frame = page_frame(page, t_launch_console_title(), FRAME_TAB_NONE);
    view.round_title = round.title;
    view.budget = round.budget;
    view.channels_state = told.detail;
    view.trainings_state = trained.detail;
    view.trainings = page_path(page, "/a/{area}/rounds/{id}/trainings", round.id);
    view.round_console = page_path(page, "/a/{area}/rounds/{id}/console", round.id);
    view.page = page_path(page, "/a/{area}/rounds/{id}/launch", round.id);
    view.calendar = page_path(page, "/a/{area}/rounds/{id}/launch/calendar.ics", round.id);
    view.log = page_path(page, "/a/{area}/rounds/{id}/outreach", round.id);
    view.attach = page_path(page, "/a/{area}/rounds/{id}/documents", round.id);
    if (launch_may(page, POLICY_MANAGE) && !round.is_finished) {
        view.tell = page_path(page, "/a/{area}/rounds/{id}/outreach/new", round.id);
        view.plan = page_path(page, "/a/{area}/rounds/{id}/trainings/new", round.id);
    }
    Out out = page_out(page);
    launch_console_page(&out, &view);
    return NULL;
}

/* --- the room --------------------------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/rounds/{id}/launch", POLICY_PUBLIC, page_launch),
    ROUTE_GET("/a/{area}/rounds/{id}/launch/calendar.ics", POLICY_PUBLIC, page_launch_calendar),
    ROUTE_GET("/a/{area}/rounds/{id}/launch/console", POLICY_STAFF, page_launch_console),
    ROUTE_GET("/a/{area}/rounds/{id}/outreach", POLICY_STAFF, page_outreach_log),
    ROUTE_GET("/a/{area}/rounds/{id}/outreach/new", POLICY_MANAGE, page_outreach_new),
    ROUTE_POST("/a/{area}/rounds/{id}/outreach/new", POLICY_MANAGE, &outreach_form, submit_outreach,
               page_outreach_new),
    ROUTE_GET("/a/{area}/outreach/{id}", POLICY_STAFF, page_outreach),
    ROUTE_GET("/a/{area}/outreach/{id}/correct", POLICY_MANAGE, page_outreach_correct),
    ROUTE_POST("/a/{area}/outreach/{id}/correct", POLICY_MANAGE, &outreach_correct_form,
               submit_outreach_correct, page_outreach_correct),
    ROUTE_GET("/a/{area}/outreach/{id}/withdraw", POLICY_MANAGE, page_outreach_withdraw),
    ROUTE_POST("/a/{area}/outreach/{id}/withdraw", POLICY_MANAGE, &withdraw_form,
               submit_outreach_withdraw, page_outreach_withdraw),
    ROUTE_GET("/a/{area}/rounds/{id}/trainings", POLICY_STAFF, page_trainings),
    ROUTE_GET("/a/{area}/rounds/{id}/trainings/new", POLICY_MANAGE, page_training_new),
    ROUTE_POST("/a/{area}/rounds/{id}/trainings/new", POLICY_MANAGE, &training_form,
               submit_training, page_training_new),
    ROUTE_GET("/a/{area}/trainings/{id}", POLICY_STAFF, page_training),
    ROUTE_GET("/a/{area}/trainings/{id}/correct", POLICY_MANAGE, page_training_correct),
    ROUTE_POST("/a/{area}/trainings/{id}/correct", POLICY_MANAGE, &training_correct_form,
               submit_training_correct, page_training_correct),
    ROUTE_GET("/a/{area}/trainings/{id}/file", POLICY_PUBLIC, page_training_file),
    ROUTE_POST("/a/{area}/trainings/{id}/forget", POLICY_MANAGE, &training_forget_form,
               submit_training_forget, page_training),
    ROUTE_GET("/a/{area}/trainings/{id}/held", POLICY_MANAGE, page_training_held),
    ROUTE_POST("/a/{area}/trainings/{id}/held", POLICY_MANAGE, &training_held_form,
               submit_training_held, page_training_held),
    ROUTE_GET("/a/{area}/trainings/{id}/sheet", POLICY_STAFF, page_training_sheet),
    ROUTE_GET("/a/{area}/trainings/{id}/withdraw", POLICY_MANAGE, page_training_withdraw),
    ROUTE_POST("/a/{area}/trainings/{id}/withdraw", POLICY_MANAGE, &withdraw_form,
               submit_training_withdraw, page_training_withdraw),
};

static const Gate gates[] = {{"outreach_recorded", gate_outreach_recorded},
                             {"training_held", gate_training_held}};

const Feature launch_feature = {
    .name = "launch",
    .routes = routes,
    .n_routes = countof(routes),
    .gates = gates,
    .n_gates = countof(gates),
    .due = launch_due,
    .export_person = trainings_export_person,
    .erase_person = trainings_erase_person,
};
