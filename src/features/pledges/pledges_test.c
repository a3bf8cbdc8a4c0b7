/* Pledges on both databases: promising, the steps, gate, due, what the public pays, own data. */
#include "features/pledges/pledges.h"

#include "features/people/people.h"
#include "features/proposals/proposals_fixture.h"
#include "pledges_sql.h"

#define STRANGER INT64_C(2999)

static void refused(const Error *error, ErrorCode code)
{
    assert_non_null(error);
    assert_int_equal(error->code, code);
}

static int64_t enter_neighbour(Fixture *f)
{
    PersonEnter enter = {.area = AREA,
                         .actor = WORKER,
                         .person = {.name = STR("桂小满"), .birth_year = 1960},
                         .building = STR("3 号楼"),
                         .door = STR("201"),
                         .residency = RESIDENCY_REGISTERED};
    PersonEntered entered;
    test_ok(db_write(f->db, f->arena, people_enter, &enter, &entered, sizeof(entered)));
    return entered.person;
}

/* Whom open_project() has put on the roll. */
static int64_t neighbour(Fixture *f)
{
    Snapshot *snapshot;
    PersonFound *people = NULL;
    size_t count = 0;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(people_find(snapshot, AREA, STR("桂小满"), 2, &people, &count));
    db_snapshot_end(snapshot);
    assert_int_equal(count, 1);
    return people[0].person;
}

/* A project of 12,800 yuan while the round takes pledges; the neighbour is on the roll. */
static int64_t project(Fixture *f, const char *title)
{
    int64_t id = submitted(f, title);
    test_ok(try_decide(f, id, 1, yes));
    return id;
}

static int64_t open_project(Fixture *f)
{
    int64_t id = project(f, "给坡道加扶手");
    enter_neighbour(f);
    at_stage(f, 4);
    return id;
}

static NewPledge gift(Fixture *f, int64_t proposal, int64_t yuan)
{
    return (NewPledge){.area = AREA,
                       .proposal = proposal,
                       .actor = neighbour(f),
                       .person = neighbour(f),
                       .fact = {.form = PLEDGE_MONEY, .value = {yuan * 100}}};
}

static Error *try_promise(Fixture *f, const NewPledge *new, int64_t *out)
{
    return db_write(f->db, f->arena, pledges_promise, new, out, sizeof(PledgeMade));
}

static int64_t promise(Fixture *f, const NewPledge *new)
{
    int64_t id = 0;
    test_ok(try_promise(f, new, &id));
    return id;
}

static PledgeGetRow get(Fixture *f, int64_t id)
{
    Snapshot *snapshot;
    PledgeGetRow row;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_pledge_get(snapshot, AREA, id, &row));
    db_snapshot_end(snapshot);
    return row;
}

static PledgeStep staff_step(Fixture *f, int64_t id, PledgeState to)
{
    return (PledgeStep){.area = AREA,
                        .id = id,
                        .actor = WORKER,
                        .is_staff = true,
                        .version = get(f, id).version,
                        .to = to,
                        .value = get(f, id).value_fen,
                        .reason = STR("本人搬走了")};
}

static Error *try_step(Fixture *f, const PledgeStep *step)
{
    return db_write(f->db, f->arena, pledges_step, step, NULL, 0);
}

static void step(Fixture *f, int64_t id, PledgeState to)
{
    PledgeStep input = staff_step(f, id, to);
    test_ok(try_step(f, &input));
}

static PledgeProjectRow project_row(Fixture *f, int64_t id)
{
    Snapshot *snapshot;
    PledgeProjectRow row;
    bool found = false;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_pledge_project(snapshot, AREA, id, 0, (Date){20000}, &row, &found));
    db_snapshot_end(snapshot);
    return row;
}

/* --- promising --------------------------------------------------------------- */

static void a_promise_is_kept_and_lowers_nothing_yet(void **state)
{
    Fixture *f = *state;
    int64_t id = open_project(f);
    NewPledge new = gift(f, id, 300);
    PledgeGetRow row = get(f, promise(f, &new));
    assert_int_equal(row.state, PLEDGE_PROMISED);
    assert_int_equal(row.person_id, neighbour(f));
    assert_int_equal(row.entered_by, 0);
    assert_int_equal(project_row(f, id).firm_fen.fen, 0);
    assert_int_equal(project_row(f, id).n_promised, 1);
}

static void only_those_on_the_roll_give(void **state)
{
    Fixture *f = *state;
    NewPledge new = gift(f, open_project(f), 300);
    int64_t id;
    new.actor = new.person = STRANGER;
    refused(try_promise(f, &new, &id), ERROR_PLEDGE_NOT_HERE);
}

static void a_unit_gives_by_its_name(void **state)
{
    Fixture *f = *state;
    NewPledge new = gift(f, open_project(f), 3000);
    int64_t id;
    new.actor = WORKER;
    new.is_staff = true;
    new.person = 0;
    Error *error = try_promise(f, &new, &id);
    refused(error, ERROR_FIELD_MISSING);
    assert_true(str_eq(error->field, STR("unit")));
    new.unit = STR("街口粮油店");
    PledgeGetRow row = get(f, promise(f, &new));
    assert_true(str_eq(row.unit, STR("街口粮油店")));
    assert_int_equal(row.entered_by, WORKER);
}

static void nothing_is_promised_outside_its_stage(void **state)
{
    Fixture *f = *state;
    NewPledge new = gift(f, open_project(f), 300);
    int64_t id;
    at_stage(f, 3);
    refused(try_promise(f, &new, &id), ERROR_STAGE_NOT_OPEN);
    at_stage(f, 5);
    refused(try_promise(f, &new, &id), ERROR_STAGE_NOT_OPEN);
}

static void nothing_is_promised_for_what_is_not_accepted(void **state)
{
    Fixture *f = *state;
    int64_t waiting = submitted(f, "小广场加路灯");
    open_project(f);
    NewPledge new = gift(f, waiting, 300);
    int64_t id;
    refused(try_promise(f, &new, &id), ERROR_NOT_FOUND);
}

static void more_than_the_project_lacks_is_not_taken(void **state)
{
    Fixture *f = *state;
    int64_t project_id = open_project(f);
    NewPledge most = gift(f, project_id, 12800);
    NewPledge more = gift(f, project_id, 12801);
    int64_t id;
    refused(try_promise(f, &more, &id), ERROR_PLEDGE_TOO_MUCH);
    promise(f, &most);
}

/* --- the steps --------------------------------------------------------------- */

static void what_is_confirmed_lowers_what_the_public_pays(void **state)
{
    Fixture *f = *state;
    int64_t id = open_project(f);
    NewPledge new = gift(f, id, 300);
    int64_t pledge = promise(f, &new);
    step(f, pledge, PLEDGE_CONFIRMED);
    assert_int_equal(project_row(f, id).firm_fen.fen, 30000);
    step(f, pledge, PLEDGE_RECEIVED);
    assert_int_equal(project_row(f, id).firm_fen.fen, 30000);
    assert_true(get(f, pledge).received_at.ms > 0);
}

static void what_is_released_counts_no_more(void **state)
{
    Fixture *f = *state;
    int64_t id = open_project(f);
    NewPledge new = gift(f, id, 300);
    int64_t pledge = promise(f, &new);
    step(f, pledge, PLEDGE_CONFIRMED);
    step(f, pledge, PLEDGE_RELEASED);
    assert_int_equal(project_row(f, id).firm_fen.fen, 0);
    assert_true(str_eq(get(f, pledge).reason, STR("本人搬走了")));
    assert_true(get(f, pledge).confirmed_at.ms > 0);
}

static void two_promises_that_together_are_too_much_are_not_both_confirmed(void **state)
{
    Fixture *f = *state;
    int64_t id = open_project(f);
    NewPledge new = gift(f, id, 12000);
    int64_t first = promise(f, &new);
    int64_t second = promise(f, &new);
    step(f, first, PLEDGE_CONFIRMED);
    PledgeStep again = staff_step(f, second, PLEDGE_CONFIRMED);
    refused(try_step(f, &again), ERROR_PLEDGE_TOO_MUCH);
    assert_int_equal(project_row(f, id).firm_fen.fen, 1200000);
}

static void goods_are_confirmed_at_what_they_are_worth(void **state)
{
    Fixture *f = *state;
    int64_t id = open_project(f);
    NewPledge new = gift(f, id, 800);
    new.fact = (PledgeFact){PLEDGE_GOODS, {80000}, 0, STR("长椅两张")};
    PledgeStep input = staff_step(f, promise(f, &new), PLEDGE_CONFIRMED);
    input.value = (Money){65000};
    test_ok(try_step(f, &input));
    assert_int_equal(project_row(f, id).firm_fen.fen, 65000);
}

static void money_is_confirmed_as_it_was_promised(void **state)
{
    Fixture *f = *state;
    int64_t id = open_project(f);
    NewPledge new = gift(f, id, 300);
    PledgeStep input = staff_step(f, promise(f, &new), PLEDGE_CONFIRMED);
    input.value = (Money){99900};
    test_ok(try_step(f, &input));
    assert_int_equal(project_row(f, id).firm_fen.fen, 30000);
}

static void a_giver_takes_a_pledge_back_and_nobody_elses(void **state)
{
    Fixture *f = *state;
    NewPledge new = gift(f, open_project(f), 300);
    PledgeStep input = staff_step(f, promise(f, &new), PLEDGE_RELEASED);
    input.is_staff = false;
    input.reason = STR("");
    input.actor = STRANGER;
    refused(try_step(f, &input), ERROR_NOT_FOUND);
    input.actor = neighbour(f);
    test_ok(try_step(f, &input));
    assert_int_equal(get(f, input.id).state, PLEDGE_RELEASED);
}

static void two_staff_at_once_get_one_winner(void **state)
{
    Fixture *f = *state;
    NewPledge new = gift(f, open_project(f), 300);
    int64_t id = promise(f, &new);
    PledgeStep confirm = staff_step(f, id, PLEDGE_CONFIRMED);
    PledgeStep release = staff_step(f, id, PLEDGE_RELEASED);
    test_ok(try_step(f, &confirm));
    refused(try_step(f, &release), ERROR_VERSION_CONFLICT);
}

static void nothing_is_confirmed_once_the_ballot_has_its_prices(void **state)
{
    Fixture *f = *state;
    NewPledge new = gift(f, open_project(f), 300);
    PledgeStep confirm = staff_step(f, promise(f, &new), PLEDGE_CONFIRMED);
    at_stage(f, 6);
    refused(try_step(f, &confirm), ERROR_STAGE_NOT_OPEN);
}

/* --- the gate, due items, own data ------------------------------------------- */

static GateState gate(Fixture *f)
{
    Snapshot *snapshot;
    GateReport report = {0};
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(pledges_feature.gates[0].check(snapshot, AREA, f->round, 4, &report));
    db_snapshot_end(snapshot);
    return report.state;
}

static void the_gate_opens_when_no_promise_is_open(void **state)
{
    Fixture *f = *state;
    int64_t id = open_project(f);
    assert_int_equal(gate(f), GATE_MET);
    NewPledge new = gift(f, id, 300);
    int64_t first = promise(f, &new);
    int64_t second = promise(f, &new);
    assert_int_equal(gate(f), GATE_UNMET);
    step(f, first, PLEDGE_CONFIRMED);
    assert_int_equal(gate(f), GATE_UNMET);
    step(f, second, PLEDGE_RELEASED);
    assert_int_equal(gate(f), GATE_MET);
}

static DueItems due(Fixture *f)
{
    Grant *grant = arena_new(f->arena, Grant);
    int64_t *path = arena_new(f->arena, int64_t);
    DueItems items = {0};
    Snapshot *snapshot;
    *grant = (Grant){ROLE_COMMUNITY_WORKER, AREA};
    *path = AREA;
    Who who = {
        .person = WORKER, .grants = grant, .n_grants = 1, .area_path = path, .n_area_path = 1};
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(pledges_feature.due(snapshot, f->arena, AREA, &who, &items));
    db_snapshot_end(snapshot);
    return items;
}

static void promises_are_due_at_once_and_firm_ones_when_the_works_begin(void **state)
{
    Fixture *f = *state;
    NewPledge new = gift(f, open_project(f), 300);
    assert_int_equal(due(f).count, 0);
    int64_t id = promise(f, &new);
    assert_int_equal(due(f).count, 1);
    assert_true(due(f).items[0].due_at.ms > 0);
    step(f, id, PLEDGE_CONFIRMED);
    assert_int_equal(due(f).count, 0);
    at_stage(f, 9);
    assert_int_equal(due(f).count, 1);
    step(f, id, PLEDGE_RECEIVED);
    assert_int_equal(due(f).count, 0);
}

static Error *erase(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    return pledges_feature.erase_person(tx, *(const int64_t *)input, now);
}

static Str exported(Fixture *f, int64_t person)
{
    Snapshot *snapshot;
    Buf *out = arena_new(f->arena, Buf);
    buf_init(out, 1 << 20);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(pledges_feature.export_person(snapshot, person, out));
    db_snapshot_end(snapshot);
    Str words = arena_str(f->arena, buf_view(out));
    buf_free(out);
    return words;
}

static void an_erased_giver_leaves_what_was_given_and_no_promise(void **state)
{
    Fixture *f = *state;
    int64_t id = open_project(f);
    NewPledge new = gift(f, id, 300);
    int64_t firm = promise(f, &new);
    int64_t open = promise(f, &new);
    int64_t person = neighbour(f);
    step(f, firm, PLEDGE_CONFIRMED);
    assert_true(str_contains(exported(f, person), STR("扶手")));
    test_ok(db_write(f->db, f->arena, erase, &person, NULL, 0));
    assert_int_equal(get(f, firm).state, PLEDGE_CONFIRMED);
    assert_int_equal(get(f, firm).person_id, 0);
    assert_int_equal(get(f, open).state, PLEDGE_RELEASED);
    assert_int_equal(project_row(f, id).firm_fen.fen, 30000);
    assert_false(str_contains(exported(f, person), STR("扶手")));
}

static void the_desk_reads_open_promises_first_page_by_page(void **state)
{
    Fixture *f = *state;
    NewPledge new = gift(f, open_project(f), 300);
    Snapshot *snapshot;
    PledgeDeskRows rows;
    int64_t firm = promise(f, &new);
    int64_t open = promise(f, &new);
    step(f, firm, PLEDGE_CONFIRMED);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_pledge_desk(snapshot, AREA, f->round, 0, 0, 1, &rows));
    assert_int_equal(rows.rows[0].id, open);
    test_ok(sql_pledge_desk(snapshot, AREA, f->round, rows.rows[0].state, open, 5, &rows));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.rows[0].id, firm);
    db_snapshot_end(snapshot);
}

static void the_public_list_names_those_who_want_it_and_only_what_is_firm(void **state)
{
    Fixture *f = *state;
    int64_t id = open_project(f);
    NewPledge new = gift(f, id, 300);
    PledgeLinesRows rows;
    Snapshot *snapshot;
    step(f, promise(f, &new), PLEDGE_CONFIRMED);
    promise(f, &new);
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_pledge_lines(snapshot, AREA, id, 0, 50, &rows));
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.rows[0].giver_name.len, 0);
    db_snapshot_end(snapshot);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_promise_is_kept_and_lowers_nothing_yet),
        ON_BOTH(only_those_on_the_roll_give),
        ON_BOTH(a_unit_gives_by_its_name),
        ON_BOTH(nothing_is_promised_outside_its_stage),
        ON_BOTH(nothing_is_promised_for_what_is_not_accepted),
        ON_BOTH(more_than_the_project_lacks_is_not_taken),
        ON_BOTH(what_is_confirmed_lowers_what_the_public_pays),
        ON_BOTH(what_is_released_counts_no_more),
        ON_BOTH(two_promises_that_together_are_too_much_are_not_both_confirmed),
        ON_BOTH(goods_are_confirmed_at_what_they_are_worth),
        ON_BOTH(money_is_confirmed_as_it_was_promised),
        ON_BOTH(a_giver_takes_a_pledge_back_and_nobody_elses),
        ON_BOTH(two_staff_at_once_get_one_winner),
        ON_BOTH(nothing_is_confirmed_once_the_ballot_has_its_prices),
        ON_BOTH(the_gate_opens_when_no_promise_is_open),
        ON_BOTH(promises_are_due_at_once_and_firm_ones_when_the_works_begin),
        ON_BOTH(an_erased_giver_leaves_what_was_given_and_no_promise),
        ON_BOTH(the_desk_reads_open_promises_first_page_by_page),
        ON_BOTH(the_public_list_names_those_who_want_it_and_only_what_is_firm),
    };
    return cmocka_run_group_tests_name("pledges", tests, NULL, NULL);
}
