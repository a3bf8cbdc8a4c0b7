/* library_person.c: what a person wanted, for them; and its erasing. */
#include "features/library/library_pages.h"
#include "library_sql.h"
#include "platform/person_data.h"

#define EXPORT_MOST 10000

Error *library_export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    LibraryOfPersonRows rows;
    Error *err = sql_library_of_person(snapshot, person, EXPORT_MOST, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        json_t *object = json_object();
        json_object_set_new(object, "entry", json_string(id_text(rows.rows[i].entry_id).text));
        json_object_set_new(object, "picked_at_ms", json_integer(rows.rows[i].picked_at.ms));
        json_array_append_new(list, object);
    }
    return person_data_member(snapshot, "wanted", list, out);
}

Error *library_erase_person(Tx *tx, int64_t person, Instant now)
{
    return sql_library_erase_person(tx, person, NULL);
}
