#include "features/polls/poll_rule_picture.h"
#include "poll_rules_text.h"

#define VOTERS     6
#define PROJECTS   3
#define WIDTH      340
#define ROW        108
#define STEP       40 /* from voter to voter */
#define RADIUS     15
#define FIRST_X    18
#define RIGHT_X    336
#define MAX_BYTES  (64u * 1024)
#define INK        "#1e2723"
#define INK_SOFT   "#47534d"
#define BRAND      "#1d5f4c"
#define NOT_CHOSEN "#77827b"

/* Six neighbours, 12,000 yuan. Four want the lamp and the handrail, two the slide. */
static const TallyProject projects[PROJECTS] = {
    {STR_INIT("1"), 6000}, {STR_INIT("2"), 5000}, {STR_INIT("3"), 4000}};
static const uint32_t starts[VOTERS + 1] = {0, 2, 4, 6, 8, 9, 10};
static const uint32_t choices[] = {0, 1, 0, 1, 0, 1, 0, 1, 2, 2};
static const TallyElection street = {.projects = projects,
                                     .n_projects = PROJECTS,
                                     .budget = 12000,
                                     .kind = TALLY_BALLOTS_APPROVAL,
                                     .n_ballots = VOTERS,
                                     .start = starts,
                                     .choices = choices};

typedef struct Picture {
    Buf *buf;
    Arena *arena;
    Lang lang;
    const TallyResult *result;
    TallyAccount accounts[VOTERS];
} Picture;

static void words(const Picture *p, int x, int y, const char *look, Text text)
{
    Out out = {.buf = p->buf, .arena = p->arena, .lang = p->lang};
    buf_printf(p->buf, "<text x=\"%d\" y=\"%d\" %s>", x, y, look);
    out_text_str(&out, text_str(p->arena, p->lang, text));
    buf_cstr(p->buf, "</text>");
}

#define LOOK_NAME  "class=\"p-ink\" fill=\"" INK "\" font-size=\"17\" font-weight=\"700\""
#define LOOK_RIGHT "class=\"p-ink\" fill=\"" INK "\" font-size=\"16\" text-anchor=\"end\""
#define LOOK_SOFT  "class=\"p-soft\" fill=\"" INK_SOFT "\" font-size=\"14\" text-anchor=\"end\""

static bool supports(uint32_t voter, uint32_t project)
{
    for (uint32_t i = starts[voter]; i < starts[voter + 1]; i++) {
        if (choices[i] == project) {
            return true;
        }
    }
    return false;
}

/* What the voter paid for the project, or empty. */
static Str paid(const Picture *p, uint32_t voter, uint32_t project)
{
    const TallyAccount *account = &p->accounts[voter];
    for (uint32_t i = 0; i < account->n_payments; i++) {
        if (p->result->rounds[account->payments[i].round].project == project) {
            return account->payments[i].paid;
        }
    }
    return STR("");
}

static void draw_voter(const Picture *p, uint32_t voter, uint32_t project, int y)
{
    int x = FIRST_X + STEP * (int)voter;
    bool chose = supports(voter, project);
    if (chose) {
        buf_printf(p->buf,
                   "<circle class=\"p-on\" cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"" BRAND "\"/>", x, y,
                   RADIUS);
    } else {
        buf_printf(p->buf,
                   "<circle class=\"p-off\" cx=\"%d\" cy=\"%d\" r=\"%d\" fill=\"none\" "
                   "stroke=\"" NOT_CHOSEN "\" stroke-width=\"1.5\"/>",
                   x, y, RADIUS - 1);
    }
    buf_printf(p->buf,
               "<text class=\"%s\" x=\"%d\" y=\"%d\" fill=\"%s\" font-size=\"14\" "
               "text-anchor=\"middle\">%u</text>",
               chose ? "p-on-ink" : "p-soft", x, y + 5, chose ? "#fff" : INK_SOFT, voter + 1);
    Str amount = paid(p, voter, project);
    buf_printf(p->buf,
               "<text class=\"p-soft\" x=\"%d\" y=\"%d\" fill=\"" INK_SOFT
               "\" font-size=\"13\" text-anchor=\"middle\">%.*s</text>",
               x, y + 33, STR_ARG(amount));
}

static Text project_name(uint32_t project)
{
    static const int names[PROJECTS] = {TEXT_rule_lamp, TEXT_rule_handrail, TEXT_rule_slide};
    return text_of(names[project]);
}

static void draw_project(const Picture *p, uint32_t project, int top)
{
    const TallyExplanation *why = &p->result->projects[project];
    bool won = why->reason == TALLY_SELECTED;
    int64_t cost = projects[project].cost;
    words(p, 3, top + 22, LOOK_NAME, project_name(project));
    words(p, RIGHT_X, top + 22, LOOK_RIGHT, t_rule_costs((Money){cost * 100}));
    for (uint32_t voter = 0; voter < VOTERS; voter++) {
        draw_voter(p, voter, project, top + 50);
    }
    words(p, RIGHT_X, top + 55, LOOK_RIGHT,
          text_of(won ? TEXT_rule_selected : TEXT_rule_not_selected));
    if (won) {
        words(p, RIGHT_X, top + 76, LOOK_SOFT,
              t_rule_left((Money){(why->left_before - cost) * 100}));
    }
    if (top > 0) {
        buf_printf(p->buf,
                   "<path class=\"p-line\" d=\"M0 %dh%d\" stroke=\"#d3d8d0\" stroke-width=\"1\"/>",
                   top - 8, WIDTH);
    }
}

/* Winners in the order they were selected, then the others. */
static void draw_all(const Picture *p)
{
    int top = 0;
    for (uint32_t i = 0; i < p->result->n_selected; i++) {
        draw_project(p, p->result->selected[i], top);
        top += ROW;
    }
    for (uint32_t project = 0; project < PROJECTS; project++) {
        if (p->result->projects[project].reason != TALLY_SELECTED) {
            draw_project(p, project, top);
            top += ROW;
        }
    }
}

SafeHtml poll_rule_picture(Arena *arena, Lang lang, TallyRule rule)
{
    TallyOptions options = tally_default_options();
    TallyResult result;
    options.rule = rule;
    options.utility =
        rule == TALLY_RULE_MAX_SATISFACTION ? TALLY_UTILITY_COUNT : TALLY_UTILITY_COST;
    Error *err = tally_run(arena, &street, &options, &result);
    require(err == NULL);
    Buf buf;
    buf_init(&buf, MAX_BYTES);
    Picture picture = {.buf = &buf, .arena = arena, .lang = lang, .result = &result};
    for (uint32_t voter = 0; voter < VOTERS; voter++) {
        picture.accounts[voter] = tally_account(arena, &street, &result, voter);
    }
    Out out = {.buf = &buf, .arena = arena, .lang = lang};
    buf_printf(&buf,
               "<svg class=\"rule-picture\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" "
               "viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" aria-label=\"",
               WIDTH, PROJECTS * ROW - 18);
    out_attr_str(&out, text_str(arena, lang, text_of(TEXT_rule_picture)));
    buf_printf(&buf, "\"><rect class=\"p-ground\" width=\"%d\" height=\"%d\" fill=\"#fff\"/>",
               WIDTH, PROJECTS * ROW - 18);
    draw_all(&picture);
    buf_cstr(&buf, "</svg>");
    require(!buf.overflowed);
    Str markup = arena_str(arena, buf_view(&buf));
    buf_free(&buf);
    return (SafeHtml){markup};
}
