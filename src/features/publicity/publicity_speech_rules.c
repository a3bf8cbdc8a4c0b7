/* publicity_speech_rules.c: see the header. */
#include "features/publicity/publicity_speech_rules.h"

#include "base/buf.h"
#include "base/utf8.h"

#define SPEECH_BYTES 4096
#define WAN          10000

static const char *const digits[] = {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

static Str taken(Arena *arena, Buf *buf)
{
    Str made = arena_str(arena, buf_view(buf));
    buf_free(buf);
    return made;
}

/* 1 to 9999. A gap of zeros inside is read as one 零. */
static void add_below_wan(Buf *buf, int n, bool says_ten_alone)
{
    static const char *const units[] = {"千", "百", "十", ""};
    int unit = 1000;
    bool begun = false;
    bool gap = false;
    for (int i = 0; i < 4; i++, unit /= 10) {
        int digit = n / unit % 10;
        if (digit == 0) {
            gap = begun;
            continue;
        }
        if (gap) {
            buf_str(buf, STR("零"));
        }
        if (!(says_ten_alone && !begun && unit == 10 && digit == 1)) {
            buf_str(buf, str_from(digits[digit]));
        }
        buf_str(buf, str_from(units[i]));
        begun = true;
        gap = false;
    }
}

Str speech_number(Arena *arena, int64_t n)
{
    static const char *const groups[] = {"亿", "万", ""};
    const int parts[] = {(int)(n / WAN / WAN % WAN), (int)(n / WAN % WAN), (int)(n % WAN)};
    Buf buf;
    bool begun = false;
    bool gap = false;
    buf_init(&buf, SPEECH_BYTES);
    if (n == 0) {
        buf_str(&buf, STR("零"));
    }
    for (size_t i = 0; i < countof(parts); i++) {
        if (parts[i] == 0) {
            gap = begun;
            continue;
        }
        if (begun && (gap || parts[i] < WAN / 10)) {
            buf_str(&buf, STR("零"));
        }
        add_below_wan(&buf, parts[i], !begun);
        buf_str(&buf, str_from(groups[i]));
        begun = true;
        gap = false;
    }
    return taken(arena, &buf);
}

Str speech_count(Arena *arena, int64_t n)
{
    return n == 2 ? STR("两") : speech_number(arena, n);
}

Str speech_money(Arena *arena, Money amount)
{
    int64_t yuan = amount.fen / 100;
    int jiao = (int)(amount.fen / 10 % 10);
    int fen = (int)(amount.fen % 10);
    Str said = arena_printf(arena, "%.*s元", STR_ARG(speech_number(arena, yuan)));
    if (jiao > 0) {
        said = arena_printf(arena, "%.*s%s角", STR_ARG(said), digits[jiao]);
    }
    if (fen > 0) {
        said = arena_printf(arena, "%.*s%s%s分", STR_ARG(said), jiao > 0 ? "" : "零", digits[fen]);
    }
    return said;
}

static Str month_day(Arena *arena, Date day)
{
    CivilDate civil = date_civil(day);
    return arena_printf(arena, "%.*s月%.*s日", STR_ARG(speech_number(arena, civil.month)),
                        STR_ARG(speech_number(arena, civil.day)));
}

Str speech_day(Arena *arena, Date day)
{
    static const char *const weekdays[] = {"", "一", "二", "三", "四", "五", "六", "日"};
    return arena_printf(arena, "%.*s，星期%s", STR_ARG(month_day(arena, day)),
                        weekdays[date_weekday(day)]);
}

Str speech_time(Arena *arena, Instant at)
{
    CivilTime civil = instant_civil(at);
    const char *part = civil.hour < 12 ? "上午" : civil.hour < 18 ? "下午" : "晚上";
    int hour = civil.hour > 12 ? civil.hour - 12 : civil.hour;
    Str minutes = civil.minute == 0 ? STR("")
                  : civil.minute == 30
                      ? STR("半")
                      : arena_printf(arena, "%.*s分", STR_ARG(speech_number(arena, civil.minute)));
    Str said_hour = speech_count(arena, hour);
    return arena_printf(arena, "%.*s%s%.*s点%.*s", STR_ARG(month_day(arena, instant_date(at))),
                        part, STR_ARG(said_hour), STR_ARG(minutes));
}

/* --- words ------------------------------------------------------------------------------------ */

static bool is_one_of(uint32_t code, const char *marks)
{
    Str all = str_from(marks);
    for (size_t at = 0; at < all.len;) {
        if (utf8_next(all, &at) == code) {
            return true;
        }
    }
    return false;
}

Str speech_words(Arena *arena, Str words)
{
    Buf buf;
    bool comma = false;
    buf_init(&buf, SPEECH_BYTES);
    for (size_t at = 0; at < words.len;) {
        size_t from = at;
        uint32_t code = utf8_next(words, &at);
        if (is_one_of(code, "（(【[〔《〈“”‘’\"「」『』》〉")) {
            comma = comma || is_one_of(code, "（(【[〔");
        } else if (is_one_of(code, "）)】]〕")) {
            comma = true;
        } else {
            if (comma && buf.len > 0 && !is_one_of(code, "，。、；：！？,.;:!?")) {
                buf_str(&buf, STR("，"));
            }
            comma = false;
            buf_str(&buf, str_slice(words, from, at));
        }
    }
    return taken(arena, &buf);
}

Str speech_fitting(const Str *texts, size_t count, size_t most)
{
    for (size_t i = 0; i < count; i++) {
        if (utf8_length(texts[i]) <= most) {
            return texts[i];
        }
    }
    return texts[count - 1];
}
