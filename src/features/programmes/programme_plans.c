/* programme_plans.c: a programme is drafted from a template, published, and revised. */
#include "base/utf8.h"
#include "features/programmes/programmes.h"
#include "features/programmes/programmes_template.h"
#include "platform/journal/journal.h"
#include "programmes_sql.h"

#define REASON_MIN 10
#define REASON_MAX 200

Error *programmes_draft(Tx *tx, const void *input, Instant now, void *output)
{
    const DraftProgramme *draft = input;
    ProgrammeDrafted *out = output;
    Arena *arena = tx_arena(tx);
    RoundTemplate *template = arena_new(arena, RoundTemplate);
    bool found = false;
    Error *err = template_find(arena, draft->template_name, template, &found);
    if (!err && !found) {
        err = error_at(arena, ERROR_FIELD_NOT_CHOICE, "template", 0);
    }
    if (err) {
        return err;
    }
    template->rules.title = draft->title;
    template->rules.title_en = STR("");
    out->id = tx_new_id(tx);
    return sql_programme_insert(tx, draft->area, out->id, draft->title, draft->template_name,
                                template->rules.summary, rules_write(arena, &template->rules),
                                draft->actor, now, NULL);
}

/* The programme as it may be changed by somebody who saw this version. */
static Error *load_draft(Tx *tx, int64_t area, int64_t id, int64_t version, ProgrammeGetRow *out)
{
    Error *err = sql_programme_get(tx_snapshot(tx), area, id, out);
    if (!err && out->version != version) {
        err = error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "the draft changed");
    }
    return err;
}

Error *programmes_save_draft(Tx *tx, const void *input, Instant now, void *unused)
{
    const SaveDraft *save = input;
    Arena *arena = tx_arena(tx);
    ProgrammeGetRow row;
    RoundRules *rules = arena_new(arena, RoundRules);
    Error *err = load_draft(tx, save->area, save->id, save->version, &row);
    if (!err && row.draft.len == 0) {
        err = error_make(arena, ERROR_STAGE_NOT_OPEN, "the programme is not being edited");
    }
    if (!err) {
        err = rules_read(arena, STR("draft"), save->rules, rules);
    }
    return err ? err
               : sql_programme_save_draft(tx, save->area, save->id, save->version, save->rules,
                                          rules->title, rules->summary);
}

static Error *check_reason(Arena *arena, Str reason, bool is_needed)
{
    return error_length(arena, "reason", reason, is_needed ? REASON_MIN : 0, REASON_MAX);
}

Error *programmes_publish(Tx *tx, const void *input, Instant now, void *output)
{
    const PublishProgramme *publish = input;
    ProgrammePublished *out = output;
    Arena *arena = tx_arena(tx);
    ProgrammeGetRow row;
    RoundRules *rules = arena_new(arena, RoundRules);
    Error *err = load_draft(tx, publish->area, publish->id, publish->version, &row);
    if (!err && row.draft.len == 0) {
        err = error_make(arena, ERROR_STAGE_NOT_OPEN, "there is no draft to publish");
    }
    if (!err) {
        err = check_reason(arena, publish->reason, row.edition > 0);
    }
    if (!err) {
        err = rules_read(arena, STR("draft"), row.draft, rules);
    }
    if (!err && !rules_ballots_are_taken(rules)) {
        err = error_make(arena, ERROR_PROGRAMME_BALLOT, "no poll could be held by it");
    }
    if (err) {
        return err;
    }
    out->edition = (int)row.edition + 1;
    err = sql_programme_publish(tx, publish->area, publish->id, publish->version, rules->title,
                                rules->summary, now);
    if (!err) {
        err = sql_programme_edition_insert(tx, publish->area, publish->id, out->edition,
                                           rules_write(arena, rules), publish->reason, now,
                                           publish->actor, NULL);
    }
    Str reason = arena_printf(arena, "%.*s，第 %d 版%s%.*s", STR_ARG(rules->title), out->edition,
                              publish->reason.len > 0 ? "：" : "", STR_ARG(publish->reason));
    return err ? err
               : journal_write(tx, publish->area, publish->actor, "programme.publish", "programme",
                               publish->id, reason, STR(""));
}

Error *programmes_revise(Tx *tx, const void *input, Instant now, void *unused)
{
    const ReviseProgramme *revise = input;
    ProgrammeGetRow row;
    ProgrammeSeenRow seen;
    Error *err = load_draft(tx, revise->area, revise->id, revise->version, &row);
    if (!err) {
        err = sql_programme_seen(tx_snapshot(tx), revise->area, revise->id, &seen);
    }
    if (!err && (row.edition == 0 || row.draft.len > 0)) {
        err = error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "it is being edited already");
    }
    return err ? err
               : sql_programme_save_draft(tx, revise->area, revise->id, revise->version, seen.rules,
                                          row.title, row.summary);
}
