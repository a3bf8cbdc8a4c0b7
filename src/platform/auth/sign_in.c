#include "platform/auth/sign_in.h"

#include "auth_sql.h"
#include "base/random.h"
#include "base/utf8.h"
#include "platform/auth/tries.h"
#include "platform/http/addresses.h"

/* --- before the transaction ----------------------------------------------------------------------
 */

Hash32 code_lookup(const Secret *secret, Str digits)
{
    return secret_hash(secret, "code", digits);
}

Hash32 login_lookup(Arena *arena, const Secret *secret, Str login)
{
    Str name = arena_str(arena, str_trim(utf8_narrow(arena, login)));
    char *letters = (char *)(uintptr_t)name.data; /* our own copy */
    for (size_t i = 0; i < name.len; i++) {
        if (letters[i] >= 'A' && letters[i] <= 'Z') {
            letters[i] = (char)(letters[i] - 'A' + 'a');
        }
    }
    return secret_hash(secret, "login", name);
}

static SignIn *prepare(Arena *arena, const App *app, Str address, CredentialKind kind,
                       Hash32 lookup)
{
    SignIn *sign_in = arena_new(arena, SignIn);
    unsigned char random[32];
    random_bytes(random, sizeof(random));
    sign_in->kind = kind;
    sign_in->lookup = lookup;
    sign_in->subject = secret_hash(&app->secret, "try", hash_str(&lookup));
    sign_in->address = secret_hash(&app->secret, "address", address_network(arena, address));
    sign_in->token = base32_text(arena, random, sizeof(random));
    sign_in->token_hash = hash_token(sign_in->token);
    return sign_in;
}

SignIn *auth_prepare_code(Arena *arena, const App *app, Str address, Str digits)
{
    return prepare(arena, app, address, CREDENTIAL_PERSONAL_CODE,
                   code_lookup(&app->secret, digits));
}

/* Milliseconds for which neither this code or name nor this address may try. */
static Error *locked_for(Snapshot *snapshot, const SignIn *sign_in, Instant now, int64_t *out_ms)
{
    Tries of_subject, of_address;
    Error *err = tries_read(snapshot, &sign_in->subject, &of_subject);
    if (err) {
        return err;
    }
    err = tries_read(snapshot, &sign_in->address, &of_address);
    if (err) {
        return err;
    }
    int64_t subject_ms = tries_locked_ms(of_subject, now);
    int64_t address_ms = tries_locked_ms(of_address, now);
    *out_ms = subject_ms > address_ms ? subject_ms : address_ms;
    return NULL;
}

Error *auth_prepare_password(Arena *arena, const App *app, Snapshot *snapshot, Str address,
                             Str login, Str password, SignIn **out)
{
    SignIn *sign_in =
        prepare(arena, app, address, CREDENTIAL_PASSWORD, login_lookup(arena, &app->secret, login));
    *out = sign_in;
    int64_t locked_ms = 0;
    Error *err = locked_for(snapshot, sign_in, snapshot_now(snapshot), &locked_ms);
    if (err || locked_ms > 0) {
        return err; /* the transaction will say so; hashing for it would only cost */
    }
    CredentialByLoginRow row;
    bool found = false;
    err = sql_credential_by_login(snapshot, hash_str(&sign_in->lookup), &row, &found);
    if (err) {
        return err;
    }
    sign_in->stored_hash = row.hash;
    return password_verify(app->hasher, arena, row.hash, password, &sign_in->password_matches);
}

/* --- in the transaction
 * ---------------------------------------------------------------------------- */

typedef struct Match {
    bool is_good;
    int64_t credential;
    int64_t person;
    CredentialKind kind;
} Match;

static Error *match_code(Tx *tx, const SignIn *sign_in, Instant now, Match *out)
{
    CredentialByCodeRow row;
    bool found = false;
    Error *err = sql_credential_by_code(tx_snapshot(tx), hash_str(&sign_in->lookup), &row, &found);
    if (err) {
        return err;
    }
    bool is_over = row.expires_at.ms != 0 && row.expires_at.ms <= now.ms;
    bool is_used = row.kind == CREDENTIAL_ONE_TIME_CODE && row.used_at.ms != 0;
    *out = (Match){.is_good = found && !is_over && !is_used,
                   .credential = row.id,
                   .person = row.person_id,
                   .kind = (CredentialKind)row.kind};
    return NULL;
}

/* The hash may have changed since it was verified: then the try fails. */
static Error *match_password(Tx *tx, const SignIn *sign_in, Match *out)
{
    CredentialByLoginRow row;
    bool found = false;
    Error *err = sql_credential_by_login(tx_snapshot(tx), hash_str(&sign_in->lookup), &row, &found);
    if (err) {
        return err;
    }
    bool is_same = found && str_eq_secret(row.hash, sign_in->stored_hash);
    *out = (Match){.is_good = is_same && sign_in->password_matches,
                   .credential = row.id,
                   .person = row.person_id,
                   .kind = CREDENTIAL_PASSWORD};
    return NULL;
}

static Error *count_failure(Tx *tx, const SignIn *sign_in, Instant now)
{
    Error *err = tries_fail(tx, &sign_in->subject, TRY_SUBJECT, now);
    return err ? err : tries_fail(tx, &sign_in->address, TRY_ADDRESS, now);
}

static Error *open_session(Tx *tx, const SignIn *sign_in, const Match *match, Instant now)
{
    Error *err = NULL;
    if (match->kind == CREDENTIAL_ONE_TIME_CODE) {
        err = sql_credential_use(tx, match->credential, now, NULL);
    }
    if (!err) {
        err = tries_forget(tx, &sign_in->subject);
    }
    if (err) {
        return err;
    }
    Instant expires_at = {now.ms + session_life_ms(match->kind)};
    return sql_session_add(tx, hash_str(&sign_in->token_hash), match->person, match->kind, now,
                           expires_at, NULL);
}

Error *auth_sign_in(Tx *tx, const void *input, Instant now, void *output)
{
    const SignIn *sign_in = input;
    SignInOutcome *outcome = output;
    int64_t locked_ms = 0;
    Error *err = locked_for(tx_snapshot(tx), sign_in, now, &locked_ms);
    if (err) {
        return err;
    }
    if (locked_ms > 0) {
        outcome->is_locked = true;
        outcome->minutes = (locked_ms + 59999) / 60000;
        return NULL;
    }
    Match match = {0};
    err = sign_in->kind == CREDENTIAL_PASSWORD ? match_password(tx, sign_in, &match)
                                               : match_code(tx, sign_in, now, &match);
    if (err) {
        return err;
    }
    if (!match.is_good) {
        return count_failure(tx, sign_in, now);
    }
    outcome->is_in = true;
    outcome->person = match.person;
    outcome->kind = match.kind;
    outcome->seconds = session_life_ms(match.kind) / 1000;
    return open_session(tx, sign_in, &match, now);
}

Error *auth_outcome_error(Arena *arena, const SignInOutcome *outcome)
{
    if (outcome->is_in) {
        return NULL;
    }
    if (outcome->is_locked) {
        return error_with(error_make(arena, ERROR_SIGN_IN_LOCKED, "too many tries"),
                          outcome->minutes, (Str){0});
    }
    return error_make(arena, ERROR_SIGN_IN_WRONG, "no match");
}
