#include "text_compile.h"

#include "base/utf8.h"
#include "base/vec.h"
#include "platform/text/text.h"
#include "tool_files.h"

typedef struct Kind {
    const char *name;
    const char *c_type; /* ends in a space or '*' */
    const char *tag;    /* of TextArgKind */
    const char *member; /* how a TextArg is filled from parameter %s */
    char letter;        /* in TextEntry.kinds */
} Kind;

enum { KIND_INT = 0 };

static const Kind kinds[] = {
    {"int", "int64_t ", "TEXT_ARG_INT", ".number = ", 'i'},
    {"str", "Str ", "TEXT_ARG_STR", ".str = ", 's'},
    {"money", "Money ", "TEXT_ARG_MONEY", ".number = ", 'm'},
    {"date", "Date ", "TEXT_ARG_DATE", ".number = ", 'd'},
    {"time", "Instant ", "TEXT_ARG_TIME", ".number = ", 't'},
    {"text", "const Text *", "TEXT_ARG_TEXT", ".text = ", 'x'},
};

static const char *const members_of_value[] = {"", "", ".fen", ".days", ".ms", ""};

/* Where the reader stands. */
typedef struct Reader {
    Arena *arena;
    const char *path;
    int line;
    TextSentences *sentences;
    TextSentence *current; /* the open block, or NULL */
    TextProblem *problem;
} Reader;

static bool fail(Reader *reader, int line, const char *what)
{
    *reader->problem = (TextProblem){.path = reader->path, .line = line, .what = what};
    return false;
}

static bool is_name(Str name, bool dots)
{
    for (size_t i = 0; i < name.len; i++) {
        char c = name.data[i];
        bool word = (c >= 'a' && c <= 'z') || c == '_' || (i > 0 && c >= '0' && c <= '9');
        if (!word && !(dots && i > 0 && c == '.')) {
            return false;
        }
    }
    return name.len > 0 && name.data[name.len - 1] != '.';
}

static int find_kind(Str name)
{
    for (size_t i = 0; i < countof(kinds); i++) {
        if (str_eq(name, str_from(kinds[i].name))) {
            return (int)i;
        }
    }
    return -1;
}

static int find_parameter(const TextSentence *sentence, Str name)
{
    for (size_t i = 0; i < sentence->n_parameters; i++) {
        if (str_eq(sentence->parameters[i].name, name)) {
            return (int)i;
        }
    }
    return -1;
}

static bool add_parameter(Reader *reader, TextSentence *sentence, Str word)
{
    Str name, kind_name;
    int kind = str_cut(word, ':', &name, &kind_name) ? find_kind(kind_name) : -1;
    if (kind < 0 || !is_name(name, false)) {
        return fail(reader, reader->line,
                    "a parameter is written name:kind (int str money date time text)");
    }
    if (find_parameter(sentence, name) >= 0) {
        return fail(reader, reader->line, "a parameter is declared twice");
    }
    if (sentence->n_parameters == TEXT_COMPILE_MAX_PARAMETERS) {
        return fail(reader, reader->line, "more than five parameters");
    }
    sentence->parameters[sentence->n_parameters++] = (TextParameter){.name = name, .kind = kind};
    return true;
}

/* --- checking a finished block -------------------------------------------------------------- */

/* Looks at every {placeholder} and ** of one language's sentence. */
static bool check_value(Reader *reader, const TextSentence *sentence, Str value, bool needs_all)
{
    bool used[TEXT_COMPILE_MAX_PARAMETERS] = {false};
    size_t marks = 0;
    for (size_t i = 0; i < value.len; i++) {
        if (value.data[i] == '*' && i + 1 < value.len && value.data[i + 1] == '*') {
            marks++;
            i++;
        } else if (value.data[i] == '{') {
            ptrdiff_t end = str_find(str_slice(value, i, value.len), STR("}"));
            Str name = str_slice(value, i + 1, end < 0 ? i + 1 : i + (size_t)end);
            int index = find_parameter(sentence, name);
            if (index < 0) {
                return fail(reader, sentence->line,
                            arena_printf(reader->arena, "[%.*s] uses {%.*s}, which is not declared",
                                         STR_ARG(sentence->key), STR_ARG(name))
                                .data);
            }
            used[index] = true;
            i += (size_t)end;
        }
    }
    if (marks % 2 != 0) {
        return fail(reader, sentence->line, "** without its partner");
    }
    for (size_t i = 0; needs_all && i < sentence->n_parameters; i++) {
        if (!used[i]) {
            return fail(reader, sentence->line,
                        arena_printf(reader->arena, "[%.*s] does not use {%.*s} in every language",
                                     STR_ARG(sentence->key), STR_ARG(sentence->parameters[i].name))
                            .data);
        }
    }
    return true;
}

static bool has_int(const TextSentence *sentence)
{
    for (size_t i = 0; i < sentence->n_parameters; i++) {
        if (sentence->parameters[i].kind == KIND_INT) {
            return true;
        }
    }
    return false;
}

static bool finish_block(Reader *reader)
{
    TextSentence *sentence = reader->current;
    reader->current = NULL;
    if (!sentence) {
        return true;
    }
    if (!sentence->zh.data || !sentence->en.data) {
        return fail(reader, sentence->line,
                    arena_printf(reader->arena, "[%.*s] has no %s", STR_ARG(sentence->key),
                                 sentence->zh.data ? "en" : "zh")
                        .data);
    }
    if (sentence->one.data && !has_int(sentence)) {
        return fail(reader, sentence->line, "en.one needs an int parameter");
    }
    return check_value(reader, sentence, sentence->zh, true) &&
           check_value(reader, sentence, sentence->en, true) &&
           (!sentence->one.data || check_value(reader, sentence, sentence->one, false));
}

/* --- reading -------------------------------------------------------------------------------- */

static bool read_head(Reader *reader, Str line)
{
    if (!finish_block(reader)) {
        return false;
    }
    if (line.data[line.len - 1] != ']') {
        return fail(reader, reader->line, "a block starts with [key parameter:kind ...]");
    }
    Str rest = str_trim(str_slice(line, 1, line.len - 1));
    TextSentence sentence = {.path = reader->path, .line = reader->line};
    str_cut(rest, ' ', &sentence.key, &rest);
    if (!is_name(sentence.key, true)) {
        return fail(reader, reader->line, "a key holds a-z, 0-9, '_' and '.'");
    }
    for (rest = str_trim(rest); rest.len > 0; rest = str_trim(rest)) {
        Str word;
        str_cut(rest, ' ', &word, &rest);
        if (!add_parameter(reader, &sentence, word)) {
            return false;
        }
    }
    reader->current = vec_push(reader->arena, reader->sentences);
    *reader->current = sentence;
    return true;
}

/* "\n" written as two characters becomes a newline. */
static Str unescape(Arena *arena, Str value)
{
    char *out = arena_cstr(arena, value);
    size_t len = 0;
    for (size_t i = 0; i < value.len; i++) {
        bool newline = value.data[i] == '\\' && i + 1 < value.len && value.data[i + 1] == 'n';
        out[len++] = newline ? '\n' : value.data[i];
        i += newline;
    }
    return str_from_bytes(out, len);
}

static bool read_value(Reader *reader, Str line)
{
    Str name, value;
    if (!str_cut(line, '=', &name, &value)) {
        return fail(reader, reader->line,
                    "neither a [key], a language = sentence, nor a # comment");
    }
    if (!reader->current) {
        return fail(reader, reader->line, "a sentence before the first [key]");
    }
    name = str_trim(name);
    Str *place = str_eq(name, STR("zh"))       ? &reader->current->zh
                 : str_eq(name, STR("en"))     ? &reader->current->en
                 : str_eq(name, STR("en.one")) ? &reader->current->one
                                               : NULL;
    if (!place) {
        return fail(reader, reader->line, "unknown language (known: zh en en.one)");
    }
    if (place->data) {
        return fail(reader, reader->line, "a language is given twice");
    }
    *place = unescape(reader->arena, str_trim(value));
    return place->len > 0 ? true : fail(reader, reader->line, "an empty sentence");
}

bool text_compile_read(Arena *arena, const char *path, Str source, TextSentences *sentences,
                       TextProblem *out_problem)
{
    Reader reader = {.arena = arena, .path = path, .sentences = sentences, .problem = out_problem};
    if (!utf8_is_valid(source)) {
        return fail(&reader, 1, "the file is not UTF-8");
    }
    while (source.len > 0) {
        Str line;
        str_cut(source, '\n', &line, &source);
        line = str_trim(line);
        reader.line++;
        if (line.len == 0 || line.data[0] == '#') {
            continue;
        }
        if (!(line.data[0] == '[' ? read_head(&reader, line) : read_value(&reader, line))) {
            return false;
        }
    }
    return finish_block(&reader);
}

/* --- after all files ------------------------------------------------------------------------ */

static char *c_name(Arena *arena, Str key)
{
    char *name = arena_cstr(arena, key);
    for (char *c = name; *c != '\0'; c++) {
        *c = *c == '.' ? '_' : *c;
    }
    return name;
}

static int compare_numbers(const void *a, const void *b)
{
    const TextSentence *one = a, *two = b;
    return (one->number > two->number) - (one->number < two->number);
}

static int compare_c_names(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Two sentences with one number: the same key twice, or (once in a million keys) two keys that
 * meet. */
static bool fail_twice(const TextSentence *first, const TextSentence *second, Arena *arena,
                       TextProblem *problem)
{
    bool is_same = str_eq(first->key, second->key);
    problem->path = second->path;
    problem->line = second->line;
    problem->what = arena_printf(arena,
                                 is_same ? "[%.*s] is also at %s:%d"
                                         : "[%.*s] gets the number of the key at %s:%d; "
                                           "please give it another name",
                                 STR_ARG(second->key), first->path, first->line)
                        .data;
    return false;
}

bool text_compile_finish(Arena *arena, TextSentences *sentences, TextProblem *out_problem)
{
    if (sentences->count == 0) {
        return true;
    }
    char **names = arena_array(arena, char *, sentences->count);
    for (size_t i = 0; i < sentences->count; i++) {
        TextSentence *sentence = &sentences->items[i];
        names[i] = c_name(arena, sentence->key);
        sentence->number = text_number(sentence->key);
    }
    qsort(sentences->items, sentences->count, sizeof *sentences->items, compare_numbers);
    for (size_t i = 1; i < sentences->count; i++) {
        if (sentences->items[i - 1].number == sentences->items[i].number) {
            return fail_twice(&sentences->items[i - 1], &sentences->items[i], arena, out_problem);
        }
    }
    qsort(names, sentences->count, sizeof *names, compare_c_names);
    for (size_t i = 1; i < sentences->count; i++) {
        if (strcmp(names[i - 1], names[i]) == 0) {
            *out_problem = (TextProblem){
                .path = sentences->items[0].path,
                .line = 1,
                .what = arena_printf(arena, "two keys become the same C name t_%s", names[i]).data};
            return false;
        }
    }
    return true;
}

/* --- writing -------------------------------------------------------------------------------- */

/* The key with '_' for '.', straight into the output. */
static void write_name(Buf *out, Str key)
{
    for (size_t i = 0; i < key.len; i++) {
        buf_char(out, key.data[i] == '.' ? '_' : key.data[i]);
    }
}

static void write_function(const TextSentence *sentence, Buf *out)
{
    buf_cstr(out, "static inline Text t_");
    write_name(out, sentence->key);
    buf_char(out, '(');
    for (size_t i = 0; i < sentence->n_parameters; i++) {
        const TextParameter *parameter = &sentence->parameters[i];
        buf_printf(out, "%s%s%.*s", i > 0 ? ", " : "", kinds[parameter->kind].c_type,
                   STR_ARG(parameter->name));
    }
    buf_cstr(out, sentence->n_parameters > 0 ? ")\n{\n" : "void)\n{\n");
    buf_cstr(out, "    return (Text){.key = TEXT_");
    write_name(out, sentence->key);
    buf_cstr(out, sentence->n_parameters > 0 ? ", .args = {" : "");
    for (size_t i = 0; i < sentence->n_parameters; i++) {
        const TextParameter *parameter = &sentence->parameters[i];
        buf_printf(out, "%s{.kind = %s, %s%.*s%s}", i > 0 ? ", " : "", kinds[parameter->kind].tag,
                   kinds[parameter->kind].member, STR_ARG(parameter->name),
                   members_of_value[parameter->kind]);
    }
    buf_cstr(out, sentence->n_parameters > 0 ? "}};\n}\n" : "};\n}\n");
}

void text_compile_header(const TextSentences *sentences, const char *path, Buf *out)
{
    Str stem = tool_stem(path);
    buf_printf(out,
               "/* Generated from %s; do not edit. */\n#ifndef %.*s_TEXT_H\n#define %.*s_TEXT_H\n"
               "#include \"platform/text/text.h\"\n\nenum {\n",
               tool_base_name(path), STR_ARG(stem), STR_ARG(stem));
    for (size_t i = 0; i < sentences->count; i++) {
        if (strcmp(sentences->items[i].path, path) == 0) {
            buf_cstr(out, "    TEXT_");
            write_name(out, sentences->items[i].key);
            buf_printf(out, " = %d,\n", sentences->items[i].number);
        }
    }
    buf_cstr(out, "};\n\n");
    for (size_t i = 0; i < sentences->count; i++) {
        if (strcmp(sentences->items[i].path, path) == 0) {
            write_function(&sentences->items[i], out);
        }
    }
    buf_cstr(out, "\n#endif\n");
}

/* A sentence as a C string, its placeholders numbered: "{n}" -> "{0}". */
static void write_body(Arena *arena, const TextSentence *sentence, Str value, Buf *out)
{
    if (!value.data) {
        buf_cstr(out, "NULL");
        return;
    }
    Buf numbered;
    buf_init(&numbered, TOOL_MAX_FILE_BYTES);
    for (size_t i = 0; i < value.len; i++) {
        buf_char(&numbered, value.data[i]);
        if (value.data[i] == '{') {
            size_t end = i + (size_t)str_find(str_slice(value, i, value.len), STR("}"));
            buf_int(&numbered, find_parameter(sentence, str_slice(value, i + 1, end)));
            i = end - 1;
        }
    }
    buf_char(out, '"');
    tool_c_string(out, arena_str(arena, buf_view(&numbered)));
    buf_char(out, '"');
    buf_free(&numbered);
}

void text_compile_data(Arena *arena, const TextSentences *sentences, Buf *out)
{
    buf_cstr(out, "/* Generated by text_to_c; do not edit. Sorted by key. */\n"
                  "#include \"platform/text/text.h\"\n\n"
                  "const TextEntry text_entries[] = {\n    {0, \"\", {\"\", \"\"}, NULL, \"\"},\n");
    for (size_t i = 0; i < sentences->count; i++) {
        const TextSentence *sentence = &sentences->items[i];
        buf_printf(out, "    {%d, \"%.*s\", {", sentence->number, STR_ARG(sentence->key));
        write_body(arena, sentence, sentence->zh, out);
        buf_cstr(out, ", ");
        write_body(arena, sentence, sentence->en, out);
        buf_cstr(out, "}, ");
        write_body(arena, sentence, sentence->one, out);
        buf_cstr(out, ", \"");
        for (size_t p = 0; p < sentence->n_parameters; p++) {
            buf_char(out, kinds[sentence->parameters[p].kind].letter);
        }
        buf_cstr(out, "\"},\n");
    }
    buf_printf(out, "};\nconst int text_entry_count = %zu;\n", sentences->count + 1);
}
