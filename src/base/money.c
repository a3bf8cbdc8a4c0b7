#include "base/money.h"

#include <inttypes.h>
#include <stdio.h>

bool money_add(Money a, Money b, Money *out)
{
    int64_t sum;
    if (__builtin_add_overflow(a.fen, b.fen, &sum) || sum > MONEY_MAX_FEN || sum < -MONEY_MAX_FEN) {
        return false;
    }
    out->fen = sum;
    return true;
}

/* Digits before the point, thousands separators allowed. */
static bool read_whole(Str *s, int64_t *out)
{
    size_t n = 0;
    size_t digits = 0;
    int64_t value = 0;
    for (; n < s->len; n++) {
        char c = s->data[n];
        if (c == ',' && digits > 0) {
            continue;
        }
        if (c < '0' || c > '9') {
            break;
        }
        if (value > MONEY_MAX_FEN / 10) {
            return false;
        }
        value = value * 10 + (c - '0');
        digits++;
    }
    *s = str_slice(*s, n, s->len);
    *out = value;
    return digits > 0;
}

/* Digits after the point as a fraction of 10^places; false for none or too many. */
static bool read_fraction(Str *s, int places, int64_t *out)
{
    int64_t value = 0;
    int used = 0;
    while (s->len > 0 && s->data[0] >= '0' && s->data[0] <= '9') {
        if (used == places) {
            return false;
        }
        value = value * 10 + (s->data[0] - '0');
        used++;
        *s = str_slice(*s, 1, s->len);
    }
    if (used == 0) {
        return false;
    }
    for (; used < places; used++) {
        value *= 10;
    }
    *out = value;
    return true;
}

/* "万" multiplies by ten thousand; a trailing "元" says nothing new. */
static int64_t read_unit(Str *s)
{
    bool is_wan = str_starts_with(*s, STR("万"));
    *s = is_wan ? str_slice(*s, 3, s->len) : *s;
    if (str_starts_with(*s, STR("元"))) {
        *s = str_slice(*s, 3, s->len);
    }
    return is_wan ? 10000 : 1;
}

bool money_parse_yuan(Str s, Money *out)
{
    s = str_trim(s);
    if (str_starts_with(s, STR("¥")) || str_starts_with(s, STR("￥"))) {
        s = str_slice(s, str_starts_with(s, STR("¥")) ? 2 : 3, s.len);
    }
    int64_t whole;
    int64_t millionths =
        0; /* 0.000001 of the unit: 万 may have six decimals and still be whole fen */
    if (!read_whole(&s, &whole)) {
        return false;
    }
    if (s.len > 0 && s.data[0] == '.') {
        s = str_slice(s, 1, s.len);
        if (!read_fraction(&s, 6, &millionths)) {
            return false;
        }
    }
    int64_t unit = read_unit(&s);
    int64_t fraction_fen = millionths * unit; /* in 0.000001 yuan; 10000 of them are one fen */
    int64_t fen;
    if (s.len != 0 || fraction_fen % 10000 != 0 ||
        __builtin_mul_overflow(whole, unit * 100, &fen) ||
        __builtin_add_overflow(fen, fraction_fen / 10000, &fen) || fen > MONEY_MAX_FEN) {
        return false;
    }
    out->fen = fen;
    return true;
}

/* Writes value with thousands separators at the end of the 28-byte space; returns where it starts.
 */
static size_t group_digits(uint64_t value, char digits[28])
{
    size_t at = 28;
    int written = 0;
    do {
        if (written > 0 && written % 3 == 0) {
            digits[--at] = ',';
        }
        digits[--at] = (char)('0' + value % 10);
        value /= 10;
        written++;
    } while (value > 0);
    return at;
}

size_t money_format_yuan(Money amount, char *out, size_t size)
{
    char digits[28];
    uint64_t fen = amount.fen < 0 ? -(uint64_t)amount.fen : (uint64_t)amount.fen;
    size_t at = group_digits(fen / 100, digits);
    const char *sign = amount.fen < 0 ? "-" : "";
    int whole_length = (int)(sizeof(digits) - at);
    int length = fen % 100 == 0 ? snprintf(out, size, "%s%.*s", sign, whole_length, digits + at)
                                : snprintf(out, size, "%s%.*s.%02d", sign, whole_length,
                                           digits + at, (int)(fen % 100));
    return (size_t)length;
}
