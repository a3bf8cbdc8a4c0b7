/* Any bytes as an urlencoded body, then as a form of every type: it is refused at a field, or the
 * values keep the promises of form.h. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/limits.h"
#include "base/log.h"
#include "base/utf8.h"
#include "platform/form/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Input {
    Str t, l, p, c, w;
    int64_t n, i;
    Money m;
    Date d;
    int k;
    bool b;
    IdList s;
} Input;

static const Choice choices[] = {{"x", 1, 0}, {"y", 2, 0}};
static const Field fields[] = {
    {FIELD_COMMON(Input, t, FIELD_TEXT, 0), .is_required = true, .min = 2, .max = 5},
    {FIELD_COMMON(Input, l, FIELD_LONG_TEXT, 0)},
    {FIELD_COMMON(Input, p, FIELD_PHONE, 0)},
    {FIELD_COMMON(Input, c, FIELD_CODE, 0), .min = 4, .max = 16},
    {FIELD_COMMON(Input, w, FIELD_PASSWORD, 0)},
    {FIELD_COMMON(Input, n, FIELD_INTEGER, 0), .min = -5, .max = 500},
    {FIELD_COMMON(Input, i, FIELD_ID, 0)},
    {FIELD_COMMON(Input, m, FIELD_MONEY, 0), .max = 100000},
    {FIELD_COMMON(Input, d, FIELD_DATE, 0)},
    {FIELD_COMMON(Input, k, FIELD_CHOICE, 0), .choices = choices, .n_choices = 2},
    {FIELD_COMMON(Input, b, FIELD_BOX, 0)},
    {FIELD_COMMON(Input, s, FIELD_IDS, 0), .max = 3},
};
static const Form form = FORM("f", fields, Input);

static void check_good(const Input *input)
{
    require(utf8_length(input->t) >= 2 && utf8_length(input->t) <= 5 && utf8_is_clean(input->t));
    require(utf8_is_clean(input->l));
    require(input->p.len == 0 || (input->p.len >= 7 && input->p.len <= 12));
    require(input->n >= -5 && input->n <= 500);
    require(input->m.fen >= 0 && input->m.fen <= 100000);
    require(input->k >= 0 && input->k <= 2 && input->i >= 0 && input->s.count <= 3);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    log_set_level(LOG_ERROR);
    Arena *arena = arena_create(LIMIT_REQUEST_ARENA_BYTES);
    Pairs pairs;
    Str body = str_from_bytes((const char *)data, size);
    Error *error = form_decode_urlencoded(arena, body, LIMIT_FORM_PAIRS, &pairs);
    if (!error) {
        Input input;
        FormState state;
        if (form_parse(arena, &form, &pairs, &input, &state)) {
            check_good(&input);
        } else {
            require(form_has_errors(&state));
        }
        for (size_t i = 0; i < countof(fields); i++) {
            require(utf8_is_valid(state.fields[i].typed));
        }
    }
    arena_destroy(arena);
    return 0;
}
