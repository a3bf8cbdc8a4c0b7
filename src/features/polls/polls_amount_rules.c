#include "features/polls/polls_amount_rules.h"

#include <gmp.h>

static bool read_digits(Arena *scratch, Str text, mpz_t n)
{
    bool ok = text.len > 0;
    for (size_t i = 0; i < text.len; i++) {
        ok = ok && text.data[i] >= '0' && text.data[i] <= '9';
    }
    return ok && mpz_set_str(n, arena_cstr(scratch, text), 10) == 0;
}

static bool read_decimal(Arena *scratch, Str whole, Str decimals, mpq_t out)
{
    mpz_t above;
    mpz_init(above);
    bool ok = read_digits(scratch, whole, above) && read_digits(scratch, decimals, mpq_numref(out));
    mpz_ui_pow_ui(mpq_denref(out), 10, decimals.len);
    mpz_addmul(mpq_numref(out), above, mpq_denref(out));
    mpz_clear(above);
    return ok;
}

/* The amount in fen as a fraction. */
static bool read_fen(Arena *scratch, Str exact, mpq_t out)
{
    ArenaMark mark = arena_mark(scratch);
    Str first;
    Str second;
    bool ok;
    if (str_cut(exact, '/', &first, &second)) {
        ok = read_digits(scratch, first, mpq_numref(out)) &&
             read_digits(scratch, second, mpq_denref(out)) && mpz_sgn(mpq_denref(out)) > 0;
    } else if (str_cut(exact, '.', &first, &second)) {
        ok = read_decimal(scratch, first, second, out);
    } else {
        ok = read_digits(scratch, exact, mpq_numref(out));
        mpz_set_ui(mpq_denref(out), 1);
    }
    if (ok) {
        mpz_mul_ui(mpq_numref(out), mpq_numref(out), 100);
        mpq_canonicalize(out);
    }
    arena_rewind(scratch, mark);
    return ok;
}

bool poll_amount_read(Arena *scratch, Str exact, PollAmount *out)
{
    mpq_t fen;
    mpz_t whole;
    mpz_t rest;
    mpq_init(fen);
    mpz_inits(whole, rest, NULL);
    bool ok = read_fen(scratch, exact, fen);
    if (ok) {
        mpz_tdiv_qr(whole, rest, mpq_numref(fen), mpq_denref(fen));
        ok = mpz_cmp_si(whole, MONEY_MAX_FEN) < 0;
    }
    if (ok) {
        out->below.fen = mpz_get_si(whole);
        out->is_exact = mpz_sgn(rest) == 0;
        mpz_mul_ui(rest, rest, 2);
        bool is_up = mpz_cmp(rest, mpq_denref(fen)) >= 0;
        out->nearest.fen = out->below.fen + (is_up ? 1 : 0);
    }
    mpz_clears(whole, rest, NULL);
    mpq_clear(fen);
    return ok;
}

bool poll_is_even(Arena *scratch, Str price, int64_t payers, Money cost)
{
    mpq_t fen;
    mpq_init(fen);
    bool ok = payers >= 0 && read_fen(scratch, price, fen);
    if (ok) {
        mpz_mul_si(mpq_numref(fen), mpq_numref(fen), payers);
        mpq_canonicalize(fen);
        ok = mpz_cmp_ui(mpq_denref(fen), 1) == 0 && mpz_cmp_si(mpq_numref(fen), cost.fen) == 0;
    }
    mpq_clear(fen);
    return ok;
}
