/* Publishing, the gates of the stage and what is due, on both databases. */
#include "features/publicity/publicity_fixture.h"

/* --- publishing ----------------------------------------------------------------------------- */

static void a_result_is_not_published_before_it_is_counted(void **state)
{
    PublicationDone done;
    place_at(*state, 7);
    test_error(publish(*state, &done), ERROR_PUBLICATION_NOT_COUNTED);
}

static void a_result_is_not_published_before_its_stage(void **state)
{
    PublicationDone done;
    count_poll(*state);
    place_at(*state, 6);
    test_error(publish(*state, &done), ERROR_STAGE_NOT_OPEN);
}

static void a_publication_runs_for_the_working_days_of_its_stage(void **state)
{
    Fixture *fixture = *state;
    PublicationDone done;
    count_poll(fixture);
    place_at(fixture, 7);
    test_ok(publish(fixture, &done));
    Instant now = clock_now(test_db_clock(fixture->db));
    assert_true(working_days_from(fixture, instant_date(now), done.ends_at) == 5);
    assert_int_equal(instant_civil(done.ends_at).hour, 17);
    assert_int_equal(instant_civil(done.ends_at).minute, 30);
}

static void a_poll_is_published_once(void **state)
{
    PublicationDone done;
    publish_well(*state);
    test_error(publish(*state, &done), ERROR_ALREADY_EXISTS);
}

static void a_publication_needs_words(void **state)
{
    Fixture *fixture = *state;
    count_poll(fixture);
    place_at(fixture, 7);
    PublicationDone done;
    PublicationNew input = {.area = fixture->area,
                            .round = fixture->round,
                            .actor = fixture->wang,
                            .title = STR("投票结果公示"),
                            .words = STR("太短")};
    const Error *err =
        db_write(fixture->db, fixture->arena, publicity_publish, &input, &done, sizeof(done));
    test_error(err, ERROR_FIELD_TOO_SHORT);
    assert_true(str_eq(err->field, STR("words")));
}

/* --- gates and what is due ------------------------------------------------------------------ */

static void without_a_publication_both_gates_are_shut(void **state)
{
    place_at(*state, 7);
    assert_int_equal(gate(*state, "publication_over").state, GATE_UNMET);
    assert_int_equal(gate(*state, "objections_answered").state, GATE_UNMET);
    assert_true(gate(*state, "publication_over").link.url.len > 0);
}

static void the_gate_of_the_period_waits_for_its_end_and_then_opens(void **state)
{
    publish_well(*state);
    GateReport report = gate(*state, "publication_over");
    assert_int_equal(report.state, GATE_WAITING);
    assert_true(report.opens_at.ms > clock_now(test_db_clock(((Fixture *)*state)->db)).ms);
    move_days(*state, 9);
    assert_int_equal(gate(*state, "publication_over").state, GATE_MET);
}

static void one_objection_without_an_answer_shuts_the_gate(void **state)
{
    ObjectionDone first, second;
    publish_well(*state);
    assert_int_equal(gate(*state, "objections_answered").state, GATE_MET);
    test_ok(object(*state, OBJECTED, &first));
    test_ok(object(*state, OBJECTED, &second));
    test_ok(answer(*state, first.id, 1, ANSWERED));
    GateReport report = gate(*state, "objections_answered");
    assert_int_equal(report.state, GATE_UNMET);
    assert_true(str_contains(report.link.url, str_from(id_text(second.id).text)));
    test_ok(answer(*state, second.id, 1, ANSWERED));
    assert_int_equal(gate(*state, "objections_answered").state, GATE_MET);
}

static void publishing_is_due_until_it_is_done(void **state)
{
    Fixture *fixture = *state;
    count_poll(fixture);
    place_at(fixture, 7);
    DueItems before = due(fixture);
    assert_int_equal(before.count, 1);
    assert_true(str_contains(before.items[0].link.url, STR("/publish")));
    PublicationDone done;
    test_ok(publish(fixture, &done));
    assert_int_equal(due(fixture).count, 1);
    assert_true(str_contains(due(fixture).items[0].link.url, STR("/postings/new")));
}

static void an_unanswered_objection_is_due_in_five_working_days(void **state)
{
    Fixture *fixture = *state;
    ObjectionDone done;
    publish_and_hang(fixture);
    test_ok(object(fixture, OBJECTED, &done));
    DueItems items = due(fixture);
    assert_int_equal(items.count, 1);
    Date today = instant_date(clock_now(test_db_clock(fixture->db)));
    assert_int_equal(working_days_from(fixture, today, items.items[0].due_at), 5);
    test_ok(answer(fixture, done.id, 1, ANSWERED));
    assert_int_equal(due(fixture).count, 0);
}

static void only_those_who_answer_see_who_objects_on_the_desk(void **state)
{
    Fixture *fixture = *state;
    ObjectionDone done;
    publish_and_hang(fixture);
    test_ok(object(fixture, OBJECTED, &done));
    Str whole = text_str(fixture->arena, LANG_ZH, due(fixture).items[0].detail);
    assert_true(str_contains(whole, STR("林秀兰")));
    static const Role others[] = {ROLE_GRID_WORKER, ROLE_STREET_OFFICER, ROLE_DISTRICT_OFFICER,
                                  ROLE_CITY_OFFICER};
    for (size_t i = 0; i < countof(others); i++) {
        Str masked = text_str(fixture->arena, LANG_ZH, due_for(fixture, others[i]).items[0].detail);
        assert_false(str_contains(masked, STR("林秀兰")));
        assert_true(str_contains(masked, STR("林邻居")));
    }
}

static void many_objections_are_one_line_with_their_number(void **state)
{
    Fixture *fixture = *state;
    ObjectionDone first, done;
    publish_and_hang(fixture);
    test_ok(object(fixture, OBJECTED, &first));
    test_ok(object(fixture, OBJECTED, &done));
    test_ok(object(fixture, OBJECTED, &done));
    DueItems items = due(fixture);
    assert_int_equal(items.count, 1);
    assert_true(
        str_contains(text_str(fixture->arena, LANG_ZH, items.items[0].what), STR("3 条异议")));
    assert_true(str_contains(items.items[0].link.url, str_from(id_text(first.id).text)));
}

static void answer_within_three_days(RoundRules *rules)
{
    rules->objection_answer_working_days = 3;
}

static void an_answer_is_due_when_the_rules_of_the_round_say(void **state)
{
    Fixture *fixture = *state;
    ObjectionDone done;
    publish_and_hang(fixture);
    round_rules_change(fixture->db, fixture->arena, fixture->area, fixture->round,
                       answer_within_three_days);
    test_ok(object(fixture, OBJECTED, &done));
    Date today = instant_date(clock_now(test_db_clock(fixture->db)));
    assert_int_equal(working_days_from(fixture, today, due(fixture).items[0].due_at), 3);
}

static const Case cases[] = {
    CASE(a_result_is_not_published_before_it_is_counted),
    CASE(a_result_is_not_published_before_its_stage),
    CASE(a_publication_runs_for_the_working_days_of_its_stage),
    CASE(a_poll_is_published_once),
    CASE(a_publication_needs_words),
    CASE(without_a_publication_both_gates_are_shut),
    CASE(the_gate_of_the_period_waits_for_its_end_and_then_opens),
    CASE(one_objection_without_an_answer_shuts_the_gate),
    CASE(publishing_is_due_until_it_is_done),
    CASE(an_unanswered_objection_is_due_in_five_working_days),
    CASE(only_those_who_answer_see_who_objects_on_the_desk),
    CASE(many_objections_are_one_line_with_their_number),
    CASE(an_answer_is_due_when_the_rules_of_the_round_say),
};

int main(void)
{
    return run_cases(cases, countof(cases));
}
