/* Similar proposals, merging, supporting, advisers, on both databases. */
#include "features/proposals/proposals_fixture.h"
#include "features/proposals/proposals_merge.h"
#include "features/proposals/proposals_similar.h"
#include "proposals_merge_sql.h"

#define NEIGHBOUR INT64_C(2002)

/* --- steps ------------------------------------------------------------------- */

static int64_t wished(Fixture *f, const char *title, const char *need)
{
    NewProposal new = wish(title);
    ProposalSubmitted done;
    new.words.need = str_from(need);
    new.words.place = STR("");
    test_ok(try_submit(f, &new, &done));
    return done.id;
}

static size_t similar_to(Fixture *f, const char *text, int64_t except, SimilarProposal **out)
{
    Snapshot *snapshot;
    size_t count = 0;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(proposals_similar(snapshot, AREA, f->round, str_from(text), except, out, &count));
    db_snapshot_end(snapshot);
    return count;
}

static Error *try_merge(Fixture *f, int64_t id, int64_t main)
{
    ProposalMerge input = {AREA, id, main, WORKER, row_of(f, id).version};
    return db_write(f->db, f->arena, proposals_merge, &input, NULL, 0);
}

static Error *try_unmerge(Fixture *f, int64_t id)
{
    ProposalUnmerge input = {AREA, id, WORKER, row_of(f, id).merged_into};
    return db_write(f->db, f->arena, proposals_unmerge, &input, NULL, 0);
}

static Error *try_support(Fixture *f, int64_t id, int64_t person, bool is_back)
{
    ProposalSupport input = {AREA, id, person, is_back};
    return db_write(f->db, f->arena, proposals_support, &input, NULL, 0);
}

static ProposalBehindRow behind(Fixture *f, int64_t id, int64_t person)
{
    Snapshot *snapshot;
    ProposalBehindRow row;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_proposal_behind(snapshot, AREA, id, person, &row));
    db_snapshot_end(snapshot);
    return row;
}

static ProposalMergedRows merged_into(Fixture *f, int64_t id)
{
    Snapshot *snapshot;
    ProposalMergedRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_proposal_merged(snapshot, AREA, id, 50, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

/* --- similar ----------------------------------------------------------------- */

static void a_wish_told_in_other_words_is_found(void **state)
{
    Fixture *f = *state;
    SimilarProposal *found;
    int64_t lamp = wished(f, "东门外路灯坏了要修", "晚上黑漆漆的，老人不敢走夜路");
    wished(f, "三号楼加装电梯", "腿脚不便，上下楼困难得很");
    wished(f, "广场舞音量太大", "每晚跳到十点，孩子没法写作业");
    assert_int_equal(similar_to(f, "东门的路灯不亮", 0, &found), 1);
    assert_int_equal(found[0].id, lamp);
    assert_false(found[0].is_copy);
}

static void a_copy_is_said_to_be_one(void **state)
{
    Fixture *f = *state;
    SimilarProposal *found;
    wished(f, "东门外路灯坏了要修", "晚上黑漆漆的，老人不敢走夜路");
    assert_int_equal(similar_to(f, "东门外的路灯坏了要修\n晚上黑漆漆的，老人不敢走夜路", 0, &found),
                     1);
    assert_true(found[0].is_copy);
}

static void at_most_five_are_shown_and_never_itself(void **state)
{
    Fixture *f = *state;
    SimilarProposal *found;
    int64_t last = 0;
    cap_is(f, no_cap);
    for (int i = 0; i < 7; i++) {
        last = wished(f, "东门外路灯坏了要修", "晚上黑漆漆的，老人不敢走夜路");
    }
    assert_int_equal(similar_to(f, "东门外路灯坏了要修", last, &found), SIMILAR_SHOWN);
    for (size_t i = 0; i < SIMILAR_SHOWN; i++) {
        assert_true(found[i].id != last);
    }
}

static void a_changed_one_is_found_by_its_new_words_only(void **state)
{
    Fixture *f = *state;
    SimilarProposal *found;
    int64_t id = wished(f, "东门外路灯坏了要修", "晚上黑漆漆的，老人不敢走夜路");
    ProposalEdit edit = {.area = AREA, .id = id, .actor = RESIDENT, .version = 1};
    edit.words = (ProposalWords){.title = STR("三号楼加装电梯"),
                                 .need = STR("腿脚不便，上下楼困难得很"),
                                 .kind = PROPOSAL_KIND_UNSURE};
    test_ok(db_write(f->db, f->arena, proposals_edit, &edit, NULL, 0));
    assert_int_equal(similar_to(f, "东门外路灯坏了要修", 0, &found), 0);
    assert_int_equal(similar_to(f, "加装电梯", 0, &found), 1);
}

static void a_withdrawn_one_is_not_shown_and_of_a_merged_one_its_main(void **state)
{
    Fixture *f = *state;
    SimilarProposal *found;
    int64_t gone = wished(f, "东门外路灯坏了要修", "晚上黑漆漆的，老人不敢走夜路");
    ProposalWithdraw back = {AREA, gone, RESIDENT, false, 1, false};
    test_ok(db_write(f->db, f->arena, proposals_withdraw, &back, NULL, 0));
    assert_int_equal(similar_to(f, "东门外路灯坏了", 0, &found), 0);
    int64_t part = wished(f, "东门外路灯坏了要修", "晚上黑漆漆的，老人不敢走夜路");
    int64_t main = wished(f, "夜里照明不足", "巷子没有光，看不见台阶");
    test_ok(try_merge(f, part, main));
    assert_int_equal(similar_to(f, "东门外路灯坏了", 0, &found), 1);
    assert_int_equal(found[0].id, main);
    assert_int_equal(similar_to(f, "东门外路灯坏了", main, &found), 0);
}

/* --- merging ----------------------------------------------------------------- */

static void a_merged_one_keeps_every_word_its_receipt_and_its_proposer(void **state)
{
    Fixture *f = *state;
    int64_t part = submitted(f, "坡道加扶手");
    int64_t main = submitted(f, "西坡防滑");
    ProposalGetRow before = row_of(f, part);
    test_ok(try_merge(f, part, main));
    ProposalGetRow after = row_of(f, part);
    assert_int_equal(after.state, PROPOSAL_MERGED);
    assert_int_equal(after.merged_into, main);
    assert_true(str_eq(after.need, before.need));
    assert_true(str_eq(after.receipt, before.receipt));
    assert_int_equal(after.proposer_id, RESIDENT);
    ProposalMergedRows rows = merged_into(f, main);
    assert_int_equal(rows.count, 1);
    assert_true(str_eq(rows.rows[0].need, before.need));
}

/* A community that exists, for what names it, with a round that collects and two proposals, the
 * first merged into the second, which is refused. */
static Error *settle(Tx *tx, const void *input, Instant now, void *output)
{
    NewProposal here = *(const NewProposal *)input;
    ProposalSubmitted *out = output;
    ProposalSubmitted main;
    AreaNew area = {.kind = AREA_COMMUNITY, .name = STR("桂竹社区")};
    NewRound round = {.actor = WORKER,
                      .template_name = STR("first"),
                      .title = STR("第三批幸福微实事"),
                      .budget = {24000000},
                      .max_choices = 5,
                      .minimum_age = 15};
    int64_t round_id = 0;
    test_ok(areas_create(tx, &area, &here.area));
    round.area = here.area;
    test_ok(programmes_create_round(tx, &round, now, &round_id));
    test_ok(programmes_place_round(tx, here.area, round_id, 2));
    test_ok(proposals_submit(tx, &here, now, out));
    here.words.title = STR("西坡防滑");
    here.receipt = proposal_new_receipt();
    test_ok(proposals_submit(tx, &here, now, &main));
    test_ok(proposals_join(tx, here.area, out->id, main.id, WORKER, now));
    ProposalDecided decided;
    ProposalDecide decide = {
        .area = here.area, .id = main.id, .actor = WORKER, .version = 1, .decision = no};
    return proposals_decide(tx, &decide, now, &decided);
}

static void its_receipt_says_where_it_went(void **state)
{
    Fixture *f = *state;
    NewProposal new = wish("坡道加扶手");
    ProposalSubmitted done;
    ProposalByReceiptRow row;
    bool found;
    Snapshot *snapshot;
    test_ok(db_write(f->db, f->arena, settle, &new, &done, sizeof(done)));
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_proposal_by_receipt(snapshot, str_from(done.receipt.text), &row, &found));
    db_snapshot_end(snapshot);
    assert_true(found);
    assert_int_equal(row.own_state, PROPOSAL_MERGED);
    assert_int_equal(row.state, PROPOSAL_REFUSED);
    assert_true(str_eq(row.title, STR("坡道加扶手")));
    assert_true(str_eq(row.main_title, STR("西坡防滑")));
    assert_true(row.reason.len > 0);
}

static void a_merge_waits_for_no_answer_of_its_own(void **state)
{
    Fixture *f = *state;
    int64_t part = submitted(f, "坡道加扶手");
    int64_t main = submitted(f, "西坡防滑");
    test_ok(try_merge(f, part, main));
    test_ok(try_decide(f, main, 1, yes));
    assert_int_equal(gate_now(f).state, GATE_MET);
    test_error(try_decide(f, part, 2, yes), ERROR_STAGE_NOT_OPEN);
}

static void undo_puts_everything_back_as_it_was(void **state)
{
    Fixture *f = *state;
    int64_t part = submitted(f, "坡道加扶手");
    int64_t main = submitted(f, "西坡防滑");
    test_ok(try_decide(f, part, 1, yes));
    test_ok(try_merge(f, part, main));
    test_ok(try_unmerge(f, part));
    ProposalGetRow after = row_of(f, part);
    assert_int_equal(after.state, PROPOSAL_ACCEPTED);
    assert_int_equal(after.merged_into, 0);
    assert_int_equal(after.cost_fen.fen, yes.cost.fen);
    assert_int_equal(merged_into(f, main).count, 0);
    test_error(try_unmerge(f, part), ERROR_VERSION_CONFLICT);
}

static void of_two_who_take_it_apart_at_once_the_second_is_told(void **state)
{
    Fixture *f = *state;
    int64_t part = submitted(f, "小区里缺停电动车的地方");
    int64_t middle = submitted(f, "给电动车找个充电的地方");
    int64_t whole = submitted(f, "北门内建充电棚");
    test_ok(try_merge(f, part, middle));
    test_ok(try_merge(f, middle, whole));
    ProposalUnmerge both = {AREA, part, WORKER, whole};
    test_ok(db_write(f->db, f->arena, proposals_unmerge, &both, NULL, 0));
    test_error(db_write(f->db, f->arena, proposals_unmerge, &both, NULL, 0),
               ERROR_VERSION_CONFLICT);
    assert_true(row_of(f, part).merged_into == middle);
}

static void what_was_merged_before_moves_along_and_comes_back(void **state)
{
    Fixture *f = *state;
    int64_t first = submitted(f, "坡道加扶手");
    int64_t second = submitted(f, "西坡防滑");
    int64_t third = submitted(f, "坡道整修");
    test_ok(try_merge(f, first, second));
    test_ok(try_merge(f, second, third));
    assert_int_equal(row_of(f, first).merged_into, third);
    assert_int_equal(merged_into(f, third).count, 2);
    test_ok(try_unmerge(f, second));
    assert_int_equal(row_of(f, first).merged_into, second);
    assert_int_equal(row_of(f, first).state, PROPOSAL_MERGED);
    assert_int_equal(row_of(f, second).state, PROPOSAL_SUBMITTED);
    test_ok(try_unmerge(f, first));
    assert_int_equal(row_of(f, first).state, PROPOSAL_SUBMITTED);
}

static void undo_ends_with_the_stage(void **state)
{
    Fixture *f = *state;
    int64_t part = submitted(f, "坡道加扶手");
    int64_t main = submitted(f, "西坡防滑");
    test_ok(try_merge(f, part, main));
    at_stage(f, 3);
    test_error(try_unmerge(f, part), ERROR_STAGE_NOT_OPEN);
}

static void a_merge_from_an_old_page_or_into_itself_is_refused(void **state)
{
    Fixture *f = *state;
    int64_t part = submitted(f, "坡道加扶手");
    int64_t main = submitted(f, "西坡防滑");
    ProposalMerge old = {AREA, part, main, WORKER, 7};
    test_error(db_write(f->db, f->arena, proposals_merge, &old, NULL, 0), ERROR_VERSION_CONFLICT);
    test_error(try_merge(f, part, part), ERROR_PROPOSAL_NOT_MERGEABLE);
    test_error(try_merge(f, part, 12345), ERROR_NOT_FOUND);
}

static void who_says_it_is_the_same_goes_on_in_it_with_a_receipt(void **state)
{
    Fixture *f = *state;
    int64_t main = submitted(f, "西坡防滑");
    NewProposal new = wish("坡道加扶手");
    ProposalSubmitted done;
    new.actor = NEIGHBOUR;
    new.same_as = main;
    test_ok(try_submit(f, &new, &done));
    assert_int_equal(row_of(f, done.id).merged_into, main);
    assert_string_equal(arena_cstr(f->arena, row_of(f, done.id).receipt), done.receipt.text);
}

static void nobody_withdraws_what_others_were_merged_into(void **state)
{
    Fixture *f = *state;
    int64_t part = submitted(f, "坡道加扶手");
    int64_t main = submitted(f, "西坡防滑");
    test_ok(try_merge(f, part, main));
    ProposalWithdraw back = {AREA, main, RESIDENT, false, 1, false};
    test_error(db_write(f->db, f->arena, proposals_withdraw, &back, NULL, 0),
               ERROR_PROPOSAL_HAS_OTHERS);
}

/* --- supporting, helping ------------------------------------------------------- */

static void support_counts_once_and_can_be_taken_back(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "西坡防滑");
    test_ok(try_support(f, id, NEIGHBOUR, false));
    test_ok(try_support(f, id, NEIGHBOUR, false));
    assert_int_equal(behind(f, id, NEIGHBOUR).n_support, 1);
    assert_int_equal(behind(f, id, NEIGHBOUR).is_supported, 1);
    assert_int_equal(behind(f, id, RESIDENT).is_supported, 0);
    test_ok(try_support(f, id, NEIGHBOUR, true));
    assert_int_equal(behind(f, id, NEIGHBOUR).n_support, 0);
}

static void supporters_come_along_with_a_merge(void **state)
{
    Fixture *f = *state;
    int64_t part = submitted(f, "坡道加扶手");
    int64_t main = submitted(f, "西坡防滑");
    test_ok(try_support(f, part, NEIGHBOUR, false));
    test_ok(try_support(f, main, NEIGHBOUR, false));
    test_ok(try_merge(f, part, main));
    assert_int_equal(behind(f, main, 0).n_support, 1); /* one person, not two */
    assert_int_equal(behind(f, main, 0).n_merged, 1);
}

static void support_is_refused_for_ones_own_and_after_collecting(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "西坡防滑");
    test_error(try_support(f, id, RESIDENT, false), ERROR_FORBIDDEN);
    at_stage(f, 3);
    test_error(try_support(f, id, NEIGHBOUR, false), ERROR_STAGE_NOT_OPEN);
}

static Error *erase(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    return proposals_feature.erase_person(tx, *(const int64_t *)input, now);
}

static void an_erased_person_supports_nothing(void **state)
{
    Fixture *f = *state;
    int64_t person = NEIGHBOUR;
    int64_t id = submitted(f, "西坡防滑");
    test_ok(try_support(f, id, NEIGHBOUR, false));
    test_ok(db_write(f->db, f->arena, erase, &person, NULL, 0));
    assert_int_equal(behind(f, id, 0).n_support, 0);
}

static void an_adviser_helps_until_taken_off(void **state)
{
    Fixture *f = *state;
    Snapshot *snapshot;
    AdviserListRows rows;
    AdviserNew new = {.area = AREA,
                      .actor = WORKER,
                      .kind = ADVISER_DEPARTMENT,
                      .organisation = STR("区住建局"),
                      .name = STR("测试员甲")};
    new.proposal = submitted(f, "西坡防滑");
    test_ok(db_write(f->db, f->arena, proposals_adviser_add, &new, NULL, 0));
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_adviser_list(snapshot, AREA, new.proposal, 10, &rows));
    db_snapshot_end(snapshot);
    assert_int_equal(rows.count, 1);
    AdviserEnd end = {AREA, new.proposal, rows.rows[0].id, WORKER};
    test_ok(db_write(f->db, f->arena, proposals_adviser_end, &end, NULL, 0));
    test_error(db_write(f->db, f->arena, proposals_adviser_end, &end, NULL, 0), ERROR_NOT_FOUND);
    new.organisation = new.name = STR("");
    test_error(db_write(f->db, f->arena, proposals_adviser_add, &new, NULL, 0),
               ERROR_FIELD_MISSING);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_wish_told_in_other_words_is_found),
        ON_BOTH(a_copy_is_said_to_be_one),
        ON_BOTH(at_most_five_are_shown_and_never_itself),
        ON_BOTH(a_changed_one_is_found_by_its_new_words_only),
        ON_BOTH(of_two_who_take_it_apart_at_once_the_second_is_told),
        ON_BOTH(a_withdrawn_one_is_not_shown_and_of_a_merged_one_its_main),
        ON_BOTH(a_merged_one_keeps_every_word_its_receipt_and_its_proposer),
        ON_BOTH(its_receipt_says_where_it_went),
        ON_BOTH(a_merge_waits_for_no_answer_of_its_own),
        ON_BOTH(undo_puts_everything_back_as_it_was),
        ON_BOTH(what_was_merged_before_moves_along_and_comes_back),
        ON_BOTH(undo_ends_with_the_stage),
        ON_BOTH(a_merge_from_an_old_page_or_into_itself_is_refused),
        ON_BOTH(who_says_it_is_the_same_goes_on_in_it_with_a_receipt),
        ON_BOTH(nobody_withdraws_what_others_were_merged_into),
        ON_BOTH(support_counts_once_and_can_be_taken_back),
        ON_BOTH(supporters_come_along_with_a_merge),
        ON_BOTH(support_is_refused_for_ones_own_and_after_collecting),
        ON_BOTH(an_erased_person_supports_nothing),
        ON_BOTH(an_adviser_helps_until_taken_off),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
