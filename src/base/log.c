#include "base/log.h"

#include <stdatomic.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/clock.h"
#include "base/utf8.h"

#define MAX_LINE_BYTES 4096

static atomic_int level_wanted = LOG_INFO;
static atomic_int log_fd = STDERR_FILENO;

void log_set_level(LogLevel level)
{
    atomic_store(&level_wanted, (int)level);
}

void log_set_fd(int fd)
{
    atomic_store(&log_fd, fd);
}

static bool is_secret(const char *name)
{
    static const char *const secrets[] = {"password", "code", "token", "key", "cookie", "phone"};
    for (size_t i = 0; i < countof(secrets); i++) {
        if (str_contains(str_from(name), str_from(secrets[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_plain(unsigned char c)
{
    return c >= 0x20 && c != '"' && c != '\\' && c != 0x7F;
}

static void write_json_string(Buf *line, Str s)
{
    buf_char(line, '"');
    s = utf8_is_valid(s) ? s : STR("[not UTF-8]");
    for (size_t i = 0; i < s.len; i++) {
        size_t start = i;
        while (i < s.len && is_plain((unsigned char)s.data[i])) {
            i++;
        }
        buf_append(line, s.data + start, i - start);
        if (i == s.len) {
            break;
        }
        unsigned char c = (unsigned char)s.data[i];
        if (c == '"' || c == '\\') {
            buf_char(line, '\\');
            buf_char(line, (char)c);
        } else {
            buf_printf(line, "\\u%04x", c);
        }
    }
    buf_char(line, '"');
}

static void write_time(Buf *line)
{
    Instant now = clock_now(NULL);
    CivilTime t = instant_civil((Instant){now.ms});
    buf_printf(line, "{\"at\":\"%04d-%02d-%02dT%02d:%02d:%02d.%03d+08:00\"", t.date.year,
               t.date.month, t.date.day, t.hour, t.minute, t.second, (int)(now.ms % 1000));
}

void log_fields(LogLevel level, const char *event, const LogField *fields, size_t count)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    if ((int)level < atomic_load(&level_wanted)) {
        return;
    }
    char bytes[MAX_LINE_BYTES];
    Buf line = {.data = bytes, .capacity = sizeof(bytes), .max_bytes = sizeof(bytes)};
    write_time(&line);
    buf_cstr(&line, ",\"level\":\"");
    buf_cstr(&line, names[level]);
    buf_cstr(&line, "\",\"event\":");
    write_json_string(&line, str_from(event));
    for (size_t i = 0; i < count; i++) {
        size_t before = line.len;
        buf_char(&line, ',');
        write_json_string(&line, str_from(fields[i].name));
        buf_char(&line, ':');
        if (is_secret(fields[i].name)) {
            buf_cstr(&line, "\"[redacted]\"");
        } else if (fields[i].is_text) {
            write_json_string(&line, str_slice(fields[i].text, 0, 1024));
        } else {
            buf_int(&line, fields[i].number);
        }
        if (line.overflowed || line.len > MAX_LINE_BYTES - 8) {
            line.len = before; /* too long: this field is left out, the line stays whole */
            line.overflowed = false;
        }
    }
    buf_cstr(&line, "}\n");
    ssize_t ignored = write(atomic_load(&log_fd), line.data, line.len);
    (void)ignored; /* a log that cannot be written must not stop a vote */
}
