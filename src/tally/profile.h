/* profile.h: inside tally only. The ballots as the rules of shares read them: identical ones
 * merged, by voter and by project.
 *
 * Voters with identical ballots always have the same money, so a group of them is treated as one
 * with a weight. A row lists the projects a group supports (units > 0), by rising project index; a
 * column lists the groups that support a project, by rising group index. Empty rows are left out.
 * Groups are numbered by the first projects of their rows, so that those of a column lie as near to
 * each other in memory as can be.
 */
#ifndef TALLY_PROFILE_H
#define TALLY_PROFILE_H

#include "tally/count.h"

typedef struct Profile {
    uint32_t n_projects;
    uint32_t n_groups;
    int64_t *weight;     /* by group: voters in it */
    uint32_t *row_start; /* by group, n_groups + 1 */
    uint32_t *row;       /* project indexes */
    int64_t *row_units;  /* beside row; NULL when every unit is 1 */
    uint32_t *column_start;
    uint32_t *column;      /* group indexes */
    int64_t *column_units; /* beside column; NULL when every unit is 1 */
    /* Beside column, the weights of its groups: read in order. NULL where there are units, or 2^31
     * voters and more. */
    uint32_t *column_weight;
} Profile;

/* The election must have passed tally_count with the same unit. */
void profile_build(Arena *arena, const TallyElection *election, TallyUnit unit, Profile *out);

#endif
