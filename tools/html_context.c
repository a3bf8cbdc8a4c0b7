#include "html_context.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool one_of(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static const char *append_name(char *name, char c)
{
    size_t len = strlen(name);
    if (len + 1 >= HTML_NAME_MAX) {
        return "a name is too long";
    }
    name[len] = lower(c);
    name[len + 1] = '\0';
    return NULL;
}

/* Keeps the last HTML_NAME_MAX - 1 bytes, in lower case. */
static void push_tail(HtmlContext *context, char c)
{
    size_t len = strlen(context->tail);
    if (len + 1 >= HTML_NAME_MAX) {
        memmove(context->tail, context->tail + 1, len);
        len--;
    }
    context->tail[len] = lower(c);
    context->tail[len + 1] = '\0';
}

static bool tail_ends(const HtmlContext *context, const char *end)
{
    return str_ends_with(str_from(context->tail), str_from(end));
}

static void start_tag(HtmlContext *context, bool is_close)
{
    context->is_close = is_close;
    context->has_src = false;
    context->element[0] = '\0';
    context->attribute[0] = '\0';
}

static const char *feed_tag_open(HtmlContext *context, char c)
{
    if (is_letter(c)) {
        start_tag(context, false);
        context->place = HTML_TAG_NAME;
        return append_name(context->element, c);
    }
    if (c == '/') {
        start_tag(context, true);
        context->place = HTML_CLOSE_NAME;
        return NULL;
    }
    if (c == '!') {
        context->place = HTML_DECLARATION;
        context->tail[0] = '\0';
        return NULL;
    }
    return "'<' in text is written &lt;";
}

/* The '>' of a tag. */
static const char *finish_tag(HtmlContext *context)
{
    static const char *const rcdata[] = {"textarea", "title"};
    static const char *const refused[] = {"style",    "xmp",       "iframe",   "noembed",
                                          "noframes", "plaintext", "noscript", "base"};
    context->place = HTML_TEXT;
    if (strcmp(context->element, "pre") == 0) {
        context->in_pre = !context->is_close;
    }
    if (context->is_close) {
        return NULL;
    }
    if (one_of(context->element, refused, countof(refused))) {
        return "this element is not used in templates (style, iframe, noscript, base, ...)";
    }
    if (strcmp(context->element, "script") == 0) {
        context->place = HTML_RAW;
        context->tail[0] = '\0';
        return context->has_src ? NULL : "<script> without src: inline scripts are refused";
    }
    if (one_of(context->element, rcdata, countof(rcdata))) {
        context->place = HTML_RCDATA;
        context->tail[0] = '\0';
    }
    return NULL;
}

static const char *check_attribute_name(HtmlContext *context)
{
    const char *name = context->attribute;
    if (name[0] == 'o' && name[1] == 'n' && name[2] != '\0') {
        return "an on…= attribute is refused: no scripts in markup";
    }
    if (strcmp(name, "style") == 0) {
        return "a style= attribute is refused: use a class";
    }
    if (strcmp(name, "srcdoc") == 0) {
        return "a srcdoc= attribute is refused";
    }
    context->has_src = context->has_src || strcmp(name, "src") == 0;
    return NULL;
}

static bool is_url_attribute(const char *name)
{
    static const char *const names[] = {"href", "src",  "action", "formaction", "poster",
                                        "cite", "data", "ping",   "xlink:href", "manifest"};
    return one_of(name, names, countof(names));
}

/* White space, '/', '>' or the first byte of an attribute's name. */
static const char *feed_between_attributes(HtmlContext *context, char c)
{
    if (c == '>') {
        return finish_tag(context);
    }
    if (is_space(c) || c == '/') {
        context->place = HTML_BEFORE_NAME;
        return NULL;
    }
    if (context->place == HTML_NEED_SPACE) {
        return "white space is needed between attributes";
    }
    if (!is_letter(c)) {
        return "an attribute's name starts with a letter";
    }
    context->attribute[0] = '\0';
    context->place = HTML_NAME;
    return append_name(context->attribute, c);
}

static bool is_name_byte(char c)
{
    return is_letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
}

static const char *feed_element_name(HtmlContext *context, char c)
{
    if (is_name_byte(c)) {
        return append_name(context->element, c);
    }
    context->place = HTML_NEED_SPACE;
    return feed_between_attributes(context, c);
}

static const char *feed_attribute_name(HtmlContext *context, char c)
{
    if (is_name_byte(c)) {
        return append_name(context->attribute, c);
    }
    const char *wrong = check_attribute_name(context);
    if (wrong) {
        return wrong;
    }
    if (c == '=') {
        context->place = HTML_BEFORE_VALUE;
        return NULL;
    }
    context->place = HTML_NEED_SPACE;
    return feed_between_attributes(context, c);
}

static const char *feed_before_value(HtmlContext *context, char c)
{
    if (c != '"' && c != '\'') {
        return "an attribute's value is written in quotes";
    }
    context->quote = c;
    context->place = HTML_VALUE;
    context->tail[0] = '\0';
    context->url = is_url_attribute(context->attribute) ? HTML_URL_START : HTML_URL_NONE;
    return NULL;
}

/* An address is harmless once its start says that it is a path, a query, a fragment, or one of the
 * schemes we link to. */
static bool url_start_is_safe(const char *start)
{
    size_t len = strlen(start);
    if (start[0] == '?' || start[0] == '#') {
        return true;
    }
    if (start[0] == '/') {
        return len == 1 || start[1] != '/';
    }
    if (strncmp(start, "https://", 8) == 0) {
        return strchr(start + 8, '/') != NULL;
    }
    return strncmp(start, "tel:", 4) == 0 || strncmp(start, "mailto:", 7) == 0;
}

static const char *feed_url(HtmlContext *context, char c)
{
    static const char *const schemes[] = {"javascript:", "vbscript:", "data:", "http:"};
    if (context->url == HTML_URL_WHOLE) {
        if (c != '?' && c != '#') {
            return "a SafeUrl is the whole value: only ?query or #part may follow it";
        }
        context->url = HTML_URL_SAFE;
        return NULL;
    }
    push_tail(context, c);
    if (one_of(context->tail, schemes, countof(schemes))) {
        return "this scheme is refused: javascript:, data:, http:";
    }
    if (strcmp(context->tail, "//") == 0) {
        return "an address starting with // leaves the site";
    }
    if (context->url != HTML_URL_SAFE) {
        context->url = url_start_is_safe(context->tail) ? HTML_URL_SAFE : HTML_URL_SCHEME;
    }
    return NULL;
}

static const char *feed_value(HtmlContext *context, char c)
{
    if (c == context->quote) {
        context->place = HTML_NEED_SPACE;
        context->url = HTML_URL_NONE;
        return NULL;
    }
    return context->url == HTML_URL_NONE ? NULL : feed_url(context, c);
}

static void feed_declaration(HtmlContext *context, char c)
{
    push_tail(context, c);
    if (strcmp(context->tail, "--") == 0) {
        context->place = HTML_COMMENT;
        context->tail[0] = '\0';
    } else if (c == '>') {
        context->place = HTML_TEXT;
    }
}

static void feed_comment(HtmlContext *context, char c)
{
    push_tail(context, c);
    if (tail_ends(context, "-->")) {
        context->place = HTML_TEXT;
    }
}

/* Inside <textarea>, <title>, <script src>: only the element's own closing tag ends it. */
static const char *feed_raw(HtmlContext *context, char c)
{
    push_tail(context, c);
    char closing[HTML_NAME_MAX + 4];
    snprintf(closing, sizeof closing, "</%s>", context->element);
    if (tail_ends(context, closing)) {
        context->place = HTML_TEXT;
        return NULL;
    }
    if (context->place == HTML_RAW && !is_space(c) && !strchr("</>", c) && !is_letter(c)) {
        return "a script's text belongs into its own file";
    }
    return NULL;
}

const char *html_context_feed(HtmlContext *context, char c)
{
    switch (context->place) {
    case HTML_TEXT:
        context->place = c == '<' ? HTML_TAG_OPEN : HTML_TEXT;
        return NULL;
    case HTML_TAG_OPEN:
        return feed_tag_open(context, c);
    case HTML_TAG_NAME:
    case HTML_CLOSE_NAME:
        return feed_element_name(context, c);
    case HTML_NEED_SPACE:
    case HTML_BEFORE_NAME:
        return feed_between_attributes(context, c);
    case HTML_NAME:
        return feed_attribute_name(context, c);
    case HTML_BEFORE_VALUE:
        return feed_before_value(context, c);
    case HTML_VALUE:
        return feed_value(context, c);
    case HTML_DECLARATION:
        feed_declaration(context, c);
        return NULL;
    case HTML_COMMENT:
        feed_comment(context, c);
        return NULL;
    case HTML_RCDATA:
    case HTML_RAW:
        return feed_raw(context, c);
    }
    return "unknown place";
}

const char *html_context_directive(HtmlContext *context)
{
    switch (context->place) {
    case HTML_TAG_NAME:
        context->place = HTML_NEED_SPACE;
        return NULL;
    case HTML_NAME:
        context->place = HTML_NEED_SPACE;
        return check_attribute_name(context);
    case HTML_BEFORE_VALUE:
        return "an attribute's value is written in quotes";
    case HTML_TAG_OPEN:
    case HTML_CLOSE_NAME:
        return "nothing may be inserted into a tag's name";
    case HTML_COMMENT:
        return "nothing may be inserted into an HTML comment (use {{# ... }})";
    case HTML_DECLARATION:
        return "nothing may be inserted into a declaration";
    case HTML_RAW:
        return "nothing may be inserted into a script";
    default:
        context->tail[0] = context->place == HTML_VALUE ? context->tail[0] : '\0';
        return NULL;
    }
}

static const char *insert_into_url(HtmlContext *context, HtmlEscape *out)
{
    switch (context->url) {
    case HTML_URL_START:
        context->url = HTML_URL_WHOLE;
        *out = HTML_ESCAPE_URL;
        return NULL;
    case HTML_URL_SAFE:
        *out = HTML_ESCAPE_URL_PART;
        return NULL;
    case HTML_URL_WHOLE:
        return "a SafeUrl is the whole value: nothing may follow it";
    default:
        return "an address with inserted parts starts with '/', '?' or '#'";
    }
}

const char *html_context_insert(HtmlContext *context, HtmlEscape *out)
{
    *out = HTML_ESCAPE_REFUSED;
    HtmlPlace before = context->place;
    const char *wrong = html_context_directive(context);
    if (wrong) {
        return wrong;
    }
    switch (before) {
    case HTML_TEXT:
        *out = HTML_ESCAPE_TEXT;
        return NULL;
    case HTML_RCDATA:
        *out = HTML_ESCAPE_ATTR;
        return NULL;
    case HTML_VALUE:
        if (context->url != HTML_URL_NONE) {
            return insert_into_url(context, out);
        }
        if (strcmp(context->attribute, "srcset") == 0) {
            return "nothing may be inserted into srcset";
        }
        *out = HTML_ESCAPE_ATTR;
        return NULL;
    case HTML_TAG_NAME:
        return "nothing may be inserted into a tag's name";
    default:
        return "nothing may be inserted into an attribute's name (a whole attribute by {{ if }})";
    }
}

static bool is_between_attributes(HtmlPlace place)
{
    return place == HTML_NEED_SPACE || place == HTML_BEFORE_NAME;
}

static bool same_but_place(const HtmlContext *a, const HtmlContext *b)
{
    bool in_tag = a->place >= HTML_TAG_NAME && a->place <= HTML_VALUE;
    bool in_element = a->place == HTML_RCDATA || a->place == HTML_RAW;
    if ((in_tag || in_element) && strcmp(a->element, b->element) != 0) {
        return false;
    }
    if (a->place == HTML_VALUE &&
        (a->quote != b->quote || strcmp(a->attribute, b->attribute) != 0)) {
        return false;
    }
    return a->url == b->url && a->in_pre == b->in_pre && (!in_tag || a->is_close == b->is_close);
}

bool html_context_same(const HtmlContext *a, const HtmlContext *b)
{
    return a->place == b->place && same_but_place(a, b);
}

bool html_context_join(HtmlContext *into, const HtmlContext *other)
{
    if (!same_but_place(into, other)) {
        return false;
    }
    if (into->place == other->place) {
        into->has_src = into->has_src && other->has_src;
        return true;
    }
    if (is_between_attributes(into->place) && is_between_attributes(other->place)) {
        into->has_src = into->has_src && other->has_src;
        into->place = HTML_NEED_SPACE;
        return true;
    }
    return false;
}

bool html_context_squeezes(const HtmlContext *context)
{
    switch (context->place) {
    case HTML_TEXT:
        return !context->in_pre;
    case HTML_NEED_SPACE:
    case HTML_BEFORE_NAME:
    case HTML_TAG_NAME:
        return true;
    default:
        return false;
    }
}

const char *html_place_name(HtmlPlace place)
{
    switch (place) {
    case HTML_TEXT:
        return "in text";
    case HTML_VALUE:
        return "inside an attribute's value";
    case HTML_COMMENT:
        return "inside a comment";
    case HTML_RCDATA:
        return "inside <textarea> or <title>";
    case HTML_RAW:
        return "inside <script>";
    default:
        return "inside a tag";
    }
}
