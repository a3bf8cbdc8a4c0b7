/* records_words.h: entries of the journal in words.
 *
 * Start reading at act_text().
 */
#ifndef FEATURES_RECORDS_RECORDS_WORDS_H
#define FEATURES_RECORDS_RECORDS_WORDS_H

#include "platform/html/out.h"
#include "platform/text/text.h"

/* The sentence of an act: "proposal.submit" → key act.proposal.submit. An act without a
 * sentence shows its own words, so that nothing disappears. */
Text act_text(Str act);
/* A subject as the journal stores it, "proposal 0123456789ABC". False when it is not of that form.
 */
bool subject_parse(Str subject, Str *out_kind, int64_t *out_id);
/* The page about a subject, of those that its reader may open; empty when there is none. */
typedef struct SubjectReader {
    bool is_staff;   /* the roll */
    bool is_manager; /* imports, answers */
} SubjectReader;
SafeUrl subject_url(Arena *arena, int64_t area, Str subject, const SubjectReader *reader);
/* The name of a role, for readers who are not shown names. */
Text role_text(int64_t role);

#endif
