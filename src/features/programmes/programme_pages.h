/* programme_pages.h: what the page files of programmes share; for this room only. */
#ifndef FEATURES_PROGRAMMES_PROGRAMME_PAGES_H
#define FEATURES_PROGRAMMES_PROGRAMME_PAGES_H

#include "features/programmes/programme_views.h"
#include "features/programmes/programmes_pages.h"
#include "platform/form/form_page.h"
#include "programmes_sql.h"

/* "/a/AREA/programmes/ID" and the rest. */
SafeUrl programme_url(const Page *page, int64_t programme, const char *rest);
/* A name that is data, as a sentence. */
Text plan_words(Str words);
/* The templates there are, by name. */
MUST_USE Error *template_choices(Page *page, const DataChoice **out, size_t *out_count);
/* Rules as groups of lines. `edit` names the programme's address where they are changed, or is 0.
 */
const RuleGroup *rule_groups(Page *page, const RoundRules *rules, int64_t edit, size_t *out_count);

extern const Form programme_new_form, programme_publish_form, programme_revise_form;
extern const Form basics_form, ballot_form, kind_form, clause_form, notice_form, stage_plan_form;
extern const Form join_form, dates_form;

PageHandler page_programmes, page_programme, page_programme_new, page_join, page_dates;
FormHandler submit_programme_new, submit_publish_programme, submit_revise, submit_join,
    submit_dates;
PageHandler page_basics, page_ballot_rules, page_kind_rule, page_clause_rule, page_notice_rule,
    page_stage_plan;
FormHandler submit_basics, submit_ballot_rules, submit_kind_rule, submit_clause_rule,
    submit_notice_rule, submit_stage_plan;

#endif
