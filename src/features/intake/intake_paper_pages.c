/* intake_paper_pages.c: the slip with a receipt, and the blank form. */
#include "features/intake/intake_pages.h"
#include "features/programmes/programmes.h"
#include "intake_paper_html.h"
#include "intake_text.h"
#include "platform/html/frame_load.h"
#include "platform/html/qr.h"
#include "proposals_text.h"

Error *page_intake_slip(Page *page, Snapshot *snapshot)
{
    IntakeEntryRow row;
    Frame *frame = page_frame(page, t_intake_slip_title(), FRAME_TAB_NONE);
    Error *err = sql_intake_entry(snapshot, page->area, page->ids[0], &row);
    if (!err && row.entered_by == 0) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "not entered by staff");
    }
    if (err) {
        return err;
    }
    frame->back = page_path(page, "/a/{area}/intake", 0);
    IntakeSlipView view = {.frame = frame,
                           .title = row.title,
                           .receipt = row.receipt,
                           .at = row.submitted_at,
                           .site = page_site(page)};
    if (view.site.len > 0) {
        Str address = arena_printf(page->arena, "%.*s/track?receipt=%.*s", STR_ARG(view.site),
                                   STR_ARG(row.receipt));
        view.qr = qr_svg(page->arena, address,
                         text_str(page->arena, page->lang, t_proposal_receipt_title()), 3);
    }
    Out out = page_out(page);
    intake_slip_page(&out, &view);
    return NULL;
}

Error *page_intake_blank(Page *page, Snapshot *snapshot)
{
    RoundInfo round = {0};
    bool found = false;
    Frame *frame = page_frame(page, t_intake_blank_title(), FRAME_TAB_NONE);
    Error *err = programmes_current_round(snapshot, page->area, &round, &found);
    if (err) {
        return err;
    }
    frame->back = page_path(page, "/a/{area}/intake", 0);
    IntakeFormView view = {.frame = frame,
                           .round = found ? round.title : STR(""),
                           .channels = proposal_channels,
                           .n_channels = countof(proposal_channels),
                           .kinds = proposal_kinds,
                           .n_kinds = countof(proposal_kinds)};
    Out out = page_out(page);
    intake_blank_page(&out, &view);
    return NULL;
}
