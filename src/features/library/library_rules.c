#include "features/library/library_rules.h"

#include "features/proposals/proposals_rules.h"

EntryFact library_clean(const EntryFact *given)
{
    EntryFact clean = {.title = str_trim(given->title),
                       .kind = given->kind,
                       .scope = str_trim(given->scope),
                       .provider = str_trim(given->provider),
                       .price = given->price};
    if (clean.price.fen != 0) {
        clean.unit = str_trim(given->unit);
        clean.basis = str_trim(given->basis);
    }
    return clean;
}

static Error *check_price(Arena *arena, const EntryFact *fact)
{
    if (fact->price.fen < 0) {
        return error_at(arena, ERROR_FIELD_TOO_SMALL, "price", 0);
    }
    if (fact->price.fen == 0) {
        return NULL;
    }
    Error *err = fact->unit.len == 0 ? error_at(arena, ERROR_FIELD_MISSING, "unit", 0)
                                     : error_length(arena, "unit", fact->unit, 1, LIBRARY_UNIT_MAX);
    return err ? err
               : error_length(arena, "basis", fact->basis, LIBRARY_BASIS_MIN, LIBRARY_BASIS_MAX);
}

Error *library_check(Arena *arena, const EntryFact *fact)
{
    if (fact->kind < PROPOSAL_ENGINEERING || fact->kind >= PROPOSAL_KIND_UNSURE) {
        return error_at(arena, ERROR_FIELD_NOT_CHOICE, "kind", 0);
    }
    Error *err = error_length(arena, "title", fact->title, LIBRARY_TITLE_MIN, LIBRARY_TITLE_MAX);
    if (!err) {
        err = error_length(arena, "scope", fact->scope, LIBRARY_SCOPE_MIN, LIBRARY_SCOPE_MAX);
    }
    if (!err) {
        err = error_length(arena, "provider", fact->provider, 0, LIBRARY_PROVIDER_MAX);
    }
    return err ? err : check_price(arena, fact);
}

Error *library_reason_check(Arena *arena, Str reason)
{
    return error_length(arena, "reason", reason, LIBRARY_REASON_MIN, LIBRARY_REASON_MAX);
}
