/* form_view.h: the parts of a form's page, called from templates.
 *
 *     {{ call form_begin(v->form, v->action) }}
 *     {{ call form_errors(v->form) }}
 *     {{ call field(v->form, "title") }}
 *     {{ call form_submit(t_proposal_submit()) }}
 *     {{ call form_end(v->form) }}
 *
 * Ids on the page: the form's is Form.name, a control's is FORM-FIELD, its hint's and error's add
 * "-hint" and "-error". A form shown below a sticky bar may leave out form_submit and write
 * <button form="FORM"> instead.
 */
#ifndef PLATFORM_FORM_FORM_VIEW_H
#define PLATFORM_FORM_FORM_VIEW_H

#include "platform/form/form.h"
#include "platform/html/out.h"

typedef struct ChoiceView {
    const char *name;
    Text label;
    bool is_chosen;
    bool is_first;
} ChoiceView;

/* One field, ready to be written. */
typedef struct FieldView {
    const char *name;
    Str id; /* "proposal-title" */
    Text label;
    Text hint;
    bool has_hint;
    bool is_required;
    bool is_optional; /* said so beside the label */
    Text error;
    bool has_error;
    bool has_help; /* a hint or an error: aria-describedby is written */
    Str typed;
    const char *type;         /* of <input> */
    const char *input_mode;   /* or NULL */
    const char *autocomplete; /* or NULL */
    const char *accept;       /* or NULL */
    bool is_short;            /* a narrow box: numbers, dates, telephones */
    bool has_unit;            /* 元 after the box */
    const ChoiceView *choices;
    size_t n_choices;
} FieldView;

/* A line of the summary of errors. */
typedef struct ErrorLine {
    bool has_link;
    Str id; /* of the control */
    Text label;
    Text problem;
} ErrorLine;

typedef struct ErrorSummary {
    Str id;
    const ErrorLine *lines;
    size_t n_lines;
} ErrorSummary;

FieldView form_field_view(Arena *arena, const FormState *form, const char *name);
/* Picks for up to this many choices; a list of real boxes above. */
#define FORM_MAX_PICKS 6

/* form_submit(out, label) is in form_fields_html.h. Templates written in C over the ones of
 * form_fields.html. */
void form_begin(Out *out, const FormState *form, SafeUrl action);
void form_end(Out *out, const FormState *form);
/* The summary on top: nothing when there are no errors. */
void form_errors(Out *out, const FormState *form);
/* No maxlength is written: browsers cut pasted text silently, we refuse it and keep every word.
 * Label, hint, error and control of one field of any type but IDS (a room writes those itself). */
void field(Out *out, const FormState *form, const char *name);

/* A choice that is data: its word and what it is called. */
typedef struct DataChoice {
    Str word;
    Str label;
} DataChoice;
/* Choices for a FIELD_TEXT whose possible words are known only at run time. The use case checks the
 * word: a form cannot. */
void field_of_data(Out *out, const FormState *form, const char *name, const DataChoice *choices,
                   size_t count);

#endif
