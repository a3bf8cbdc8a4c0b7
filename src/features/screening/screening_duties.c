/* screening_duties.c: responsibility lists, citing a line of one, asking for another class. */
#include "features/screening/screening_pages.h"
#include "platform/journal/journal.h"

#define VERSION_LAST 1

/* --- the list -------------------------------------------------------------------------------- */

Error *duties_in_force(Snapshot *snapshot, int64_t area, Date on, DutyList *out)
{
    DutyInForceRow row;
    bool found = false;
    *out = (DutyList){0};
    Error *err = sql_duty_in_force(snapshot, area, on, &row, &found);
    if (err || !found) {
        return err;
    }
    *out = (DutyList){.area = row.area_id,
                      .area_name = row.area_name,
                      .id = row.id,
                      .no = row.no,
                      .holds_from = row.holds_from_on,
                      .note = row.note};
    return sql_duty_lines(snapshot, row.area_id, row.id, &out->lines);
}

static Error *insert_lines(Tx *tx, int64_t area, int64_t list, const Duty *duties, size_t count)
{
    Error *err = NULL;
    for (size_t i = 0; !err && i < count; i++) {
        err = sql_duty_line_insert(tx, area, list, (int64_t)i + 1, duties[i].matter,
                                   duties[i].words, duties[i].body, NULL);
    }
    return err;
}

Error *duties_publish(Tx *tx, const void *input, Instant now, void *output)
{
    const DutiesPublish *new = input;
    DutiesPublished *out = output;
    Arena *arena = tx_arena(tx);
    Duty *duties = arena_array(arena, Duty, DUTY_LINES_MAX);
    size_t count = 0;
    DutyVersionsRows last;
    Error *err = duties_parse(arena, new->text, duties, &count);
    if (!err && new->holds_from.days < instant_date(now).days) {
        err = error_at(arena, ERROR_DUTY_DAY, "holds_from", 0);
    }
    if (!err) {
        err = error_length(arena, "note", new->note, 0, DUTY_NOTE_MAX);
    }
    if (!err) {
        err = sql_duty_versions(tx_snapshot(tx), new->area, VERSION_LAST, &last);
    }
    if (err) {
        return err;
    }
    int64_t id = tx_new_id(tx);
    out->no = last.count > 0 ? last.rows[0].no + 1 : 1;
    err = sql_duty_list_insert(tx, new->area, id, out->no, new->holds_from, new->note,
                               (int64_t)count, now, new->actor, NULL);
    if (!err) {
        err = insert_lines(tx, new->area, id, duties, count);
    }
    return err ? err
               : journal_write(tx, new->area, new->actor, "duties.publish", "duty_list", id,
                               new->note, STR(""));
}

/* --- citing ---------------------------------------------------------------------------------- */

Str duty_word(Arena *arena, int64_t list, int64_t line)
{
    return arena_printf(arena, "%s-%d", id_text(list).text, (int)line);
}

Str duty_words(Arena *arena, const DutyLinesRow *line)
{
    return line->body.len > 0
               ? arena_printf(arena, "%.*s（%.*s）", STR_ARG(line->matter), STR_ARG(line->body))
               : line->matter;
}

Error *duties_cite(Tx *tx, int64_t area, Str word, Date today, Finding *finding, Str *out_words)
{
    DutyList list;
    Arena *arena = tx_arena(tx);
    Error *err = duties_in_force(tx_snapshot(tx), area, today, &list);
    for (size_t i = 0; !err && i < list.lines.count; i++) {
        const DutyLinesRow *line = &list.lines.rows[i];
        if (str_eq(word, duty_word(arena, list.id, line->no)) &&
            line->class == (int64_t)matter_class(finding->ground)) {
            finding->cited_no = line->no;
            finding->cited_list = list.no;
            finding->cited_area = list.area;
            *out_words = duty_words(arena, line);
            return NULL;
        }
    }
    return err ? err : error_at(arena, ERROR_DUTY_CITE, "line", 0);
}

/* --- asking for another class ----------------------------------------------------------------- */

Error *screening_ask(Tx *tx, const void *input, Instant now, void *output)
{
    const ReclassifyAsk *ask = input;
    ScreeningGetRow row;
    ScreeningProposalRow proposal;
    bool found = false;
    int64_t changed = 0;
    Arena *arena = tx_arena(tx);
    RoundRules *rules = arena_new(arena, RoundRules);
    Error *err = error_length(arena, "words", ask->words, REQUEST_WORDS_MIN, REQUEST_WORDS_MAX);
    if (!err) {
        err = sql_screening_proposal(tx_snapshot(tx), ask->area, ask->proposal, &proposal);
    }
    if (!err) {
        err = programmes_round_rules(tx_snapshot(tx), ask->area, proposal.round_id, rules);
    }
    if (!err) {
        err = sql_screening_get(tx_snapshot(tx), ask->area, ask->proposal, &row, &found);
    }
    if (!err && (!found || !reclassify_is_open((Ground)row.ground, row.decided_at,
                                               rules->reclassify_days, now))) {
        err = error_make(arena, ERROR_RECLASSIFY_SHUT, "nothing to ask for");
    }
    if (!err) {
        err = sql_request_insert(tx, ask->area, tx_new_id(tx), ask->proposal, ask->actor,
                                 ask->words, now, &changed);
    }
    if (!err && changed == 0) {
        err = error_make(arena, ERROR_RECLASSIFY_ONCE, "asked before");
    }
    return err ? err
               : journal_write(tx, ask->area, ask->actor, "screening.reclassify", "proposal",
                               ask->proposal, proposal.title, STR(""));
}
