/* library_rules.h: what an entry of the project library must say; values in, values out. */
#ifndef FEATURES_LIBRARY_LIBRARY_RULES_H
#define FEATURES_LIBRARY_LIBRARY_RULES_H

#include "base/arena.h"
#include "base/error.h"
#include "base/money.h"

/* Limits of what people type, in characters. */
#define LIBRARY_TITLE_MIN    4
#define LIBRARY_TITLE_MAX    40
#define LIBRARY_SCOPE_MIN    10
#define LIBRARY_SCOPE_MAX    500
#define LIBRARY_PROVIDER_MAX 60
#define LIBRARY_UNIT_MAX     10
#define LIBRARY_BASIS_MIN    4
#define LIBRARY_BASIS_MAX    200
#define LIBRARY_REASON_MIN   4
#define LIBRARY_REASON_MAX   200

/* What an entry says; the texts trimmed. */
typedef struct EntryFact {
    Str title;
    int kind;     /* ProposalKind (proposals_rules.h), engineering, service or goods */
    Str scope;    /* what is done, what is not */
    Str provider; /* who has done it, or may; may be empty */
    Money price;  /* of one unit, for orientation; 0: none known */
    Str unit;     /* 场, 处, 套; with a price only */
    Str basis;    /* where the price comes from; with a price only */
} EntryFact;

/* Without space around the texts, and without unit and basis when there is no price. */
EntryFact library_clean(const EntryFact *given);
/* NULL, or an error at title, kind, scope, provider, price, unit (FIELD_MISSING with a price) or
 * basis (a price says where it comes from). */
MUST_USE Error *library_check(Arena *arena, const EntryFact *fact);
/* At reason: 4 to 200 characters. */
MUST_USE Error *library_reason_check(Arena *arena, Str reason);

#endif
