/* delivery_act_pages.h: what the pages with a form about a project share; for this room only. */
#ifndef FEATURES_DELIVERY_DELIVERY_ACT_PAGES_H
#define FEATURES_DELIVERY_DELIVERY_ACT_PAGES_H

#include "delivery_text.h"
#include "delivery_watch_sql.h"
#include "features/delivery/delivery_pages.h"

/* A page with one form. */
typedef struct ActPage {
    const Form *form;
    int title;        /* TEXT_ number, as the next two */
    int about;        /* 0: `prepare` says it */
    int submit;       /* on the button; 0: the title */
    const char *verb; /* in the address: "money" */
    bool shows_money;
    /* Fills in what the form begins with and what the page says; may be NULL. */
    Error *(*prepare)(Page *page, Snapshot *s, const DeliveryProject *project,
                      DeliveryActView *view);
} ActPage;

/* Reads the project and shows the form. */
MUST_USE Error *delivery_act_show(Page *page, Snapshot *s, const ActPage *act);
/* True when the form is shown fresh, so that it may be prefilled. */
bool delivery_is_fresh(const Page *page);
/* Puts an input struct into the form; amounts of nothing stay empty. */
void delivery_prefill(Page *page, DeliveryActView *view, const void *input);
DeliveryAct delivery_act_of(const Page *page, int64_t version);
/* The milestone of ?no=, else the first that is not done, else the last. NOT_FOUND: there is none.
 * One query. */
MUST_USE Error *delivery_milestone(Page *page, Snapshot *s, const DeliveryProject *project,
                                   MilestoneGetRow *out);
/* Afterwards: the console, with a word. Every input of a use case of this room begins with its
 * DeliveryAct. */
AfterWrite delivery_after;

/* The four amounts of a form. */
typedef struct AmountsInput {
    Money city, district, street, pledges;
} AmountsInput;
LedgerAmounts delivery_amounts(const AmountsInput *typed);
AmountsInput delivery_typed_amounts(const LedgerAmounts *amounts);

#define DELIVERY_VERSION_FIELD(Input)                                                              \
    {                                                                                              \
        FIELD_COMMON(Input, version, FIELD_INTEGER, TEXT_delivery_console_title),                  \
            .is_required = true, .max = INT32_MAX                                                  \
    }
#define DELIVERY_AMOUNT_FIELDS(Input)                                                              \
    {FIELD_INSIDE(Input, amounts, city, FIELD_MONEY, TEXT_delivery_source_city)},                  \
        {FIELD_INSIDE(Input, amounts, district, FIELD_MONEY, TEXT_delivery_source_district)},      \
        {FIELD_INSIDE(Input, amounts, street, FIELD_MONEY, TEXT_delivery_source_street)},          \
    {                                                                                              \
        FIELD_INSIDE(Input, amounts, pledges, FIELD_MONEY, TEXT_delivery_source_pledges)           \
    }

#endif
