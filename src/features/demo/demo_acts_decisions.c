/* demo_acts_decisions.c: what is said of chosen projects before works begin. */
#include "features/decisions/decisions.h"
#include "features/demo/demo_fill.h"

static Error *read_counts(DemoFill *fill, int64_t area, int64_t round, DecisionOwnerCounts *out)
{
    Snapshot *snapshot;
    Error *err = db_snapshot_begin(fill->app->db, fill->arena, &snapshot);
    if (!err) {
        err = decisions_owner_counts(snapshot, area, round, out);
        db_snapshot_end(snapshot);
    }
    return err;
}

Error *demo_say_owners(DemoFill *fill, int64_t area, int64_t round, int64_t actor)
{
    DecisionOwnerCounts counts = {0};
    Error *err = read_counts(fill, area, round, &counts);
    if (err || counts.unsaid == 0) {
        return err;
    }
    DecisionOwnerNeeds said = {
        .area = area, .round = round, .actor = actor, .n_shown = counts.chosen};
    return db_write(fill->app->db, fill->arena, decisions_say_owners, &said, NULL, 0);
}
