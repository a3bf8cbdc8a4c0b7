/* documents_form_pages.c: adding, renewing, ending, and what a round goes by. */
#include "base/limits.h"
#include "common_text.h"
#include "document_attach_html.h"
#include "documents_sql.h"
#include "documents_text.h"
#include "features/documents/documents_pages.h"
#include "features/programmes/programmes.h"
#include "platform/form/form_page.h"
#include "platform/html/frame_load.h"

/* --- a version, in two forms ------------------------------------------------------------------ */

typedef struct VersionInput {
    Date from_on;
    Str words;
    FileInput file;
} VersionInput;

#define VERSION_FIELDS(Input)                                                                      \
    {FIELD_INSIDE(Input, body, from_on, FIELD_DATE, TEXT_document_from_on), .is_required = true,   \
     .hint = TEXT_document_from_on_hint},                                                          \
        {FIELD_INSIDE(Input, body, words, FIELD_LONG_TEXT, TEXT_document_words),                   \
         .hint = TEXT_document_words_hint, .is_conditional = true, .max = DOCUMENT_WORDS_MAX},     \
    {                                                                                              \
        FIELD_INSIDE(Input, body, file, FIELD_FILE, TEXT_document_file),                           \
            .hint = TEXT_document_file_hint, .is_conditional = true, .max = LIMIT_UPLOAD_BYTES     \
    }

static Error *take_version(Page *page, const VersionInput *typed, Str change, NewVersion *out)
{
    *out = (NewVersion){.fact = {.from_on = typed->from_on,
                                 .words = typed->words,
                                 .change = change,
                                 .has_file = typed->file.bytes.len > 0}};
    return file_take(page->arena, typed->file.name, typed->file.bytes, "file", &out->file);
}

/* --- adding ----------------------------------------------------------------------------------- */

typedef struct AddInput {
    int kind;
    Str title;
    Str number;
    Str issuer;
    VersionInput body;
} AddInput;

static const Field add_fields[] = {
    {FIELD_COMMON(AddInput, kind, FIELD_CHOICE, TEXT_document_kind), .is_required = true,
     .choices = document_kinds, .n_choices = DOCUMENT_KINDS},
    {FIELD_COMMON(AddInput, title, FIELD_TEXT, TEXT_document_title), .is_required = true,
     .min = DOCUMENT_TITLE_MIN, .max = DOCUMENT_TITLE_MAX},
    {FIELD_COMMON(AddInput, number, FIELD_TEXT, TEXT_document_number),
     .hint = TEXT_document_number_hint, .max = DOCUMENT_NUMBER_MAX},
    {FIELD_COMMON(AddInput, issuer, FIELD_TEXT, TEXT_document_issuer), .max = DOCUMENT_ISSUER_MAX},
    VERSION_FIELDS(AddInput),
};

const Form document_form = FORM("document", add_fields, AddInput, .has_file = true);

Error *page_document_new(Page *page, Snapshot *s)
{
    (void)s;
    AddInput usual = {.kind = DOCUMENT_RULES, .body = {.from_on = instant_date(page->now)}};
    FormPage view = {.back = documents_url(page, ""),
                     .back_title = t_document_list_title(),
                     .title = t_document_add(),
                     .about = t_document_add_about(),
                     .submit = t_document_add_submit(),
                     .form = page_form_of(page, &document_form, &usual),
                     .action = documents_url(page, "/new")};
    return form_page(page, &view);
}

static Error *after_document(Page *page, const void *input, const void *output)
{
    (void)input;
    return page_redirect_notice(page, document_url(page, *(const int64_t *)output, ""),
                                TEXT_document_added);
}

Error *submit_document(Page *page, Snapshot *s, const void *input)
{
    (void)s;
    const AddInput *typed = input;
    NewDocument *new = arena_new(page->arena, NewDocument);
    *new = (NewDocument){.area = page->area,
                         .actor = page->who.person,
                         .kind = typed->kind,
                         .title = typed->title,
                         .number = typed->number,
                         .issuer = typed->issuer};
    Error *err = take_version(page, &typed->body, STR(""), &new->first);
    return err ? err : page_write(page, documents_add, new, sizeof(int64_t), after_document);
}

/* --- one of this area, to change it ----------------------------------------------------------- */

typedef struct RenewInput {
    int64_t version;
    Str change;
    VersionInput body;
} RenewInput;

static const Field renew_fields[] = {
    {FIELD_COMMON(RenewInput, version, FIELD_ID, TEXT_document_no), .is_required = true},
    {FIELD_COMMON(RenewInput, change, FIELD_LONG_TEXT, TEXT_document_change),
     .hint = TEXT_document_change_hint, .is_required = true, .min = DOCUMENT_CHANGE_MIN,
     .max = DOCUMENT_CHANGE_MAX},
    VERSION_FIELDS(RenewInput),
};

const Form document_renew_form = FORM("document-renew", renew_fields, RenewInput, .has_file = true);

Error *page_document_renew(Page *page, Snapshot *s)
{
    DocumentOwnRow row;
    Error *err = sql_document_own(s, page->area, page->ids[0], &row);
    if (err) {
        return err;
    }
    RenewInput usual = {.version = row.version, .body = {.from_on = instant_date(page->now)}};
    FormPage view = {.back = document_url(page, row.id, ""),
                     .back_title = t_form_data_choice(row.title),
                     .title = t_document_renew(),
                     .about = t_document_renew_about(row.newest_no, row.newest_on),
                     .submit = t_document_renew_submit(),
                     .form = page_form_of(page, &document_renew_form, &usual),
                     .action = document_url(page, row.id, "/renew")};
    return form_page(page, &view);
}

Error *submit_document_renew(Page *page, Snapshot *s, const void *input)
{
    (void)s;
    const RenewInput *typed = input;
    DocumentRenewal *given = arena_new(page->arena, DocumentRenewal);
    *given = (DocumentRenewal){.area = page->area,
                               .id = page->ids[0],
                               .actor = page->who.person,
                               .version = typed->version};
    Error *err = take_version(page, &typed->body, typed->change, &given->next);
    return err ? err
               : page_write_to(page, documents_renew, given, 0, document_url(page, given->id, ""),
                               TEXT_document_renewed);
}

/* --- ending ----------------------------------------------------------------------------------- */

typedef struct EndInput {
    int64_t version;
    Str reason;
} EndInput;

static const Field end_fields[] = {
    {FIELD_COMMON(EndInput, version, FIELD_ID, TEXT_document_no), .is_required = true},
    {FIELD_COMMON(EndInput, reason, FIELD_LONG_TEXT, TEXT_document_end_reason),
     .hint = TEXT_document_end_hint, .is_required = true, .min = DOCUMENT_REASON_MIN,
     .max = DOCUMENT_REASON_MAX},
};

const Form document_end_form = FORM("document-end", end_fields, EndInput);

Error *page_document_end(Page *page, Snapshot *s)
{
    DocumentOwnRow row;
    Error *err = sql_document_own(s, page->area, page->ids[0], &row);
    if (err) {
        return err;
    }
    EndInput usual = {.version = row.version};
    FormPage view = {.back = document_url(page, row.id, ""),
                     .back_title = t_form_data_choice(row.title),
                     .title = t_document_end(),
                     .about = t_document_end_about(),
                     .submit = t_document_end_submit(),
                     .form = page_form_of(page, &document_end_form, &usual),
                     .action = document_url(page, row.id, "/end")};
    return form_page(page, &view);
}

Error *submit_document_end(Page *page, Snapshot *s, const void *input)
{
    (void)s;
    const EndInput *typed = input;
    DocumentEnd *given = arena_new(page->arena, DocumentEnd);
    *given = (DocumentEnd){.area = page->area,
                           .id = page->ids[0],
                           .actor = page->who.person,
                           .version = typed->version,
                           .reason = typed->reason};
    return page_write_to(page, documents_end, given, 0, document_url(page, given->id, ""),
                         TEXT_document_end_done);
}

/* --- what a round goes by --------------------------------------------------------------------- */

typedef struct AttachInput {
    IdList documents;
} AttachInput;

static const Field attach_fields[] = {
    {FIELD_COMMON(AttachInput, documents, FIELD_IDS, TEXT_document_attach_title),
     .max = DOCUMENTS_OF_ROUND_MAX},
};

const Form document_attach_form = FORM("document-attach", attach_fields, AttachInput);

static void fill_ticks(Page *page, const DocumentChoiceRows *rows, DocumentAttachView *view)
{
    bool was_sent = page->form == view->form;
    DocumentTick *ticks = arena_array(page->arena, DocumentTick, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const DocumentChoiceRow *row = &rows->rows[i];
        ticks[i] = (DocumentTick){.id = id_text(row->id),
                                  .link = document_url(page, row->id, ""),
                                  .title = row->title,
                                  .facts = document_facts(page, row->kind, row->number,
                                                          row->area_name, row->area_name_en),
                                  .is_ticked = was_sent ? id_list_has(&view->form->chosen, row->id)
                                                        : row->attached_no > 0};
    }
    view->ticks = ticks;
    view->n_ticks = rows->count;
}

Error *page_document_attach(Page *page, Snapshot *s)
{
    RoundInfo round;
    DocumentChoiceRows rows;
    DocumentAttachView view = {.form = page_form(page, &document_attach_form)};
    Error *err = programmes_round(s, page->area, page->ids[0], &round);
    if (!err) {
        err = sql_document_choice(s, page->area, round.id, instant_date(page->now),
                                  DOCUMENTS_OF_ROUND_MAX, &rows);
    }
    if (err) {
        return err;
    }
    fill_ticks(page, &rows, &view);
    const FieldState *state = form_field(view.form, "documents");
    view.problem = state->error ? text_of_error(state->error) : text_of(0);
    view.frame = page_frame(page, t_document_attach_title(), FRAME_TAB_NONE);
    view.back = document_round_url(page, round.id, "/documents");
    view.back_title = round.title;
    view.action = document_round_url(page, round.id, "/documents/attach");
    view.add = documents_url(page, "/new");
    Out out = page_out(page);
    document_attach_page(&out, &view);
    return NULL;
}

Error *submit_document_attach(Page *page, Snapshot *s, const void *input)
{
    (void)s;
    const AttachInput *typed = input;
    DocumentsAttach *given = arena_new(page->arena, DocumentsAttach);
    *given = (DocumentsAttach){.area = page->area,
                               .round = page->ids[0],
                               .actor = page->who.person,
                               .documents = typed->documents.ids,
                               .n_documents = typed->documents.count};
    return page_write_to(page, documents_attach, given, 0,
                         document_round_url(page, given->round, "/documents"),
                         TEXT_document_attached);
}
