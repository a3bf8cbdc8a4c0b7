/* poll_rule_picture.h: a rule at work on a street of six, drawn; for this room and its documents.
 */
#ifndef FEATURES_POLLS_RULE_PICTURE_H
#define FEATURES_POLLS_RULE_PICTURE_H

#include "platform/html/out.h"
#include "tally/tally.h"

/* SVG of the example election counted by the rule: each project in the order of the count, who
 * supports it, what each of them paid, whether it was selected and what was left. It stands alone
 * (docs/rules) and in a page. The same arguments give the same bytes. */
SafeHtml poll_rule_picture(Arena *arena, Lang lang, TallyRule rule);

#endif
