/* new_password.c: choosing a password, and changing it with the present one. */
#include "auth_sql.h"
#include "platform/auth/sign_in.h"
#include "platform/auth/tries.h"
#include "platform/http/addresses.h"

/* --- before the transaction ----------------------------------------------------------------------
 */

/* Guesses at the present password, by whoever sits at an open session. */
static Hash32 present_subject(const Secret *secret, int64_t person)
{
    Str id = str_from_bytes((const char *)&person, sizeof(person));
    return secret_hash(secret, "try-present", id);
}

/* Fills in what the transaction has to know about the present password. */
static Error *verify_present(Arena *arena, const App *app, Snapshot *snapshot, Str present,
                             NewPassword *out)
{
    CredentialPasswordRow row;
    Tries tries;
    bool is_found = false;
    out->subject = present_subject(&app->secret, out->person);
    Error *err = tries_read(snapshot, &out->subject, &tries);
    if (err || tries_locked_ms(tries, snapshot_now(snapshot)) > 0) {
        return err; /* the transaction will say so; hashing for it would only cost */
    }
    err = sql_credential_password(snapshot, out->person, &row, &is_found);
    if (err) {
        return err;
    }
    out->stored_hash = is_found ? row.hash : STR("");
    return password_verify(app->hasher, arena, out->stored_hash, present, &out->present_matches);
}

Error *auth_prepare_new_password(Arena *arena, const App *app, Snapshot *snapshot, const Who *who,
                                 const PasswordTyped *typed, NewPassword **out)
{
    Error *err = password_check_rules(arena, typed->login, typed->password);
    if (err) {
        return err;
    }
    if (!str_eq_secret(typed->password, typed->again)) {
        return error_for_field(error_make(arena, ERROR_PASSWORD_DIFFERENT, "typed differently"),
                               STR("again"));
    }
    NewPassword *new_password = arena_new(arena, NewPassword);
    new_password->person = who->person;
    new_password->is_first = who->must_set_password;
    new_password->lookup = login_lookup(arena, &app->secret, typed->login);
    new_password->known = known_subject(arena, &app->secret, &new_password->lookup, typed->address);
    new_password->session = hash_token(who->session);
    *out = new_password;
    if (!new_password->is_first) {
        err = verify_present(arena, app, snapshot, typed->present, new_password);
    }
    return err ? err : password_hash(app->hasher, arena, typed->password, &new_password->hash);
}

/* --- in the transaction
 * ---------------------------------------------------------------------------- */

/* Replaces the person's password and with it the login name. */
static Error *replace_password(Tx *tx, const NewPassword *input, Instant now)
{
    Error *err = sql_credential_drop_kind(tx, input->person, CREDENTIAL_PASSWORD, NULL);
    if (err) {
        return err;
    }
    int64_t added = 0;
    err = sql_credential_add(tx, tx_new_id(tx), input->person, CREDENTIAL_PASSWORD,
                             hash_str(&input->lookup), input->hash, now, (Instant){0}, &added);
    if (!err && added == 0) {
        err = error_make(tx_arena(tx), ERROR_ALREADY_EXISTS, "login name in use");
        error_for_field(err, STR("login"));
    }
    return err;
}

/* The hash may have changed since it was verified: then the try fails. */
static Error *check_present(Tx *tx, const NewPassword *input, Instant now, PasswordOutcome *out)
{
    Tries tries;
    CredentialPasswordRow row;
    bool is_found = false;
    Error *err = tries_read(tx_snapshot(tx), &input->subject, &tries);
    if (err) {
        return err;
    }
    int64_t locked_ms = tries_locked_ms(tries, now);
    if (locked_ms > 0) {
        out->locked_minutes = (locked_ms + 59999) / 60000;
        return NULL;
    }
    err = sql_credential_password(tx_snapshot(tx), input->person, &row, &is_found);
    if (err) {
        return err;
    }
    out->is_set = is_found && input->present_matches && str_eq_secret(row.hash, input->stored_hash);
    return out->is_set ? tries_forget(tx, &input->subject)
                       : tries_fail(tx, &input->subject, TRY_SUBJECT, now);
}

static Error *end_older_ways(Tx *tx, const NewPassword *input)
{
    Error *err = sql_credential_drop_kind(tx, input->person, CREDENTIAL_ONE_TIME_CODE, NULL);
    if (!err) {
        err = sql_session_drop_others(tx, input->person, hash_str(&input->session), NULL);
    }
    return err ? err
               : sql_session_set_kind(tx, hash_str(&input->session), CREDENTIAL_PASSWORD, NULL);
}

Error *auth_set_password(Tx *tx, const void *new_password, Instant now, void *output)
{
    const NewPassword *input = new_password;
    PasswordOutcome *outcome = output;
    Error *err = NULL;
    outcome->is_set = input->is_first;
    if (!input->is_first) {
        err = check_present(tx, input, now, outcome);
    }
    if (err || !outcome->is_set) {
        return err; /* a wrong try is kept */
    }
    err = replace_password(tx, input, now);
    if (!err) {
        err = tries_note_known(tx, &input->known, now);
    }
    return err ? err : end_older_ways(tx, input);
}

Error *auth_password_error(Arena *arena, const PasswordOutcome *outcome)
{
    if (outcome->is_set) {
        return NULL;
    }
    Error *err = outcome->locked_minutes == 0
                     ? error_make(arena, ERROR_PASSWORD_PRESENT, "not the present password")
                     : error_with(error_make(arena, ERROR_PASSWORD_LOCKED, "too many tries"),
                                  outcome->locked_minutes, (Str){0});
    return error_for_field(err, STR("present"));
}
