/* programmes_pages.c: rounds for everybody. */
#include "features/programmes/programmes_pages.h"

#include "platform/html/frame_load.h"
#include "programmes_sql.h"
#include "programmes_text.h"
#include "round_list_html.h"
#include "round_page_html.h"

#define ROUNDS_A_PAGE 20

static bool may(const Page *page, Policy policy)
{
    return policy_check(policy, &page->who) == VERDICT_ALLOW;
}

/* --- views ------------------------------------------------------------------- */

/* The stage's own name, or in English what its kind is called when it has none. */
static Str stage_name(const Page *page, StageKind kind, Str name, Str name_en)
{
    if (page->lang != LANG_EN) {
        return name;
    }
    return name_en.len > 0 ? name_en : text_str(page->arena, LANG_EN, programmes_kind_text(kind));
}

static Text about_kind(StageKind kind)
{
    static const int keys[STAGE_KIND_COUNT] = {
        [STAGE_KIND_LAUNCH] = TEXT_stage_about_launch,
        [STAGE_KIND_COLLECT] = TEXT_stage_about_collect,
        [STAGE_KIND_QUOTA] = TEXT_stage_about_quota,
        [STAGE_KIND_PLEDGE] = TEXT_stage_about_pledge,
        [STAGE_KIND_SHORTLIST] = TEXT_stage_about_shortlist,
        [STAGE_KIND_VOTE] = TEXT_stage_about_vote,
        [STAGE_KIND_PUBLISH] = TEXT_stage_about_publish,
        [STAGE_KIND_REPLY] = TEXT_stage_about_reply,
        [STAGE_KIND_IMPLEMENT] = TEXT_stage_about_implement,
        [STAGE_KIND_EVALUATE] = TEXT_stage_about_evaluate,
        [STAGE_KIND_DISCUSS] = TEXT_stage_about_discuss,
        [STAGE_KIND_DECIDE] = TEXT_stage_about_decide,
        [STAGE_KIND_FILE] = TEXT_stage_about_file,
        [STAGE_KIND_ACCEPT] = TEXT_stage_about_accept,
    };
    return text_of(keys[kind]);
}

static Text time_left(const HolidayTable *holidays, const RoundInfo *round, Instant now,
                      bool *out_late)
{
    Date today = instant_date(now);
    Date last = instant_date(round->closes_at);
    *out_late = last.days < today.days;
    if (*out_late) {
        return t_stage_late(today.days - last.days);
    }
    if (last.days == today.days) {
        return t_stage_last_day();
    }
    if (round->working_days > 0) {
        return t_stage_working_days_left(working_days_between(holidays, today, last));
    }
    return t_stage_days_left(last.days - today.days);
}

StandingView round_standing(const Page *page, const HolidayTable *holidays, const RoundInfo *round)
{
    StandingView view = {
        .is_finished = round->is_finished,
        .step = round->stage_no,
        .total = round->n_stages,
        .name = t_round_stage_name(
            stage_name(page, round->stage_kind, round->stage_name, round->stage_name_en)),
        .about = about_kind(round->stage_kind),
        .closes_at = round->closes_at,
    };
    view.left = time_left(holidays, round, page->now, &view.is_late);
    return view;
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

/* Real dates where there are some, planned ones otherwise. */
static Str stage_when(const Page *page, const StageInfo *stage)
{
    Instant from = stage->opened_at.ms != 0 ? stage->opened_at : stage->opens_at;
    Instant to = stage->closed_at.ms != 0 ? stage->closed_at : stage->closes_at;
    if (stage->state == STAGE_WAIVED) {
        return STR("");
    }
    return way_when(page->arena, page->lang, instant_date(from), instant_date(to));
}

Way round_way(Page *page, const StageInfo *stages, size_t count, SafeUrl all, size_t *out_here)
{
    WayStage *lines = arena_array(page->arena, WayStage, count);
    *out_here = 0;
    for (size_t i = 0; i < count; i++) {
        const StageInfo *stage = &stages[i];
        lines[i] = (WayStage){.name = stage_name(page, stage->kind, stage->name, stage->name_en),
                              .when = stage_when(page, stage),
                              .state = way_state(stage->state)};
        if (stage->state == STAGE_WAIVED) {
            lines[i].say = t_round_stage_name(stage->waive_reason);
        } else if (stage->state == STAGE_OPEN) {
            lines[i].say = about_kind(stage->kind);
            *out_here = i + 1;
        }
    }
    bool is_short = page->mode == MODE_CARE && page_query(page, "way").len == 0;
    return (Way){.stages = lines, .count = count, .is_short = is_short, .all = all};
}

/* Parts of the bar by kind: engineering, service, goods. */
static const Bar *money_bar(Page *page, const Money totals[4], Money sum)
{
    static const int labels[] = {0, TEXT_round_kind_engineering, TEXT_round_kind_service,
                                 TEXT_round_kind_goods};
    if (sum.fen <= 0) {
        return NULL;
    }
    Bar *bar = arena_new(page->arena, Bar);
    BarPart *parts = arena_array(page->arena, BarPart, 3);
    Str says = STR("");
    for (int kind = 1; kind <= 3; kind++) {
        if (totals[kind].fen > 0) {
            Str label =
                arena_printf(page->arena, "%.*s %.*s",
                             STR_ARG(text_str(page->arena, page->lang, text_of(labels[kind]))),
                             STR_ARG(format_money(page->arena, page->lang, totals[kind])));
            parts[bar->count++] =
                (BarPart){(int)((double)totals[kind].fen / (double)sum.fen * 1000.0 + 0.5), label};
            says = arena_printf(page->arena, "%.*s%s%.*s", STR_ARG(says), says.len > 0 ? ", " : "",
                                STR_ARG(label));
        }
    }
    bar->parts = parts;
    bar->says = says;
    return bar->count > 0 ? bar : NULL;
}

Error *round_money_view(Page *page, Snapshot *snapshot, const RoundInfo *round, MoneyView *out)
{
    RoundAcceptedMoneyRows accepted = {0};
    RoundChosenMoneyRows chosen = {0};
    Money totals[4] = {{0}};
    *out = (MoneyView){.budget = round->budget};
    Error *err = sql_round_accepted_money(snapshot, round->area, round->id, &accepted);
    if (!err) {
        err = sql_round_chosen_money(snapshot, round->area, round->id, &chosen);
    }
    for (size_t i = 0; !err && i < accepted.count; i++) {
        out->n_accepted += accepted.rows[i].proposals;
        out->accepted.fen += accepted.rows[i].total_fen.fen;
        totals[accepted.rows[i].kind & 3] = accepted.rows[i].total_fen;
    }
    if (!err && chosen.count > 0) {
        memset(totals, 0, sizeof(totals));
    }
    for (size_t i = 0; !err && i < chosen.count; i++) {
        out->n_chosen += chosen.rows[i].projects;
        out->chosen.fen += chosen.rows[i].total_fen.fen;
        totals[chosen.rows[i].kind & 3] = chosen.rows[i].total_fen;
    }
    out->left.fen = round->budget.fen - out->chosen.fen;
    out->is_over = out->accepted.fen > round->budget.fen;
    out->bar = money_bar(page, totals, chosen.count > 0 ? out->chosen : out->accepted);
    return err;
}

/* --- the list ---------------------------------------------------------------- */

Error *page_rounds(Page *page, Snapshot *snapshot)
{
    RoundInfo *rounds = NULL;
    size_t count = 0;
    int64_t before = 0;
    bool is_first = !id_parse(page_query(page, "before"), &before) || before <= 0;
    Frame *frame = page_frame(page, t_round_list_title(), FRAME_TAB_HOME);
    Error *err = programmes_rounds(snapshot, page->area, is_first ? INT64_MAX : before,
                                   ROUNDS_A_PAGE + 1, &rounds, &count);
    HolidayTable holidays = no_holidays;
    if (!err) {
        err = programmes_holidays(snapshot, &holidays);
    }
    if (err) {
        return err;
    }
    size_t shown = count > ROUNDS_A_PAGE ? ROUNDS_A_PAGE : count;
    RoundLine *lines = arena_array(page->arena, RoundLine, shown);
    for (size_t i = 0; i < shown; i++) {
        lines[i] =
            (RoundLine){rounds[i].title, page_path(page, "/a/{area}/rounds/{id}", rounds[i].id),
                        round_standing(page, &holidays, &rounds[i]), rounds[i].budget};
    }
    frame->back = page_path(page, "/a/{area}", 0);
    RoundListView view = {.frame = frame,
                          .rounds = lines,
                          .n_rounds = shown,
                          .may_create = may(page, POLICY_LEAD),
                          .create = page_path(page, "/a/{area}/rounds/new", 0),
                          .has_next = count > shown,
                          .has_first = !is_first,
                          .first = page_path(page, "/a/{area}/rounds", 0)};
    view.next = view.has_next
                    ? page_path(page, "/a/{area}/rounds?before={id}", rounds[shown - 1].id)
                    : view.first;
    Out out = page_out(page);
    round_list_page(&out, &view);
    return NULL;
}

/* --- one round --------------------------------------------------------------- */

static void say_rule(Arena *arena, Str word, RoundView *view)
{
    static const int words[] = {
        [TALLY_RULE_GREEDY] = TEXT_round_rule_greedy,
        [TALLY_RULE_EQUAL_SHARES] = TEXT_ballot_rule_equal_shares,
        [TALLY_RULE_PHRAGMEN] = TEXT_ballot_rule_phragmen,
        [TALLY_RULE_MAX_SATISFACTION] = TEXT_ballot_rule_max_satisfaction,
    };
    TallyRule rule = TALLY_RULE_GREEDY;
    require(tally_parse_rule(word, &rule)); /* checked when the programme was published */
    Str name = tally_rule_word(rule);
    view->rule = text_of(words[rule]);
    view->rule_page = url_path(arena, "/rules/%.*s", STR_ARG(name));
    view->goes_by_votes = rule == TALLY_RULE_GREEDY;
}

/* NULL when the round has none of this kind. */
static const StageInfo *stage_of(const StageInfo *stages, size_t count, StageKind kind)
{
    for (size_t i = 0; i < count; i++) {
        if (stages[i].kind == kind) {
            return &stages[i];
        }
    }
    return NULL;
}

Error *page_round(Page *page, Snapshot *snapshot)
{
    RoundInfo round;
    StageInfo *stages = NULL;
    size_t count = 0;
    ProgrammeOfRoundRow programme = {0};
    bool found = false;
    RoundView view = {0};
    Error *err = programmes_round(snapshot, page->area, page->ids[0], &round);
    if (!err) {
        err = programmes_stages(snapshot, page->area, round.id, &stages, &count);
    }
    if (!err) {
        err = sql_programme_of_round(snapshot, page->area, round.id, &programme, &found);
    }
    HolidayTable holidays = no_holidays;
    if (!err) {
        err = programmes_holidays(snapshot, &holidays);
    }
    if (!err) {
        err = round_money_view(page, snapshot, &round, &view.money);
    }
    if (err) {
        return err;
    }
    Frame *frame = page_frame(page, t_round_stage_name(round.title), FRAME_TAB_HOME);
    frame->back = page_path(page, "/a/{area}/rounds", 0);
    view.frame = frame;
    view.title = round.title;
    view.summary = programme.summary;
    view.standing = round_standing(page, &holidays, &round);
    view.way = round_way(page, stages, count,
                         page_path(page, "/a/{area}/rounds/{id}?way=all", round.id), &view.here);
    view.minimum_age = round.minimum_age;
    view.max_choices = round.max_choices;
    view.has_ballot = stage_of(stages, count, STAGE_KIND_DECIDE) == NULL;
    say_rule(page->arena, round.rule, &view);
    view.may_propose = programmes_stage_is_open(&round, STAGE_KIND_COLLECT);
    view.propose = page_path(page, "/a/{area}/proposals/new", 0);
    view.proposals = page_path(page, "/a/{area}/proposals?round={id}", round.id);
    view.is_staff = may(page, POLICY_STAFF);
    view.console = page_path(page, "/a/{area}/rounds/{id}/console", round.id);
    view.decisions = page_path(page, "/a/{area}/rounds/{id}/decisions", round.id);
    view.quota = page_path(page, "/a/{area}/rounds/{id}/quota", round.id);
    if (stage_of(stages, count, STAGE_KIND_FILE) != NULL) {
        view.filing = page_path(page, "/a/{area}/rounds/{id}/filing", round.id);
    }
    view.programme =
        found ? page_path(page, "/a/{area}/programmes/{id}", programme.id) : view.proposals;
    view.documents = page_path(page, "/a/{area}/rounds/{id}/documents", round.id);
    view.launch = page_path(page, "/a/{area}/rounds/{id}/launch", round.id);
    view.pledges = page_path(page, "/a/{area}/rounds/{id}/pledges", round.id);
    if (stage_of(stages, count, STAGE_KIND_SHORTLIST) != NULL) {
        view.shortlist = page_path(page, "/a/{area}/rounds/{id}/shortlist", round.id);
    }
    const StageInfo *rated = stage_of(stages, count, STAGE_KIND_EVALUATE);
    if (rated != NULL && (rated->state == STAGE_OPEN || rated->state == STAGE_DONE)) {
        view.ratings = page_path(page, "/a/{area}/rounds/{id}/ratings", round.id);
    }
    Out out = page_out(page);
    round_public_page(&out, &view);
    return NULL;
}
