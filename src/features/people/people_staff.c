/* people_staff.c: who is given a role, who loses one, who gets a new code. */
#include "features/people/people_staff.h"

#include "people_sql.h"
#include "people_staff_sql.h"
#include "platform/journal/journal.h"

/* Asked again inside the transaction: the page's answer may be older than a role taken back. */
static Error *check_power(Tx *tx, int64_t area, int64_t actor, Role role)
{
    StaffPowerRow power;
    Date today = instant_date(tx_now(tx));
    Error *err = sql_staff_power(tx_snapshot(tx), area, actor, today, &power);
    if (err) {
        return err;
    }
    unsigned held = power.n > 0 ? 1u << ROLE_ADMINISTRATOR : 0;
    return people_may_grant(held, role)
               ? NULL
               : error_make(tx_arena(tx), ERROR_FORBIDDEN, "does not administer this area");
}

static Error *check_reach(Tx *tx, int64_t actor, int64_t person, const char *field)
{
    StaffBeyondRow beyond;
    Date today = instant_date(tx_now(tx));
    Error *err = sql_staff_beyond(tx_snapshot(tx), person, actor, today, &beyond);
    if (err || beyond.n == 0) {
        return err;
    }
    err = error_make(tx_arena(tx), ERROR_STAFF_REACH, "%lld beyond reach", (long long)beyond.n);
    return field == NULL ? err : error_for_field(err, str_from(field));
}

/* A staff role that runs or is to come, anywhere. */
static Error *has_staff_role(Tx *tx, int64_t person, bool *out)
{
    GrantsOfPersonRows grants = {0};
    Date today = instant_date(tx_now(tx));
    *out = false;
    Error *err = sql_grants_of_person(tx_snapshot(tx), person, today, &grants);
    for (size_t i = 0; !err && i < grants.count; i++) {
        *out = *out || grants.rows[i].role != ROLE_RESIDENT;
    }
    return err;
}

/* --- appointing ------------------------------------------------------------------------------ */

static Error *check_role_and_term(Tx *tx, const Appoint *input)
{
    Area area;
    bool is_found = false;
    Error *err = areas_get(tx_snapshot(tx), input->area, &area, &is_found);
    if (err) {
        return err;
    }
    if (!is_found) {
        return error_make(tx_arena(tx), ERROR_NOT_FOUND, "no area");
    }
    if (!people_role_fits(input->role, area.kind)) {
        return error_at(tx_arena(tx), ERROR_STAFF_ROLE, "role", 0);
    }
    bool is_past = input->ends.days != 0 && input->ends.days < instant_date(tx_now(tx)).days;
    return is_past ? error_at(tx_arena(tx), ERROR_STAFF_TERM, "ends", 0) : NULL;
}

/* The person meant, or 0 for somebody new. */
static Error *find_person(Tx *tx, const Appoint *input, int64_t *out)
{
    StaffFindPhoneRows rows = {0};
    *out = 0;
    if (input->phone.len == 0) {
        return NULL;
    }
    Error *err = sql_staff_find_phone(tx_snapshot(tx), input->phone, input->actor,
                                      instant_date(tx_now(tx)), &rows);
    for (size_t i = 0; !err && i < rows.count && *out == 0; i++) {
        *out = str_eq(rows.rows[i].name, str_trim(input->name)) ? rows.rows[i].id : 0;
    }
    if (!err && rows.count > 0 && *out == 0) {
        err = error_at(tx_arena(tx), ERROR_STAFF_PHONE, "phone", 0);
    }
    return err;
}

/* Two people of one name in one role here need telephones to be told apart. */
static Error *check_not_known(Tx *tx, const Appoint *input, int64_t person)
{
    StaffNamedRows rows = {0};
    Error *err = sql_staff_named(tx_snapshot(tx), input->area, input->role, str_trim(input->name),
                                 instant_date(tx_now(tx)), &rows);
    bool is_known = rows.count > 0 && (input->phone.len == 0 || rows.rows[0].id == person);
    return !err && is_known ? error_at(tx_arena(tx), ERROR_STAFF_KNOWN, "name", 0) : err;
}

/* Nobody gives themselves a role, and nobody checks or administers their own work. */
static Error *check_may_hold(Tx *tx, const Appoint *input, int64_t person)
{
    GrantsOfPersonRows grants = {0};
    if (person == input->actor) {
        return error_at(tx_arena(tx), ERROR_STAFF_SELF, "name", 0);
    }
    Error *err = sql_grants_of_person(tx_snapshot(tx), person, instant_date(tx_now(tx)), &grants);
    for (size_t i = 0; !err && i < grants.count; i++) {
        if (people_roles_exclude((Role)grants.rows[i].role, input->role)) {
            err = error_at(tx_arena(tx), ERROR_STAFF_EXCLUDES, "role", 0);
        }
    }
    return err;
}

/* Somebody who is known already: what they could sign in with until now ends, unless another role
 * of theirs depends on it. */
static Error *take_over(Tx *tx, const Appoint *input, int64_t person, bool *out_needs_code)
{
    bool has_role = false;
    Error *err = check_may_hold(tx, input, person);
    if (!err) {
        err = has_staff_role(tx, person, &has_role);
    }
    *out_needs_code = !has_role;
    if (!err && !has_role) {
        err = check_reach(tx, input->actor, person, "phone");
    }
    if (!err && !has_role) {
        err = auth_end_person(tx, person, true);
    }
    return err ? err : sql_person_touch(tx, person, NULL);
}

static Error *make_or_take_over(Tx *tx, const Appoint *input, Appointed *output)
{
    Error *err = find_person(tx, input, &output->person);
    if (!err) {
        err = check_not_known(tx, input, output->person);
    }
    if (err) {
        return err;
    }
    output->is_new = output->person == 0;
    output->has_code = true;
    if (!output->is_new) {
        return take_over(tx, input, output->person, &output->has_code);
    }
    PersonNew person = {.name = input->name, .phone = input->phone};
    return people_create(tx, &person, &output->person);
}

Error *people_appoint(Tx *tx, const void *input_, Instant now, void *output_)
{
    const Appoint *input = input_;
    Appointed *output = output_;
    Error *err = check_power(tx, input->area, input->actor, input->role);
    if (!err) {
        err = check_role_and_term(tx, input);
    }
    if (!err) {
        err = make_or_take_over(tx, input, output);
    }
    if (err) {
        return err;
    }
    RoleNew role = {.person = output->person,
                    .role = input->role,
                    .area = input->area,
                    .granted_by = input->actor,
                    .ends = input->ends};
    err = people_grant_role_id(tx, &role, &output->grant);
    if (!err && output->has_code) {
        err = auth_new_one_time_code(tx, input->secret, output->person, &output->code);
    }
    return err;
}

/* --- an appointment that runs ---------------------------------------------------------------- */

static Error *require_running(Tx *tx, int64_t area, int64_t actor, int64_t grant, StaffGetRow *out)
{
    Error *err = sql_staff_get(tx_snapshot(tx), area, grant, out);
    if (!err) {
        err = check_power(tx, area, actor, (Role)out->role);
    }
    if (err) {
        return err;
    }
    TermState state = people_term_state(out->starts_on, out->ends_on, out->revoked_at.ms != 0,
                                        instant_date(tx_now(tx)));
    bool is_over = state == TERM_OVER || state == TERM_TAKEN_BACK;
    return is_over ? error_make(tx_arena(tx), ERROR_STAFF_OVER, "over already") : NULL;
}

/* --- taking a role back ---------------------------------------------------------------------- */

/* Another administrator can take it; oneself would be locked out with nobody told. */
static Error *check_not_own_last(Tx *tx, const TakeBack *input, const StaffGetRow *grant)
{
    StaffOtherPowerRow others;
    if (grant->person_id != input->actor || grant->role != ROLE_ADMINISTRATOR) {
        return NULL;
    }
    Error *err = sql_staff_other_power(tx_snapshot(tx), input->actor, grant->id,
                                       instant_date(tx_now(tx)), &others);
    if (!err && others.n == 0) {
        err = error_make(tx_arena(tx), ERROR_STAFF_LAST_ADMINISTRATOR, "own last role");
    }
    return err;
}

static Error *end_if_no_role_left(Tx *tx, int64_t person)
{
    bool has_role = false;
    Error *err = has_staff_role(tx, person, &has_role);
    return err || has_role ? err : auth_end_person(tx, person, true);
}

Error *people_take_back(Tx *tx, const void *input_, Instant now, void *unused)
{
    const TakeBack *input = input_;
    StaffGetRow grant;
    Error *err = require_running(tx, input->area, input->actor, input->grant, &grant);
    if (!err) {
        err = check_not_own_last(tx, input, &grant);
    }
    if (!err) {
        err = sql_staff_revoke(tx, input->grant, now, input->actor, NULL);
    }
    if (!err) {
        err = end_if_no_role_left(tx, grant.person_id);
    }
    if (err) {
        return err;
    }
    Str reason = input->reason.len > 0 ? input->reason : str_from(role_name((Role)grant.role));
    return journal_write(tx, grant.area_id, input->actor, "role.revoke", "grant", grant.id, reason,
                         (Str){"", 0});
}

/* --- a new code ------------------------------------------------------------------------------ */

Error *people_staff_code(Tx *tx, const void *input_, Instant now, void *output_)
{
    const StaffCode *input = input_;
    CodeMade *output = output_;
    StaffGetRow grant;
    Error *err = require_running(tx, input->area, input->actor, input->grant, &grant);
    if (!err && grant.person_id == input->actor) {
        err = error_make(tx_arena(tx), ERROR_STAFF_OWN_CODE, "a code for oneself");
    }
    if (!err) {
        err = check_reach(tx, input->actor, grant.person_id, NULL);
    }
    if (!err) {
        err = auth_end_person(tx, grant.person_id, true);
    }
    if (!err) {
        err = auth_new_one_time_code(tx, input->secret, grant.person_id, &output->code);
    }
    if (err) {
        return err;
    }
    return journal_write(tx, grant.area_id, input->actor, "staff.code", "grant", grant.id,
                         (Str){"", 0}, (Str){"", 0});
}
