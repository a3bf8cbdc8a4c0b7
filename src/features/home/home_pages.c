/* home_pages.c: gathers what the front page shows, in eight queries at most. */
#include "common_text.h"
#include "features/home/home.h"
#include "features/home/home_rules.h"
#include "features/home/home_views.h"
#include "features/programmes/programmes.h"
#include "home_page_html.h"
#include "home_sql.h"
#include "home_text.h"
#include "platform/html/frame_load.h"

#define NOTICES 3

typedef struct HomeData {
    bool has_round;
    RoundInfo round;
    StageInfo *stages;
    size_t n_stages;
    bool has_poll;
    HomePollRow poll;
    HomePublicationsRows publications;
    HomeProposalsRow proposals;
    HomeChosenRow chosen;
    HomeProjectsRow project;
    bool has_projects;
    HolidayTable holidays;
} HomeData;

/* The round that runs, or else the last one. */
static Error *load_round(Page *page, Snapshot *s, HomeData *data)
{
    Error *err = programmes_current_round(s, page->area, &data->round, &data->has_round);
    if (err || data->has_round) {
        return err;
    }
    HomeNewestRoundRow newest;
    err = sql_home_newest_round(s, page->area, &newest, &data->has_round);
    if (err || !data->has_round) {
        return err;
    }
    return programmes_round(s, page->area, newest.id, &data->round);
}

static Error *load_data(Page *page, Snapshot *s, HomeData *data)
{
    Error *err = load_round(page, s, data);
    if (!err && data->has_round) {
        err = programmes_stages(s, page->area, data->round.id, &data->stages, &data->n_stages);
    }
    if (!err && data->has_round) {
        err = sql_home_poll(s, page->area, data->round.id, &data->poll, &data->has_poll);
    }
    if (!err && data->has_round) {
        err = sql_home_proposals(s, page->area, data->round.id, &data->proposals);
    }
    if (!err && data->has_round) {
        err = sql_home_chosen(s, page->area, data->round.id, &data->chosen);
    }
    if (!err) {
        err = sql_home_projects(s, page->area, &data->project, &data->has_projects);
    }
    if (!err) {
        err = programmes_holidays(s, &data->holidays);
    }
    return err ? err : sql_home_publications(s, page->area, NOTICES, &data->publications);
}

/* --- the panel ------------------------------------------------------------------------------ */

typedef struct PanelWords {
    int headline, explanation, act; /* TEXT_ number */
} PanelWords;

static const PanelWords panel_words[] = {
    [SITUATION_LAUNCH] = {TEXT_home_launch, TEXT_home_launch_why, TEXT_home_launch_act},
    [SITUATION_COLLECT] = {TEXT_home_collect, TEXT_home_collect_why, TEXT_home_collect_act},
    [SITUATION_PREPARE] = {TEXT_home_prepare, TEXT_home_prepare_why, TEXT_home_see_proposals},
    [SITUATION_VOTE_SOON] = {TEXT_home_vote_soon, TEXT_home_vote_soon_why, TEXT_home_see_proposals},
    [SITUATION_VOTE] = {TEXT_home_vote, TEXT_home_vote_why, TEXT_home_vote_act},
    [SITUATION_COUNT] = {TEXT_home_count, TEXT_home_count_why, TEXT_home_count_act},
    [SITUATION_RESULT] = {TEXT_home_result, TEXT_home_result_why, TEXT_home_result_act},
    [SITUATION_NOTICE] = {TEXT_home_notice, TEXT_home_notice_why, TEXT_home_finished_act},
    [SITUATION_PUBLISH] = {TEXT_home_publish, TEXT_home_publish_why, TEXT_home_publish_act},
    [SITUATION_REPLY] = {TEXT_home_reply, TEXT_home_reply_why, TEXT_home_result_act},
    [SITUATION_FILE] = {TEXT_home_file, TEXT_home_file_why, TEXT_home_projects_link},
    [SITUATION_IMPLEMENT] = {TEXT_home_implement, TEXT_home_implement_why, TEXT_home_projects_link},
    [SITUATION_EVALUATE] = {TEXT_home_evaluate, TEXT_home_evaluate_why, TEXT_home_evaluate_act},
    [SITUATION_FINISHED] = {TEXT_home_finished, TEXT_home_finished_why, TEXT_home_result_act},
};

/* The notice of the stage that the round is at, or NULL. */
static const HomePublicationsRow *round_publication(const HomeData *data)
{
    for (size_t i = 0; i < data->publications.count; i++) {
        const HomePublicationsRow *row = &data->publications.rows[i];
        if (row->round_id == data->round.id && row->stage_no == data->round.stage_no) {
            return row;
        }
    }
    return NULL;
}

static HomeFacts facts_of(const HomeData *data)
{
    const HomePublicationsRow *publication = round_publication(data);
    HomeFacts facts = {.stage = data->round.stage_kind,
                       .is_finished = data->round.is_finished,
                       .stage_closes_at = data->round.closes_at,
                       .has_poll = data->has_poll,
                       .has_publication = publication != NULL};
    if (data->has_poll) {
        facts.poll_state = (PollState)data->poll.state;
        facts.poll_opens_at = data->poll.opens_at;
        facts.poll_closes_at = data->poll.closes_at;
    }
    if (publication) {
        facts.publication_ends_at = publication->ends_at;
    }
    return facts;
}

static SafeUrl thing_link(const Page *page, const char *kind, int64_t id, const char *rest)
{
    return url_path(page->arena, "/a/%s/%s/%s%s", id_text(page->area).text, kind, id_text(id).text,
                    rest);
}

static SafeUrl proposals_link(const Page *page, const HomeData *data)
{
    return page_path(page, "/a/{area}/proposals?round={id}", data->round.id);
}

static bool is_counted(const HomeData *data)
{
    return data->has_poll && data->poll.state == POLL_COUNTED;
}

static SafeUrl act_link(const Page *page, const HomeData *data, Situation situation)
{
    switch (situation) {
    case SITUATION_LAUNCH:
        return thing_link(page, "rounds", data->round.id, "");
    case SITUATION_COLLECT:
        return page_path(page, "/a/{area}/proposals/new", 0);
    case SITUATION_PREPARE:
    case SITUATION_VOTE_SOON:
        return proposals_link(page, data);
    case SITUATION_VOTE:
        return thing_link(page, "polls", data->poll.id, "/ballot");
    case SITUATION_FILE:
    case SITUATION_IMPLEMENT:
        return page_path(page, "/a/{area}/deliveries", 0);
    case SITUATION_EVALUATE:
        return page_path(page, "/a/{area}/rounds/{id}/ratings", data->round.id);
    case SITUATION_COUNT:
        return thing_link(page, "polls", data->poll.id, "");
    case SITUATION_PUBLISH:
        return thing_link(page, "publications", round_publication(data)->id, "");
    default:
        return is_counted(data) ? thing_link(page, "polls", data->poll.id, "/result")
                                : thing_link(page, "rounds", data->round.id, "");
    }
}

static Text left_text(TimeLeft left)
{
    switch (left.unit) {
    case LEFT_DAYS:
        return t_common_days_left(left.n);
    case LEFT_WORKING_DAYS:
        return t_home_working_days_left(left.n);
    case LEFT_HOURS:
        return t_common_hours_left(left.n);
    case LEFT_MINUTES:
        return t_common_minutes_left(left.n);
    default:
        return (Text){0};
    }
}

static Text call_text(Situation situation, Str phone)
{
    if (phone.len == 0) {
        return (Text){0};
    }
    if (situation == SITUATION_COLLECT) {
        return t_home_collect_call(phone);
    }
    return situation == SITUATION_VOTE ? t_home_vote_call(phone) : t_home_call(phone);
}

static void fill_panel(Page *page, const HomeData *data, HomeView *view)
{
    HomeFacts facts = facts_of(data);
    Situation situation = home_situation(&facts, page->now);
    const PanelWords *words = &panel_words[situation];
    bool shows_result = words->act == TEXT_home_result_act;
    view->round_title = data->round.title;
    view->step = data->round.stage_no;
    view->steps = data->round.n_stages;
    view->is_finished = data->round.is_finished;
    view->headline = text_of(words->headline);
    view->explanation = text_of(words->explanation);
    view->until = home_until(&facts, situation, page->now);
    view->left = left_text(
        home_time_left(&data->holidays, view->until, situation == SITUATION_PUBLISH, page->now));
    if (situation == SITUATION_PUBLISH && view->until.ms == 0) {
        view->explanation = t_home_publish_over_why();
    }
    view->act = shows_result && !is_counted(data) ? t_home_finished_act() : text_of(words->act);
    view->act_link = act_link(page, data, situation);
    view->call = call_text(situation, view->frame->phone);
}

/* --- below the panel ------------------------------------------------------------------------ */

static void fill_notices(Page *page, const HomeData *data, HomeView *view)
{
    HomeNotice *notices = arena_array(page->arena, HomeNotice, data->publications.count);
    for (size_t i = 0; i < data->publications.count; i++) {
        const HomePublicationsRow *row = &data->publications.rows[i];
        notices[i] = (HomeNotice){.link = thing_link(page, "publications", row->id, ""),
                                  .title = row->title,
                                  .ends_at = row->ends_at,
                                  .is_running = page->now.ms < row->ends_at.ms};
    }
    view->notices = notices;
    view->n_notices = data->publications.count;
    view->all_notices = page_path(page, "/a/{area}/publications", 0);
}

static void fill_money(Page *page, const HomeData *data, HomeView *view)
{
    HomeBallotMoney ballot = {.is_counted = is_counted(data)};
    if (ballot.is_counted) {
        ballot.budget = data->poll.budget_fen;
        ballot.spent = data->poll.total_cost_fen;
    }
    HomeMoney money = home_money_said(data->round.budget, ballot,
                                      (HomeChosen){data->chosen.n, data->chosen.cost_fen});
    view->rules = thing_link(page, "rounds", data->round.id, "");
    view->budget = money.budget;
    view->is_decided = money.is_decided;
    view->spent = money.spent;
    view->rest = money.rest;
    if (!view->is_decided || view->budget.fen <= 0) {
        return;
    }
    BarPart *part = arena_new(page->arena, BarPart);
    int64_t share = view->spent.fen / (view->budget.fen / 1000 + 1);
    part->permille = (int)(share < 1000 ? share : 1000);
    view->bar = (Bar){
        .parts = part,
        .count = 1,
        .says = text_str(page->arena, page->lang, t_home_money_spent(view->spent, view->rest))};
}

static WayState way_state(StageState state)
{
    switch (state) {
    case STAGE_OPEN:
        return WAY_HERE;
    case STAGE_DONE:
        return WAY_DONE;
    case STAGE_WAIVED:
        return WAY_WAIVED;
    default:
        return WAY_FUTURE;
    }
}

static void fill_way(Page *page, const HomeData *data, HomeView *view)
{
    WayStage *stages = arena_array(page->arena, WayStage, data->n_stages);
    for (size_t i = 0; i < data->n_stages; i++) {
        const StageInfo *stage = &data->stages[i];
        bool in_english = page->lang == LANG_EN;
        stages[i] = (WayStage){
            .name = in_english ? text_str(page->arena, LANG_EN, programmes_kind_text(stage->kind))
                               : stage->name,
            .when = way_when(page->arena, page->lang, instant_date(stage->opens_at),
                             instant_date(stage->closes_at)),
            .state = way_state(stage->state)};
        if (stage->state == STAGE_OPEN) {
            stages[i].say = t_state_running();
        } else if (stage->waive_reason.len > 0) {
            stages[i].say = t_home_words(stage->waive_reason);
        }
    }
    view->way = (Way){.stages = stages,
                      .count = data->n_stages,
                      .is_short = page->mode == MODE_CARE,
                      .all = thing_link(page, "rounds", data->round.id, "")};
}

static Error *page_home(Page *page, Snapshot *s)
{
    HomeData data = {0};
    HomeView *view = arena_new(page->arena, HomeView);
    Frame *frame = page_frame(page, t_home_title(), FRAME_TAB_HOME);
    Error *err = load_data(page, s, &data);
    if (!err && frame->area_name.len == 0) {
        err = error_make(page->arena, ERROR_NOT_FOUND, "no such area");
    }
    if (err) {
        return err;
    }
    view->frame = frame;
    view->has_round = data.has_round;
    fill_notices(page, &data, view);
    if (data.has_projects) {
        view->projects = page_path(page, "/a/{area}/deliveries", 0);
    }
    if (data.has_round) {
        fill_panel(page, &data, view);
        fill_money(page, &data, view);
        fill_way(page, &data, view);
        view->proposals = data.proposals.proposals;
        view->accepted = data.proposals.accepted;
        view->offline = data.proposals.offline;
        view->all_proposals = proposals_link(page, &data);
    } else {
        view->call = call_text(SITUATION_LAUNCH, frame->phone);
    }
    Out out = page_out(page);
    home_community_page(&out, view);
    return NULL;
}

static const Route routes[] = {
    ROUTE_GET("/a/{area}", POLICY_PUBLIC, page_home),
};

const Feature home_feature = {
    .name = "home",
    .routes = routes,
    .n_routes = countof(routes),
};
