/* ratings_report_rules.h: what an evaluation report consists of; pure.
 *
 * A report is a list of figures in parts. A figure has a value and, in some parts, what it is
 * compared with (`whole`): paid of granted, final cost of estimate, days taken of days planned.
 * Start reading at ReportPart.
 */
#ifndef FEATURES_RATINGS_RATINGS_REPORT_RULES_H
#define FEATURES_RATINGS_RATINGS_REPORT_RULES_H

#include <stdint.h>

#include "base/str.h"

/* In characters. */
#define REPORT_WORDS_MIN  20
#define REPORT_WORDS_MAX  4000
#define REPORT_REASON_MIN 10
#define REPORT_REASON_MAX 300

/* Nothing to compare with. */
#define REPORT_NO_WHOLE (-1)
/* A group too small to be told: it is said that it is under RATING_SMALLEST_GROUP. */
#define REPORT_FEW (-1)

/* Stored by number in rating_figure.part: never renumber. The order of the report. */
typedef enum ReportPart {
    REPORT_STAGES = 1, /* people at each step; code: ReportStep; whole: of how many */
    REPORT_CHANNELS,   /* proposals; code: ProposalChannel */
    REPORT_MONEY,      /* fen; code: ReportMoney */
    REPORT_SOURCES,    /* fen paid by source, whole: granted; code: LedgerSource */
    REPORT_KINDS,      /* fen under contract or paid by kind, whole: estimate; by label */
    REPORT_PROJECTS,   /* the same by project */
    REPORT_DAYS,       /* days a stage took, whole: planned; by label */
    REPORT_ANSWERS,    /* answers in time, whole: all; code: ReportAnswer */
    REPORT_STARS,      /* hundredths of stars by project, whole: raters; by label */
    REPORT_PARTS = REPORT_STARS
} ReportPart;

/* Stored by number too; the report has its own order. */
typedef enum ReportStep {
    REPORT_STEP_PROPOSALS = 1,
    REPORT_STEP_ACCEPTED,
    REPORT_STEP_BALLOT,
    REPORT_STEP_CHOSEN,
    REPORT_STEP_VOTERS, /* whole: those who might vote */
    REPORT_STEP_OBJECTIONS,
    REPORT_STEP_RATINGS, /* whole: none */
    REPORT_STEP_COUNCIL  /* projects it carried; whole: put to it */
} ReportStep;

typedef enum ReportMoney {
    REPORT_MONEY_BUDGET = 1,
    REPORT_MONEY_ESTIMATED, /* of what was chosen */
    REPORT_MONEY_GRANTED,
    REPORT_MONEY_COMMITTED, /* under contract, asked for, paid or retained */
    REPORT_MONEY_PAID,
    REPORT_MONEY_RETURNED
} ReportMoney;

typedef enum ReportAnswer {
    REPORT_ANSWER_REFUSED = 1, /* to refused proposals, within the working days of the round */
    REPORT_ANSWER_OTHERS,      /* to merged, lost and left out ones, by the end of the stage */
    REPORT_ANSWER_OBJECTIONS   /* within the working days of the round */
} ReportAnswer;

typedef enum ReportUnit {
    REPORT_UNIT_COUNT,
    REPORT_UNIT_MONEY,
    REPORT_UNIT_DAYS,
    REPORT_UNIT_STARS
} ReportUnit;

typedef struct ReportFigure {
    ReportPart part;
    int64_t code; /* 0: the label says it */
    Str label;
    Str label_en;  /* may be empty */
    int64_t value; /* REPORT_FEW for a group too small to be told */
    int64_t whole; /* REPORT_NO_WHOLE; of stars: the raters, or REPORT_FEW */
} ReportFigure;

ReportUnit report_unit(ReportPart part);
/* The length of a figure's bar in thousandths of the longest of its part; 0 when there is none. */
int report_bar(const ReportFigure *figures, size_t count, size_t which);

#endif
