/* library_forms.c: the office's forms, and what residents mark. */
#include "base/utf8.h"
#include "common_text.h"
#include "features/library/library_pages.h"
#include "library_sql.h"
#include "library_text.h"
#include "platform/form/form_page.h"
#include "proposals_text.h"

/* --- what an entry says, in two forms --------------------------------------------------------- */

typedef struct EntryInput {
    int64_t version; /* of a change */
    EntryFact fact;
} EntryInput;

#define ENTRY_FIELDS                                                                               \
    {FIELD_INSIDE(EntryInput, fact, title, FIELD_TEXT, TEXT_library_entry_title),                  \
     .is_required = true, .min = LIBRARY_TITLE_MIN, .max = LIBRARY_TITLE_MAX},                     \
        {FIELD_INSIDE(EntryInput, fact, kind, FIELD_CHOICE, TEXT_library_kind),                    \
         .is_required = true, .choices = library_kinds, .n_choices = LIBRARY_KINDS},               \
        {FIELD_INSIDE(EntryInput, fact, scope, FIELD_LONG_TEXT, TEXT_library_scope),               \
         .hint = TEXT_library_scope_hint, .is_required = true, .min = LIBRARY_SCOPE_MIN,           \
         .max = LIBRARY_SCOPE_MAX},                                                                \
        {FIELD_INSIDE(EntryInput, fact, provider, FIELD_TEXT, TEXT_library_provider),              \
         .hint = TEXT_library_provider_hint, .max = LIBRARY_PROVIDER_MAX},                         \
        {FIELD_INSIDE(EntryInput, fact, price, FIELD_MONEY, TEXT_library_price),                   \
         .hint = TEXT_library_price_hint, .max = MONEY_MAX_FEN},                                   \
        {FIELD_INSIDE(EntryInput, fact, unit, FIELD_TEXT, TEXT_library_unit),                      \
         .hint = TEXT_library_unit_hint, .is_conditional = true, .max = LIBRARY_UNIT_MAX},         \
    {                                                                                              \
        FIELD_INSIDE(EntryInput, fact, basis, FIELD_TEXT, TEXT_library_basis),                     \
            .hint = TEXT_library_basis_hint, .is_conditional = true, .max = LIBRARY_BASIS_MAX      \
    }

static const Field new_fields[] = {ENTRY_FIELDS};

static const Field edit_fields[] = {
    {FIELD_COMMON(EntryInput, version, FIELD_ID, TEXT_library_edit), .is_required = true},
    ENTRY_FIELDS};

const Form library_form = FORM("library", new_fields, EntryInput);
const Form library_edit_form = FORM("library-edit", edit_fields, EntryInput);

static const FormState *entry_form(Page *page, const Form *form, const EntryInput *usual)
{
    FormState *state = page_form_of(page, form, usual);
    if (state != page->form) {
        form_empty_zeros(state);
    }
    return state;
}

static Error *after_add(Page *page, const void *input, const void *output)
{
    return page_redirect_notice(page,
                                page_path(page, "/a/{area}/library/{id}", *(const int64_t *)output),
                                TEXT_library_added);
}

static Error *add(Page *page, const EntryInput *typed, int64_t project)
{
    NewEntry *new = arena_new(page->arena, NewEntry);
    *new = (NewEntry){
        .area = page->area, .actor = page->who.person, .project = project, .fact = typed->fact};
    return page_write(page, library_add, new, sizeof(int64_t), after_add);
}

/* --- a new one -------------------------------------------------------------------------------- */

Error *page_library_new(Page *page, Snapshot *s)
{
    EntryInput usual = {0};
    FormPage view = {.back = page_path(page, "/a/{area}/library", 0),
                     .back_title = t_library_title(),
                     .title = t_library_add(),
                     .about = t_library_add_about(),
                     .submit = t_library_add_submit(),
                     .form = entry_form(page, &library_form, &usual),
                     .action = page_path(page, "/a/{area}/library/new", 0)};
    return form_page(page, &view);
}

Error *submit_library(Page *page, Snapshot *s, const void *input)
{
    return add(page, input, 0);
}

/* --- of a finished project -------------------------------------------------------------------- */

Error *page_library_adopt(Page *page, Snapshot *s)
{
    LibraryProjectRow row;
    Error *err = sql_library_project(s, page->area, page->ids[0], &row);
    if (err) {
        return err;
    }
    if (row.entry != 0 && !page->form) {
        return page_redirect(page, page_path(page, "/a/{area}/library/{id}", row.entry));
    }
    EntryInput usual = {
        .fact = {.title = utf8_first(row.title, LIBRARY_TITLE_MAX),
                 .provider = utf8_first(row.provider, LIBRARY_PROVIDER_MAX),
                 .price = row.cost_fen,
                 .unit = text_str(page->arena, page->lang, t_library_unit_usual()),
                 .basis = text_str(page->arena, page->lang, t_library_basis_usual(row.state_on))}};
    FormPage view = {.back = page_path(page, "/a/{area}/deliveries/{id}", row.proposal_id),
                     .back_title = t_form_data_choice(row.title),
                     .title = t_library_adopt(),
                     .about = t_library_adopt_about(),
                     .submit = t_library_add_submit(),
                     .form = entry_form(page, &library_form, &usual),
                     .action =
                         page_path(page, "/a/{area}/deliveries/{id}/library", row.proposal_id)};
    return form_page(page, &view);
}

Error *submit_library_adopt(Page *page, Snapshot *s, const void *input)
{
    return add(page, input, page->ids[0]);
}

/* --- changing --------------------------------------------------------------------------------- */

Error *page_library_edit(Page *page, Snapshot *s)
{
    LibraryOwnRow row;
    Error *err = sql_library_own(s, page->area, page->ids[0], &row);
    if (err) {
        return err;
    }
    EntryInput usual = {.version = row.version,
                        .fact = {row.title, (int)row.kind, row.scope, row.provider, row.price_fen,
                                 row.unit, row.basis}};
    FormPage view = {.back = page_path(page, "/a/{area}/library/{id}", row.id),
                     .back_title = t_form_data_choice(row.title),
                     .title = t_library_edit(),
                     .submit = t_library_edit_submit(),
                     .form = entry_form(page, &library_edit_form, &usual),
                     .action = page_path(page, "/a/{area}/library/{id}/edit", row.id)};
    return form_page(page, &view);
}

Error *submit_library_edit(Page *page, Snapshot *s, const void *input)
{
    const EntryInput *typed = input;
    EntryEdit *edit = arena_new(page->arena, EntryEdit);
    *edit = (EntryEdit){.area = page->area,
                        .id = page->ids[0],
                        .actor = page->who.person,
                        .version = typed->version,
                        .fact = typed->fact};
    return page_write_to(page, library_edit, edit, 0,
                         page_path(page, "/a/{area}/library/{id}", edit->id), TEXT_library_edited);
}

typedef struct EndInput {
    int64_t version;
    Str reason;
} EndInput;

static const Field end_fields[] = {
    {FIELD_COMMON(EndInput, version, FIELD_ID, TEXT_library_end), .is_required = true},
    {FIELD_COMMON(EndInput, reason, FIELD_LONG_TEXT, TEXT_library_end_reason),
     .hint = TEXT_library_end_hint, .is_required = true, .min = LIBRARY_REASON_MIN,
     .max = LIBRARY_REASON_MAX},
};

const Form library_end_form = FORM("library-end", end_fields, EndInput);

Error *page_library_end(Page *page, Snapshot *s)
{
    LibraryOwnRow row;
    Error *err = sql_library_own(s, page->area, page->ids[0], &row);
    if (err) {
        return err;
    }
    EndInput usual = {.version = row.version};
    FormPage view = {.back = page_path(page, "/a/{area}/library/{id}", row.id),
                     .back_title = t_form_data_choice(row.title),
                     .title = t_library_end(),
                     .about = t_library_end_about(),
                     .submit = t_library_end_submit(),
                     .form = page_form_of(page, &library_end_form, &usual),
                     .action = page_path(page, "/a/{area}/library/{id}/end", row.id)};
    return form_page(page, &view);
}

Error *submit_library_end(Page *page, Snapshot *s, const void *input)
{
    const EndInput *typed = input;
    EntryEnd *end = arena_new(page->arena, EntryEnd);
    *end = (EntryEnd){.area = page->area,
                      .id = page->ids[0],
                      .actor = page->who.person,
                      .version = typed->version,
                      .reason = typed->reason};
    return page_write_to(page, library_end, end, 0,
                         page_path(page, "/a/{area}/library/{id}", end->id), TEXT_library_ended);
}

/* --- wanting ---------------------------------------------------------------------------------- */

typedef struct PickInput {
    int want;
} PickInput;

enum { WANT_YES = 1, WANT_NO = 2 };

static const Choice wants[] = {
    {"yes", WANT_YES, TEXT_library_want},
    {"no", WANT_NO, TEXT_library_unwant},
};

static const Field pick_fields[] = {
    {FIELD_COMMON(PickInput, want, FIELD_CHOICE, TEXT_library_want), .is_required = true,
     .choices = wants, .n_choices = countof(wants)},
};

const Form library_pick_form = FORM("library-pick", pick_fields, PickInput);

Error *submit_library_pick(Page *page, Snapshot *s, const void *input)
{
    const PickInput *typed = input;
    EntryPick *pick = arena_new(page->arena, EntryPick);
    *pick = (EntryPick){.area = page->area,
                        .id = page->ids[0],
                        .person = page->who.person,
                        .is_wanted = typed->want == WANT_YES};
    return page_write_to(page, library_pick, pick, 0,
                         page_path(page, "/a/{area}/library/{id}", pick->id),
                         pick->is_wanted ? TEXT_library_want_done : TEXT_library_unwant_done);
}
