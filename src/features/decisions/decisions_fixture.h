/* decisions_fixture.h: a council's decision for tests of rooms that go by one, on the round of
 * proposals_fixture.h. */
#ifndef FEATURES_DECISIONS_DECISIONS_FIXTURE_H
#define FEATURES_DECISIONS_DECISIONS_FIXTURE_H

#include "features/decisions/decisions.h"
#include "features/proposals/proposals_fixture.h"

/* Today 14 of the council's 16 vote on one project; more than half of the members carry it. The
 * round stands at a stage whose step is "decide". */
static inline void council_says(Fixture *f, int64_t project, int64_t yes_votes)
{
    static const DecisionPresent present[] = {
        {{STR_INIT("沈岚"), STR_INIT("社区书记")}, 0},
        {{STR_INIT("宣小雨"), STR_INIT("")}, RESIDENT},
    };
    DecisionRecord record = {.area = AREA,
                             .round = f->round,
                             .actor = WORKER,
                             .step = STR("decide"),
                             .held_on = instant_date(clock_now(test_db_clock(f->db))),
                             .body = STR("居民议事会"),
                             .mandate = STR("2025 年由 8 个居民小组推选，任期三年。"),
                             .figures = {16, 14, yes_votes, 14 - yes_votes, 0, 0, 0},
                             .words = STR("逐件讨论，举手表决。"),
                             .people = present,
                             .n_people = countof(present),
                             .projects = &project,
                             .n_projects = 1};
    DecisionDone done;
    test_ok(db_write(f->db, f->arena, decisions_record, &record, &done, sizeof(done)));
}

#endif
