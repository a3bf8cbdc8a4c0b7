/* delivery_rules.c: see the header. */
#include "features/delivery/delivery_rules.h"

#include "base/utf8.h"

#define BIDDERS_ASKED    2
#define BIDDERS_COMPARED 3

static bool has(const DeliveryFacts *facts, LedgerAccount account)
{
    return ledger_total(&facts->money, account).fen > 0;
}

bool delivery_is_built(int64_t n_milestones, int64_t n_done)
{
    return n_milestones > 0 && n_done == n_milestones;
}

/* The money of a project that is over: what is asked for, under contract, held back, left. */
static DeliveryStep next_of_money(const DeliveryFacts *facts, DeliveryStep end)
{
    if (has(facts, LEDGER_REQUESTED)) {
        return STEP_TRANSFER;
    }
    if (has(facts, LEDGER_CONTRACTED)) {
        return STEP_SETTLE;
    }
    if (has(facts, LEDGER_RETAINED)) {
        return STEP_RELEASE;
    }
    return has(facts, LEDGER_FREE) ? STEP_RETURN : end;
}

static DeliveryStep next_of_work(const DeliveryFacts *facts)
{
    if (facts->n_chosen > 0) {
        return STEP_CONTRACT;
    }
    if (facts->n_called > 0) {
        return STEP_CHOOSE;
    }
    if (facts->n_purchases == 0 && facts->n_milestones == 0) {
        return STEP_CALL;
    }
    if (facts->n_milestones == 0) {
        return STEP_PLAN;
    }
    return facts->n_done < facts->n_milestones ? STEP_MILESTONE : STEP_ACCEPT;
}

DeliveryStep delivery_next(const DeliveryFacts *facts)
{
    if (facts->state == DELIVERY_ACCEPTED) {
        return next_of_money(facts, STEP_DONE);
    }
    if (facts->state == DELIVERY_STOPPED) {
        return next_of_money(facts, STEP_STOPPED);
    }
    if (!facts->is_open) {
        return STEP_WAIT;
    }
    return ledger_granted(&facts->money, 0).fen == 0 ? STEP_GRANT : next_of_work(facts);
}

/* --- buying --------------------------------------------------------------------------------- */

int purchase_bidders_needed(PurchaseMethod method)
{
    switch (method) {
    case PURCHASE_QUOTES:
        return BIDDERS_ASKED;
    case PURCHASE_COMPARE:
    case PURCHASE_TENDER:
        return BIDDERS_COMPARED;
    default:
        return 1;
    }
}

bool purchase_is_over(Money this_year, Money more, Money threshold)
{
    return threshold.fen > 0 && this_year.fen + more.fen > threshold.fen;
}

/* --- what people type ----------------------------------------------------------------------- */

static Error *people_wrong(Arena *arena, int64_t line)
{
    return error_at(arena, ERROR_DELIVERY_PEOPLE, "people", line);
}

/* An ideographic space counts as a space. */
static size_t end_of_name(Str line, size_t *out_after)
{
    static const Str wide = STR_INIT("\xe3\x80\x80");
    for (size_t i = 0; i < line.len; i++) {
        if (line.data[i] == ' ' || line.data[i] == '\t') {
            *out_after = i + 1;
            return i;
        }
        if (str_starts_with(str_slice(line, i, line.len), wide)) {
            *out_after = i + wide.len;
            return i;
        }
    }
    *out_after = line.len;
    return line.len;
}

static bool person_read(Str line, DeliveryPerson *out)
{
    size_t after = 0;
    size_t end = end_of_name(line, &after);
    *out = (DeliveryPerson){str_trim(str_slice(line, 0, end)),
                            str_trim(str_slice(line, after, line.len))};
    return out->name.len > 0 && out->what.len > 0 &&
           utf8_length(out->name) <= DELIVERY_PERSON_MAX &&
           utf8_length(out->what) <= DELIVERY_PERSON_MAX;
}

static size_t line_end(Str text, size_t from)
{
    size_t end = from;
    while (end < text.len && text.data[end] != '\n') {
        end++;
    }
    return end;
}

Error *delivery_people_read(Arena *arena, Str text, DeliveryPerson *out, size_t *out_n)
{
    size_t n = 0;
    int64_t number = 0;
    for (size_t from = 0; from < text.len;) {
        size_t end = line_end(text, from);
        Str line = str_trim(str_slice(text, from, end));
        from = end + 1;
        number++;
        if (line.len == 0) {
            continue;
        }
        if (n == DELIVERY_PEOPLE_MAX) {
            return people_wrong(arena, 0);
        }
        if (!person_read(line, &out[n++])) {
            return people_wrong(arena, number);
        }
    }
    *out_n = n;
    return n < DELIVERY_PEOPLE_MIN ? people_wrong(arena, 0) : NULL;
}

Error *delivery_past_check(Arena *arena, Date on, Date today, const char *field)
{
    bool is_good = on.days > 0 && on.days <= today.days;
    return is_good ? NULL : error_at(arena, ERROR_FIELD_NOT_DATE, field, 0);
}

Error *delivery_words_check(Arena *arena, Str words, int64_t min, int64_t max, const char *field)
{
    Str trimmed = str_trim(words);
    return trimmed.len == 0 && min > 0 ? error_at(arena, ERROR_FIELD_MISSING, field, 0)
                                       : error_length(arena, field, trimmed, min, max);
}
