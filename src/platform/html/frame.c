#include "platform/html/frame.h"

#include <string.h>

#include "base/error.h"

static const struct {
    const char *name;
    const char *path;
} icons[] = {
    {"back", "M15 5l-7 7 7 7"},
    {"next", "M9 5l7 7-7 7"},
    {"tick", "M5 12.5l4.5 4.5L19 7.5"},
    {"cross", "M6 6l12 12M18 6L6 18"},
    {"minus", "M6 12h12"},
    {"plus", "M12 5v14M5 12h14"},
    {"clock", "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M12 7v5l3.5 2"},
    {"warn", "M12 4L2.8 20h18.4zM12 10v4.5M12 17.4v.1"},
    {"dot", "M8.4 12a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0-7.2 0"
            "M10.8 12a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0"},
    {"ring", "M4.5 12a7.5 7.5 0 1 0 15 0a7.5 7.5 0 1 0-15 0"},
    {"phone", "M6 3.5h3.5l1.5 4-2 1.7a12 12 0 0 0 5.8 5.8l1.7-2 4 1.5V18a2.5 2.5 0 0 1-2.7 2.5"
              "C10.3 20 4 13.7 3.5 6.2A2.5 2.5 0 0 1 6 3.5z"},
    {"home", "M4 11l8-7 8 7v9h-5.5v-6h-5v6H4z"},
    {"pen", "M4 20l1-4L16.5 4.5l3 3L8 19z"},
    {"table", "M7.2 12a4.8 4.8 0 1 0 9.6 0a4.8 4.8 0 1 0-9.6 0M9.2 3.5a9 9 0 0 1 5.6 0"
              "M20.5 9.2a9 9 0 0 1 0 5.6M14.8 20.5a9 9 0 0 1-5.6 0M3.5 14.8a9 9 0 0 1 0-5.6"},
    {"ballot", "M4 11.5h16V20H4zM8 11.5V4h8v7.5M10 7.5L11.5 9 14.5 6"},
    {"person", "M8 8a4 4 0 1 0 8 0a4 4 0 1 0-8 0M4.5 20.5c.8-4 3.8-6 7.5-6s6.7 2 7.5 6"},
    {"download", "M12 4v11M7 11l5 5 5-5M5 20h14"},
    {"upload", "M12 16V4M7 9l5-5 5 5M5 20h14"},
    {"print", "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z"},
    {"lock", "M5 10.5h14v10H5zM8 10.5V8a4 4 0 0 1 8 0v2.5"},
    {"search", "M4.5 11a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0M16 16l4.5 4.5"},
};

const char *icon_path(const char *name)
{
    for (size_t i = 0; i < countof(icons); i++) {
        if (icons[i].name[0] == name[0] && strcmp(icons[i].name, name) == 0) {
            return icons[i].path;
        }
    }
    panic("no icon is called %s", name);
}

static const struct {
    const char *class_name;
    const char *icon;
} chips[] = {
    [CHIP_NOW] = {"go", "dot"},     [CHIP_GO] = {"go", "tick"},     [CHIP_DUE] = {"due", "clock"},
    [CHIP_LATE] = {"late", "warn"}, [CHIP_DEEP] = {"deep", "warn"}, [CHIP_INFO] = {"info", "next"},
    [CHIP_OPEN] = {"line", "ring"}, [CHIP_NOT] = {"line", "minus"},
};

const char *chip_class(ChipKind kind)
{
    return chips[kind].class_name;
}

const char *chip_icon(ChipKind kind)
{
    return chips[kind].icon;
}

const char *note_class(NoteKind kind)
{
    static const char *const names[] = {"go", "due", "late", "info"};
    return names[kind];
}

const char *way_class(WayState state)
{
    static const char *const names[] = {"done", "here", "future", "waived"};
    return names[state];
}

size_t way_here(const Way *way)
{
    for (size_t i = 0; i < way->count; i++) {
        if (way->stages[i].state == WAY_HERE) {
            return i + 1;
        }
    }
    return 0;
}

/* The stage the short form is built around: the current one; before the start the first, after the
 * end the last. */
static size_t way_centre(const Way *way)
{
    size_t here = way_here(way);
    if (here > 0) {
        return here - 1;
    }
    return way->count > 0 && way->stages[0].state == WAY_FUTURE ? 0 : way->count - 1;
}

bool way_shows(const Way *way, size_t i)
{
    if (!way->is_short || way->count <= 3) {
        return true;
    }
    size_t centre = way_centre(way);
    return i + 1 >= centre && i <= centre + 1;
}

static const char *const months_en[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

static Str one_day(Arena *arena, Lang lang, CivilDate day)
{
    if (lang == LANG_EN) {
        return arena_printf(arena, "%d %s", day.day, months_en[day.month - 1]);
    }
    return arena_printf(arena, "%d月%d日", day.month, day.day);
}

Str way_when(Arena *arena, Lang lang, Date from, Date to)
{
    if (from.days == 0 && to.days == 0) {
        return STR("");
    }
    if (from.days == 0 || to.days == 0 || from.days == to.days) {
        return one_day(arena, lang, date_civil(from.days == 0 ? to : from));
    }
    CivilDate a = date_civil(from);
    CivilDate b = date_civil(to);
    bool same_month = a.year == b.year && a.month == b.month;
    if (same_month && lang == LANG_EN) {
        return arena_printf(arena, "%d–%d %s", a.day, b.day, months_en[a.month - 1]);
    }
    Str first = one_day(arena, lang, a);
    Str last = same_month ? arena_printf(arena, "%d日", b.day) : one_day(arena, lang, b);
    return arena_printf(arena, "%.*s%s%.*s", STR_ARG(first), lang == LANG_EN ? " – " : "—",
                        STR_ARG(last));
}

static Str percent(Arena *arena, int permille)
{
    return arena_printf(arena, "%d.%d%%", permille / 10, permille % 10);
}

Str bar_start(Arena *arena, const Bar *bar, size_t i)
{
    int sum = 0;
    for (size_t k = 0; k < i; k++) {
        sum += bar->parts[k].permille;
    }
    return percent(arena, sum);
}

Str bar_width(Arena *arena, const Bar *bar, size_t i)
{
    return percent(arena, bar->parts[i].permille);
}

const char *bar_class(size_t i)
{
    static const char *const names[] = {"f-brand", "f-info", "f-wood", "f-edge"};
    require(i < countof(names));
    return names[i];
}

const char *gate_class(GateSign sign)
{
    static const char *const names[] = {"met", "wait", "unmet", "wait"};
    return names[sign];
}

const char *gate_icon(GateSign sign)
{
    static const char *const names[] = {"tick", "clock", "cross", "dot"};
    return names[sign];
}
