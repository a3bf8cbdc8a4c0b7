/* bench_grow.c: two communities of a filled demonstration grow large: one that collects proposals,
 * by the use cases, and one that votes, where nobody may propose any more, by copies of a refused
 * one. */
#include <stdio.h>

#include "ballots_sql.h"
#include "bench.h"
#include "features/people/people.h"
#include "features/polls/polls.h"
#include "features/programmes/programmes.h"
#include "features/proposals/proposals.h"
#include "tests/support/test_db.h"

#define PEOPLE_A_TX    100
#define PROPOSALS_A_TX 10
#define COPIES_A_TX    50
#define BALLOTS_A_TX   10
#define MOST_PEOPLE    200000

typedef struct Town {
    Arena *arena; /* of one batch */
    Db *db;
    const char *keys;
    int64_t area, round;
    int64_t *people;
    int64_t from, to; /* of the batch */
    PollKey key;
    int64_t poll;
    int64_t refused; /* the proposal that is copied */
} Town;

/* --- people ------------------------------------------------------------------------------------
 */

static Error *settle(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const Town *town = input;
    Error *err = NULL;
    for (int64_t i = town->from; !err && i < town->to; i++) {
        PersonNew person = {.name = arena_printf(tx_arena(tx), "居民%05d", (int)i),
                            .birth_year = 1940 + (int)(i % 60),
                            .birth_month = 1 + (int)(i % 12)};
        RollEntry entry = {.area = town->area,
                           .building = arena_printf(tx_arena(tx), "%d 号楼", (int)(i / 300) + 1),
                           .door = arena_printf(tx_arena(tx), "%d", (int)(i % 300) + 101),
                           .residency = RESIDENCY_REGISTERED};
        err = people_create(tx, &person, &town->people[i]);
        entry.person = town->people[i];
        err = err ? err : people_add_to_roll(tx, &entry);
    }
    return err;
}

static void in_batches(Town *town, int64_t count, int64_t size, UseCase *use_case)
{
    for (town->from = 0; town->from < count; town->from = town->to) {
        town->to = town->from + size < count ? town->from + size : count;
        test_ok(db_write(town->db, town->arena, use_case, town, NULL, 0));
        arena_reset(town->arena);
    }
}

/* --- proposals ---------------------------------------------------------------------------------
 */

static const char *const places[] = {"北门",   "中心花园", "河边步道", "地下车库",
                                     "活动室", "小学后门", "菜场",     "坡道"};
static const char *const wishes[] = {"换亮一点的路灯", "加一道扶手",   "添几张长椅",  "修平路面",
                                     "装遮雨的棚子",   "画出停车的线", "种些耐阴的树"};

static NewProposal wish_of(const Town *town, Arena *arena, int64_t i)
{
    const char *place = places[(size_t)i % countof(places)];
    const char *wish = wishes[(size_t)(i / 8) % countof(wishes)];
    return (NewProposal){
        .area = town->area,
        .actor = town->people[i],
        .channel = CHANNEL_PORTAL,
        .words = {.title = arena_printf(arena, "%s%s（%d）", place, wish, (int)i),
                  .need = arena_printf(arena,
                                       "%s一到晚上就不好走，老人和孩子都说过好几回。要是能%s，"
                                       "大家出门就放心了，第 %d 次有人提。",
                                       place, wish, (int)i),
                  .place = str_from(place),
                  .kind = PROPOSAL_ENGINEERING},
        .receipt = proposal_new_receipt()};
}

/* Of ten six are accepted, three refused, one waits. */
static Error *decide(Tx *tx, const Town *town, int64_t i, int64_t proposal, Instant now)
{
    ProposalDecide input = {
        .area = town->area,
        .id = proposal,
        .actor = 1,
        .version = 1,
        .decision = {.is_accepted = i % 10 < 6,
                     .cost = {(1000 + i % 900 * 100) * 100},
                     .kind = PROPOSAL_ENGINEERING,
                     .reason = STR("这件事物业公司本来就要做，已经转给物业。")}};
    ProposalDecided done;
    return i % 10 == 9 ? NULL : proposals_decide(tx, &input, now, &done);
}

static Error *propose(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    const Town *town = input;
    Error *err = NULL;
    for (int64_t i = town->from; !err && i < town->to; i++) {
        NewProposal new = wish_of(town, tx_arena(tx), i);
        ProposalSubmitted done;
        err = proposals_submit(tx, &new, now, &done);
        err = err ? err : decide(tx, town, i, done.id, now);
    }
    return err;
}

static Error *copy(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const Town *town = input;
    Error *err = NULL;
    for (int64_t i = town->from; !err && i < town->to; i++) {
        err = sql_grow_proposal_copy(tx, town->area, tx_new_id(tx), town->refused,
                                     str_from(proposal_new_receipt().text), town->people[i], NULL);
    }
    return err;
}

/* --- ballots -----------------------------------------------------------------------------------
 */

static Error *cast(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    const Town *town = input;
    Error *err = NULL;
    for (int64_t i = town->from; !err && i < town->to; i++) {
        int64_t options[] = {1 + i % 4, 5 + i % 5};
        BallotCast ballot = {.area = town->area,
                             .poll = town->poll,
                             .person = town->people[i],
                             .ballot_key =
                                 poll_ballot_key(tx_arena(tx), &town->key, town->people[i]),
                             .options = options,
                             .n_options = countof(options),
                             .receipt = poll_new_receipt(tx_arena(tx))};
        BallotCastDone done;
        err = polls_cast(tx, &ballot, now, &done);
    }
    return err;
}

/* --- the two communities -----------------------------------------------------------------------
 */

/* The round that runs in the community of that name. */
static void find(Town *town, Str name)
{
    Snapshot *snapshot;
    GrowAreaRow area;
    RoundInfo round;
    bool found = false;
    test_ok(db_snapshot_begin(town->db, town->arena, &snapshot));
    test_ok(sql_grow_area(snapshot, name, &area));
    town->area = area.id;
    test_ok(programmes_current_round(snapshot, town->area, &round, &found));
    require(found);
    town->round = round.id;
    db_snapshot_end(snapshot);
    arena_reset(town->arena);
}

static void find_poll(Town *town)
{
    Snapshot *snapshot;
    PollInfo poll;
    GrowRefusedRow refused;
    bool found = false;
    test_ok(db_snapshot_begin(town->db, town->arena, &snapshot));
    test_ok(polls_of_round(snapshot, town->area, town->round, &poll, &found));
    require(found);
    town->poll = poll.id;
    test_ok(sql_grow_refused(snapshot, town->area, town->round, &refused));
    town->refused = refused.id;
    db_snapshot_end(snapshot);
    test_ok(poll_key_load(town->arena, town->keys, town->poll, &town->key));
    arena_reset(town->arena);
}

void bench_grow(Arena *arena, const char *directory, int people, int proposals)
{
    Clock clock = {0};
    DbOptions options = {.where = arena_printf(arena, "%s/yuanzhuo.db", directory).data,
                         .clock = &clock};
    Town town = {.arena = arena_create((size_t)1 << 28),
                 .keys = arena_printf(arena, "%s/keys", directory).data,
                 .people = arena_array(arena, int64_t, MOST_PEOPLE)};
    require(people <= MOST_PEOPLE && proposals <= people);
    test_ok(db_open(arena, &options, &town.db));
    find(&town, STR("云杉社区"));
    in_batches(&town, people, PEOPLE_A_TX, settle);
    in_batches(&town, proposals, PROPOSALS_A_TX, propose);
    find(&town, STR("桂竹社区"));
    find_poll(&town);
    in_batches(&town, people, PEOPLE_A_TX, settle);
    in_batches(&town, proposals, COPIES_A_TX, copy);
    in_batches(&town, people / 2, BALLOTS_A_TX, cast);
    db_close(town.db);
    arena_destroy(town.arena);
}
