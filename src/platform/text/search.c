#include "platform/text/search.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <utf8proc.h>

/* Enough for the longest text of a form, each character of which becomes at most ten bytes. */
#define MAX_WORDS_BYTES ((size_t)1024 * 1024)

typedef enum LetterKind { LETTER_NONE, LETTER_WORD, LETTER_HAN } LetterKind;

static bool is_written_without_spaces(uint32_t code)
{
    return (code >= 0x3040 && code <= 0x30ff) || /* kana */
           (code >= 0x3400 && code <= 0x9fff) || /* Han */
           (code >= 0xac00 && code <= 0xd7a3) || /* Hangul */
           (code >= 0xf900 && code <= 0xfaff) || /* Han, compatibility */
           (code >= 0x20000 && code <= 0x3ffff); /* Han, extensions */
}

static LetterKind letter_kind(uint32_t code)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)code);
    bool is_letter = category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO;
    bool is_number = category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO;
    if (!is_letter && !is_number) {
        return LETTER_NONE;
    }
    return is_letter && is_written_without_spaces(code) ? LETTER_HAN : LETTER_WORD;
}

typedef struct Words {
    Buf buf;
    bool is_query;
} Words;

static void add_word(Words *words, Str word)
{
    if (words->buf.len > 0) {
        buf_char(&words->buf, ' ');
    }
    buf_str(&words->buf, word);
}

/* A run of Han characters: pairs, and single characters for the index or when there is only one. */
static void add_han_run(Words *words, Str run)
{
    size_t at = 0;
    size_t previous = 0;
    for (size_t count = 0; at < run.len; count++) {
        size_t start = at;
        utf8_next(run, &at);
        if (!words->is_query || run.len == at - start) {
            add_word(words, str_slice(run, start, at));
        }
        if (count > 0) {
            add_word(words, str_slice(run, previous, at));
        }
        previous = start;
    }
}

static void add_run(Words *words, Str run, LetterKind kind)
{
    if (kind == LETTER_HAN) {
        add_han_run(words, run);
    } else if (kind == LETTER_WORD) {
        add_word(words, run);
    }
}

/* NFKC and case folding (Unicode 15, section 3.13): ＬＥＤ, led and ㎡ as m2 are found alike. Bytes
 * that are not UTF-8 give nothing. */
static Str fold(Arena *arena, Str text)
{
    utf8proc_uint8_t *folded = NULL;
    utf8proc_ssize_t len = utf8proc_map(
        (const utf8proc_uint8_t *)text.data, (utf8proc_ssize_t)text.len, &folded,
        UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
    Str out =
        len > 0 ? arena_str(arena, str_from_bytes((const char *)folded, (size_t)len)) : STR("");
    free(folded);
    return out;
}

static Str cut_words(Arena *arena, Str text, bool is_query)
{
    Words words = {.is_query = is_query};
    buf_init(&words.buf, MAX_WORDS_BYTES);
    Str plain = fold(arena, text);
    LetterKind kind = LETTER_NONE;
    size_t start = 0;
    for (size_t at = 0; at < plain.len;) {
        size_t here = at;
        LetterKind next = letter_kind(utf8_next(plain, &at));
        if (next != kind) {
            add_run(&words, str_slice(plain, start, here), kind);
            start = here;
            kind = next;
        }
    }
    add_run(&words, str_slice(plain, start, plain.len), kind);
    Str result = arena_str(arena, buf_view(&words.buf));
    buf_free(&words.buf);
    return result;
}

Str search_words(Arena *arena, Str text)
{
    return cut_words(arena, text, false);
}

Str search_query(Arena *arena, Str typed)
{
    return cut_words(arena, typed, true);
}
