#include "features/documents/documents_rules.h"

Error *document_check(Arena *arena, Str title, Str number, Str issuer)
{
    Error *err = error_length(arena, "title", title, DOCUMENT_TITLE_MIN, DOCUMENT_TITLE_MAX);
    if (!err) {
        err = error_length(arena, "number", number, 0, DOCUMENT_NUMBER_MAX);
    }
    return err ? err : error_length(arena, "issuer", issuer, 0, DOCUMENT_ISSUER_MAX);
}

static Error *check_change(Arena *arena, const DocumentVersionFact *fact, Date before)
{
    if (fact->from_on.days <= before.days) {
        return error_at(arena, ERROR_DOCUMENT_DAY, "from_on", 0);
    }
    return error_length(arena, "change", fact->change, DOCUMENT_CHANGE_MIN, DOCUMENT_CHANGE_MAX);
}

Error *document_version_check(Arena *arena, const DocumentVersionFact *fact, int64_t no,
                              Date before)
{
    if (fact->words.len == 0 && !fact->has_file) {
        return error_at(arena, ERROR_FIELD_MISSING, "words", 0);
    }
    Error *err = error_length(arena, "words", fact->words, 0, DOCUMENT_WORDS_MAX);
    return err || no == 1 ? err : check_change(arena, fact, before);
}

Error *document_reason_check(Arena *arena, Str reason)
{
    return error_length(arena, "reason", reason, DOCUMENT_REASON_MIN, DOCUMENT_REASON_MAX);
}

DocumentState document_state(Date first_on, Date ended_on, Date today)
{
    if (ended_on.days != 0 && ended_on.days <= today.days) {
        return DOCUMENT_ENDED;
    }
    return first_on.days <= today.days ? DOCUMENT_HOLDS : DOCUMENT_AHEAD;
}
