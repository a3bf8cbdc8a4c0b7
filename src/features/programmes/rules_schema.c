/* rules_schema.c: every section and key of a text of rules. */
#include "features/programmes/rules_schema.h"

#include "platform/auth/who.h"

static const RuleWord kind_words[] = {
    {"launch", STAGE_KIND_LAUNCH},       {"collect", STAGE_KIND_COLLECT},
    {"quota", STAGE_KIND_QUOTA},         {"pledge", STAGE_KIND_PLEDGE},
    {"shortlist", STAGE_KIND_SHORTLIST}, {"vote", STAGE_KIND_VOTE},
    {"publish", STAGE_KIND_PUBLISH},     {"reply", STAGE_KIND_REPLY},
    {"implement", STAGE_KIND_IMPLEMENT}, {"evaluate", STAGE_KIND_EVALUATE},
    {"discuss", STAGE_KIND_DISCUSS},     {"decide", STAGE_KIND_DECIDE},
    {"file", STAGE_KIND_FILE},           {"accept", STAGE_KIND_ACCEPT},
};

static const RuleWord role_words[] = {
    {"resident", ROLE_RESIDENT},
    {"grid_worker", ROLE_GRID_WORKER},
    {"community_worker", ROLE_COMMUNITY_WORKER},
    {"community_secretary", ROLE_COMMUNITY_SECRETARY},
    {"street_officer", ROLE_STREET_OFFICER},
    {"district_officer", ROLE_DISTRICT_OFFICER},
    {"city_officer", ROLE_CITY_OFFICER},
    {"supervisor", ROLE_SUPERVISOR},
};

static const RuleWord residency_words[] = {
    {"registered", 1}, {"tenant", 2}, {"owner", 3}, {"works_here", 4}};

static const RuleWord channel_words[] = {
    {"portal", 1}, {"wechat", 2}, {"group_chat", 3}, {"door", 4},    {"paper", 5},
    {"box", 6},    {"stand", 7},  {"phone", 8},      {"hotline", 9}, {"meeting", 10},
};

static const RuleWord pledge_words[] = {{"money", 1}, {"goods", 2}, {"hours", 3}};

static const RuleWord ballot_words[] = {
    {"approval", BALLOT_APPROVAL}, {"budget", BALLOT_BUDGET}, {"ranked", BALLOT_RANKED},
    {"points", BALLOT_POINTS},     {"scores", BALLOT_SCORES},
};

static const RuleWord discussion_words[] = {
    {"meeting", DISCUSSION_MEETING},
    {"council", DISCUSSION_COUNCIL},
    {"assembly", DISCUSSION_ASSEMBLY},
    {"owners", DISCUSSION_OWNERS},
};

/* The tally knows more words of rules and of ties than these take: a round may only announce what
 * its pages can say and explain. */
static bool is_rule(Str value)
{
    TallyRule rule;
    return tally_parse_rule(value, &rule) && rule <= TALLY_RULE_MAX_SATISFACTION;
}

static bool is_utility(Str value)
{
    TallyUtility utility;
    return tally_parse_utility(value, &utility);
}

static bool is_completion(Str value)
{
    TallyCompletion completion;
    return tally_parse_completion(value, &completion);
}

static bool is_ties(Str value)
{
    TallyTies ties;
    return tally_parse_ties(value, &ties) && ties.keys[ties.count - 1] == TALLY_KEY_NAME;
}

static bool is_zero_support(Str value)
{
    TallyZeroSupport zero;
    return tally_parse_zero_support(value, &zero);
}

static bool is_misfit(Str value)
{
    TallyMisfit misfit;
    return tally_parse_misfit(value, &misfit);
}

#define OF(member)   offsetof(RoundRules, member)
#define WORDS(table) .words = (table), .n_words = countof(table)
#define TITLE_OF(type)                                                                             \
    {"code", VALUE_CODE, offsetof(type, code), 1, 20, .wants = "code is a short word of a-z"},     \
        {"name", VALUE_TEXT, offsetof(type, name), 1, 30, .wants = "name has 1 to 30 characters"}, \
    {                                                                                              \
        "name_en", VALUE_TEXT, offsetof(type, name_en), 0, 60,                                     \
            .wants = "name_en has up to 60 characters"                                             \
    }

static const Setting template_settings[] = {
    {"title", VALUE_TEXT, OF(title), 2, 40, .wants = "title has 2 to 40 characters"},
    {"title_en", VALUE_TEXT, OF(title_en), 0, 80, .wants = "title_en has up to 80 characters"},
    {"summary", VALUE_TEXT, OF(summary), 0, 300, .wants = "summary has up to 300 characters"},
    {"summary_en", VALUE_TEXT, OF(summary_en), 0, 600, .wants = "summary_en has up to 600"},
    {"basis", VALUE_TEXT, OF(basis), 0, 200, .wants = "basis has up to 200 characters"},
};

static const Setting launch_settings[] = {
    {"outreach_channels", VALUE_NUMBER, OF(outreach_channels), 1, 11,
     .wants = "outreach_channels is a number from 1 to 11"},
    {"trainings", VALUE_NUMBER, OF(trainings), 1, 50,
     .wants = "trainings is a number from 1 to 50"},
};

static const Setting people_settings[] = {
    {"minimum_age", VALUE_NUMBER, OF(minimum_age), 0, 100,
     .wants = "minimum_age is a number from 0 to 100"},
    {"maximum_age", VALUE_NUMBER, OF(maximum_age), 0, 150,
     .wants = "maximum_age is a number from 0 (none) to 150"},
    {"residency", VALUE_WORDS, OF(residencies), WORDS(residency_words),
     .wants = "residency is some of: registered tenant owner works_here"},
};

static const Setting proposal_settings[] = {
    {"per_resident", VALUE_NUMBER, OF(per_resident), 0, 100,
     .wants = "per_resident is a number from 0 (no limit) to 100"},
    {"two_readers", VALUE_YES, OF(two_readers), .wants = "two_readers is yes or no"},
    {"refusal_reply_working_days", VALUE_NUMBER, OF(refusal_reply_working_days), 1, 60,
     .wants = "refusal_reply_working_days is a number from 1 to 60"},
    {"reclassify_days", VALUE_NUMBER, OF(reclassify_days), 0, 60,
     .wants = "reclassify_days is a number from 0 (never) to 60"},
    {"channels", VALUE_WORDS, OF(channels), WORDS(channel_words),
     .wants = "channels is some of: portal wechat group_chat door paper box stand phone hotline "
              "meeting"},
};

static const Setting money_settings[] = {
    {"budget", VALUE_YUAN, OF(budget), .wants = "budget is an amount in yuan"},
    {"project_minimum", VALUE_YUAN, OF(project_minimum),
     .wants = "project_minimum is an amount in yuan"},
    {"project_maximum", VALUE_YUAN, OF(project_maximum),
     .wants = "project_maximum is an amount in yuan"},
    {"quotes", VALUE_NUMBER, OF(quotes), 1, 10, .wants = "quotes is a number from 1 to 10"},
    {"second_signature_from", VALUE_YUAN, OF(second_signature_from),
     .wants = "second_signature_from is an amount in yuan"},
    {"outlier_percent", VALUE_NUMBER, OF(outlier_percent), 0, 1000,
     .wants = "outlier_percent is a number from 0 (never) to 1000"},
    {"purchase_threshold", VALUE_YUAN, OF(purchase_threshold),
     .wants = "purchase_threshold is an amount in yuan"},
    {"pledges", VALUE_WORDS, OF(pledges), WORDS(pledge_words),
     .wants = "pledges is some of: money goods hours"},
};

static const Setting ballot_settings[] = {
    {"kind", VALUE_WORD, OF(ballot), WORDS(ballot_words),
     .wants = "kind is one of: approval budget ranked points scores"},
    {"max_choices", VALUE_NUMBER, OF(max_choices), 1, 50,
     .wants = "max_choices is a number from 1 to 50"},
    {"points", VALUE_NUMBER, OF(points), 0, 100, .wants = "points is a number from 0 to 100"},
    {"rule", VALUE_CHECKED, OF(rule), .is_good = is_rule,
     .wants = "rule is one of: greedy equal-shares phragmen max-satisfaction"},
    {"utility", VALUE_CHECKED, OF(utility), .is_good = is_utility,
     .wants = "utility is one of: cost count points points-cost borda0 borda1 borda0-cost "
              "borda1-cost"},
    {"completion", VALUE_CHECKED, OF(completion), .is_good = is_completion,
     .wants = "completion is one of: none greedy add1 add1e add1+greedy add1e+greedy "
              "next next+greedy"},
    {"ties", VALUE_CHECKED, OF(ties), .is_good = is_ties,
     .wants = "ties is name, cost, votes, separated by commas, name last"},
    {"zero_support", VALUE_CHECKED, OF(zero_support), .is_good = is_zero_support,
     .wants = "zero_support is include or exclude"},
    {"misfit", VALUE_CHECKED, OF(misfit), .is_good = is_misfit, .wants = "misfit is skip or stop"},
};

static const Setting shortlist_settings[] = {
    {"table_top", VALUE_NUMBER, OF(table_top), 1, 10,
     .wants = "table_top is a number from 1 to 10"},
    {"candidates", VALUE_NUMBER, OF(candidates), 0, 200,
     .wants = "candidates is a number from 0 (no limit) to 200"},
    {"hall_vote", VALUE_YES, OF(hall_vote), .wants = "hall_vote is yes or no"},
};

static const Setting deadline_settings[] = {
    {"objection_answer_working_days", VALUE_NUMBER, OF(objection_answer_working_days), 1, 60,
     .wants = "objection_answer_working_days is a number from 1 to 60"},
    {"review_working_days", VALUE_NUMBER, OF(review_working_days), 1, 60,
     .wants = "review_working_days is a number from 1 to 60"},
};

static const Setting evaluation_settings[] = {
    {"self_percent", VALUE_NUMBER, OF(self_percent), 0, 100,
     .wants = "self_percent is a number from 0 to 100"},
    {"rating_at_least", VALUE_NUMBER, OF(rating_at_least), 1, 1000,
     .wants = "rating_at_least is a number from 1 to 1000"},
};

static const Setting kind_settings[] = {
    TITLE_OF(KindRule),
    {"project_maximum", VALUE_YUAN, offsetof(KindRule, project_maximum),
     .wants = "project_maximum is an amount in yuan"},
    {"total", VALUE_YUAN, offsetof(KindRule, total), .wants = "total is an amount in yuan"},
    {"places", VALUE_NUMBER, offsetof(KindRule, places), 0, 200,
     .wants = "places is a number from 0 (no limit) to 200"},
};

static const Setting subject_settings[] = {TITLE_OF(SubjectRule)};

static const Setting group_settings[] = {
    TITLE_OF(GroupRule),
    {"percent", VALUE_NUMBER, offsetof(GroupRule, percent), 1, 100,
     .wants = "percent is a number from 1 to 100"},
};

static const Setting clause_settings[] = {
    {"words", VALUE_TEXT, offsetof(ClauseRule, words), 4, 200,
     .wants = "words has 4 to 200 characters"},
    {"words_en", VALUE_TEXT, offsetof(ClauseRule, words_en), 0, 400,
     .wants = "words_en has up to 400 characters"},
};

static const Setting notice_settings[] = {
    TITLE_OF(NoticeRule),
    {"working_days", VALUE_NUMBER, offsetof(NoticeRule, working_days), 1, 60,
     .wants = "working_days is a number from 1 to 60"},
    {"objections", VALUE_YES, offsetof(NoticeRule, takes_objections),
     .wants = "objections is yes or no"},
    {"required", VALUE_YES, offsetof(NoticeRule, is_required), .wants = "required is yes or no"},
};

static const Setting discussion_settings[] = {
    TITLE_OF(DiscussionRule),
    {"kind", VALUE_WORD, offsetof(DiscussionRule, kind), WORDS(discussion_words),
     .wants = "kind is one of: meeting council assembly owners"},
    {"body", VALUE_TEXT, offsetof(DiscussionRule, body), 0, 60,
     .wants = "body has up to 60 characters"},
    {"quorum", VALUE_FRACTION, offsetof(DiscussionRule, quorum),
     .wants = "quorum is a fraction: 2/3"},
    {"threshold", VALUE_FRACTION, offsetof(DiscussionRule, threshold),
     .wants = "threshold is a fraction: 1/2"},
    {"holds_from", VALUE_DATE, offsetof(DiscussionRule, holds_from),
     .wants = "holds_from is a day: 2026-01-01"},
    {"basis", VALUE_TEXT, offsetof(DiscussionRule, basis), 0, 100,
     .wants = "basis has up to 100 characters"},
};

static const Setting question_settings[] = {
    {"words", VALUE_TEXT, offsetof(QuestionRule, words), 2, 40,
     .wants = "words has 2 to 40 characters"},
    {"words_en", VALUE_TEXT, offsetof(QuestionRule, words_en), 0, 80,
     .wants = "words_en has up to 80 characters"},
    {"weight", VALUE_NUMBER, offsetof(QuestionRule, weight), 1, 100,
     .wants = "weight is a number from 1 to 100"},
};

static const Setting stage_settings[] = {
    {"kind", VALUE_WORD, offsetof(StagePlan, kind), WORDS(kind_words),
     .wants = "there is no such kind of stage"},
    {"name", VALUE_TEXT, offsetof(StagePlan, name), 1, 30, .wants = "name has 1 to 30 characters"},
    {"name_en", VALUE_TEXT, offsetof(StagePlan, name_en), 0, 60,
     .wants = "name_en has up to 60 characters"},
    {"days", VALUE_NUMBER, offsetof(StagePlan, span.days), 1, RULES_MAX_DAYS,
     .wants = "days is a number from 1 to 1000"},
    {"working_days", VALUE_NUMBER, offsetof(StagePlan, span.working_days), 1, RULES_MAX_DAYS,
     .wants = "working_days is a number from 1 to 1000"},
    {"enter", VALUE_GATES, offsetof(StagePlan, enter),
     .wants = "enter is names of gates, separated by spaces"},
    {"leave", VALUE_GATES, offsetof(StagePlan, leave),
     .wants = "leave is names of gates, separated by spaces"},
    {"acts", VALUE_WORDS, offsetof(StagePlan, acts), WORDS(role_words),
     .wants = "acts is roles, separated by spaces: community_worker street_officer ..."},
    {"notice", VALUE_CODE, offsetof(StagePlan, notice), 1, 20,
     .wants = "notice is the code of a notice"},
};

#define ONCE(name_, table)                                                                         \
    {                                                                                              \
        .name = (name_), .settings = (table), .n_settings = countof(table)                         \
    }
#define MANY(name_, table, member, count)                                                          \
    {                                                                                              \
        .name = (name_), .settings = (table), .n_settings = countof(table), .is_numbered = true,   \
        .offset = OF(member), .item_size = sizeof(((RoundRules *)0)->member[0]),                   \
        .count_offset = OF(count), .max = countof(((RoundRules *)0)->member)                       \
    }

const Section rule_sections[] = {
    ONCE("template", template_settings),
    ONCE("launch", launch_settings),
    ONCE("people", people_settings),
    ONCE("proposals", proposal_settings),
    ONCE("money", money_settings),
    ONCE("ballot", ballot_settings),
    ONCE("shortlist", shortlist_settings),
    ONCE("deadlines", deadline_settings),
    ONCE("evaluation", evaluation_settings),
    MANY("kind", kind_settings, kinds, n_kinds),
    MANY("subject", subject_settings, subjects, n_subjects),
    MANY("group", group_settings, groups, n_groups),
    MANY("clause", clause_settings, clauses, n_clauses),
    MANY("notice", notice_settings, notices, n_notices),
    MANY("discussion", discussion_settings, discussions, n_discussions),
    MANY("question", question_settings, questions, n_questions),
    MANY("stage", stage_settings, stages, n_stages),
};
const size_t rule_section_count = countof(rule_sections);
