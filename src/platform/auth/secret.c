#include "platform/auth/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/random.h"

Error *secret_create(Arena *arena, const char *directory)
{
    Str path = arena_printf(arena, "%s/%s", directory, SECRET_FILE);
    int fd = open(path.data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        ErrorCode code = errno == EEXIST ? ERROR_ALREADY_EXISTS : ERROR_FILE_SYSTEM;
        return error_with(error_make(arena, code, "%s: %s", path.data, strerror(errno)), 0, path);
    }
    unsigned char bytes[SECRET_BYTES];
    random_bytes(bytes, sizeof(bytes));
    bool is_written = write(fd, bytes, sizeof(bytes)) == sizeof(bytes) && fsync(fd) == 0;
    is_written = close(fd) == 0 && is_written;
    sodium_memzero(bytes, sizeof(bytes));
    if (!is_written) {
        unlink(path.data);
        return error_with(error_make(arena, ERROR_FILE_SYSTEM, "cannot write %s", path.data), 0,
                          path);
    }
    return NULL;
}

Error *secret_load(Arena *arena, const char *directory, Secret *out)
{
    Str path = arena_printf(arena, "%s/%s", directory, SECRET_FILE);
    int fd = open(path.data, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0) {
        Error *err = error_make(arena, ERROR_CONFIGURATION, "%s: %s", path.data, strerror(errno));
        if (fd >= 0) {
            close(fd);
        }
        return error_with(err, 0, path);
    }
    bool is_open_to_others = (about.st_mode & 077) != 0;
    unsigned char bytes[SECRET_BYTES + 1];
    ssize_t got = read(fd, bytes, sizeof(bytes));
    close(fd);
    if (is_open_to_others || got != SECRET_BYTES) {
        return error_with(error_make(arena, ERROR_CONFIGURATION, "%s %s", path.data,
                                     is_open_to_others
                                         ? "can be read by others; set its mode to 0600"
                                         : "does not hold 32 bytes"),
                          0, path);
    }
    memcpy(out->bytes, bytes, SECRET_BYTES);
    return NULL;
}

Hash32 secret_hash(const Secret *secret, const char *purpose, Str data)
{
    Hash32 hash;
    crypto_generichash_state state;
    crypto_generichash_init(&state, secret->bytes, SECRET_BYTES, sizeof(hash.bytes));
    crypto_generichash_update(&state, (const unsigned char *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, (const unsigned char *)data.data, data.len);
    crypto_generichash_final(&state, hash.bytes, sizeof(hash.bytes));
    return hash;
}

Hash32 secret_hmac(const Secret *secret, Str data)
{
    Hash32 hash;
    crypto_auth_hmacsha256(hash.bytes, (const unsigned char *)data.data, data.len, secret->bytes);
    return hash;
}

Str secret_pseudonym(Arena *arena, const Secret *secret, int64_t person)
{
    if (person == 0) {
        return (Str){0};
    }
    Hash32 hash = secret_hash(secret, "log", str_from_bytes((const char *)&person, sizeof(person)));
    return base32_text(arena, hash.bytes, 8);
}

Hash32 hash_token(Str token)
{
    Hash32 hash;
    crypto_generichash(hash.bytes, sizeof(hash.bytes), (const unsigned char *)token.data, token.len,
                       NULL, 0);
    return hash;
}

Str base32_text(Arena *arena, const unsigned char *bytes, size_t len)
{
    static const char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
    size_t size = (len * 8 + 4) / 5;
    char *text = arena_array(arena, char, size + 1);
    unsigned window = 0;
    int bits = 0;
    size_t at = 0;
    for (size_t i = 0; i < len; i++) {
        window = (window << 8 | bytes[i]) & 0xffff;
        for (bits += 8; bits >= 5; bits -= 5) {
            text[at++] = alphabet[window >> (bits - 5) & 31];
        }
    }
    if (bits > 0) {
        text[at++] = alphabet[window << (5 - bits) & 31];
    }
    return str_from_bytes(text, at);
}

Str hex_text(Arena *arena, Str bytes)
{
    char *text = arena_array(arena, char, bytes.len * 2 + 1);
    sodium_bin2hex(text, bytes.len * 2 + 1, (const unsigned char *)bytes.data, bytes.len);
    return (Str){text, bytes.len * 2};
}
