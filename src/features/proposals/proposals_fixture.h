/* proposals_fixture.h: what the two test programs of this room share: a database whose round
 * collects proposals, and steps. */
#ifndef FEATURES_PROPOSALS_PROPOSALS_FIXTURE_H
#define FEATURES_PROPOSALS_PROPOSALS_FIXTURE_H

#include "features/proposals/proposals.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/limits.h"
#include "features/areas/areas.h"
#include "features/programmes/programmes.h"
#include "platform/text/search.h"
#include "proposals_sql.h"
#include "round_rules_change.h"
#include "test_both.h"
#include "test_db.h"
#include "test_feature.h"

#define AREA     INT64_C(1001)
#define RESIDENT INT64_C(2001)
#define WORKER   INT64_C(3001)

typedef struct Fixture {
    Arena *arena;
    Db *db;
    int64_t round; /* its collect stage is open */
} Fixture;

static inline Error *create_round(Tx *tx, const void *input, Instant now, void *output)
{
    Error *err = programmes_create_round(tx, input, now, output);
    return err ? err : programmes_place_round(tx, AREA, *(int64_t *)output, 2);
}

typedef struct Place {
    int64_t round;
    int no;
} Place;

static inline Error *place_round(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const Place *to = input;
    return programmes_place_round(tx, AREA, to->round, to->no);
}

static inline void at_stage(Fixture *f, int no)
{
    Place to = {f->round, no};
    test_ok(db_write(f->db, f->arena, place_round, &to, NULL, 0));
}

static inline int set_up(void **state, DbKind kind)
{
    Arena *arena = arena_create(64u << 20);
    Fixture *f = arena_new(arena, Fixture);
    NewRound round = {.area = AREA,
                      .actor = WORKER,
                      .template_name = STR("first"),
                      .title = STR("第三批幸福微实事"),
                      .budget = {24000000},
                      .max_choices = 5,
                      .minimum_age = 15};
    f->arena = arena;
    test_db_open(arena, kind, &f->db);
    test_ok(db_write(f->db, arena, create_round, &round, &f->round, sizeof(f->round)));
    *state = f;
    return 0;
}

static inline int tear_down(void **state)
{
    Fixture *f = *state;
    test_db_close(f->db);
    arena_destroy(f->arena);
    return 0;
}

static inline void no_cap(RoundRules *rules)
{
    rules->per_resident = 0;
}

static inline void cap_of_two(RoundRules *rules)
{
    rules->per_resident = 2;
}

/* How many one resident may propose in the round. */
static inline void cap_is(Fixture *f, void (*cap)(RoundRules *rules))
{
    round_rules_change(f->db, f->arena, AREA, f->round, cap);
}

static inline void one_reader(RoundRules *rules)
{
    rules->two_readers = false;
}

/* The round is now one of template B, which its council decides; one reader is enough. */
static inline void council_round(Fixture *f)
{
    NewRound round = {.area = AREA,
                      .actor = WORKER,
                      .template_name = STR("minsheng"),
                      .title = STR("第三批民生微实事"),
                      .budget = {24000000},
                      .max_choices = 5,
                      .minimum_age = 18};
    test_ok(db_write(f->db, f->arena, create_round, &round, &f->round, sizeof(f->round)));
    round_rules_change(f->db, f->arena, AREA, f->round, one_reader);
}

/* --- steps ------------------------------------------------------------------- */

static inline NewProposal wish(const char *title)
{
    NewProposal new = {.area = AREA,
                       .actor = RESIDENT,
                       .words = {.title = str_from(title),
                                 .need = STR("坡道下雨天石面打滑，老人摔过两次。"),
                                 .place = STR("3 号楼西侧"),
                                 .beneficiaries = STR("1—5 号楼的老人"),
                                 .kind = PROPOSAL_KIND_UNSURE}};
    new.receipt = proposal_new_receipt();
    return new;
}

static inline Error *try_submit(Fixture *f, const NewProposal *new, ProposalSubmitted *out)
{
    return db_write(f->db, f->arena, proposals_submit, new, out, sizeof(*out));
}

static inline int64_t submitted(Fixture *f, const char *title)
{
    NewProposal new = wish(title);
    ProposalSubmitted done;
    test_ok(try_submit(f, &new, &done));
    return done.id;
}

static inline ProposalGetRow row_of(Fixture *f, int64_t id)
{
    Snapshot *snapshot;
    ProposalGetRow row;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_proposal_get(snapshot, AREA, id, &row));
    db_snapshot_end(snapshot);
    return row;
}

static inline Error *try_decide(Fixture *f, int64_t id, int64_t version, ProposalDecision decision)
{
    ProposalDecided done;
    ProposalDecide input = {
        .area = AREA, .id = id, .actor = WORKER, .version = version, .decision = decision};
    return db_write(f->db, f->arena, proposals_decide, &input, &done, sizeof(done));
}

static const ProposalDecision yes = {true, {1280000}, PROPOSAL_ENGINEERING, {"", 0}};
static const ProposalDecision no = {
    false, {0}, 0, STR_INIT("这件事物业公司本来就要做，已经转给物业。")};

static inline GateReport gate_now(Fixture *f)
{
    return test_gate(f->db, f->arena, &proposals_feature, "proposals_decided", AREA, f->round, 2);
}

static inline size_t found_by(Fixture *f, const char *typed)
{
    Snapshot *snapshot;
    ProposalListRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_proposal_list(snapshot, AREA, 0, 0, search_query(f->arena, str_from(typed)),
                              INT64_MAX, 50, &rows));
    db_snapshot_end(snapshot);
    return rows.count;
}

#endif
