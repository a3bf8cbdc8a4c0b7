/* demo_rules.h: ages and ballots of the demonstration, as pure decisions (data/demo/README.md).
 *
 * Start reading at demo_ballot_draw().
 */
#ifndef FEATURES_DEMO_DEMO_RULES_H
#define FEATURES_DEMO_DEMO_RULES_H

#include "base/clock.h"
#include "base/random.h"

#define DEMO_BANDS       3
#define DEMO_MAX_OPTIONS 40

/* young below 36, middle below 60, old */
typedef enum DemoBand { DEMO_YOUNG, DEMO_MIDDLE, DEMO_OLD } DemoBand;
DemoBand demo_band(int age);

/* The year in which somebody of that age on `day` was born, when their birth month is known. */
int demo_birth_year(int age, int birth_month, Date day);

/* A poll of the model. */
typedef struct DemoPoll {
    int minimum_age;
    int max_choices;
    int turnout[DEMO_BANDS];                   /* per cent with a ballot */
    int weights[DEMO_MAX_OPTIONS][DEMO_BANDS]; /* per cent who want the option */
    size_t n_options;
} DemoPoll;

typedef struct DemoVoter {
    int age;
    bool lives_here;
} DemoVoter;

/* The ballot of the next person: option numbers from 1, the most wanted first, into `out` (of
 * max_choices). Returns how many; 0 when there is no ballot. Takes 1 + n_options numbers from the
 * generator in any case. */
size_t demo_ballot_draw(Seeded *seeded, const DemoPoll *poll, const DemoVoter *voter, int64_t *out);

#endif
