/* launch_fixture.h: what the tests of this room share: a round of template A at its launch. Only
 * tests may enter other rooms' insides: they include proposals_fixture.h before this. */
#ifndef FEATURES_LAUNCH_LAUNCH_FIXTURE_H
#define FEATURES_LAUNCH_LAUNCH_FIXTURE_H

#include "features/launch/launch.h"
#include "launch_sql.h"

#define LAUNCH_NO 1
#define DAY_MS    INT64_C(86400000)

static inline Date today(Fixture *f)
{
    return instant_date(clock_now(test_db_clock(f->db)));
}

static inline NewOutreach telling(Fixture *f, int channel, const char *place)
{
    return (NewOutreach){.area = AREA,
                         .round = f->round,
                         .actor = WORKER,
                         .fact = {.channel = channel,
                                  .told_on = today(f),
                                  .place = str_from(place),
                                  .reached = 30,
                                  .by_whom = STR("3 号楼楼长")}};
}

static inline int64_t told(Fixture *f, int channel, const char *place)
{
    NewOutreach new = telling(f, channel, place);
    int64_t id = 0;
    test_ok(db_write(f->db, f->arena, launch_tell, &new, &id, sizeof(id)));
    return id;
}

static inline Error *try_take_back(Fixture *f, int64_t id, int64_t version)
{
    Withdrawal back = {AREA, id, WORKER, version, STR("和前一条是同一次")};
    return db_write(f->db, f->arena, launch_withdraw, &back, NULL, 0);
}

static inline ChangeLines changes_of(Fixture *f, int64_t id)
{
    Snapshot *snapshot;
    ChangeLines lines;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(changes_load(snapshot, AREA, id, &lines));
    db_snapshot_end(snapshot);
    return lines;
}

#endif
