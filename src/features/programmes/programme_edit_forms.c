/* programme_edit_forms.c: the sections of a draft as typed fields, and back. */
#include "features/programmes/programme_edit.h"
#include "programmes_text.h"

/* --- the forms --------------------------------------------------------------- */

typedef struct BasicsInput {
    int64_t version;
    Str title;
    Str summary;
    Str basis;
    int64_t minimum_age;
    int64_t maximum_age;
    bool registered, tenant, owner, works_here;
    int64_t per_resident;
    bool two_readers;
    int64_t refusal_days;
    int64_t objection_days;
    Money budget;
    Money project_minimum;
    Money project_maximum;
    Money second_signature;
    Money purchase_threshold;
    int64_t outlier_percent;
} BasicsInput;

#define VERSION_FIELD(type)                                                                        \
    {                                                                                              \
        FIELD_COMMON(type, version, FIELD_ID, TEXT_programme_list_title), .is_required = true      \
    }

static const Field basics_fields[] = {
    VERSION_FIELD(BasicsInput),
    {FIELD_COMMON(BasicsInput, title, FIELD_TEXT, TEXT_programme_field_title), .is_required = true,
     .min = 2, .max = 40},
    {FIELD_COMMON(BasicsInput, summary, FIELD_LONG_TEXT, TEXT_programme_field_summary), .max = 300},
    {FIELD_COMMON(BasicsInput, basis, FIELD_TEXT, TEXT_programme_field_basis),
     .hint = TEXT_programme_field_basis_hint, .max = 200},
    {FIELD_COMMON(BasicsInput, minimum_age, FIELD_INTEGER, TEXT_programme_field_minimum_age),
     .is_required = true, .min = 1, .max = 100},
    {FIELD_COMMON(BasicsInput, maximum_age, FIELD_INTEGER, TEXT_programme_field_maximum_age),
     .hint = TEXT_programme_field_none_hint, .min = 1, .max = 150},
    {FIELD_COMMON(BasicsInput, registered, FIELD_BOX, TEXT_programme_field_registered)},
    {FIELD_COMMON(BasicsInput, tenant, FIELD_BOX, TEXT_programme_field_tenant)},
    {FIELD_COMMON(BasicsInput, owner, FIELD_BOX, TEXT_programme_field_owner)},
    {FIELD_COMMON(BasicsInput, works_here, FIELD_BOX, TEXT_programme_field_works_here)},
    {FIELD_COMMON(BasicsInput, per_resident, FIELD_INTEGER, TEXT_programme_field_per_resident),
     .hint = TEXT_programme_field_none_hint, .min = 1, .max = 100},
    {FIELD_COMMON(BasicsInput, two_readers, FIELD_BOX, TEXT_programme_field_two_readers)},
    {FIELD_COMMON(BasicsInput, refusal_days, FIELD_INTEGER, TEXT_programme_field_refusal_days),
     .is_required = true, .min = 1, .max = 60},
    {FIELD_COMMON(BasicsInput, objection_days, FIELD_INTEGER, TEXT_programme_field_objection_days),
     .is_required = true, .min = 1, .max = 60},
    {FIELD_COMMON(BasicsInput, budget, FIELD_MONEY, TEXT_programme_field_budget),
     .hint = TEXT_programme_field_budget_hint, .max = MONEY_MAX_FEN},
    {FIELD_COMMON(BasicsInput, project_minimum, FIELD_MONEY, TEXT_programme_field_minimum),
     .hint = TEXT_programme_field_none_hint, .max = MONEY_MAX_FEN},
    {FIELD_COMMON(BasicsInput, project_maximum, FIELD_MONEY, TEXT_programme_field_maximum),
     .hint = TEXT_programme_field_none_hint, .max = MONEY_MAX_FEN},
    {FIELD_COMMON(BasicsInput, second_signature, FIELD_MONEY, TEXT_programme_field_signature),
     .hint = TEXT_programme_field_never_hint, .max = MONEY_MAX_FEN},
    {FIELD_COMMON(BasicsInput, purchase_threshold, FIELD_MONEY, TEXT_programme_field_purchases),
     .hint = TEXT_programme_field_never_hint, .max = MONEY_MAX_FEN},
    {FIELD_COMMON(BasicsInput, outlier_percent, FIELD_INTEGER, TEXT_programme_field_outlier),
     .hint = TEXT_programme_field_never_hint, .min = 1, .max = 1000},
};

typedef struct BallotInput {
    int64_t version;
    int ballot;
    int64_t max_choices;
    int64_t points;
    int rule, utility, completion, ties;
} BallotInput;

static const Choice ballot_choices[] = {
    {"approval", BALLOT_APPROVAL, TEXT_ballot_kind_approval},
    {"budget", BALLOT_BUDGET, TEXT_ballot_kind_budget},
    {"ranked", BALLOT_RANKED, TEXT_ballot_kind_ranked},
    {"points", BALLOT_POINTS, TEXT_ballot_kind_points},
    {"scores", BALLOT_SCORES, TEXT_ballot_kind_scores},
};
/* The names are the words of tally.h; values are places in these tables, from 1. */
static const Choice rule_choices[] = {
    {"greedy", 1, TEXT_ballot_rule_greedy},
    {"equal-shares", 2, TEXT_ballot_rule_equal_shares},
    {"phragmen", 3, TEXT_ballot_rule_phragmen},
    {"max-satisfaction", 4, TEXT_ballot_rule_max_satisfaction},
};
static const Choice utility_choices[] = {
    {"cost", 1, TEXT_ballot_utility_cost},
    {"count", 2, TEXT_ballot_utility_count},
    {"points", 3, TEXT_ballot_utility_points},
    {"points-cost", 4, TEXT_ballot_utility_points_cost},
    {"borda0", 5, TEXT_ballot_utility_borda0},
    {"borda1", 6, TEXT_ballot_utility_borda1},
    {"borda0-cost", 7, TEXT_ballot_utility_borda0_cost},
    {"borda1-cost", 8, TEXT_ballot_utility_borda1_cost},
};
static const Choice completion_choices[] = {
    {"none", 1, TEXT_ballot_completion_none},
    {"greedy", 2, TEXT_ballot_completion_greedy},
    {"add1", 3, TEXT_ballot_completion_add1},
    {"add1e", 4, TEXT_ballot_completion_add1e},
    {"add1+greedy", 5, TEXT_ballot_completion_add1_greedy},
    {"add1e+greedy", 6, TEXT_ballot_completion_add1e_greedy},
    {"next", 7, TEXT_ballot_completion_next},
    {"next+greedy", 8, TEXT_ballot_completion_next_greedy},
};
static const Choice ties_choices[] = {
    {"votes,cost,name", 1, TEXT_ballot_ties_votes},
    {"cost,name", 2, TEXT_ballot_ties_cost},
    {"name", 3, TEXT_ballot_ties_name},
};

#define CHOICES(table) .choices = (table), .n_choices = countof(table), .is_required = true

static const Field ballot_fields[] = {
    VERSION_FIELD(BallotInput),
    {FIELD_COMMON(BallotInput, ballot, FIELD_CHOICE, TEXT_programme_field_ballot),
     CHOICES(ballot_choices)},
    {FIELD_COMMON(BallotInput, max_choices, FIELD_INTEGER, TEXT_programme_field_choices),
     .is_required = true, .min = 1, .max = 50},
    {FIELD_COMMON(BallotInput, points, FIELD_INTEGER, TEXT_programme_field_points),
     .hint = TEXT_programme_field_points_hint, .min = 1, .max = 100},
    {FIELD_COMMON(BallotInput, rule, FIELD_CHOICE, TEXT_programme_field_rule),
     CHOICES(rule_choices)},
    {FIELD_COMMON(BallotInput, utility, FIELD_CHOICE, TEXT_programme_field_utility),
     .hint = TEXT_programme_field_utility_hint, CHOICES(utility_choices)},
    {FIELD_COMMON(BallotInput, completion, FIELD_CHOICE, TEXT_programme_field_completion),
     .hint = TEXT_programme_field_completion_hint, CHOICES(completion_choices)},
    {FIELD_COMMON(BallotInput, ties, FIELD_CHOICE, TEXT_programme_field_ties),
     CHOICES(ties_choices)},
};

typedef struct KindInput {
    int64_t version;
    Str name;
    Money project_maximum;
    Money total;
    int64_t places;
} KindInput;

static const Field kind_fields[] = {
    VERSION_FIELD(KindInput),
    {FIELD_COMMON(KindInput, name, FIELD_TEXT, TEXT_programme_field_kind), .is_required = true,
     .min = 1, .max = 30},
    {FIELD_COMMON(KindInput, project_maximum, FIELD_MONEY, TEXT_programme_field_maximum),
     .hint = TEXT_programme_field_kind_hint, .max = MONEY_MAX_FEN},
    {FIELD_COMMON(KindInput, total, FIELD_MONEY, TEXT_programme_field_total),
     .hint = TEXT_programme_field_none_hint, .max = MONEY_MAX_FEN},
    {FIELD_COMMON(KindInput, places, FIELD_INTEGER, TEXT_programme_field_places),
     .hint = TEXT_programme_field_none_hint, .min = 1, .max = 200},
};

typedef struct ClauseInput {
    int64_t version;
    Str words;
    bool remove;
} ClauseInput;

static const Field clause_fields[] = {
    VERSION_FIELD(ClauseInput),
    {FIELD_COMMON(ClauseInput, words, FIELD_LONG_TEXT, TEXT_programme_field_clause),
     .hint = TEXT_programme_field_clause_hint, .is_required = true, .min = 4, .max = 200},
    {FIELD_COMMON(ClauseInput, remove, FIELD_BOX, TEXT_programme_field_remove)},
};

typedef struct NoticeInput {
    int64_t version;
    Str name;
    int64_t working_days;
    bool takes_objections;
} NoticeInput;

static const Field notice_fields[] = {
    VERSION_FIELD(NoticeInput),
    {FIELD_COMMON(NoticeInput, name, FIELD_TEXT, TEXT_programme_field_notice), .is_required = true,
     .min = 1, .max = 30},
    {FIELD_COMMON(NoticeInput, working_days, FIELD_INTEGER, TEXT_programme_field_working_days),
     .is_required = true, .min = 1, .max = 60},
    {FIELD_COMMON(NoticeInput, takes_objections, FIELD_BOX, TEXT_programme_field_objections)},
};

typedef struct StageInput {
    int64_t version;
    Str name;
    int64_t days;
    bool is_working;
} StageInput;

static const Field stage_fields[] = {
    VERSION_FIELD(StageInput),
    {FIELD_COMMON(StageInput, name, FIELD_TEXT, TEXT_programme_field_stage), .is_required = true,
     .min = 1, .max = 30},
    {FIELD_COMMON(StageInput, days, FIELD_INTEGER, TEXT_programme_field_days), .is_required = true,
     .min = 1, .max = 1000},
    {FIELD_COMMON(StageInput, is_working, FIELD_BOX, TEXT_programme_field_is_working)},
};

const Form basics_form = FORM("basics", basics_fields, BasicsInput);
const Form ballot_form = FORM("ballot-rules", ballot_fields, BallotInput);
const Form kind_form = FORM("kind", kind_fields, KindInput);
const Form clause_form = FORM("clause", clause_fields, ClauseInput);
const Form notice_form = FORM("notice", notice_fields, NoticeInput);
const Form stage_plan_form = FORM("stage-plan", stage_fields, StageInput);

/* --- from rules to fields and back -------------------------------------------- */

static bool has_bit(unsigned bits, int number)
{
    return (bits & 1u << number) != 0;
}

static void fill_basics(const RoundRules *rules, size_t at, void *input)
{
    *(BasicsInput *)input = (BasicsInput){.title = rules->title,
                                          .summary = rules->summary,
                                          .basis = rules->basis,
                                          .minimum_age = rules->minimum_age,
                                          .maximum_age = rules->maximum_age,
                                          .registered = has_bit(rules->residencies, 1),
                                          .tenant = has_bit(rules->residencies, 2),
                                          .owner = has_bit(rules->residencies, 3),
                                          .works_here = has_bit(rules->residencies, 4),
                                          .per_resident = rules->per_resident,
                                          .two_readers = rules->two_readers,
                                          .refusal_days = rules->refusal_reply_working_days,
                                          .objection_days = rules->objection_answer_working_days,
                                          .budget = rules->budget,
                                          .project_minimum = rules->project_minimum,
                                          .project_maximum = rules->project_maximum,
                                          .second_signature = rules->second_signature_from,
                                          .purchase_threshold = rules->purchase_threshold,
                                          .outlier_percent = rules->outlier_percent};
}

static void apply_basics(Arena *arena, RoundRules *rules, size_t at, const void *input)
{
    const BasicsInput *typed = input;
    bool is_renamed = !str_eq(rules->title, typed->title);
    bool is_retold = !str_eq(rules->summary, typed->summary);
    rules->title_en = is_renamed ? STR("") : rules->title_en;
    rules->summary_en = is_retold ? STR("") : rules->summary_en;
    rules->title = typed->title;
    rules->summary = typed->summary;
    rules->basis = typed->basis;
    rules->minimum_age = (int)typed->minimum_age;
    rules->maximum_age = (int)typed->maximum_age;
    rules->residencies = (typed->registered ? 1u << 1 : 0) | (typed->tenant ? 1u << 2 : 0) |
                         (typed->owner ? 1u << 3 : 0) | (typed->works_here ? 1u << 4 : 0);
    rules->per_resident = (int)typed->per_resident;
    rules->two_readers = typed->two_readers;
    rules->refusal_reply_working_days = (int)typed->refusal_days;
    rules->objection_answer_working_days = (int)typed->objection_days;
    rules->budget = typed->budget;
    rules->project_minimum = typed->project_minimum;
    rules->project_maximum = typed->project_maximum;
    rules->second_signature_from = typed->second_signature;
    rules->purchase_threshold = typed->purchase_threshold;
    rules->outlier_percent = (int)typed->outlier_percent;
}

#define PLACE_OF(table, word) choice_of((table), countof(table), (word), 0)

static void fill_ballot(const RoundRules *rules, size_t at, void *input)
{
    *(BallotInput *)input =
        (BallotInput){.ballot = (int)rules->ballot,
                      .max_choices = rules->max_choices,
                      .points = rules->points,
                      .rule = PLACE_OF(rule_choices, rules->rule),
                      .utility = PLACE_OF(utility_choices, rules->utility),
                      .completion = PLACE_OF(completion_choices, rules->completion),
                      .ties = PLACE_OF(ties_choices, rules->ties)};
}

static void apply_ballot(Arena *arena, RoundRules *rules, size_t at, const void *input)
{
    const BallotInput *typed = input;
    rules->ballot = (BallotKind)typed->ballot;
    rules->max_choices = (int)typed->max_choices;
    rules->points = (int)typed->points;
    rules->rule = str_from(rule_choices[typed->rule - 1].name);
    rules->utility = str_from(utility_choices[typed->utility - 1].name);
    rules->completion = str_from(completion_choices[typed->completion - 1].name);
    rules->ties = str_from(ties_choices[typed->ties - 1].name);
}

static size_t count_kinds(const RoundRules *rules)
{
    return rules->n_kinds;
}

static void fill_kind(const RoundRules *rules, size_t at, void *input)
{
    const KindRule *kind = &rules->kinds[at];
    *(KindInput *)input = (KindInput){.name = kind->name,
                                      .project_maximum = kind->project_maximum,
                                      .total = kind->total,
                                      .places = kind->places};
}

static void apply_kind(Arena *arena, RoundRules *rules, size_t at, const void *input)
{
    const KindInput *typed = input;
    KindRule *kind = &rules->kinds[at];
    if (at == rules->n_kinds) {
        rules->n_kinds++;
        *kind = (KindRule){.code = arena_printf(arena, "kind_%zu", at + 1)};
    }
    kind->name_en = str_eq(kind->name, typed->name) ? kind->name_en : STR("");
    kind->name = typed->name;
    kind->project_maximum = typed->project_maximum;
    kind->total = typed->total;
    kind->places = (int)typed->places;
}

static size_t count_clauses(const RoundRules *rules)
{
    return rules->n_clauses;
}

static void fill_clause(const RoundRules *rules, size_t at, void *input)
{
    *(ClauseInput *)input = (ClauseInput){.words = rules->clauses[at].words};
}

static void apply_clause(Arena *arena, RoundRules *rules, size_t at, const void *input)
{
    const ClauseInput *typed = input;
    if (typed->remove) {
        for (size_t i = at; i + 1 < rules->n_clauses; i++) {
            rules->clauses[i] = rules->clauses[i + 1];
        }
        rules->n_clauses -= at < rules->n_clauses ? 1 : 0;
        return;
    }
    ClauseRule *clause = &rules->clauses[at];
    bool is_new = at == rules->n_clauses;
    rules->n_clauses += is_new ? 1 : 0;
    Str words = typed->words;
    Str words_en = is_new || !str_eq(clause->words, words) ? STR("") : clause->words_en;
    *clause = (ClauseRule){words, words_en};
}

static size_t count_notices(const RoundRules *rules)
{
    return rules->n_notices;
}

static void fill_notice(const RoundRules *rules, size_t at, void *input)
{
    const NoticeRule *notice = &rules->notices[at];
    *(NoticeInput *)input = (NoticeInput){.name = notice->name,
                                          .working_days = notice->working_days,
                                          .takes_objections = notice->takes_objections};
}

/* A publish stage lasts as long as what it publishes. */
static void apply_notice(Arena *arena, RoundRules *rules, size_t at, const void *input)
{
    const NoticeInput *typed = input;
    NoticeRule *notice = &rules->notices[at];
    notice->name_en = str_eq(notice->name, typed->name) ? notice->name_en : STR("");
    notice->name = typed->name;
    notice->working_days = (int)typed->working_days;
    notice->takes_objections = typed->takes_objections;
    for (size_t i = 0; i < rules->n_stages; i++) {
        StagePlan *stage = &rules->stages[i];
        if (str_eq(stage->notice, notice->code) && stage->span.working_days > 0) {
            stage->span.working_days = notice->working_days;
        }
    }
}

static size_t count_stages(const RoundRules *rules)
{
    return rules->n_stages;
}

static void fill_stage(const RoundRules *rules, size_t at, void *input)
{
    const StagePlan *stage = &rules->stages[at];
    bool is_working = stage->span.working_days > 0;
    *(StageInput *)input =
        (StageInput){.name = stage->name,
                     .days = is_working ? stage->span.working_days : stage->span.days,
                     .is_working = is_working};
}

static void apply_stage(Arena *arena, RoundRules *rules, size_t at, const void *input)
{
    const StageInput *typed = input;
    StagePlan *stage = &rules->stages[at];
    stage->name_en = str_eq(stage->name, typed->name) ? stage->name_en : STR("");
    stage->name = typed->name;
    stage->span =
        typed->is_working ? (StageSpan){0, (int)typed->days} : (StageSpan){(int)typed->days, 0};
}

const EditSection edit_basics = {&basics_form, TEXT_programme_group_basics, NULL, 0, fill_basics,
                                 apply_basics};
const EditSection edit_ballot = {&ballot_form, TEXT_programme_group_ballot, NULL, 0, fill_ballot,
                                 apply_ballot};
const EditSection edit_kind = {
    &kind_form, TEXT_programme_group_kinds, count_kinds, RULES_MAX_KINDS, fill_kind, apply_kind};
const EditSection edit_clause = {&clause_form,  TEXT_programme_group_clauses,
                                 count_clauses, RULES_MAX_CLAUSES,
                                 fill_clause,   apply_clause};
const EditSection edit_notice = {
    &notice_form, TEXT_programme_group_notices, count_notices, 0, fill_notice, apply_notice};
const EditSection edit_stage = {
    &stage_plan_form, TEXT_programme_group_stages, count_stages, 0, fill_stage, apply_stage};
