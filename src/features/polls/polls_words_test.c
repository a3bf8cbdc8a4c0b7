/* The sentences of a result, for every rule, in both languages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "features/polls/polls_words.h"

#define NBSP "\xc2\xa0"

static Arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_create(1 << 20);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_destroy(arena);
    return 0;
}

static void assert_says(Lang lang, Text text, const char *expected)
{
    assert_string_equal(arena_cstr(arena, text_str(arena, lang, text)), expected);
}

static PollRule rule_named(const char *word)
{
    PollRule rule = poll_rule_default();
    rule.rule = str_from(word);
    return rule;
}

static ResultOptionsRow winner(PollFunding funding, const char *price, int64_t payers)
{
    return (ResultOptionsRow){.is_selected = true,
                              .votes = 36,
                              .funding = funding,
                              .price = str_from(price),
                              .payers = payers,
                              .cost_fen = {148320},
                              .left_before_fen = {500000}};
}

static void a_winner_of_equal_shares_says_what_each_supporter_paid(void **state)
{
    (void)state;
    PollRule rule = rule_named("equal-shares");
    ResultOptionsRow even = winner(POLL_FUNDED_VOTERS, "41.2", 36);
    assert_says(LANG_ZH, poll_why(arena, &rule, &even),
                "支持它的 36 位居民每人分摊 41.20" NBSP "元，正好够。");
    assert_says(LANG_EN, poll_why(arena, &rule, &even),
                "Its 36 supporters paid ¥41.20 each, exactly its cost.");
    even.cost_fen = (Money){10000};
    even.price = STR("100/7");
    even.payers = 7;
    assert_says(LANG_EN, poll_why(arena, &rule, &even),
                "Its 7 supporters paid about ¥14.29 each: ¥100 ÷ 7, rounded to a fen.");
}

static void shares_that_were_not_alike_are_given_as_the_most(void **state)
{
    (void)state;
    PollRule rule = rule_named("equal-shares");
    ResultOptionsRow uneven = winner(POLL_FUNDED_VOTERS, "50", 36);
    assert_says(LANG_EN, poll_why(arena, &rule, &uneven),
                "Its 36 supporters paid for it together, at most ¥50 each. Those with less left "
                "paid what they had.");
}

static void every_way_of_funding_has_its_sentence(void **state)
{
    (void)state;
    PollRule shares = rule_named("equal-shares");
    PollRule phragmen = rule_named("phragmen");
    PollRule best = rule_named("max-satisfaction");
    PollRule greedy = rule_named("greedy");
    ResultOptionsRow rest = winner(POLL_FUNDED_COMPLETION, "", 0);
    ResultOptionsRow load = winner(POLL_FUNDED_VOTERS, "12.5", 36);
    ResultOptionsRow budget = winner(POLL_FUNDED_BUDGET, "", 0);
    assert_says(LANG_ZH, poll_why(arena, &shares, &rest),
                "36 位居民支持。平摊完还剩 5,000" NBSP "元，按票数补选上的。");
    assert_says(LANG_ZH, poll_why(arena, &phragmen, &load),
                "36 位居民支持。选上它以后，每位支持者的负担是 12.50" NBSP "元，当时没有更轻的。");
    assert_says(LANG_ZH, poll_why(arena, &best, &budget),
                "36 位居民支持。它在加起来最好的那种搭配里。");
    assert_says(LANG_ZH, poll_why(arena, &greedy, &budget),
                "36 位居民支持。轮到它时还有 5,000" NBSP "元，够用。");
}

static void a_loser_of_equal_shares_says_what_its_supporters_had_left(void **state)
{
    (void)state;
    PollRule rule = rule_named("equal-shares");
    ResultOptionsRow lost = {.votes = 20,
                             .reason = TALLY_UNAFFORDABLE,
                             .supporters_left = STR("2000/3"), /* 666.666…: 333.34 are missing */
                             .cost_fen = {100000}};
    assert_says(LANG_EN, poll_why(arena, &rule, &lost),
                "20 supporters. Together they had ¥666.66 left; it costs ¥1,000: ¥333.34 short.");
}

static void what_a_loser_lacked_names_the_numbers_there_are(void **state)
{
    (void)state;
    ResultOptionsRow lost = {
        .votes = 14, .lacked_votes = 7, .lacked_fen = {930000}, .lacked_budget_fen = {210000}};
    assert_says(LANG_ZH, poll_lacking(&lost),
                "还差 7 位支持者，或者便宜 9,300" NBSP "元，或者多 2,100" NBSP "元资金。");
    lost.lacked_votes = TALLY_NO_NUMBER;
    assert_says(LANG_EN, poll_lacking(&lost),
                "It needed to be ¥9,300 cheaper, or ¥2,100 more money.");
    lost.lacked_fen.fen = TALLY_NO_NUMBER;
    assert_says(LANG_EN, poll_lacking(&lost), "¥2,100 more money would have been enough.");
    lost.lacked_budget_fen.fen = TALLY_NO_NUMBER;
    assert_says(LANG_EN, poll_lacking(&lost),
                "More supporters, a lower price or more money, alone, would not have selected it.");
    lost.lacked_votes = TALLY_NOT_FOUND; /* not the same as "none would" */
    assert_says(LANG_EN, poll_lacking(&lost),
                "How many supporters or how much money more it needed was not tried out.");
}

static void a_group_under_ten_is_not_counted_out(void **state)
{
    (void)state;
    assert_says(LANG_ZH, poll_people(9), "不到 10 人");
    assert_says(LANG_ZH, poll_people(10), "10 人");
    assert_says(LANG_ZH, poll_people(0), "没有人");
}

static void every_rule_has_a_name_a_sentence_and_a_page(void **state)
{
    (void)state;
    for (TallyRule rule = TALLY_RULE_GREEDY; rule <= TALLY_RULE_MAX_SATISFACTION; rule++) {
        PollRule words = poll_rule_default();
        RuleWords said;
        words.rule = tally_rule_word(rule);
        poll_rule_say(&words, &said);
        assert_true(said.name.key != 0 && said.how.key != 0 && said.ties.key != 0);
        assert_int_equal(said.rest.key != 0, rule == TALLY_RULE_EQUAL_SHARES);
        assert_true(str_eq(poll_rule_page(arena, &words).url,
                           arena_printf(arena, "/rules/%.*s", STR_ARG(words.rule))));
    }
}

static void a_check_that_fails_names_its_project_and_hides_a_small_group(void **state)
{
    (void)state;
    PollRule rule = rule_named("greedy");
    PollChecksRow jr = {.no = TALLY_CHECK_JR,
                        .verdict = TALLY_FAILS,
                        .option_no = 3,
                        .voters = 9,
                        .money = STR("4000")};
    Text people;
    assert_says(LANG_EN, poll_check_words(arena, &rule, &jr, STR("滑梯"), STR(""), &people),
                "A group of fewer than 10 people chose “滑梯”; their share of the money, ¥4,000, "
                "pays for it; none of them got anything.");
    jr.verdict = TALLY_HOLDS;
    jr.no = TALLY_CHECK_BUDGET;
    assert_says(LANG_ZH, poll_check_words(arena, &rule, &jr, STR(""), STR(""), &people),
                "选上的项目加起来，不超过可用资金。");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_winner_of_equal_shares_says_what_each_supporter_paid),
        cmocka_unit_test(shares_that_were_not_alike_are_given_as_the_most),
        cmocka_unit_test(every_way_of_funding_has_its_sentence),
        cmocka_unit_test(a_loser_of_equal_shares_says_what_its_supporters_had_left),
        cmocka_unit_test(what_a_loser_lacked_names_the_numbers_there_are),
        cmocka_unit_test(a_group_under_ten_is_not_counted_out),
        cmocka_unit_test(every_rule_has_a_name_a_sentence_and_a_page),
        cmocka_unit_test(a_check_that_fails_names_its_project_and_hides_a_small_group),
    };
    return cmocka_run_group_tests_name("polls_words", tests, open_arena, close_arena);
}
