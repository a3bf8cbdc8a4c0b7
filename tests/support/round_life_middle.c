/* round_life_middle.c: from the tables to the replies: what is chosen, and what is said of it. */
#include "features/decisions/decisions.h"
#include "features/filing/filing.h"
#include "features/publicity/publicity.h"
#include "features/replies/replies.h"
#include "features/shortlist/shortlist.h"
#include "tests/support/round_life.h"
#include "tests/support/test_db.h"

#define IN(kind)  (1u << STAGE_KIND_##kind)
#define HOUR_MS   INT64_C(3600000)
#define POLL_DAYS 3

/* --- the shortlist -----------------------------------------------------------------------------
 */

static Error *fix_list(Life *life, Shortlist *all)
{
    int64_t *shown = arena_array(life->scratch, int64_t, all->n_entries + 1);
    size_t count = 0;
    shortlist_settle(all);
    for (size_t i = 0; i < all->n_entries; i++) {
        if (all->entries[i].outcome == SHORT_IN) {
            shown[count++] = all->entries[i].proposal;
        }
    }
    ShortlistFix fix = {.area = life->area,
                        .round = life->round,
                        .actor = life_worker(life),
                        .shown = shown,
                        .n_shown = count - (count > 0 && life_slips(life, 4) ? 1 : 0)};
    return life_once(life, shortlist_fix, &fix, NULL, 0);
}

static Error *count_hands(Life *life, const Shortlist *all)
{
    int64_t *votes = arena_array(life->scratch, int64_t, all->n_presented + 1);
    for (size_t i = 0; i < all->n_presented; i++) {
        votes[i] = life_slips(life, 6) ? 99 : 30 - (int64_t)i % 20;
    }
    HallEnter enter = {
        life->area, life->round,     life->staff[life_below(life, 2)], 38, all->presented,
        votes,      all->n_presented};
    HallState state;
    return life_write(life, shortlist_enter_hall, &enter, &state, sizeof(state));
}

static Error *report_table(Life *life, const TableInfo *table)
{
    int64_t ranks[SHORTLIST_RANKS_MAX] = {0};
    for (size_t i = 0; i < table->n_items && i < SHORTLIST_RANKS_MAX; i++) {
        ranks[i] = table->items[life_slips(life, 5) ? 0 : i].proposal;
    }
    TableReport report = {.area = life->area,
                          .table = table->id,
                          .version = life_version(life, table->version),
                          .actor = life_worker(life),
                          .is_staff = !life_slips(life, 6),
                          .ranks = ranks,
                          .n_ranks = SHORTLIST_RANKS_MAX,
                          .speaker = {0, STR("邻居乙")},
                          .note = life_words(life)};
    return life_once(life, shortlist_report, &report, NULL, 0);
}

static Error *act_table(Life *life)
{
    TableSave save = {.area = life->area,
                      .round = life->round,
                      .actor = life_worker(life),
                      .head = {0, STR("邻居甲")},
                      .recorder = {0, STR("邻居乙")}};
    TableSaved done;
    return life_write(life, shortlist_save_table, &save, &done, sizeof(done));
}

static Error *act_deal(Life *life)
{
    TableAct deal = {.area = life->area, .round = life->round, .actor = life_worker(life)};
    return life_write(life, shortlist_deal, &deal, NULL, 0);
}

/* The next thing that evening. */
static Error *act_shortlist(Life *life)
{
    Shortlist all;
    Snapshot *snapshot = life_look(life);
    test_ok(shortlist_load(snapshot, life->area, life->round, &all));
    db_snapshot_end(snapshot);
    int64_t which = life->is_wild ? life_below(life, 5) : -1;
    if (which == 0 || (which < 0 && all.n_tables < 2)) {
        return all.n_tables < 3 ? act_table(life) : NULL;
    }
    if (which == 1 || (which < 0 && all.n_free > 0)) {
        return act_deal(life);
    }
    if (which == 2 || (which < 0 && shortlist_reported(&all) < all.n_tables)) {
        return all.n_tables == 0
                   ? NULL
                   : report_table(life, &all.tables[life_below(life, (int64_t)all.n_tables)]);
    }
    if (which == 3 || (which < 0 && all.needs_vote && all.hall != HALL_AGREES)) {
        return count_hands(life, &all);
    }
    return fix_list(life, &all);
}

/* --- the ballot --------------------------------------------------------------------------------
 */

static bool poll_of(Life *life, LifePollRow *out)
{
    bool found = false;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_poll(snapshot, life->area, life->round, out, &found));
    db_snapshot_end(snapshot);
    return found;
}

static PollOption *options_of(Life *life, size_t *out_count)
{
    LifeCandidatesRows rows;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_candidates(snapshot, life->area, life->round, &rows));
    db_snapshot_end(snapshot);
    PollOption *options = arena_array(life->scratch, PollOption, rows.count + 1);
    size_t n = 0;
    for (size_t i = 0; i < rows.count; i++) {
        const LifeCandidatesRow *row = &rows.rows[i];
        if (row->cost_fen.fen > row->firm_fen.fen) {
            options[n] = (PollOption){.code = arena_printf(life->scratch, "%03zu", n + 1),
                                      .proposal = row->id,
                                      .title = row->title,
                                      .kind = row->kind,
                                      .cost_fen = {row->cost_fen.fen - row->firm_fen.fen}};
            n++;
        }
    }
    *out_count = n;
    return options;
}

static Error *open_poll(Life *life)
{
    Instant now = clock_now(test_db_clock(life->db));
    PollNew new = {.area = life->area,
                   .id = poll_new_id(now),
                   .round = life->round,
                   .actor = life_worker(life),
                   .title = STR("试一批"),
                   .opens_at = now,
                   .closes_at = {now.ms + POLL_DAYS * 24 * HOUR_MS},
                   .budget_fen = life->info.budget,
                   .max_choices = 3,
                   .minimum_age = 15,
                   .rule = poll_rule_default()};
    new.options = options_of(life, &new.n_options);
    test_ok(poll_key_create(life->scratch, life->keys, new.id));
    return life_once(life, polls_open, &new, NULL, 0);
}

static Error *act_cast(Life *life)
{
    LifePollRow poll;
    if (!poll_of(life, &poll)) {
        return NULL;
    }
    int64_t options[] = {1 + life_below(life, 3), 4 + life_below(life, 2)};
    PollKey key;
    test_ok(poll_key_load(life->scratch, life->keys, poll.id, &key));
    int64_t person = life_slips(life, 5) ? life->staff[0] : life_resident(life);
    BallotCast cast = {.area = life->area,
                       .poll = poll.id,
                       .person = person,
                       .ballot_key = poll_ballot_key(life->scratch, &key, person),
                       .options = options,
                       .n_options = 1 + (size_t)life_below(life, 2),
                       .receipt = poll_new_receipt(life->scratch)};
    BallotCastDone done;
    return life_write(life, polls_cast, &cast, &done, sizeof(done));
}

static Error *count_poll(Life *life, const LifePollRow *poll)
{
    PollCount count;
    Snapshot *snapshot = life_look(life);
    Error *err = polls_compute(snapshot, life->area, poll->id, &count);
    db_snapshot_end(snapshot);
    count.act.actor = life_worker(life);
    return err ? NULL : life_once(life, polls_store_count, &count, NULL, 0);
}

static Error *act_poll(Life *life)
{
    LifePollRow poll;
    if (!poll_of(life, &poll)) {
        return open_poll(life);
    }
    if (poll.state == POLL_CLOSED || life_slips(life, 5)) {
        return count_poll(life, &poll);
    }
    PollAct act = {life->area, poll.id, life_worker(life), life_version(life, poll.version)};
    bool is_time = poll.closes_at.ms <= clock_now(test_db_clock(life->db)).ms;
    return is_time || life->is_wild ? life_once(life, polls_close, &act, NULL, 0) : NULL;
}

/* --- the council, and what owners must decide --------------------------------------------------
 */

static Error *act_council(Life *life)
{
    static const DecisionPresent present[] = {{{STR_INIT("沈岚"), STR_INIT("社区书记")}, 0}};
    static const char *const steps[] = {"propose", "discuss", "decide", "owners"};
    LifeProposalsRows rows;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_proposals(snapshot, life->area, life->round, &rows));
    db_snapshot_end(snapshot);
    if (rows.count == 0) {
        return NULL;
    }
    const LifeProposalsRow *row = &rows.rows[life_below(life, (int64_t)rows.count)];
    if (row->state != 2 && !life->is_wild) {
        return NULL;
    }
    size_t step = life->stage == STAGE_KIND_DECIDE ? 2 : (size_t)life_below(life, 2);
    step = life->is_wild ? (size_t)life_below(life, 4) : step;
    int64_t yes = life_slips(life, 4) ? 20 : 14 - (row - rows.rows) % 4 * 3;
    DecisionRecord record = {.area = life->area,
                             .round = life->round,
                             .actor = life_worker(life),
                             .step = str_from(steps[step]),
                             .held_on = {life_today(life).days + (life_slips(life, 5) ? 3 : 0)},
                             .body = STR("居民议事会"),
                             .mandate = STR("2025 年由 8 个居民小组推选，任期三年。"),
                             .figures = {16, 14, yes, 14 - yes, 1600, 1400, 1200},
                             .words = life_words(life),
                             .people = present,
                             .n_people = countof(present),
                             .projects = &row->id,
                             .n_projects = 1};
    DecisionDone done;
    return life_write(life, decisions_record, &record, &done, sizeof(done));
}

static Error *act_void(Life *life)
{
    LifeDecisionsRows rows;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_decisions(snapshot, life->area, life->round, &rows));
    db_snapshot_end(snapshot);
    if (rows.count == 0 || life_below(life, 4) != 0) {
        return NULL;
    }
    const LifeDecisionsRow *row = &rows.rows[life_below(life, (int64_t)rows.count)];
    DecisionVoid wrong = {life->area, row->id, life_worker(life), life_version(life, row->version),
                          life_words(life)};
    return life_once(life, decisions_void, &wrong, NULL, 0);
}

static LifeProjectsRows projects(Life *life)
{
    LifeProjectsRows rows;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_projects(snapshot, life->area, life->round, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static Error *act_owners(Life *life)
{
    LifeProjectsRows rows = projects(life);
    DecisionOwnerNeeds said = {.area = life->area,
                               .round = life->round,
                               .actor = life_worker(life),
                               .n_shown = (int64_t)rows.count - (life_slips(life, 3) ? 1 : 0),
                               .needed = rows.count > 0 ? &rows.rows[0].proposal_id : NULL,
                               .n_needed = rows.count > 0 && life_slips(life, 3) ? 1 : 0};
    return rows.count == 0 ? NULL : life_write(life, decisions_say_owners, &said, NULL, 0);
}

/* --- filing ------------------------------------------------------------------------------------
 */

static Error *step_filing(Life *life, const LifeProjectsRow *row)
{
    FilingAct act = row->filed == FILING_RETURNED ? FILING_RESEND : FILING_RETURN;
    FilingStep step = {.area = life->area,
                       .proposal = row->proposal_id,
                       .actor = life->staff[LIFE_STAFF - 1],
                       .version = life_version(life, row->filed_version),
                       .act = life->is_wild ? (FilingAct)(3 + life_below(life, 3)) : act,
                       .given = {.ground = 1 + (int)life_below(life, 3),
                                 .clause = 1,
                                 .other = STR("另一件"),
                                 .over = life_money(life, 100),
                                 .words = life_words(life)}};
    return life_once(life, filing_step, &step, NULL, 0);
}

static Error *act_file(Life *life)
{
    LifeProjectsRows rows = projects(life);
    int64_t n_new = 0;
    int64_t n_filed = 0;
    for (size_t i = 0; i < rows.count; i++) {
        n_new += rows.rows[i].filed == FILING_NOT_YET;
        n_filed += rows.rows[i].filed == FILING_FILED;
        if (rows.rows[i].filed == FILING_RETURNED || life_slips(life, 4)) {
            return step_filing(life, &rows.rows[i]);
        }
    }
    FilingAll all = {.area = life->area,
                     .round = life->round,
                     .actor = life_worker(life),
                     .n_shown = n_new > 0 ? n_new : n_filed};
    all.n_shown += life_slips(life, 4) ? 1 : 0;
    return life_once(life, n_new > 0 ? filing_file : filing_receive, &all, NULL, 0);
}

/* --- publications ------------------------------------------------------------------------------
 */

static LifePublicationsRows publications(Life *life)
{
    LifePublicationsRows rows;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_publications(snapshot, life->area, life->round, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static Error *act_publish(Life *life)
{
    static const char *const codes[] = {"", "decision", "purchase", "result"};
    size_t which = life->is_wild || life->stage != STAGE_KIND_PUBLISH
                       ? (size_t)life_below(life, (int64_t)countof(codes))
                       : 0;
    PublicationNew new = {.area = life->area,
                          .round = life->round,
                          .actor = life_worker(life),
                          .notice = str_from(codes[which]),
                          .title = STR("结果公示"),
                          .words = life_words(life)};
    PublicationDone done;
    return life_once(life, publicity_publish, &new, &done, sizeof(done));
}

static Error *act_correct(Life *life)
{
    LifePublicationsRows rows = publications(life);
    if (rows.count == 0 || rows.count > 8) {
        return NULL;
    }
    PublicationCorrect correct = {.area = life->area,
                                  .publication =
                                      rows.rows[life_below(life, (int64_t)rows.count)].id,
                                  .actor = life_worker(life),
                                  .title = STR("更正后的公示"),
                                  .words = life_words(life),
                                  .reason = life_words(life)};
    PublicationDone done;
    return life_once(life, publicity_correct, &correct, &done, sizeof(done));
}

static Error *act_object(Life *life)
{
    LifePublicationsRows rows = publications(life);
    if (rows.count == 0 || life_below(life, 3) == 0) {
        return NULL;
    }
    ObjectionNew new = {.area = life->area,
                        .publication = rows.rows[life_below(life, (int64_t)rows.count)].id,
                        .actor = life_resident(life),
                        .words = life_words(life)};
    ObjectionDone done;
    return life_write(life, publicity_object, &new, &done, sizeof(done));
}

static Error *act_answer(Life *life)
{
    LifeObjectionsRows rows;
    Snapshot *snapshot = life_look(life);
    test_ok(sql_life_objections(snapshot, life->area, &rows));
    db_snapshot_end(snapshot);
    for (size_t i = 0; i < rows.count; i++) {
        if (rows.rows[i].answered_at.ms == 0 || life_slips(life, 3)) {
            ObjectionAnswer answer = {life->area, rows.rows[i].id, life_worker(life),
                                      life_version(life, rows.rows[i].version), life_words(life)};
            return life_once(life, publicity_answer, &answer, NULL, 0);
        }
    }
    return NULL;
}

/* --- replies -----------------------------------------------------------------------------------
 */

static Error *act_reply(Life *life)
{
    int64_t proposal = 0;
    ReplyCase about = {0};
    Snapshot *snapshot = life_look(life);
    Error *err = replies_next(snapshot, life->area, life->round, 0, 0, &proposal);
    if (!err && proposal != 0) {
        err = replies_case(snapshot, life->area, proposal, &about);
    }
    db_snapshot_end(snapshot);
    test_ok(err);
    if (proposal == 0) {
        return NULL;
    }
    ReplyAnswer answer = {.area = life->area,
                          .proposal = proposal,
                          .actor = life_worker(life),
                          .version = life_version(life, about.version),
                          .kind = life_slips(life, 6) ? REPLY_MERGED : about.kind,
                          .about = about.about,
                          .words = life_words(life),
                          .delivery = {.way = reply_usual_way(&about.origin),
                                       .is_delivered = life_below(life, 4) != 0,
                                       .deliverer = STR("社区工作者")}};
    return life_once(life, replies_answer, &answer, NULL, 0);
}

const struct LifeActRow life_middle_acts[] = {
    {"shortlist", act_shortlist, IN(SHORTLIST)},
    {"poll", act_poll, IN(VOTE)},
    {"cast", act_cast, IN(VOTE)},
    {"council", act_council, IN(DISCUSS) | IN(DECIDE)},
    {"void a record", act_void, IN(DECIDE)},
    {"say of owners", act_owners, IN(REPLY) | IN(FILE)},
    {"file", act_file, IN(FILE)},
    {"publish", act_publish, IN(PUBLISH) | IN(IMPLEMENT) | IN(EVALUATE)},
    {"correct a publication", act_correct, 0},
    {"object", act_object, IN(PUBLISH)},
    {"answer an objection", act_answer, IN(PUBLISH)},
    {"reply", act_reply, IN(COLLECT) | IN(REPLY)},
};
const size_t life_n_middle = countof(life_middle_acts);
