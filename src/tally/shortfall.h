/* shortfall.h: inside tally only. Trials of changed elections. */
#ifndef TALLY_SHORTFALL_H
#define TALLY_SHORTFALL_H

#include "tally/selection.h"

/* One project and a change of a given size, counted in steps. */
typedef struct Trial {
    Arena *arena;
    TallyElection election; /* the changed one */
    TallyOptions options;
    uint32_t project;
    int64_t step;
    uint32_t runs_left;
    int64_t stride; /* how many steps to pass over at once, where that is proved */
    /* What is changed: */
    int64_t budget; /* before the change */
    int64_t cost;
    int64_t voters;
    TallyProject *projects;
    int64_t *weights; /* the last one is of the further voters */
} Trial;

typedef enum Answer { ANSWER_LOSES, ANSWER_WINS, ANSWER_NONE /* no runs left */ } Answer;

/* Makes the change of so many steps, runs the rule, and says whether the project is selected.
 * *next: the least number of steps above at which the answer may be another one. */
typedef Answer Try(Trial *trial, int64_t steps, int64_t *next);

/* Runs the rule on trial->election as it is; the result lives until the arena is rewound. */
Answer trial_run(Trial *trial, TallyResult *result);

/* shortfall_shares.c: after equal shares (no completion, or greedy) has lost with a budget, or with
 * so many further voters, the next number of steps at which it may win: proved by runs over whole
 * ranges of endowments. */
int64_t shares_next_budget(Trial *trial, int64_t steps);
int64_t shares_next_supporters(Trial *trial, int64_t steps, int64_t most);

#endif
