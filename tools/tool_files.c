#include "tool_files.h"

#include <errno.h>

static _Noreturn void give_up(const char *doing, const char *path)
{
    fprintf(stderr, "%s: cannot %s: %s\n", path, doing, strerror(errno));
    exit(1);
}

Str tool_read_file(Arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        give_up("open", path);
    }
    Buf buf;
    buf_init(&buf, TOOL_MAX_FILE_BYTES);
    char chunk[16 * 1024];
    size_t got = 0;
    while ((got = fread(chunk, 1, sizeof chunk, file)) > 0) {
        buf_append(&buf, chunk, got);
    }
    if (ferror(file) || buf.overflowed) {
        give_up("read", path);
    }
    fclose(file);
    Str text = arena_str(arena, buf_view(&buf));
    buf_free(&buf);
    return text;
}

static bool holds_already(Arena *arena, const char *path, const Buf *text)
{
    FILE *file = fopen(path, "rb");
    if (!file) {
        return false;
    }
    fclose(file);
    return !text->overflowed && str_eq(tool_read_file(arena, path), buf_view(text));
}

void tool_write_file(Arena *arena, const char *dir, const char *name, const Buf *text)
{
    const char *path = arena_printf(arena, "%s/%s", dir, name).data;
    if (holds_already(arena, path, text)) {
        return;
    }
    FILE *file = text->overflowed ? NULL : fopen(path, "wb");
    if (!file) {
        give_up("write", path);
    }
    size_t written = fwrite(text->data, 1, text->len, file);
    if (fclose(file) != 0 || written != text->len) {
        give_up("write", path);
    }
}

const char *tool_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

Str tool_stem(const char *path)
{
    const char *name = tool_base_name(path);
    const char *dot = strrchr(name, '.');
    return str_from_bytes(name, dot ? (size_t)(dot - name) : strlen(name));
}

void tool_c_string(Buf *buf, Str bytes)
{
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char c = (unsigned char)bytes.data[i];
        if (c == '\n') {
            buf_cstr(buf, i + 1 < bytes.len ? "\\n\"\n    \"" : "\\n");
        } else if (c == '"' || c == '\\') {
            buf_char(buf, '\\');
            buf_char(buf, (char)c);
        } else if (c < 0x20 || c == 0x7f) {
            buf_printf(buf, "\\%03o", c);
        } else {
            buf_char(buf, (char)c);
        }
    }
}
