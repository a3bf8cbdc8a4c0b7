/* publicity_fixture.h: what the test programs of this room share: a round of template A whose poll
 * can be counted, and steps. */
#ifndef FEATURES_PUBLICITY_PUBLICITY_FIXTURE_H
#define FEATURES_PUBLICITY_PUBLICITY_FIXTURE_H

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
#include "features/publicity/publicity_postings.h"
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

static inline Error *seed(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    Fixture *fixture = output;
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

static inline Error *place(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const Place *to = input;
    return programmes_place_round(tx, to->area, to->round, to->no);
}

static inline void place_at(Fixture *fixture, int no)
{
    Place to = {fixture->area, fixture->round, no};
    test_ok(db_write(fixture->db, fixture->arena, place, &to, NULL, 0));
}

static inline int set_up(void **state)
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

static inline int tear_down(void **state)
{
    Fixture *fixture = *state;
    test_db_close(fixture->db);
    arena_destroy(fixture->arena);
    return 0;
}

static inline void count_poll(Fixture *fixture)
{
    int64_t poll;
    PollRule rule = poll_rule_default();
    rule.zero_support = STR("include");
    test_ok(polls_import_pabulib(fixture->db, fixture->arena, fixture->area, fixture->round,
                                 STR("投票"), str_from(small_poll), &rule, &poll));
}

static inline Error *publish(Fixture *fixture, PublicationDone *done)
{
    PublicationNew input = {.area = fixture->area,
                            .round = fixture->round,
                            .actor = fixture->wang,
                            .title = STR("投票结果公示"),
                            .words = STR(WORDS)};
    return db_write(fixture->db, fixture->arena, publicity_publish, &input, done, sizeof(*done));
}

/* A counted poll, the publish stage, a publication. */
static inline void publish_well(Fixture *fixture)
{
    PublicationDone done;
    count_poll(fixture);
    place_at(fixture, 7);
    test_ok(publish(fixture, &done));
    fixture->publication = done.id;
}

/* Where no notice on paper is to be due. */
static inline void publish_and_hang(Fixture *fixture)
{
    int64_t id = 0;
    publish_well(fixture);
    NewPosting new = {.area = fixture->area,
                      .publication = fixture->publication,
                      .actor = fixture->wang,
                      .fact = {.place = STR("3 号楼一楼公告栏"),
                               .up_on = instant_date(clock_now(test_db_clock(fixture->db))),
                               .up_by = STR("楼长")}};
    test_ok(db_write(fixture->db, fixture->arena, publicity_put_up, &new, &id, sizeof(id)));
}

static inline Error *object(Fixture *fixture, const char *words, ObjectionDone *done)
{
    ObjectionNew input = {.area = fixture->area,
                          .publication = fixture->publication,
                          .actor = fixture->lin,
                          .words = str_from(words)};
    return db_write(fixture->db, fixture->arena, publicity_object, &input, done, sizeof(*done));
}

static inline Error *answer(Fixture *fixture, int64_t objection, int64_t version, const char *words)
{
    ObjectionAnswer input = {.area = fixture->area,
                             .objection = objection,
                             .actor = fixture->wang,
                             .version = version,
                             .answer = str_from(words)};
    return db_write(fixture->db, fixture->arena, publicity_answer, &input, NULL, 0);
}

static inline GateReport gate(Fixture *fixture, const char *name)
{
    return test_gate(fixture->db, fixture->arena, &publicity_feature, name, fixture->area,
                     fixture->round, 7);
}

static inline void move_days(Fixture *fixture, int64_t days)
{
    test_db_clock(fixture->db)->offset_ms += days * DAY_MS;
}

static inline DueItems due_for(Fixture *fixture, Role role)
{
    return test_due(fixture->db, fixture->arena, &publicity_feature, fixture->area, fixture->wang,
                    role);
}

static inline DueItems due(Fixture *fixture)
{
    return due_for(fixture, ROLE_COMMUNITY_WORKER);
}

static inline ObjectionGetRow objection(Fixture *fixture, int64_t id)
{
    ObjectionGetRow row;
    Snapshot *snapshot;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(sql_objection_get(snapshot, fixture->area, id, &row));
    db_snapshot_end(snapshot);
    return row;
}

static inline int working_days_from(Fixture *fixture, Date from, Instant to)
{
    Snapshot *snapshot;
    HolidayTable holidays;
    test_ok(db_snapshot_begin(fixture->db, fixture->arena, &snapshot));
    test_ok(programmes_holidays(snapshot, &holidays));
    db_snapshot_end(snapshot);
    return working_days_between(&holidays, from, instant_date(to));
}

/* --- each test on both databases -------------------------------------------------------------- */

#define CASES_MAX 40

typedef struct Case {
    const char *name;
    CMUnitTestFunction run;
} Case;

#define CASE(function)                                                                             \
    {                                                                                              \
#function, function                                                                        \
    }

/* Runs each case on both databases. */
static inline int run_cases(const Case *cases, size_t count)
{
    static Fixture fixtures[] = {{.kind = DB_SQLITE}, {.kind = DB_POSTGRES}};
    static char names[2 * CASES_MAX][120];
    static struct CMUnitTest tests[2 * CASES_MAX];
    assert_true(count <= CASES_MAX);
    for (size_t i = 0; i < 2 * count; i++) {
        const Case *one = &cases[i / 2];
        Fixture *fixture = &fixtures[i % 2];
        snprintf(names[i], sizeof(names[i]), "%s_on_%s", one->name, test_db_name(fixture->kind));
        tests[i] = (struct CMUnitTest){names[i], one->run, set_up, tear_down, fixture};
    }
    return _cmocka_run_group_tests("publicity", tests, 2 * count, NULL, NULL);
}

#endif
