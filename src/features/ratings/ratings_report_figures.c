/* ratings_report_figures.c: the figures of a report from the rooms' public views. */
#include "base/vec.h"
#include "features/delivery/delivery.h"
#include "features/ratings/ratings_report.h"
#include "features/replies/replies.h"
#include "ratings_report_sql.h"
#include "ratings_sql.h"

#define MOST_PROJECTS 300

/* What a report is being made of. */
typedef struct Making {
    Snapshot *snapshot;
    int64_t area, round;
    RoundInfo info;
    RoundRules *rules;
    StageInfo *stages;
    size_t n_stages;
    HolidayTable holidays;
    ReportProjectsRows projects;
    ReportSourcesRows sources;
    ReportFigures *out;
} Making;

static void add(Making *m, ReportPart part, int64_t code, int64_t value, int64_t whole)
{
    *vec_push(snapshot_arena(m->snapshot), m->out) =
        (ReportFigure){.part = part, .code = code, .value = value, .whole = whole};
}

static void add_named(Making *m, ReportPart part, Str label, Str label_en, int64_t value,
                      int64_t whole)
{
    *vec_push(snapshot_arena(m->snapshot), m->out) = (ReportFigure){
        .part = part, .label = label, .label_en = label_en, .value = value, .whole = whole};
}

static Error *load(Making *m)
{
    m->rules = arena_new(snapshot_arena(m->snapshot), RoundRules);
    Error *err = programmes_round(m->snapshot, m->area, m->round, &m->info);
    if (!err) {
        err = programmes_round_rules(m->snapshot, m->area, m->round, m->rules);
    }
    if (!err) {
        err = programmes_stages(m->snapshot, m->area, m->round, &m->stages, &m->n_stages);
    }
    if (!err) {
        err = programmes_holidays(m->snapshot, &m->holidays);
    }
    if (!err) {
        err = sql_report_projects(m->snapshot, m->area, m->round, MOST_PROJECTS, &m->projects);
    }
    return err ? err : sql_report_sources(m->snapshot, m->area, m->round, &m->sources);
}

/* --- who took part ---------------------------------------------------------------------------- */

/* How many people did something is told when they are not too few; how many things always. */
static int64_t shown_step(int64_t code, int64_t value)
{
    bool is_people = code == REPORT_STEP_VOTERS || code == REPORT_STEP_RATINGS;
    return is_people && value > 0 && value < RATING_SMALLEST_GROUP ? REPORT_FEW : value;
}

static Error *add_participation(Making *m)
{
    ReportStepsRows steps;
    ReportChannelsRows channels;
    Error *err = sql_report_steps(m->snapshot, m->area, m->round, &steps);
    if (!err) {
        err = sql_report_channels(m->snapshot, m->area, m->round, &channels);
    }
    for (size_t i = 0; !err && i < steps.count; i++) {
        add(m, REPORT_STAGES, steps.rows[i].code,
            shown_step(steps.rows[i].code, steps.rows[i].value), steps.rows[i].whole);
    }
    for (size_t i = 0; !err && i < channels.count; i++) {
        add(m, REPORT_CHANNELS, channels.rows[i].channel, channels.rows[i].n, REPORT_NO_WHOLE);
    }
    return err;
}

/* --- money ------------------------------------------------------------------------------------ */

/* What all sources (0) or one have in accounts from … to. */
static int64_t balance(const Making *m, int64_t source, LedgerAccount from, LedgerAccount to)
{
    int64_t sum = 0;
    for (size_t i = 0; i < m->sources.count; i++) {
        const ReportSourcesRow *row = &m->sources.rows[i];
        bool is_asked = source == 0 || row->source == source;
        sum += is_asked && row->account >= (int64_t)from && row->account <= (int64_t)to
                   ? row->total_fen.fen
                   : 0;
    }
    return sum;
}

static void add_money(Making *m)
{
    int64_t estimated = 0;
    for (size_t i = 0; i < m->projects.count; i++) {
        estimated += m->projects.rows[i].cost_fen.fen;
    }
    add(m, REPORT_MONEY, REPORT_MONEY_BUDGET, m->info.budget.fen, REPORT_NO_WHOLE);
    add(m, REPORT_MONEY, REPORT_MONEY_ESTIMATED, estimated, REPORT_NO_WHOLE);
    add(m, REPORT_MONEY, REPORT_MONEY_GRANTED, -balance(m, 0, LEDGER_ORIGIN, LEDGER_ORIGIN),
        REPORT_NO_WHOLE);
    add(m, REPORT_MONEY, REPORT_MONEY_COMMITTED, balance(m, 0, LEDGER_CONTRACTED, LEDGER_RETAINED),
        REPORT_NO_WHOLE);
    add(m, REPORT_MONEY, REPORT_MONEY_PAID, balance(m, 0, LEDGER_PAID, LEDGER_PAID),
        REPORT_NO_WHOLE);
    add(m, REPORT_MONEY, REPORT_MONEY_RETURNED, balance(m, 0, LEDGER_RETURNED, LEDGER_RETURNED),
        REPORT_NO_WHOLE);
    for (int64_t source = 1; source <= LEDGER_SOURCES; source++) {
        int64_t granted = -balance(m, source, LEDGER_ORIGIN, LEDGER_ORIGIN);
        if (granted > 0) {
            add(m, REPORT_SOURCES, source, balance(m, source, LEDGER_PAID, LEDGER_PAID), granted);
        }
    }
}

/* A project that was stopped is there with what was spent on it. */
static void add_projects(Making *m)
{
    for (size_t k = 0; k < m->rules->n_kinds; k++) {
        int64_t committed = 0;
        int64_t estimated = 0;
        for (size_t i = 0; i < m->projects.count; i++) {
            bool is_of = m->projects.rows[i].kind == (int64_t)k + 1;
            committed += is_of ? m->projects.rows[i].committed_fen.fen : 0;
            estimated += is_of ? m->projects.rows[i].cost_fen.fen : 0;
        }
        if (estimated > 0) {
            const KindRule *kind = &m->rules->kinds[k];
            add_named(m, REPORT_KINDS, kind->name, kind->name_en, committed, estimated);
        }
    }
    for (size_t i = 0; i < m->projects.count; i++) {
        const ReportProjectsRow *row = &m->projects.rows[i];
        add_named(m, REPORT_PROJECTS, row->title, STR(""), row->committed_fen.fen,
                  row->cost_fen.fen);
    }
}

/* --- time ------------------------------------------------------------------------------------- */

/* Both days counted. */
static int64_t days_between(Instant from, Instant to)
{
    return instant_date(to).days - instant_date(from).days + 1;
}

static int64_t planned_days(const Making *m, const StageInfo *stage)
{
    for (size_t i = 0; i < m->rules->n_stages; i++) {
        if ((int)i + 1 == stage->no && m->rules->stages[i].span.days > 0) {
            return m->rules->stages[i].span.days;
        }
    }
    return days_between(stage->opens_at, stage->closes_at);
}

static void add_days(Making *m)
{
    for (size_t i = 0; i < m->n_stages; i++) {
        const StageInfo *stage = &m->stages[i];
        if (stage->state == STAGE_DONE && stage->opened_at.ms > 0) {
            add_named(m, REPORT_DAYS, stage->name, stage->name_en,
                      days_between(stage->opened_at, stage->closed_at), planned_days(m, stage));
        }
    }
}

static Instant reply_stage_ends(const Making *m)
{
    for (size_t i = 0; i < m->n_stages; i++) {
        if (m->stages[i].kind == STAGE_KIND_REPLY) {
            return m->stages[i].closes_at;
        }
    }
    return (Instant){0};
}

static bool is_in_time(Instant done, Instant due)
{
    return done.ms > 0 && (due.ms == 0 || done.ms <= due.ms);
}

static Error *add_answers(Making *m)
{
    ReportAnswersRows rows;
    ReportObjectionsRows objections;
    int64_t n[REPORT_ANSWER_OBJECTIONS + 1] = {0};
    int64_t in_time[REPORT_ANSWER_OBJECTIONS + 1] = {0};
    Instant ends = reply_stage_ends(m);
    Error *err = sql_report_answers(m->snapshot, m->area, m->round, &rows);
    if (!err) {
        err = sql_report_objections(m->snapshot, m->area, m->round, &objections);
    }
    for (size_t i = 0; !err && i < rows.count; i++) {
        const ReportAnswersRow *row = &rows.rows[i];
        ReportAnswer which =
            row->kind == REPLY_REFUSED ? REPORT_ANSWER_REFUSED : REPORT_ANSWER_OTHERS;
        Instant due = reply_due_at(&m->holidays, (ReplyKind)row->kind, row->decided_at,
                                   m->rules->refusal_reply_working_days, ends);
        n[which]++;
        in_time[which] += is_in_time(row->delivered_at, due);
    }
    for (size_t i = 0; !err && i < objections.count; i++) {
        const ReportObjectionsRow *row = &objections.rows[i];
        Instant due = working_period_end(&m->holidays, row->objected_at,
                                         m->rules->objection_answer_working_days);
        n[REPORT_ANSWER_OBJECTIONS]++;
        in_time[REPORT_ANSWER_OBJECTIONS] += is_in_time(row->answered_at, due);
    }
    for (int64_t which = REPORT_ANSWER_REFUSED; !err && which <= REPORT_ANSWER_OBJECTIONS;
         which++) {
        add(m, REPORT_ANSWERS, which, in_time[which], n[which]);
    }
    return err;
}

/* --- stars ------------------------------------------------------------------------------------ */

static void count_tallies(const RatingTalliesRows *tallies, int64_t project, RatingCounts *out)
{
    for (size_t i = 0; i < tallies->count; i++) {
        const RatingTalliesRow *row = &tallies->rows[i];
        if (row->proposal_id == project) {
            rating_count(out, row->question, row->mark, row->n);
        }
    }
}

static Error *add_stars(Making *m)
{
    RatingProjectsRows rows;
    RatingTalliesRows tallies;
    RatingFormula formula = rating_formula(m->rules);
    Error *err = sql_rating_projects(m->snapshot, m->area, m->round, 0, MOST_PROJECTS, &rows);
    if (!err) {
        err = sql_rating_tallies(m->snapshot, m->area, m->round, &tallies);
    }
    for (size_t i = 0; !err && i < rows.count; i++) {
        const RatingProjectsRow *row = &rows.rows[i];
        const int own[RATING_QUESTIONS] = {(int)row->mark1, (int)row->mark2, (int)row->mark3,
                                           (int)row->mark4, (int)row->mark5};
        RatingCounts counts = {0};
        count_tallies(&tallies, row->proposal_id, &counts);
        RatingOutcome outcome = rating_outcome(&formula, &counts, own);
        bool is_few = outcome.raters > 0 && outcome.raters < RATING_SMALLEST_GROUP;
        add_named(m, REPORT_STARS, row->title, STR(""), outcome.stars,
                  is_few ? REPORT_FEW : outcome.raters);
    }
    return err;
}

Error *ratings_report_figures(Snapshot *snapshot, int64_t area, int64_t round, ReportFigures *out)
{
    Making making = {.snapshot = snapshot, .area = area, .round = round, .out = out};
    Error *err = load(&making);
    if (!err) {
        err = add_participation(&making);
    }
    if (err) {
        return err;
    }
    add_money(&making);
    add_projects(&making);
    add_days(&making);
    err = add_answers(&making);
    return err ? err : add_stars(&making);
}
