/* search.h: finding words in Chinese and other text with the full-text index of either database.
 *
 * Neither database cuts Chinese into words, so we do: a run of Han characters (also kana, Hangul)
 * is indexed as its characters and as its overlapping pairs, other runs of letters and digits as
 * words in small letters. 路灯 is then found in 修路灯, and 灯 too, while 灯路 is not.
 * Compatibility forms and case are folded first (NFKC: ＬＥＤ as led). Everything else separates;
 * bytes that are not UTF-8 give nothing.
 */
#ifndef PLATFORM_TEXT_SEARCH_H
#define PLATFORM_TEXT_SEARCH_H

#include "base/arena.h"

/* What is put into the index for this text: words separated by single spaces. */
Str search_words(Arena *arena, Str text);
/* What is looked up for what a person typed: words separated by single spaces, all of which must be
 * there (FTS5: MATCH; PostgreSQL: plainto_tsquery). It holds nothing that either of them would read
 * as an operator. Empty when nothing searchable was typed. */
Str search_query(Arena *arena, Str typed);

#endif
