/* A person who asks for it is taken out of every room at once, on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <stdlib.h>

#include "erase_sql.h"
#include "features/areas/areas.h"
#include "features/filing/filing.h"
#include "features/intake/intake.h"
#include "features/launch/launch.h"
#include "features/library/library.h"
#include "features/notices/notices.h"
#include "features/people/people.h"
#include "features/pledges/pledges.h"
#include "features/programmes/programmes.h"
#include "features/proposals/proposals.h"
#include "features/proposals/proposals_merge.h"
#include "features/publicity/publicity.h"
#include "features/screening/screening.h"
#include "features/shortlist/shortlist.h"
#include "platform/files/photo.h"
#include "platform/journal/journal.h"
#include "test_db.h"

static const Feature *const rooms[] = {
    &photos_feature, &areas_feature,   &people_feature,    &programmes_feature, &proposals_feature,
    &intake_feature, &pledges_feature, &publicity_feature, &shortlist_feature,  &screening_feature,
    &filing_feature, &launch_feature,  &notices_feature,   &library_feature};

/* Personal columns of these lead to nobody on the roll: hashes of tries, the journal's pseudonyms,
 * ballots, names typed for people who are on no roll or of staff. */
static const char *const kept[] = {
    "sign_in_try",    "journal_pending", "journal",          "journal_entry",
    "ballot",         "reply",           "proposal_adviser", "delivery_acceptor",
    "delivery_visit", "outreach",        "training",         "publication_posting"};

typedef struct Bench {
    Arena *arena;
    Db *db;
    int64_t area, lin, wang, round;
    int64_t others; /* somebody else's proposal */
} Bench;

static NewProposal wish_of(const Bench *bench, int64_t person, const char *title)
{
    NewProposal new = {.area = bench->area,
                       .actor = person,
                       .words = {.title = str_from(title),
                                 .need = STR("坡道下雨天石面打滑，老人摔过两次。"),
                                 .place = STR("3 号楼西侧"),
                                 .kind = PROPOSAL_KIND_UNSURE}};
    new.receipt = proposal_new_receipt();
    return new;
}

static Error *settle(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    Bench *bench = output;
    AreaNew area = {.kind = AREA_COMMUNITY, .name = STR("桂竹社区")};
    PersonNew lin = {.name = STR("林秀兰"), .phone = STR("13800000001"), .birth_year = 1950};
    PersonNew wang = {.name = STR("王强")};
    test_ok(areas_create(tx, &area, &bench->area));
    test_ok(people_create(tx, &lin, &bench->lin));
    test_ok(people_create(tx, &wang, &bench->wang));
    RollEntry entry = {
        .area = bench->area, .person = bench->lin, .building = STR("3栋"), .door = STR("501")};
    test_ok(people_add_to_roll(tx, &entry));
    RoleNew resident = {.person = bench->lin, .role = ROLE_RESIDENT, .area = bench->area};
    test_ok(people_grant_role(tx, &resident));
    NewRound round = {.area = bench->area,
                      .actor = bench->wang,
                      .template_name = STR("first"),
                      .title = STR("第三批幸福微实事"),
                      .budget = {10000},
                      .max_choices = 2,
                      .first_day = instant_date(now)};
    test_ok(programmes_create_round(tx, &round, now, &bench->round));
    test_ok(programmes_place_round(tx, bench->area, bench->round, 2));
    ProposalSubmitted done;
    NewProposal own = wish_of(bench, bench->lin, "给坡道加扶手");
    NewProposal other = wish_of(bench, bench->wang, "小广场加路灯");
    test_ok(proposals_submit(tx, &own, now, &done));
    test_ok(proposals_submit(tx, &other, now, &done));
    bench->others = done.id;
    TableSave table = {.area = bench->area,
                       .round = bench->round,
                       .actor = bench->wang,
                       .recorder = {bench->lin, STR("林秀兰")}};
    TableSaved saved;
    test_ok(shortlist_save_table(tx, &table, now, &saved));
    NewTraining training = {.area = bench->area,
                            .round = bench->round,
                            .actor = bench->wang,
                            .fact = {.held_on = instant_date(now),
                                     .subject = STR("怎样写好一条提议"),
                                     .audience = TRAINING_RESIDENTS,
                                     .place = STR("社区活动室")}};
    TrainingHeld held = {.area = bench->area,
                         .actor = bench->wang,
                         .version = 1,
                         .held_on = instant_date(now),
                         .present = 1,
                         .names = STR("林秀兰")};
    test_ok(launch_plan_training(tx, &training, now, &held.id));
    test_ok(launch_hold_training(tx, &held, now, NULL));
    Notice notice = {.area = bench->area, .kind = NOTICE_REPLY, .link = {STR("/")}};
    test_ok(notices_send(tx, &notice, bench->lin, now));
    NoticesRead read = {bench->lin, 0};
    test_ok(notices_read(tx, &read, now, NULL));
    NoticesChoose choose = {bench->lin, NOTICE_BY_EMAIL, STR("lin@example.org")};
    test_ok(notices_choose(tx, &choose, now, NULL));
    NewEntry offer = {.area = bench->area,
                      .actor = bench->wang,
                      .fact = {.title = STR("老人理发上门"),
                               .kind = PROPOSAL_SERVICE,
                               .scope = STR("每月一次，到家里理发，自带工具。")}};
    EntryPick pick = {.area = bench->area, .person = bench->lin, .is_wanted = true};
    test_ok(library_add(tx, &offer, now, &pick.id));
    test_ok(library_pick(tx, &pick, now, NULL));
    ProposalSupport support = {bench->area, done.id, bench->lin, false};
    test_ok(proposals_support(tx, &support, now, NULL));
    InterestDeclare interest = {bench->area, done.id, bench->lin};
    return screening_declare(tx, &interest, now, NULL);
}

static int64_t only_line(Bench *bench, int64_t chain)
{
    Snapshot *snapshot;
    EraseChainLineRow row;
    test_ok(db_snapshot_begin(bench->db, bench->arena, &snapshot));
    test_ok(sql_erase_chain_line(snapshot, bench->area, chain, &row));
    db_snapshot_end(snapshot);
    return row.id;
}

/* A chain with a line of hers, taken in, so that her id stands in it. */
static void name_her_in_a_chain(Bench *bench)
{
    ChainLine line = {.line = 1,
                      .kind = CHAIN_ENTRY,
                      .number = 1,
                      .raw = STR("1. 林秀兰 修路灯"),
                      .name = STR("林秀兰"),
                      .words = STR("修路灯")};
    ChainStage stage = {.area = bench->area,
                        .actor = bench->wang,
                        .channel = CHANNEL_GROUP_CHAT,
                        .lines = &line,
                        .count = 1,
                        .is_whole = true};
    ChainStaged staged;
    test_ok(db_write(bench->db, bench->arena, intake_chain_stage, &stage, &staged, sizeof(staged)));
    ChainTaken taken;
    Receipt receipt = proposal_new_receipt();
    int64_t id = only_line(bench, staged.chain);
    ChainTake take = {bench->area, staged.chain, {bench->wang, false}, 1, {&id, 1}, &receipt};
    test_ok(db_write(bench->db, bench->arena, intake_chain_take, &take, &taken, sizeof(taken)));
}

static Bench bench_make(DbKind kind)
{
    Bench bench = {.arena = arena_create(64u << 20)};
    Bench made = {0};
    Secret secret = {{9}};
    test_db_open(bench.arena, kind, &bench.db);
    test_ok(db_write(bench.db, bench.arena, settle, NULL, &made, sizeof(made)));
    made.arena = bench.arena;
    made.db = bench.db;
    CodeNew code = {made.area, made.wang, made.lin, &secret};
    CodeMade printed;
    test_ok(db_write(made.db, made.arena, people_new_code, &code, &printed, sizeof(printed)));
    name_her_in_a_chain(&made);
    return made;
}

static void bench_end(Bench *bench)
{
    test_db_close(bench->db);
    arena_destroy(bench->arena);
}

static int64_t left_of(Bench *bench, int64_t person)
{
    Snapshot *snapshot;
    EraseLeftRow row;
    test_ok(db_snapshot_begin(bench->db, bench->arena, &snapshot));
    test_ok(sql_erase_left(snapshot, person, &row));
    db_snapshot_end(snapshot);
    return row.n;
}

static Error *try_erase(Bench *bench, int64_t area, int64_t person)
{
    PersonErase erase = {area, bench->wang, person, rooms, countof(rooms)};
    return db_write(bench->db, bench->arena, people_erase, &erase, NULL, 0);
}

static void no_row_leads_to_an_erased_person(void **state)
{
    Bench bench = bench_make(*(const DbKind *)*state);
    assert_true(left_of(&bench, bench.lin) >= 5);
    test_ok(try_erase(&bench, bench.area, bench.lin));
    assert_int_equal(left_of(&bench, bench.lin), 0);
    Error *again = try_erase(&bench, bench.area, bench.lin);
    assert_int_equal(again->code, ERROR_NOT_FOUND);
    bench_end(&bench);
}

static void erasing_is_in_the_journal_without_the_name(void **state)
{
    Bench bench = bench_make(*(const DbKind *)*state);
    Snapshot *snapshot;
    JournalEntry *entries;
    size_t count;
    test_ok(try_erase(&bench, bench.area, bench.lin));
    test_ok(db_snapshot_begin(bench.db, bench.arena, &snapshot));
    test_ok(journal_list_kind(snapshot, bench.area, STR("person"), 0, 10, &entries, &count));
    db_snapshot_end(snapshot);
    assert_true(count > 0);
    assert_true(str_eq(entries[0].act, STR("person.erase")));
    assert_int_equal(entries[0].reason.len, 0);
    bench_end(&bench);
}

static Error *make_worker(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    return people_grant_role(tx, input);
}

static void who_works_here_or_lives_elsewhere_is_not_erased(void **state)
{
    Bench bench = bench_make(*(const DbKind *)*state);
    assert_int_equal(try_erase(&bench, bench.area + 1, bench.lin)->code, ERROR_NOT_FOUND);
    RoleNew role = {.person = bench.lin, .role = ROLE_GRID_WORKER, .area = bench.area};
    test_ok(db_write(bench.db, bench.arena, make_worker, &role, NULL, 0));
    assert_int_equal(try_erase(&bench, bench.area, bench.lin)->code, ERROR_PERSON_HAS_ROLE);
    bench_end(&bench);
}

/* --- a new table with personal data must be thought of here --------------------------------------
 */

static Str read_whole(Arena *arena, const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *text = arena_array(arena, char, 1u << 20);
    size_t len = fread(text, 1, 1u << 20, file);
    (void)fclose(file);
    return (Str){text, len};
}

static bool is_kept(Str table)
{
    for (size_t i = 0; i < countof(kept); i++) {
        if (str_eq(table, str_from(kept[i]))) {
            return true;
        }
    }
    return false;
}

static void check_migration(Arena *arena, const char *path, Str statements)
{
    Str text = read_whole(arena, path);
    Str table = STR("");
    while (text.len > 0) {
        Str line;
        (void)str_cut(text, '\n', &line, &text);
        if (str_starts_with(line, STR("CREATE TABLE "))) {
            Str rest;
            (void)str_cut(str_slice(line, 13, line.len), ' ', &table, &rest);
        }
        Str asked = arena_printf(arena, "FROM %.*s WHERE", STR_ARG(table));
        bool is_personal = str_contains(line, STR("-- personal:")) &&
                           !str_contains(line, STR("-- personal: none"));
        if (is_personal && !is_kept(table) && !str_contains(statements, asked)) {
            fail_msg("%.*s holds personal data that erasing does not know", STR_ARG(table));
        }
    }
}

static void every_table_with_personal_data_is_thought_of(void **state)
{
    (void)state;
    Arena *arena = arena_create(64u << 20);
    const char *root = getenv("YZ_ROOT") ? getenv("YZ_ROOT") : ".";
    Str statements =
        read_whole(arena, arena_printf(arena, "%s/tests/contract/erase.sql", root).data);
    const char *folder = arena_printf(arena, "%s/src/platform/db/migrations", root).data;
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    int seen = 0;
    for (struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        if (str_ends_with(str_from(entry->d_name), STR(".sql"))) {
            check_migration(arena, arena_printf(arena, "%s/%s", folder, entry->d_name).data,
                            statements);
            seen++;
        }
    }
    (void)closedir(dir);
    assert_true(seen > 10);
    arena_destroy(arena);
}

int main(void)
{
    static DbKind sqlite = DB_SQLITE;
    static DbKind postgres = DB_POSTGRES;
    const struct CMUnitTest tests[] = {
        {"no row leads to an erased person (sqlite)", no_row_leads_to_an_erased_person, NULL, NULL,
         &sqlite},
        {"no row leads to an erased person (postgres)", no_row_leads_to_an_erased_person, NULL,
         NULL, &postgres},
        {"erasing is in the journal without the name (sqlite)",
         erasing_is_in_the_journal_without_the_name, NULL, NULL, &sqlite},
        {"erasing is in the journal without the name (postgres)",
         erasing_is_in_the_journal_without_the_name, NULL, NULL, &postgres},
        {"who works here or lives elsewhere is not erased (sqlite)",
         who_works_here_or_lives_elsewhere_is_not_erased, NULL, NULL, &sqlite},
        {"who works here or lives elsewhere is not erased (postgres)",
         who_works_here_or_lives_elsewhere_is_not_erased, NULL, NULL, &postgres},
        cmocka_unit_test(every_table_with_personal_data_is_thought_of),
    };
    return cmocka_run_group_tests_name("erase", tests, NULL, NULL);
}
