/* polls_words.c: which sentence says what the rule decided. */
#include "features/polls/polls_words.h"

#include "features/polls/polls_amount_rules.h"
#include "polls_text.h"

Text poll_people(int64_t voters)
{
    if (voters == 0) {
        return text_of(TEXT_poll_people_none);
    }
    return voters < POLL_SMALLEST_GROUP ? t_poll_people_few(POLL_SMALLEST_GROUP)
                                        : t_poll_n_people(voters);
}

/* ---- the rule ------------------------------------------------------------------------------ */

static TallyRule rule_of(const PollRule *rule)
{
    TallyRule out = TALLY_RULE_GREEDY;
    bool is_known = tally_parse_rule(rule->rule, &out);
    return is_known ? out : TALLY_RULE_GREEDY;
}

static bool goes_by_count(const PollRule *rule)
{
    return str_eq(rule->utility, STR("count"));
}

Text poll_rule_name(const PollRule *rule)
{
    switch (rule_of(rule)) {
    case TALLY_RULE_EQUAL_SHARES:
        return text_of(TEXT_poll_name_equal_shares);
    case TALLY_RULE_PHRAGMEN:
        return text_of(TEXT_poll_name_phragmen);
    case TALLY_RULE_MAX_SATISFACTION:
        return text_of(TEXT_poll_name_max);
    case TALLY_RULE_GREEDY:
    default:
        return text_of(goes_by_count(rule) ? TEXT_poll_name_greedy_count : TEXT_poll_name_greedy);
    }
}

SafeUrl poll_rule_page(Arena *arena, const PollRule *rule)
{
    Str word = tally_rule_word(rule_of(rule));
    return url_path(arena, "/rules/%.*s", STR_ARG(word));
}

static int main_sentence(const PollRule *rule)
{
    bool count = goes_by_count(rule);
    switch (rule_of(rule)) {
    case TALLY_RULE_EQUAL_SHARES:
        return count ? TEXT_poll_rule_shares_count : TEXT_poll_rule_shares_cost;
    case TALLY_RULE_PHRAGMEN:
        return TEXT_poll_rule_phragmen;
    case TALLY_RULE_MAX_SATISFACTION:
        return count ? TEXT_poll_rule_max_count : TEXT_poll_rule_max_cost;
    case TALLY_RULE_GREEDY:
    default:
        break;
    }
    if (str_eq(rule->misfit, STR("stop"))) {
        return count ? TEXT_poll_rule_greedy_count_stop : TEXT_poll_rule_greedy_stop;
    }
    return count ? TEXT_poll_rule_greedy_count : TEXT_poll_rule_greedy;
}

static Text completion_sentence(const PollRule *rule)
{
    TallyCompletion completion = TALLY_COMPLETE_NONE;
    bool is_known = tally_parse_completion(rule->completion, &completion);
    if (!is_known || rule_of(rule) != TALLY_RULE_EQUAL_SHARES) {
        return (Text){0};
    }
    Money step = {rule->increment.fen > 0 ? rule->increment.fen : 100};
    switch (completion) {
    case TALLY_COMPLETE_GREEDY:
        return text_of(TEXT_poll_rest_greedy);
    case TALLY_COMPLETE_ADD1:
    case TALLY_COMPLETE_ADD1E:
        return t_poll_rest_add(step);
    case TALLY_COMPLETE_ADD1_GREEDY:
    case TALLY_COMPLETE_ADD1E_GREEDY:
        return t_poll_rest_add_greedy(step);
    case TALLY_COMPLETE_NEXT:
        return text_of(TEXT_poll_rest_next);
    case TALLY_COMPLETE_NEXT_GREEDY:
        return text_of(TEXT_poll_rest_next_greedy);
    case TALLY_COMPLETE_NONE:
    default:
        return text_of(TEXT_poll_rest_none);
    }
}

static Text ties_sentence(const PollRule *rule)
{
    TallyTies ties = {0};
    bool is_known = tally_parse_ties(rule->tie, &ties);
    bool has_cost = false;
    for (int i = 0; is_known && i < ties.count; i++) {
        has_cost = has_cost || ties.keys[i] == TALLY_KEY_COST;
    }
    return text_of(has_cost ? TEXT_poll_ties_cost : TEXT_poll_ties_number);
}

void poll_rule_say(const PollRule *rule, RuleWords *out)
{
    *out = (RuleWords){
        .name = poll_rule_name(rule),
        .how = text_of(main_sentence(rule)),
        .rest = completion_sentence(rule),
        .ties = ties_sentence(rule),
        .unchosen = text_of(str_eq(rule->zero_support, STR("include")) ? 0 : TEXT_poll_unchosen)};
}

/* ---- why an option won or lost ------------------------------------------------------------- */

static Text why_voters_paid(Arena *arena, const PollRule *rule, const ResultOptionsRow *r)
{
    PollAmount price;
    if (!poll_amount_read(arena, r->price, &price)) {
        return t_poll_why_supported(r->votes);
    }
    if (rule_of(rule) == TALLY_RULE_PHRAGMEN) {
        return t_poll_why_load(r->votes, price.nearest);
    }
    if (!poll_is_even(arena, r->price, r->payers, r->cost_fen)) {
        return t_poll_why_at_most(r->payers, price.nearest);
    }
    return price.is_exact ? t_poll_why_share(r->payers, price.nearest)
                          : t_poll_why_about(r->payers, price.nearest, r->cost_fen);
}

static Text why_won(Arena *arena, const PollRule *rule, const ResultOptionsRow *r)
{
    switch (r->funding) {
    case POLL_FUNDED_FREE:
        return t_poll_why_free(r->votes);
    case POLL_FUNDED_VOTERS:
        return why_voters_paid(arena, rule, r);
    case POLL_FUNDED_COMPLETION:
        return t_poll_why_completion(r->votes, r->left_before_fen);
    default:
        return rule_of(rule) == TALLY_RULE_MAX_SATISFACTION
                   ? t_poll_why_best(r->votes)
                   : t_poll_why_won(r->votes, r->left_before_fen);
    }
}

static Text why_unaffordable(Arena *arena, const ResultOptionsRow *r)
{
    PollAmount left;
    if (!poll_amount_read(arena, r->supporters_left, &left)) {
        return t_poll_why_unaffordable(r->votes);
    }
    /* What is missing, rounded up: with less it would still not do. */
    Money missing = {r->cost_fen.fen - left.below.fen};
    return missing.fen > 0 ? t_poll_why_supporters_left(r->votes, left.below, r->cost_fen, missing)
                           : t_poll_why_unaffordable(r->votes);
}

Text poll_why(Arena *arena, const PollRule *rule, const ResultOptionsRow *r)
{
    if (r->is_selected) {
        return why_won(arena, rule, r);
    }
    if (r->votes == 0) {
        return text_of(TEXT_poll_why_unsupported);
    }
    switch (r->reason) {
    case TALLY_UNAFFORDABLE:
        return why_unaffordable(arena, r);
    case TALLY_NOT_BEST:
        return t_poll_why_not_best(r->votes);
    case TALLY_STOPPED:
        return t_poll_why_stopped(r->votes, r->left_before_fen);
    default:
        break;
    }
    Money short_of = {r->cost_fen.fen - r->left_before_fen.fen};
    return short_of.fen > 0 ? t_poll_why_lost(r->votes, r->left_before_fen, short_of)
                            : t_poll_why_supported(r->votes);
}

/* One of the eight, by which of the three numbers there are. */
Text poll_lacking(const ResultOptionsRow *r)
{
    if (r->is_selected) {
        return (Text){0};
    }
    int64_t votes = r->lacked_votes;
    Money less = r->lacked_fen;
    Money more = r->lacked_budget_fen;
    int has = (votes > 0 ? 4 : 0) + (less.fen > 0 ? 2 : 0) + (more.fen > 0 ? 1 : 0);
    switch (has) {
    case 7:
        return t_poll_lacked_all(votes, less, more);
    case 6:
        return t_poll_lacked_both(votes, less);
    case 5:
        return t_poll_lacked_votes_budget(votes, more);
    case 4:
        return t_poll_lacked_votes(votes);
    case 3:
        return t_poll_lacked_money_budget(less, more);
    case 2:
        return t_poll_lacked_money(less);
    case 1:
        return t_poll_lacked_budget(more);
    default:
        break;
    }
    bool is_unknown =
        votes == TALLY_NOT_FOUND || less.fen == TALLY_NOT_FOUND || more.fen == TALLY_NOT_FOUND;
    if (r->votes == 0) {
        return (Text){0};
    }
    return text_of(is_unknown ? TEXT_poll_lacked_far : TEXT_poll_lacked_nothing);
}

/* ---- checks -------------------------------------------------------------------------------- */

static Text failed_words(const PollRule *rule, const PollChecksRow *c, Str title, Money money,
                         const Text *people)
{
    switch (c->no) {
    case TALLY_CHECK_BUDGET:
        return t_poll_check_budget_fails(money);
    case TALLY_CHECK_EXHAUSTIVE:
        return t_poll_check_exhaustive_fails(money, title);
    case TALLY_CHECK_PRICES:
        return t_poll_check_prices_fails(title);
    case TALLY_CHECK_JR:
        return t_poll_check_jr_fails(people, title, money);
    case TALLY_CHECK_EJR_PLUS:
    default:
        return goes_by_count(rule) ? t_poll_check_ejr_count_fails(people, title, money)
                                   : t_poll_check_ejr_fails(people, title, money);
    }
}

static Text held_words(const PollChecksRow *c, Money endowment)
{
    switch (c->no) {
    case TALLY_CHECK_BUDGET:
        return text_of(TEXT_poll_check_budget);
    case TALLY_CHECK_EXHAUSTIVE:
        return text_of(TEXT_poll_check_exhaustive);
    case TALLY_CHECK_PRICES:
        return t_poll_check_prices(endowment);
    case TALLY_CHECK_JR:
        return text_of(TEXT_poll_check_jr);
    case TALLY_CHECK_EJR_PLUS:
    default:
        return text_of(TEXT_poll_check_ejr);
    }
}

Text poll_check_words(Arena *arena, const PollRule *rule, const PollChecksRow *check, Str title,
                      Str endowment, Text *people)
{
    PollAmount each = {0};
    PollAmount money = {0};
    bool is_read = poll_amount_read(arena, check->money, &money);
    bool has_each = poll_amount_read(arena, endowment, &each);
    *people = poll_people(check->voters);
    if (check->verdict == TALLY_FAILS) {
        return failed_words(rule, check, title, is_read ? money.below : (Money){0}, people);
    }
    return held_words(check, has_each ? each.nearest : (Money){0});
}
