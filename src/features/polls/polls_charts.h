/* polls_charts.h: sums of a result as bars and figures; for this room only. */
#ifndef FEATURES_POLLS_CHARTS_H
#define FEATURES_POLLS_CHARTS_H

#include "features/polls/polls_pages.h"

/* The money of the selected options by kind; nothing when all are of one kind. */
void poll_fill_kinds(Page *page, const ResultOptionsRows *rows, ResultView *view);
/* How many voters got how many of their choices. Rows on top are joined until at least
 * POLL_SMALLEST_GROUP voters are in them. */
void poll_fill_wins(Page *page, const PollWinsRows *wins, ResultView *view);

#endif
