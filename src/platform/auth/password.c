#include "platform/auth/password.h"

#include <pthread.h>
#include <sodium.h>

#include "base/utf8.h"

#define PASSES       2
#define MEMORY_BYTES (19 * 1024 * 1024)
#define AT_ONCE      2
#define MAX_WAITING  4

struct Hasher {
    pthread_mutex_t lock;
    pthread_cond_t freed;
    int running;
    int waiting;
};

/* What an unknown name is checked against: made with the same costs from bytes nobody kept. */
static const char nobody[] = "$argon2id$v=19$m=19456,t=2,p=1$PB+Mia+nGUJ0RPqEHvTKQw$"
                             "3VO7gc1RK59Nih20dV/QTunRtni/pVeil3XUr5pfCig";

static const char *const commonest[] = {
    "1234567890",  "0123456789",  "12345678910",   "1234567891",   "123456789a",    "a123456789",
    "qwertyuiop",  "1q2w3e4r5t",  "1qaz2wsx3edc",  "password123",  "password1234",  "passw0rd123",
    "woaini1314",  "woaini520",   "woaini5201314", "5201314520",   "1314520520",    "abcd123456",
    "abc1234567",  "qwer123456",  "asdf123456",    "admin12345",   "administrator", "iloveyou123",
    "zhongguo123", "qq123456789", "wang123456",    "1234554321",   "9876543210",    "0987654321",
    "1111122222",  "1122334455",  "123123123123",  "123321123321", "asdfghjkl;",    "q1w2e3r4t5",
};

Hasher *hasher_create(Arena *arena)
{
    if (sodium_init() < 0) {
        panic("libsodium does not start");
    }
    Hasher *hasher = arena_new(arena, Hasher);
    pthread_mutex_init(&hasher->lock, NULL);
    pthread_cond_init(&hasher->freed, NULL);
    return hasher;
}

static bool enter(Hasher *hasher)
{
    pthread_mutex_lock(&hasher->lock);
    bool admitted = hasher->running < AT_ONCE || hasher->waiting < MAX_WAITING;
    if (admitted) {
        hasher->waiting++;
        while (hasher->running >= AT_ONCE) {
            pthread_cond_wait(&hasher->freed, &hasher->lock);
        }
        hasher->waiting--;
        hasher->running++;
    }
    pthread_mutex_unlock(&hasher->lock);
    return admitted;
}

static void leave(Hasher *hasher)
{
    pthread_mutex_lock(&hasher->lock);
    hasher->running--;
    pthread_cond_signal(&hasher->freed);
    pthread_mutex_unlock(&hasher->lock);
}

Error *password_hash(Hasher *hasher, Arena *arena, Str password, Str *out)
{
    if (!enter(hasher)) {
        return error_make(arena, ERROR_BUSY, "too many passwords at once");
    }
    char text[crypto_pwhash_STRBYTES];
    int failed = crypto_pwhash_str_alg(text, password.data, password.len, PASSES, MEMORY_BYTES,
                                       crypto_pwhash_ALG_ARGON2ID13);
    leave(hasher);
    if (failed) {
        return error_make(arena, ERROR_UNAVAILABLE, "no memory for a password hash");
    }
    *out = arena_str(arena, str_from(text));
    return NULL;
}

Error *password_verify(Hasher *hasher, Arena *arena, Str hash, Str password, bool *out_matches)
{
    *out_matches = false;
    if (!enter(hasher)) {
        return error_make(arena, ERROR_BUSY, "too many passwords at once");
    }
    bool is_known = hash.len > 0 && hash.len < crypto_pwhash_STRBYTES;
    char text[crypto_pwhash_STRBYTES] = {0};
    memcpy(text, is_known ? hash.data : nobody, is_known ? hash.len : sizeof(nobody));
    int differs = crypto_pwhash_str_verify(text, password.data, password.len);
    leave(hasher);
    *out_matches = is_known && differs == 0;
    return NULL;
}

static bool is_one_character_repeated(Str password)
{
    for (size_t i = 1; i < password.len; i++) {
        if (password.data[i] != password.data[0]) {
            return false;
        }
    }
    return true;
}

static bool is_common(Str password)
{
    for (size_t i = 0; i < countof(commonest); i++) {
        if (str_eq_ignore_case(password, str_from(commonest[i]))) {
            return true;
        }
    }
    return false;
}

Error *password_check_rules(Arena *arena, Str login, Str password)
{
    bool is_weak = utf8_length(password) < PASSWORD_MIN_CHARACTERS || is_common(password) ||
                   is_one_character_repeated(password) || str_eq_ignore_case(password, login);
    if (!is_weak) {
        return NULL;
    }
    Error *err = error_make(arena, ERROR_PASSWORD_WEAK, "weak password");
    error_with(err, PASSWORD_MIN_CHARACTERS, (Str){0});
    return error_for_field(err, STR("password"));
}
