/* delivery_console_pages.c: one project for staff: the next thing to do, and everything there is.
 */
#include "delivery_console_html.h"
#include "delivery_text.h"
#include "features/delivery/delivery_pages.h"
#include "features/programmes/programmes.h"
#include "platform/html/frame_load.h"

static void add_act(DeliveryConsoleView *view, Text label, SafeUrl link)
{
    view->acts[view->n_acts++] = (DeliveryDo){label, link};
}

/* What may be done besides the next thing. */
static void fill_acts(const Page *page, const DeliveryProject *project, DeliveryConsoleView *view)
{
    if (!delivery_may_manage(page) || !project->facts.is_open) {
        return;
    }
    if (project->facts.state == DELIVERY_ACCEPTED) {
        add_act(view, t_delivery_do_library(),
                page_path(page, "/a/{area}/deliveries/{id}/library", project->proposal));
    }
    add_act(view, t_delivery_do_money(),
            page_path(page, "/a/{area}/deliveries/{id}/money", project->proposal));
    add_act(view, t_delivery_do_visit(),
            page_path(page, "/a/{area}/deliveries/{id}/visit", project->proposal));
    if (project->facts.state != DELIVERY_UNDER_WAY) {
        return;
    }
    add_act(view, t_delivery_do_call(),
            page_path(page, "/a/{area}/deliveries/{id}/call", project->proposal));
    add_act(view, t_delivery_do_plan(),
            page_path(page, "/a/{area}/deliveries/{id}/plan", project->proposal));
    add_act(view, t_delivery_do_change(),
            page_path(page, "/a/{area}/deliveries/{id}/change", project->proposal));
    add_act(view, t_delivery_do_accept(),
            page_path(page, "/a/{area}/deliveries/{id}/accept", project->proposal));
    add_act(view, t_delivery_do_stop(),
            page_path(page, "/a/{area}/deliveries/{id}/stop", project->proposal));
}

/* Until its contract is signed the estimate counts on top of what the year has; afterwards it is
 * among it. */
static Error *fill_threshold(Page *page, Snapshot *s, const DeliveryProject *project,
                             DeliveryConsoleView *view)
{
    RoundRules *rules = arena_new(page->arena, RoundRules);
    Error *err = programmes_round_rules(s, page->area, project->round, rules);
    const KindRule *kind = err ? NULL : rules_kind(rules, project->kind);
    if (!err) {
        err = delivery_similar(s, page->area, kind ? kind->code : STR(""), instant_date(page->now),
                               &view->spent);
    }
    bool is_signed = ledger_cost(&project->facts.money).fen > 0;
    Money more = is_signed ? (Money){0} : project->estimate;
    view->limit = rules->purchase_threshold;
    view->is_over_threshold = project->facts.state == DELIVERY_UNDER_WAY &&
                              purchase_is_over(view->spent, more, rules->purchase_threshold);
    return err;
}

Error *page_delivery_console(Page *page, Snapshot *s)
{
    DeliveryProject project;
    DeliveryConsoleView *view = arena_new(page->arena, DeliveryConsoleView);
    Error *err = delivery_project(s, page->area, page->ids[0], &project);
    if (!err) {
        err = delivery_fill_project(page, s, &project, true, &view->project);
    }
    if (!err) {
        err = fill_threshold(page, s, &project, view);
    }
    if (err) {
        return err;
    }
    view->frame = page_frame(page, t_delivery_console_title(), FRAME_TAB_NONE);
    view->ledger = page_path(page, "/a/{area}/deliveries/{id}/ledger", project.proposal);
    view->page = page_path(page, "/a/{area}/deliveries/{id}", project.proposal);
    view->list = page_path(page, "/a/{area}/deliveries?round={id}", project.round);
    if (delivery_may_manage(page)) {
        view->next =
            delivery_step_act(page, delivery_next(&project.facts), &project, &view->project);
    }
    fill_acts(page, &project, view);
    Out out = page_out(page);
    delivery_console_page(&out, view);
    return NULL;
}
