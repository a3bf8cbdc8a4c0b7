/* The library, its versions, and what a round goes by, on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "documents_sql.h"
#include "features/areas/areas.h"
#include "features/documents/documents.h"
#include "features/documents/documents_gates.h"
#include "features/programmes/programmes.h"
#include "test_both.h"
#include "test_db.h"

#define WORKER INT64_C(3001)
#define DAY_MS INT64_C(86400000)

typedef struct Fixture {
    Arena *arena;
    Db *db;
    int64_t district, here, elsewhere;
    int64_t round; /* of the community `here` */
} Fixture;

static Error *make_areas(Tx *tx, const void *input, Instant now, void *output)
{
    Fixture *f = output;
    (void)input;
    (void)now;
    AreaNew district = {.kind = AREA_DISTRICT, .name = STR("圆桌区")};
    Error *err = areas_create(tx, &district, &f->district);
    AreaNew here = {.parent = f->district, .kind = AREA_COMMUNITY, .name = STR("桂竹社区")};
    AreaNew elsewhere = {.parent = f->district, .kind = AREA_COMMUNITY, .name = STR("云杉社区")};
    if (!err) {
        err = areas_create(tx, &here, &f->here);
    }
    return err ? err : areas_create(tx, &elsewhere, &f->elsewhere);
}

static Error *begin_round(Tx *tx, const void *input, Instant now, void *output)
{
    return programmes_create_round(tx, input, now, output);
}

static int set_up(void **state, DbKind kind)
{
    Arena *arena = arena_create(64u << 20);
    Fixture *f = arena_new(arena, Fixture);
    Fixture made = {0};
    test_db_open(arena, kind, &f->db);
    test_ok(db_write(f->db, arena, make_areas, NULL, &made, sizeof(made)));
    made.arena = arena;
    made.db = f->db;
    *f = made;
    NewRound round = {.area = f->here,
                      .actor = WORKER,
                      .template_name = STR("first"),
                      .title = STR("第三批幸福微实事"),
                      .budget = {24000000},
                      .max_choices = 5,
                      .minimum_age = 15};
    test_ok(db_write(f->db, arena, begin_round, &round, &f->round, sizeof(f->round)));
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

static Date today(Fixture *f)
{
    return instant_date(clock_now(test_db_clock(f->db)));
}

static Date in_days(Fixture *f, int days)
{
    return (Date){today(f).days + days};
}

static int64_t added(Fixture *f, int64_t area, int kind, Date from_on)
{
    int64_t id = 0;
    NewDocument new = {.area = area,
                       .actor = WORKER,
                       .kind = kind,
                       .title = STR("微实事实施办法"),
                       .number = STR("圆民发〔2027〕4 号"),
                       .first = {.fact = {.from_on = from_on, .words = STR("第一条")}}};
    test_ok(db_write(f->db, f->arena, documents_add, &new, &id, sizeof(id)));
    return id;
}

static Error *try_renew(Fixture *f, int64_t area, int64_t id, int64_t version, Date from_on)
{
    DocumentRenewal given = {area,
                             id,
                             WORKER,
                             version,
                             {.fact = {.from_on = from_on,
                                       .words = STR("第一条（新）"),
                                       .change = STR("公示改为七日")}}};
    return db_write(f->db, f->arena, documents_renew, &given, NULL, 0);
}

static Error *try_end(Fixture *f, int64_t area, int64_t id, int64_t version)
{
    DocumentEnd given = {area, id, WORKER, version, STR("由新办法代替")};
    return db_write(f->db, f->arena, documents_end, &given, NULL, 0);
}

static Error *try_attach(Fixture *f, const int64_t *ids, size_t count)
{
    DocumentsAttach given = {f->here, f->round, WORKER, ids, count};
    return db_write(f->db, f->arena, documents_attach, &given, NULL, 0);
}

static DocumentListRows list_of(Fixture *f, int64_t area)
{
    Snapshot *snapshot;
    DocumentListRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_document_list(snapshot, area, STR("%"), today(f), INT64_MAX, 10, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static DocumentAttachedRows attached_of(Fixture *f)
{
    Snapshot *snapshot;
    DocumentAttachedRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_document_attached(snapshot, f->here, f->round, 10, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static GateState gate_of(Fixture *f)
{
    Snapshot *snapshot;
    GateReport report = {0};
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(documents_gate_attached(snapshot, f->here, f->round, 1, &report));
    db_snapshot_end(snapshot);
    return report.state;
}

static void refused(const Error *err, ErrorCode code)
{
    assert_non_null(err);
    assert_string_equal(error_code_name(err->code), error_code_name(code));
}

/* --- the library ------------------------------------------------------------- */

static void what_an_area_above_adds_holds_below_and_not_beside(void **state)
{
    Fixture *f = *state;
    int64_t above = added(f, f->district, DOCUMENT_RULES, today(f));
    int64_t own = added(f, f->here, DOCUMENT_PLAN, today(f));
    DocumentListRows here = list_of(f, f->here);
    assert_int_equal(here.count, 2);
    assert_int_equal(here.rows[0].id, own);
    assert_int_equal(here.rows[1].id, above);
    assert_int_equal(list_of(f, f->elsewhere).count, 1);
    assert_int_equal(list_of(f, f->district).count, 1);
}

static void a_new_version_holds_from_its_day(void **state)
{
    Fixture *f = *state;
    int64_t id = added(f, f->here, DOCUMENT_RULES, today(f));
    test_ok(try_renew(f, f->here, id, 1, in_days(f, 3)));
    assert_int_equal(list_of(f, f->here).rows[0].held_no, 1);
    test_db_clock(f->db)->offset_ms += 3 * DAY_MS;
    assert_int_equal(list_of(f, f->here).rows[0].held_no, 2);
}

static void of_two_who_renew_at_once_one_wins(void **state)
{
    Fixture *f = *state;
    int64_t id = added(f, f->here, DOCUMENT_RULES, today(f));
    test_ok(try_renew(f, f->here, id, 1, in_days(f, 3)));
    refused(try_renew(f, f->here, id, 1, in_days(f, 4)), ERROR_VERSION_CONFLICT);
}

static void a_version_does_not_hold_before_the_one_it_replaces(void **state)
{
    Fixture *f = *state;
    int64_t id = added(f, f->here, DOCUMENT_RULES, in_days(f, 5));
    refused(try_renew(f, f->here, id, 1, in_days(f, 5)), ERROR_DOCUMENT_DAY);
}

static void another_area_changes_nothing_of_it(void **state)
{
    Fixture *f = *state;
    int64_t id = added(f, f->district, DOCUMENT_RULES, today(f));
    refused(try_renew(f, f->here, id, 1, in_days(f, 3)), ERROR_NOT_FOUND);
    refused(try_end(f, f->here, id, 1), ERROR_NOT_FOUND);
}

static void what_was_ended_stays_to_be_read_and_is_not_changed(void **state)
{
    Fixture *f = *state;
    int64_t id = added(f, f->here, DOCUMENT_RULES, today(f));
    test_ok(try_end(f, f->here, id, 1));
    refused(try_end(f, f->here, id, 2), ERROR_DOCUMENT_OVER);
    refused(try_renew(f, f->here, id, 2, in_days(f, 3)), ERROR_DOCUMENT_OVER);
    assert_int_equal(list_of(f, f->here).count, 1);
}

/* --- what a round goes by ---------------------------------------------------- */

static void the_launch_waits_for_rules_and_not_for_a_form(void **state)
{
    Fixture *f = *state;
    int64_t ids[] = {added(f, f->here, DOCUMENT_FORM, today(f)),
                     added(f, f->district, DOCUMENT_RULES, today(f))};
    assert_int_equal(gate_of(f), GATE_UNMET);
    test_ok(try_attach(f, ids, 1));
    assert_int_equal(gate_of(f), GATE_UNMET);
    test_ok(try_attach(f, ids, 2));
    assert_int_equal(gate_of(f), GATE_MET);
}

static void what_is_not_named_any_more_is_detached(void **state)
{
    Fixture *f = *state;
    int64_t ids[] = {added(f, f->here, DOCUMENT_RULES, today(f)),
                     added(f, f->here, DOCUMENT_PLAN, today(f))};
    test_ok(try_attach(f, ids, 2));
    test_ok(try_attach(f, &ids[1], 1));
    DocumentAttachedRows rows = attached_of(f);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.rows[0].document_id, ids[1]);
}

static void a_later_version_counts_once_it_is_attached(void **state)
{
    Fixture *f = *state;
    int64_t id = added(f, f->here, DOCUMENT_RULES, today(f));
    test_ok(try_attach(f, &id, 1));
    test_ok(try_renew(f, f->here, id, 1, in_days(f, 1)));
    test_db_clock(f->db)->offset_ms += DAY_MS;
    assert_int_equal(attached_of(f).rows[0].no, 1);
    assert_int_equal(attached_of(f).rows[0].newer_no, 2);
    test_ok(try_attach(f, &id, 1));
    assert_int_equal(attached_of(f).rows[0].no, 2);
}

static void what_does_not_hold_here_today_cannot_be_attached(void **state)
{
    Fixture *f = *state;
    int64_t beside = added(f, f->elsewhere, DOCUMENT_RULES, today(f));
    int64_t ahead = added(f, f->here, DOCUMENT_RULES, in_days(f, 2));
    int64_t over = added(f, f->here, DOCUMENT_RULES, today(f));
    test_ok(try_end(f, f->here, over, 1));
    refused(try_attach(f, &beside, 1), ERROR_DOCUMENT_NOT_HERE);
    refused(try_attach(f, &ahead, 1), ERROR_DOCUMENT_NOT_HERE);
    refused(try_attach(f, &over, 1), ERROR_DOCUMENT_NOT_HERE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(what_an_area_above_adds_holds_below_and_not_beside),
        ON_BOTH(a_new_version_holds_from_its_day),
        ON_BOTH(of_two_who_renew_at_once_one_wins),
        ON_BOTH(a_version_does_not_hold_before_the_one_it_replaces),
        ON_BOTH(another_area_changes_nothing_of_it),
        ON_BOTH(what_was_ended_stays_to_be_read_and_is_not_changed),
        ON_BOTH(the_launch_waits_for_rules_and_not_for_a_form),
        ON_BOTH(what_is_not_named_any_more_is_detached),
        ON_BOTH(a_later_version_counts_once_it_is_attached),
        ON_BOTH(what_does_not_hold_here_today_cannot_be_attached),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
