/* people_personal.c: a person's own data, handed out and taken away. */
#include "features/people/people.h"
#include "people_sql.h"
#include "platform/journal/journal.h"
#include "platform/person_data.h"

static json_t *json_of_date(Date date)
{
    CivilDate civil = date_civil(date);
    return date.days == 0 ? json_null()
                          : json_sprintf("%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

static json_t *json_of_rolls(const CommunitiesOfPersonRows *rows)
{
    static const char *const residencies[] = {"", "registered", "tenant", "owner_elsewhere",
                                              "works_here"};
    json_t *list = json_array();
    for (size_t i = 0; i < rows->count; i++) {
        const CommunitiesOfPersonRow *row = &rows->rows[i];
        json_t *object = json_object();
        json_object_set_new(object, "area", json_of_str(row->name));
        json_object_set_new(object, "building", json_of_str(row->building));
        json_object_set_new(object, "door", json_of_str(row->door));
        json_object_set_new(object, "residency", json_string(residencies[row->residency % 5]));
        json_object_set_new(object, "since", json_of_date(row->since_on));
        json_object_set_new(object, "left", json_of_date(row->left_on));
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *json_of_grants(const GrantsOfPersonRows *rows)
{
    json_t *list = json_array();
    for (size_t i = 0; i < rows->count; i++) {
        const GrantsOfPersonRow *row = &rows->rows[i];
        json_t *object = json_object();
        json_object_set_new(object, "role", json_string(role_name((Role)row->role)));
        json_object_set_new(object, "area", json_of_str(row->name));
        json_object_set_new(object, "starts", json_of_date(row->starts_on));
        json_object_set_new(object, "ends", json_of_date(row->ends_on));
        json_array_append_new(list, object);
    }
    return list;
}

Error *people_export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    PersonGetRow row;
    bool is_found = false;
    CommunitiesOfPersonRows rolls = {0};
    GrantsOfPersonRows grants = {0};
    Error *err = sql_person_get(snapshot, person, &row, &is_found);
    if (!err) {
        err = sql_communities_of_person(snapshot, person, &rolls);
    }
    if (!err) {
        err = sql_grants_of_person(snapshot, person, instant_date(snapshot_now(snapshot)), &grants);
    }
    if (err || !is_found) {
        return err;
    }
    json_t *object = json_object();
    json_object_set_new(object, "name", json_of_str(row.name));
    json_object_set_new(object, "phone", json_of_str(row.phone));
    json_object_set_new(object, "birth_year", json_integer(row.birth_year));
    json_object_set_new(object, "birth_month", json_integer(row.birth_month));
    json_object_set_new(object, "created_at_ms", json_integer(row.created_at.ms));
    json_object_set_new(object, "rolls", json_of_rolls(&rolls));
    json_object_set_new(object, "roles", json_of_grants(&grants));
    return person_data_member(snapshot, "person", object, out);
}

Error *people_erase_person(Tx *tx, int64_t person, Instant now)
{
    Error *err = sql_person_erase(tx, person, now, NULL);
    if (!err) {
        err = sql_resident_erase(tx, person, instant_date(now), NULL);
    }
    if (!err) {
        err = sql_grant_revoke_all(tx, person, now, NULL);
    }
    if (!err) {
        err = sql_import_row_erase(tx, person, NULL);
    }
    if (!err) {
        err = auth_end_person(tx, person, true);
    }
    return err;
}

/* --- erasing in every room -------------------------------------------------------------------- */

static Error *check_may_be_erased(Tx *tx, const PersonErase *erase, Instant now)
{
    ResidentGetRow row;
    GrantsOfPersonRows grants = {0};
    Error *err = sql_resident_get(tx_snapshot(tx), erase->area, erase->person, &row);
    if (!err && row.name.len == 0) {
        err = error_make(tx_arena(tx), ERROR_NOT_FOUND, "not on this roll, or erased");
    }
    if (!err) {
        err = sql_grants_of_person(tx_snapshot(tx), erase->person, instant_date(now), &grants);
    }
    for (size_t i = 0; !err && i < grants.count; i++) {
        if (grants.rows[i].role != ROLE_RESIDENT) {
            err = error_make(tx_arena(tx), ERROR_PERSON_HAS_ROLE, "erasing somebody with a role");
        }
    }
    return err;
}

Error *people_erase(Tx *tx, const void *input, Instant now, void *unused)
{
    const PersonErase *erase = input;
    Error *err = check_may_be_erased(tx, erase, now);
    for (size_t i = 0; !err && i < erase->n_rooms; i++) {
        if (erase->rooms[i]->erase_person != NULL) {
            err = erase->rooms[i]->erase_person(tx, erase->person, now);
        }
    }
    return err ? err
               : journal_write(tx, erase->area, erase->actor, "person.erase", "person",
                               erase->person, STR(""), STR(""));
}
