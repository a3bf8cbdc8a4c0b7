#include "tests/support/ballot_world.h"

#include <sodium.h>

#include "auth_sql.h"
#include "ballots_sql.h"
#include "features/areas/areas.h"
#include "features/people/people.h"
#include "features/polls/polls.h"
#include "tests/support/test_db.h"

#define PEOPLE_A_TRANSACTION 100
#define DAY_MS               86400000

/* --- making -------------------------------------------------------------------------------- */

static Error *make_area(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)now;
    AreaNew area = {.kind = AREA_COMMUNITY, .name = STR("新竹园社区")};
    return areas_create(tx, &area, output);
}

typedef struct Group {
    int64_t area;
    Voter *voters; /* person is filled */
    size_t from, to;
} Group;

static Error *make_person(Tx *tx, const Group *group, size_t i, Instant now, int64_t *out)
{
    PersonNew person = {
        .name = arena_printf(tx_arena(tx), "居民%zu", i), .birth_year = 1960, .birth_month = 5};
    Error *err = people_create(tx, &person, out);
    RollEntry entry = {.area = group->area, .person = *out, .residency = RESIDENCY_REGISTERED};
    if (!err) {
        err = people_add_to_roll(tx, &entry);
    }
    Hash32 hash = hash_token(group->voters[i].session);
    return err ? err
               : sql_session_add(tx, hash_str(&hash), *out, CREDENTIAL_PERSONAL_CODE, 0, now,
                                 (Instant){now.ms + DAY_MS}, NULL);
}

static Error *make_group(Tx *tx, const void *input, Instant now, void *output)
{
    const Group *group = input;
    int64_t *people = output;
    for (size_t i = group->from; i < group->to; i++) {
        Error *err = make_person(tx, group, i, now, &people[i - group->from]);
        if (err) {
            return err;
        }
    }
    return NULL;
}

static void make_voters(Arena *arena, Db *db, BallotWorld *world)
{
    for (size_t i = 0; i < world->n_voters; i++) {
        unsigned char token[20];
        random_bytes(token, sizeof(token));
        world->voters[i].session = base32_text(arena, token, sizeof(token));
    }
    for (size_t from = 0; from < world->n_voters; from += PEOPLE_A_TRANSACTION) {
        size_t to = from + PEOPLE_A_TRANSACTION;
        Group group = {world->area, world->voters, from,
                       to < world->n_voters ? to : world->n_voters};
        int64_t people[PEOPLE_A_TRANSACTION];
        test_ok(db_write(db, arena, make_group, &group, people, sizeof(people)));
        for (size_t i = group.from; i < group.to; i++) {
            world->voters[i].person = people[i - group.from];
        }
    }
}

static void open_poll(Arena *arena, Db *db, const char *keys_dir, BallotWorld *world)
{
    PollOption *options = arena_array(arena, PollOption, WORLD_OPTIONS);
    for (int i = 0; i < WORLD_OPTIONS; i++) {
        options[i] = (PollOption){.code = arena_printf(arena, "%03d", i + 1),
                                  .title = arena_printf(arena, "第%d号心愿", i + 1),
                                  .summary = STR("楼道加扶手，夜里看得清。"),
                                  .kind = 1,
                                  .cost_fen = {100000 * (i + 1)}};
    }
    Clock clock = {0};
    Instant now = clock_now(&clock);
    world->poll = poll_new_id(now);
    PollNew poll = {.area = world->area,
                    .id = world->poll,
                    .title = STR("第一批"),
                    .opens_at = now,
                    .closes_at = {now.ms + DAY_MS},
                    .budget_fen = {2000000},
                    .max_choices = WORLD_MAX_CHOICES,
                    .minimum_age = 15,
                    .rule = poll_rule_default(),
                    .options = options,
                    .n_options = WORLD_OPTIONS};
    test_ok(poll_key_create(arena, keys_dir, world->poll));
    test_ok(db_write(db, arena, polls_open, &poll, NULL, 0));
    PollKey key;
    test_ok(poll_key_load(arena, keys_dir, world->poll, &key));
    for (size_t i = 0; i < world->n_voters; i++) {
        world->voters[i].ballot_key = poll_ballot_key(arena, &key, world->voters[i].person);
    }
}

BallotWorld *ballot_world_make(Arena *arena, Db *db, const char *keys_dir, const Secret *secret,
                               size_t n_voters)
{
    require(sodium_init() >= 0);
    BallotWorld *world = arena_new(arena, BallotWorld);
    world->secret = *secret;
    world->n_voters = n_voters;
    world->voters = arena_array(arena, Voter, n_voters);
    world->book = arena_array(arena, Promise, n_voters);
    pthread_mutex_init(&world->mutex, NULL);
    test_ok(db_write(db, arena, make_area, NULL, &world->area, sizeof(world->area)));
    make_voters(arena, db, world);
    open_poll(arena, db, keys_dir, world);
    return world;
}

/* --- the book ------------------------------------------------------------------------------ */

unsigned ballot_world_choices(Seeded *seeded)
{
    unsigned choices = 0;
    uint64_t count = 1 + seeded_below(seeded, WORLD_MAX_CHOICES);
    for (uint64_t i = 0; i < count; i++) {
        choices |= 1u << seeded_below(seeded, WORLD_OPTIONS);
    }
    return choices;
}

void ballot_world_sent(BallotWorld *world, size_t voter, unsigned choices)
{
    pthread_mutex_lock(&world->mutex);
    world->book[voter].sent = choices;
    pthread_mutex_unlock(&world->mutex);
}

void ballot_world_acked(BallotWorld *world, size_t voter, unsigned choices, Str receipt)
{
    pthread_mutex_lock(&world->mutex);
    Promise *promise = &world->book[voter];
    promise->acked = choices;
    promise->sent = 0;
    if (receipt.len > 0 && receipt.len < sizeof(promise->receipt)) {
        memcpy(promise->receipt, receipt.data, receipt.len);
        promise->receipt[receipt.len] = '\0';
    }
    pthread_mutex_unlock(&world->mutex);
}

Promise *ballot_world_book(BallotWorld *world)
{
    Promise *copy = calloc(world->n_voters, sizeof(Promise));
    require(copy != NULL);
    pthread_mutex_lock(&world->mutex);
    memcpy(copy, world->book, world->n_voters * sizeof(Promise));
    pthread_mutex_unlock(&world->mutex);
    return copy;
}

/* --- comparing ----------------------------------------------------------------------------- */

static unsigned choices_read(Str stored)
{
    unsigned choices = 0;
    while (stored.len > 0) {
        Str head;
        int64_t no = 0;
        str_cut(stored, ',', &head, &stored);
        if (!str_to_int64(head, &no) || no < 1 || no > WORLD_OPTIONS) {
            return 0;
        }
        choices |= 1u << (no - 1);
    }
    return choices;
}

static ptrdiff_t find_voter(const BallotWorld *world, Str ballot_key)
{
    for (size_t i = 0; i < world->n_voters; i++) {
        if (str_eq(world->voters[i].ballot_key, ballot_key)) {
            return (ptrdiff_t)i;
        }
    }
    return -1;
}

static bool is_repeated(const BallotsStoredRows *rows, size_t i)
{
    for (size_t j = 0; j < i; j++) {
        if (str_eq(rows->rows[i].receipt, rows->rows[j].receipt)) {
            return true;
        }
    }
    return false;
}

static void compare_row(Promise *promise, const BallotsStoredRow *row, BallotFindings *findings)
{
    unsigned stored = choices_read(row->choices);
    if (stored == 0 || (stored != promise->acked && stored != promise->sent)) {
        findings->altered++;
        return;
    }
    promise->acked = stored;
    if (promise->receipt[0] && !str_eq(row->receipt, str_from(promise->receipt))) {
        findings->receipts++;
    }
}

BallotFindings ballot_world_compare(const BallotWorld *world, Promise *book, Snapshot *snapshot)
{
    BallotFindings findings = {0};
    BallotsStoredRows rows;
    test_ok(sql_ballots_stored(snapshot, world->area, world->poll, &rows));
    bool *seen = calloc(world->n_voters, sizeof(bool));
    require(seen != NULL);
    findings.stored = (int64_t)rows.count;
    for (size_t i = 0; i < rows.count; i++) {
        ptrdiff_t voter = find_voter(world, rows.rows[i].ballot_key);
        if (voter < 0) {
            findings.foreign++;
        } else if (seen[voter] || is_repeated(&rows, i)) {
            findings.twice++;
        } else {
            seen[voter] = true;
            compare_row(&book[voter], &rows.rows[i], &findings);
        }
    }
    for (size_t i = 0; i < world->n_voters; i++) {
        findings.lost += book[i].acked != 0 && !seen[i];
        book[i].sent = 0;
    }
    free(seen);
    return findings;
}

/* --- casting without HTTP ------------------------------------------------------------------ */

Error *ballot_world_cast(BallotWorld *world, Db *db, Arena *arena, size_t voter, unsigned choices)
{
    int64_t options[WORLD_OPTIONS];
    size_t n_options = 0;
    for (int i = 0; i < WORLD_OPTIONS; i++) {
        if (choices & (1u << i)) {
            options[n_options++] = i + 1;
        }
    }
    BallotCast cast = {.area = world->area,
                       .poll = world->poll,
                       .person = world->voters[voter].person,
                       .ballot_key = world->voters[voter].ballot_key,
                       .options = options,
                       .n_options = n_options,
                       .receipt = poll_new_receipt(arena)};
    BallotCastDone done = {0};
    ballot_world_sent(world, voter, choices);
    Error *err = db_write(db, arena, polls_cast, &cast, &done, sizeof(done));
    if (!err) {
        ballot_world_acked(world, voter, choices, done.receipt);
    }
    return err;
}
