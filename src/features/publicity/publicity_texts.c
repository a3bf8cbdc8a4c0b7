/* publicity_texts.c: a publication as a text for the chat group, and as one to read aloud. */
#include "base/utf8.h"
#include "features/publicity/publicity_pages.h"
#include "features/publicity/publicity_speech_rules.h"
#include "platform/html/frame_load.h"
#include "publication_texts_html.h"
#include "publicity_text.h"
#include "publicity_texts_text.h"

static Str say(const Page *page, Text text)
{
    return text_str(page->arena, page->lang, text);
}

/* --- for the group ---------------------------------------------------------------------------- */

static Text group_object(const NoticeView *v)
{
    if (!v->takes_objections) {
        return t_publication_group_only_read();
    }
    return v->phone.len > 0 ? t_publication_group_object(v->phone)
                            : t_publication_group_object_link();
}

static Str group_text(const Page *page, const NoticeView *v)
{
    Str head = say(page, t_publication_group_head(v->title));
    Str what = say(page, publicity_in_a_sentence(&v->content));
    Str until = say(page, t_publication_group_until(v->ends_at, v->working_days));
    Str object = say(page, group_object(v));
    Str online = v->has_site ? say(page, t_publication_group_link(v->link)) : STR("");
    Str paper = say(page, t_publication_group_paper());
    Str by = say(page, v->signed_by);
    return arena_printf(page->arena, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s", STR_ARG(head),
                        STR_ARG(what), STR_ARG(until), STR_ARG(object), STR_ARG(online),
                        STR_ARG(paper), STR_ARG(by));
}

/* --- to be read aloud ------------------------------------------------------------------------- */

static Str count_aloud(const Page *page, int64_t n)
{
    return page->lang == LANG_ZH ? speech_count(page->arena, n)
                                 : arena_printf(page->arena, "%lld", (long long)n);
}

static Str money_aloud(const Page *page, Money amount)
{
    return page->lang == LANG_ZH ? speech_money(page->arena, amount)
                                 : format_money(page->arena, LANG_EN, amount);
}

static Str what_aloud(const Page *page, const PublishedContent *c)
{
    Str n = count_aloud(page, (int64_t)c->n_projects);
    switch (c->subject) {
    case PUBLICATION_BALLOT:
        return say(page, t_publication_speech_ballot(count_aloud(page, c->result.voters),
                                                     count_aloud(page, c->result.options), n,
                                                     money_aloud(page, c->result.spent)));
    case PUBLICATION_DECISION:
        return say(page, t_publication_speech_decision(n, count_aloud(page, (int64_t)c->n_carried),
                                                       money_aloud(page, c->estimate)));
    case PUBLICATION_PURCHASE:
        return c->n_purchases == 0
                   ? say(page, t_publication_no_purchase())
                   : say(page,
                         t_publication_speech_purchase(count_aloud(page, (int64_t)c->n_purchases),
                                                       money_aloud(page, c->cost)));
    default:
        return say(page, t_publication_speech_outcome(n, money_aloud(page, c->cost)));
    }
}

static Str office_aloud(const Page *page, const NoticeView *v, bool with_address)
{
    Str until = page->lang == LANG_ZH ? speech_time(page->arena, v->ends_at)
                                      : format_time(page->arena, LANG_EN, v->ends_at, page->now);
    Str how = say(page, v->takes_objections ? t_publication_speech_object(until)
                                            : t_publication_speech_only_read());
    if (!with_address || v->address.len == 0) {
        return how;
    }
    Str where = say(page, t_publication_speech_address(speech_words(page->arena, v->address)));
    return arena_printf(page->arena, "%.*s%.*s", STR_ARG(how), STR_ARG(where));
}

/* The whole; without its repetition; without the address of the office too. */
static Str speech_text(const Page *page, const NoticeView *v)
{
    Arena *arena = page->arena;
    Str title = speech_words(arena, v->title);
    Str to = page->lang == LANG_ZH ? speech_day(arena, v->to)
                                   : format_date(arena, LANG_EN, v->to, page->now);
    Str begin = say(page, t_publication_speech_begin(say(page, v->signed_by), title));
    Str what = what_aloud(page, &v->content);
    Str until = say(page, t_publication_speech_until(to));
    Str again = say(page, t_publication_speech_again(title, to));
    Str office = office_aloud(page, v, true);
    Str short_office = office_aloud(page, v, false);
    const Str texts[] = {
        arena_printf(arena, "%.*s%.*s%.*s%.*s%.*s", STR_ARG(begin), STR_ARG(what), STR_ARG(until),
                     STR_ARG(office), STR_ARG(again)),
        arena_printf(arena, "%.*s%.*s%.*s%.*s", STR_ARG(begin), STR_ARG(what), STR_ARG(until),
                     STR_ARG(office)),
        arena_printf(arena, "%.*s%.*s%.*s%.*s", STR_ARG(begin), STR_ARG(what), STR_ARG(until),
                     STR_ARG(short_office)),
    };
    return speech_fitting(texts, countof(texts),
                          page->lang == LANG_ZH ? SPEECH_MOST : SPEECH_MOST_EN);
}

/* --- the page --------------------------------------------------------------------------------- */

Error *page_publication_texts(Page *page, Snapshot *s)
{
    NoticeView *notice = arena_new(page->arena, NoticeView);
    Error *err = publicity_load_notice(page, s, notice);
    if (err) {
        return err;
    }
    size_t most = page->lang == LANG_ZH ? SPEECH_MOST : SPEECH_MOST_EN;
    PublicationTextsView view = {
        .frame = page_frame(page, t_publication_texts(), FRAME_TAB_NONE),
        .title = notice->title,
        .publication = page_path(page, "/a/{area}/publications/{id}", page->ids[0]),
        .is_running =
            publication_takes_objections(notice->published_at, notice->ends_at, page->now),
        .group = group_text(page, notice),
        .speech = speech_text(page, notice)};
    view.seconds = (int64_t)(utf8_length(view.speech) * 60 / most);
    Out out = page_out(page);
    publication_texts_page(&out, &view);
    return NULL;
}
