/* areas.c: reading the tree, making a place in it. */
#include "features/areas/areas.h"

#include "areas_sql.h"

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
                  .hours = row.hours};
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
