/* tally_print_parts.h: what the files that print a count share. */
#ifndef MAIN_TALLY_PRINT_PARTS_H
#define MAIN_TALLY_PRINT_PARTS_H

#include <jansson.h>

#include "main/tally_print.h"
#include "tally/tally_explain.h"

Str tally_print_id(Arena *arena, const TallyElection *election, uint32_t project);
/* Equal shares, also with bounded overspending. */
bool tally_print_is_shares(TallyRule rule);
const char *tally_print_reason(TallyReason reason);
/* An exact text as one can read it: rounded to two decimals, or those of the file, with "~" in
 * front when that is not exact. */
Str tally_print_amount(Arena *arena, const TallyCounted *count, Str exact);
/* The words of a TallyCheckName and a TallyVerdict. */
const char *tally_print_check(int name);
const char *tally_print_verdict(TallyVerdict verdict);
/* How far to look for what losers lacked: some seconds together. */
TallyEffort tally_print_effort(const TallyCounted *count);

/* The rounds, what losers lacked, the checks: as text on standard output. */
void tally_explain_print(Arena *arena, const TallyCounted *count);
/* The same as members "rounds", "losers" and "checks" of a JSON object, amounts exact. */
void tally_explain_json(Arena *arena, const TallyCounted *count, json_t *line);

#endif
