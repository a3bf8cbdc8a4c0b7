/* Taking in one by one and as a chain, on both databases. The names are made up. */
#include "features/intake/intake.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "features/intake/intake_private.h"
#include "features/people/people.h"
#include "features/programmes/programmes.h"
#include "test_both.h"
#include "test_db.h"
#include "test_feature.h"

#define AREA   INT64_C(1001)
#define WORKER INT64_C(3001)
#define OTHER  INT64_C(3002)

typedef struct Fixture {
    Arena *arena;
    Db *db;
    int64_t round;
    int64_t person[3]; /* 张三 of building 3; two called 李四, of buildings 5 and 6 */
} Fixture;

static Error *fill(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    Fixture *f = output;
    NewRound round = {.area = AREA,
                      .actor = WORKER,
                      .template_name = STR("first"),
                      .title = STR("第三批幸福微实事"),
                      .budget = {24000000},
                      .max_choices = 5,
                      .minimum_age = 15};
    static const char *const people[][2] = {{"张三", "3栋"}, {"李四", "5栋"}, {"李四", "6栋"}};
    test_ok(programmes_create_round(tx, &round, now, &f->round));
    test_ok(programmes_place_round(tx, AREA, f->round, 2));
    for (size_t i = 0; i < 3; i++) {
        PersonNew person = {.name = str_from(people[i][0])};
        test_ok(people_create(tx, &person, &f->person[i]));
        RollEntry entry = {.area = AREA,
                           .person = f->person[i],
                           .building = str_from(people[i][1]),
                           .door = STR("101")};
        test_ok(people_add_to_roll(tx, &entry));
    }
    return NULL;
}

static int set_up(void **state, DbKind kind)
{
    Arena *arena = arena_create(64u << 20);
    Fixture made = {0};
    Fixture *f = arena_new(arena, Fixture);
    test_db_open(arena, kind, &f->db);
    test_ok(db_write(f->db, arena, fill, NULL, &made, sizeof(made)));
    made.arena = arena;
    made.db = f->db;
    *f = made;
    *state = f;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *f = *state;
    test_db_close(f->db);
    arena_destroy(f->arena);
    return 0;
}

/* --- one by one ------------------------------------------------------------------------------- */

static IntakeEntry entry_of(const char *words)
{
    IntakeEntry entry = {0};
    entry.proposal = (NewProposal){.area = AREA,
                                   .actor = WORKER,
                                   .is_staff = true,
                                   .channel = CHANNEL_DOOR,
                                   .words = {.title = proposal_title_of(str_from(words)),
                                             .need = str_from(words),
                                             .kind = PROPOSAL_KIND_UNSURE}};
    entry.proposal.receipt = proposal_new_receipt();
    return entry;
}

static Error *try_enter(Fixture *f, const IntakeEntry *entry, ProposalSubmitted *out)
{
    return db_write(f->db, f->arena, intake_enter, entry, out, sizeof(*out));
}

static IntakeEntryRow stored(Fixture *f, int64_t id)
{
    Snapshot *snapshot;
    IntakeEntryRow row;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_intake_entry(snapshot, AREA, id, &row));
    db_snapshot_end(snapshot);
    return row;
}

static Error *try_take_back(Fixture *f, int64_t id, int64_t actor)
{
    IntakeTakeBack back = {AREA, id, actor};
    return db_write(f->db, f->arena, intake_take_back, &back, NULL, 0);
}

static void a_few_words_at_the_door_are_enough(void **state)
{
    Fixture *f = *state;
    ProposalSubmitted done;
    IntakeEntry entry = entry_of("修灯");
    test_ok(try_enter(f, &entry, &done));
    assert_true(str_eq(stored(f, done.id).title, STR("修灯")));
    assert_int_equal(stored(f, done.id).entered_by, WORKER);
}

static size_t on_roll(Fixture *f, const char *words)
{
    Snapshot *snapshot;
    PersonFound *people;
    size_t count;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(people_find(snapshot, AREA, str_from(words), 10, &people, &count));
    db_snapshot_end(snapshot);
    return count;
}

static void people_are_found_by_name_and_by_building(void **state)
{
    Fixture *f = *state;
    assert_int_equal(on_roll(f, "李四"), 2);
    assert_int_equal(on_roll(f, "3 号楼"), 1);
    assert_int_equal(on_roll(f, "王五"), 0);
}

static void somebody_new_is_put_on_the_roll_with_their_wish_or_not_at_all(void **state)
{
    Fixture *f = *state;
    ProposalSubmitted done;
    IntakeEntry entry = entry_of("修灯");
    entry.adds_to_roll = true;
    entry.building = STR("7栋");
    entry.proposal.proposer_name = STR("赵六");
    entry.proposal.words.need = STR("");
    test_error(try_enter(f, &entry, &done), ERROR_FIELD_TOO_SHORT);
    assert_int_equal(on_roll(f, "赵六"), 0);
    entry.proposal.words.need = STR("修灯");
    test_ok(try_enter(f, &entry, &done));
    assert_int_equal(on_roll(f, "赵六"), 1);
}

static void the_last_entry_is_taken_back_by_who_made_it(void **state)
{
    Fixture *f = *state;
    ProposalSubmitted done;
    IntakeEntry entry = entry_of("修灯");
    test_ok(try_enter(f, &entry, &done));
    test_error(try_take_back(f, done.id, OTHER), ERROR_NOT_FOUND);
    test_ok(try_take_back(f, done.id, WORKER));
    assert_int_equal(stored(f, done.id).state, PROPOSAL_WITHDRAWN);
    test_error(try_take_back(f, done.id, WORKER), ERROR_VERSION_CONFLICT);
}

static void what_was_said_to_be_the_same_is_taken_back_too(void **state)
{
    Fixture *f = *state;
    ProposalSubmitted first;
    ProposalSubmitted second;
    IntakeEntry entry = entry_of("东门路灯坏了");
    test_ok(try_enter(f, &entry, &first));
    entry = entry_of("东门灯不亮");
    entry.proposal.same_as = first.id;
    test_ok(try_enter(f, &entry, &second));
    assert_int_equal(stored(f, second.id).state, PROPOSAL_MERGED);
    test_ok(try_take_back(f, second.id, WORKER));
    assert_int_equal(stored(f, second.id).state, PROPOSAL_WITHDRAWN);
    assert_int_equal(stored(f, first.id).state, PROPOSAL_SUBMITTED);
}

/* --- a chain ------------------------------------------------------------------------------------
 */

static const char paste[] =
    "#接龙\n例 王小明 1栋 修灯\n1. 张三 3栋 东门路灯坏了\n2. 李四 5栋 想要晾衣架\n"
    "3. 李四 修水管\n4. 钱七\n";

typedef struct Pasted {
    int64_t chain;
    ChainLinesRows lines;
} Pasted;

static ChainLinesRows lines_of(Fixture *f, int64_t chain)
{
    Snapshot *snapshot;
    ChainLinesRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_chain_lines(snapshot, AREA, chain, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static Pasted pasted(Fixture *f, const char *text)
{
    ChainLine *lines;
    ChainStaged staged;
    ChainStage stage = {.area = AREA, .actor = WORKER, .channel = CHANNEL_GROUP_CHAT};
    stage.count = chain_read(f->arena, str_from(text), &lines, &stage.is_whole);
    stage.lines = lines;
    test_ok(db_write(f->db, f->arena, intake_chain_stage, &stage, &staged, sizeof(staged)));
    return (Pasted){staged.chain, lines_of(f, staged.chain)};
}

static Error *try_take(Fixture *f, const Pasted *p, IdList lines, int64_t version)
{
    ChainTaken taken;
    Receipt *receipts = arena_array(f->arena, Receipt, lines.count);
    for (size_t i = 0; i < lines.count; i++) {
        receipts[i] = proposal_new_receipt();
    }
    ChainTake take = {AREA, p->chain, {WORKER, false}, version, lines, receipts};
    return db_write(f->db, f->arena, intake_chain_take, &take, &taken, sizeof(taken));
}

static IdList every(Fixture *f, const Pasted *p)
{
    IdList list = {arena_array(f->arena, int64_t, p->lines.count), p->lines.count};
    for (size_t i = 0; i < list.count; i++) {
        list.ids[i] = p->lines.rows[i].id;
    }
    return list;
}

static Error *try_decide(Fixture *f, UseCase *how, int64_t chain, int64_t version)
{
    ChainDecide decide = {AREA, chain, {WORKER, false}, version};
    return db_write(f->db, f->arena, how, &decide, NULL, 0);
}

static void a_paste_changes_nothing_before_it_is_taken_in(void **state)
{
    Fixture *f = *state;
    Pasted p = pasted(f, paste);
    assert_int_equal(p.lines.count, 6);
    for (size_t i = 0; i < p.lines.count; i++) {
        assert_int_equal(p.lines.rows[i].proposal_id, 0);
    }
}

static void chosen_lines_become_proposals_of_the_people_they_name(void **state)
{
    Fixture *f = *state;
    Pasted p = pasted(f, paste);
    test_ok(try_take(f, &p, every(f, &p), 1));
    ChainLinesRows after = lines_of(f, p.chain);
    assert_int_equal(after.rows[0].proposal_id, 0); /* the heading */
    assert_int_equal(after.rows[2].person_id, f->person[0]);
    assert_int_equal(after.rows[3].person_id, f->person[1]); /* told apart by the building */
    assert_int_equal(after.rows[4].person_id, CHAIN_PERSON_NONE);
    assert_int_equal(after.rows[5].proposal_id, 0); /* no wish */
    IntakeEntryRow made = stored(f, after.rows[2].proposal_id);
    assert_true(str_eq(made.need, STR("东门路灯坏了")));
    assert_int_equal(made.entered_by, WORKER);
}

static void only_what_was_chosen_is_taken_in(void **state)
{
    Fixture *f = *state;
    Pasted p = pasted(f, paste);
    IdList one = {&p.lines.rows[3].id, 1};
    test_ok(try_take(f, &p, one, 1));
    assert_int_equal(lines_of(f, p.chain).rows[2].proposal_id, 0);
    assert_true(lines_of(f, p.chain).rows[3].proposal_id != 0);
    test_error(try_take(f, &p, every(f, &p), 2), ERROR_VERSION_CONFLICT);
}

static void nothing_chosen_is_said_and_nothing_happens(void **state)
{
    Fixture *f = *state;
    Pasted p = pasted(f, paste);
    IdList none = {NULL, 0};
    test_error(try_take(f, &p, none, 1), ERROR_FIELD_MISSING);
    test_ok(try_take(f, &p, every(f, &p), 1));
}

static void a_line_is_corrected_and_the_old_page_is_refused(void **state)
{
    Fixture *f = *state;
    Pasted p = pasted(f, paste);
    ChainStaged of;
    ChainCorrect correct = {.area = AREA,
                            .line = p.lines.rows[4].id,
                            .actor = {WORKER, false},
                            .version = 1,
                            .name = STR("李四"),
                            .words = STR("修二楼的水管"),
                            .person = f->person[2]};
    test_ok(db_write(f->db, f->arena, intake_chain_correct, &correct, &of, sizeof(of)));
    test_error(try_take(f, &p, every(f, &p), 1), ERROR_VERSION_CONFLICT);
    test_ok(try_take(f, &p, every(f, &p), 2));
    ChainLinesRows after = lines_of(f, p.chain);
    assert_int_equal(after.rows[4].person_id, f->person[2]);
    assert_true(str_eq(stored(f, after.rows[4].proposal_id).need, STR("修二楼的水管")));
    assert_true(str_eq(after.rows[4].raw, STR("3. 李四 修水管"))); /* as it came */
    test_error(db_write(f->db, f->arena, intake_chain_correct, &correct, &of, sizeof(of)),
               ERROR_VERSION_CONFLICT);
}

static void another_workers_chain_is_not_touched_by_who_does_not_manage(void **state)
{
    Fixture *f = *state;
    Pasted p = pasted(f, paste);
    ChainStaged of;
    ChainDecide drop = {AREA, p.chain, {OTHER, false}, 1};
    ChainCorrect correct = {.area = AREA,
                            .line = p.lines.rows[4].id,
                            .actor = {OTHER, false},
                            .version = 1,
                            .words = STR("修二楼的水管")};
    test_error(db_write(f->db, f->arena, intake_chain_correct, &correct, &of, sizeof(of)),
               ERROR_FORBIDDEN);
    test_error(db_write(f->db, f->arena, intake_chain_drop, &drop, NULL, 0), ERROR_FORBIDDEN);
    test_ok(try_take(f, &p, every(f, &p), 1));
    drop.version = 2;
    test_error(db_write(f->db, f->arena, intake_chain_undo, &drop, NULL, 0), ERROR_FORBIDDEN);
    drop.actor.may_manage = true;
    test_ok(db_write(f->db, f->arena, intake_chain_undo, &drop, NULL, 0));
}

static void of_two_who_correct_at_once_the_later_is_told(void **state)
{
    Fixture *f = *state;
    Pasted p = pasted(f, paste);
    ChainStaged of;
    ChainCorrect correct = {.area = AREA,
                            .line = p.lines.rows[4].id,
                            .actor = {WORKER, false},
                            .version = 1,
                            .words = STR("修二楼的水管")};
    test_ok(db_write(f->db, f->arena, intake_chain_correct, &correct, &of, sizeof(of)));
    correct.words = STR("修三楼的水管");
    test_error(db_write(f->db, f->arena, intake_chain_correct, &correct, &of, sizeof(of)),
               ERROR_VERSION_CONFLICT);
    assert_true(str_eq(lines_of(f, p.chain).rows[4].words, STR("修二楼的水管")));
}

static void a_line_is_booked_on_nobody_who_is_not_on_the_roll(void **state)
{
    Fixture *f = *state;
    Pasted p = pasted(f, paste);
    ChainStaged of;
    ChainCorrect correct = {.area = AREA,
                            .line = p.lines.rows[4].id,
                            .actor = {WORKER, false},
                            .version = 1,
                            .words = STR("修二楼的水管"),
                            .person = WORKER};
    test_error(db_write(f->db, f->arena, intake_chain_correct, &correct, &of, sizeof(of)),
               ERROR_INTAKE_WHO_NONE);
}

static void a_telephone_number_in_a_chain_is_for_staff_only(void **state)
{
    Fixture *f = *state;
    Pasted p = pasted(f, "1. 王芳 13800000042 想装扶手\n");
    test_ok(try_take(f, &p, every(f, &p), 1));
    int64_t id = lines_of(f, p.chain).rows[0].proposal_id;
    assert_true(str_eq(stored(f, id).title, STR("想装扶手")));
    assert_true(str_eq(stored(f, id).need, STR("想装扶手")));
    assert_true(str_eq(lines_of(f, p.chain).rows[0].phone, STR("13800000042")));
}

static void undo_takes_the_whole_act_back(void **state)
{
    Fixture *f = *state;
    Pasted p = pasted(f, paste);
    test_ok(try_take(f, &p, every(f, &p), 1));
    test_ok(try_decide(f, intake_chain_undo, p.chain, 2));
    ChainLinesRows after = lines_of(f, p.chain);
    for (size_t i = 2; i < 5; i++) {
        assert_int_equal(stored(f, after.rows[i].proposal_id).state, PROPOSAL_WITHDRAWN);
    }
}

static void undo_is_all_or_nothing(void **state)
{
    Fixture *f = *state;
    Pasted p = pasted(f, paste);
    test_ok(try_take(f, &p, every(f, &p), 1));
    ChainLinesRows after = lines_of(f, p.chain);
    ProposalDecided done;
    ProposalDecide yes = {.area = AREA,
                          .id = after.rows[4].proposal_id,
                          .actor = WORKER,
                          .version = 1,
                          .decision = {true, {100000}, PROPOSAL_GOODS, STR("")}};
    test_ok(db_write(f->db, f->arena, proposals_decide, &yes, &done, sizeof(done)));
    test_error(try_decide(f, intake_chain_undo, p.chain, 2), ERROR_VERSION_CONFLICT);
    assert_int_equal(stored(f, after.rows[2].proposal_id).state, PROPOSAL_SUBMITTED);
}

static void a_dropped_paste_leaves_no_names_behind(void **state)
{
    Fixture *f = *state;
    Pasted p = pasted(f, paste);
    test_ok(try_decide(f, intake_chain_drop, p.chain, 1));
    assert_int_equal(lines_of(f, p.chain).count, 0);
    test_error(try_decide(f, intake_chain_drop, p.chain, 2), ERROR_VERSION_CONFLICT);
}

static Error *erase(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    return intake_feature.erase_person(tx, *(const int64_t *)input, now);
}

static void an_erased_person_leaves_the_pasted_lines(void **state)
{
    Fixture *f = *state;
    Pasted p = pasted(f, paste);
    test_ok(try_take(f, &p, every(f, &p), 1));
    test_ok(db_write(f->db, f->arena, erase, &f->person[0], NULL, 0));
    assert_int_equal(lines_of(f, p.chain).rows[2].raw.len, 0);
    assert_int_equal(lines_of(f, p.chain).rows[2].name.len, 0);
}

/* The database of the tests refuses a use case that computes too long. */
static void the_longest_chain_is_taken_in_by_one_act(void **state)
{
    Fixture *f = *state;
    Buf text;
    buf_init(&text, CHAIN_BYTES_MAX);
    for (int i = 1; i <= CHAIN_LINES_MAX; i++) {
        buf_printf(&text, "%d. 张三 第%d盏路灯坏了，晚上看不清台阶\n", i, i);
    }
    Pasted p = pasted(f, arena_cstr(f->arena, buf_view(&text)));
    buf_free(&text);
    assert_int_equal(p.lines.count, CHAIN_LINES_MAX);
    test_ok(try_take(f, &p, every(f, &p), 1));
    assert_true(lines_of(f, p.chain).rows[CHAIN_LINES_MAX - 1].proposal_id != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_few_words_at_the_door_are_enough),
        ON_BOTH(people_are_found_by_name_and_by_building),
        ON_BOTH(somebody_new_is_put_on_the_roll_with_their_wish_or_not_at_all),
        ON_BOTH(the_last_entry_is_taken_back_by_who_made_it),
        ON_BOTH(what_was_said_to_be_the_same_is_taken_back_too),
        ON_BOTH(a_paste_changes_nothing_before_it_is_taken_in),
        ON_BOTH(chosen_lines_become_proposals_of_the_people_they_name),
        ON_BOTH(only_what_was_chosen_is_taken_in),
        ON_BOTH(nothing_chosen_is_said_and_nothing_happens),
        ON_BOTH(a_line_is_corrected_and_the_old_page_is_refused),
        ON_BOTH(another_workers_chain_is_not_touched_by_who_does_not_manage),
        ON_BOTH(of_two_who_correct_at_once_the_later_is_told),
        ON_BOTH(a_line_is_booked_on_nobody_who_is_not_on_the_roll),
        ON_BOTH(a_telephone_number_in_a_chain_is_for_staff_only),
        ON_BOTH(undo_takes_the_whole_act_back),
        ON_BOTH(undo_is_all_or_nothing),
        ON_BOTH(a_dropped_paste_leaves_no_names_behind),
        ON_BOTH(an_erased_person_leaves_the_pasted_lines),
        ON_BOTH(the_longest_chain_is_taken_in_by_one_act),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
