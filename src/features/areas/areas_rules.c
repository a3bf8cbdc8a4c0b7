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

/* Numbers as people print them (8000 0126, 12345 转 8), so only that there is a number. */
static bool is_phone(Str phone)
{
    size_t digits = 0;
    for (size_t i = 0; i < phone.len; i++) {
        digits += phone.data[i] >= '0' && phone.data[i] <= '9' ? 1 : 0;
    }
    return phone.len == 0 || digits >= 3;
}

Error *areas_check_words(Arena *arena, const AreaWords *words)
{
    if (str_trim(words->name).len == 0) {
        return error_for_field(error_make(arena, ERROR_FIELD_MISSING, "no name"), STR("name"));
    }
    if (!is_code(words->code)) {
        return error_for_field(error_make(arena, ERROR_AREA_CODE, "bad code"), STR("code"));
    }
    if (!is_phone(words->phone)) {
        return error_for_field(error_make(arena, ERROR_FIELD_NOT_PHONE, "no digits"), STR("phone"));
    }
    const struct {
        Str value;
        size_t max;
        Str field;
    } texts[] = {{words->name, AREA_MAX_NAME, STR("name")},
                 {words->name_en, AREA_MAX_NAME_EN, STR("name_en")},
                 {words->phone, AREA_MAX_PHONE, STR("phone")},
                 {words->address, AREA_MAX_ADDRESS, STR("address")},
                 {words->hours, AREA_MAX_HOURS, STR("hours")}};
    for (size_t i = 0; i < countof(texts); i++) {
        Error *err =
            error_length(arena, texts[i].field.data, texts[i].value, 0, (int64_t)texts[i].max);
        if (err) {
            return err;
        }
    }
    return NULL;
}

Error *areas_check_new(Arena *arena, AreaKind parent, const AreaNew *input)
{
    if (!may_stand_under(input->kind, parent)) {
        Error *err = error_make(arena, ERROR_AREA_KIND, "kind %d under %d", input->kind, parent);
        return error_for_field(err, STR("kind"));
    }
    AreaWords words = {.name = input->name,
                       .name_en = input->name_en,
                       .code = input->code,
                       .phone = input->phone,
                       .address = input->address,
                       .hours = input->hours};
    return areas_check_words(arena, &words);
}

size_t areas_kinds_under(AreaKind parent, AreaKind out[AREA_BUILDING])
{
    size_t n = 0;
    for (int kind = AREA_CITY; kind <= AREA_BUILDING; kind++) {
        if (may_stand_under((AreaKind)kind, parent)) {
            out[n++] = (AreaKind)kind;
        }
    }
    return n;
}

/* The first step that the counts say is done makes all before it done. */
static bool is_step_done(AreaStep step, const AreaCounts *counts)
{
    bool has_community = counts->communities > 0;
    switch (step) {
    case AREA_STEP_DISTRICT:
        return counts->districts > 0 || counts->streets > 0 || has_community;
    case AREA_STEP_STREET:
        return counts->streets > 0 || has_community;
    case AREA_STEP_COMMUNITY:
        return has_community;
    case AREA_STEP_SECRETARY:
        return counts->led > 0;
    case AREA_STEP_COUNT:
        break;
    }
    return false;
}

size_t areas_first_steps(AreaKind kind, const AreaCounts *counts, AreaStep out[AREA_STEP_COUNT],
                         size_t *out_done)
{
    size_t n = 0;
    *out_done = 0;
    if (kind < AREA_CITY || kind > AREA_COMMUNITY) {
        return 0;
    }
    for (int step = (int)kind; step < AREA_STEP_COUNT; step++) {
        out[n++] = (AreaStep)step;
        if (is_step_done((AreaStep)step, counts)) {
            *out_done = n;
        }
    }
    return n;
}
