/* polls_words.h: a rule and its outcome in sentences; for this room only. */
#ifndef FEATURES_POLLS_WORDS_H
#define FEATURES_POLLS_WORDS_H

#include "features/polls/polls_views.h"
#include "polls_sql.h"

/* Fewer voters than this are not told apart. */
#define POLL_SMALLEST_GROUP 10

/* "36 人", and "不到 10 人" for a group that is too small to be shown. */
Text poll_people(int64_t voters);

/* The name of a rule as it stands in a sentence: 等额分配法. */
Text poll_rule_name(const PollRule *rule);
/* How the rule counts, how its rest is spent, how ties are broken, what nobody chose. */
void poll_rule_say(const PollRule *rule, RuleWords *out);
/* The page that explains the rule, /rules/WORD. */
SafeUrl poll_rule_page(Arena *arena, const PollRule *rule);

/* Why an option won or lost, and what a loser lacked (the empty sentence for winners). */
Text poll_why(Arena *arena, const PollRule *rule, const ResultOptionsRow *row);
Text poll_lacking(const ResultOptionsRow *row);

/* A check in one sentence, for verdicts HOLDS and FAILS. `title` is that of the witness; *people is
 * a part of the sentence and must live as long. */
Text poll_check_words(Arena *arena, const PollRule *rule, const PollChecksRow *check, Str title,
                      Str endowment, Text *people);

#endif
