#include "features/filing/filing_rules.h"

FilingState filing_after(FilingState from, FilingAct act)
{
    switch (act) {
    case FILING_FILE:
        return from == FILING_NOT_YET ? FILING_FILED : FILING_NOT_YET;
    case FILING_RECEIVE:
    case FILING_LAPSE:
        return from == FILING_FILED ? FILING_RECEIVED : FILING_NOT_YET;
    case FILING_RETURN:
        return from == FILING_FILED ? FILING_RETURNED : FILING_NOT_YET;
    case FILING_RESEND:
        return from == FILING_RETURNED ? FILING_FILED : FILING_NOT_YET;
    case FILING_WITHDRAW:
        return from == FILING_RETURNED ? FILING_WITHDRAWN : FILING_NOT_YET;
    default:
        return FILING_NOT_YET;
    }
}

FilingReturn filing_return_clean(const FilingReturn *given)
{
    FilingReturn clean = {.ground = given->ground, .words = str_trim(given->words)};
    if (clean.ground == FILING_CLAUSE) {
        clean.clause = given->clause;
    } else if (clean.ground == FILING_DUPLICATE) {
        clean.other = str_trim(given->other);
    } else if (clean.ground == FILING_AMOUNT) {
        clean.over = given->over;
    }
    return clean;
}

static Error *check_over(Arena *arena, Money over, Money cost)
{
    if (over.fen <= 0) {
        return error_at(arena, ERROR_FIELD_MISSING, "over", 0);
    }
    return over.fen <= cost.fen ? NULL : error_at(arena, ERROR_FILING_OVER_COST, "over", 0);
}

static Error *check_ground(Arena *arena, const FilingReturn *given, size_t n_clauses, Money cost)
{
    switch (given->ground) {
    case FILING_CLAUSE:
        if (given->clause == 0) {
            return error_at(arena, ERROR_FIELD_MISSING, "clause", 0);
        }
        return given->clause >= 1 && given->clause <= (int64_t)n_clauses
                   ? NULL
                   : error_at(arena, ERROR_FILING_CLAUSE, "clause", (int64_t)n_clauses);
    case FILING_DUPLICATE:
        return given->other.len == 0
                   ? error_at(arena, ERROR_FIELD_MISSING, "other", 0)
                   : error_length(arena, "other", given->other, FILING_OTHER_MIN, FILING_OTHER_MAX);
    case FILING_AMOUNT:
        return check_over(arena, given->over, cost);
    default:
        return error_at(arena, ERROR_FIELD_NOT_CHOICE, "ground", 0);
    }
}

Error *filing_return_check(Arena *arena, const FilingReturn *given, const FilingLimits *limits)
{
    Error *err = check_ground(arena, given, limits->n_clauses, limits->cost);
    if (!err && limits->is_again) {
        err = error_at(arena, ERROR_FILING_GROUND_AGAIN, "ground", 0);
    }
    return err ? err : filing_words_check(arena, given->words);
}

Error *filing_words_check(Arena *arena, Str words)
{
    return error_length(arena, "words", words, FILING_WORDS_MIN, FILING_WORDS_MAX);
}
