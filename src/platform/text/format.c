/* Money, dates and times as people write them. */
#include "common_text.h"
#include "platform/text/text.h"

static const char *const zh_weekdays[] = {"", "一", "二", "三", "四", "五", "六", "日"};
static const char *const en_weekdays[] = {"", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
static const char *const en_months[] = {"",    "Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/* What snprintf wrote, cut to the buffer. */
static Str written(const char *out, int len)
{
    require(len >= 0);
    return str_from_bytes(out, len < FORMAT_BYTES ? (size_t)len : FORMAT_BYTES - 1);
}

Str format_money_into(char *out, Lang lang, Money amount)
{
    char yuan[32];
    Money size = {amount.fen < 0 ? -amount.fen : amount.fen};
    money_format_yuan(size, yuan, sizeof yuan);
    const char *sign = amount.fen < 0 ? "-" : "";
    /* U+00A0: amount and unit stay on one line. */
    return written(out, lang == LANG_EN ? snprintf(out, FORMAT_BYTES, "%s¥%s", sign, yuan)
                                        : snprintf(out, FORMAT_BYTES, "%s%s\u00a0元", sign, yuan));
}

static Str format_not_set(char *out, Lang lang)
{
    Buf buf;
    buf_init(&buf, FORMAT_BYTES);
    text_write(&buf, lang, t_common_not_set());
    Str made = buf_view(&buf);
    Str copy = written(out, snprintf(out, FORMAT_BYTES, "%.*s", STR_ARG(made)));
    buf_free(&buf);
    return copy;
}

static bool needs_year(int year, Instant now)
{
    return now.ms == 0 || instant_civil(now).date.year != year;
}

/* The day without checking for "not set". */
static Str format_day(char *out, Lang lang, Date date, Instant now)
{
    CivilDate day = date_civil(date);
    int weekday = date_weekday(date);
    char year[16] = "";
    if (needs_year(day.year, now)) {
        snprintf(year, sizeof year, lang == LANG_EN ? " %d" : "%d年", day.year);
    }
    if (lang == LANG_EN) {
        return written(out, snprintf(out, FORMAT_BYTES, "%s %d %s%s", en_weekdays[weekday], day.day,
                                     en_months[day.month], year));
    }
    return written(out, snprintf(out, FORMAT_BYTES, "%s%d月%d日（周%s）", year, day.month, day.day,
                                 zh_weekdays[weekday]));
}

Str format_date_into(char *out, Lang lang, Date date, Instant now)
{
    return date.days == 0 ? format_not_set(out, lang) : format_day(out, lang, date, now);
}

Str format_time_into(char *out, Lang lang, Instant at, Instant now)
{
    if (at.ms == 0) {
        return format_not_set(out, lang);
    }
    char day[FORMAT_BYTES];
    CivilTime civil = instant_civil(at);
    format_day(day, lang, instant_date(at), now);
    return written(out, snprintf(out, FORMAT_BYTES, "%s%s%d:%02d", day, lang == LANG_EN ? ", " : "",
                                 civil.hour, civil.minute));
}

Str format_money(Arena *arena, Lang lang, Money amount)
{
    char made[FORMAT_BYTES];
    return arena_str(arena, format_money_into(made, lang, amount));
}

Str format_date(Arena *arena, Lang lang, Date date, Instant now)
{
    char made[FORMAT_BYTES];
    return arena_str(arena, format_date_into(made, lang, date, now));
}

Str format_time(Arena *arena, Lang lang, Instant at, Instant now)
{
    char made[FORMAT_BYTES];
    return arena_str(arena, format_time_into(made, lang, at, now));
}
