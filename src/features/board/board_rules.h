/* board_rules.h: whose an item is and how late, and shares of money; pure.
 *
 * Start reading at board_pick().
 */
#ifndef FEATURES_BOARD_BOARD_RULES_H
#define FEATURES_BOARD_BOARD_RULES_H

#include <stddef.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/money.h"
#include "features/workbench/workbench_rules.h" /* what is late, and for how long */

/* In whose hands it is; stored by number. */
typedef enum BoardHolder { BOARD_COMMUNITY = 1, BOARD_STREET = 2, BOARD_DISTRICT = 3 } BoardHolder;
#define BOARD_HOLDERS 3

/* Days from which an item is marked as very late. */
#define BOARD_DEEP_DAYS 5

/* What one holder is shown as due. */
typedef struct BoardItem {
    Str link; /* what it leads to: the same thing has the same link and the same words */
    Str what;
    Instant due_at; /* 0: no date, which is never late */
    BoardHolder holder;
} BoardItem;

/* Picks what is late at `now`, the longest first (ties by the given order): places in items, into
 * *out. `items` are those of the community first, then of the street, then of the district: what
 * was met before (the same link and words) is in the lower hands and counts once. Returns how many.
 */
size_t board_pick(Arena *arena, const BoardItem *items, size_t count, Instant now, size_t **out);

/* part of whole in thousandths, rounded down; 0 when there is no whole, at most 1000. */
int board_permille(int64_t part, int64_t whole);

#endif
