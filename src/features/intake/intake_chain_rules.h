/* intake_chain_rules.h: reading a WeChat chain (接龙) as people paste it.
 *
 * Every line of the paste is kept as it came; the rules only say what each seems to be. People
 * correct it in the preview, so a wrong guess costs a tap, and a lost word would cost trust.
 * Understood: "#接龙" and what stands around it; numbers as 1. １、 1️⃣ ① 1) 【1】;
 * example lines (例 …, 1. 姓名 楼栋 …); a wish over several lines; blank lines; a chain pasted
 * again and again while it grew, where a later line with the same number and name replaces the
 * earlier one. An entry is name, dwelling and wish in either order of the first two: "张三 3栋501
 * 修路灯", "3-2-501张三：修路灯", "张三（3栋）修路灯". Start reading at ChainLine and chain_read().
 */
#ifndef FEATURES_INTAKE_INTAKE_CHAIN_RULES_H
#define FEATURES_INTAKE_INTAKE_CHAIN_RULES_H

#include "base/arena.h"
#include "base/str.h"

/* Lines with something in them, of one paste. They are taken in by one act, which holds everybody's
 * writes up: 120 wishes compute for some 25 ms of the 50 a use case may have. */
#define CHAIN_LINES_MAX 120
#define CHAIN_BYTES_MAX 40000

/* Stored by number. */
typedef enum ChainKind {
    CHAIN_ENTRY = 1,   /* a wish */
    CHAIN_HEAD = 2,    /* what stands around the entries */
    CHAIN_EXAMPLE = 3, /* 例 … */
    CHAIN_REPEAT = 4,  /* the same entry again */
    CHAIN_OLD = 5,     /* an entry that a later line changed */
    CHAIN_EMPTY = 6    /* a number, maybe a name, and no wish */
} ChainKind;

typedef struct ChainLine {
    int64_t line; /* of the paste, 1 .. */
    ChainKind kind;
    int64_t number; /* as written; 0: none */
    int copy;       /* which copy of the chain it stands in, 1 .. */
    Str raw;        /* as pasted; lines that continue it after line breaks */
    Str name;       /* as they call themselves; empty: not told */
    Str place;      /* where they live, as written; empty: not told */
    Str phone;      /* a mobile number that stood in it: 11 digits, or empty */
    Str words;      /* the wish; never empty for CHAIN_ENTRY */
} ChainLine;

/* Reads at most CHAIN_LINES_MAX lines; *out_is_whole is false when there were more. Strings point
 * into `text` or the arena. */
size_t chain_read(Arena *arena, Str text, ChainLine **out, bool *out_is_whole);

/* Somebody on the roll with the name of a line. */
typedef struct ChainCandidate {
    int64_t person;
    Str place_key; /* people_place_key() */
} ChainCandidate;

/* The one person a line means: the only one of that name, or the only one of them who lives where
 * the line says (place_key of the line may be shorter: the building alone). 0 when it is nobody or
 * could be several. */
int64_t chain_match(const ChainCandidate *candidates, size_t count, Str place_key);

#endif
