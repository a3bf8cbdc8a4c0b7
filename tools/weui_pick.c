/* weui_pick: makes the one stylesheet of the program.
 *
 *     weui_pick --out DIR --weui weui.min.css 1_tokens.css 2_base.css ...
 *
 * writes DIR/yuanzhuo.css.
 * From WeUI it keeps the rules of the parts we use (KEPT below) and the reset of elements, without
 * rules that carry data: images and without `outline:0`, which would take the focus ring away. Of
 * WeUI's variables only those stay that a kept rule asks for. Then come our own files, without
 * comments and needless space. Nothing here knows CSS beyond blocks, selectors and declarations.
 * Start reading at main() and keep_rule().
 */
#include "tool_files.h"

#define ARENA_BYTES     ((size_t)64 * 1024 * 1024)
#define MAX_STYLE_BYTES ((size_t)1024 * 1024)

/* The classes of WeUI we use. A selector stays when every weui- class in it is here. */
static const char *const KEPT[] = {
    "weui-btn",           "weui-btn_default",  "weui-btn_primary",   "weui-btn_warn",
    "weui-btn_disabled",  "weui-btn_mini",     "weui-cells",         "weui-cells__title",
    "weui-cell",          "weui-cell_active",  "weui-cell__hd",      "weui-cell__bd",
    "weui-cell__ft",      "weui-cell__desc",   "weui-input",         "weui-textarea",
    "weui-dialog",        "weui-dialog__hd",   "weui-dialog__title", "weui-dialog__bd",
    "weui-dialog__ft",    "weui-dialog__btn",  "weui-tabbar",        "weui-tabbar__item",
    "weui-tabbar__label", "weui-bar__item_on",
};

/* Selectors without a class of WeUI that make its ground. */
static const char *const KEPT_ELEMENTS[] = {
    "html",
    "body",
    "*",
    "a",
    "a img",
    "input",
    "textarea",
    "::placeholder",
    "::-webkit-input-placeholder",
    ".wx-root",
    "body[data-weui-mode=\"care\"]",
};

typedef struct Style {
    Arena *arena;
    Buf *rules; /* what was kept, without blocks of variables */
} Style;

/* ---- scanning ---- */

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

/* The end of what starts at `at`: a quoted text, a comment, or one character. */
static size_t skip_unit(Str css, size_t at)
{
    char c = css.data[at];
    if (c == '"' || c == '\'') {
        size_t i = at + 1;
        while (i < css.len && css.data[i] != c) {
            i += css.data[i] == '\\' ? 2 : 1;
        }
        return i + 1 < css.len ? i + 1 : css.len;
    }
    if (c == '/' && at + 1 < css.len && css.data[at + 1] == '*') {
        ptrdiff_t end = str_find(str_slice(css, at + 2, css.len), STR("*/"));
        return end < 0 ? css.len : at + 2 + (size_t)end + 2;
    }
    return at + 1;
}

/* The first of `stops` at or after `at`, outside quotes, comments and brackets; or the length. */
static size_t find_stop(Str css, size_t at, const char *stops)
{
    int depth = 0;
    while (at < css.len) {
        char c = css.data[at];
        if (depth == 0 && strchr(stops, c) != NULL) {
            return at;
        }
        depth += c == '(' ? 1 : 0;
        depth -= c == ')' && depth > 0 ? 1 : 0;
        at = skip_unit(css, at);
    }
    return css.len;
}

/* The brace that closes the block whose opening brace is at `open`. */
static size_t find_close(Str css, size_t open)
{
    int depth = 0;
    size_t at = open;
    while (at < css.len) {
        char c = css.data[at];
        depth += c == '{' ? 1 : 0;
        depth -= c == '}' ? 1 : 0;
        if (depth == 0) {
            return at;
        }
        at = skip_unit(css, at);
    }
    return css.len;
}

/* ---- what is kept of WeUI ---- */

static bool is_listed(Str word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(word, str_from(list[i]))) {
            return true;
        }
    }
    return false;
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

/* True when the selector has classes and every one is in KEPT. */
static bool has_only_kept_classes(Str selector)
{
    bool has_class = false;
    for (size_t i = 0; i < selector.len; i++) {
        if (selector.data[i] != '.') {
            continue;
        }
        size_t end = i + 1;
        while (end < selector.len && is_name_char(selector.data[end])) {
            end++;
        }
        if (!is_listed(str_slice(selector, i + 1, end), KEPT, countof(KEPT))) {
            return false;
        }
        has_class = true;
    }
    return has_class;
}

static bool is_selector_kept(Str selector)
{
    return is_listed(selector, KEPT_ELEMENTS, countof(KEPT_ELEMENTS)) ||
           has_only_kept_classes(selector);
}

/* The kept selectors of a list, separated by commas; empty when none is. */
static Str kept_selectors(Arena *arena, Str list)
{
    Str kept = {0};
    size_t at = 0;
    while (at < list.len) {
        size_t end = find_stop(list, at, ",");
        Str selector = str_trim(str_slice(list, at, end));
        if (is_selector_kept(selector)) {
            kept = kept.len == 0
                       ? selector
                       : arena_printf(arena, "%.*s,%.*s", STR_ARG(kept), STR_ARG(selector));
        }
        at = end + 1;
    }
    return kept;
}

static bool is_variable(Str declaration)
{
    return str_starts_with(declaration, STR("--"));
}

/* True when a rule kept before asks for the variable this declaration sets. */
static bool is_asked_for(Arena *arena, const Buf *rules, Str declaration)
{
    Str name, value;
    str_cut(declaration, ':', &name, &value);
    Str plain = arena_printf(arena, "var(%.*s)", STR_ARG(name));
    return str_contains(buf_view(rules), plain);
}

/* Writes the declarations of a block that stay: the ordinary ones, or the variables asked for. */
static void write_block(Style *style, Str selectors, Str block, bool variables, Buf *out)
{
    bool is_open = false;
    size_t at = 0;
    while (at < block.len) {
        size_t end = find_stop(block, at, ";");
        Str one = str_trim(str_slice(block, at, end));
        at = end + 1;
        bool stays = one.len > 0 && !str_eq(one, STR("outline:0")) &&
                     is_variable(one) == variables &&
                     (!variables || is_asked_for(style->arena, style->rules, one));
        if (!stays) {
            continue;
        }
        if (is_open) {
            buf_char(out, ';');
        } else {
            buf_str(out, selectors);
            buf_char(out, '{');
        }
        buf_str(out, one);
        is_open = true;
    }
    if (is_open) {
        buf_cstr(out, "}\n");
    }
}

static void keep_rules(Style *style, Str css, bool variables, Buf *out);

/* One rule or one @-block. Of @-blocks only width queries stay: ours has its own dark. */
static void keep_rule(Style *style, Str prelude, Str block, bool variables, Buf *out)
{
    if (str_starts_with(prelude, STR("@media"))) {
        if (str_contains(prelude, STR("width"))) {
            Buf inner;
            buf_init(&inner, MAX_STYLE_BYTES);
            keep_rules(style, block, variables, &inner);
            if (inner.len > 0) {
                buf_printf(out, "%.*s{\n%.*s}\n", STR_ARG(prelude), STR_ARG(buf_view(&inner)));
            }
            buf_free(&inner);
        }
        return;
    }
    if (str_starts_with(prelude, STR("@")) || str_contains(block, STR("data:"))) {
        return;
    }
    Str selectors = kept_selectors(style->arena, prelude);
    if (selectors.len > 0) {
        write_block(style, selectors, block, variables, out);
    }
}

static void keep_rules(Style *style, Str css, bool variables, Buf *out)
{
    size_t at = 0;
    while (at < css.len) {
        if (is_space(css.data[at]) || css.data[at] == '/') {
            at = skip_unit(css, at);
            continue;
        }
        size_t open = find_stop(css, at, "{;");
        if (open == css.len || css.data[open] == ';') {
            at = open + 1;
            continue;
        }
        size_t close = find_close(css, open);
        keep_rule(style, str_trim(str_slice(css, at, open)), str_slice(css, open + 1, close),
                  variables, out);
        at = close + 1;
    }
}

/* WeUI's licence line, the variables asked for, the rules. */
static void pick_weui(Arena *arena, Str css, Buf *out)
{
    Buf rules;
    buf_init(&rules, MAX_STYLE_BYTES);
    Style style = {.arena = arena, .rules = &rules};
    keep_rules(&style, css, false, &rules);
    buf_str(out, str_slice(css, 0, skip_unit(css, 0)));
    buf_char(out, '\n');
    keep_rules(&style, css, true, out);
    buf_str(out, buf_view(&rules));
    buf_free(&rules);
}

/* ---- our own files ---- */

/* Space is needless next to these. (Not before ':' : ".yz :focus" is not ".yz:focus".) */
static bool joins(char c)
{
    return c == '\0' || strchr("{};,>", c) != NULL;
}

static void add_own(Str css, Buf *out)
{
    bool space = false;
    size_t at = 0;
    while (at < css.len) {
        size_t end = skip_unit(css, at);
        char c = css.data[at];
        if (is_space(c) || (c == '/' && end > at + 1)) {
            space = true;
            at = end;
            continue;
        }
        char last = out->len == 0 ? '\0' : out->data[out->len - 1];
        if (c == '}' && last == ';') {
            out->len--;
        } else if (space && !joins(last) && last != ':' && last != '\n' && !joins(c)) {
            buf_char(out, ' ');
        }
        buf_append(out, css.data + at, end - at);
        if (c == '}') {
            buf_char(out, '\n');
        }
        space = false;
        at = end;
    }
}

int main(int argc, char **argv)
{
    if (argc < 6 || strcmp(argv[1], "--out") != 0 || strcmp(argv[3], "--weui") != 0) {
        fputs("usage: weui_pick --out DIR --weui weui.min.css STYLE.css...\n", stderr);
        return 2;
    }
    Arena *arena = arena_create(ARENA_BYTES);
    Buf out;
    buf_init(&out, MAX_STYLE_BYTES);
    pick_weui(arena, tool_read_file(arena, argv[4]), &out);
    for (int i = 5; i < argc; i++) {
        add_own(tool_read_file(arena, argv[i]), &out);
    }
    tool_write_file(arena, argv[2], "yuanzhuo.css", &out);
    buf_free(&out);
    arena_destroy(arena);
    return 0;
}
