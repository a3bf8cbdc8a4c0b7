/* demo_communities.h: more communities, each at another stage of its round
 * (data/demo/communities.tsv).
 *
 * Every one lives the same round up to its stage: its rows are added to the plan, as if they stood
 * in the other files, and the timeline does the rest. Start reading at demo_communities_read().
 */
#ifndef FEATURES_DEMO_DEMO_COMMUNITIES_H
#define FEATURES_DEMO_DEMO_COMMUNITIES_H

#include "features/demo/demo_plan.h"

/* Adds areas, staff, people, rounds with their stages, proposals, publications, objections and
 * seats to a plan that has been read. Errors as demo_plan_read(). */
MUST_USE Error *demo_communities_read(Arena *arena, const char *directory, DemoPlan *plan);

#endif
