#include "platform/html/error_page.h"

#include "error_html.h"
#include "frame_text.h"
#include "platform/html/frame_load.h"

static Text title_of(int status)
{
    if (status == 404) {
        return text_of(TEXT_frame_error_not_found);
    }
    if (status == 403) {
        return text_of(TEXT_frame_error_forbidden);
    }
    if (status == 503 || status == 429) {
        return text_of(TEXT_frame_error_busy);
    }
    return text_of(status >= 500 ? TEXT_frame_error_ours : TEXT_frame_error_request);
}

void error_page(Page *page, const Error *error)
{
    Frame frame;
    Text title = title_of(page->status);
    frame_plain(page, title, &frame);
    SafeUrl home = page->area != 0 ? url_path(page->arena, "/a/%s", id_text(page->area).text)
                                   : url_path(page->arena, "/");
    Out out = page_out(page);
    error_whole_page(&out, &frame, title, text_of_error(error), home, page->request_id);
}
