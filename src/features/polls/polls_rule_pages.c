/* polls_rule_pages.c: /rules/WORD, how a rule counts, for a resident. */
#include "features/polls/poll_rule_picture.h"
#include "features/polls/polls_pages.h"
#include "features/polls/polls_words.h"
#include "platform/html/frame_load.h"
#include "poll_rule_page_html.h"
#include "poll_rules_text.h"

#define STEPS 3

/* What the page of a rule says, by TallyRule. */
static const struct {
    int steps[STEPS];
    int example;
    int good;
    int bad;
    int source;
} pages[] = {
    [TALLY_RULE_GREEDY] = {{TEXT_rule_greedy_1, TEXT_rule_greedy_2, TEXT_rule_greedy_3},
                           TEXT_rule_greedy_example,
                           TEXT_rule_greedy_good,
                           TEXT_rule_greedy_bad,
                           TEXT_rule_greedy_source},
    [TALLY_RULE_EQUAL_SHARES] = {{TEXT_rule_shares_1, TEXT_rule_shares_2, TEXT_rule_shares_3},
                                 TEXT_rule_shares_example,
                                 TEXT_rule_shares_good,
                                 TEXT_rule_shares_bad,
                                 TEXT_rule_shares_source},
    [TALLY_RULE_PHRAGMEN] = {{TEXT_rule_phragmen_1, TEXT_rule_phragmen_2, TEXT_rule_phragmen_3},
                             TEXT_rule_phragmen_example,
                             TEXT_rule_phragmen_good,
                             TEXT_rule_phragmen_bad,
                             TEXT_rule_phragmen_source},
    [TALLY_RULE_MAX_SATISFACTION] = {{TEXT_rule_max_1, TEXT_rule_max_2, TEXT_rule_max_3},
                                     TEXT_rule_max_example,
                                     TEXT_rule_max_good,
                                     TEXT_rule_max_bad,
                                     TEXT_rule_max_source},
};

Error *page_rule(Page *page, Snapshot *s)
{
    TallyRule rule;
    RulePageView *view = arena_new(page->arena, RulePageView);
    Str word = str_slice(page->path, strlen("/rules/"), page->path.len);
    require(tally_parse_rule(word, &rule)); /* the routes name no others */
    PollRule words = poll_rule_default();
    words.rule = word;
    words.utility = rule == TALLY_RULE_MAX_SATISFACTION ? STR("count") : STR("cost");
    poll_rule_say(&words, &view->rule);
    view->frame = page_frame(page, text_of(TEXT_rule_page), FRAME_TAB_NONE);
    for (size_t i = 0; i < STEPS; i++) {
        view->steps[i] = text_of(pages[rule].steps[i]);
    }
    view->n_steps = STEPS;
    view->picture = poll_rule_picture(page->arena, page->lang, rule);
    view->example = text_of(pages[rule].example);
    view->good = text_of(pages[rule].good);
    view->bad = text_of(pages[rule].bad);
    view->source = text_of(pages[rule].source);
    for (TallyRule other = TALLY_RULE_GREEDY; other <= TALLY_RULE_MAX_SATISFACTION; other++) {
        words.rule = tally_rule_word(other);
        if (other != rule) {
            view->others[view->n_others++] =
                (RuleLink){poll_rule_name(&words), poll_rule_page(page->arena, &words)};
        }
    }
    Out out = page_out(page);
    poll_rule_page_page(&out, view);
    return NULL;
}
