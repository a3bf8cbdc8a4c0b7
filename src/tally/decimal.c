#include "tally/tally.h"

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Splits at the point or comma; false when another character or a second point is there. */
static bool split_number(Str text, Str *whole, Str *fraction)
{
    size_t point = text.len;
    for (size_t i = 0; i < text.len; i++) {
        bool is_point = text.data[i] == '.' || text.data[i] == ',';
        if (!is_digit(text.data[i]) && (!is_point || point < text.len)) {
            return false;
        }
        point = is_point ? i : point;
    }
    *whole = str_slice(text, 0, point);
    *fraction = str_slice(text, point + 1 < text.len ? point + 1 : text.len, text.len);
    return whole->len + fraction->len > 0;
}

static bool add_digits(Str digits, int64_t *value)
{
    for (size_t i = 0; i < digits.len; i++) {
        int digit = digits.data[i] - '0';
        if (*value > (TALLY_MAX - digit) / 10) {
            return false;
        }
        *value = *value * 10 + digit;
    }
    return true;
}

bool tally_decimal_parse(Str text, int64_t *out_value, int *out_decimals)
{
    Str whole;
    Str fraction;
    if (!split_number(text, &whole, &fraction)) {
        return false;
    }
    while (fraction.len > 0 && fraction.data[fraction.len - 1] == '0') {
        fraction.len--;
    }
    int64_t value = 0;
    if (fraction.len > 18 || !add_digits(whole, &value) || !add_digits(fraction, &value)) {
        return false;
    }
    *out_value = value;
    *out_decimals = (int)fraction.len;
    return true;
}

bool tally_decimal_rescale(int64_t value, int from_decimals, int to_decimals, int64_t *out)
{
    for (int i = from_decimals; i < to_decimals && value != 0; i++) {
        if (value > TALLY_MAX / 10) {
            return false;
        }
        value *= 10;
    }
    *out = value;
    return true;
}

Str tally_decimal_text(Arena *arena, __int128 value, int decimals)
{
    char digits[96];
    size_t at = sizeof digits;
    bool negative = value < 0;
    unsigned __int128 rest = negative ? -(unsigned __int128)value : (unsigned __int128)value;
    while (decimals > 0 && rest % 10 == 0) {
        rest /= 10;
        decimals--;
    }
    /* 39 digits, a point, a sign and the leading zeros of the fraction fit. */
    require(decimals <= 36);
    bool has_fraction = decimals > 0;
    do {
        digits[--at] = (char)('0' + (int)(rest % 10));
        rest /= 10;
        if (has_fraction && --decimals == 0) {
            digits[--at] = '.';
        }
    } while (rest > 0 || decimals > 0 || digits[at] == '.');
    if (negative) {
        digits[--at] = '-';
    }
    return arena_str(arena, str_from_bytes(digits + at, sizeof digits - at));
}
