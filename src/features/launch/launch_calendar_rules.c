/* launch_calendar_rules.c: days as an .ics file. */
#include "base/buf.h"
#include "features/launch/launch_rules.h"

#define LINE_OCTETS     75
#define CALENDAR_OCTETS (1u << 20)

static bool begins_character(char c)
{
    return ((unsigned char)c & 0xC0u) != 0x80u;
}

/* One content line; what is longer goes on after a line break and a blank, never inside a
 * character. */
static void write_line(Buf *out, Str line)
{
    size_t used = 0;
    for (size_t i = 0; i < line.len;) {
        size_t end = i + 1;
        while (end < line.len && !begins_character(line.data[end])) {
            end++;
        }
        if (used + (end - i) > LINE_OCTETS) {
            buf_cstr(out, "\r\n ");
            used = 1;
        }
        buf_append(out, line.data + i, end - i);
        used += end - i;
        i = end;
    }
    buf_cstr(out, "\r\n");
}

/* "SUMMARY:" and the words, with what means something in the format taken literally. */
static void write_words(Arena *arena, Buf *out, const char *name, Str words)
{
    char *text = arena_array(arena, char, 2 * words.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < words.len; i++) {
        char c = words.data[i];
        if (c == '\\' || c == ';' || c == ',' || c == '\n') {
            text[n++] = '\\';
        }
        text[n++] = c == '\n' ? 'n' : c;
    }
    write_line(out, arena_printf(arena, "%s:%.*s", name, (int)n, text));
}

static void write_day(Arena *arena, Buf *out, const char *name, Date day)
{
    CivilDate civil = date_civil(day);
    write_line(out, arena_printf(arena, "%s;VALUE=DATE:%04d%02d%02d", name, civil.year, civil.month,
                                 civil.day));
}

/* UTC, eight hours before the time that China reads. */
static Str stamp_of(Arena *arena, Instant at)
{
    CivilTime utc = instant_civil((Instant){at.ms - INT64_C(8) * 3600 * 1000});
    return arena_printf(arena, "DTSTAMP:%04d%02d%02dT%02d%02d%02dZ", utc.date.year, utc.date.month,
                        utc.date.day, utc.hour, utc.minute, utc.second);
}

static void write_event(Arena *arena, Buf *out, const CalendarEvent *event, Str stamp)
{
    write_line(out, STR("BEGIN:VEVENT"));
    write_line(out, arena_printf(arena, "UID:%.*s", STR_ARG(event->uid)));
    write_line(out, stamp);
    write_day(arena, out, "DTSTART", event->first);
    write_day(arena, out, "DTEND", (Date){event->last.days + 1}); /* the first day after it */
    write_words(arena, out, "SUMMARY", event->summary);
    if (event->place.len > 0) {
        write_words(arena, out, "LOCATION", event->place);
    }
    write_line(out, STR("END:VEVENT"));
}

Str calendar_text(Arena *arena, Str name, const CalendarEvent *events, size_t count,
                  Instant made_at)
{
    Buf out;
    buf_init(&out, CALENDAR_OCTETS);
    write_line(&out, STR("BEGIN:VCALENDAR"));
    write_line(&out, STR("VERSION:2.0"));
    write_line(&out, STR("PRODID:-//yuanzhuo//round//ZH"));
    write_words(arena, &out, "X-WR-CALNAME", name);
    for (size_t i = 0; i < count; i++) {
        write_event(arena, &out, &events[i], stamp_of(arena, made_at));
    }
    write_line(&out, STR("END:VCALENDAR"));
    Str text = arena_str(arena, buf_view(&out));
    buf_free(&out);
    return text;
}
