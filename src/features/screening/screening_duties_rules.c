#include "features/screening/screening_duties_rules.h"

#include "base/utf8.h"

/* Which class a word means; 0: none. */
static MatterClass class_of(Str word)
{
    static const struct {
        const char *word;
        MatterClass matter;
    } words[] = {{"大事", MATTER_PUBLIC},   {"public", MATTER_PUBLIC}, {"小事", MATTER_COMMON},
                 {"common", MATTER_COMMON}, {"私事", MATTER_PRIVATE},  {"private", MATTER_PRIVATE}};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        if (str_eq(word, str_from(words[i].word))) {
            return words[i].matter;
        }
    }
    return (MatterClass)0;
}

/* Every divider as one sign. */
static Str with_bars(Arena *arena, Str text)
{
    static const Str full_width = STR_INIT("｜");
    char *copy = arena_array(arena, char, text.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < text.len; i++) {
        bool is_full = str_starts_with(str_slice(text, i, text.len), full_width);
        copy[n++] = is_full || text.data[i] == '\t' ? '|' : text.data[i];
        i += is_full ? full_width.len - 1 : 0;
    }
    return str_from_bytes(copy, n);
}

/* What stands before the next divider, or all of it; *rest: what stands behind. */
static Str next_part(Str *rest)
{
    Str part;
    Str tail;
    str_cut(*rest, '|', &part, &tail);
    *rest = tail;
    return str_trim(part);
}

static bool duty_is_good(const Duty *duty)
{
    return duty->matter != 0 && duty->words.len > 0 &&
           utf8_length(duty->words) <= DUTY_MATTER_MAX &&
           utf8_length(duty->body) <= DUTY_BODY_MAX &&
           (duty->matter != MATTER_PUBLIC || duty->body.len > 0);
}

Error *duties_parse(Arena *arena, Str text, Duty *out, size_t *out_count)
{
    Str all = with_bars(arena, text);
    *out_count = 0;
    for (int64_t number = 1; all.len > 0; number++) {
        Str rest;
        Str behind;
        str_cut(all, '\n', &rest, &behind);
        all = behind;
        if (str_trim(rest).len == 0) {
            continue;
        }
        Duty duty = {.matter = class_of(next_part(&rest))};
        duty.words = next_part(&rest);
        duty.body = next_part(&rest);
        if (!duty_is_good(&duty)) {
            return error_at(arena, ERROR_DUTY_LINE, "text", number);
        }
        if (*out_count == DUTY_LINES_MAX) {
            return error_at(arena, ERROR_DUTY_LINES, "text", DUTY_LINES_MAX);
        }
        out[(*out_count)++] = duty;
    }
    return *out_count > 0 ? NULL : error_at(arena, ERROR_FIELD_MISSING, "text", 0);
}

Str duties_write(Arena *arena, const Duty *duties, size_t count)
{
    static const char *const names[] = {"", "大事", "小事", "私事"};
    Str all = STR("");
    for (size_t i = 0; i < count; i++) {
        all = arena_printf(arena, "%.*s%s | %.*s | %.*s\n", STR_ARG(all), names[duties[i].matter],
                           STR_ARG(duties[i].words), STR_ARG(duties[i].body));
    }
    return all;
}

bool reclassify_is_open(Ground ground, Instant decided_at, int days, Instant now)
{
    bool is_triaged = ground == GROUND_DEPARTMENT || ground == GROUND_PRIVATE;
    return is_triaged && days > 0 && now.ms < decided_at.ms + days * INT64_C(86400000);
}
