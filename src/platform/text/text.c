#include "platform/text/text.h"

/* Walks one sentence; parameters may be sentences themselves. */
typedef struct Walk {
    Lang lang;
    Instant now;
    TextPiece *out;
    void *user;
} Walk;

#define MAX_NESTED 4

/* NULL when no sentence has this key. */
static const TextEntry *find_entry(int key)
{
    int low = 0, high = text_entry_count;
    while (low < high) {
        int middle = low + (high - low) / 2;
        if (text_entries[middle].key < key) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < text_entry_count && text_entries[low].key == key ? &text_entries[low] : NULL;
}

static const TextEntry *entry_of(int key)
{
    const TextEntry *entry = find_entry(key);
    require(entry != NULL);
    return entry;
}

/* The first int parameter chooses the English singular. */
static bool is_one(const Text *text)
{
    for (size_t i = 0; i < TEXT_MAX_ARGS; i++) {
        if (text->args[i].kind == TEXT_ARG_INT) {
            return text->args[i].number == 1;
        }
    }
    return false;
}

static const char *body_of(const Text *text, Lang lang)
{
    const TextEntry *entry = entry_of(text->key);
    if (lang == LANG_EN && entry->one_en && is_one(text)) {
        return entry->one_en;
    }
    return entry->body[lang];
}

static void walk_sentence(const Walk *walk, const Text *text, bool bold, int depth);

static void walk_argument(const Walk *walk, const TextArg *arg, bool bold, int depth)
{
    char made[FORMAT_BYTES];
    switch (arg->kind) {
    case TEXT_ARG_NONE:
        return;
    case TEXT_ARG_INT:
        walk->out(walk->user,
                  str_from_bytes(
                      made, (size_t)snprintf(made, sizeof made, "%lld", (long long)arg->number)),
                  bold);
        return;
    case TEXT_ARG_STR:
        walk->out(walk->user, arg->str, bold);
        return;
    case TEXT_ARG_MONEY:
        walk->out(walk->user, format_money_into(made, walk->lang, (Money){arg->number}), bold);
        return;
    case TEXT_ARG_DATE:
        walk->out(walk->user,
                  format_date_into(made, walk->lang, (Date){(int32_t)arg->number}, walk->now),
                  bold);
        return;
    case TEXT_ARG_TIME:
        walk->out(walk->user, format_time_into(made, walk->lang, (Instant){arg->number}, walk->now),
                  bold);
        return;
    case TEXT_ARG_TEXT:
        if (arg->text && depth < MAX_NESTED) {
            walk_sentence(walk, arg->text, bold, depth + 1);
        }
        return;
    }
}

/* Length of the literal that starts at body: up to "**", '{' or the end. */
static size_t literal_length(const char *body)
{
    size_t len = 0;
    while (body[len] != '\0' && body[len] != '{' && !(body[len] == '*' && body[len + 1] == '*')) {
        len++;
    }
    return len;
}

static void walk_sentence(const Walk *walk, const Text *text, bool bold, int depth)
{
    const char *at = body_of(text, walk->lang);
    while (*at != '\0') {
        size_t len = literal_length(at);
        if (len > 0) {
            walk->out(walk->user, str_from_bytes(at, len), bold);
            at += len;
        } else if (*at == '{') {
            /* text_to_c numbers placeholders by one digit: "{0}". */
            walk_argument(walk, &text->args[at[1] - '0'], bold, depth);
            at += 3;
        } else {
            bold = !bold;
            at += 2;
        }
    }
}

void text_pieces(Lang lang, Instant now, Text text, TextPiece *out, void *user)
{
    Walk walk = {.lang = lang, .now = now, .out = out, .user = user};
    walk_sentence(&walk, &text, false, 0);
}

static void append_piece(void *user, Str piece, bool bold)
{
    (void)bold;
    buf_str(user, piece);
}

void text_write(Buf *buf, Lang lang, Text text)
{
    text_pieces(lang, (Instant){0}, text, append_piece, buf);
}

#define MAX_PLAIN_BYTES (1024u * 1024)

Str text_str(Arena *arena, Lang lang, Text text)
{
    Buf buf;
    buf_init(&buf, MAX_PLAIN_BYTES);
    text_write(&buf, lang, text);
    Str made = arena_str(arena, buf_view(&buf));
    buf_free(&buf);
    return made;
}

bool text_is_plain(int key)
{
    return entry_of(key)->kinds[0] == '\0';
}

const char *text_name(int key)
{
    return entry_of(key)->name;
}

Text text_named(const char *name)
{
    const TextEntry *entry = find_entry(text_number(str_from(name)));
    return text_of(entry && strcmp(entry->name, name) == 0 ? entry->key : 0);
}

Text text_of_error(const Error *error)
{
    if (!error || error->code == ERROR_NONE) {
        return text_of(0);
    }
    char name[64];
    snprintf(name, sizeof name, "error.%s", error_code_name(error->code));
    Text text = text_named(name);
    bool has_number = false, has_word = false;
    const char *kinds = entry_of(text.key)->kinds;
    for (size_t i = 0; kinds[i] != '\0'; i++) {
        if (kinds[i] == 'i' && !has_number) {
            text.args[i] = (TextArg){.kind = TEXT_ARG_INT, .number = error->number};
            has_number = true;
        } else if (kinds[i] == 's' && !has_word) {
            text.args[i] = (TextArg){.kind = TEXT_ARG_STR, .str = error->word};
            has_word = true;
        }
    }
    return text;
}

const char *lang_tag(Lang lang)
{
    return lang == LANG_EN ? "en" : "zh-CN";
}
