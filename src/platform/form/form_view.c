#include "platform/form/form_view.h"

#include "common_text.h"
#include "form_fields_html.h"
#include "platform/form/values.h"

static Str control_id(Arena *arena, const FormState *form, const char *name)
{
    return arena_printf(arena, "%s-%s", form->form->name, name);
}

/* A date that could not be read is shown as text: a date box would drop what was typed. */
static const char *input_type(FieldType type, bool has_error)
{
    switch (type) {
    case FIELD_PHONE:
        return "tel";
    case FIELD_PASSWORD:
        return "password";
    case FIELD_FILE:
        return "file";
    case FIELD_DATE:
        return has_error ? "text" : "date";
    default:
        return "text";
    }
}

static const char *input_mode(FieldType type)
{
    switch (type) {
    case FIELD_INTEGER:
    case FIELD_CODE:
        return "numeric";
    case FIELD_MONEY:
        return "decimal";
    case FIELD_PHONE:
        return "tel";
    default:
        return NULL;
    }
}

static bool is_short(FieldType type)
{
    return type == FIELD_INTEGER || type == FIELD_MONEY || type == FIELD_DATE ||
           type == FIELD_PHONE;
}

static const ChoiceView *choice_views(Arena *arena, const Field *field, Str typed)
{
    ChoiceView *views = arena_array(arena, ChoiceView, field->n_choices + 1);
    for (size_t i = 0; i < field->n_choices; i++) {
        const Choice *choice = &field->choices[i];
        views[i] = (ChoiceView){.name = choice->name,
                                .label = text_of(choice->label),
                                .is_chosen = str_eq(typed, str_from(choice->name)),
                                .is_first = i == 0};
    }
    return views;
}

FieldView form_field_view(Arena *arena, const FormState *form, const char *name)
{
    const Field *def = form_field_def(form, name);
    const FieldState *state = form_field(form, name);
    return (FieldView){
        .name = def->name,
        .id = control_id(arena, form, name),
        .label = text_of(def->label),
        .hint = text_of(def->hint),
        .has_hint = def->hint != 0,
        .is_required = def->is_required,
        .is_optional = !def->is_required && !def->is_conditional,
        .error = text_of_error(state->error),
        .has_error = state->error != NULL,
        .has_help = def->hint != 0 || state->error,
        .typed = state->typed,
        .type = input_type(def->type, state->error != NULL),
        .input_mode = input_mode(def->type),
        .accept = def->accept,
        .autocomplete = def->autocomplete,
        .is_short = is_short(def->type),
        .has_unit = def->type == FIELD_MONEY,
        .choices = choice_views(arena, def, state->typed),
        .n_choices = def->n_choices,
    };
}

void form_begin(Out *out, const FormState *form, SafeUrl action)
{
    form_begin_tag(out, form->form->name, action, form->form->has_file, form->token);
}

void form_end(Out *out, const FormState *form)
{
    (void)form;
    form_end_tag(out);
}

/* The first control of a group of choices carries the group's id. */
void form_errors(Out *out, const FormState *form)
{
    if (!form_has_errors(form)) {
        return;
    }
    const Form *def = form->form;
    ErrorLine *lines = arena_array(out->arena, ErrorLine, def->n_fields + 1);
    size_t count = 0;
    if (form->error) {
        lines[count++] = (ErrorLine){.problem = text_of_error(form->error)};
    }
    for (size_t i = 0; i < def->n_fields; i++) {
        if (form->fields[i].error) {
            lines[count++] = (ErrorLine){.has_link = true,
                                         .id = control_id(out->arena, form, def->fields[i].name),
                                         .label = text_of(def->fields[i].label),
                                         .problem = text_of_error(form->fields[i].error)};
        }
    }
    ErrorSummary summary = {
        .id = control_id(out->arena, form, "errors"), .lines = lines, .n_lines = count};
    if (count == 1 && form->error) {
        form_error_alone(out, &summary);
    } else {
        form_error_summary(out, &summary);
    }
}

void field_of_data(Out *out, const FormState *form, const char *name, const DataChoice *choices,
                   size_t count)
{
    FieldView view = form_field_view(out->arena, form, name);
    ChoiceView *views = arena_array(out->arena, ChoiceView, count);
    for (size_t i = 0; i < count; i++) {
        views[i] = (ChoiceView){.name = arena_cstr(out->arena, choices[i].word),
                                .label = t_form_data_choice(choices[i].label),
                                .is_chosen = str_eq(view.typed, choices[i].word),
                                .is_first = i == 0};
    }
    view.choices = views;
    view.n_choices = count;
    if (count <= FORM_MAX_PICKS) {
        field_picks(out, &view);
    } else {
        field_select(out, &view);
    }
}

void field(Out *out, const FormState *form, const char *name)
{
    const Field *def = form_field_def(form, name);
    FieldView view = form_field_view(out->arena, form, name);
    switch (def->type) {
    case FIELD_LONG_TEXT:
        field_long_text(out, &view);
        return;
    case FIELD_CHOICE:
        if (def->n_choices <= FORM_MAX_PICKS) {
            field_picks(out, &view);
        } else {
            field_select(out, &view);
        }
        return;
    case FIELD_BOX:
        field_box(out, &view);
        return;
    case FIELD_ID:
        field_hidden(out, &view);
        return;
    case FIELD_IDS:
        panic("field %s: a list of ids is written by its room", name);
    default:
        field_input(out, &view);
        return;
    }
}
