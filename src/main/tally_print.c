#include "main/tally_print.h"

#include <stdio.h>

#include "base/utf8.h"
#include "main/commands.h"
#include "main/tally_print_parts.h"

static json_t *json_text(Str s)
{
    return json_stringn(s.data, s.len);
}

static json_t *json_selected(const TallyElection *election, const TallyResult *result)
{
    json_t *ids = json_array();
    for (uint32_t i = 0; i < result->n_selected; i++) {
        json_array_append_new(ids, json_text(election->projects[result->selected[i]].name));
    }
    return ids;
}

/* An id as a terminal may show it: no control characters, which could move the cursor. */
Str tally_print_id(Arena *arena, const TallyElection *election, uint32_t project)
{
    Str id = election->projects[project].name;
    char *shown = arena_cstr(arena, id);
    for (size_t i = 0; i < id.len; i++) {
        bool is_control = (unsigned char)shown[i] < 0x20 || shown[i] == 0x7F;
        shown[i] = is_control ? '?' : shown[i];
    }
    return str_from_bytes(shown, id.len);
}

bool tally_print_is_shares(TallyRule rule)
{
    return rule == TALLY_RULE_EQUAL_SHARES || rule == TALLY_RULE_BOUNDED_OVERSPENDING;
}

static int print_json(Arena *arena, const TallyCounted *count)
{
    const TallyElection *election = count->election;
    int decimals = election->amount_decimals;
    /* A file name is bytes; JSON is text. */
    Str path = str_from(count->path);
    path = utf8_is_valid(path) ? path : STR("?");
    json_t *line = json_object();
    json_object_set_new(line, "file", json_text(path));
    json_object_set_new(line, "rule", json_text(tally_rule_word(count->options->rule)));
    json_object_set_new(line, "selected", json_selected(election, count->result));
    json_object_set_new(line, "total_cost",
                        json_text(tally_decimal_text(arena, count->result->total_cost, decimals)));
    json_object_set_new(line, "budget",
                        json_text(tally_decimal_text(arena, election->budget, decimals)));
    json_object_set_new(line, "welfare", json_text(count->result->welfare));
    json_object_set_new(line, "voters", json_integer(count->result->voters));
    if (tally_print_is_shares(count->options->rule)) {
        json_object_set_new(line, "bought_with_shares", json_integer(count->result->n_shares));
        json_object_set_new(line, "endowment", json_text(count->result->endowment));
        json_object_set_new(line, "steps", json_text(count->result->steps));
    }
    if (count->explains) {
        tally_explain_json(arena, count, line);
    }
    json_object_set_new(line, "seconds", json_real(count->seconds));
    int failed = json_dumpf(line, stdout, JSON_COMPACT | JSON_REAL_PRECISION(6));
    json_decref(line);
    putchar('\n');
    return failed == 0 ? 0 : EXIT_BAD_INPUT;
}

const char *tally_print_reason(TallyReason reason)
{
    switch (reason) {
    case TALLY_SELECTED:
        return "selected";
    case TALLY_MISFIT:
        return "too dear";
    case TALLY_STOPPED:
        return "after stop";
    case TALLY_UNAFFORDABLE:
        return "not paid";
    case TALLY_NOT_BEST:
        return "not best";
    case TALLY_QUOTA:
        return "quota";
    case TALLY_PRICE:
        return "price";
    case TALLY_FEW_VOTES:
        return "few votes";
    case TALLY_WITHDRAWN:
        return "withdrawn";
    case TALLY_NO_SUPPORT:
        break;
    }
    return "no support";
}

static Str number_or_dash(Arena *arena, bool shown, int64_t value, int decimals)
{
    return shown && value != TALLY_NO_NUMBER ? tally_decimal_text(arena, value, decimals)
                                             : STR("-");
}

/* What a rule can say of a project, as texts; "-" where it says nothing. */
typedef struct Cells {
    Str place;
    Str votes;
    Str cost;
    Str left;
    Str first;  /* greedy: too dear by; shares: price; Phragmen: load */
    Str second; /* greedy: support lacked; shares: who paid, or what supporters had left */
} Cells;

static Str text_or_dash(Str text)
{
    return text.len > 0 ? text : STR("-");
}

static Cells cells_of(Arena *arena, const TallyCounted *count, uint32_t project)
{
    const TallyExplanation *why = &count->result->projects[project];
    int decimals = count->election->amount_decimals;
    bool lost = why->reason != TALLY_SELECTED;
    bool paid = why->price.len > 0;
    Cells cells = {.place = number_or_dash(arena, why->place > 0, why->place, 0),
                   .votes = tally_decimal_text(arena, why->votes, 0),
                   .cost =
                       tally_decimal_text(arena, count->election->projects[project].cost, decimals),
                   .left = tally_decimal_text(arena, why->left_before, decimals)};
    if (count->options->rule == TALLY_RULE_GREEDY) {
        cells.first = number_or_dash(arena, lost, why->lacked, decimals);
        cells.second = number_or_dash(arena, lost, why->more_support, 0);
    } else {
        cells.first = text_or_dash(tally_print_amount(arena, count, why->price));
        cells.second = paid ? tally_decimal_text(arena, why->payers, 0)
                            : text_or_dash(tally_print_amount(arena, count, why->supporters_left));
    }
    return cells;
}

typedef struct Heads {
    const char *first;
    const char *second;
} Heads;

static Heads heads_of(TallyRule rule)
{
    switch (rule) {
    case TALLY_RULE_GREEDY:
        return (Heads){"too dear by", "support +"};
    case TALLY_RULE_EQUAL_SHARES:
    case TALLY_RULE_BOUNDED_OVERSPENDING:
        return (Heads){"each paid", "payers/left"};
    case TALLY_RULE_PHRAGMEN:
        return (Heads){"load", "supporters"};
    case TALLY_RULE_MAX_SATISFACTION:
        break;
    }
    return (Heads){"-", "-"};
}

typedef void PrintProject(Arena *arena, const TallyCounted *count, uint32_t project);

/* Those that had a turn, in that order, then the others. */
static void print_projects(Arena *arena, const TallyCounted *count, PrintProject *print)
{
    for (uint32_t i = 0; i < count->result->n_ordered; i++) {
        print(arena, count, count->result->order[i]);
    }
    for (uint32_t p = 0; p < count->election->n_projects; p++) {
        if (count->result->projects[p].place == 0) {
            print(arena, count, p);
        }
    }
}

static void print_line(Arena *arena, const TallyCounted *count, uint32_t project)
{
    Cells cells = cells_of(arena, count, project);
    Str id = tally_print_id(arena, count->election, project);
    printf("%5.*s  %-10s %10.*s %16.*s %16.*s %16.*s %16.*s  %.*s\n", STR_ARG(cells.place),
           tally_print_reason(count->result->projects[project].reason), STR_ARG(cells.votes),
           STR_ARG(cells.cost), STR_ARG(cells.left), STR_ARG(cells.first), STR_ARG(cells.second),
           STR_ARG(id));
}

static int print_text(Arena *arena, const TallyCounted *count)
{
    const TallyElection *election = count->election;
    const TallyResult *result = count->result;
    int decimals = election->amount_decimals;
    Heads heads = heads_of(count->options->rule);
    printf("%s: %u of %u projects, %lld voters, %.6f s\n", count->path, result->n_selected,
           election->n_projects, (long long)result->voters, count->seconds);
    printf("budget %.*s, selected for %.*s, left %.*s, welfare %.*s\n",
           STR_ARG(tally_decimal_text(arena, election->budget, decimals)),
           STR_ARG(tally_decimal_text(arena, result->total_cost, decimals)),
           STR_ARG(tally_decimal_text(arena, result->left, decimals)), STR_ARG(result->welfare));
    if (tally_print_is_shares(count->options->rule)) {
        printf("each voter was given %.*s, after %.*s steps; %u bought with the voters' money\n",
               STR_ARG(result->endowment), STR_ARG(result->steps), result->n_shares);
    }
    printf("\n%5s  %-10s %10s %16s %16s %16s %16s  %s\n", "turn", "outcome", "votes", "cost",
           "left before", heads.first, heads.second, "project");
    print_projects(arena, count, print_line);
    if (count->explains) {
        tally_explain_print(arena, count);
    }
    return 0;
}

/* RFC 4180: in quotes where it must be. */
static void print_csv_cell(Str cell, const char *after)
{
    bool plain = true;
    for (size_t i = 0; i < cell.len; i++) {
        char c = cell.data[i];
        plain = plain && c != ',' && c != '"' && c != '\n' && c != '\r';
    }
    fputs(plain ? "" : "\"", stdout);
    for (size_t i = 0; i < cell.len; i++) {
        fputs(cell.data[i] == '"' ? "\"" : "", stdout);
        putchar(cell.data[i]);
    }
    printf("%s%s", plain ? "" : "\"", after);
}

static void print_row(Arena *arena, const TallyCounted *count, uint32_t project)
{
    const TallyExplanation *why = &count->result->projects[project];
    int decimals = count->election->amount_decimals;
    bool lost = why->reason != TALLY_SELECTED;
    Cells cells = cells_of(arena, count, project);
    print_csv_cell(str_from(count->path), ",");
    print_csv_cell(cells.place, ",");
    print_csv_cell(count->election->projects[project].name, ",");
    print_csv_cell(str_from(tally_print_reason(why->reason)), ",");
    print_csv_cell(cells.votes, ",");
    print_csv_cell(cells.cost, ",");
    print_csv_cell(cells.left, ",");
    print_csv_cell(number_or_dash(arena, lost, why->lacked, decimals), ",");
    print_csv_cell(number_or_dash(arena, lost, why->more_support, 0), ",");
    print_csv_cell(text_or_dash(why->price), ",");
    print_csv_cell(number_or_dash(arena, why->price.len > 0, why->payers, 0), ",");
    print_csv_cell(text_or_dash(why->supporters_left), "\r\n");
}

static int print_csv(Arena *arena, const TallyCounted *count)
{
    print_projects(arena, count, print_row);
    return 0;
}

int tally_print(Arena *arena, TallyFormat format, const TallyCounted *count)
{
    switch (format) {
    case TALLY_FORMAT_JSON:
        return print_json(arena, count);
    case TALLY_FORMAT_CSV:
        return print_csv(arena, count);
    case TALLY_FORMAT_TEXT:
        break;
    }
    return print_text(arena, count);
}

void tally_print_head(TallyFormat format)
{
    if (format == TALLY_FORMAT_CSV) {
        printf("file,turn,project,outcome,votes,cost,left_before,too_dear_by,support_lacked,price,"
               "payers,supporters_left\r\n");
    }
}
