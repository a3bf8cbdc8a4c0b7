/* intake_entry_rules.h: one line of a chain: its number, and name, dwelling and wish in it.
 *
 * For intake_chain_rules.c; apart from it because it knows letters, not lines.
 * Start reading at entry_read().
 */
#ifndef FEATURES_INTAKE_INTAKE_ENTRY_RULES_H
#define FEATURES_INTAKE_INTAKE_ENTRY_RULES_H

#include "base/arena.h"
#include "base/str.h"

/* False for blank lines and lines of signs and pictures only. */
bool entry_has_letters(Str line);
/* True when the line begins with a number of a list: *out_number and what follows it. Not for
 * "3栋 …", "3-2-501 …", "3.5 米", or numbers of four digits and more. */
bool entry_number(Str line, int64_t *out_number, Str *out_rest);
/* "#接龙", "#Group Note", and lines WeChat puts above a copied message ("张三 2026/3/8 10:33"). */
bool entry_is_title(Str line);
/* 例：…, 示例 …, 格式 …, or the heads of columns: 姓名 楼栋 … */
bool entry_is_example(Str words);
/* The entry without the first mobile number in it (11 digits, maybe parted by blanks or hyphens),
 * which goes to *out_phone; the entry itself and an empty phone when there is none. */
Str entry_take_phone(Arena *arena, Str entry, Str *out_phone);
/* True when seven digits or more stand in a row: maybe a telephone number, which is for nobody to
 * read. */
bool entry_holds_number(Str words);
/* Cuts an entry. Whatever is not surely a name or a dwelling stays in *out_words. */
void entry_read(Str entry, Str *out_name, Str *out_place, Str *out_words);

#endif
