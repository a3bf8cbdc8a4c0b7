/* proposals_photos.c: photos kept, hidden and taken away. */
#include "features/proposals/proposals_photos.h"

#include "platform/files/photo.h"
#include "platform/journal/journal.h"
#include "platform/person_data.h"
#include "proposals_photos_sql.h"
#include "proposals_sql.h"

Error *photos_keep(Tx *tx, int64_t area, int64_t proposal, int64_t actor,
                   const ProposalPhotos *photos)
{
    ProposalPhotoListRows rows;
    if (photos->count == 0) {
        return NULL;
    }
    Error *err = sql_proposal_photo_list(tx_snapshot(tx), area, proposal, &rows);
    if (!err && rows.count + photos->count > PROPOSAL_PHOTOS_MAX) {
        err = error_make(tx_arena(tx), ERROR_PROPOSAL_PHOTOS, "has %zu", rows.count);
        err = error_for_field(error_with(err, PROPOSAL_PHOTOS_MAX, STR("")), STR("photo1"));
    }
    for (size_t i = 0; !err && i < photos->count; i++) {
        int64_t id = 0;
        Str hash = hex_text(tx_arena(tx), hash_str(&photos->drafts[i].original.sha256));
        err = photo_store(tx, area, actor, &photos->drafts[i], &id);
        if (!err) {
            err = sql_proposal_photo_add(tx, area, proposal, id, NULL);
        }
        if (!err) {
            err = journal_write(tx, area, actor, "proposal.photo_add", "proposal", proposal, hash,
                                STR(""));
        }
    }
    return err;
}

Error *photos_hide(Tx *tx, int64_t area, int64_t proposal)
{
    ProposalPhotoListRows rows;
    Error *err = sql_proposal_photo_list(tx_snapshot(tx), area, proposal, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        err = photo_set_shown(tx, area, rows.rows[i].id, false);
    }
    return err;
}

/* --- taking away ------------------------------------------------------------- */

static Error *drop_one(Tx *tx, int64_t area, int64_t proposal, int64_t photo)
{
    Error *err = sql_proposal_photo_remove(tx, area, proposal, photo, NULL);
    return err ? err : photo_drop(tx, area, photo);
}

static Error *no_such_photo(Tx *tx)
{
    return error_make(tx_arena(tx), ERROR_NOT_FOUND, "no such photo of theirs");
}

/* NOT_FOUND for whoever is neither its proposer nor staff: whose it is tells nobody. */
static Error *authorise_remove(Tx *tx, const ProposalPhotoRemove *remove)
{
    ProposalGetRow row;
    Error *err = sql_proposal_get(tx_snapshot(tx), remove->area, remove->proposal, &row);
    if (err) {
        return err;
    }
    ProposalFact fact = {(ProposalState)row.state, row.proposer_id, row.entered_by};
    return proposal_photo_may_be_removed(&fact, remove->actor, remove->is_staff)
               ? NULL
               : no_such_photo(tx);
}

Error *proposals_photo_remove(Tx *tx, const void *input, Instant now, void *output)
{
    const ProposalPhotoRemove *remove = input;
    ProposalPhotoListRows rows;
    Error *err = authorise_remove(tx, remove);
    if (!err) {
        err = sql_proposal_photo_list(tx_snapshot(tx), remove->area, remove->proposal, &rows);
    }
    if (err) {
        return err;
    }
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.rows[i].id != remove->photo) {
            continue;
        }
        Str hash = hex_text(tx_arena(tx), rows.rows[i].sha256);
        err = drop_one(tx, remove->area, remove->proposal, remove->photo);
        return err ? err
                   : journal_write(tx, remove->area, remove->actor, "proposal.photo_remove",
                                   "proposal", remove->proposal, hash, STR(""));
    }
    return no_such_photo(tx);
}

/* --- a person's own data ----------------------------------------------------- */

Error *photos_erase_person(Tx *tx, int64_t person)
{
    ProposalPhotoOfPersonRows rows;
    Error *err = sql_proposal_photo_of_person(tx_snapshot(tx), person, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        err = drop_one(tx, rows.rows[i].area_id, rows.rows[i].proposal_id, rows.rows[i].id);
    }
    return err;
}

Error *photos_export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    ProposalPhotoOfPersonRows rows;
    Error *err = sql_proposal_photo_of_person(snapshot, person, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        const ProposalPhotoOfPersonRow *row = &rows.rows[i];
        json_t *object = json_object();
        Str hash = hex_text(snapshot_arena(snapshot), row->sha256);
        json_object_set_new(object, "id", json_string(id_text(row->id).text));
        json_object_set_new(object, "proposal", json_string(id_text(row->proposal_id).text));
        json_object_set_new(object, "name", json_of_str(row->name));
        json_object_set_new(object, "sha256", json_of_str(hash));
        json_object_set_new(object, "added_at_ms", json_integer(row->added_at.ms));
        json_array_append_new(list, object);
    }
    buf_char(out, ',');
    return person_data_member(snapshot, "photos", list, out);
}
