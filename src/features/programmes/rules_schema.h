/* rules_schema.h: the sections and keys of a text of rules; for this room only.
 *
 * The table in rules_schema.c is what rules_text.c reads, checks and writes by: a new setting is a
 * member of RoundRules and a row of the table.
 */
#ifndef FEATURES_PROGRAMMES_RULES_SCHEMA_H
#define FEATURES_PROGRAMMES_RULES_SCHEMA_H

#include "features/programmes/round_rules.h"

typedef enum ValueType {
    VALUE_TEXT,     /* Str; max in characters */
    VALUE_CODE,     /* Str: a-z, 0-9 and _ */
    VALUE_GATES,    /* Str: codes, separated by spaces */
    VALUE_CHECKED,  /* Str that setting->is_good knows */
    VALUE_NUMBER,   /* int from min to max */
    VALUE_YUAN,     /* Money: 500000 or 50万 */
    VALUE_YES,      /* bool: yes, no */
    VALUE_WORD,     /* int or enum: one of setting->words */
    VALUE_WORDS,    /* unsigned: 1u << value of each of the words, separated by spaces */
    VALUE_FRACTION, /* Fraction: 2/3 */
    VALUE_DATE      /* Date: 2026-01-01 */
} ValueType;

typedef struct RuleWord {
    const char *word;
    int value;
} RuleWord;

typedef struct Setting {
    const char *key;
    ValueType type;
    size_t offset; /* in RoundRules, or in the item of a numbered section */
    int64_t min, max;
    const RuleWord *words;
    size_t n_words;
    bool (*is_good)(Str value);
    const char *wants; /* "max_choices is a number from 1 to 50": what to say otherwise */
} Setting;

/* [people], or numbered: [kind 1], [kind 2] ... */
typedef struct Section {
    const char *name;
    const Setting *settings;
    size_t n_settings;
    bool is_numbered;
    size_t offset; /* of the array in RoundRules */
    size_t item_size;
    size_t count_offset;
    size_t max;
} Section;

extern const Section rule_sections[];
extern const size_t rule_section_count;

/* Reads one value into the place; false when it is not of its type. */
bool rule_value_read(Arena *arena, const Setting *setting, Str value, void *place);
/* The value as a text writes it. */
Str rule_value_write(Arena *arena, const Setting *setting, const void *place);

#endif
