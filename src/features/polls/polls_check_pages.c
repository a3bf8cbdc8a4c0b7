/* polls_check_pages.c: the page 核对: rounds, checks, other rules, a receipt looked up. */
#include <sodium.h>

#include "base/utf8.h"
#include "features/polls/polls_amount_rules.h"
#include "features/polls/polls_pages.h"
#include "features/polls/polls_stored.h"
#include "features/polls/polls_words.h"
#include "platform/html/frame_load.h"
#include "poll_check_html.h"
#include "polls_text.h"

/* Rounds shown before the rest is folded. */
#define ROUNDS_SHOWN 12
/* Titles named of what another rule changes. */
#define TITLES_SHOWN 6

/* What the tables of a count hold about it. */
typedef struct Counted {
    PollGetRow poll;
    ResultGetRow result;
    PollRule rule;
    ResultOptionsRows options;
    PollChecksRows checks;
    PollOthersRows others;
    Str *titles; /* by option number */
} Counted;

static Error *load_counted(Page *page, Snapshot *s, Counted *out)
{
    Error *err = poll_require_result(page, s, &out->poll, &out->result);
    if (!err) {
        out->rule = poll_rule_of(&out->poll);
        err = sql_result_options(s, page->area, out->poll.id, &out->options);
    }
    if (!err) {
        err = sql_poll_checks(s, page->area, out->poll.id, &out->checks);
    }
    if (!err) {
        err = sql_poll_others(s, page->area, out->poll.id, &out->others);
    }
    if (err) {
        return err;
    }
    out->titles = arena_array(page->arena, Str, out->options.count + 1);
    for (size_t i = 0; i < out->options.count; i++) {
        const ResultOptionsRow *r = &out->options.rows[i];
        if (r->no >= 1 && r->no <= (int64_t)out->options.count) {
            out->titles[r->no] = r->title;
        }
    }
    return NULL;
}

/* ---- rounds -------------------------------------------------------------------------------- */

static Str price_words(Page *page, const ResultOptionsRow *r)
{
    PollAmount price;
    if (r->funding != POLL_FUNDED_VOTERS || !poll_amount_read(page->arena, r->price, &price)) {
        return STR("");
    }
    bool is_even = poll_is_even(page->arena, r->price, r->payers, r->cost_fen);
    Text words = is_even ? t_poll_amount(price.nearest) : t_poll_amount_at_most(price.nearest);
    return text_str(page->arena, page->lang, words);
}

static void fill_rounds(Page *page, const Counted *c, CheckView *view)
{
    size_t n = 0;
    while (n < c->options.count && c->options.rows[n].is_selected) {
        n++;
    }
    RoundRow *rows = arena_array(page->arena, RoundRow, n + 1);
    bool has_shares = false;
    for (size_t i = 0; i < n; i++) {
        const ResultOptionsRow *r = &c->options.rows[i];
        rows[i] = (RoundRow){.no = (int64_t)i + 1,
                             .title = r->title,
                             .votes = r->votes,
                             .cost = r->cost_fen,
                             .price = price_words(page, r),
                             .payers = r->payers,
                             .left = {r->left_before_fen.fen - r->cost_fen.fen}};
        has_shares = has_shares || rows[i].price.len > 0;
    }
    size_t shown = n > ROUNDS_SHOWN + 3 ? ROUNDS_SHOWN : n;
    view->rounds = (RoundRows){rows, shown, has_shares};
    view->more_rounds = (RoundRows){rows + shown, n - shown, has_shares};
}

/* ---- checks -------------------------------------------------------------------------------- */

static Text check_name(int64_t check)
{
    switch (check) {
    case TALLY_CHECK_BUDGET:
        return text_of(TEXT_poll_check_name_budget);
    case TALLY_CHECK_EXHAUSTIVE:
        return text_of(TEXT_poll_check_name_exhaustive);
    case TALLY_CHECK_PRICES:
        return text_of(TEXT_poll_check_name_prices);
    case TALLY_CHECK_JR:
        return text_of(TEXT_poll_check_name_jr);
    case TALLY_CHECK_EJR_PLUS:
    default:
        return text_of(TEXT_poll_check_name_ejr);
    }
}

static Str title_of(const Counted *c, int64_t option)
{
    return option >= 1 && option <= (int64_t)c->options.count ? c->titles[option] : STR("");
}

static void fill_checks(Page *page, const Counted *c, CheckView *view)
{
    CheckRow *rows = arena_array(page->arena, CheckRow, c->checks.count + 1);
    for (size_t i = 0; i < c->checks.count; i++) {
        const PollChecksRow *check = &c->checks.rows[i];
        if (check->verdict == TALLY_NOT_ASKED) {
            continue;
        }
        CheckRow *row = &rows[view->n_checks++];
        row->holds = check->verdict == TALLY_HOLDS;
        row->name = check_name(check->no);
        row->words = poll_check_words(page->arena, &c->rule, check, title_of(c, check->option_no),
                                      c->result.endowment, &row->people);
        bool is_fairness = check->no == TALLY_CHECK_JR || check->no == TALLY_CHECK_EJR_PLUS;
        view->may_be_unfair = view->may_be_unfair || (is_fairness && !row->holds);
    }
    view->checks = rows;
}

/* ---- other rules --------------------------------------------------------------------------- */

/* Titles of the numbers in "3,7,12", at most TITLES_SHOWN, then how many more. */
static Str name_options(Page *page, const Counted *c, Str numbers)
{
    Str rest = numbers;
    Str part;
    size_t count = 0;
    Buf words;
    buf_init(&words, TITLES_SHOWN * 1024);
    while (rest.len > 0) {
        int64_t number;
        str_cut(rest, ',', &part, &rest);
        if (count < TITLES_SHOWN && str_to_int64(part, &number)) {
            buf_cstr(&words, count == 0 ? "" : page->lang == LANG_ZH ? "、" : "; ");
            buf_str(&words, title_of(c, number));
        }
        count++;
    }
    if (count > TITLES_SHOWN) {
        buf_str(&words, text_str(page->arena, page->lang,
                                 t_poll_and_more((int64_t)(count - TITLES_SHOWN))));
    }
    Str out = arena_str(page->arena, buf_view(&words));
    buf_free(&words);
    return out;
}

static void fill_others(Page *page, const Counted *c, CheckView *view)
{
    OtherRow *rows = arena_array(page->arena, OtherRow, c->others.count + 1);
    for (size_t i = 0; i < c->others.count; i++) {
        const PollOthersRow *o = &c->others.rows[i];
        PollRule rule = {.rule = o->rule, .utility = o->utility, .completion = o->completion};
        OtherRow *row = &rows[i];
        *row = (OtherRow){.name = poll_rule_name(&rule),
                          .outcome = t_poll_other_outcome(o->selected, o->total_cost_fen),
                          .is_same = o->added.len == 0 && o->removed.len == 0,
                          .added = name_options(page, c, o->added),
                          .removed = name_options(page, c, o->removed),
                          .more = poll_people(o->voters_more),
                          .fewer = poll_people(o->voters_fewer),
                          .page = poll_rule_page(page->arena, &rule)};
        row->gain = t_poll_other_gain(&row->more, &row->fewer);
    }
    view->others = rows;
    view->n_others = c->others.count;
}

/* ---- the page ------------------------------------------------------------------------------ */

static Str command_of(Arena *arena, const PollRule *rule)
{
    TallyWord words[POLL_RULE_WORDS];
    size_t n = poll_rule_words(arena, rule, words);
    Str command = STR("yuanzhuo tally election.pb");
    for (size_t i = 0; i < n; i++) {
        command = arena_printf(arena, "%.*s --%.*s %.*s", STR_ARG(command), STR_ARG(words[i].name),
                               STR_ARG(words[i].value));
    }
    return command;
}

static Str hexadecimal(Arena *arena, Str bytes)
{
    char *text = arena_array(arena, char, bytes.len * 2 + 1);
    sodium_bin2hex(text, bytes.len * 2 + 1, (const unsigned char *)bytes.data, bytes.len);
    return (Str){text, bytes.len * 2};
}

/* A receipt as people type it: any case, wide letters, spaces; I, L and O for 1, 1 and 0. */
static Str tidy_receipt(Arena *arena, Str typed)
{
    Str narrow = str_trim(utf8_narrow(arena, typed));
    char *text = arena_cstr(arena, str_slice(narrow, 0, 40));
    size_t len = 0;
    for (const char *c = text; *c; c++) {
        char upper = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : *c;
        if (upper != ' ') {
            text[len++] = (char)(upper == 'O' ? '0' : upper == 'I' || upper == 'L' ? '1' : upper);
        }
    }
    return (Str){text, len};
}

static Error *find_receipt(Page *page, Snapshot *s, int64_t poll, CheckView *view)
{
    BallotByReceiptRow ballot;
    OptionView *options;
    size_t n_options;
    view->receipt = tidy_receipt(page->arena, page_query(page, "receipt"));
    if (view->receipt.len == 0) {
        return NULL;
    }
    Error *err =
        sql_ballot_by_receipt(s, page->area, poll, view->receipt, &ballot, &view->is_found);
    if (err || !view->is_found) {
        return err;
    }
    err = poll_load_options(page, s, poll, &options, &n_options);
    uint32_t *numbers = NULL;
    if (!err && poll_ballot_read(page->arena, ballot.choices, (int64_t)n_options, &numbers,
                                 &view->n_chosen)) {
        OptionView *chosen = arena_array(page->arena, OptionView, view->n_chosen);
        for (size_t i = 0; i < view->n_chosen; i++) {
            chosen[i] = options[numbers[i] - 1];
        }
        view->chosen = chosen;
    }
    return err;
}

static void fill_counted(Page *page, const Counted *c, CheckView *view)
{
    int64_t poll = c->poll.id;
    view->title = c->poll.title;
    view->command = command_of(page->arena, &c->rule);
    view->voters = c->result.voters;
    view->budget = c->result.budget_fen;
    view->sha256 = hexadecimal(page->arena, c->result.ballots_sha256);
    view->ballots_csv = page_path(page, "/a/{area}/polls/{id}/ballots.csv", poll);
    view->pabulib = page_path(page, "/a/{area}/polls/{id}/election.pb", poll);
    view->bundle = page_path(page, "/a/{area}/polls/{id}/bundle.zip", poll);
    view->result = page_path(page, "/a/{area}/polls/{id}/result", poll);
    view->here = page_path(page, "/a/{area}/polls/{id}/check", poll);
    poll_rule_say(&c->rule, &view->rule);
    view->rule.page = poll_rule_page(page->arena, &c->rule);
    fill_rounds(page, c, view);
    fill_checks(page, c, view);
    fill_others(page, c, view);
}

Error *page_poll_check(Page *page, Snapshot *s)
{
    Counted *counted = arena_new(page->arena, Counted);
    CheckView *view = arena_new(page->arena, CheckView);
    Frame *frame = page_frame(page, text_of(TEXT_poll_check_title), FRAME_TAB_VOTE);
    Error *err = load_counted(page, s, counted);
    if (err) {
        return err;
    }
    frame->back = page_path(page, "/a/{area}/polls/{id}/result", counted->poll.id);
    view->frame = frame;
    fill_counted(page, counted, view);
    err = find_receipt(page, s, counted->poll.id, view);
    if (!err) {
        Out out = page_out(page);
        poll_check_page(&out, view);
    }
    return err;
}
