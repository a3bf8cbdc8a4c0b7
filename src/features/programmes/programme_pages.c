/* programme_pages.c: programmes for everybody; drafting and publishing for officers. */
#include "features/programmes/programme_pages.h"

#include "features/programmes/programmes_template.h"
#include "platform/html/frame_load.h"
#include "programme_list_html.h"
#include "programme_page_html.h"
#include "programmes_text.h"

#define PROGRAMMES_A_PAGE 20
#define JOINED_SHOWN      500

SafeUrl programme_url(const Page *page, int64_t programme, const char *rest)
{
    return url_path(page->arena, "/a/%s/programmes/%s%s", id_text(page->area).text,
                    id_text(programme).text, rest);
}

static bool may(const Page *page, Policy policy)
{
    return policy_check(policy, &page->who) == VERDICT_ALLOW;
}

/* --- the list ---------------------------------------------------------------- */

static Text whose(const Page *page, Str area_name, int64_t edition, Instant at)
{
    return edition == 0 ? t_programme_by_draft(area_name) : t_programme_by(area_name, edition, at);
}

Error *page_programmes(Page *page, Snapshot *snapshot)
{
    int64_t before = 0;
    bool is_first = !id_parse(page_query(page, "before"), &before) || before <= 0;
    ProgrammeListRows rows;
    Frame *frame = page_frame(page, t_programme_list_title(), FRAME_TAB_HOME);
    Error *err = sql_programme_list(snapshot, page->area, may(page, POLICY_PLAN) ? 1 : 0,
                                    is_first ? INT64_MAX : before, PROGRAMMES_A_PAGE + 1, &rows);
    if (err) {
        return err;
    }
    size_t shown = rows.count > PROGRAMMES_A_PAGE ? PROGRAMMES_A_PAGE : rows.count;
    ProgrammeLine *lines = arena_array(page->arena, ProgrammeLine, shown);
    for (size_t i = 0; i < shown; i++) {
        const ProgrammeListRow *row = &rows.rows[i];
        lines[i] =
            (ProgrammeLine){.title = row->title,
                            .summary = row->summary,
                            .by = whose(page, row->area_name, row->edition, row->published_at),
                            .link = page_path(page, "/a/{area}/programmes/{id}", row->id),
                            .is_draft = row->edition == 0};
    }
    frame->back = page_path(page, "/a/{area}", 0);
    ProgrammeListView view = {.frame = frame,
                              .lines = lines,
                              .n_lines = shown,
                              .may_plan = may(page, POLICY_PLAN),
                              .create = page_path(page, "/a/{area}/programmes/new", 0),
                              .has_next = rows.count > shown};
    if (view.has_next) {
        view.next = page_path(page, "/a/{area}/programmes?before={id}", rows.rows[shown - 1].id);
    }
    Out out = page_out(page);
    programme_list_page(&out, &view);
    return NULL;
}

/* --- one programme ----------------------------------------------------------- */

typedef struct VersionInput {
    int64_t version;
} VersionInput;

typedef struct PublishInput {
    int64_t version;
    Str reason;
} PublishInput;

static const Field publish_fields[] = {
    {FIELD_COMMON(PublishInput, version, FIELD_ID, TEXT_programme_list_title), .is_required = true},
    {FIELD_COMMON(PublishInput, reason, FIELD_LONG_TEXT, TEXT_programme_field_reason),
     .hint = TEXT_programme_field_reason_hint, .max = 200},
};
const Form programme_publish_form = FORM("publish-programme", publish_fields, PublishInput);

static const Field revise_fields[] = {
    {FIELD_COMMON(VersionInput, version, FIELD_ID, TEXT_programme_list_title), .is_required = true},
};
const Form programme_revise_form = FORM("revise-programme", revise_fields, VersionInput);

/* A programme as this person sees it: the draft for who may change it, else the newest edition. */
typedef struct Seen {
    ProgrammeSeenRow row;
    RoundRules rules;
    bool is_planner; /* of this very area */
    bool is_draft;
    ProgrammeRoundsRows joined;
    RoundInProgrammeRow round;
    bool has_round;
} Seen;

static Error *load_seen(Page *page, Snapshot *snapshot, Seen *out)
{
    Error *err = sql_programme_seen(snapshot, page->area, page->ids[0], &out->row);
    if (err) {
        return err;
    }
    out->is_planner = out->row.area_id == page->area && may(page, POLICY_PLAN);
    out->is_draft = out->is_planner && out->row.draft.len > 0;
    if (out->row.edition == 0 && !out->is_draft) {
        return error_make(page->arena, ERROR_NOT_FOUND, "no such programme here");
    }
    err = rules_read(page->arena, STR("programme"), out->is_draft ? out->row.draft : out->row.rules,
                     &out->rules);
    if (!err) {
        err = sql_programme_rounds(snapshot, out->row.area_id, out->row.id, JOINED_SHOWN,
                                   &out->joined);
    }
    return err ? err
               : sql_round_in_programme(snapshot, page->area, out->row.id, &out->round,
                                        &out->has_round);
}

static const JoinedLine *joined_lines(Page *page, const ProgrammeRoundsRows *rows)
{
    JoinedLine *lines = arena_array(page->arena, JoinedLine, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const ProgrammeRoundsRow *row = &rows->rows[i];
        Text name = plan_words(row->stage_name);
        lines[i] = (JoinedLine){
            .name = rules_say(page->lang == LANG_EN, row->area_name, row->area_name_en),
            .stands = row->stage_state != STAGE_OPEN
                          ? t_round_finished()
                          : t_round_standing(row->stage_no, row->n_stages, &name),
            .budget = row->budget_fen,
            .link = url_of(page->arena, "/a/{area}/rounds/{id}", row->area_id, row->id)};
        if (page->lang == LANG_EN && row->stage_state == STAGE_OPEN) {
            Text *kind = arena_new(page->arena, Text);
            *kind = programmes_kind_text(stage_kind_of(row->stage_kind));
            lines[i].stands = t_round_standing(row->stage_no, row->n_stages, kind);
        } else if (row->stage_state == STAGE_OPEN) {
            Text *kept = arena_new(page->arena, Text);
            *kept = name;
            lines[i].stands = t_round_standing(row->stage_no, row->n_stages, kept);
        }
    }
    return lines;
}

static FormState *version_form(Page *page, const Form *form, int64_t version)
{
    PublishInput input = {.version = version};
    return page_form_of(page, form, &input);
}

static void fill_acts(Page *page, const Seen *seen, ProgrammeView *view)
{
    bool is_published = seen->row.edition > 0;
    view->may_publish = seen->is_draft;
    view->needs_reason = is_published;
    view->publish = version_form(page, &programme_publish_form, seen->row.version);
    view->publish_action = page_path(page, "/a/{area}/programmes/{id}/publish", seen->row.id);
    view->may_revise = seen->is_planner && is_published && !seen->is_draft;
    view->revise = version_form(page, &programme_revise_form, seen->row.version);
    view->revise_action = page_path(page, "/a/{area}/programmes/{id}/revise", seen->row.id);
    view->has_round = seen->has_round;
    view->round = page_path(page, "/a/{area}/rounds/{id}", seen->round.id);
    view->may_join = is_published && !seen->has_round && may(page, POLICY_LEAD);
    view->join = page_path(page, "/a/{area}/programmes/{id}/join", seen->row.id);
}

Error *page_programme(Page *page, Snapshot *snapshot)
{
    Seen *seen = arena_new(page->arena, Seen);
    ProgrammeView view = {0};
    Error *err = load_seen(page, snapshot, seen);
    if (err) {
        return err;
    }
    bool is_english = page->lang == LANG_EN;
    Frame *frame = page_frame(page, plan_words(seen->rules.title), FRAME_TAB_HOME);
    frame->back = page_path(page, "/a/{area}/programmes", 0);
    view.frame = frame;
    view.title = rules_say(is_english, seen->rules.title, seen->rules.title_en);
    view.summary = rules_say(is_english, seen->rules.summary, seen->rules.summary_en);
    view.is_draft = seen->is_draft;
    view.by = seen->is_draft ? t_programme_draft_about()
                             : t_programme_edition(seen->row.edition, seen->row.published_at);
    view.has_reason = seen->row.reason.len > 0 && !seen->is_draft;
    view.reason = seen->row.reason;
    view.groups =
        rule_groups(page, &seen->rules, seen->is_draft ? seen->row.id : 0, &view.n_groups);
    view.joined = joined_lines(page, &seen->joined);
    view.n_joined = seen->joined.count;
    fill_acts(page, seen, &view);
    Out out = page_out(page);
    programme_public_page(&out, &view);
    return NULL;
}

Error *submit_publish_programme(Page *page, Snapshot *snapshot, const void *input)
{
    const PublishInput *typed = input;
    PublishProgramme *publish = arena_new(page->arena, PublishProgramme);
    *publish = (PublishProgramme){page->area, page->ids[0], page->who.person, typed->version,
                                  typed->reason};
    return page_write_to(page, programmes_publish, publish, sizeof(ProgrammePublished),
                         page_path(page, "/a/{area}/programmes/{id}", publish->id),
                         TEXT_programme_published);
}

Error *submit_revise(Page *page, Snapshot *snapshot, const void *input)
{
    const VersionInput *typed = input;
    ReviseProgramme *revise = arena_new(page->arena, ReviseProgramme);
    *revise = (ReviseProgramme){page->area, page->ids[0], typed->version};
    return page_write_to(page, programmes_revise, revise, 0,
                         page_path(page, "/a/{area}/programmes/{id}", revise->id),
                         TEXT_programme_revised);
}

/* --- a new draft ------------------------------------------------------------- */

typedef struct NewInput {
    Str template;
    Str title;
} NewInput;

static const Field new_fields[] = {
    {FIELD_COMMON(NewInput, template, FIELD_TEXT, TEXT_round_field_template), .is_required = true,
     .min = 1, .max = 40},
    {FIELD_COMMON(NewInput, title, FIELD_TEXT, TEXT_programme_field_title),
     .hint = TEXT_round_field_title_hint, .is_required = true, .min = 2, .max = 40},
};
const Form programme_new_form = FORM("programme", new_fields, NewInput);

Error *template_choices(Page *page, const DataChoice **out, size_t *out_count)
{
    RoundTemplate *templates = NULL;
    Error *err = template_list(page->arena, &templates, out_count);
    DataChoice *choices = err ? NULL : arena_array(page->arena, DataChoice, *out_count);
    for (size_t i = 0; !err && i < *out_count; i++) {
        choices[i] = (DataChoice){templates[i].name,
                                  rules_say(page->lang == LANG_EN, templates[i].rules.title,
                                            templates[i].rules.title_en)};
    }
    *out = choices;
    return err;
}

Error *page_programme_new(Page *page, Snapshot *snapshot)
{
    FormPage view = {.back = page_path(page, "/a/{area}/programmes", 0),
                     .back_title = t_programme_list_title(),
                     .title = t_programme_new_title(),
                     .about = t_programme_new_about(),
                     .form = page_form(page, &programme_new_form),
                     .action = page_path(page, "/a/{area}/programmes/new", 0),
                     .submit = t_programme_new_submit(),
                     .data_field = "template"};
    Error *err = template_choices(page, &view.choices, &view.n_choices);
    return err ? err : form_page(page, &view);
}

static Error *after_new(Page *page, const void *input, const void *output)
{
    const ProgrammeDrafted *drafted = output;
    return page_redirect_notice(page, page_path(page, "/a/{area}/programmes/{id}", drafted->id),
                                TEXT_programme_new_done);
}

Error *submit_programme_new(Page *page, Snapshot *snapshot, const void *input)
{
    const NewInput *typed = input;
    DraftProgramme *draft = arena_new(page->arena, DraftProgramme);
    *draft = (DraftProgramme){page->area, page->who.person, typed->template, typed->title};
    return page_write(page, programmes_draft, draft, sizeof(ProgrammeDrafted), after_new);
}
