/* ratings_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_RATINGS_RATINGS_PAGES_H
#define FEATURES_RATINGS_RATINGS_PAGES_H

#include "features/programmes/programmes.h"
#include "features/ratings/ratings_views.h"
#include "platform/http/http.h"
#include "ratings_sql.h"

extern const Form rating_form;
extern const Form rating_self_form;
extern const Form rating_open_form;
extern const Form rating_paper_form;
extern const Form rating_close_form;
PageHandler page_rating_round;
PageHandler page_rating_project;
PageHandler page_rating_rate;
PageHandler page_rating_self;
PageHandler page_rating_console;
PageHandler page_rating_paper;
PageHandler page_rating_sheet;
FormHandler submit_rating;
FormHandler submit_rating_paper;
FormHandler submit_rating_self;
FormHandler submit_rating_open;
FormHandler submit_rating_close;

/* Every form with marks begins with these. Which questions there are is the round's: the use case
 * asks. */
typedef struct RatingMarksInput {
    int mark1;
    int mark2;
    int mark3;
    int mark4;
    int mark5;
} RatingMarksInput;

extern const Choice rating_mark_choices[RATING_MARK_MAX];

#define RATING_MARK_FIELD(type, inner, member, label_key)                                          \
    {                                                                                              \
        FIELD_INSIDE(type, inner, member, FIELD_CHOICE, label_key),                                \
            .is_conditional = true, .choices = rating_mark_choices, .n_choices = RATING_MARK_MAX   \
    }
#define RATING_MARK_FIELDS(type, inner)                                                            \
    RATING_MARK_FIELD(type, inner, mark1, TEXT_rating_question_1),                                 \
        RATING_MARK_FIELD(type, inner, mark2, TEXT_rating_question_2),                             \
        RATING_MARK_FIELD(type, inner, mark3, TEXT_rating_question_3),                             \
        RATING_MARK_FIELD(type, inner, mark4, TEXT_rating_question_4),                             \
        RATING_MARK_FIELD(type, inner, mark5, TEXT_rating_question_5)

void rating_marks_of(const RatingMarksInput *typed, int out[RATING_QUESTIONS]);
/* The fields of the questions the round asks, each called by its question; view->form is filled. */
void rating_fill_marks(const Page *page, const RoundRules *rules, RatingFormView *view);

/* A question in the page's language; that of rules without questions is the room's own. */
Str rating_question(const Page *page, const RoundRules *rules, size_t question);
/* "4.67" of 467. */
Str rating_hundredths(const Page *page, int64_t hundredths);
StarsView rating_stars_view(const Page *page, const RatingOutcome *outcome);
/* 12 人, or 不到 10 人. */
Text rating_people(int64_t raters);
/* NOT_FOUND when there is no such accepted project. Two queries. */
MUST_USE Error *rating_load(Page *page, Snapshot *s, RatingProjectRow *row, RoundRules **rules);
/* The counts of all projects of a round: `out` has one for each of `rows`. One query. */
MUST_USE Error *rating_load_counts(Page *page, Snapshot *s, int64_t round,
                                   const RatingProjectsRows *rows, RatingCounts *out);

#endif
