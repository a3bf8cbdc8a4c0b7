/* rules_text.c: texts of rules, read, checked and written by the schema. */
#include "features/programmes/round_rules.h"

#include <string.h>

#include "base/buf.h"
#include "base/ini.h"
#include "features/programmes/rules_schema.h"

#define MAX_SECTIONS 32
#define MAX_ITEMS    32
#define MAX_KEYS     16

RoundRules rules_default(void)
{
    return (RoundRules){.outreach_channels = 1,
                        .trainings = 1,
                        .minimum_age = 15,
                        .residencies = 1u << 1 | 1u << 2 | 1u << 3 /* all who live here */,
                        .refusal_reply_working_days = 5,
                        .reclassify_days = 5,
                        .channels = 0x7feu,
                        .quotes = 2,
                        .pledges = 1u << PLEDGE_MONEY | 1u << PLEDGE_GOODS | 1u << PLEDGE_HOURS,
                        .ballot = BALLOT_APPROVAL,
                        .max_choices = 5,
                        .rule = STR("greedy"),
                        .utility = STR("cost"),
                        .completion = STR("none"),
                        .ties = STR("votes,cost,name"),
                        .zero_support = STR("exclude"),
                        .misfit = STR("skip"),
                        .table_top = 3,
                        .objection_answer_working_days = 5,
                        .review_working_days = 5,
                        .self_percent = 40,
                        .rating_at_least = 10};
}

/* --- reading ----------------------------------------------------------------- */

/* Where a text has said what: heading and line of each key, 0 = not at all. */
typedef struct Reading {
    Arena *arena;
    RoundRules *out;
    const Section *section;
    int no;      /* of a numbered section, from 1; else 0 */
    char *place; /* what the settings' offsets count from */
    int headings[MAX_SECTIONS][MAX_ITEMS + 1];
    int keys[MAX_KEYS]; /* of the section being read */
} Reading;

static size_t *count_of(const Section *section, RoundRules *rules)
{
    return (size_t *)((char *)rules + section->count_offset);
}

static const char *enter_numbered(Reading *reading, const Section *section, Str number)
{
    int64_t no = 0;
    size_t *count = count_of(section, reading->out);
    if (!str_to_int64(number, &no) || no != (int64_t)*count + 1 || no > (int64_t)section->max) {
        return "sections of a kind are numbered 1, 2, 3 and so on, and there can be so many only";
    }
    *count = (size_t)no;
    reading->no = (int)no;
    reading->place = (char *)reading->out + section->offset + (size_t)(no - 1) * section->item_size;
    return NULL;
}

static const char *enter_section(Reading *reading, const IniLine *line)
{
    Str name;
    Str number;
    bool has_number = str_cut(line->section, ' ', &name, &number);
    const char *mistake = NULL;
    memset(reading->keys, 0, sizeof(reading->keys));
    reading->no = 0;
    for (size_t i = 0; i < rule_section_count; i++) {
        const Section *section = &rule_sections[i];
        if (!str_eq(str_from(section->name), name) || section->is_numbered != has_number) {
            continue;
        }
        reading->section = section;
        reading->place = (char *)reading->out;
        mistake = has_number ? enter_numbered(reading, section, str_trim(number)) : NULL;
        if (mistake == NULL && reading->headings[i][reading->no] != 0) {
            mistake = "this section has been there already";
        }
        reading->headings[i][reading->no] = line->number;
        return mistake;
    }
    return "there is no such section; the ones there are stand in templates/first.ini";
}

static const char *read_value(Reading *reading, const IniLine *line)
{
    const Section *section = reading->section;
    if (section == NULL) {
        return "a [section] comes first";
    }
    for (size_t i = 0; i < section->n_settings; i++) {
        const Setting *setting = &section->settings[i];
        if (!str_eq(str_from(setting->key), line->key)) {
            continue;
        }
        if (reading->keys[i]++ > 0) {
            return "this key has been given already";
        }
        return rule_value_read(reading->arena, setting, line->value,
                               reading->place + setting->offset)
                   ? NULL
                   : setting->wants;
    }
    return "this section has no such key";
}

static const char *read_line(Reading *reading, const IniLine *line)
{
    switch (line->kind) {
    case INI_SECTION:
        return enter_section(reading, line);
    case INI_VALUE:
        return read_value(reading, line);
    default:
        return "this line is neither [section] nor key = value";
    }
}

static int heading_of(const Reading *reading, RulePlace place)
{
    for (size_t i = 0; i < rule_section_count; i++) {
        if (strcmp(rule_sections[i].name, place.section) == 0) {
            return reading->headings[i][place.no];
        }
    }
    return 0;
}

Error *rules_read(Arena *arena, Str name, Str text, RoundRules *out)
{
    *out = rules_default();
    Reading *reading = arena_new(arena, Reading);
    reading->arena = arena;
    reading->out = out;
    IniReader reader = ini_reader(text);
    IniLine line;
    const char *mistake = NULL;
    while (mistake == NULL && ini_next(&reader, &line)) {
        mistake = read_line(reading, &line);
    }
    int number = reader.number;
    if (mistake == NULL) {
        RulePlace place = {"", 0};
        mistake = rules_mistake(out, &place);
        int heading = heading_of(reading, place);
        number = heading != 0 ? heading : number;
    }
    if (mistake == NULL) {
        return NULL;
    }
    Str word = arena_printf(arena, "%.*s:%d: %s", STR_ARG(name), number, mistake);
    return error_with(error_make(arena, ERROR_CONFIGURATION, "%s", word.data), number, word);
}

/* --- writing ----------------------------------------------------------------- */

static void write_section(Arena *arena, Buf *out, const Section *section, int no, const char *place,
                          const char *otherwise)
{
    bool has_heading = no > 0;
    if (no > 0) {
        buf_printf(out, "[%s %d]\n", section->name, no);
    }
    for (size_t i = 0; i < section->n_settings; i++) {
        const Setting *setting = &section->settings[i];
        Str value = rule_value_write(arena, setting, place + setting->offset);
        Str usual = rule_value_write(arena, setting, otherwise + setting->offset);
        if (str_eq(value, usual)) {
            continue;
        }
        if (!has_heading) {
            buf_printf(out, "[%s]\n", section->name);
            has_heading = true;
        }
        buf_printf(out, "%s = %.*s\n", setting->key, STR_ARG(value));
    }
}

Str rules_write(Arena *arena, const RoundRules *rules)
{
    Buf out;
    RoundRules *usual = arena_new(arena, RoundRules);
    RoundRules *copy = arena_new(arena, RoundRules);
    *usual = rules_default();
    *copy = *rules;
    buf_init(&out, RULES_TEXT_BYTES);
    for (size_t i = 0; i < rule_section_count; i++) {
        const Section *section = &rule_sections[i];
        size_t count = section->is_numbered ? *count_of(section, copy) : 0;
        if (!section->is_numbered) {
            write_section(arena, &out, section, 0, (const char *)copy, (const char *)usual);
        }
        for (size_t k = 0; k < count; k++) {
            const char *item = (const char *)copy + section->offset + k * section->item_size;
            const char *empty = (const char *)usual + section->offset;
            write_section(arena, &out, section, (int)k + 1, item, empty);
        }
    }
    require(!out.overflowed);
    Str text = arena_str(arena, buf_view(&out));
    buf_free(&out);
    return text;
}
