/* import_pages.c: a roll file brought, and what is decided about it. */
#include "features/people/people_pages.h"
#include "person_import_form_html.h"
#include "platform/html/frame_load.h"
#include "platform/http/app.h"
#include "text_keys.h"

typedef struct ImportInput {
    FileInput file;
} ImportInput;

static const Field import_fields[] = {
    {FIELD_COMMON(ImportInput, file, FIELD_FILE, TEXT_people_import_file),
     .hint = TEXT_people_import_file_hint, .is_required = true, .max = 4 * 1024 * 1024},
};

const Form import_form = {.name = "import",
                          .fields = import_fields,
                          .n_fields = countof(import_fields),
                          .input_size = sizeof(ImportInput),
                          .has_file = true};

static SafeUrl import_link(Page *page, int64_t import)
{
    return url_path(page->arena, "/a/%s/people/imports/%s", id_text(page->area).text,
                    id_text(import).text);
}

Error *page_import_new(Page *page, Snapshot *snapshot)
{
    Frame frame;
    Error *err = frame_load(page, snapshot, t_people_import_title(), FRAME_TAB_NONE, &frame);
    if (err) {
        return err;
    }
    ImportFormView view = {
        .frame = &frame,
        .area = id_text(page->area),
        .form = page_form(page, &import_form),
        .action = url_path(page->arena, "/a/%s/people/import", id_text(page->area).text),
    };
    Out out = page_out(page);
    person_import_form_page(&out, &view);
    return NULL;
}

/* --- bringing a file ------------------------------------------------------------------------ */

static Error *compare_file(Page *page, Snapshot *snapshot, Str bytes, RollChange **out,
                           size_t *out_count, RollCounts *out_counts)
{
    RollHeader header;
    RollRow *rows = NULL;
    RollPerson *roll = NULL;
    size_t n_roll = 0;
    Error *err =
        people_file_read(page->arena, bytes, instant_date(page->now), &header, &rows, out_count);
    if (!err) {
        err = people_roll_read(snapshot, page->area, &roll, &n_roll);
    }
    if (err) {
        return error_for_field(err, STR("file"));
    }
    people_roll_compare(page->arena, &header, rows, *out_count, roll, n_roll, out, out_counts);
    return NULL;
}

/* In pieces, so that other people's writes do not wait for a long file. */
static Error *stage_file(Page *page, const RollChange *changes, size_t count, int64_t *out_import)
{
    ImportStaged staged = {0};
    for (size_t at = 0; at < count; at += PEOPLE_STAGE_ROWS) {
        size_t rest = count - at;
        ImportStage stage = {.area = page->area,
                             .import = staged.import,
                             .changes = &changes[at],
                             .count = rest < PEOPLE_STAGE_ROWS ? rest : PEOPLE_STAGE_ROWS};
        Error *err = db_write(page->app->db, page->arena, people_import_stage, &stage, &staged,
                              sizeof(staged));
        if (err) {
            return err;
        }
    }
    *out_import = staged.import;
    return NULL;
}

static Error *after_import(Page *page, const void *input, const void *output)
{
    const ImportStaged *staged = output;
    (void)input;
    return page_redirect(page, import_link(page, staged->import));
}

/* File names come from strangers' machines: at most 60 characters are kept. */
static Str short_name(Str name)
{
    return name.len == 0 ? STR("CSV") : people_first_characters(name, 60);
}

Error *submit_import(Page *page, Snapshot *snapshot, const void *input_)
{
    const ImportInput *typed = input_;
    RollChange *changes = NULL;
    size_t count = 0;
    ImportPreview *preview = arena_new(page->arena, ImportPreview);
    *preview = (ImportPreview){
        .area = page->area, .actor = page->who.person, .file_name = short_name(typed->file.name)};
    Error *err =
        compare_file(page, snapshot, typed->file.bytes, &changes, &count, &preview->counts);
    if (!err) {
        err = stage_file(page, changes, count, &preview->import);
    }
    if (err) {
        return err;
    }
    return page_write(page, people_import_preview, preview, sizeof(ImportStaged), after_import);
}

/* --- deciding ------------------------------------------------------------------------------- */

typedef struct DecideInput {
    int64_t version;
} DecideInput;

static const Field decide_fields[] = {
    {FIELD_COMMON(DecideInput, version, FIELD_INTEGER, TEXT_people_state), .is_required = true,
     .min = 1, .max = INT64_C(1) << 40},
};

#define DECIDE_FORM(name_)                                                                         \
    {                                                                                              \
        .name = (name_), .fields = decide_fields, .n_fields = countof(decide_fields),              \
        .input_size = sizeof(DecideInput)                                                          \
    }

const Form import_accept_form = DECIDE_FORM("import_accept");
const Form import_drop_form = DECIDE_FORM("import_drop");
const Form import_undo_form = DECIDE_FORM("import_undo");

static const ImportDecide *decision(Page *page, const void *input)
{
    const DecideInput *typed = input;
    ImportDecide *decide = arena_new(page->arena, ImportDecide);
    *decide = (ImportDecide){.area = page->area,
                             .actor = page->who.person,
                             .import = page->ids[0],
                             .version = typed->version};
    return decide;
}

static Error *after_accept(Page *page, const void *input, const void *output)
{
    const ImportDecide *decide = input;
    (void)output;
    return page_redirect_notice(page, import_link(page, decide->import), TEXT_people_accepted);
}

static Error *after_drop(Page *page, const void *input, const void *output)
{
    const ImportDecide *decide = input;
    (void)output;
    return page_redirect_notice(page, import_link(page, decide->import), TEXT_people_dropped);
}

static Error *after_undo(Page *page, const void *input, const void *output)
{
    const ImportDecide *decide = input;
    (void)output;
    return page_redirect_notice(page, import_link(page, decide->import), TEXT_people_undone);
}

Error *submit_accept(Page *page, Snapshot *snapshot, const void *input)
{
    (void)snapshot;
    return page_write(page, people_import_accept, decision(page, input), 0, after_accept);
}

Error *submit_drop(Page *page, Snapshot *snapshot, const void *input)
{
    (void)snapshot;
    return page_write(page, people_import_drop, decision(page, input), 0, after_drop);
}

Error *submit_undo(Page *page, Snapshot *snapshot, const void *input)
{
    (void)snapshot;
    return page_write(page, people_import_undo, decision(page, input), 0, after_undo);
}
