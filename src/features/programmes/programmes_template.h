/* programmes_template.h: the templates a round is made from: readable .ini files, built into the
 * program, read when they are needed.
 *
 *     [template]
 *     title = 幸福微实事（十个阶段）
 *     [stage 1]
 *     kind = collect
 *     name = 项目征集
 *     days = 21
 *     gates = proposals_decided
 *
 * templates/first.ini explains every key. Stages are numbered 1, 2, 3 … in the file.
 * Start reading at template_find().
 */
#ifndef FEATURES_PROGRAMMES_PROGRAMMES_TEMPLATE_H
#define FEATURES_PROGRAMMES_PROGRAMMES_TEMPLATE_H

#include "base/error.h"
#include "features/programmes/programmes_rules.h"

#define TEMPLATE_MAX_STAGES 30
#define TEMPLATE_MAX_DAYS   1000

typedef struct StagePlan {
    StageKind kind;
    Str name;
    StageSpan span;
    Str gates; /* names separated by spaces */
} StagePlan;

typedef struct RoundTemplate {
    Str name; /* of the file: "first" */
    Str title;
    Str title_en;
    Str summary;
    Str summary_en;
    int max_choices; /* what the form for a new round suggests */
    int minimum_age;
    StagePlan *stages;
    size_t n_stages;
} RoundTemplate;

/* Reads one template. CONFIGURATION with number = the line at fault and word = "first.ini:12:
 * what is wrong"; a whole file that lacks something gives its last line. */
MUST_USE Error *template_parse(Arena *arena, Str name, const char *text, RoundTemplate *out);
/* The template of that name; *out_found false when there is none. */
MUST_USE Error *template_find(Arena *arena, Str name, RoundTemplate *out, bool *out_found);
/* All templates, in the order of template_files. */
MUST_USE Error *template_list(Arena *arena, RoundTemplate **out, size_t *out_count);

#endif
