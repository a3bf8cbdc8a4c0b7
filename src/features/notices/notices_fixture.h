/* notices_fixture.h: a community with two residents and a worker, for the tests of this room. */
#ifndef FEATURES_NOTICES_NOTICES_FIXTURE_H
#define FEATURES_NOTICES_NOTICES_FIXTURE_H

#include "features/notices/notices.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "features/people/people.h"
#include "notices_sql.h"
#include "replies_text.h"
#include "test_both.h"
#include "test_db.h"
#include "test_feature.h"

typedef struct Fixture {
    Arena *arena;
    Db *db;
    int64_t area, other_area;
    int64_t lin, chen; /* live in area, in other_area */
    int64_t wang;      /* works in area */
} Fixture;

static inline Error *make_person(Tx *tx, Str name, Str phone, int64_t area, int64_t *out)
{
    PersonNew person = {.name = name, .phone = phone, .birth_year = 1960};
    Error *err = people_create(tx, &person, out);
    RollEntry entry = {.area = area, .person = *out, .building = STR("3栋"), .door = STR("501")};
    return err || area == 0 ? err : people_add_to_roll(tx, &entry);
}

static inline Error *settle(Tx *tx, const void *input, Instant now, void *output)
{
    (void)input;
    (void)now;
    Fixture *f = output;
    AreaNew area = {.kind = AREA_COMMUNITY, .name = STR("桂竹社区"), .name_en = STR("Guizhu")};
    AreaNew other = {.kind = AREA_COMMUNITY, .name = STR("云杉社区")};
    test_ok(areas_create(tx, &area, &f->area));
    test_ok(areas_create(tx, &other, &f->other_area));
    test_ok(make_person(tx, STR("林秀兰"), STR("13800000001"), f->area, &f->lin));
    test_ok(make_person(tx, STR("陈立"), STR("13800000002"), f->other_area, &f->chen));
    test_ok(make_person(tx, STR("王强"), STR(""), 0, &f->wang));
    RoleNew worker = {.person = f->wang, .role = ROLE_COMMUNITY_WORKER, .area = f->area};
    return people_grant_role(tx, &worker);
}

static inline int set_up(void **state, DbKind kind)
{
    Arena *arena = arena_create(64u << 20);
    Fixture *f = arena_new(arena, Fixture);
    Fixture made = {0};
    Db *db;
    test_db_open(arena, kind, &db);
    test_ok(db_write(db, arena, settle, NULL, &made, sizeof(made)));
    *f = made;
    f->arena = arena;
    f->db = db;
    *state = f;
    return 0;
}

static inline int tear_down(void **state)
{
    Fixture *f = *state;
    test_db_close(f->db);
    arena_destroy(f->arena);
    return 0;
}

/* --- steps ------------------------------------------------------------------- */

typedef struct Sending {
    Notice notice;
    Error *(*to_many)(Tx *tx, const Notice *notice, Instant now); /* NULL: to person */
    int64_t person;
} Sending;

static inline Error *send_it(Tx *tx, const void *input, Instant now, void *output)
{
    (void)output;
    const Sending *sending = input;
    return sending->to_many ? sending->to_many(tx, &sending->notice, now)
                            : notices_send(tx, &sending->notice, sending->person, now);
}

static inline Notice news(const Fixture *f)
{
    return (Notice){.area = f->area,
                    .round = 7,
                    .kind = NOTICE_REPLY,
                    .words = t_reply_notice(STR("坡道扶手")),
                    .link = url_path(f->arena, "/a/%s", id_text(f->area).text)};
}

static inline void send_to(Fixture *f, int64_t person)
{
    Sending sending = {.notice = news(f), .person = person};
    test_ok(db_write(f->db, f->arena, send_it, &sending, NULL, 0));
}

static inline void send_many(Fixture *f, Error *(*to_many)(Tx *, const Notice *, Instant))
{
    Sending sending = {.notice = news(f), .to_many = to_many};
    test_ok(db_write(f->db, f->arena, send_it, &sending, NULL, 0));
}

static inline NoticeBoxRows box_of(Fixture *f, int64_t person)
{
    Snapshot *snapshot;
    NoticeBoxRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_notice_box(snapshot, person, INT64_MAX, 50, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static inline int new_for(Fixture *f, int64_t person)
{
    NoticeBoxRows rows = box_of(f, person);
    int count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        count += rows.rows[i].is_new ? 1 : 0;
    }
    return count;
}

#endif
