#include "features/programmes/programmes_template.h"

#include <ini.h>

#include "features/programmes/text_files.h"

/* What the reader carries from line to line. inih goes on after a mistake and then tells the number
 * of the first line the handler refused: only the first mistake is kept, to go with it. */
typedef struct Reading {
    Arena *arena;
    RoundTemplate *out;
    const char *mistake;
    bool has_header;
} Reading;

static int refuse(Reading *reading, const char *what)
{
    if (reading->mistake == NULL) {
        reading->mistake = what;
    }
    return 0;
}

static bool read_number(Str value, int64_t min, int64_t max, int *out)
{
    int64_t number = 0;
    if (!str_to_int64(value, &number) || number < min || number > max) {
        return false;
    }
    *out = (int)number;
    return true;
}

static int read_header(Reading *reading, Str key, Str value)
{
    RoundTemplate *out = reading->out;
    Str copy = arena_str(reading->arena, value);
    reading->has_header = true;
    if (str_eq(key, STR("title"))) {
        out->title = copy;
    } else if (str_eq(key, STR("title_en"))) {
        out->title_en = copy;
    } else if (str_eq(key, STR("summary"))) {
        out->summary = copy;
    } else if (str_eq(key, STR("summary_en"))) {
        out->summary_en = copy;
    } else if (str_eq(key, STR("max_choices"))) {
        return read_number(value, 1, 50, &out->max_choices) ||
               refuse(reading, "max_choices is a number from 1 to 50");
    } else if (str_eq(key, STR("minimum_age"))) {
        return read_number(value, 0, 100, &out->minimum_age) ||
               refuse(reading, "minimum_age is a number from 0 to 100");
    } else {
        return refuse(reading, "[template] has no such key");
    }
    return 1;
}

static int read_stage(Reading *reading, StagePlan *stage, Str key, Str value)
{
    if (str_eq(key, STR("kind"))) {
        stage->kind = stage_kind_of(value);
        return stage->kind != STAGE_KIND_NONE || refuse(reading, "there is no such kind of stage");
    }
    if (str_eq(key, STR("name"))) {
        stage->name = arena_str(reading->arena, value);
        return 1;
    }
    if (str_eq(key, STR("gates"))) {
        stage->gates = arena_str(reading->arena, value);
        return 1;
    }
    if (str_eq(key, STR("days"))) {
        return read_number(value, 1, TEMPLATE_MAX_DAYS, &stage->span.days) ||
               refuse(reading, "days is a number from 1 to 1000");
    }
    if (str_eq(key, STR("working_days"))) {
        return read_number(value, 1, TEMPLATE_MAX_DAYS, &stage->span.working_days) ||
               refuse(reading, "working_days is a number from 1 to 1000");
    }
    return refuse(reading, "a stage has no such key");
}

/* The stage that a section "stage 3" means: the last one or the next one. */
static StagePlan *stage_of_section(Reading *reading, Str section)
{
    int64_t no = 0;
    Str word;
    Str number;
    if (!str_cut(section, ' ', &word, &number) || !str_eq(word, STR("stage")) ||
        !str_to_int64(number, &no)) {
        refuse(reading, "a section is [template] or [stage 1], [stage 2] and so on");
        return NULL;
    }
    int64_t count = (int64_t)reading->out->n_stages;
    if (no < 1 || no > TEMPLATE_MAX_STAGES || (no != count && no != count + 1)) {
        refuse(reading, "stages are numbered 1, 2, 3 and so on, at most 30");
        return NULL;
    }
    reading->out->n_stages = (size_t)no;
    return &reading->out->stages[no - 1];
}

static int on_value(void *user, const char *section, const char *name, const char *value)
{
    Reading *reading = user;
    if (str_eq(str_from(section), STR("template"))) {
        return read_header(reading, str_from(name), str_from(value));
    }
    StagePlan *stage = stage_of_section(reading, str_from(section));
    return stage != NULL && read_stage(reading, stage, str_from(name), str_from(value));
}

static int count_lines(const char *text)
{
    int lines = 0;
    for (const char *at = text; *at != '\0'; at++) {
        lines += *at == '\n' ? 1 : 0;
    }
    return lines;
}

/* What a whole file must have. */
static const char *missing_part(const Reading *reading)
{
    const RoundTemplate *out = reading->out;
    if (!reading->has_header || out->title.len == 0) {
        return "[template] needs a title";
    }
    if (out->n_stages == 0) {
        return "there is no stage";
    }
    for (size_t i = 0; i < out->n_stages; i++) {
        const StagePlan *stage = &out->stages[i];
        if (stage->kind == STAGE_KIND_NONE || stage->name.len == 0) {
            return "every stage needs a kind and a name";
        }
        if ((stage->span.days == 0) == (stage->span.working_days == 0)) {
            return "every stage needs either days or working_days";
        }
    }
    return NULL;
}

Error *template_parse(Arena *arena, Str name, const char *text, RoundTemplate *out)
{
    *out = (RoundTemplate){.name = name, .max_choices = 5, .minimum_age = 15};
    out->stages = arena_array(arena, StagePlan, TEMPLATE_MAX_STAGES);
    Reading reading = {.arena = arena, .out = out};
    int line = ini_parse_string(text, on_value, &reading);
    const char *mistake = reading.mistake;
    if (line == 0) {
        mistake = missing_part(&reading);
        line = count_lines(text);
    } else if (mistake == NULL) {
        mistake = "this line is neither [section] nor key = value";
    }
    if (mistake == NULL) {
        return NULL;
    }
    Str word = arena_printf(arena, "%.*s.ini:%d: %s", STR_ARG(name), line, mistake);
    Error *error = error_make(arena, ERROR_CONFIGURATION, "%s", word.data);
    return error_with(error, line, word);
}

Error *template_find(Arena *arena, Str name, RoundTemplate *out, bool *out_found)
{
    *out_found = false;
    for (size_t i = 0; i < template_file_count; i++) {
        if (str_eq(str_from(template_files[i].name), name)) {
            *out_found = true;
            return template_parse(arena, str_from(template_files[i].name), template_files[i].text,
                                  out);
        }
    }
    return NULL;
}

Error *template_list(Arena *arena, RoundTemplate **out, size_t *out_count)
{
    RoundTemplate *templates = arena_array(arena, RoundTemplate, template_file_count);
    for (size_t i = 0; i < template_file_count; i++) {
        const TextFile *file = &template_files[i];
        Error *err = template_parse(arena, str_from(file->name), file->text, &templates[i]);
        if (err) {
            return err;
        }
    }
    *out = templates;
    *out_count = template_file_count;
    return NULL;
}
