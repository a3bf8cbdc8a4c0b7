/* Publishing, objecting, answering and the two gates, on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "features/areas/areas.h"
#include "features/people/people.h"
#include "features/polls/polls.h"
#include "features/programmes/programmes.h"
#include "features/publicity/publicity.h"
#include "features/publicity/publicity_gates.h"
#include "platform/journal/journal.h"
#include "publicity_sql.h"
#include "round_rules_change.h"
#include "test_db.h"
#include "test_feature.h"

#define WORDS    "投票已经结束，票已计完。公示五个工作日，每条异议都答复。"
#define OBJECTED "坡道会不会影响消防通道，请再量一量。"
#define ANSWERED "量过了，留下的宽度是三米五，符合规定。"
#define DAY_MS   INT64_C(86400000)

static const char small_poll[] = "META\nkey;value\ndescription;small\ncountry;x\nunit;x\n"
                                 "instance;1\nnum_projects;2\nnum_votes;2\nbudget;100\n"
                                 "vote_type;approval\nrule;greedy\n"
                                 "PROJECTS\nproject_id;cost;name\n1;60;坡道\n2;70;路灯\n"
                                 "VOTES\nvoter_id;vote\n1;1\n2;1,2\n";

typedef struct Fixture {
    DbKind kind;
    Arena *arena;
    Db *db;
    int64_t area, lin, wang, round, publication;
} Fixture;

static Error *seed(Tx *tx, const void *input, Instant now, void *output)
{
    Fixture *fixture = output;
    (void)input;
    AreaNew area = {.kind = AREA_COMMUNITY, .name = STR("桂竹社区")};
    PersonNew lin = {.name = STR("林秀兰")};
    PersonNew wang = {.name = STR("王强")};
    test_ok(areas_create(tx, &area, &fixture->area));
    test_ok(people_create(tx, &lin, &fixture->lin));
    test_ok(people_create(tx, &wang, &fixture->wang));
    NewRound round = {.area = fixture->area,
                      .actor = fixture->wang,
                      .template_name = STR("first"),
                      .title = STR("第三批幸福微实事"),
                      .budget = {10000},
                      .max_choices = 2,
                      .first_day = instant_date(now)};
    return programmes_create_round(tx, &round, now, &fixture->round);
}

typedef struct Place {
    int64_t area, round;
    int no;
} Place;

static Error *place(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const Place *to = input;
    return programmes_place_round(tx, to->area, to->round, to->no);
}

static void place_at(Fixture *fixture, int no)
{
    Place to = {fixture->area, fixture->round, no};
    test_ok(db_write(fixture->db, fixture->arena, place, &to, NULL, 0));
}

static int set_up(void **state)
{
    Fixture *fixture = *state;
    DbKind kind = fixture->kind;
    *fixture = (Fixture){.kind = kind, .arena = arena_create(256u << 20)};
    test_db_open(fixture->arena, kind, &fixture->db);
    Fixture seeded = {0};
    test_ok(db_write(fixture->db, fixture->arena, seed, NULL, &seeded, sizeof(seeded)));
    fixture->area = seeded.area;
    fixture->lin = seeded.lin;
    fixture->wang = seeded.wang;
    fixture->round = seeded.round;
    return 0;
}

static int tear_down(void **state)
{
    Fixture *fixture = *state;
    test_db_close(fixture->db);
    arena_destroy(fixture->arena);
    return 0;
}

static void count_poll(Fixture *fixture)
{
    int64_t poll;
    PollRule rule = poll_rule_default();
    rule.zero_support = STR("include");
    test_ok(polls_import_pabulib(fixture->db, fixture->arena, fixture->area, fixture->round,
                                 STR("投票"), str_from(small_poll), &rule, &poll));
}

static Error *publish(Fixture *fixture, PublicationDone *done)
{
    PublicationNew input = {.area = fixture->area,
                            .round = fixture->round,
                            .actor = fixture->wang,
                            .title = STR("投票结果公示"),
                            .words = STR(WORDS)};
    return db_write(fixture->db, fixture->arena, publicity_publish, &input, done, sizeof(*done));
}

/* A counted poll, the publish stage, a publication. */
static void publish_well(Fixture *fixture)
{
    PublicationDone done;
    count_poll(fixture);
    place_at(fixture, 7);
    test_ok(publish(fixture, &done));
    fixture->publication = done.id;
}

static Error *object(Fixture *fixture, const char *words, ObjectionDone *done)
{
    ObjectionNew input = {.area = fixture->area,
                          .publication = fixture->publication,
                          .actor = fixture->lin,
                          .words = str_from(words)};
    return db_write(fixture->db, fixture->arena, publicity_object, &input, done, sizeof(*done));
}

static Error *answer(Fixture *fixture, int64_t objection, int64_t version, const char *words)
{
    ObjectionAnswer input = {.area = fixture->area,
                             .objection = objection,
                             .actor = fixture->wang,
                             .version = version,
                             .answer = str_from(words)};
    return db_write(fixture->db, fixture->arena, publicity_answer, &input, NULL, 0);
}

static GateReport gate(Fixture *fixture, const char *name)
{
    return test_gate(fixture->db, fixture->arena, &publicity_feature, name, fixture->area,
                     fixture->round, 7);
}

static void move_days(Fixture *fixture, int64_t days)
{
    test_db_clock(fixture->db)->offset_ms += days * DAY_MS;
}

static DueItems due_for(Fixture *fixture, Role role)
{
    return test_due(fixture->db, fixture->arena, &publicity_feature, fixture->area, fixture->wang,
                    role);
}

static DueItems due(Fixture *fixture)
{
    return due_for(fixture, ROLE_COMMUNITY_WORKER);
}

static ObjectionGetRow objection(Fixture *fixture, int64_t id)
{
    ObjectionGetRow row;
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(sql_objection_get(snapshot, fixture->area, id, &row));
    db_snapshot_end(snapshot);
    return row;
}

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

static int working_days_from(Fixture *fixture, Date from, Instant to)
{
    Snapshot *snapshot;
    HolidayTable holidays;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(programmes_holidays(snapshot, &holidays));
    db_snapshot_end(snapshot);
    return working_days_between(&holidays, from, instant_date(to));
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

/* --- objecting and answering ---------------------------------------------------------------- */

static void objections_of_one_person_are_numbered_in_turn(void **state)
{
    ObjectionDone first, second;
    publish_well(*state);
    test_ok(object(*state, OBJECTED, &first));
    test_ok(object(*state, OBJECTED, &second));
    assert_int_equal(first.no, 1);
    assert_int_equal(second.no, 2);
}

static void so_many_objections_of_one_person_wait_for_answers_and_no_more(void **state)
{
    ObjectionDone first, done;
    publish_well(*state);
    test_ok(object(*state, OBJECTED, &first));
    for (int i = 1; i < OBJECTIONS_WAITING_MAX; i++) {
        test_ok(object(*state, OBJECTED, &done));
    }
    test_error(object(*state, OBJECTED, &done), ERROR_OBJECTION_WAITS);
    test_ok(answer(*state, first.id, 1, ANSWERED));
    test_ok(object(*state, OBJECTED, &done));
    test_error(object(*state, OBJECTED, &done), ERROR_OBJECTION_WAITS);
}

static void nobody_objects_after_the_period(void **state)
{
    ObjectionDone done;
    publish_well(*state);
    move_days(*state, 9);
    test_error(object(*state, OBJECTED, &done), ERROR_PUBLICATION_OVER);
}

static void an_objection_has_ten_to_a_thousand_characters(void **state)
{
    ObjectionDone done;
    publish_well(*state);
    test_error(object(*state, "一二三四五六七八九", &done), ERROR_FIELD_TOO_SHORT);
    test_ok(object(*state, "一二三四五六七八九十", &done));
}

static void another_areas_publication_is_not_found(void **state)
{
    Fixture *fixture = *state;
    publish_well(fixture);
    Fixture elsewhere = *fixture;
    elsewhere.area = fixture->area + 1;
    ObjectionDone done;
    test_error(object(&elsewhere, OBJECTED, &done), ERROR_NOT_FOUND);
}

static void an_answer_is_kept_with_who_gave_it(void **state)
{
    ObjectionDone done;
    publish_well(*state);
    test_ok(object(*state, OBJECTED, &done));
    test_ok(answer(*state, done.id, 1, ANSWERED));
    ObjectionGetRow row = objection(*state, done.id);
    assert_true(str_eq(row.answer, STR(ANSWERED)));
    assert_true(str_eq(row.answered_name, STR("王强")));
    assert_true(row.answered_at.ms > 0);
}

static void an_answer_made_from_an_older_version_changes_nothing(void **state)
{
    ObjectionDone done;
    publish_well(*state);
    test_ok(object(*state, OBJECTED, &done));
    test_ok(answer(*state, done.id, 1, ANSWERED));
    test_error(answer(*state, done.id, 1, "另一个人同时写的另一份答复。"), ERROR_VERSION_CONFLICT);
    assert_true(str_eq(objection(*state, done.id).answer, STR(ANSWERED)));
}

static void a_corrected_answer_is_another_act_in_the_journal(void **state)
{
    Fixture *fixture = *state;
    ObjectionDone done;
    publish_well(fixture);
    test_ok(object(fixture, OBJECTED, &done));
    test_ok(answer(fixture, done.id, 1, ANSWERED));
    test_ok(answer(fixture, done.id, 2, "更正：留下的宽度是三米六。"));
    Snapshot *snapshot;
    JournalEntry *entries;
    size_t count;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(journal_list_kind(snapshot, fixture->area, STR("objection"), 0, 10, &entries, &count));
    db_snapshot_end(snapshot);
    assert_int_equal(count, 3);
    assert_true(str_eq(entries[0].act, STR("objection.correct")));
    assert_true(str_eq(entries[1].act, STR("objection.answer")));
    assert_true(str_eq(entries[2].act, STR("objection.make")));
    assert_int_equal(entries[2].reason.len, 0);
}

static Error *erase(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    const int64_t *person = input;
    return publicity_erase_person(tx, *person, now);
}

static void an_erased_persons_objection_stays_without_the_name(void **state)
{
    Fixture *fixture = *state;
    ObjectionDone done;
    publish_well(fixture);
    test_ok(object(fixture, OBJECTED, &done));
    Buf exported;
    buf_init(&exported, 1 << 16);
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(publicity_export_person(snapshot, fixture->lin, &exported));
    db_snapshot_end(snapshot);
    assert_true(str_contains(buf_view(&exported), STR("林秀兰")));
    assert_true(str_contains(buf_view(&exported), STR("消防通道")));
    buf_free(&exported);
    test_ok(db_write(fixture->db, fixture->arena, erase, &fixture->lin, NULL, 0));
    ObjectionGetRow row = objection(fixture, done.id);
    assert_int_equal(row.person_name.len, 0);
    assert_true(str_eq(row.words, STR(OBJECTED)));
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
    assert_int_equal(due(fixture).count, 0);
}

static void an_unanswered_objection_is_due_in_five_working_days(void **state)
{
    Fixture *fixture = *state;
    ObjectionDone done;
    publish_well(fixture);
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
    publish_well(fixture);
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
    publish_well(fixture);
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
    publish_well(fixture);
    round_rules_change(fixture->db, fixture->arena, fixture->area, fixture->round,
                       answer_within_three_days);
    test_ok(object(fixture, OBJECTED, &done));
    Date today = instant_date(clock_now(test_db_clock(fixture->db)));
    assert_int_equal(working_days_from(fixture, today, due(fixture).items[0].due_at), 3);
}

/* --- all of them ---------------------------------------------------------------------------- */

typedef struct Case {
    const char *name;
    CMUnitTestFunction run;
} Case;

#define CASE(function)                                                                             \
    {                                                                                              \
#function, function                                                                        \
    }

static const Case cases[] = {
    CASE(a_result_is_not_published_before_it_is_counted),
    CASE(a_result_is_not_published_before_its_stage),
    CASE(a_publication_runs_for_the_working_days_of_its_stage),
    CASE(a_poll_is_published_once),
    CASE(a_publication_needs_words),
    CASE(objections_of_one_person_are_numbered_in_turn),
    CASE(so_many_objections_of_one_person_wait_for_answers_and_no_more),
    CASE(nobody_objects_after_the_period),
    CASE(an_objection_has_ten_to_a_thousand_characters),
    CASE(another_areas_publication_is_not_found),
    CASE(an_answer_is_kept_with_who_gave_it),
    CASE(an_answer_made_from_an_older_version_changes_nothing),
    CASE(a_corrected_answer_is_another_act_in_the_journal),
    CASE(an_erased_persons_objection_stays_without_the_name),
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
    static Fixture fixtures[] = {{.kind = DB_SQLITE}, {.kind = DB_POSTGRES}};
    static char names[2 * countof(cases)][120];
    struct CMUnitTest tests[2 * countof(cases)];
    for (size_t i = 0; i < countof(tests); i++) {
        const Case *one = &cases[i / 2];
        Fixture *fixture = &fixtures[i % 2];
        snprintf(names[i], sizeof(names[i]), "%s_on_%s", one->name, test_db_name(fixture->kind));
        tests[i] = (struct CMUnitTest){names[i], one->run, set_up, tear_down, fixture};
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
