/* pledges_print.c: 认捐登记单, the slip of one pledge as a PDF: a sheet to be signed in two copies.
 * It says that it is no receipt of a donation. */
#include "common_text.h"
#include "features/pledges/pledges_pages.h"
#include "platform/html/frame_load.h"
#include "platform/print/print.h"
#include "pledges_text.h"

static Str say(const Page *page, Text text)
{
    return text_str(page->arena, page->lang, text);
}

static void write_row(const Page *page, Print *print, Text name, Str value)
{
    if (value.len > 0) {
        Str cells[] = {say(page, name), value};
        print_table_row(print, cells);
    }
}

static void write_facts(const Page *page, Print *print, const PledgeSlip *slip)
{
    const PrintColumn columns[] = {
        {say(page, t_pledge_slip_item()), 2, PRINT_ALIGN_LEFT},
        {say(page, t_pledge_slip_content()), 6, PRINT_ALIGN_LEFT},
    };
    print_table_begin(print, columns, countof(columns));
    write_row(page, print, t_pledge_slip_number(), slip->number);
    write_row(page, print, t_pledge_project(), slip->title);
    write_row(page, print, t_pledge_giver_title(), slip->giver);
    write_row(page, print, t_pledge_contact(), slip->contact);
    write_row(page, print, t_pledge_what(), say(page, slip->what));
    write_row(page, print, t_pledge_state(), say(page, slip->state));
    write_row(page, print, t_pledge_promised_at(),
              format_time(page->arena, page->lang, slip->promised_at, (Instant){0}));
    print_table_end(print);
}

static void write_slip(const Page *page, Print *print, const PledgeSlip *slip)
{
    print_heading(print, 1, say(page, t_pledge_slip_title()));
    print_paragraph(print, slip->area, PRINT_CENTRE);
    print_space(print, 4);
    write_facts(page, print, slip);
    print_space(print, 4);
    print_text(print, t_pledge_slip_no_receipt(), PRINT_INDENT);
    print_text(print, t_pledge_slip_by_hand(), PRINT_INDENT);
    print_text(print, t_pledge_slip_back(), PRINT_INDENT);
    print_space(print, 12);
    print_text(print, t_pledge_slip_sign_giver(), PRINT_INDENT);
    print_space(print, 10);
    print_text(print, t_pledge_slip_sign_staff(), PRINT_INDENT);
    print_space(print, 8);
    if (slip->phone.len > 0) {
        print_text(print, t_common_help_phone(slip->phone), PRINT_SMALL | PRINT_SANS);
    }
}

static Error *draw_slip(Page *page, const void *input)
{
    const PledgeSlip *slip = input;
    PrintOptions options = {.size = PRINT_A4,
                            .lang = page->lang,
                            .title = say(page, t_pledge_slip_title()),
                            .made_at = slip->promised_at};
    Print *print = NULL;
    Error *err = print_begin(page->arena, &options, &page->body, &print);
    if (err) {
        return err;
    }
    write_slip(page, print, slip);
    return print_end(print, NULL);
}

Error *page_pledge_slip(Page *page, Snapshot *s)
{
    PledgeGetRow row;
    Frame *frame = page_frame(page, t_pledge_slip_title(), FRAME_TAB_NONE);
    PledgeSlip *slip = arena_new(page->arena, PledgeSlip);
    Error *err = pledge_require(page, s, &row);
    if (err) {
        return err;
    }
    *slip = (PledgeSlip){.number = arena_printf(page->arena, "%s", id_text(row.id).text),
                         .area = frame->area_name,
                         .phone = frame->phone,
                         .title = row.title,
                         .giver = row.unit.len > 0 ? row.unit : row.giver_name,
                         .contact = row.contact_name,
                         .what = pledge_what_text(row.form, row.value_fen, row.hours, row.words),
                         .state = pledge_state_text(row.state),
                         .promised_at = row.promised_at};
    page->content_type = "application/pdf";
    page->download_name = arena_printf(
        page->arena, "%.*s %s.pdf", STR_ARG(say(page, t_pledge_slip_file())), id_text(row.id).text);
    return page_render(page, draw_slip, slip);
}
