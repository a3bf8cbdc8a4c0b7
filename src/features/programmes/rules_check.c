/* rules_check.c: what the settings of a programme must be together, and what they mean. */
#include "features/programmes/round_rules.h"

/* The place in the text that a mistake is told at. */
static RulePlace at(const char *section, size_t no)
{
    return (RulePlace){section, no};
}

static const char *stage_mistake(const RoundRules *rules, const StagePlan *stage)
{
    if (stage->kind == STAGE_KIND_NONE || stage->name.len == 0) {
        return "every stage needs a kind and a name";
    }
    if ((stage->span.days == 0) == (stage->span.working_days == 0)) {
        return "every stage needs either days or working_days";
    }
    if (stage->notice.len > 0 && rules_notice(rules, stage->notice) == NULL) {
        return "notice names no [notice] of this file";
    }
    return NULL;
}

static const char *stages_mistake(const RoundRules *rules, RulePlace *out_place)
{
    for (size_t i = 0; i < rules->n_stages; i++) {
        const char *mistake = stage_mistake(rules, &rules->stages[i]);
        if (mistake != NULL) {
            *out_place = at("stage", i + 1);
            return mistake;
        }
    }
    return rules->n_stages == 0 ? "there is no stage" : NULL;
}

/* Items that have a code and a name, each code once. `item` gives them by place. */
static const char *named_mistake(const RoundRules *rules, size_t count,
                                 void (*item)(const RoundRules *, size_t, Str *, Str *),
                                 const char *section, RulePlace *out_place)
{
    for (size_t i = 0; i < count; i++) {
        Str code;
        Str name;
        item(rules, i, &code, &name);
        *out_place = at(section, i + 1);
        if (code.len == 0 || name.len == 0) {
            return "a code and a name are needed";
        }
        for (size_t k = 0; k < i; k++) {
            Str other;
            item(rules, k, &other, &name);
            if (str_eq(code, other)) {
                return "the code is used twice";
            }
        }
    }
    return NULL;
}

static void kind_item(const RoundRules *rules, size_t i, Str *code, Str *name)
{
    *code = rules->kinds[i].code;
    *name = rules->kinds[i].name;
}

static void subject_item(const RoundRules *rules, size_t i, Str *code, Str *name)
{
    *code = rules->subjects[i].code;
    *name = rules->subjects[i].name;
}

static void group_item(const RoundRules *rules, size_t i, Str *code, Str *name)
{
    *code = rules->groups[i].code;
    *name = rules->groups[i].name;
}

static void notice_item(const RoundRules *rules, size_t i, Str *code, Str *name)
{
    *code = rules->notices[i].code;
    *name = rules->notices[i].name;
}

static bool is_again(const DiscussionRule *a, const DiscussionRule *b)
{
    return str_eq(a->code, b->code) && a->holds_from.days == b->holds_from.days;
}

static const char *discussion_mistake(const RoundRules *rules, size_t i)
{
    const DiscussionRule *step = &rules->discussions[i];
    if (step->code.len == 0 || step->name.len == 0) {
        return "a code and a name are needed";
    }
    for (size_t k = 0; k < i; k++) {
        if (is_again(step, &rules->discussions[k])) {
            return "the code is used twice from the same day";
        }
    }
    bool counts = step->quorum.denominator > 0 && step->threshold.denominator > 0;
    return step->kind != DISCUSSION_MEETING && !counts ? "a quorum and a threshold are needed"
                                                       : NULL;
}

static const char *discussions_mistake(const RoundRules *rules, RulePlace *out_place)
{
    const char *mistake = NULL;
    for (size_t i = 0; mistake == NULL && i < rules->n_discussions; i++) {
        *out_place = at("discussion", i + 1);
        mistake = discussion_mistake(rules, i);
    }
    return mistake;
}

static const char *lists_mistake(const RoundRules *rules, RulePlace *out_place)
{
    const char *mistake = named_mistake(rules, rules->n_kinds, kind_item, "kind", out_place);
    if (mistake == NULL) {
        mistake = named_mistake(rules, rules->n_subjects, subject_item, "subject", out_place);
    }
    if (mistake == NULL) {
        mistake = named_mistake(rules, rules->n_groups, group_item, "group", out_place);
    }
    if (mistake == NULL) {
        mistake = named_mistake(rules, rules->n_notices, notice_item, "notice", out_place);
    }
    if (mistake == NULL) {
        mistake = discussions_mistake(rules, out_place);
    }
    for (size_t i = 0; mistake == NULL && i < rules->n_clauses; i++) {
        *out_place = at("clause", i + 1);
        mistake = rules->clauses[i].words.len == 0 ? "a clause needs its words" : NULL;
    }
    for (size_t i = 0; mistake == NULL && i < rules->n_notices; i++) {
        *out_place = at("notice", i + 1);
        mistake = rules->notices[i].working_days == 0 ? "a notice needs its working_days" : NULL;
    }
    return mistake;
}

static const char *questions_mistake(const RoundRules *rules, RulePlace *out_place)
{
    for (size_t i = 0; i < rules->n_questions; i++) {
        *out_place = at("question", i + 1);
        if (rules->questions[i].words.len == 0 || rules->questions[i].weight == 0) {
            return "a question needs its words and its weight";
        }
    }
    return NULL;
}

static bool ballot_fits(const RoundRules *rules)
{
    TallyUtility utility = rules_tally(rules).utility;
    bool wants_rank = utility >= TALLY_UTILITY_BORDA0;
    bool wants_points = utility == TALLY_UTILITY_POINTS || utility == TALLY_UTILITY_POINTS_COST;
    bool has_points = rules->ballot == BALLOT_POINTS || rules->ballot == BALLOT_SCORES;
    return (!wants_rank || rules->ballot == BALLOT_RANKED) && (!wants_points || has_points);
}

static const char *settings_mistake(const RoundRules *rules, RulePlace *out_place)
{
    if (rules->title.len == 0) {
        *out_place = at("template", 0);
        return "[template] needs a title";
    }
    if (rules->maximum_age > 0 && rules->maximum_age < rules->minimum_age) {
        *out_place = at("people", 0);
        return "maximum_age is below minimum_age";
    }
    if (rules->residencies == 0) {
        *out_place = at("people", 0);
        return "residency names nobody";
    }
    if (rules->project_maximum.fen > 0 && rules->project_maximum.fen < rules->project_minimum.fen) {
        *out_place = at("money", 0);
        return "project_maximum is below project_minimum";
    }
    *out_place = at("ballot", 0);
    if ((rules->ballot == BALLOT_POINTS || rules->ballot == BALLOT_SCORES) && rules->points == 0) {
        return "a ballot of points or scores needs points";
    }
    return ballot_fits(rules) ? NULL : "the utility does not fit the kind of ballot";
}

const char *rules_mistake(const RoundRules *rules, RulePlace *out_place)
{
    const char *mistake = settings_mistake(rules, out_place);
    if (mistake == NULL) {
        *out_place = at("", 0);
        mistake = stages_mistake(rules, out_place);
    }
    if (mistake == NULL) {
        mistake = lists_mistake(rules, out_place);
    }
    if (mistake == NULL) {
        mistake = questions_mistake(rules, out_place);
    }
    int percent = 0;
    for (size_t i = 0; i < rules->n_groups; i++) {
        percent += rules->groups[i].percent;
    }
    if (mistake == NULL && percent > 100) {
        *out_place = at("group", 1);
        mistake = "the percents of the groups are more than 100";
    }
    return mistake;
}

static bool has_vote(const RoundRules *rules)
{
    for (size_t i = 0; i < rules->n_stages; i++) {
        if (rules->stages[i].kind == STAGE_KIND_VOTE) {
            return true;
        }
    }
    return false;
}

bool rules_ballots_are_taken(const RoundRules *rules)
{
    return !has_vote(rules) || rules->ballot == BALLOT_APPROVAL;
}

/* --- what they mean ---------------------------------------------------------- */

TallyOptions rules_tally(const RoundRules *rules)
{
    TallyOptions options = tally_default_options();
    bool is_good = tally_parse_rule(rules->rule, &options.rule) &&
                   tally_parse_utility(rules->utility, &options.utility) &&
                   tally_parse_completion(rules->completion, &options.completion) &&
                   tally_parse_ties(rules->ties, &options.ties) &&
                   tally_parse_zero_support(rules->zero_support, &options.zero_support) &&
                   tally_parse_misfit(rules->misfit, &options.misfit);
    require(is_good);
    return options;
}

TallyBallotKind rules_tally_ballots(const RoundRules *rules)
{
    switch (rules->ballot) {
    case BALLOT_RANKED:
        return TALLY_BALLOTS_RANKED;
    case BALLOT_POINTS:
    case BALLOT_SCORES:
        return TALLY_BALLOTS_POINTS;
    default:
        return TALLY_BALLOTS_APPROVAL;
    }
}

const KindRule *rules_kind(const RoundRules *rules, int64_t number)
{
    return number >= 1 && number <= (int64_t)rules->n_kinds ? &rules->kinds[number - 1] : NULL;
}

const NoticeRule *rules_notice(const RoundRules *rules, Str code)
{
    for (size_t i = 0; i < rules->n_notices; i++) {
        if (str_eq(rules->notices[i].code, code)) {
            return &rules->notices[i];
        }
    }
    return NULL;
}

const DiscussionRule *rules_discussion(const RoundRules *rules, Str code, Date on)
{
    const DiscussionRule *newest = NULL;
    for (size_t i = 0; i < rules->n_discussions; i++) {
        const DiscussionRule *step = &rules->discussions[i];
        bool holds = str_eq(step->code, code) && step->holds_from.days <= on.days;
        if (holds && (newest == NULL || step->holds_from.days > newest->holds_from.days)) {
            newest = step;
        }
    }
    return newest;
}

Money rules_project_maximum(const RoundRules *rules, int64_t kind)
{
    const KindRule *of_kind = rules_kind(rules, kind);
    return of_kind != NULL && of_kind->project_maximum.fen > 0 ? of_kind->project_maximum
                                                               : rules->project_maximum;
}

Str rules_say(bool is_english, Str zh, Str en)
{
    return is_english && en.len > 0 ? en : zh;
}
