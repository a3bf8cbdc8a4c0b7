/* publicity_speech_rules.h: what is written so that it can be read aloud in Chinese; pure.
 *
 * Start reading at speech_number().
 */
#ifndef FEATURES_PUBLICITY_PUBLICITY_SPEECH_RULES_H
#define FEATURES_PUBLICITY_PUBLICITY_SPEECH_RULES_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/money.h"
#include "base/str.h"

/* What is read in a minute, in characters: four a second in Chinese, fifteen in English. */
#define SPEECH_MOST    240
#define SPEECH_MOST_EN 900

/* 234000: 二十三万四千; 2: 二. From 0 to below 10^12. */
Str speech_number(Arena *arena, int64_t n);
/* The same before a measure word: 2 is 两. */
Str speech_count(Arena *arena, int64_t n);
/* 三百二十元五角; fen are read too; not below 0. */
Str speech_money(Arena *arena, Money amount);
/* 五月十八日，星期二 */
Str speech_day(Arena *arena, Date day);
/* 五月十八日下午五点半 */
Str speech_time(Arena *arena, Instant at);
/* Without brackets and quotation marks: what stood in brackets goes on after a comma. */
Str speech_words(Arena *arena, Str words);
/* The first of these texts that is read in a minute, else the last; the fullest stands first. */
Str speech_fitting(const Str *texts, size_t count, size_t most);

#endif
