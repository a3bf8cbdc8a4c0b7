/* exact.c: exact numbers of a result as texts, and back. */
#include <stdlib.h>

#include "tally/rules.h"
#include "tally/tally_explain.h"

void rules_scale(mpq_t value, int decimals)
{
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)abs(decimals));
    if (decimals > 0) {
        mpz_mul(mpq_denref(value), mpq_denref(value), power);
    } else {
        mpz_mul(mpq_numref(value), mpq_numref(value), power);
    }
    mpq_canonicalize(value);
    mpz_clear(power);
}

/* The fewest decimals that write 1/denominator exactly, or -1 when there are none. */
static int decimals_of(const mpz_t denominator)
{
    mpz_t rest;
    mpz_t factor;
    mpz_inits(rest, factor, NULL);
    mpz_set_ui(factor, 2);
    int twos = (int)mpz_remove(rest, denominator, factor);
    mpz_set_ui(factor, 5);
    int fives = (int)mpz_remove(rest, rest, factor);
    int decimals = mpz_cmp_ui(rest, 1) == 0 ? (twos > fives ? twos : fives) : -1;
    mpz_clears(rest, factor, NULL);
    return decimals;
}

/* Digits with a point before the last `decimals` of them; value >= 0. */
static Str decimal_text(Arena *arena, const mpq_t value, int decimals)
{
    mpz_t digits;
    mpz_init(digits);
    mpz_ui_pow_ui(digits, 10, (unsigned long)decimals);
    mpz_mul(digits, digits, mpq_numref(value));
    mpz_divexact(digits, digits, mpq_denref(value));
    char *text = mpz_get_str(NULL, 10, digits);
    Str all = str_from(text);
    int zeros = (int)all.len <= decimals ? decimals + 1 - (int)all.len : 0;
    Str padded = arena_printf(arena, "%.*s%.*s", zeros, "000000000000000000000000000000000000000",
                              STR_ARG(all));
    size_t whole = padded.len - (size_t)decimals;
    Str out = arena_printf(arena, "%.*s%s%.*s", STR_ARG(str_slice(padded, 0, whole)),
                           decimals > 0 ? "." : "", STR_ARG(str_slice(padded, whole, padded.len)));
    free(text);
    mpz_clear(digits);
    return out;
}

Str rules_text(Arena *arena, const mpq_t value, int decimals)
{
    mpq_t scaled;
    mpq_init(scaled);
    mpq_set(scaled, value);
    rules_scale(scaled, decimals);
    int exact = decimals_of(mpq_denref(scaled));
    Str out;
    if (exact >= 0 && exact <= 36) {
        out = decimal_text(arena, scaled, exact);
    } else {
        char *text = mpq_get_str(NULL, 10, scaled);
        out = arena_str(arena, str_from(text));
        free(text);
    }
    mpq_clear(scaled);
    return out;
}

bool rules_number(Arena *arena, Str text, int decimals, mpq_t out)
{
    Str whole = text;
    Str fraction = STR("");
    bool is_decimal = str_cut(text, '.', &whole, &fraction);
    Str digits = arena_printf(arena, "%.*s%.*s", STR_ARG(whole), STR_ARG(fraction));
    bool plain = digits.len > 0;
    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.data[i];
        plain = plain && ((c >= '0' && c <= '9') || (c == '/' && !is_decimal));
    }
    if (!plain || mpq_set_str(out, digits.data, 10) != 0 || mpz_sgn(mpq_denref(out)) == 0) {
        return false;
    }
    mpq_canonicalize(out);
    rules_scale(out, (is_decimal ? (int)fraction.len : 0) - decimals);
    return true;
}

/* To a whole number, halves up; value >= 0. */
static void round_off(mpq_t value)
{
    mpz_mul_2exp(mpq_numref(value), mpq_numref(value), 1);
    mpz_add(mpq_numref(value), mpq_numref(value), mpq_denref(value));
    mpz_mul_2exp(mpq_denref(value), mpq_denref(value), 1);
    mpz_fdiv_q(mpq_numref(value), mpq_numref(value), mpq_denref(value));
    mpz_set_ui(mpq_denref(value), 1);
}

Str tally_rounded_text(Arena *arena, Str exact, int decimals, bool *out_is_exact)
{
    Str out = exact;
    mpq_t value;
    mpq_init(value);
    *out_is_exact = true;
    if (rules_number(arena, exact, decimals, value)) {
        *out_is_exact = mpz_cmp_ui(mpq_denref(value), 1) == 0;
        round_off(value);
        out = rules_text(arena, value, decimals);
    }
    mpq_clear(value);
    return out;
}
