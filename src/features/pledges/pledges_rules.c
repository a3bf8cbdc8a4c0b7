#include "features/pledges/pledges_rules.h"

/* As error_length(), and nothing at all is told apart from too little. */
static Error *check_words(Arena *arena, const char *field, Str words, int64_t min, int64_t max)
{
    return words.len == 0 && min > 0 ? error_at(arena, ERROR_FIELD_MISSING, field, 0)
                                     : error_length(arena, field, words, min, max);
}

static Error *check_value(Arena *arena, Money value, Money left)
{
    char yuan[32];
    if (value.fen <= 0) {
        return error_at(arena, ERROR_FIELD_MISSING, "value", 0);
    }
    if (value.fen <= left.fen) {
        return NULL;
    }
    Money rest = left.fen > 0 ? left : (Money){0};
    Str amount = str_from_bytes(yuan, money_format_yuan(rest, yuan, sizeof(yuan)));
    return error_with(error_at(arena, ERROR_PLEDGE_TOO_MUCH, "value", 0), 0,
                      arena_str(arena, amount));
}

static Error *check_hours(Arena *arena, int64_t hours)
{
    if (hours <= 0) {
        return error_at(arena, ERROR_FIELD_MISSING, "hours", 0);
    }
    return hours <= PLEDGE_HOURS_MAX
               ? NULL
               : error_at(arena, ERROR_FIELD_TOO_BIG, "hours", PLEDGE_HOURS_MAX);
}

Error *pledge_check(Arena *arena, const PledgeFact *pledge, unsigned allowed, Money left)
{
    bool is_form = pledge->form >= PLEDGE_MONEY && pledge->form <= PLEDGE_HOURS;
    if (!is_form || (allowed & (1u << (unsigned)pledge->form)) == 0) {
        return error_at(arena, ERROR_FIELD_NOT_CHOICE, "form", 0);
    }
    Error *err = pledge->form == PLEDGE_HOURS ? check_hours(arena, pledge->hours)
                                              : check_value(arena, pledge->value, left);
    int64_t least = pledge->form == PLEDGE_MONEY ? 0 : PLEDGE_WORDS_MIN;
    return err ? err : check_words(arena, "words", pledge->words, least, PLEDGE_WORDS_MAX);
}

PledgeFact pledge_clean(const PledgeFact *pledge)
{
    PledgeFact clean = *pledge;
    if (clean.form == PLEDGE_HOURS) {
        clean.value = (Money){0};
    } else {
        clean.hours = 0;
    }
    return clean;
}

bool pledge_may_step(PledgeState from, PledgeState to, bool is_staff, bool is_giver)
{
    bool is_other_staff = is_staff && !is_giver;
    switch (to) {
    case PLEDGE_CONFIRMED:
        return from == PLEDGE_PROMISED && is_other_staff;
    case PLEDGE_RECEIVED:
        return from == PLEDGE_CONFIRMED && is_other_staff;
    case PLEDGE_RELEASED:
        return (from == PLEDGE_PROMISED || from == PLEDGE_CONFIRMED) && (is_staff || is_giver);
    case PLEDGE_PROMISED:
    default:
        return false;
    }
}

Error *pledge_reason_check(Arena *arena, Str reason, bool is_giver)
{
    return check_words(arena, "reason", reason, is_giver ? 0 : PLEDGE_REASON_MIN,
                       PLEDGE_REASON_MAX);
}

Money pledge_public_cost(Money price, Money firm)
{
    return (Money){price.fen > firm.fen ? price.fen - firm.fen : 0};
}
