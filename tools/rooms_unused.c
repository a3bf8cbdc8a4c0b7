#include "rooms_unused.h"

#include <ctype.h>

#include "base/vec.h"
#include "rooms.h"

void unused_init(Unused *unused, Arena *arena)
{
    *unused = (Unused){.arena = arena};
    map_init(&unused->uses, arena);
}

static bool is_word_char(char c)
{
    return isalnum((unsigned char)c) || c == '_';
}

/* "TEXT_a_key" of the key "a.key". */
static Str text_name(Arena *arena, Str key)
{
    Str name = arena_printf(arena, "TEXT_%.*s", STR_ARG(key));
    char *bytes = arena_array(arena, char, name.len + 1);
    for (size_t i = 0; i < name.len; i++) {
        bytes[i] = name.data[i] == '.' ? '_' : name.data[i];
    }
    return str_from_bytes(bytes, name.len);
}

/* --- what there is ------------------------------------------------------------------------------
 */

static void add_name(Unused *unused, Str name, Str path, int line)
{
    *vec_push(unused->arena, &unused->names) = (Named){name, path, line};
}

/* "[a.key n:int]" */
static void read_text_line(Unused *unused, Str line, Str path, int no)
{
    Str key, rest;
    bool is_key =
        str_starts_with(line, STR("[")) && str_cut(str_slice(line, 1, line.len), ']', &key, &rest);
    if (!is_key || str_starts_with(key, STR("act.")) || str_starts_with(key, STR("error."))) {
        return;
    }
    str_cut(key, ' ', &key, &rest);
    add_name(unused, text_name(unused->arena, key), path, no);
}

/* "-- name: a_statement :kind" */
static void read_sql_line(Unused *unused, Str line, Str path, int no)
{
    static const char start[] = "-- name: ";
    Str name, rest;
    if (str_starts_with(line, str_from(start))) {
        str_cut(str_slice(line, sizeof(start) - 1, line.len), ' ', &name, &rest);
        add_name(unused, arena_printf(unused->arena, "sql_%.*s", STR_ARG(name)), path, no);
    }
}

/* --- what is named ------------------------------------------------------------------------------
 */

static void use(Unused *unused, Str name)
{
    map_set(&unused->uses, name, unused);
}

static void use_word(Unused *unused, Str word, Str behind)
{
    if (str_starts_with(word, STR("t_"))) {
        use(unused, text_name(unused->arena, str_slice(word, 2, word.len)));
    } else if (str_starts_with(word, STR("sql_"))) {
        use(unused, word);
    } else if (str_starts_with(word, STR("TEXT_"))) {
        use(unused, word);
        if (str_starts_with(behind, STR("##"))) {
            *vec_push(unused->arena, &unused->pasted) = (Named){.name = word};
        }
    }
}

static void read_words(Unused *unused, Str text)
{
    size_t i = 0;
    while (i < text.len) {
        size_t start = i;
        while (i < text.len && is_word_char(text.data[i])) {
            i++;
        }
        if (i > start) {
            use_word(unused, str_slice(text, start, i), str_slice(text, i, text.len));
        } else {
            i++;
        }
    }
}

/* Every "text a.key" of a template. */
static void read_template_keys(Unused *unused, Str text)
{
    static const char start[] = "text ";
    for (size_t i = 0; i < text.len; i++) {
        if (!str_starts_with(str_slice(text, i, text.len), str_from(start))) {
            continue;
        }
        size_t from = i + sizeof(start) - 1;
        size_t to = from;
        while (to < text.len && (is_word_char(text.data[to]) || text.data[to] == '.')) {
            to++;
        }
        use(unused, text_name(unused->arena, str_slice(text, from, to)));
    }
}

void unused_read(Unused *unused, Str path, Str text)
{
    bool is_text = str_ends_with(path, STR(".text"));
    bool is_sql = str_ends_with(path, STR(".sql"));
    bool is_html = str_ends_with(path, STR(".html"));
    if (!is_text && !is_sql && !rooms_is_test(path)) {
        read_words(unused, text);
    }
    if (is_html) {
        read_template_keys(unused, text);
    }
    for (int no = 1; (is_text || is_sql) && text.len > 0; no++) {
        Str line;
        str_cut(text, '\n', &line, &text);
        (is_text ? read_text_line : read_sql_line)(unused, line, path, no);
    }
}

static bool is_used(const Unused *unused, Str name)
{
    for (size_t i = 0; i < unused->pasted.count; i++) {
        if (str_starts_with(name, unused->pasted.items[i].name)) {
            return true;
        }
    }
    return map_get(&unused->uses, name) != NULL;
}

int unused_report(const Unused *unused, Buf *report)
{
    int problems = 0;
    for (size_t i = 0; i < unused->names.count; i++) {
        const Named *named = &unused->names.items[i];
        if (!is_used(unused, named->name)) {
            buf_printf(report, "src/%.*s:%d: nothing uses %.*s\n", STR_ARG(named->path),
                       named->line, STR_ARG(named->name));
            problems++;
        }
    }
    return problems;
}
