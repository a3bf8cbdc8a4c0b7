/* Programmes: drafted, published, revised, joined; and the rules a round then goes by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/areas/areas.h"
#include "features/programmes/programmes.h"
#include "features/programmes/programmes_template.h"
#include "test_both.h"
#include "test_db.h"

#define OFFICER   INT64_C(3001)
#define SECRETARY INT64_C(3002)

typedef struct Fixture {
    Arena *arena;
    Db *db;
    int64_t district, community;
} Fixture;

static Error *make_areas(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)now;
    Fixture *f = output;
    AreaNew district = {.kind = AREA_DISTRICT, .name = STR("圆桌区")};
    Error *err = areas_create(tx, &district, &f->district);
    AreaNew community = {.parent = f->district, .kind = AREA_COMMUNITY, .name = STR("桂竹社区")};
    return err ? err : areas_create(tx, &community, &f->community);
}

static int set_up(void **state, DbKind kind)
{
    Arena *arena = arena_create(64u << 20);
    Fixture *f = arena_new(arena, Fixture);
    f->arena = arena;
    test_db_open(arena, kind, &f->db);
    Fixture made;
    test_ok(db_write(f->db, arena, make_areas, NULL, &made, sizeof(made)));
    f->district = made.district;
    f->community = made.community;
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

/* --- steps ------------------------------------------------------------------- */

static int64_t drafted(Fixture *f)
{
    DraftProgramme draft = {f->district, OFFICER, STR("minsheng"), STR("第三批民生微实事")};
    ProgrammeDrafted done;
    test_ok(db_write(f->db, f->arena, programmes_draft, &draft, &done, sizeof(done)));
    return done.id;
}

static Error *save(Fixture *f, int64_t id, int64_t version, const RoundRules *rules)
{
    SaveDraft input = {f->district, id, version, rules_write(f->arena, rules)};
    return db_write(f->db, f->arena, programmes_save_draft, &input, NULL, 0);
}

static Error *publish(Fixture *f, int64_t id, int64_t version, const char *reason)
{
    PublishProgramme input = {f->district, id, OFFICER, version, str_from(reason)};
    ProgrammePublished done;
    return db_write(f->db, f->arena, programmes_publish, &input, &done, sizeof(done));
}

static Error *revise(Fixture *f, int64_t id, int64_t version)
{
    ReviseProgramme input = {f->district, id, version};
    return db_write(f->db, f->arena, programmes_revise, &input, NULL, 0);
}

static Error *join(Fixture *f, int64_t id, int edition, int64_t *out_round)
{
    JoinProgramme input = {f->community,      SECRETARY,   id, edition,
                           STR("桂竹第三批"), {200000000}, {0}};
    RoundJoined done = {0};
    Error *err = db_write(f->db, f->arena, programmes_join, &input, &done, sizeof(done));
    *out_round = done.round;
    return err;
}

static RoundRules rules_of(Fixture *f, int64_t round)
{
    Snapshot *snapshot;
    RoundRules rules;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(programmes_round_rules(snapshot, f->community, round, &rules));
    db_snapshot_end(snapshot);
    return rules;
}

static RoundRules template_rules(Fixture *f)
{
    RoundTemplate *template = arena_new(f->arena, RoundTemplate);
    bool found = false;
    test_ok(template_find(f->arena, STR("minsheng"), template, &found));
    template->rules.title = STR("第三批民生微实事");
    return template->rules;
}

/* --- behaviour --------------------------------------------------------------- */

static void a_community_joins_what_the_district_published(void **state)
{
    Fixture *f = *state;
    int64_t id = drafted(f);
    int64_t round = 0;
    assert_int_equal(join(f, id, 0, &round)->code, ERROR_NOT_FOUND);
    test_ok(publish(f, id, 1, ""));
    test_ok(join(f, id, 1, &round));
    RoundRules rules = rules_of(f, round);
    assert_int_equal(rules.n_discussions, 5);
    assert_int_equal(rules.n_stages, 11);
    assert_int_equal(join(f, id, 1, &round)->code, ERROR_ALREADY_EXISTS);
}

static void what_an_officer_edits_is_what_the_round_goes_by(void **state)
{
    Fixture *f = *state;
    int64_t id = drafted(f);
    int64_t round = 0;
    RoundRules rules = template_rules(f);
    rules.minimum_age = 16;
    rules.kinds[2].project_maximum = (Money){4200000};
    rules.clauses[0].words = STR("已经列入老旧小区改造的");
    test_ok(save(f, id, 1, &rules));
    test_ok(publish(f, id, 2, ""));
    test_ok(join(f, id, 1, &round));
    RoundRules joined = rules_of(f, round);
    assert_int_equal(joined.minimum_age, 16);
    assert_int_equal(rules_project_maximum(&joined, 3).fen, 4200000);
    assert_true(str_eq(joined.clauses[0].words, rules.clauses[0].words));
}

static void a_published_programme_is_frozen_until_it_is_revised(void **state)
{
    Fixture *f = *state;
    int64_t id = drafted(f);
    RoundRules rules = template_rules(f);
    test_ok(publish(f, id, 1, ""));
    assert_int_equal(save(f, id, 2, &rules)->code, ERROR_STAGE_NOT_OPEN);
    assert_int_equal(publish(f, id, 2, "")->code, ERROR_STAGE_NOT_OPEN);
    test_ok(revise(f, id, 2));
    assert_int_equal(revise(f, id, 3)->code, ERROR_STAGE_NOT_OPEN);
    test_ok(save(f, id, 3, &rules));
}

/* Drafts from the template `first`, which has a ballot, with these ballots; what publishing says.
 */
static ErrorCode publishing_ballots(Fixture *f, BallotKind ballot, const char *utility)
{
    DraftProgramme draft = {f->district, OFFICER, STR("first"), STR("第三批幸福微实事")};
    ProgrammeDrafted done;
    RoundTemplate *template = arena_new(f->arena, RoundTemplate);
    bool found = false;
    test_ok(db_write(f->db, f->arena, programmes_draft, &draft, &done, sizeof(done)));
    test_ok(template_find(f->arena, STR("first"), template, &found));
    template->rules.title = draft.title;
    template->rules.ballot = ballot;
    template->rules.points = 5;
    template->rules.utility = str_from(utility);
    test_ok(save(f, done.id, 1, &template->rules));
    Error *err = publish(f, done.id, 2, "");
    return err ? err->code : ERROR_NONE;
}

static void ballots_that_polls_do_not_take_are_not_published(void **state)
{
    Fixture *f = *state;
    assert_int_equal(publishing_ballots(f, BALLOT_APPROVAL, "count"), ERROR_NONE);
    assert_int_equal(publishing_ballots(f, BALLOT_BUDGET, "cost"), ERROR_PROGRAMME_BALLOT);
    assert_int_equal(publishing_ballots(f, BALLOT_RANKED, "borda1"), ERROR_PROGRAMME_BALLOT);
    assert_int_equal(publishing_ballots(f, BALLOT_POINTS, "cost"), ERROR_PROGRAMME_BALLOT);
    assert_int_equal(publishing_ballots(f, BALLOT_SCORES, "points"), ERROR_PROGRAMME_BALLOT);
}

static void a_new_edition_needs_a_reason_and_leaves_running_rounds_alone(void **state)
{
    Fixture *f = *state;
    int64_t id = drafted(f);
    int64_t round = 0;
    RoundRules rules = template_rules(f);
    test_ok(publish(f, id, 1, ""));
    test_ok(join(f, id, 1, &round));
    test_ok(revise(f, id, 2));
    rules.minimum_age = 20;
    test_ok(save(f, id, 3, &rules));
    assert_true(str_eq(publish(f, id, 4, "改了")->field, STR("reason")));
    test_ok(publish(f, id, 4, "居民代表提出年龄应当提高一些"));
    assert_int_equal(rules_of(f, round).minimum_age, 18);
}

static void two_officers_at_once_get_one_winner(void **state)
{
    Fixture *f = *state;
    int64_t id = drafted(f);
    RoundRules rules = template_rules(f);
    test_ok(save(f, id, 1, &rules));
    assert_int_equal(save(f, id, 1, &rules)->code, ERROR_VERSION_CONFLICT);
    assert_int_equal(publish(f, id, 1, "")->code, ERROR_VERSION_CONFLICT);
}

static void a_community_elsewhere_cannot_join(void **state)
{
    Fixture *f = *state;
    int64_t id = drafted(f);
    int64_t round = 0;
    test_ok(publish(f, id, 1, ""));
    f->community = 424242;
    assert_int_equal(join(f, id, 1, &round)->code, ERROR_NOT_FOUND);
}

static void a_template_nobody_wrote_makes_no_draft(void **state)
{
    Fixture *f = *state;
    DraftProgramme draft = {f->district, OFFICER, STR("none"), STR("没有的")};
    ProgrammeDrafted done;
    Error *err = db_write(f->db, f->arena, programmes_draft, &draft, &done, sizeof(done));
    assert_true(str_eq(err->field, STR("template")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(a_community_joins_what_the_district_published),
        ON_BOTH(what_an_officer_edits_is_what_the_round_goes_by),
        ON_BOTH(a_published_programme_is_frozen_until_it_is_revised),
        ON_BOTH(ballots_that_polls_do_not_take_are_not_published),
        ON_BOTH(a_new_edition_needs_a_reason_and_leaves_running_rounds_alone),
        ON_BOTH(two_officers_at_once_get_one_winner),
        ON_BOTH(a_community_elsewhere_cannot_join),
        ON_BOTH(a_template_nobody_wrote_makes_no_draft),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
