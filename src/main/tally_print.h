/* tally_print.h: what `yuanzhuo tally` prints of a count, on standard output. */
#ifndef MAIN_TALLY_PRINT_H
#define MAIN_TALLY_PRINT_H

#include "tally/tally.h"

typedef enum TallyFormat { TALLY_FORMAT_JSON, TALLY_FORMAT_CSV, TALLY_FORMAT_TEXT } TallyFormat;

typedef struct TallyCounted {
    const char *path;
    const TallyOptions *options;
    bool explains; /* adds the checks of tally_explain.h; not in CSV */
    const TallyElection *election;
    const TallyResult *result;
    double seconds; /* of the rule, without reading */
} TallyCounted;

/* What comes once, before the first count. */
void tally_print_head(TallyFormat format);
/* One JSON line, one CSV row a project, or a table. Returns an exit code. */
int tally_print(Arena *arena, TallyFormat format, const TallyCounted *count);

#endif
