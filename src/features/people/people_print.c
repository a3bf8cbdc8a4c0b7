/* people_print.c: the slip with a personal code as a PDF, to be cut out and handed over. */
#include "common_text.h"
#include "features/people/people_pages.h"
#include "people_text.h"
#include "platform/print/print.h"

static void write_slip(Print *print, const PersonSlipView *view)
{
    print_slips_begin(print, 2, 4);
    print_slip(print);
    print_qr(print, view->address, 30, PRINT_PLACE_LEFT);
    print_text(print, t_people_slip_head(view->area_name), PRINT_BOLD | PRINT_SANS | PRINT_SMALL);
    print_paragraph(print, str_from(view->code), PRINT_CODE);
    print_text(print, t_people_slip_how(), PRINT_SMALL | PRINT_SANS);
    if (view->area_phone.len > 0) {
        print_text(print, t_common_help_phone(view->area_phone), PRINT_SMALL | PRINT_SANS);
    }
    print_slip(print);
    print_text(print, t_people_slip_hand(view->name_hint), PRINT_SANS);
    print_slips_end(print);
}

Error *people_slip_pdf(Page *page, const PersonSlipView *view)
{
    PrintOptions options = {.lang = page->lang,
                            .title = text_str(page->arena, page->lang, t_people_slip_title()),
                            .made_at = page->now,
                            .margin_mm = 12};
    Print *print = NULL;
    Error *err = print_begin(page->arena, &options, &page->body, &print);
    if (err) {
        return err;
    }
    page->content_type = "application/pdf";
    page->download_name = STR("code.pdf");
    write_slip(print, view);
    return print_end(print, NULL);
}
