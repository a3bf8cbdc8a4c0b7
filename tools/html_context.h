/* html_context.h: where in an HTML page a byte stands.
 *
 * A strict reader of the HTML that templates are written in: it follows text, tags, quoted
 * attributes, comments and raw-text elements byte by byte, and refuses what a template must not
 * hold (unquoted values, on…=, style=, inline scripts, javascript: addresses). The template
 * compiler asks it which escaper an insertion at this place needs.
 * Start reading at HtmlContext and html_context_feed().
 */
#ifndef TOOLS_HTML_CONTEXT_H
#define TOOLS_HTML_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

typedef enum HtmlPlace {
    HTML_TEXT,
    HTML_TAG_OPEN, /* after '<' */
    HTML_TAG_NAME,
    HTML_CLOSE_NAME,   /* after "</" */
    HTML_NEED_SPACE,   /* in a tag, after a name or a quoted value: white space, '/' or '>' next */
    HTML_BEFORE_NAME,  /* in a tag, an attribute may start */
    HTML_NAME,         /* in an attribute's name */
    HTML_BEFORE_VALUE, /* after '=' */
    HTML_VALUE,        /* inside a quoted value */
    HTML_DECLARATION,  /* <!doctype ...> */
    HTML_COMMENT,
    HTML_RCDATA, /* <textarea>, <title>: text, but no tags */
    HTML_RAW     /* <script src=...>: nothing may be inserted */
} HtmlPlace;

/* How far a quoted address (href, src, action, ...) has got. */
typedef enum HtmlUrl {
    HTML_URL_NONE,   /* this attribute holds no address */
    HTML_URL_START,  /* nothing yet: an insertion here must be a whole SafeUrl */
    HTML_URL_SCHEME, /* literal bytes, not yet known to be harmless */
    HTML_URL_SAFE,   /* path, query or fragment: parts may be inserted */
    HTML_URL_WHOLE   /* after a SafeUrl: only '?', '#' or the closing quote */
} HtmlUrl;

#define HTML_NAME_MAX 40

typedef struct HtmlContext {
    HtmlPlace place;
    HtmlUrl url;
    char quote;
    bool is_close;               /* the tag being read is a closing one */
    bool has_src;                /* the tag being read has a src attribute */
    bool in_pre;                 /* white space counts */
    char element[HTML_NAME_MAX]; /* of the tag being read, or of the RCDATA/RAW element */
    char attribute[HTML_NAME_MAX];
    char tail[HTML_NAME_MAX]; /* the last bytes of a comment, raw text or address */
} HtmlContext;

/* Which function writes an insertion. */
typedef enum HtmlEscape {
    HTML_ESCAPE_REFUSED,
    HTML_ESCAPE_TEXT,
    HTML_ESCAPE_ATTR,
    HTML_ESCAPE_URL,
    HTML_ESCAPE_URL_PART
} HtmlEscape;

/* Reads one literal byte. NULL, or what is wrong with it. */
const char *html_context_feed(HtmlContext *context, char c);
/* A directive stands here: a name that was being read has ended. NULL, or why none may stand. */
const char *html_context_directive(HtmlContext *context);
/* An insertion stands here. *out says how to write it; NULL, or why it is refused. */
const char *html_context_insert(HtmlContext *context, HtmlEscape *out);
/* Both ways through an `if` meet: false when they are not in the same place. */
bool html_context_join(HtmlContext *into, const HtmlContext *other);
bool html_context_same(const HtmlContext *a, const HtmlContext *b);
/* True when runs of white space may be shortened here. */
bool html_context_squeezes(const HtmlContext *context);
/* "in text", "inside a comment", ... for messages. */
const char *html_place_name(HtmlPlace place);

#endif
