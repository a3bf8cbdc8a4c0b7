/* intake_line_pages.c: one line of a chain corrected; the room's routes and row. */
#include "features/intake/intake_pages.h"
#include "intake_chain_html.h"
#include "intake_text.h"
#include "platform/html/frame_load.h"
#include "platform/person_data.h"

#define PEOPLE_SHOWN 12

/* --- correcting ---------------------------------------------------------------------------------
 */

typedef struct LineInput {
    int64_t version; /* of the chain */
    Str words;
    Str name;
    Str place;
    int64_t person;
    bool nobody;
    bool out;
} LineInput;

static const Field line_fields[] = {
    {FIELD_COMMON(LineInput, words, FIELD_LONG_TEXT, TEXT_intake_chain_wish),
     .max = PROPOSAL_NEED_MAX},
    {FIELD_COMMON(LineInput, name, FIELD_TEXT, TEXT_intake_chain_name), .max = PROPOSAL_NAME_MAX,
     .autocomplete = "off"},
    {FIELD_COMMON(LineInput, place, FIELD_TEXT, TEXT_intake_chain_place),
     .hint = TEXT_intake_chain_place_hint, .max = PEOPLE_MAX_BUILDING + PEOPLE_MAX_DOOR,
     .autocomplete = "off"},
    {FIELD_COMMON(LineInput, person, FIELD_ID, TEXT_intake_which_person)},
    {FIELD_COMMON(LineInput, nobody, FIELD_BOX, TEXT_intake_chain_nobody)},
    {FIELD_COMMON(LineInput, out, FIELD_BOX, TEXT_intake_chain_out)},
    {FIELD_COMMON(LineInput, version, FIELD_INTEGER, TEXT_intake_chain_title), .is_required = true},
};

const Form chain_edit_form = FORM("chain_line", line_fields, LineInput);

static SafeUrl line_chain_url(const Page *page, int64_t chain)
{
    return page_path(page, "/a/{area}/intake/chains/{id}", chain);
}

static FormState *line_form(Page *page, const ChainLineGetRow *row)
{
    FormState *form = page_form(page, &chain_edit_form);
    if (page->form != form) {
        LineInput input = {.words = row->words.len > 0 ? row->words : row->raw,
                           .name = row->name,
                           .place = row->place,
                           .person = row->person_id > 0 ? row->person_id : 0,
                           .nobody = row->person_id == CHAIN_PERSON_NONE};
        form_prefill(page->arena, form, &input);
        if (input.person == 0) {
            form->fields[3].typed = STR("");
        }
    }
    return form;
}

/* After a conflict the next try is made from the chain as it is now; after any other error the
 * version stays, or a change would be overwritten unseen. */
static int64_t shown_version(Page *page, const FormState *form, int64_t current)
{
    int64_t typed = 0;
    bool is_conflict = form->error && form->error->code == ERROR_VERSION_CONFLICT;
    bool is_kept = page->form == form && !is_conflict &&
                   str_to_int64(form_field(form, "version")->typed, &typed);
    return is_kept ? typed : current;
}

Error *page_chain_line(Page *page, Snapshot *snapshot)
{
    ChainLineGetRow row;
    ChainGetRow chain = {0};
    PersonFound *people = NULL;
    ChainEditView view = {.frame =
                              page_frame(page, t_intake_chain_correct_title(), FRAME_TAB_NONE)};
    Error *err = sql_chain_line_get(snapshot, page->area, page->ids[0], &row);
    if (!err) {
        err = chain_require(page, snapshot, row.chain_id, &chain);
    }
    if (!err) {
        view.form = line_form(page, &row);
        Str name = form_field(view.form, "name")->typed;
        err = name.len == 0
                  ? NULL
                  : people_find(snapshot, page->area, name, PEOPLE_SHOWN, &people, &view.n_people);
    }
    if (err) {
        return err;
    }
    view.people = intake_who_lines(page, people, view.n_people);
    view.person = form_field(view.form, "person")->typed;
    view.version = shown_version(page, view.form, chain.version);
    view.raw = row.raw;
    view.chain = line_chain_url(page, row.chain_id);
    view.action = page_path(page, "/a/{area}/intake/lines/{id}", row.id);
    Out out = page_out(page);
    chain_edit_page(&out, &view);
    return NULL;
}

static Error *after_line(Page *page, const void *input, const void *output)
{
    const ChainStaged *of = output;
    return page_redirect_notice(page, line_chain_url(page, of->chain), TEXT_intake_chain_saved);
}

Error *submit_chain_line(Page *page, Snapshot *snapshot, const void *input)
{
    const LineInput *typed = input;
    ChainCorrect *correct = arena_new(page->arena, ChainCorrect);
    *correct = (ChainCorrect){.area = page->area,
                              .line = page->ids[0],
                              .actor = chain_actor(page),
                              .version = typed->version,
                              .name = typed->name,
                              .place = typed->place,
                              .words = typed->words,
                              .person = typed->nobody ? CHAIN_PERSON_NONE : typed->person,
                              .is_out = typed->out};
    return page_write(page, intake_chain_correct, correct, sizeof(ChainStaged), after_line);
}

/* --- a person's own data
 * -------------------------------------------------------------------------- */

static Error *export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    ChainExportRows rows;
    Error *err = sql_chain_export(snapshot, person, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        json_array_append_new(list, json_of_str(rows.rows[i].raw));
    }
    return person_data_member(snapshot, "chain_lines", list, out);
}

static Error *erase_person(Tx *tx, int64_t person, Instant now)
{
    return sql_chain_erase_person(tx, person, NULL);
}

/* --- the room
 * --------------------------------------------------------------------------------------- */

static const Route routes[] = {
    ROUTE_GET("/a/{area}/intake", POLICY_STAFF, page_intake),
    ROUTE_POST("/a/{area}/intake", POLICY_STAFF, &intake_form, submit_intake, page_intake),
    ROUTE_GET("/a/{area}/intake/people", POLICY_STAFF, page_intake_people),
    ROUTE_GET("/a/{area}/intake/form", POLICY_STAFF, page_intake_blank),
    ROUTE_GET("/a/{area}/intake/chain", POLICY_STAFF, page_chain_paste),
    ROUTE_POST("/a/{area}/intake/chain", POLICY_STAFF, &chain_paste_form, submit_chain_paste,
               page_chain_paste),
    ROUTE_GET("/a/{area}/intake/chains/{id}", POLICY_STAFF, page_chain),
    ROUTE_POST("/a/{area}/intake/chains/{id}/take", POLICY_STAFF, &chain_take_form,
               submit_chain_take, page_chain),
    ROUTE_POST("/a/{area}/intake/chains/{id}/drop", POLICY_STAFF, &chain_drop_form,
               submit_chain_drop, page_chain),
    ROUTE_POST("/a/{area}/intake/chains/{id}/undo", POLICY_STAFF, &chain_undo_form,
               submit_chain_undo, page_chain),
    ROUTE_GET("/a/{area}/intake/lines/{id}", POLICY_STAFF, page_chain_line),
    ROUTE_POST("/a/{area}/intake/lines/{id}", POLICY_STAFF, &chain_edit_form, submit_chain_line,
               page_chain_line),
    ROUTE_GET("/a/{area}/intake/{id}/slip", POLICY_STAFF, page_intake_slip),
    ROUTE_POST("/a/{area}/intake/{id}/undo", POLICY_STAFF, &intake_undo_form, submit_intake_undo,
               page_intake),
};

static const NavItem nav[] = {
    {TEXT_intake_quick, "/a/{area}/intake", POLICY_STAFF, .rank = 21},
    {TEXT_intake_chain_title, "/a/{area}/intake/chain", POLICY_STAFF, .rank = 22},
};

const Feature intake_feature = {
    .name = "intake",
    .routes = routes,
    .n_routes = countof(routes),
    .export_person = export_person,
    .erase_person = erase_person,
    .nav = nav,
    .n_nav = countof(nav),
};
