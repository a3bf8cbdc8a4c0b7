/* estimates_pages.h: what the page files of this room share; for this room only. */
#ifndef FEATURES_ESTIMATES_ESTIMATES_PAGES_H
#define FEATURES_ESTIMATES_ESTIMATES_PAGES_H

#include "estimates_sql.h"
#include "features/estimates/estimates.h"
#include "features/estimates/estimates_views.h"
#include "features/programmes/programmes.h"
#include "platform/feature.h"
#include "platform/http/http.h"

/* How a round stands to its quotas. About 12 KB: not on the stack of a deep call. */
typedef struct Quota {
    RoundInfo round;
    RoundRules rules;
    QuotaSum sum;
    int64_t priced;
    int64_t waiting;
    bool is_chosen;
    bool is_shortlisted;
} Quota;

/* The limits of one project, for the statements. */
typedef struct QuotaLimits {
    Money least;
    Money most[4]; /* by kind 1 to 4 */
} QuotaLimits;

QuotaLimits quota_limits(const RoundRules *rules, Money budget);
/* NOT_FOUND when the area has no such round. Four queries. */
MUST_USE Error *quota_load(Snapshot *snapshot, int64_t area, int64_t round, Quota *out);

bool estimate_may(const Page *page, Policy policy);
Text estimate_kind_text(int64_t kind);
/* What past prices of the kind say, in words. */
Text estimate_usual_text(const UsualPrice *usual);

extern const Form estimate_form;
extern const Form estimate_sign_form;
extern const Form estimate_return_form;
PageHandler page_estimates;
PageHandler page_estimate;
PageHandler page_estimate_new;
PageHandler page_estimate_file;
PageHandler page_quota;
FormHandler submit_estimate;
FormHandler submit_estimate_sign;
FormHandler submit_estimate_return;

/* estimates_gates.c */
Error *gate_all_priced(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                       GateReport *out);
Error *gate_quota_within_budget(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                                GateReport *out);
Error *estimates_due(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out);

#endif
