/* form_page.h: a page at the desk that is one form: where one comes from, a title, a sentence, the
 * fields in their order, a button. A form that needs more around it has a template of its own.
 */
#ifndef PLATFORM_FORM_FORM_PAGE_H
#define PLATFORM_FORM_FORM_PAGE_H

#include "platform/form/form_view.h"
#include "platform/html/frame.h"
#include "platform/http/http.h"

typedef struct FormPage {
    const Frame *frame; /* made by form_page() */
    SafeUrl back;       /* where one comes from */
    Text back_title;    /* its name, above the title; empty: no such line */
    Text title;
    Text about;       /* under the title, or empty */
    const Text *says; /* what will happen: a list before the fields */
    size_t n_says;
    const FormState *form;
    SafeUrl action;
    const FieldView
        *picks; /* a field with choices of its own, shown instead of that name; or NULL */
    const char *data_field; /* a field whose choices are data (field_of_data), or NULL */
    const DataChoice *choices;
    size_t n_choices;
    Text submit;
    Text stay;           /* a second button that leads back, or empty */
    bool is_destructive; /* the second button stands first, and the first one warns */
} FormPage;

/* Writes the page. `view` is complete but for the frame. */
Error *form_page(Page *page, FormPage *view);
/* Every field of the form, in its order; for the template. */
void form_page_fields(Out *out, const FormPage *view);

#endif
