/* round_rules_change.h: other rules for a round that is there already. */
#ifndef TESTS_SUPPORT_ROUND_RULES_CHANGE_H
#define TESTS_SUPPORT_ROUND_RULES_CHANGE_H

#include "features/programmes/round_rules.h"
#include "platform/db/db.h"

/* Reads the rules of the round, lets `change` alter them and stores them. */
void round_rules_change(Db *db, Arena *arena, int64_t area, int64_t round,
                        void (*change)(RoundRules *rules));

#endif
