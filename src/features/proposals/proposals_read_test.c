/* Proposals on both databases: the gate, what is due, search, receipts, personal data. */
#include "features/proposals/proposals_fixture.h"
#include "features/proposals/proposals_merge.h"
#include "page_ask.h"

/* --- the gate, what is due --------------------------------------------------- */

static void the_gate_is_met_when_every_proposal_has_an_answer(void **state)
{
    Fixture *f = *state;
    assert_int_equal(gate_now(f).state, GATE_MET);
    int64_t one = submitted(f, "给坡道加扶手");
    int64_t two = submitted(f, "小广场加路灯");
    assert_int_equal(gate_now(f).state, GATE_UNMET);
    test_ok(try_decide(f, one, 1, yes));
    assert_int_equal(gate_now(f).state, GATE_UNMET);
    assert_true(gate_now(f).link.url.len > 0);
    test_ok(try_decide(f, two, 1, no));
    assert_int_equal(gate_now(f).state, GATE_MET);
}

static void undecided_proposals_are_one_due_item_with_the_oldest(void **state)
{
    Fixture *f = *state;
    submitted(f, "给坡道加扶手");
    submitted(f, "小广场加路灯");
    DueItems items =
        test_due(f->db, f->arena, &proposals_feature, AREA, WORKER, ROLE_COMMUNITY_WORKER);
    assert_int_equal(items.count, 1);
    assert_true(str_contains(text_str(f->arena, LANG_ZH, items.items[0].what), STR("2 条")));
    assert_true(
        str_contains(text_str(f->arena, LANG_ZH, items.items[0].detail), STR("给坡道加扶手")));
    assert_true(items.items[0].due_at.ms > 0);
}

/* --- finding ----------------------------------------------------------------- */

static void a_search_for_two_characters_finds_them_inside_a_sentence(void **state)
{
    Fixture *f = *state;
    submitted(f, "小广场路灯换成亮一点的");
    submitted(f, "给坡道加扶手");
    assert_int_equal(found_by(f, "路灯"), 1);
    assert_int_equal(found_by(f, "灯"), 1);
    assert_int_equal(found_by(f, "灯路"), 0);
    assert_int_equal(found_by(f, "路灯 亮"), 1);
    assert_int_equal(found_by(f, "打滑"), 2);
    assert_int_equal(found_by(f, "\"路灯\" OR *"), 0);
}

static void the_list_is_read_page_by_page_without_gap_or_repetition(void **state)
{
    Fixture *f = *state;
    cap_is(f, no_cap);
    for (int i = 0; i < 7; i++) {
        submitted(f, arena_printf(f->arena, "第 %d 盏路灯", i).data);
    }
    int64_t before = INT64_MAX;
    size_t seen = 0;
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    for (int page = 0; page < 3; page++) {
        ProposalListRows rows;
        test_ok(sql_proposal_list(snapshot, AREA, f->round, 0, STR(""), before, 3, &rows));
        for (size_t i = 0; i < rows.count; i++) {
            assert_true(rows.rows[i].id < before);
            before = rows.rows[i].id;
            seen++;
        }
    }
    db_snapshot_end(snapshot);
    assert_int_equal(seen, 7);
}

/* A community of its own with a round that collects, and a proposal in it. */
static Error *settle(Tx *tx, const void *input, Instant now, void *output)
{
    const NewProposal *new = input;
    AreaNew area = {.kind = AREA_COMMUNITY, .name = STR("桂竹社区")};
    NewProposal here = *new;
    NewRound round = {.template_name = STR("short"),
                      .title = STR("第三批幸福微实事"),
                      .budget = {24000000},
                      .max_choices = 5,
                      .minimum_age = 15};
    int64_t round_id;
    Error *err = areas_create(tx, &area, &here.area);
    round.area = here.area;
    if (!err) {
        err = programmes_create_round(tx, &round, now, &round_id);
    }
    return err ? err : proposals_submit(tx, &here, now, output);
}

static void a_receipt_leads_to_its_proposal_in_any_area(void **state)
{
    Fixture *f = *state;
    NewProposal new = wish("给坡道加扶手");
    ProposalSubmitted done;
    Snapshot *snapshot;
    ProposalByReceiptRow row;
    bool found = false;
    test_ok(db_write(f->db, f->arena, settle, &new, &done, sizeof(done)));
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_proposal_by_receipt(snapshot, str_from(done.receipt.text), &row, &found));
    assert_true(found);
    assert_true(row.id == done.id);
    assert_true(str_eq(row.area_name, STR("桂竹社区")));
    test_ok(sql_proposal_by_receipt(snapshot, str_from(proposal_new_receipt().text), &row, &found));
    db_snapshot_end(snapshot);
    assert_false(found);
}

/* --- personal data ----------------------------------------------------------- */

static Error *erase(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    return proposals_feature.erase_person(tx, *(const int64_t *)input, now);
}

static void a_person_gets_a_copy_and_can_be_erased_while_the_words_stay(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    Snapshot *snapshot;
    Buf copy;
    buf_init(&copy, LIMIT_RESPONSE_BYTES);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(proposals_feature.export_person(snapshot, RESIDENT, &copy));
    db_snapshot_end(snapshot);
    assert_true(str_contains(buf_view(&copy), STR("给坡道加扶手")));
    assert_true(str_starts_with(buf_view(&copy), STR("\"proposals\":[")));
    buf_free(&copy);
    int64_t person = RESIDENT;
    test_ok(db_write(f->db, f->arena, erase, &person, NULL, 0));
    ProposalGetRow row = row_of(f, id);
    assert_true(row.proposer_id == 0);
    assert_true(str_eq(row.title, STR("给坡道加扶手")));
}

static Str page_seen_by(Fixture *f, int64_t id, int64_t person, Role role)
{
    Str body;
    PageAsked asked = {f->db, &proposals_feature, "/a/{area}/proposals/{id}", AREA, id, role,
                       person};
    test_ok(page_ask(f->arena, &asked, &body));
    return body;
}

/* Somebody without a telephone of their own asked the worker to write it down. */
static int64_t written_down(Fixture *f)
{
    NewProposal new = wish("给坡道加扶手");
    ProposalSubmitted done;
    new.actor = WORKER;
    new.is_staff = true;
    new.channel = CHANNEL_DOOR;
    new.proposer_name = STR("欧阳桂香");
    new.proposer_phone = STR("19900000042");
    test_ok(try_submit(f, &new, &done));
    return done.id;
}

static void a_withdrawn_proposal_says_so_to_everybody_and_keeps_its_words_to_itself(void **state)
{
    Fixture *f = *state;
    int64_t id = submitted(f, "给坡道加扶手");
    ProposalWithdraw withdraw = {AREA, id, RESIDENT, false, 1, false};
    test_ok(db_write(f->db, f->arena, proposals_withdraw, &withdraw, NULL, 0));
    Str body = page_seen_by(f, id, 0, ROLE_NONE);
    assert_true(str_contains(body, STR("这条提议已经撤回")));
    assert_false(str_contains(body, STR("给坡道加扶手")));
    assert_true(str_contains(page_seen_by(f, id, RESIDENT, ROLE_NONE), STR("给坡道加扶手")));
}

static void only_those_who_manage_see_the_name_and_telephone_of_a_proposer(void **state)
{
    Fixture *f = *state;
    int64_t id = written_down(f);
    Str worker = page_seen_by(f, id, WORKER + 1, ROLE_COMMUNITY_WORKER);
    assert_true(str_contains(worker, STR("欧阳桂香")));
    assert_true(str_contains(worker, STR("19900000042")));
    static const Role others[] = {ROLE_GRID_WORKER, ROLE_STREET_OFFICER, ROLE_DISTRICT_OFFICER,
                                  ROLE_CITY_OFFICER};
    for (size_t i = 0; i < countof(others); i++) {
        Str page = page_seen_by(f, id, WORKER + 1, others[i]);
        assert_false(str_contains(page, STR("欧阳桂香")));
        assert_false(str_contains(page, STR("19900000042")));
        assert_true(str_contains(page, STR("欧阳邻居")));
    }
}

static void who_wrote_a_proposal_down_sees_whose_it_is(void **state)
{
    Fixture *f = *state;
    int64_t id = written_down(f);
    assert_true(str_contains(page_seen_by(f, id, WORKER, ROLE_GRID_WORKER), STR("19900000042")));
}

static void who_was_joined_to_a_proposal_is_masked_likewise(void **state)
{
    Fixture *f = *state;
    int64_t main = submitted(f, "坡道加扶手和防滑条");
    ProposalMerge merge = {AREA, written_down(f), main, WORKER, 1};
    test_ok(db_write(f->db, f->arena, proposals_merge, &merge, NULL, 0));
    Str worker = page_seen_by(f, main, WORKER, ROLE_COMMUNITY_WORKER);
    assert_true(str_contains(worker, STR("19900000042")));
    Str officer = page_seen_by(f, main, WORKER + 1, ROLE_CITY_OFFICER);
    assert_false(str_contains(officer, STR("欧阳桂香")));
    assert_false(str_contains(officer, STR("19900000042")));
    assert_true(str_contains(officer, STR("欧阳邻居")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_withdrawn_proposal_says_so_to_everybody_and_keeps_its_words_to_itself),
        ON_BOTH(the_gate_is_met_when_every_proposal_has_an_answer),
        ON_BOTH(undecided_proposals_are_one_due_item_with_the_oldest),
        ON_BOTH(a_search_for_two_characters_finds_them_inside_a_sentence),
        ON_BOTH(the_list_is_read_page_by_page_without_gap_or_repetition),
        ON_BOTH(a_receipt_leads_to_its_proposal_in_any_area),
        ON_BOTH(only_those_who_manage_see_the_name_and_telephone_of_a_proposer),
        ON_BOTH(who_wrote_a_proposal_down_sees_whose_it_is),
        ON_BOTH(who_was_joined_to_a_proposal_is_masked_likewise),
        ON_BOTH(a_person_gets_a_copy_and_can_be_erased_while_the_words_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
