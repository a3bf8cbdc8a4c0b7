/* codes.c: new codes. */
#include "auth_sql.h"
#include "base/random.h"
#include "platform/auth/sign_in.h"

#define ONE_TIME_MS (INT64_C(7) * 24 * 60 * 60 * 1000)

/* Sixteen digits, each as likely as another, in groups of four. */
static void draw_code(CodeText *out)
{
    size_t at = 0;
    size_t digits = 0;
    while (digits < 16) {
        unsigned char random;
        random_bytes(&random, 1);
        if (random >= 250) {
            continue; /* 256 is no multiple of ten */
        }
        if (digits > 0 && digits % 4 == 0) {
            out->text[at++] = ' ';
        }
        out->text[at++] = (char)('0' + random % 10);
        digits++;
    }
    out->text[at] = '\0';
}

static Hash32 code_text_lookup(const Secret *secret, const CodeText *code)
{
    char digits[16];
    size_t n = 0;
    for (const char *c = code->text; *c; c++) {
        if (*c != ' ') {
            digits[n++] = *c;
        }
    }
    return code_lookup(secret, str_from_bytes(digits, n));
}

static Error *add_code(Tx *tx, const Secret *secret, int64_t person, CredentialKind kind,
                       Instant expires_at, CodeText *out)
{
    Error *err = sql_credential_drop_kind(tx, person, kind, NULL);
    if (err) {
        return err;
    }
    /* Two people with one code would need 2^26 codes; then the second one is drawn again. */
    for (int draw = 0; draw < 4; draw++) {
        draw_code(out);
        Hash32 lookup = code_text_lookup(secret, out);
        int64_t added = 0;
        err = sql_credential_add(tx, tx_new_id(tx), person, kind, hash_str(&lookup), STR(""),
                                 tx_now(tx), expires_at, &added);
        if (err || added == 1) {
            return err;
        }
    }
    return error_make(tx_arena(tx), ERROR_CONFLICT_RETRY, "no free code");
}

Error *auth_end_personal_code(Tx *tx, int64_t person)
{
    Error *err = sql_credential_drop_kind(tx, person, CREDENTIAL_PERSONAL_CODE, NULL);
    return err ? err : sql_session_drop_of_kind(tx, person, CREDENTIAL_PERSONAL_CODE, NULL);
}

Error *auth_new_personal_code(Tx *tx, const Secret *secret, int64_t person, CodeText *out)
{
    Error *err = auth_end_personal_code(tx, person);
    return err ? err : add_code(tx, secret, person, CREDENTIAL_PERSONAL_CODE, (Instant){0}, out);
}

Error *auth_new_one_time_code(Tx *tx, const Secret *secret, int64_t person, CodeText *out)
{
    Instant expires_at = {tx_now(tx).ms + ONE_TIME_MS};
    return add_code(tx, secret, person, CREDENTIAL_ONE_TIME_CODE, expires_at, out);
}
