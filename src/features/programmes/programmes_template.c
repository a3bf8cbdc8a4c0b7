#include "features/programmes/programmes_template.h"

#include "features/programmes/programmes.h"

#include "features/programmes/text_files.h"

static Error *read_file(Arena *arena, const TextFile *file, RoundTemplate *out)
{
    out->name = str_from(file->name);
    Str name = arena_printf(arena, "%s.ini", file->name);
    return rules_read(arena, name, str_from(file->text), &out->rules);
}

Error *template_find(Arena *arena, Str name, RoundTemplate *out, bool *out_found)
{
    *out_found = false;
    for (size_t i = 0; i < template_file_count; i++) {
        if (str_eq(str_from(template_files[i].name), name)) {
            *out_found = true;
            return read_file(arena, &template_files[i], out);
        }
    }
    return NULL;
}

Error *template_list(Arena *arena, RoundTemplate **out, size_t *out_count)
{
    *out = arena_array(arena, RoundTemplate, template_file_count);
    *out_count = template_file_count;
    for (size_t i = 0; i < template_file_count; i++) {
        Error *err = read_file(arena, &template_files[i], &(*out)[i]);
        if (err) {
            return err;
        }
    }
    return NULL;
}

Error *programmes_template_rules(Arena *arena, Str name, RoundRules *out)
{
    RoundTemplate *template = arena_new(arena, RoundTemplate);
    bool found = false;
    Error *err = template_find(arena, name, template, &found);
    if (!err && !found) {
        err = error_make(arena, ERROR_NOT_FOUND, "no template %.*s", STR_ARG(name));
    }
    if (!err) {
        *out = template->rules;
    }
    return err;
}
