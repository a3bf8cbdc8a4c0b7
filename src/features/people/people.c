/* people.c: single persons: made, put on a roll, given a role or a code. */
#include "features/people/people.h"

#include "base/utf8.h"
#include "common_text.h"
#include "people_sql.h"
#include "people_text.h"
#include "platform/journal/journal.h"

Error *people_create(Tx *tx, const PersonNew *input, int64_t *out_id)
{
    Arena *arena = tx_arena(tx);
    Str name = str_trim(input->name);
    if (name.len == 0) {
        return error_at(arena, ERROR_FIELD_MISSING, "name", 0);
    }
    Error *err = error_length(arena, "name", name, 1, PEOPLE_MAX_NAME);
    if (err) {
        return err;
    }
    *out_id = tx_new_id(tx);
    return sql_person_insert(tx, *out_id, name, input->phone, input->birth_year, input->birth_month,
                             tx_now(tx), NULL);
}

Error *people_add_to_roll(Tx *tx, const RollEntry *input)
{
    Arena *arena = tx_arena(tx);
    Error *err = error_length(arena, "building", input->building, 0, PEOPLE_MAX_BUILDING);
    if (!err) {
        err = error_length(arena, "door", input->door, 0, PEOPLE_MAX_DOOR);
    }
    if (err) {
        return err;
    }
    Date since = input->since.days == 0 ? instant_date(tx_now(tx)) : input->since;
    Residency residency =
        input->residency == RESIDENCY_UNKNOWN ? RESIDENCY_REGISTERED : input->residency;
    return sql_resident_insert(tx, input->area, input->person, input->building, input->door,
                               people_place_key(arena, input->building, input->door), residency,
                               since, NULL);
}

Error *people_grant_role(Tx *tx, const RoleNew *input)
{
    int64_t grant = 0;
    return people_grant_role_id(tx, input, &grant);
}

Error *people_grant_role_id(Tx *tx, const RoleNew *input, int64_t *out_grant)
{
    Arena *arena = tx_arena(tx);
    if (input->role <= ROLE_NONE || input->role >= ROLE_COUNT) {
        return error_make(arena, ERROR_BAD_REQUEST, "role %d", input->role);
    }
    int64_t id = tx_new_id(tx);
    *out_grant = id;
    Date starts = input->starts.days == 0 ? instant_date(tx_now(tx)) : input->starts;
    Error *err = sql_grant_insert(tx, id, input->person, input->role, input->area,
                                  input->granted_by, tx_now(tx), starts, input->ends, NULL);
    if (!err && input->role != ROLE_RESIDENT) {
        err = auth_end_personal_code(tx, input->person);
    }
    if (err) {
        return err;
    }
    return journal_write(tx, input->area, input->granted_by, "role.grant", "grant", id,
                         str_from(role_name(input->role)), (Str){"", 0});
}

static Str in_language(Lang lang, Str name, Str name_en)
{
    return lang == LANG_EN && name_en.len > 0 ? name_en : name;
}

Text people_role_text(Role role)
{
    static const int keys[ROLE_COUNT] = {
        [ROLE_RESIDENT] = TEXT_people_role_resident,
        [ROLE_GRID_WORKER] = TEXT_people_role_grid_worker,
        [ROLE_COMMUNITY_WORKER] = TEXT_people_role_community_worker,
        [ROLE_COMMUNITY_SECRETARY] = TEXT_people_role_community_secretary,
        [ROLE_STREET_OFFICER] = TEXT_people_role_street_officer,
        [ROLE_DISTRICT_OFFICER] = TEXT_people_role_district_officer,
        [ROLE_CITY_OFFICER] = TEXT_people_role_city_officer,
        [ROLE_SUPERVISOR] = TEXT_people_role_supervisor,
        [ROLE_AUDITOR] = TEXT_people_role_auditor,
        [ROLE_ADMINISTRATOR] = TEXT_people_role_administrator,
    };
    return text_of(role > ROLE_NONE && role < ROLE_COUNT ? keys[role] : 0);
}

Text people_residency_text(Residency residency)
{
    switch (residency) {
    case RESIDENCY_REGISTERED:
        return t_people_residency_registered();
    case RESIDENCY_TENANT:
        return t_people_residency_tenant();
    case RESIDENCY_OWNER_ELSEWHERE:
        return t_people_residency_owner_elsewhere();
    case RESIDENCY_WORKS_HERE:
        return t_people_residency_works_here();
    case RESIDENCY_UNKNOWN:
        break;
    }
    return t_common_not_given();
}

/* --- where somebody belongs ------------------------------------------------------------------ */

static bool is_running(const GrantsOfPersonRow *row, Date today)
{
    return row->starts_on.days <= today.days;
}

Error *people_places(Snapshot *snapshot, int64_t person, Lang lang, PersonPlace **out,
                     size_t *out_count)
{
    GrantsOfPersonRows grants = {0};
    CommunitiesOfPersonRows rolls = {0};
    Date today = instant_date(snapshot_now(snapshot));
    size_t n = 0;
    Error *err = sql_grants_of_person(snapshot, person, today, &grants);
    if (!err) {
        err = sql_communities_of_person(snapshot, person, &rolls);
    }
    PersonPlace *places =
        arena_array(snapshot_arena(snapshot), PersonPlace, grants.count + rolls.count);
    for (size_t i = 0; !err && i < grants.count; i++) {
        const GrantsOfPersonRow *row = &grants.rows[i];
        if (is_running(row, today)) {
            places[n++] = (PersonPlace){.area = row->area_id,
                                        .area_name = in_language(lang, row->name, row->name_en),
                                        .as_what = people_role_text((Role)row->role),
                                        .is_staff = row->role != ROLE_RESIDENT,
                                        .administers = row->role == ROLE_ADMINISTRATOR,
                                        .has_desk = row->role >= ROLE_GRID_WORKER &&
                                                    row->role <= ROLE_CITY_OFFICER};
        }
    }
    for (size_t i = 0; !err && i < rolls.count; i++) {
        const CommunitiesOfPersonRow *row = &rolls.rows[i];
        if (row->left_on.days == 0) {
            places[n++] =
                (PersonPlace){.area = row->area_id,
                              .area_name = in_language(lang, row->name, row->name_en),
                              .as_what = people_residency_text((Residency)row->residency)};
        }
    }
    *out = places;
    *out_count = n;
    return err;
}

Error *people_home_area(Snapshot *snapshot, int64_t person, int64_t *out_area, bool *out_is_staff)
{
    PersonPlace *places = NULL;
    size_t count = 0;
    *out_area = 0;
    *out_is_staff = false;
    Error *err = people_places(snapshot, person, LANG_ZH, &places, &count);
    if (err || count == 0) {
        return err;
    }
    const PersonPlace *home = &places[0];
    for (size_t i = 0; i < count && !home->is_staff; i++) {
        home = places[i].is_staff ? &places[i] : home;
    }
    *out_area = home->area;
    *out_is_staff = home->is_staff;
    return NULL;
}

/* --- entering somebody ---------------------------------------------------------------------- */

static Error *check_place_free(Tx *tx, const PersonEnter *input)
{
    Arena *arena = tx_arena(tx);
    RollFindPlaceRows same = {0};
    if (input->building.len == 0 || input->door.len == 0) {
        return NULL;
    }
    Error *err = sql_roll_find_place(tx_snapshot(tx), input->area, input->person.name,
                                     people_place_key(arena, input->building, input->door), &same);
    if (err || same.count == 0) {
        return err;
    }
    return error_for_field(error_make(arena, ERROR_ROLL_PERSON_KNOWN, "same name and door"),
                           STR("name"));
}

static Error *check_phone_free(Tx *tx, const PersonEnter *input)
{
    Arena *arena = tx_arena(tx);
    RollFindPhoneRows holder = {0};
    if (input->person.phone.len == 0) {
        return NULL;
    }
    Error *err = sql_roll_find_phone(tx_snapshot(tx), input->area, input->person.phone, &holder);
    if (err || holder.count == 0) {
        return err;
    }
    if (str_eq(holder.rows[0].name, input->person.name)) {
        return error_for_field(error_make(arena, ERROR_ROLL_PERSON_KNOWN, "same name and phone"),
                               STR("name"));
    }
    return error_for_field(error_make(arena, ERROR_ROLL_PHONE_TAKEN, "phone of another"),
                           STR("phone"));
}

Error *people_enter(Tx *tx, const void *input_, Instant now, void *output_)
{
    const PersonEnter *input = input_;
    PersonEntered *output = output_;
    Error *err = check_phone_free(tx, input);
    if (!err) {
        err = check_place_free(tx, input);
    }
    if (!err) {
        err = people_create(tx, &input->person, &output->person);
    }
    if (err) {
        return err;
    }
    RollEntry entry = {.area = input->area,
                       .person = output->person,
                       .building = input->building,
                       .door = input->door,
                       .residency = input->residency};
    err = people_add_to_roll(tx, &entry);
    if (err) {
        return err;
    }
    return journal_write(tx, input->area, input->actor, "roll.enter", "person", output->person,
                         (Str){"", 0}, input->person.name);
}

/* --- a personal code ------------------------------------------------------------------------ */

static Error *check_no_staff_role(Tx *tx, int64_t person, Instant now)
{
    GrantsOfPersonRows grants = {0};
    Error *err = sql_grants_of_person(tx_snapshot(tx), person, instant_date(now), &grants);
    if (err) {
        return err;
    }
    for (size_t i = 0; i < grants.count; i++) {
        if (grants.rows[i].role != ROLE_RESIDENT) {
            return error_make(tx_arena(tx), ERROR_ROLL_HAS_ROLE, "a code for somebody with a role");
        }
    }
    return NULL;
}

Error *people_new_code(Tx *tx, const void *input_, Instant now, void *output_)
{
    const CodeNew *input = input_;
    CodeMade *output = output_;
    ResidentGetRow resident;
    Error *err = sql_resident_get(tx_snapshot(tx), input->area, input->person, &resident);
    if (!err && resident.left_on.days != 0) {
        err = error_make(tx_arena(tx), ERROR_NOT_FOUND, "not on this roll");
    }
    if (!err) {
        err = check_no_staff_role(tx, input->person, now);
    }
    if (!err) {
        err = auth_new_personal_code(tx, input->secret, input->person, &output->code);
    }
    if (!err) {
        err = sql_person_touch(tx, input->person, NULL);
    }
    if (err) {
        return err;
    }
    return journal_write(tx, input->area, input->actor, "person.code", "person", input->person,
                         (Str){"", 0}, (Str){"", 0});
}
