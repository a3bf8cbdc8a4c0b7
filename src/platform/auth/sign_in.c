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

/* The lookup together with the network the address belongs to. */
static Hash32 pair_subject(Arena *arena, const Secret *secret, const char *purpose,
                           const Hash32 *lookup, Str address)
{
    Str network = address_network(arena, address);
    char *pair = arena_array(arena, char, sizeof(lookup->bytes) + network.len + 1);
    memcpy(pair, lookup->bytes, sizeof(lookup->bytes));
    memcpy(pair + sizeof(lookup->bytes), network.data, network.len);
    return secret_hash(secret, purpose, str_from_bytes(pair, sizeof(lookup->bytes) + network.len));
}

Hash32 known_subject(Arena *arena, const Secret *secret, const Hash32 *lookup, Str address)
{
    return pair_subject(arena, secret, "known", lookup, address);
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

static Error *lock_longer(Snapshot *snapshot, const Hash32 *subject, Instant now, int64_t *ms)
{
    Tries tries;
    Error *err = tries_read(snapshot, subject, &tries);
    if (!err && tries_locked_ms(tries, now) > *ms) {
        *ms = tries_locked_ms(tries, now);
    }
    return err;
}

/* Milliseconds for which neither this code or name nor this address may try. */
static Error *locked_for(Snapshot *snapshot, const SignIn *sign_in, Instant now, int64_t *out_ms)
{
    bool is_password = sign_in->kind == CREDENTIAL_PASSWORD;
    bool is_known = false;
    *out_ms = 0;
    Error *err = lock_longer(snapshot, &sign_in->subject, now, out_ms);
    if (!err && is_password) {
        err = tries_is_known(snapshot, &sign_in->known, &is_known);
    }
    if (!err && !is_known) { /* others' guesses are not held against who comes from here daily */
        err = lock_longer(snapshot, &sign_in->address, now, out_ms);
    }
    if (!err && !is_known && is_password) {
        err = lock_longer(snapshot, &sign_in->strangers, now, out_ms);
    }
    return err;
}

Error *auth_prepare_password(Arena *arena, const App *app, Snapshot *snapshot, Str address,
                             Str login, Str password, SignIn **out)
{
    SignIn *sign_in =
        prepare(arena, app, address, CREDENTIAL_PASSWORD, login_lookup(arena, &app->secret, login));
    const Secret *secret = &app->secret;
    sign_in->strangers = sign_in->subject; /* the name alone; its tries count by address too */
    sign_in->subject = pair_subject(arena, secret, "try", &sign_in->lookup, address);
    sign_in->known = known_subject(arena, secret, &sign_in->lookup, address);
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
    bool is_known = true;
    Error *err = tries_fail(tx, &sign_in->subject, TRY_SUBJECT, now);
    if (!err) {
        err = tries_fail(tx, &sign_in->address, TRY_ADDRESS, now);
    }
    if (!err && sign_in->kind == CREDENTIAL_PASSWORD) {
        err = tries_is_known(tx_snapshot(tx), &sign_in->known, &is_known);
    }
    return err || is_known ? err : tries_fail(tx, &sign_in->strangers, TRY_STRANGERS, now);
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
    if (!err && match->kind == CREDENTIAL_PASSWORD) {
        err = tries_note_known(tx, &sign_in->known, now);
    }
    if (err) {
        return err;
    }
    Instant expires_at = {now.ms + session_life_ms(match->kind)};
    return sql_session_add(tx, hash_str(&sign_in->token_hash), match->person, match->kind,
                           sign_in->device, now, expires_at, NULL);
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
