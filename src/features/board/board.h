/* board.h: the supervision board of a street, a district or a city, over the communities below it.
 *
 * The job `board.count` reads every community once an hour: its newest open round, what the rooms
 * say is due to the community, to its street and to its district, and the money of its open rounds.
 * The pages read what was counted. Start reading at board_count_area().
 */
#ifndef FEATURES_BOARD_BOARD_H
#define FEATURES_BOARD_BOARD_H

#include "features/board/board_rules.h"
#include "platform/db/db.h"
#include "platform/feature.h"

extern const Feature board_feature;

/* Counts one community anew from the due items of `rooms` and keeps the count; what was late and is
 * not any more is gone. */
MUST_USE Error *board_count_area(Db *db, Arena *arena, const Feature *const *rooms, size_t n_rooms,
                                 int64_t area);

/* Job: board_count_area() for every community of the installation. One that cannot be counted keeps
 * its last count, and the error is returned when all others are done. */
MUST_USE Error *board_count_all(App *app, Arena *arena);

#endif
