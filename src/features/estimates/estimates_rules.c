#include "features/estimates/estimates_rules.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

/* --- a price and what it rests on -------------------------------------------- */

bool quote_is_begun(const QuoteFact *quote)
{
    return quote->supplier.len > 0 || quote->cost.fen != 0 || quote->on.days != 0 ||
           quote->has_document;
}

/* "file_2" for place 1. */
static const char *quote_field(Arena *arena, const char *name, size_t place)
{
    return arena_printf(arena, "%s_%zu", name, place + 1).data;
}

static Error *check_words(Arena *arena, const char *field, Str words, int64_t min, int64_t max)
{
    return words.len == 0 && min > 0 ? error_at(arena, ERROR_FIELD_MISSING, field, 0)
                                     : error_length(arena, field, words, min, max);
}

static Error *check_quote(Arena *arena, const QuoteFact *quote, size_t place, Date today)
{
    if (quote->supplier.len == 0) {
        return error_at(arena, ERROR_FIELD_MISSING, quote_field(arena, "supplier", place), 0);
    }
    if (utf8_length(quote->supplier) > ESTIMATE_SUPPLIER_MAX) {
        return error_at(arena, ERROR_FIELD_TOO_LONG, quote_field(arena, "supplier", place),
                        ESTIMATE_SUPPLIER_MAX);
    }
    if (quote->cost.fen <= 0) {
        return error_at(arena, ERROR_FIELD_MISSING, quote_field(arena, "quote", place), 0);
    }
    if (quote->on.days == 0) {
        return error_at(arena, ERROR_FIELD_MISSING, quote_field(arena, "date", place), 0);
    }
    if (quote->on.days > today.days) {
        return error_at(arena, ERROR_ESTIMATE_FUTURE, quote_field(arena, "date", place), 0);
    }
    return quote->has_document
               ? NULL
               : error_at(arena, ERROR_FIELD_MISSING, quote_field(arena, "file", place), 0);
}

/* Whole quotes, as many as are wanted. The next empty place is asked for when there are too few. */
static Error *check_quotes(Arena *arena, const EstimateFact *estimate, int wanted, Date today)
{
    int whole = 0;
    size_t empty = ESTIMATE_QUOTES_MAX;
    Money low = {0};
    Money high = {0};
    for (size_t i = 0; i < ESTIMATE_QUOTES_MAX; i++) {
        const QuoteFact *quote = &estimate->quotes[i];
        if (!quote_is_begun(quote)) {
            empty = i < empty ? i : empty;
            continue;
        }
        Error *err = check_quote(arena, quote, i, today);
        if (err) {
            return err;
        }
        low = whole == 0 || quote->cost.fen < low.fen ? quote->cost : low;
        high = quote->cost.fen > high.fen ? quote->cost : high;
        whole++;
    }
    if (whole < wanted && empty < ESTIMATE_QUOTES_MAX) {
        return error_at(arena, ERROR_ESTIMATE_QUOTES, quote_field(arena, "supplier", empty),
                        wanted);
    }
    return whole > 0 && (estimate->cost.fen < low.fen || estimate->cost.fen > high.fen)
               ? error_at(arena, ERROR_ESTIMATE_BETWEEN, "cost", 0)
               : NULL;
}

Error *estimate_check(Arena *arena, const EstimateFact *estimate, int wanted, Date today)
{
    if (estimate->cost.fen <= 0) {
        return error_at(arena, ERROR_FIELD_MISSING, "cost", 0);
    }
    Error *err = check_words(arena, "words", estimate->words,
                             estimate->basis == ESTIMATE_DEPARTMENT ? ESTIMATE_WORDS_MIN : 0,
                             ESTIMATE_WORDS_MAX);
    if (err) {
        return err;
    }
    switch (estimate->basis) {
    case ESTIMATE_QUOTES:
        return check_quotes(arena, estimate, wanted, today);
    case ESTIMATE_LIBRARY:
    case ESTIMATE_DEPARTMENT:
        return check_words(arena, "source", estimate->source, 2, ESTIMATE_SOURCE_MAX);
    default:
        return error_at(arena, ERROR_FIELD_MISSING, "basis", 0);
    }
}

Error *estimate_note_check(Arena *arena, Str note)
{
    return check_words(arena, "note", note, ESTIMATE_NOTE_MIN, ESTIMATE_NOTE_MAX);
}

/* --- what is usual ----------------------------------------------------------- */

static int by_amount(const void *a, const void *b)
{
    int64_t left = ((const Money *)a)->fen;
    int64_t right = ((const Money *)b)->fen;
    return (left > right) - (left < right);
}

/* Sorts. Between two middle ones: the half, in whole fen. */
static Money median_of(Money *values, size_t count)
{
    qsort(values, count, sizeof(values[0]), by_amount);
    int64_t upper = values[count / 2].fen;
    int64_t lower = values[(count - 1) / 2].fen;
    return (Money){lower + (upper - lower) / 2};
}

/* Without overflow up to MONEY_MAX_FEN, as percent is at most 1000 and the factor 4448. */
static int64_t width_of(Money median, Money deviation, int percent)
{
    int64_t by_spread = deviation.fen * 4448 / 1000; /* 3 × 1.4826 */
    int64_t by_percent = median.fen * percent / 100;
    return by_spread > by_percent ? by_spread : by_percent;
}

UsualPrice usual_price(Money *prices, size_t count, int percent)
{
    UsualPrice usual = {.n = percent > 0 ? (int64_t)count : 0};
    if (usual.n < ESTIMATE_USUAL_LEAST) {
        return usual;
    }
    usual.median = median_of(prices, count);
    for (size_t i = 0; i < count; i++) {
        int64_t away = prices[i].fen - usual.median.fen;
        prices[i].fen = away < 0 ? -away : away;
    }
    usual.deviation = median_of(prices, count);
    int64_t width = width_of(usual.median, usual.deviation, percent);
    usual.low.fen = usual.median.fen > width ? usual.median.fen - width : 0;
    usual.high.fen = usual.median.fen + width;
    return usual;
}

bool usual_is_outside(const UsualPrice *usual, Money cost)
{
    return usual->n >= ESTIMATE_USUAL_LEAST &&
           (cost.fen < usual->low.fen || cost.fen > usual->high.fen);
}

unsigned estimate_needs(const UsualPrice *usual, Money second_signature_from, Money cost)
{
    unsigned needs = usual_is_outside(usual, cost) ? ESTIMATE_NEEDS_UNUSUAL : 0;
    bool is_large = second_signature_from.fen > 0 && cost.fen >= second_signature_from.fen;
    return needs | (is_large ? ESTIMATE_NEEDS_LARGE : 0);
}

bool estimate_may_be_decided(EstimateState state, int64_t entered_by, int64_t actor)
{
    return state == ESTIMATE_WAITS && actor != 0 && actor != entered_by;
}

/* --- quotas ------------------------------------------------------------------ */

static Money least_limit(Money a, Money b)
{
    return a.fen > 0 && (b.fen == 0 || a.fen < b.fen) ? a : b;
}

Money quota_most(Money maximum, Money cap, Money budget)
{
    return least_limit(cap, least_limit(maximum, budget));
}

static QuotaLine *line_of(QuotaSum *sum, int64_t kind)
{
    for (size_t i = 0; i < sum->n_lines; i++) {
        if (sum->lines[i].kind == kind) {
            return &sum->lines[i];
        }
    }
    if (sum->n_lines <= QUOTA_KINDS_MAX) {
        sum->lines[sum->n_lines] = (QuotaLine){.kind = kind};
        return &sum->lines[sum->n_lines++];
    }
    return &sum->lines[QUOTA_KINDS_MAX];
}

static void add_use(QuotaSum *sum, const KindUse *use)
{
    QuotaLine *line = line_of(sum, use->kind);
    line->projects += use->projects;
    line->used.fen += use->cost.fen;
    line->below += use->below;
    line->above += use->above;
    sum->projects += use->projects;
    sum->used.fen += use->cost.fen;
    sum->below += use->below;
    sum->above += use->above;
}

/* The caps divide more money than there is, or one is more than all of it. */
static bool is_overdrawn(const QuotaRules *rules, Money *out_capped)
{
    bool is_divided = rules->n_kinds > 0; /* every kind has a cap */
    bool is_too_large = false;
    for (size_t i = 0; i < rules->n_kinds; i++) {
        out_capped->fen += rules->kinds[i].cap.fen;
        is_too_large = is_too_large || rules->kinds[i].cap.fen > rules->budget.fen;
        is_divided = is_divided && rules->kinds[i].cap.fen > 0;
    }
    return is_too_large || (is_divided && out_capped->fen > rules->budget.fen);
}

static bool is_over(const QuotaRules *rules, const QuotaLine *line)
{
    bool is_dear = !rules->is_chosen && line->cap.fen > 0 && line->used.fen > line->cap.fen;
    bool is_many = !rules->is_shortlisted && line->places > 0 && line->projects > line->places;
    return is_dear || is_many;
}

void quota_sum(const QuotaRules *rules, const KindUse *uses, size_t n_uses, QuotaSum *out)
{
    *out = (QuotaSum){0};
    for (size_t i = 0; i < rules->n_kinds; i++) {
        const QuotaKind *kind = &rules->kinds[i];
        out->lines[out->n_lines++] = (QuotaLine){.kind = (int64_t)i + 1,
                                                 .places = kind->places,
                                                 .cap = kind->cap,
                                                 .maximum = kind->maximum};
    }
    for (size_t i = 0; i < n_uses; i++) {
        add_use(out, &uses[i]);
    }
    for (size_t i = 0; i < out->n_lines; i++) {
        out->lines[i].is_over = is_over(rules, &out->lines[i]);
        out->over += out->lines[i].is_over;
    }
    out->is_overdrawn = is_overdrawn(rules, &out->capped);
    bool is_too_much = !rules->is_chosen && out->used.fen > rules->budget.fen;
    out->is_met =
        !out->is_overdrawn && !is_too_much && out->over == 0 && out->below == 0 && out->above == 0;
}
