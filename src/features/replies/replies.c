/* replies.c: answering, and what the record suggests. */
#include "features/replies/replies.h"

#include "features/proposals/proposals.h"
#include "features/replies/replies_deliver.h"
#include "platform/journal/journal.h"
#include "replies_sql.h"
#include "replies_text.h"
#include "screening_duties_text.h"

/* As shortlist_public_item says it. */
#define SHORTLIST_NOT_TOP   2
#define SHORTLIST_NO_ROOM   3
#define SHORTLIST_KIND_FULL 4

/* --- reading -------------------------------------------------------------------------------- */

static ReplyOrigin origin_of(const ReplyCaseRow *row)
{
    return (ReplyOrigin){.channel = (int)row->channel,
                         .wrote_it = row->entered_by == 0 && row->proposer_id != 0,
                         .is_named = row->proposer_id != 0 || row->proposer_name.len > 0,
                         .has_phone = row->phone.len > 0,
                         .decided_on = instant_date(row->decided_at)};
}

static void fill_answer(const ReplyCaseRow *row, ReplyCase *out)
{
    out->version = row->reply_version;
    out->is_current = row->answered_kind == row->kind && row->answered_about == row->about;
    out->words = row->words;
    out->way = (ReplyWay)row->way;
    out->writer = row->writer;
    out->written_at = row->written_at;
    out->delivered_at = row->sent_at;
    out->deliverer = row->deliverer;
}

static void fill_case(const ReplyCaseRow *row, ReplyCase *out)
{
    *out =
        (ReplyCase){.proposal = row->proposal_id,
                    .round = row->round_id,
                    .title = row->title,
                    .need = row->need,
                    .person = row->proposer_id,
                    .proposer = row->proposer_name.len > 0 ? row->proposer_name : row->person_name,
                    .phone = row->phone,
                    .ticket = row->ticket,
                    .origin = origin_of(row),
                    .kind = (ReplyKind)row->kind,
                    .about = row->about,
                    .decided_at = row->decided_at,
                    .reason = row->reason,
                    .ground = (Ground)row->ground,
                    .cited_no = row->cited_no,
                    .cited_list = row->cited_list,
                    .cited = row->cited,
                    .cited_en = row->cited_en,
                    .votes = row->own_votes,
                    .cost = row->own_cost_fen,
                    .lacked_votes = row->short_votes,
                    .lacked = row->short_fen,
                    .council = row->council_body,
                    .council_on = row->council_on,
                    .council_present = row->council_present,
                    .council_yes = row->council_yes,
                    .table = row->round_table,
                    .place = row->table_place,
                    .hands = row->hands,
                    .short_outcome = row->short_outcome,
                    .top = row->list_top,
                    .most = row->list_most,
                    .main_title = row->main_title,
                    .main_reason = row->main_reason,
                    .main_is_refused = row->main_state == PROPOSAL_REFUSED,
                    .main_is_selected = row->main_selected == 1,
                    .main_is_lost = row->main_selected == 0};
    fill_answer(row, out);
}

static Error *find_case(Snapshot *snapshot, int64_t area, int64_t proposal, ReplyCase *out,
                        bool *out_found)
{
    ReplyCaseRow row;
    Error *err = sql_reply_case(snapshot, area, proposal, &row, out_found);
    if (!err && *out_found) {
        fill_case(&row, out);
    }
    return err;
}

Error *replies_case(Snapshot *snapshot, int64_t area, int64_t proposal, ReplyCase *out)
{
    bool found = false;
    Error *err = find_case(snapshot, area, proposal, out, &found);
    return err || found ? err
                        : error_make(snapshot_arena(snapshot), ERROR_NOT_FOUND, "owed no answer");
}

Error *replies_next(Snapshot *snapshot, int64_t area, int64_t round, int64_t channel, int64_t after,
                    int64_t *out)
{
    ReplyNextRow row;
    bool found = false;
    Error *err = sql_reply_next(snapshot, area, round, channel, after, &row, &found);
    *out = !err && found ? row.proposal_id : 0;
    return err;
}

Error *replies_counts(Snapshot *snapshot, int64_t area, int64_t round, ReplyCounts *out)
{
    ReplyCountsRow row;
    Error *err = sql_reply_counts(snapshot, area, round, &row);
    if (!err) {
        *out = (ReplyCounts){row.n, row.written, row.delivered, row.first_open};
    }
    return err;
}

/* --- what the record suggests --------------------------------------------------------------- */

static Text lost_text(const ReplyCase *about)
{
    if (about->lacked_votes > 0 && about->lacked.fen > 0) {
        return t_reply_suggest_lost_both(about->title, about->votes, about->cost,
                                         about->lacked_votes, about->lacked);
    }
    if (about->lacked_votes > 0) {
        return t_reply_suggest_lost_votes(about->title, about->votes, about->cost,
                                          about->lacked_votes);
    }
    if (about->lacked.fen > 0) {
        return t_reply_suggest_lost_cost(about->title, about->votes, about->cost, about->lacked);
    }
    return t_reply_suggest_lost(about->title, about->votes, about->cost);
}

static Text merged_text(const ReplyCase *about)
{
    if (about->main_is_refused) {
        return t_reply_suggest_merged_refused(about->title, about->main_title, about->main_reason);
    }
    if (about->main_is_selected) {
        return t_reply_suggest_merged_won(about->title, about->main_title);
    }
    if (about->main_is_lost && about->council.len > 0) {
        return t_reply_suggest_merged_not_carried(about->title, about->main_title, about->council);
    }
    return about->main_is_lost ? t_reply_suggest_merged_lost(about->title, about->main_title)
                               : t_reply_suggest_merged(about->title, about->main_title);
}

/* Which table talked it over, where it came there, and what the hall counted. */
static Text not_shortlisted_text(const ReplyCase *about)
{
    if (about->short_outcome == SHORTLIST_NO_ROOM && about->hands >= 0) {
        return t_reply_suggest_short_hall(about->title, about->table, about->place, about->hands,
                                          about->most);
    }
    if (about->short_outcome == SHORTLIST_KIND_FULL && about->hands >= 0) {
        return t_reply_suggest_short_kind(about->title, about->table, about->place, about->hands);
    }
    if (about->short_outcome == SHORTLIST_NOT_TOP && about->place > 0) {
        return t_reply_suggest_short_place(about->title, about->table, about->place, about->top);
    }
    return about->table > 0 ? t_reply_suggest_short_table(about->title, about->table, about->top)
                            : t_reply_suggest_left_out(about->title);
}

static Text refused_text(Lang lang, const ReplyCase *about)
{
    if (about->ground == GROUND_DEPARTMENT) {
        return t_reply_suggest_department(about->title, about->cited, about->cited_list,
                                          about->cited_no, about->reason);
    }
    if (about->ground == GROUND_PRIVATE) {
        return t_reply_suggest_private(about->title, about->cited, about->cited_list,
                                       about->cited_no, about->reason);
    }
    if (about->ground != GROUND_CLAUSE) {
        return t_reply_suggest_refused(about->title, about->reason);
    }
    return t_reply_suggest_refused_clause(about->title, about->cited_no,
                                          rules_say(lang == LANG_EN, about->cited, about->cited_en),
                                          about->reason);
}

static Text suggestion(Lang lang, const ReplyCase *about)
{
    switch (about->kind) {
    case REPLY_REFUSED:
        return refused_text(lang, about);
    case REPLY_MERGED:
        return merged_text(about);
    case REPLY_LOST:
        return lost_text(about);
    case REPLY_NOT_CARRIED:
        return t_reply_suggest_not_carried(about->title, about->council_on, about->council,
                                           about->council_present, about->council_yes);
    case REPLY_NOT_SHORTLISTED:
        return not_shortlisted_text(about);
    default:
        return t_reply_suggest_left_out(about->title);
    }
}

Str replies_suggestion(Arena *arena, Lang lang, const ReplyCase *about)
{
    return text_str(arena, lang, suggestion(lang, about));
}

/* --- answering ------------------------------------------------------------------------------ */

Error *replies_check_stage(Tx *tx, int64_t area, int64_t round)
{
    ReplyStageRow stage;
    bool found = false;
    Error *err = sql_reply_stage(tx_snapshot(tx), area, round, &stage, &found);
    if (err || reply_may_be_taken_back(found ? (StageState)stage.state : STAGE_NOT_YET)) {
        return err;
    }
    return error_make(tx_arena(tx), ERROR_REPLY_STAGE_OVER, "everybody was answered");
}

static Error *check_answer(Tx *tx, const ReplyAnswer *answer, Instant now, ReplyCase *about)
{
    bool found = false;
    Error *err = reply_words_check(tx_arena(tx), answer->words);
    if (!err) {
        err = find_case(tx_snapshot(tx), answer->area, answer->proposal, about, &found);
    }
    if (!err && !found) {
        err = error_make(tx_arena(tx), ERROR_REPLY_NOT_WAITING, "owed no answer");
    }
    if (!err && (answer->kind != about->kind || answer->about != about->about)) {
        err = error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "written for another outcome");
    }
    if (!err) {
        err = reply_delivery_check(tx_arena(tx), &about->origin, &answer->delivery,
                                   instant_date(now));
    }
    bool takes_back = !err && about->is_current && about->delivered_at.ms > 0 &&
                      reply_delivered_at(&answer->delivery, now).ms == 0;
    return takes_back ? replies_check_stage(tx, answer->area, about->round) : err;
}

static Error *save(Tx *tx, const ReplyAnswer *answer, const ReplyCase *about, Instant now,
                   Instant delivered_at)
{
    bool is_by_person = delivered_at.ms > 0 && !reply_delivers_itself(answer->delivery.way);
    Str deliverer = is_by_person ? str_trim(answer->delivery.deliverer) : STR("");
    int64_t recorded_by = delivered_at.ms > 0 ? answer->actor : 0;
    return answer->version == 0
               ? sql_reply_insert(tx, answer->area, about->proposal, about->round, about->kind,
                                  about->about, answer->words, now, answer->actor,
                                  answer->delivery.way, delivered_at, deliverer, recorded_by)
               : sql_reply_update(tx, answer->area, about->proposal, about->kind, about->about,
                                  answer->words, now, answer->actor, answer->delivery.way,
                                  delivered_at, deliverer, recorded_by, answer->version);
}

/* An answer on the site is no answer to somebody who does not know that it is there. */
static Error *tell(Tx *tx, const ReplyAnswer *answer, const ReplyCase *about, Instant now)
{
    bool was_told = about->is_current && about->delivered_at.ms > 0; /* a correction is no news */
    if (answer->delivery.way != REPLY_SITE || was_told) {
        return NULL;
    }
    Notice notice = {
        .area = answer->area,
        .round = about->round,
        .kind = NOTICE_REPLY,
        .words = t_reply_notice(about->title),
        .link = url_of(tx_arena(tx), "/a/{area}/proposals/{id}", answer->area, answer->proposal)};
    return notices_send(tx, &notice, about->person, now);
}

Error *replies_answer(Tx *tx, const void *input, Instant now, void *output)
{
    const ReplyAnswer *answer = input;
    ReplyCase about = {0};
    Error *err = check_answer(tx, answer, now, &about);
    Instant delivered_at = reply_delivered_at(&answer->delivery, now);
    if (!err) {
        err = save(tx, answer, &about, now, delivered_at);
    }
    if (!err) {
        err = tell(tx, answer, &about, now);
    }
    if (err) {
        return err;
    }
    const char *act = about.is_current && about.delivered_at.ms > 0 ? "reply.correct"
                      : delivered_at.ms > 0                         ? "reply.deliver"
                                                                    : "reply.write";
    return journal_write(tx, answer->area, answer->actor, act, "proposal", answer->proposal,
                         STR(""), answer->words);
}
