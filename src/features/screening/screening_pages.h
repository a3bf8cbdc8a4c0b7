/* screening_pages.h: what the files of this room share; for this room only. */
#ifndef FEATURES_SCREENING_SCREENING_PAGES_H
#define FEATURES_SCREENING_SCREENING_PAGES_H

#include "features/screening/screening.h"
#include "features/screening/screening_views.h"
#include "platform/http/http.h"
#include "screening_duties_sql.h"
#include "screening_sql.h"

/* Where a proposal stands, and the readings that count while it is open: of this version of its
 * words, by people without an interest. Two queries at most. */
MUST_USE Error *screening_fact(Snapshot *snapshot, int64_t area, int64_t proposal, int64_t version,
                               ScreeningFact *out, ScreeningReadingsRows *out_rows);

/* A version of a list. */
typedef struct DutyList {
    int64_t area;
    Str area_name;
    int64_t id; /* 0: there is none */
    int64_t no;
    Date holds_from;
    Str note;
    DutyLinesRows lines;
} DutyList;

/* The list that holds in an area on a day: its own, or the nearest above. Two queries. */
MUST_USE Error *duties_in_force(Snapshot *snapshot, int64_t area, Date on, DutyList *out);
/* How a form names a line. */
Str duty_word(Arena *arena, int64_t list, int64_t line);
/* 路面破损（区城管局） */
Str duty_words(Arena *arena, const DutyLinesRow *line);
/* Fills in what the finding cites, by the line's word in the list that holds today; DUTY_CITE at
 * `line` when it has none of that class. */
MUST_USE Error *duties_cite(Tx *tx, int64_t area, Str word, Date today, Finding *finding,
                            Str *out_words);
Text duty_class_text(MatterClass matter);

bool screening_may(const Page *page, Policy policy);
/* 能列入候选 · 不符合第 3 条 … */
Text screening_found_text(Ground ground, int64_t cited_no);
/* 一人筛查 · 两人看法一致 · 两人看法不同，书记定 */
Text screening_readers_text(int64_t n_readers, bool by_secretary);

extern const Form screening_interest_form, screening_interest_end_form, screening_ask_form,
    duty_form;
PageHandler page_screening, page_screening_round, page_duties, page_duty_new;
FormHandler submit_interest, submit_interest_end, submit_ask, submit_duties;

Error *screening_export_person(Snapshot *snapshot, int64_t person, Buf *out);
Error *screening_erase_person(Tx *tx, int64_t person, Instant now);

#endif
