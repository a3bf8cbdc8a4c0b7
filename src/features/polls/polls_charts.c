#include "features/polls/polls_charts.h"

#include "features/polls/polls_words.h"
#include "polls_text.h"

#define KINDS     4
#define MOST_ROWS 8

static int64_t permille(int64_t part, int64_t whole)
{
    return whole > 0 ? (int64_t)((__int128)part * 1000 / whole) : 0;
}

void poll_fill_kinds(Page *page, const ResultOptionsRows *rows, ResultView *view)
{
    Money spent[KINDS + 1] = {{0}};
    Money total = {0};
    size_t used = 0;
    for (size_t i = 0; i < rows->count && rows->rows[i].is_selected; i++) {
        int64_t kind = rows->rows[i].kind;
        spent[kind >= 1 && kind <= KINDS ? kind : KINDS].fen += rows->rows[i].cost_fen.fen;
        total.fen += rows->rows[i].cost_fen.fen;
    }
    BarPart *parts = arena_array(page->arena, BarPart, KINDS);
    for (int64_t kind = 1; kind <= KINDS; kind++) {
        if (spent[kind].fen > 0) {
            Text name = poll_kind_text(kind);
            Str label = text_str(page->arena, page->lang, t_poll_kind_money(&name, spent[kind]));
            parts[used++] = (BarPart){(int)permille(spent[kind].fen, total.fen), label};
        }
    }
    view->has_kinds = used > 1;
    view->kinds = (Bar){.parts = parts,
                        .count = used,
                        .says = text_str(page->arena, page->lang, text_of(TEXT_poll_kinds_title))};
}

/* Row `first` is the last one shown and holds all from there on. */
static size_t join_top(const PollWinsRows *wins)
{
    size_t first = wins->count - 1;
    int64_t voters = wins->rows[first].voters;
    while (first > 0 && (voters < POLL_SMALLEST_GROUP || first >= MOST_ROWS)) {
        first--;
        voters += wins->rows[first].voters;
    }
    return first;
}

static Text row_label(size_t wins, bool is_joined)
{
    if (wins == 0) {
        return text_of(TEXT_poll_wins_none);
    }
    return is_joined ? t_poll_wins_from((int64_t)wins) : t_poll_wins_n((int64_t)wins);
}

void poll_fill_wins(Page *page, const PollWinsRows *wins, ResultView *view)
{
    int64_t voters = 0;
    int64_t largest = 1;
    for (size_t i = 0; i < wins->count; i++) {
        voters += wins->rows[i].voters;
    }
    if (voters < POLL_SMALLEST_GROUP) {
        return;
    }
    size_t last = join_top(wins);
    WinsRow *rows = arena_array(page->arena, WinsRow, last + 1);
    int64_t *sums = arena_array(page->arena, int64_t, last + 1);
    for (size_t i = 0; i < wins->count; i++) {
        int64_t *sum = &sums[i < last ? i : last];
        *sum += wins->rows[i].voters;
        largest = *sum > largest ? *sum : largest;
    }
    for (size_t i = 0; i <= last; i++) {
        bool is_few = sums[i] > 0 && sums[i] < POLL_SMALLEST_GROUP;
        int64_t drawn = permille(is_few ? POLL_SMALLEST_GROUP : sums[i], largest);
        drawn = drawn > 1000 ? 1000 : drawn;
        rows[i] = (WinsRow){
            .label = row_label(i, i == last && last + 1 < wins->count),
            .people = poll_people(sums[i]),
            .width = arena_printf(page->arena, "%d.%d%%", (int)(drawn / 10), (int)(drawn % 10))};
    }
    int64_t none = wins->rows[0].voters;
    Text *nobody = arena_new(page->arena, Text);
    *nobody = poll_people(none);
    view->wins = rows;
    view->n_wins = last + 1;
    if (none == 0) {
        view->wins_words = t_poll_wins_all(voters);
    } else if (none < POLL_SMALLEST_GROUP) {
        view->wins_words = t_poll_wins_few(voters, POLL_SMALLEST_GROUP);
    } else {
        view->wins_words = t_poll_wins_words(voters, voters - none, none);
    }
}
