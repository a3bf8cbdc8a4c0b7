/* areas.c: reading the tree, making a place in it. */
#include "features/areas/areas.h"

#include "areas_sql.h"
#include "platform/journal/journal.h"

Error *areas_get(Snapshot *snapshot, int64_t area, Area *out, bool *out_found)
{
    AreaGetRow row;
    Error *err = sql_area_get(snapshot, area, &row, out_found);
    if (err) {
        return err;
    }
    *out = (Area){.id = row.id,
                  .parent = row.parent_id,
                  .kind = (AreaKind)row.kind,
                  .name = row.name,
                  .name_en = row.name_en,
                  .code = row.code,
                  .phone = row.phone,
                  .address = row.address,
                  .hours = row.hours,
                  .version = row.version};
    return NULL;
}

Error *areas_path(Snapshot *snapshot, int64_t area, Area **out, size_t *out_count)
{
    AreaPathRows rows = {0};
    Error *err = sql_area_path(snapshot, area, &rows);
    if (err) {
        return err;
    }
    Area *path = arena_array(snapshot_arena(snapshot), Area, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const AreaPathRow *row = &rows.rows[i];
        path[i] = (Area){.id = row->id,
                         .parent = row->parent_id,
                         .kind = (AreaKind)row->kind,
                         .name = row->name,
                         .name_en = row->name_en,
                         .code = row->code,
                         .phone = row->phone,
                         .address = row->address,
                         .hours = row->hours};
    }
    *out = path;
    *out_count = rows.count;
    return NULL;
}

Error *areas_communities_below(Snapshot *snapshot, int64_t area, size_t limit, Area **out,
                               size_t *out_count)
{
    AreaCommunitiesBelowRows rows = {0};
    Error *err = sql_area_communities_below(snapshot, area, (int64_t)limit, &rows);
    if (err) {
        return err;
    }
    Area *communities = arena_array(snapshot_arena(snapshot), Area, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const AreaCommunitiesBelowRow *row = &rows.rows[i];
        communities[i] = (Area){.id = row->id,
                                .parent = row->parent_id,
                                .kind = (AreaKind)row->kind,
                                .name = row->name,
                                .name_en = row->name_en,
                                .code = row->code,
                                .phone = row->phone,
                                .address = row->address,
                                .hours = row->hours};
    }
    *out = communities;
    *out_count = rows.count;
    return NULL;
}

Str areas_name(const Area *area, Lang lang)
{
    return lang == LANG_EN && area->name_en.len > 0 ? area->name_en : area->name;
}

static Error *parent_kind(Tx *tx, int64_t parent, AreaKind *out)
{
    Area area;
    bool is_found = false;
    *out = AREA_NONE;
    if (parent == 0) {
        return NULL;
    }
    Error *err = areas_get(tx_snapshot(tx), parent, &area, &is_found);
    if (!err && !is_found) {
        err = error_make(tx_arena(tx), ERROR_NOT_FOUND, "no parent area");
    }
    *out = err ? AREA_NONE : area.kind;
    return err;
}

Error *areas_create(Tx *tx, const AreaNew *input, int64_t *out_id)
{
    AreaKind parent;
    Error *err = parent_kind(tx, input->parent, &parent);
    if (!err) {
        err = areas_check_new(tx_arena(tx), parent, input);
    }
    if (err) {
        return err;
    }
    int64_t changed = 0;
    *out_id = tx_new_id(tx);
    err = sql_area_insert(tx, *out_id, input->parent, input->kind, str_trim(input->name),
                          input->name_en, input->code, input->phone, input->address, input->hours,
                          &changed);
    if (!err && changed == 0) {
        err = error_for_field(error_make(tx_arena(tx), ERROR_ALREADY_EXISTS, "area name"),
                              STR("name"));
    }
    return err;
}

Error *areas_make(Tx *tx, const void *input_, Instant now, void *output_)
{
    const AreaMake *input = input_;
    AreaMade *output = output_;
    Error *err = areas_create(tx, &input->area, &output->id);
    if (!err) {
        err = journal_write(tx, output->id, input->actor, "area.create", "area", output->id,
                            input->area.name, (Str){"", 0});
    }
    if (err || input->area.parent == 0) {
        return err;
    }
    return journal_write(tx, input->area.parent, input->actor, "area.create", "area", output->id,
                         input->area.name, (Str){"", 0});
}

/* The words as they will be: of contact data only, the rest stays as it is. */
static AreaWords words_after(const AreaEdit *edit, const Area *before)
{
    AreaWords words = edit->words;
    if (edit->is_contact_only) {
        words.name = before->name;
        words.name_en = before->name_en;
        words.code = before->code;
    }
    words.name = str_trim(words.name);
    return words;
}

static Error *check_name_free(Tx *tx, const Area *before, Str name)
{
    AreaNamedRow row;
    bool is_found = false;
    Error *err = sql_area_named(tx_snapshot(tx), before->parent, name, before->id, &row, &is_found);
    if (!err && is_found) {
        err = error_for_field(error_make(tx_arena(tx), ERROR_ALREADY_EXISTS, "area name"),
                              STR("name"));
    }
    return err;
}

Error *areas_edit(Tx *tx, const void *input_, Instant now, void *unused)
{
    const AreaEdit *input = input_;
    Area before;
    bool is_found = false;
    Error *err = areas_get(tx_snapshot(tx), input->area, &before, &is_found);
    if (!err && !is_found) {
        err = error_make(tx_arena(tx), ERROR_NOT_FOUND, "no area");
    }
    if (err) {
        return err;
    }
    AreaWords words = words_after(input, &before);
    err = areas_check_words(tx_arena(tx), &words);
    if (!err) {
        err = check_name_free(tx, &before, words.name);
    }
    if (!err) {
        err = sql_area_update(tx, input->area, input->version, words.name, words.name_en,
                              words.code, words.phone, words.address, words.hours);
    }
    return err ? err
               : journal_write(tx, input->area, input->actor, "area.edit", "area", input->area,
                               words.name, (Str){"", 0});
}
