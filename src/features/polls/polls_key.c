#include "features/polls/polls_key.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/random.h"
#include "platform/html/out.h"

static Str key_path(Arena *arena, const char *keys_dir, int64_t poll)
{
    return arena_printf(arena, "%s/poll-%s.key", keys_dir, id_text(poll).text);
}

/* The directory entry must be durable too, or a crash could lose the key of an open poll. */
static bool sync_directory(const char *keys_dir)
{
    int fd = open(keys_dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool ok = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0) {
        close(fd);
    }
    return ok;
}

Error *poll_key_create(Arena *arena, const char *keys_dir, int64_t poll)
{
    PollKey key;
    random_bytes(key.bytes, sizeof(key.bytes));
    int fd =
        open(key_path(arena, keys_dir, poll).data, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0) {
        return error_make(arena, ERROR_FILE_SYSTEM, "poll key not created: errno %d", errno);
    }
    bool ok =
        write(fd, key.bytes, sizeof(key.bytes)) == (ssize_t)sizeof(key.bytes) && fsync(fd) == 0;
    close(fd);
    sodium_memzero(&key, sizeof(key));
    if (!ok || !sync_directory(keys_dir)) {
        return error_make(arena, ERROR_FILE_SYSTEM, "poll key not written: errno %d", errno);
    }
    return NULL;
}

Error *poll_key_load(Arena *arena, const char *keys_dir, int64_t poll, PollKey *out)
{
    int fd = open(key_path(arena, keys_dir, poll).data, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat info;
    bool ok = fd >= 0 && fstat(fd, &info) == 0 && (info.st_mode & 077) == 0 &&
              read(fd, out->bytes, sizeof(out->bytes)) == (ssize_t)sizeof(out->bytes);
    if (fd >= 0) {
        close(fd);
    }
    return ok ? NULL : error_make(arena, ERROR_POLL_KEY_MISSING, "poll key not readable");
}

Str poll_ballot_key(Arena *arena, const PollKey *key, int64_t person)
{
    unsigned char message[14] = "ballot";
    for (int i = 0; i < 8; i++) {
        message[6 + i] = (unsigned char)((uint64_t)person >> (56 - 8 * i));
    }
    unsigned char *mac = arena_array(arena, unsigned char, BALLOT_KEY_BYTES);
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key->bytes, sizeof(key->bytes));
    crypto_auth_hmacsha256_update(&state, message, sizeof(message));
    crypto_auth_hmacsha256_final(&state, mac);
    return (Str){(const char *)mac, BALLOT_KEY_BYTES};
}

Str poll_new_receipt(Arena *arena)
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    unsigned char random[13];
    random_bytes(random, sizeof(random));
    char *text = arena_array(arena, char, 16);
    size_t at = 0;
    for (size_t i = 0; i < sizeof(random); i++) {
        if (i == 4 || i == 8) {
            text[at++] = '-';
        }
        text[at++] = alphabet[random[i] & 31];
    }
    return (Str){text, at};
}
