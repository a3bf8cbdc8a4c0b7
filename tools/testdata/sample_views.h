/* sample_views.h: what the templates of sample.html show. */
#ifndef TOOLS_SAMPLE_VIEWS_H
#define TOOLS_SAMPLE_VIEWS_H
#include "platform/html/out.h"

typedef struct Sample {
    Str title;
    int64_t number;
    Money cost;
    bool is_late;
    SafeUrl link;
    const char *const *words;
    size_t n_words;
    SafeHtml markup;
    Date day;
    Instant at;
} Sample;

#endif
