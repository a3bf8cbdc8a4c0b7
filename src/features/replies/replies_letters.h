/* replies_letters.h: answers as letters, one a person, in one PDF; for this room only. */
#ifndef FEATURES_REPLIES_REPLIES_LETTERS_H
#define FEATURES_REPLIES_REPLIES_LETTERS_H

#include "base/buf.h"
#include "platform/text/text.h"

typedef struct ReplyLetter {
    Str name;  /* of the proposer, whole; may be empty */
    Str place; /* 3 号楼 201; may be empty */
    Str title; /* of the proposal */
    Str words;
    Str receipt;
    Str link; /* where the proposal is followed, as a QR code; may be empty */
} ReplyLetter;

typedef struct ReplyLetters {
    const ReplyLetter *letters;
    size_t count;
    Str area_name;
    Str phone; /* may be empty */
    Instant made_at;
    Lang lang;
    bool is_large; /* 大字版 */
} ReplyLetters;

/* Writes the document onto *out; one sheet that says so when there is no letter. Errors of
 * print_end(). */
MUST_USE Error *reply_letters_print(Arena *arena, const ReplyLetters *letters, Buf *out);

#endif
