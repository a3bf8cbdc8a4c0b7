/* programme_words.c: the rules of a programme in words, for everybody; for officers with links. */
#include "base/vec.h"
#include "features/programmes/programme_pages.h"
#include "programmes_text.h"

typedef struct Lines {
    RuleLine *items;
    size_t count;
    size_t capacity;
} Lines;

typedef struct Writing {
    Page *page;
    const RoundRules *rules;
    int64_t edit; /* the programme, or 0 */
    Lines lines;
} Writing;

Text plan_words(Str words)
{
    return t_round_stage_name(words);
}

static Str say(const Writing *w, Str zh, Str en)
{
    return rules_say(w->page->lang == LANG_EN, zh, en);
}

static RuleLine *add(Writing *w, Text name, Text says)
{
    RuleLine *line = vec_push(w->page->arena, &w->lines);
    *line = (RuleLine){.name = name, .says = says};
    return line;
}

static void add_item(Writing *w, Text name, Text says, const char *section, size_t at)
{
    RuleLine *line = add(w, name, says);
    if (w->edit != 0) {
        line->change =
            url_path(w->page->arena, "/a/%s/programmes/%s/%s/%lld", id_text(w->page->area).text,
                     id_text(w->edit).text, section, (long long)at + 1);
    }
}

/* The lines written so far become a group. */
static RuleGroup take(Writing *w, int title)
{
    RuleGroup group = {.title = text_of(title),
                       .empty = t_programme_group_empty(),
                       .lines = w->lines.items,
                       .n_lines = w->lines.count};
    w->lines = (Lines){0};
    return group;
}

static SafeUrl edit_url(const Writing *w, const char *rest)
{
    return w->edit != 0 ? programme_url(w->page, w->edit, rest) : (SafeUrl){0};
}

/* A link to a line that is not there yet, while there is room. */
static SafeUrl add_url(const Writing *w, const char *section, size_t count, size_t max)
{
    return w->edit != 0 && count < max
               ? url_path(w->page->arena, "/a/%s/programmes/%s/%s/%lld",
                          id_text(w->page->area).text, id_text(w->edit).text, section,
                          (long long)count + 1)
               : (SafeUrl){0};
}

static void add_money(Writing *w, Text name, Money amount)
{
    if (amount.fen > 0) {
        add(w, name, t_programme_yuan(amount));
    }
}

static RuleGroup people_group(Writing *w)
{
    const RoundRules *rules = w->rules;
    static const int residencies[] = {0, TEXT_programme_field_registered,
                                      TEXT_programme_field_tenant, TEXT_programme_field_owner,
                                      TEXT_programme_field_works_here};
    Str who = STR("");
    for (int i = 1; i <= 4; i++) {
        if (rules->residencies & 1u << i) {
            Str one = text_str(w->page->arena, w->page->lang, text_of(residencies[i]));
            who = arena_printf(w->page->arena, "%.*s%s%.*s", STR_ARG(who),
                               who.len == 0 ? "" : (w->page->lang == LANG_EN ? ", " : "、"),
                               STR_ARG(one));
        }
    }
    add(w, t_programme_who(), plan_words(who));
    add(w, t_programme_ages(),
        rules->maximum_age > 0 ? t_programme_age_between(rules->minimum_age, rules->maximum_age)
                               : t_programme_age_from(rules->minimum_age));
    if (rules->per_resident > 0) {
        add(w, text_of(TEXT_programme_field_per_resident), t_programme_count(rules->per_resident));
    }
    add(w, t_programme_refusals(), t_programme_working_days(rules->refusal_reply_working_days));
    add(w, t_programme_objections(),
        t_programme_working_days(rules->objection_answer_working_days));
    if (rules->two_readers) {
        add(w, t_programme_screening(), t_programme_two_readers());
    }
    if (rules->basis.len > 0) {
        add(w, text_of(TEXT_programme_field_basis), plan_words(rules->basis));
    }
    RuleGroup group = take(w, TEXT_programme_group_basics);
    group.change = edit_url(w, "/basics");
    return group;
}

static RuleGroup money_group(Writing *w)
{
    const RoundRules *rules = w->rules;
    add_money(w, text_of(TEXT_programme_field_budget), rules->budget);
    add_money(w, text_of(TEXT_programme_field_minimum), rules->project_minimum);
    add_money(w, text_of(TEXT_programme_field_maximum), rules->project_maximum);
    add_money(w, text_of(TEXT_programme_field_signature), rules->second_signature_from);
    add_money(w, text_of(TEXT_programme_field_purchases), rules->purchase_threshold);
    add(w, t_programme_quotes(), t_programme_count(rules->quotes));
    return take(w, TEXT_programme_group_money);
}

static RuleGroup kinds_group(Writing *w)
{
    const RoundRules *rules = w->rules;
    for (size_t i = 0; i < rules->n_kinds; i++) {
        const KindRule *kind = &rules->kinds[i];
        Money most = rules_project_maximum(rules, (int64_t)i + 1);
        Text says = most.fen > 0 ? t_programme_up_to(most) : t_programme_no_limit();
        if (kind->total.fen > 0) {
            says = t_programme_up_to_total(most, kind->total);
        }
        add_item(w, plan_words(say(w, kind->name, kind->name_en)), says, "kinds", i);
    }
    RuleGroup group = take(w, TEXT_programme_group_kinds);
    group.add = add_url(w, "kinds", rules->n_kinds, RULES_MAX_KINDS);
    return group;
}

static RuleGroup clauses_group(Writing *w)
{
    const RoundRules *rules = w->rules;
    for (size_t i = 0; i < rules->n_clauses; i++) {
        const ClauseRule *clause = &rules->clauses[i];
        add_item(w, t_programme_clause_no((int64_t)i + 1),
                 plan_words(say(w, clause->words, clause->words_en)), "clauses", i);
    }
    RuleGroup group = take(w, TEXT_programme_group_clauses);
    group.add = add_url(w, "clauses", rules->n_clauses, RULES_MAX_CLAUSES);
    return group;
}

/* What a ballot is, and by what word of the tally it is counted. */
static RuleGroup ballot_group(Writing *w)
{
    static const int kinds[] = {0,
                                TEXT_ballot_kind_approval,
                                TEXT_ballot_kind_budget,
                                TEXT_ballot_kind_ranked,
                                TEXT_ballot_kind_points,
                                TEXT_ballot_kind_scores};
    static const int rules_in_words[] = {TEXT_ballot_rule_greedy, TEXT_ballot_rule_equal_shares,
                                         TEXT_ballot_rule_phragmen,
                                         TEXT_ballot_rule_max_satisfaction};
    const RoundRules *rules = w->rules;
    add(w, text_of(TEXT_programme_field_ballot), text_of(kinds[rules->ballot]));
    add(w, text_of(TEXT_programme_field_choices), t_programme_count(rules->max_choices));
    if (rules->ballot == BALLOT_POINTS || rules->ballot == BALLOT_SCORES) {
        add(w, text_of(TEXT_programme_field_points), t_programme_count(rules->points));
    }
    add(w, text_of(TEXT_programme_field_rule), text_of(rules_in_words[rules_tally(rules).rule]));
    RuleGroup group = take(w, TEXT_programme_group_ballot);
    group.change = edit_url(w, "/ballot");
    return group;
}

static RuleGroup notices_group(Writing *w)
{
    for (size_t i = 0; i < w->rules->n_notices; i++) {
        const NoticeRule *notice = &w->rules->notices[i];
        add_item(w, plan_words(say(w, notice->name, notice->name_en)),
                 t_programme_working_days(notice->working_days), "notices", i);
    }
    return take(w, TEXT_programme_group_notices);
}

/* A half means more than a half; any other share is reached at the share itself. */
Text programmes_discussion_text(const DiscussionRule *step)
{
    const Fraction *q = &step->quorum;
    const Fraction *t = &step->threshold;
    bool is_half = t->numerator * 2 == t->denominator;
    if (q->denominator == 0 || t->denominator == 0) {
        return plan_words(step->body);
    }
    if (step->kind == DISCUSSION_OWNERS) {
        return is_half ? t_programme_owners_half(q->numerator, q->denominator)
                       : t_programme_owners_share(q->numerator, q->denominator, t->numerator,
                                                  t->denominator);
    }
    return is_half ? t_programme_quorum(step->body, q->numerator, q->denominator)
                   : t_programme_quorum_share(step->body, q->numerator, q->denominator,
                                              t->numerator, t->denominator);
}

static bool has_three_steps(const RoundRules *rules)
{
    for (size_t i = 0; i < rules->n_discussions; i++) {
        if (rules->discussions[i].kind != DISCUSSION_OWNERS) {
            return true;
        }
    }
    return false;
}

static RuleGroup discussions_group(Writing *w, bool of_owners)
{
    for (size_t i = 0; i < w->rules->n_discussions; i++) {
        const DiscussionRule *step = &w->rules->discussions[i];
        if ((step->kind == DISCUSSION_OWNERS) == of_owners) {
            add(w, plan_words(say(w, step->name, step->name_en)), programmes_discussion_text(step));
        }
    }
    return take(w, of_owners ? TEXT_programme_group_owners : TEXT_programme_group_discussions);
}

static RuleGroup stages_group(Writing *w)
{
    for (size_t i = 0; i < w->rules->n_stages; i++) {
        const StagePlan *stage = &w->rules->stages[i];
        Text says = stage->span.working_days > 0
                        ? t_programme_working_days(stage->span.working_days)
                        : t_programme_days(stage->span.days);
        Str name = say(w, stage->name, stage->name_en);
        add_item(w, t_programme_stage_no((int64_t)i + 1, name), says, "stages", i);
    }
    return take(w, TEXT_programme_group_stages);
}

const RuleGroup *rule_groups(Page *page, const RoundRules *rules, int64_t edit, size_t *out_count)
{
    Writing writing = {.page = page, .rules = rules, .edit = edit};
    RuleGroup *groups = arena_array(page->arena, RuleGroup, 9);
    size_t count = 0;
    groups[count++] = people_group(&writing);
    groups[count++] = money_group(&writing);
    groups[count++] = kinds_group(&writing);
    groups[count++] = clauses_group(&writing);
    groups[count++] = stages_group(&writing);
    bool has_steps = has_three_steps(rules);
    groups[count++] = has_steps ? discussions_group(&writing, false) : ballot_group(&writing);
    if (rules->n_discussions > 0) {
        groups[count++] = discussions_group(&writing, true);
    }
    groups[count++] = notices_group(&writing);
    *out_count = count;
    return groups;
}
