/* import_pages.c: a roll file brought, and what is decided about it. */
#include "features/people/people_pages.h"
#include "people_text.h"
#include "person_import_form_html.h"
#include "platform/html/frame_load.h"
#include "platform/http/app.h"
#include "platform/settings/settings.h"

typedef struct ImportInput {
    FileInput file;
    Str name, phone, building, door, birth, residency; /* what the file calls these columns */
} ImportInput;

#define COLUMN_FIELD(member, label_key)                                                            \
    {                                                                                              \
        FIELD_COMMON(ImportInput, member, FIELD_TEXT, label_key), .max = 40, .autocomplete = "off" \
    }

static const Field import_fields[] = {
    {FIELD_COMMON(ImportInput, file, FIELD_FILE, TEXT_people_import_file),
     .hint = TEXT_people_import_file_hint, .is_required = true, .max = 4 * 1024 * 1024},
    COLUMN_FIELD(name, TEXT_people_name),
    COLUMN_FIELD(phone, TEXT_people_phone),
    COLUMN_FIELD(building, TEXT_people_building),
    COLUMN_FIELD(door, TEXT_people_door),
    COLUMN_FIELD(birth, TEXT_people_birth),
    COLUMN_FIELD(residency, TEXT_people_residency),
};

const Form import_form = FORM("import", import_fields, ImportInput, .has_file = true);

static SafeUrl import_link(Page *page, int64_t import)
{
    return page_path(page, "/a/{area}/people/imports/{id}", import);
}

/* --- what the area calls its columns -------------------------------------------------------- */

typedef struct ColumnName {
    const char *ours;
    size_t offset; /* in ImportInput */
} ColumnName;

static const ColumnName column_names[] = {
    {"name", offsetof(ImportInput, name)},         {"phone", offsetof(ImportInput, phone)},
    {"building", offsetof(ImportInput, building)}, {"door", offsetof(ImportInput, door)},
    {"birth", offsetof(ImportInput, birth)},       {"residency", offsetof(ImportInput, residency)},
};

static Str *name_in(ImportInput *input, const ColumnName *column)
{
    return (Str *)(void *)((char *)input + column->offset);
}

static Str names_typed(Arena *arena, ImportInput *typed)
{
    Str names = STR("");
    for (size_t i = 0; i < countof(column_names); i++) {
        Str theirs = *name_in(typed, &column_names[i]);
        if (theirs.len > 0) {
            names = arena_printf(arena, "%.*s%s=%.*s\n", STR_ARG(names), column_names[i].ours,
                                 STR_ARG(theirs));
        }
    }
    return names;
}

static void names_split(Str names, ImportInput *out)
{
    Str line, ours, theirs;
    while (names.len > 0) {
        str_cut(names, '\n', &line, &names);
        str_cut(line, '=', &ours, &theirs);
        for (size_t i = 0; i < countof(column_names); i++) {
            if (str_eq(ours, str_from(column_names[i].ours))) {
                *name_in(out, &column_names[i]) = theirs;
            }
        }
    }
}

static Error *prefill_names(Page *page, Snapshot *snapshot, FormState *form, bool *out_has_names)
{
    Str names;
    ImportInput remembered = {0};
    Error *err = setting_get(snapshot, page->area, PEOPLE_COLUMNS_SETTING, STR(""), &names);
    if (!err && page->method == HTTP_GET) {
        names_split(names, &remembered);
        form_prefill(page->arena, form, &remembered);
    }
    *out_has_names = page->method != HTTP_GET || names.len > 0;
    return err;
}

static Error *remember_names(Page *page, Snapshot *snapshot, Str names)
{
    Str before;
    Error *err = setting_get(snapshot, page->area, PEOPLE_COLUMNS_SETTING, STR(""), &before);
    ColumnNames input = {.area = page->area, .names = names};
    if (err || str_eq(before, names)) {
        return err;
    }
    return db_write(page->app->db, page->arena, people_columns_remember, &input, NULL, 0);
}

Error *page_import_new(Page *page, Snapshot *snapshot)
{
    bool has_names = false;
    FormState *form = page_form(page, &import_form);
    Error *err = prefill_names(page, snapshot, form, &has_names);
    if (err) {
        return err;
    }
    ImportFormView view = {
        .frame = page_frame(page, t_people_import_title(), FRAME_TAB_NONE),
        .area = id_text(page->area),
        .form = form,
        .has_names = has_names,
        .action = page_path(page, "/a/{area}/people/import", 0),
    };
    Out out = page_out(page);
    person_import_form_page(&out, &view);
    return NULL;
}

/* --- bringing a file ------------------------------------------------------------------------ */

static Error *compare_file(Page *page, Snapshot *snapshot, Str bytes, Str names, RollChange **out,
                           size_t *out_count, RollCounts *out_counts)
{
    RollHeader header;
    RollRow *rows = NULL;
    RollPerson *roll = NULL;
    size_t n_roll = 0;
    Error *err = people_file_read(page->arena, bytes, names, instant_date(page->now), &header,
                                  &rows, out_count);
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
    return page_redirect(page, import_link(page, staged->import));
}

/* File names come from strangers' machines: at most 60 characters are kept. */
static Str short_name(Str name)
{
    return name.len == 0 ? STR("CSV") : people_first_characters(name, 60);
}

Error *submit_import(Page *page, Snapshot *snapshot, const void *input_)
{
    ImportInput typed = *(const ImportInput *)input_;
    Str names = names_typed(page->arena, &typed);
    RollChange *changes = NULL;
    size_t count = 0;
    bool was_sent = false;
    ImportPreview *preview = arena_new(page->arena, ImportPreview);
    *preview = (ImportPreview){
        .area = page->area, .actor = page->who.person, .file_name = short_name(typed.file.name)};
    Error *err = page_was_sent(page, snapshot, &was_sent);
    if (!err && !was_sent) {
        err = compare_file(page, snapshot, typed.file.bytes, names, &changes, &count,
                           &preview->counts);
    }
    if (!err && !was_sent) {
        err = remember_names(page, snapshot, names);
    }
    if (!err && !was_sent) { /* staged twice, one of the two would belong to no import */
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

const Form import_accept_form = FORM("import_accept", decide_fields, DecideInput);
const Form import_drop_form = FORM("import_drop", decide_fields, DecideInput);
const Form import_undo_form = FORM("import_undo", decide_fields, DecideInput);

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

Error *submit_accept(Page *page, Snapshot *snapshot, const void *input)
{
    return page_write_to(page, people_import_accept, decision(page, input), 0,
                         import_link(page, page->ids[0]), TEXT_people_accepted);
}

Error *submit_drop(Page *page, Snapshot *snapshot, const void *input)
{
    return page_write_to(page, people_import_drop, decision(page, input), 0,
                         import_link(page, page->ids[0]), TEXT_people_dropped);
}

Error *submit_undo(Page *page, Snapshot *snapshot, const void *input)
{
    return page_write_to(page, people_import_undo, decision(page, input), 0,
                         import_link(page, page->ids[0]), TEXT_people_undone);
}
