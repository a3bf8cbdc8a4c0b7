/* intake_chain_rules.c: lines of a paste, their numbers, continuations and copies. What an entry
 * says is read by intake_entry_rules.c. */
#include "features/intake/intake_chain_rules.h"

#include <string.h>

#include "base/utf8.h"
#include "features/intake/intake_entry_rules.h"

typedef struct Reading {
    Arena *arena;
    ChainLine *lines;
    size_t count;
    int copy;
    int64_t last_number;
    bool in_head; /* before the first entry of a copy: lines without a number are not its words */
    bool is_whole;
} Reading;

static ChainLine *add_line(Reading *r, int64_t line, Str raw)
{
    if (r->count == CHAIN_LINES_MAX) {
        r->is_whole = false;
        return NULL;
    }
    ChainLine *out = &r->lines[r->count++];
    *out = (ChainLine){.line = line, .kind = CHAIN_HEAD, .copy = r->copy, .raw = raw};
    return out;
}

static void begin_copy(Reading *r)
{
    r->copy++;
    r->last_number = 0;
    r->in_head = true;
}

static void read_entry(Reading *r, int64_t line, Str raw, int64_t number, Str rest)
{
    if (number <= r->last_number && !r->in_head) {
        begin_copy(r); /* the chain again, a little longer */
    }
    ChainLine *out = add_line(r, line, raw);
    if (out == NULL) {
        return;
    }
    r->in_head = false;
    r->last_number = number;
    out->number = number;
    out->kind = entry_is_example(rest) ? CHAIN_EXAMPLE : CHAIN_ENTRY;
    out->words = rest;
}

/* From the beginning of one slice of the paste to the end of a later one: nothing is copied,
 * however many lines follow. */
static Str up_to(Str first, Str last)
{
    return (Str){first.data, (size_t)(last.data + last.len - first.data)};
}

/* The lines of a slice, trimmed, without those that say nothing. */
static Str plain_lines(Arena *arena, Str slice)
{
    char *out = arena_array(arena, char, slice.len + 1);
    size_t len = 0;
    while (slice.len > 0) {
        Str line;
        (void)str_cut(slice, '\n', &line, &slice);
        line = str_trim(line);
        if (entry_has_letters(line)) {
            if (len > 0) {
                out[len++] = '\n';
            }
            memcpy(out + len, line.data, line.len);
            len += line.len;
        }
    }
    return (Str){out, len};
}

/* A line without a number: more of the entry above it, or something that stands around. */
static void read_other(Reading *r, int64_t line, Str raw)
{
    ChainLine *above = r->count > 0 ? &r->lines[r->count - 1] : NULL;
    bool is_title = entry_is_title(raw);
    if (is_title && !r->in_head) {
        begin_copy(r);
    }
    if (is_title || r->in_head || above == NULL || entry_is_example(raw)) {
        ChainLine *out = add_line(r, line, raw);
        if (out != NULL && entry_is_example(raw)) {
            out->kind = CHAIN_EXAMPLE;
        }
        return;
    }
    above->raw = up_to(above->raw, raw);
    above->words = up_to(above->words.len > 0 ? above->words : raw, raw);
}

static void read_line(Reading *r, int64_t line, Str raw)
{
    int64_t number = 0;
    Str rest;
    if (!entry_has_letters(raw)) {
        return; /* blank, or a rule of dashes or flowers */
    }
    if (entry_number(raw, &number, &rest)) {
        read_entry(r, line, raw, number, rest);
    } else {
        read_other(r, line, raw);
    }
}

/* --- entries said twice ------------------------------------------------------------------ */

static bool is_entry(const ChainLine *line)
{
    return line->kind == CHAIN_ENTRY || line->kind == CHAIN_EMPTY;
}

static bool is_same_person(const ChainLine *a, const ChainLine *b)
{
    return str_eq(a->name, b->name);
}

/* What `earlier` is, seen from `later`. */
static ChainKind against(const ChainLine *earlier, const ChainLine *later)
{
    bool is_edit = earlier->copy != later->copy && earlier->number == later->number &&
                   is_same_person(earlier, later) && earlier->name.len > 0;
    if (is_same_person(earlier, later) && str_eq(earlier->words, later->words)) {
        return CHAIN_REPEAT;
    }
    return is_edit ? CHAIN_OLD : earlier->kind;
}

/* Of the same words the first counts, of changed words the last. */
static void find_repeats(Reading *r)
{
    for (size_t i = 0; i < r->count; i++) {
        ChainLine *earlier = &r->lines[i];
        for (size_t k = i + 1; k < r->count && is_entry(earlier); k++) {
            ChainLine *later = &r->lines[k];
            ChainKind kind = is_entry(later) ? against(earlier, later) : earlier->kind;
            if (kind == CHAIN_REPEAT) {
                later->kind = CHAIN_REPEAT;
            } else {
                earlier->kind = kind;
            }
        }
    }
}

size_t chain_read(Arena *arena, Str text, ChainLine **out, bool *out_is_whole)
{
    Reading r = {.arena = arena,
                 .lines = arena_array(arena, ChainLine, CHAIN_LINES_MAX),
                 .copy = 1,
                 .in_head = true,
                 .is_whole = true};
    Str rest = text;
    for (int64_t line = 1; rest.len > 0; line++) {
        Str raw;
        (void)str_cut(rest, '\n', &raw, &rest);
        read_line(&r, line, str_trim(raw));
    }
    for (size_t i = 0; i < r.count; i++) {
        ChainLine *line = &r.lines[i];
        if (str_contains(line->raw, STR("\n"))) {
            line->raw = plain_lines(arena, line->raw);
            line->words = plain_lines(arena, line->words);
        }
        if (line->kind == CHAIN_ENTRY) {
            line->words = entry_take_phone(arena, line->words, &line->phone);
            entry_read(line->words, &line->name, &line->place, &line->words);
            line->kind = entry_has_letters(line->words) ? CHAIN_ENTRY : CHAIN_EMPTY;
        }
    }
    find_repeats(&r);
    *out = r.lines;
    *out_is_whole = r.is_whole;
    return r.count;
}

/* --- who it is --------------------------------------------------------------------------- */

int64_t chain_match(const ChainCandidate *candidates, size_t count, Str place_key)
{
    int64_t found = 0;
    if (count == 1) {
        return candidates[0].person;
    }
    for (size_t i = 0; i < count && place_key.len > 0; i++) {
        if (str_starts_with(candidates[i].place_key, place_key)) {
            if (found != 0) {
                return 0;
            }
            found = candidates[i].person;
        }
    }
    return found;
}
