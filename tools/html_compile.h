/* html_compile.h: one template file becomes C.
 *
 * A template file is HTML with directives:
 *
 *     {{ include "features/proposals/proposals_views.h" }}
 *     {{ template proposal_row(const ProposalRow *row) }}
 *     <tr><td><a href="/p/{{ row->id }}" title="{{ row->title }}">{{ row->title }}</a></td>
 *     {{ if row->is_late }}<td>{{ text proposal.late(row->days) }}</td>{{ else }}<td></td>{{ end }}
 *     </tr>
 *     {{ end }}
 *
 * Directives: include, template, if / else if / else / end, `for i in count` (size_t i),
 * `call other(args)` (another template; `out` is passed on), `text key.name(args)` (a sentence),
 * `{{# comment }}`; anything else is a C expression to insert. Inside a template, `out` is the Out.
 * An insertion is written by out_text, out_attr, out_url or out_url_part according to where it
 * stands (html_context.h); unsafe places are errors. White space that holds a newline shrinks to
 * one newline, and a line with one block directive alone vanishes, except inside <pre>, <textarea>
 * and attribute values.
 */
#ifndef TOOLS_HTML_COMPILE_H
#define TOOLS_HTML_COMPILE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

typedef struct HtmlProblem {
    int line;
    const char *what; /* in the arena or static */
} HtmlProblem;

/* Compiles `source` (named `path` in #line and messages). header and body become the texts of
 * `<stem>_html.h` and `<stem>_html.c`. False: *out_problem says what is wrong and where. */
bool html_compile(Arena *arena, const char *path, Str stem, Str source, Buf *header, Buf *body,
                  HtmlProblem *out_problem);

#endif
