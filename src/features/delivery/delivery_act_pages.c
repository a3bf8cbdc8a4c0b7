/* delivery_act_pages.c: how a form about a project is shown and sent. */
#include "features/delivery/delivery_act_pages.h"

#include <string.h>

#include "delivery_act_html.h"
#include "delivery_text.h"
#include "platform/html/frame_load.h"

void delivery_fields(Out *out, const DeliveryActView *view)
{
    for (size_t i = 0; i < view->form->form->n_fields; i++) {
        const char *name = view->form->form->fields[i].name;
        if (strcmp(name, "version") == 0) {
            continue;
        }
        if (view->choice_field != NULL && strcmp(name, view->choice_field) == 0) {
            field_of_data(out, view->form, name, view->choices, view->n_choices);
        } else {
            field(out, view->form, name);
        }
    }
}

bool delivery_is_fresh(const Page *page)
{
    return page->form == NULL;
}

void delivery_prefill(Page *page, DeliveryActView *view, const void *input)
{
    FormState *form = page_form(page, view->form->form);
    form_prefill(page->arena, form, input);
    form_empty_zeros(form);
    view->form = form;
}

DeliveryAct delivery_act_of(const Page *page, int64_t version)
{
    return (DeliveryAct){page->area, page->ids[0], page->who.person, version};
}

LedgerAmounts delivery_amounts(const AmountsInput *typed)
{
    return (LedgerAmounts){.of = {[LEDGER_CITY] = typed->city,
                                  [LEDGER_DISTRICT] = typed->district,
                                  [LEDGER_STREET] = typed->street,
                                  [LEDGER_PLEDGES] = typed->pledges}};
}

AmountsInput delivery_typed_amounts(const LedgerAmounts *amounts)
{
    return (AmountsInput){amounts->of[LEDGER_CITY], amounts->of[LEDGER_DISTRICT],
                          amounts->of[LEDGER_STREET], amounts->of[LEDGER_PLEDGES]};
}

/* After a conflict the page shows the project as it is now and the next try is made from that;
 * after any other error the version stays, or a change would be acted on unseen. */
static IdText shown_version(Page *page, const FormState *form, int64_t current)
{
    int64_t typed = 0;
    bool is_conflict = form->error && form->error->code == ERROR_VERSION_CONFLICT;
    if (page->form == form && !is_conflict &&
        str_to_int64(form_field(form, "version")->typed, &typed)) {
        current = typed;
    }
    IdText text;
    snprintf(text.text, sizeof(text.text), "%lld", (long long)current);
    return text;
}

Error *delivery_act_show(Page *page, Snapshot *s, const ActPage *act)
{
    DeliveryProject project;
    DeliveryActView *view = arena_new(page->arena, DeliveryActView);
    Error *err = delivery_project(s, page->area, page->ids[0], &project);
    if (err) {
        return err;
    }
    FormState *form = page_form(page, act->form);
    *view = (DeliveryActView){
        .frame = page_frame(page, text_of(act->title), FRAME_TAB_NONE),
        .form = form,
        .action = url_path(page->arena, "/a/%s/deliveries/%s/%s", id_text(page->area).text,
                           id_text(page->ids[0]).text, act->verb),
        .version = shown_version(page, form, project.version),
        .title = text_of(act->title),
        .about = text_of(act->about),
        .submit = text_of(act->submit ? act->submit : act->title),
        .project = project.title,
        .shows_money = act->shows_money,
        .console = page_path(page, "/a/{area}/deliveries/{id}/console", project.proposal)};
    delivery_fill_money(page, &project.facts.money, &view->money);
    err = act->prepare ? act->prepare(page, s, &project, view) : NULL;
    if (err) {
        return err;
    }
    Out out = page_out(page);
    delivery_act_page(&out, view);
    return NULL;
}

Error *delivery_after(Page *page, const void *input, const void *output)
{
    const DeliveryAct *act = input;
    return page_redirect_notice(page,
                                page_path(page, "/a/{area}/deliveries/{id}/console", act->project),
                                TEXT_delivery_saved);
}
