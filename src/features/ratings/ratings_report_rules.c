/* ratings_report_rules.c: see the header. */
#include "features/ratings/ratings_report_rules.h"

#define THOUSAND 1000
/* Stars are out of five whatever the best project has. */
#define ALL_STARS 500

ReportUnit report_unit(ReportPart part)
{
    switch (part) {
    case REPORT_MONEY:
    case REPORT_SOURCES:
    case REPORT_KINDS:
    case REPORT_PROJECTS:
        return REPORT_UNIT_MONEY;
    case REPORT_DAYS:
        return REPORT_UNIT_DAYS;
    case REPORT_STARS:
        return REPORT_UNIT_STARS;
    default:
        return REPORT_UNIT_COUNT;
    }
}

/* The largest value or whole that bars of the part are measured by. */
static int64_t longest(const ReportFigure *figures, size_t count, ReportPart part)
{
    int64_t most = 0;
    for (size_t i = 0; i < count; i++) {
        if (figures[i].part == part) {
            most = figures[i].value > most ? figures[i].value : most;
            most = figures[i].whole > most ? figures[i].whole : most;
        }
    }
    return most;
}

int report_bar(const ReportFigure *figures, size_t count, size_t which)
{
    const ReportFigure *figure = &figures[which];
    int64_t most = figure->part == REPORT_STARS ? ALL_STARS : longest(figures, count, figure->part);
    if (most <= 0 || figure->value <= 0) {
        return 0;
    }
    return (int)((__int128)figure->value * THOUSAND / most);
}
