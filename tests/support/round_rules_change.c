/* round_rules_change.c: see the header. */
#include "tests/support/round_rules_change.h"

#include "features/programmes/programmes.h"
#include "round_rules_sql.h"
#include "tests/support/test_db.h"

typedef struct Change {
    int64_t area, round;
    void (*change)(RoundRules *rules);
} Change;

static Error *apply(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    (void)output;
    const Change *change = input;
    RoundRules *rules = arena_new(tx_arena(tx), RoundRules);
    Error *err = programmes_round_rules(tx_snapshot(tx), change->area, change->round, rules);
    if (err) {
        return err;
    }
    change->change(rules);
    return sql_test_rules_put(tx, change->area, change->round, rules_write(tx_arena(tx), rules),
                              NULL);
}

void round_rules_change(Db *db, Arena *arena, int64_t area, int64_t round,
                        void (*change)(RoundRules *rules))
{
    Change input = {area, round, change};
    test_ok(db_write(db, arena, apply, &input, NULL, 0));
}
