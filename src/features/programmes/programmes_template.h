/* programmes_template.h: the templates a programme is copied from: readable .ini files, built into
 * the program, read when they are needed. templates/first.ini explains every key; what they say is
 * round_rules.h.
 *
 * Start reading at template_find().
 */
#ifndef FEATURES_PROGRAMMES_PROGRAMMES_TEMPLATE_H
#define FEATURES_PROGRAMMES_PROGRAMMES_TEMPLATE_H

#include "features/programmes/round_rules.h"

typedef struct RoundTemplate {
    Str name; /* of the file: "first" */
    RoundRules rules;
} RoundTemplate;

/* The template of that name; *out_found false when there is none. Errors as rules_read(). */
MUST_USE Error *template_find(Arena *arena, Str name, RoundTemplate *out, bool *out_found);
/* All templates, in the order of their names. */
MUST_USE Error *template_list(Arena *arena, RoundTemplate **out, size_t *out_count);

#endif
