/* text.h: every sentence a person sees, in both languages, by typed key.
 *
 * Sentences live in `.text` files (common ones in platform/text, a room's own in the room) and are
 * compiled by tools/text_to_c into a header a file (proposals.text -> "proposals_text.h"): for each
 * key its number (TEXT_proposal_submit) and a function `Text t_proposal_count(int64_t n)` with its
 * parameters. A key that is missing in either language, or used and not defined, fails the build.
 * Whoever uses a sentence includes the header of its file, C and templates alike.
 *
 *     [proposal.count n:int]
 *     zh = 共 {n} 条提议
 *     en.one = {n} proposal
 *     en = {n} proposals
 *
 * Parameter kinds: int, str, money (12,800 元 / ¥12,800), date (5月12日（周三）), time (5月12日
 * （周三）17:30), text (another Text). `**words**` are shown bold in HTML and plain elsewhere.
 * In Chinese, between a number or date and its neighbours nothing breaks (U+00A0 is written by the
 * author where wanted).
 */
#ifndef PLATFORM_TEXT_TEXT_H
#define PLATFORM_TEXT_TEXT_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/money.h"

typedef enum Lang { LANG_ZH, LANG_EN, LANG_COUNT } Lang;

typedef enum TextArgKind {
    TEXT_ARG_NONE,
    TEXT_ARG_INT,
    TEXT_ARG_STR,
    TEXT_ARG_MONEY,
    TEXT_ARG_DATE,
    TEXT_ARG_TIME,
    TEXT_ARG_TEXT
} TextArgKind;

typedef struct TextArg {
    TextArgKind kind;
    int64_t number; /* int, fen, days, milliseconds */
    Str str;
    const struct Text *text; /* TEXT_ARG_TEXT */
} TextArg;

#define TEXT_MAX_ARGS 5

/* A sentence with its parameters, not yet in any language. */
typedef struct Text {
    int key; /* a TEXT_ number; 0 is the empty sentence */
    TextArg args[TEXT_MAX_ARGS];
} Text;

/* Plain text (bold marks removed), unescaped. Dates carry their year, since no `now` is known. */
void text_write(Buf *buf, Lang lang, Text text);
Str text_str(Arena *arena, Lang lang, Text text);
/* Calls out for each piece in order, saying whether it is bold; parameters are pieces of their own
 * and never read for bold marks. `now` decides about years; {0} shows them. Used by html/out. */
typedef void TextPiece(void *user, Str piece, bool bold);
void text_pieces(Lang lang, Instant now, Text text, TextPiece *out, void *user);

/* The sentence of an error: key error.<code>; its first int parameter is Error.number, its first
 * str parameter Error.word. NULL gives the empty sentence. */
Text text_of_error(const Error *error);
/* The sentence of a name made at run time ("act.proposal.submit"), without parameters; the empty
 * sentence when there is none. */
Text text_named(const char *name);
/* A bare key as a sentence without parameters. */
static inline Text text_of(int key)
{
    return (Text){.key = key};
}
/* "zh-CN" / "en". */
const char *lang_tag(Lang lang);

/* Formats used in sentences and tables. Money is written 12,800 元 (with U+00A0, so that amount and
 * unit stay together), ¥12,800 in English. The year is shown when it is not that of `now`, and
 * always when now is {0}. A date or instant of 0 is "not set" in words. */
Str format_money(Arena *arena, Lang lang, Money amount);
Str format_date(Arena *arena, Lang lang, Date date, Instant now);
Str format_time(Arena *arena, Lang lang, Instant at, Instant now);
/* The same into a buffer of at least FORMAT_BYTES; the Str points into it. */
#define FORMAT_BYTES 80
Str format_money_into(char *out, Lang lang, Money amount);
Str format_date_into(char *out, Lang lang, Date date, Instant now);
Str format_time_into(char *out, Lang lang, Instant at, Instant now);

/* Whether a key is a sentence without parameters, one that can travel by its name. */
bool text_is_plain(int key);
/* The key's name: "proposal.count"; "" for 0. */
const char *text_name(int key);

/* --- for generated code and its compiler only: the table of sentences --- */
/* The number of a key, made of its name alone: 1 .. INT32_MAX. */
static inline int text_number(Str name)
{
    return (int)(str_hash(name) % (uint64_t)INT32_MAX) + 1;
}

typedef struct TextEntry {
    int key;
    const char *name;    /* "proposal.count" */
    const char *body[2]; /* by Lang */
    const char *one_en;  /* English singular, chosen by the first int parameter; or NULL */
    const char *kinds;   /* a letter a parameter: i s m d t x (text) */
} TextEntry;
/* Sorted by key; [0] is the empty sentence. Placeholders are {0}..{4}. */
extern const TextEntry text_entries[];
extern const int text_entry_count;

#endif
