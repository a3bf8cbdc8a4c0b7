#include "features/areas/areas_rules.h"

#include "base/utf8.h"

static bool may_stand_under(AreaKind kind, AreaKind parent)
{
    if (kind < AREA_CITY || kind > AREA_BUILDING) {
        return false;
    }
    if (kind == AREA_BUILDING) {
        return parent == AREA_COMMUNITY;
    }
    return parent < kind;
}

static bool is_code(Str code)
{
    for (size_t i = 0; i < code.len; i++) {
        if (code.data[i] < '0' || code.data[i] > '9') {
            return false;
        }
    }
    return code.len == 0 || code.len == 12;
}

static Error *check_length(Arena *arena, Str value, size_t max, Str field)
{
    if (utf8_length(value) <= max) {
        return NULL;
    }
    Error *err = error_make(arena, ERROR_FIELD_TOO_LONG, "%zu bytes", value.len);
    return error_for_field(error_with(err, (int64_t)max, (Str){"", 0}), field);
}

Error *areas_check_new(Arena *arena, AreaKind parent, const AreaNew *input)
{
    if (!may_stand_under(input->kind, parent)) {
        Error *err = error_make(arena, ERROR_AREA_KIND, "kind %d under %d", input->kind, parent);
        return error_for_field(err, STR("kind"));
    }
    if (str_trim(input->name).len == 0) {
        return error_for_field(error_make(arena, ERROR_FIELD_MISSING, "no name"), STR("name"));
    }
    if (!is_code(input->code)) {
        return error_for_field(error_make(arena, ERROR_AREA_CODE, "bad code"), STR("code"));
    }
    const struct {
        Str value;
        size_t max;
        Str field;
    } texts[] = {{input->name, 40, STR("name")},
                 {input->name_en, 80, STR("name_en")},
                 {input->phone, 40, STR("phone")},
                 {input->address, 100, STR("address")},
                 {input->hours, 100, STR("hours")}};
    for (size_t i = 0; i < countof(texts); i++) {
        Error *err = check_length(arena, texts[i].value, texts[i].max, texts[i].field);
        if (err) {
            return err;
        }
    }
    return NULL;
}
