/* note.c: keys and signed tree heads as text (C2SP signed-note, tlog-checkpoint). */
#include "ledger/ledger.h"

#include <sodium.h>
#include <string.h>

#define SIGNATURE_BYTES 64
#define DASH            "\xe2\x80\x94 " /* an em dash and a space begin a signature */
#define VARIANT         sodium_base64_VARIANT_ORIGINAL

static Error *bad(Arena *arena, const char *why)
{
    return error_make(arena, ERROR_BAD_REQUEST, "ledger: %s", why);
}

static Str base64(Arena *arena, const uint8_t *bytes, size_t n)
{
    size_t room = sodium_base64_encoded_len(n, VARIANT);
    char *text = arena_array(arena, char, room);
    sodium_bin2base64(text, room, bytes, n, VARIANT);
    return str_from(text);
}

/* Exactly n bytes, written as base64() writes them: the library's reader takes some bytes above 127
 * for letters. */
static bool read_base64(Str text, uint8_t *out, size_t n)
{
    char again[128];
    size_t got = 0;
    require(sodium_base64_encoded_len(n, VARIANT) <= sizeof again);
    if (sodium_base642bin(out, n, text.data, text.len, NULL, &got, NULL, VARIANT) != 0 ||
        got != n) {
        return false;
    }
    sodium_bin2base64(again, sizeof again, out, n, VARIANT);
    return str_eq(str_from(again), text);
}

static bool is_name(Str name)
{
    bool is_good = name.len > 0 && name.len <= LEDGER_NAME_MAX;
    for (size_t i = 0; is_good && i < name.len; i++) {
        unsigned char c = (unsigned char)name.data[i];
        is_good = c > ' ' && c != '+' && c != 127;
    }
    return is_good;
}

static bool is_origin(Str origin)
{
    bool is_good = origin.len > 0 && origin.len <= LEDGER_NAME_MAX;
    for (size_t i = 0; is_good && i < origin.len; i++) {
        is_good = (unsigned char)origin.data[i] >= ' ';
    }
    return is_good;
}

/* --- keys -------------------------------------------------------------------- */

static void make_id(LedgerKey *key)
{
    uint8_t hash[LEDGER_HASH_BYTES];
    uint8_t kind[2] = {'\n', (uint8_t)key->algorithm};
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, (const uint8_t *)key->name.data, key->name.len);
    crypto_hash_sha256_update(&state, kind, sizeof kind);
    crypto_hash_sha256_update(&state, key->public_key, sizeof key->public_key);
    crypto_hash_sha256_final(&state, hash);
    memcpy(key->id, hash, sizeof key->id);
}

Error *ledger_signer(Arena *arena, Str name, const uint8_t seed[LEDGER_SEED_BYTES],
                     LedgerSigner *out)
{
    if (!is_name(name) || sodium_init() < 0) {
        return error_make(arena, ERROR_CONFIGURATION, "ledger: no key of this name");
    }
    out->key = (LedgerKey){.name = name, .algorithm = LEDGER_ED25519};
    crypto_sign_seed_keypair(out->key.public_key, out->secret_key, seed);
    make_id(&out->key);
    return NULL;
}

Error *ledger_key_write(Arena *arena, const LedgerKey *key, Str *out)
{
    uint8_t bytes[1 + sizeof key->public_key] = {(uint8_t)key->algorithm};
    if (!is_name(key->name)) {
        return bad(arena, "no name for a key");
    }
    memcpy(bytes + 1, key->public_key, sizeof key->public_key);
    Str body = base64(arena, bytes, sizeof bytes);
    *out = arena_printf(arena, "%.*s+%02x%02x%02x%02x+%.*s", STR_ARG(key->name), key->id[0],
                        key->id[1], key->id[2], key->id[3], STR_ARG(body));
    return NULL;
}

Error *ledger_key_read(Arena *arena, Str text, LedgerKey *out)
{
    Str name;
    Str id;
    Str body;
    uint8_t bytes[1 + sizeof out->public_key];
    uint8_t stated[4];
    size_t got = 0;
    bool is_key = str_cut(text, '+', &name, &body) && str_cut(body, '+', &id, &body) &&
                  is_name(name) && id.len == 8 &&
                  sodium_hex2bin(stated, sizeof stated, id.data, id.len, NULL, &got, NULL) == 0 &&
                  got == sizeof stated && read_base64(body, bytes, sizeof bytes) &&
                  bytes[0] == LEDGER_ED25519;
    if (!is_key) {
        return bad(arena, "not a key");
    }
    *out = (LedgerKey){.name = name, .algorithm = LEDGER_ED25519};
    memcpy(out->public_key, bytes + 1, sizeof out->public_key);
    make_id(out);
    return memcmp(out->id, stated, sizeof stated) == 0 ? NULL : bad(arena, "not its key's id");
}

/* --- notes ------------------------------------------------------------------- */

Error *ledger_note_write(Arena *arena, const LedgerHead *head, const LedgerSigner *signer, Str *out)
{
    uint8_t signature[sizeof signer->key.id + SIGNATURE_BYTES];
    if (!is_origin(head->origin) || head->size < 0 || head->size >= LEDGER_MOST_SIZE) {
        return bad(arena, "not a head");
    }
    Str root = base64(arena, head->root.bytes, LEDGER_HASH_BYTES);
    Str body = arena_printf(arena, "%.*s\n%lld\n%.*s\n", STR_ARG(head->origin),
                            (long long)head->size, STR_ARG(root));
    memcpy(signature, signer->key.id, sizeof signer->key.id);
    crypto_sign_detached(signature + sizeof signer->key.id, NULL, (const uint8_t *)body.data,
                         body.len, signer->secret_key);
    Str signed_by = base64(arena, signature, sizeof signature);
    *out = arena_printf(arena, "%.*s\n" DASH "%.*s %.*s\n", STR_ARG(body),
                        STR_ARG(signer->key.name), STR_ARG(signed_by));
    return NULL;
}

/* Cuts at the last empty line; the text keeps the end of its last line. */
static bool split_note(Str note, Str *out_text, Str *out_signatures)
{
    for (size_t i = note.len; i >= 2; i--) {
        if (note.data[i - 1] == '\n' && note.data[i - 2] == '\n') {
            *out_text = str_slice(note, 0, i - 1);
            *out_signatures = str_slice(note, i, note.len);
            return out_signatures->len > 0 && str_ends_with(note, STR("\n"));
        }
    }
    return false;
}

/* Digits without a sign or a zero in front. */
static bool read_size(Str text, int64_t *out)
{
    bool is_plain = text.len > 0 && text.data[0] >= '0' && text.data[0] <= '9' &&
                    (text.len == 1 || text.data[0] != '0');
    return is_plain && str_to_int64(text, out) && *out < LEDGER_MOST_SIZE;
}

static bool read_head(Str text, LedgerHead *out)
{
    Str size;
    Str root;
    Str rest;
    return str_cut(text, '\n', &out->origin, &rest) && str_cut(rest, '\n', &size, &rest) &&
           str_cut(rest, '\n', &root, &rest) && is_origin(out->origin) &&
           read_size(size, &out->size) && read_base64(root, out->root.bytes, LEDGER_HASH_BYTES);
}

/* "— NAME BASE64" by this key over the text. Sets *out_is_line false for what is no such line. */
static bool is_signed_by(Str line, Str text, const LedgerKey *key, bool *out_is_line)
{
    Str name;
    Str body;
    uint8_t signature[sizeof key->id + SIGNATURE_BYTES];
    *out_is_line = str_starts_with(line, STR(DASH)) &&
                   str_cut(str_slice(line, STR(DASH).len, line.len), ' ', &name, &body) &&
                   is_name(name) && body.len > 0;
    return *out_is_line && str_eq(name, key->name) &&
           read_base64(body, signature, sizeof signature) &&
           memcmp(signature, key->id, sizeof key->id) == 0 &&
           crypto_sign_verify_detached(signature + sizeof key->id, (const uint8_t *)text.data,
                                       text.len, key->public_key) == 0;
}

Error *ledger_note_read(Arena *arena, Str note, const LedgerKey *key, LedgerHead *out)
{
    Str text;
    Str lines;
    bool is_signed = false;
    if (note.len > LEDGER_NOTE_MAX || !split_note(note, &text, &lines) || !read_head(text, out)) {
        return bad(arena, "not a checkpoint");
    }
    while (lines.len > 0) {
        Str line;
        bool is_line = false;
        (void)str_cut(lines, '\n', &line, &lines);
        is_signed = is_signed_by(line, text, key, &is_line) || is_signed;
        if (!is_line) {
            return bad(arena, "not a signature");
        }
    }
    return is_signed ? NULL : error_make(arena, ERROR_FORBIDDEN, "ledger: not signed by this key");
}
