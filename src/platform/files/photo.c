/* photo.c: the child that decodes, and what is kept. */
#include "platform/files/photo.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/limits.h"
#include "files_sql.h"

#define CHILD_NAME "yuanzhuo-photo"
#define REPLY_MAX  (8u * 1024 * 1024)

enum { CHILD_NO_PICTURE = 2, CHILD_TOO_LARGE = 3 };

extern char **environ;

/* --- which kind ----------------------------------------------------------------------------- */

/* By the first bytes; NULL for anything else, whatever its name says. */
static const char *media_type_of(Str bytes)
{
    if (str_starts_with(bytes, STR("\xFF\xD8\xFF"))) {
        return "image/jpeg";
    }
    if (str_starts_with(bytes, STR("\x89PNG\r\n\x1A\n"))) {
        return "image/png";
    }
    bool is_webp =
        str_starts_with(bytes, STR("RIFF")) && str_eq(str_slice(bytes, 8, 12), STR("WEBP"));
    return is_webp ? "image/webp" : NULL;
}

/* --- the child ------------------------------------------------------------------------------ */

typedef struct Child {
    pid_t pid;
    int to, from; /* our ends; -1 once closed */
} Child;

/* The child lies beside the program; tests lie one folder deeper. */
static const char *child_path(Arena *arena)
{
    char exe[4096];
    ssize_t len = readlink("/proc/self/exe", exe, sizeof(exe) - 1);
    for (int level = 0; len > 0 && level < 2; level++) {
        while (len > 0 && exe[len - 1] != '/') {
            len--;
        }
        const char *path = arena_printf(arena, "%.*s" CHILD_NAME, (int)len, exe).data;
        if (access(path, X_OK) == 0) {
            return path;
        }
        len -= len > 0;
    }
    return "/usr/libexec/yuanzhuo/" CHILD_NAME;
}

static void close_once(int *end)
{
    if (*end >= 0) {
        close(*end);
    }
    *end = -1;
}

static bool spawn_with(const char *path, int in, int out, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    char *const arguments[] = {(char *)(uintptr_t)CHILD_NAME, NULL};
    char *const no_environment[] = {(char *)(uintptr_t) "VIPS_WARNING=0", NULL};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, in, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, 3);
    int failed = posix_spawn(pid, path, &actions, NULL, arguments, no_environment);
    posix_spawn_file_actions_destroy(&actions);
    return failed == 0;
}

static bool start_child(Arena *arena, Child *out)
{
    int to[2], from[2];
    if (pipe2(to, O_CLOEXEC) != 0) {
        return false;
    }
    if (pipe2(from, O_CLOEXEC) != 0) {
        close(to[0]);
        close(to[1]);
        return false;
    }
    bool is_started = spawn_with(child_path(arena), to[0], from[1], &out->pid);
    close(to[0]);
    close(from[1]);
    out->to = to[1];
    out->from = from[0];
    if (!is_started) {
        close(to[1]);
        close(from[0]);
        return false;
    }
    fcntl(out->to, F_SETFL, O_NONBLOCK);
    fcntl(out->from, F_SETFL, O_NONBLOCK);
    return true;
}

static bool would_wait(ssize_t n)
{
    return n < 0 && (errno == EAGAIN || errno == EINTR);
}

static void send_some(Child *child, Str *rest)
{
    ssize_t n = write(child->to, rest->data, rest->len);
    if (n > 0) {
        *rest = str_slice(*rest, (size_t)n, rest->len);
    }
    if (rest->len == 0 || (n < 0 && !would_wait(n))) {
        close_once(&child->to);
    }
}

/* False at the end of what the child says. */
static bool receive_some(Child *child, Buf *reply)
{
    char part[64 * 1024];
    ssize_t n = read(child->from, part, sizeof(part));
    if (n > 0) {
        buf_append(reply, part, (size_t)n);
    }
    return (n > 0 && !reply->overflowed) || would_wait(n);
}

/* Sends the picture and takes the reply, until the child closes or its time is over. */
static bool talk(Child *child, Str bytes, Buf *reply)
{
    int64_t end = clock_monotonic_ms() + LIMIT_PHOTO_SECONDS * 1000;
    for (;;) {
        struct pollfd ends[] = {{.fd = child->from, .events = POLLIN},
                                {.fd = child->to, .events = POLLOUT}};
        int64_t left = end - clock_monotonic_ms();
        if (left <= 0) {
            return false;
        }
        poll(ends, 2, (int)left);
        if (ends[1].revents != 0 && child->to >= 0) {
            send_some(child, &bytes);
        }
        if (ends[0].revents != 0 && !receive_some(child, reply)) {
            return true;
        }
    }
}

/* The exit code, or -1 when a signal ended it. */
static int end_child(Child *child, bool is_over)
{
    int status = 0;
    close_once(&child->to);
    close_once(&child->from);
    if (!is_over) {
        kill(child->pid, SIGKILL);
    }
    while (waitpid(child->pid, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* --- the reply ------------------------------------------------------------------------------ */

static bool take_number(Str *rest, uint32_t *out)
{
    if (rest->len < 4) {
        return false;
    }
    const unsigned char *b = (const unsigned char *)rest->data;
    *out = b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
    *rest = str_slice(*rest, 4, rest->len);
    return true;
}

static bool take_bytes(Str *rest, Str *out)
{
    uint32_t len = 0;
    if (!take_number(rest, &len) || len == 0 || len > rest->len) {
        return false;
    }
    *out = str_slice(*rest, 0, len);
    *rest = str_slice(*rest, len, rest->len);
    return true;
}

static Error *read_reply(Arena *arena, Str reply, PhotoDraft *out)
{
    uint32_t width = 0, height = 0;
    Str shown, thumb;
    bool is_whole = take_number(&reply, &width) && take_number(&reply, &height) &&
                    take_bytes(&reply, &shown) && take_bytes(&reply, &thumb) && reply.len == 0;
    if (!is_whole) {
        return error_make(arena, ERROR_FIELD_FILE_TYPE, "the child said half of it");
    }
    out->width = (int)width;
    out->height = (int)height;
    Error *err = file_prepare(arena, STR("photo.jpg"), STR("image/jpeg"), shown, &out->shown);
    return err ? err : file_prepare(arena, STR("thumb.jpg"), STR("image/jpeg"), thumb, &out->thumb);
}

static Error *too_large(Arena *arena, const char *why)
{
    return error_with(error_make(arena, ERROR_FIELD_FILE_SIZE, "%s", why),
                      LIMIT_UPLOAD_BYTES / (1024 * 1024), STR(""));
}

static Error *refusal(Arena *arena, int code)
{
    if (code == CHILD_TOO_LARGE) {
        return too_large(arena, "too many pixels");
    }
    bool is_sandbox = code == 4 || code == 127;
    return is_sandbox ? error_make(arena, ERROR_CONFIGURATION, "photo child: code %d", code)
                      : error_make(arena, ERROR_FIELD_FILE_TYPE, "photo child: code %d", code);
}

static Error *decode(Arena *arena, Str bytes, PhotoDraft *out)
{
    Child child;
    Buf reply;
    if (!start_child(arena, &child)) {
        return error_make(arena, ERROR_CONFIGURATION, "no " CHILD_NAME);
    }
    buf_init(&reply, REPLY_MAX);
    bool is_over = talk(&child, bytes, &reply);
    int code = end_child(&child, is_over && !reply.overflowed);
    Str said = arena_str(arena, buf_view(&reply));
    buf_free(&reply);
    if (!is_over) {
        return error_make(arena, ERROR_BUSY, "a photo took too long");
    }
    return code == 0 ? read_reply(arena, said, out) : refusal(arena, code);
}

Error *photo_prepare(Arena *arena, Str name, Str bytes, PhotoDraft *out)
{
    const char *media_type = media_type_of(bytes);
    *out = (PhotoDraft){0};
    if (!media_type) {
        return error_make(arena, ERROR_FIELD_FILE_TYPE, "not a JPEG, PNG or WebP");
    }
    if (bytes.len > LIMIT_UPLOAD_BYTES) {
        return too_large(arena, "too many bytes");
    }
    Error *err = file_prepare(arena, name, str_from(media_type), bytes, &out->original);
    return err ? err : decode(arena, bytes, out);
}

/* --- keeping -------------------------------------------------------------------------------- */

Error *photo_store(Tx *tx, int64_t area, int64_t actor, const PhotoDraft *draft, int64_t *out_photo)
{
    int64_t original = 0, shown = 0, thumb = 0, photo = tx_new_id(tx);
    Error *err = file_store(tx, area, &draft->original, &original);
    if (!err) {
        err = file_store(tx, area, &draft->shown, &shown);
    }
    if (!err) {
        err = file_store(tx, area, &draft->thumb, &thumb);
    }
    if (!err) {
        err = sql_photo_add(tx, area, photo, original, shown, thumb, draft->width, draft->height,
                            actor, tx_now(tx), NULL);
    }
    *out_photo = photo;
    return err;
}

Error *photo_set_shown(Tx *tx, int64_t area, int64_t photo, bool is_shown)
{
    return sql_photo_set_shown(tx, area, photo, is_shown, NULL);
}

Error *photo_replace(Tx *tx, int64_t area, int64_t actor, const PhotoGiven *given, int64_t *photo)
{
    bool is_kept = given->draft == NULL;
    Error *err = NULL;
    if (*photo != 0) {
        err = photo_set_shown(tx, area, *photo, is_kept && given->is_shown);
    }
    if (!err && !is_kept) {
        err = photo_store(tx, area, actor, given->draft, photo);
    }
    return !err && !is_kept && !given->is_shown ? photo_set_shown(tx, area, *photo, false) : err;
}

Error *photo_drop(Tx *tx, int64_t area, int64_t photo)
{
    PhotoGetRow row;
    bool found = false;
    Error *err = sql_photo_get(tx_snapshot(tx), area, photo, &row, &found);
    if (err || !found) {
        return err;
    }
    const int64_t files[] = {row.original_file, row.shown_file, row.thumb_file};
    for (size_t i = 0; !err && i < countof(files); i++) {
        err = file_drop(tx, area, files[i]);
    }
    return err ? err : sql_photo_remove(tx, area, photo, NULL);
}
