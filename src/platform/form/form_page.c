#include "platform/form/form_page.h"

#include "form_page_html.h"
#include "platform/html/frame_load.h"

void form_page_fields(Out *out, const FormPage *view)
{
    for (size_t i = 0; i < view->form->form->n_fields; i++) {
        Str name = str_from(view->form->form->fields[i].name);
        if (view->picks != NULL && str_eq(name, str_from(view->picks->name))) {
            field_picks(out, view->picks);
        } else if (view->data_field != NULL && str_eq(name, str_from(view->data_field))) {
            field_of_data(out, view->form, name.data, view->choices, view->n_choices);
        } else {
            field(out, view->form, name.data);
        }
    }
}

Error *form_page(Page *page, FormPage *view)
{
    view->frame = page_frame(page, view->title, FRAME_TAB_NONE);
    Out out = page_out(page);
    form_page_body(&out, view);
    return NULL;
}
