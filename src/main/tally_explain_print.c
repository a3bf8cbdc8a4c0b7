#include <stdio.h>

#include "main/tally_print_parts.h"

Str tally_print_amount(Arena *arena, const TallyCounted *count, Str exact)
{
    int decimals = count->election->amount_decimals > 2 ? count->election->amount_decimals : 2;
    bool is_exact = true;
    Str text = tally_rounded_text(arena, exact, decimals, &is_exact);
    return is_exact ? text : arena_printf(arena, "~%.*s", STR_ARG(text));
}

const char *tally_print_check(int name)
{
    static const char *const names[TALLY_CHECKS] = {"budget", "exhaustive", "prices", "jr", "ejr+"};
    return names[name];
}

const char *tally_print_verdict(TallyVerdict verdict)
{
    static const char *const words[] = {"holds", "fails", "not asked"};
    return words[verdict];
}

TallyEffort tally_print_effort(const TallyCounted *count)
{
    const TallyElection *election = count->election;
    int64_t unit = 1;
    tally_decimal_rescale(1, 0, election->amount_decimals, &unit);
    return tally_effort(election, count->options, election->n_projects - count->result->n_selected,
                        unit);
}

static Str money(Arena *arena, const TallyCounted *count, int64_t amount)
{
    return tally_decimal_text(arena, amount, count->election->amount_decimals);
}

static const char *plural(int64_t number)
{
    return number == 1 ? "" : "s";
}

/* ---- rounds -------------------------------------------------------------------------------- */

/* What the price of an equal share is for one of. */
static const char *unit_of(TallyUtility utility)
{
    switch (utility) {
    case TALLY_UTILITY_COST:
    case TALLY_UTILITY_COUNT:
        return "each";
    case TALLY_UTILITY_POINTS:
    case TALLY_UTILITY_POINTS_COST:
        return "for a point";
    case TALLY_UTILITY_BORDA0:
    case TALLY_UTILITY_BORDA1:
    case TALLY_UTILITY_BORDA0_COST:
    case TALLY_UTILITY_BORDA1_COST:
        break;
    }
    return "for a Borda point";
}

static void print_paid(Arena *arena, const TallyCounted *count, const TallyRound *round,
                       const TallyPayers *payers)
{
    const TallyExplanation *why = &count->result->projects[round->project];
    printf("    paid       %.*s %s", STR_ARG(tally_print_amount(arena, count, round->price)),
           unit_of(count->options->utility));
    if (payers->less > 0) {
        printf(" by %lld; %lld had less and paid all they had", (long long)payers->in_full,
               (long long)payers->less);
    }
    Str cost = money(arena, count, count->election->projects[round->project].cost);
    if (why->collected.len > 0 && !str_eq(why->collected, cost)) {
        printf("; together %.*s of the %.*s, the budget the rest",
               STR_ARG(tally_print_amount(arena, count, why->collected)), STR_ARG(cost));
    }
    putchar('\n');
}

static void print_shares(Arena *arena, const TallyCounted *count, const TallyRound *round,
                         const TallyPayers *payers, Str left)
{
    long long could = (long long)payers->in_full + (long long)payers->less;
    printf("\n    could pay  %lld of %lld supporters, who had %.*s together\n", could,
           could + (long long)payers->nothing,
           STR_ARG(tally_print_amount(arena, count, payers->had)));
    print_paid(arena, count, round, payers);
    printf("    left       %.*s to them, %.*s of the budget\n",
           STR_ARG(tally_print_amount(arena, count, payers->left)), STR_ARG(left));
}

static void print_load(Arena *arena, const TallyCounted *count, const TallyRound *round, Str left)
{
    printf("\n    could pay  %lld supporters, who share its cost so that all carry as much\n",
           (long long)round->payers);
    printf("    paid       the load of each rises to %.*s\n",
           STR_ARG(tally_print_amount(arena, count, round->price)));
    printf("    left       %.*s of the budget\n", STR_ARG(left));
}

static void print_budget(const TallyCounted *count, const TallyRound *round, Str left)
{
    const TallyExplanation *why = &count->result->projects[round->project];
    printf("; %.*s left%s\n", STR_ARG(left),
           why->by_completion ? ", by the greedy completion" : "");
}

static void print_round(Arena *arena, const TallyCounted *count, uint32_t r,
                        const TallyPayers *payers)
{
    const TallyRound *round = &count->result->rounds[r];
    const TallyExplanation *why = &count->result->projects[round->project];
    int64_t cost = count->election->projects[round->project].cost;
    Str left = money(arena, count, cost < round->left_before ? round->left_before - cost : 0);
    printf("round %u: %.*s, cost %.*s, %lld vote%s", r + 1,
           STR_ARG(tally_print_id(arena, count->election, round->project)),
           STR_ARG(money(arena, count, cost)), (long long)why->votes, plural(why->votes));
    switch (round->funding) {
    case TALLY_FUNDED_FREE:
        printf("; nobody pays, %.*s left\n", STR_ARG(left));
        break;
    case TALLY_FUNDED_DECIDED:
        printf("; decided beforehand, %.*s left\n", STR_ARG(left));
        break;
    case TALLY_FUNDED_FLOOR:
        printf("; for the floor of %.*s, %.*s left\n",
               STR_ARG(count->options->limits.constraints[why->constraint].name), STR_ARG(left));
        break;
    case TALLY_FUNDED_BUDGET:
        print_budget(count, round, left);
        break;
    case TALLY_FUNDED_VOTERS:
        if (tally_print_is_shares(count->options->rule)) {
            print_shares(arena, count, round, &payers[r], left);
        } else {
            print_load(arena, count, round, left);
        }
        break;
    }
}

/* ---- losers -------------------------------------------------------------------------------- */

static void print_reason(Arena *arena, const TallyCounted *count, uint32_t project)
{
    const TallyExplanation *why = &count->result->projects[project];
    switch (why->reason) {
    case TALLY_MISFIT:
        printf("costs more than the %.*s left at its turn",
               STR_ARG(money(arena, count, why->left_before)));
        return;
    case TALLY_STOPPED:
        printf("its turn was after the end");
        return;
    case TALLY_UNAFFORDABLE:
        printf("its supporters had %.*s left together",
               STR_ARG(tally_print_amount(arena, count, why->supporters_left)));
        return;
    case TALLY_NOT_BEST:
        printf("no set with it is better than the one chosen");
        return;
    case TALLY_QUOTA:
        printf("would break the cap of %.*s",
               STR_ARG(count->options->limits.constraints[why->constraint].name));
        return;
    case TALLY_PRICE:
        printf("its price is out of the bounds for projects");
        return;
    case TALLY_FEW_VOTES:
        printf("fewer than %lld votes", (long long)count->options->limits.least_votes);
        return;
    case TALLY_WITHDRAWN:
        printf("withdrawn");
        return;
    case TALLY_SELECTED:
    case TALLY_NO_SUPPORT:
        break;
    }
    printf("nobody supports it");
}

/* One of the three numbers; returns what stands before the next. */
static const char *print_number(const char *before, int64_t number, Str text, const char *words)
{
    if (number == TALLY_NO_NUMBER || number == TALLY_NOT_FOUND) {
        return before;
    }
    printf("%s%.*s %s", before, STR_ARG(text), words);
    return " or ";
}

static void print_lacked(Arena *arena, const TallyCounted *count, const TallyShortfall *lacked)
{
    const char *before = "; it lacked: ";
    before =
        print_number(before, lacked->cheaper, money(arena, count, lacked->cheaper), "off its cost");
    before =
        print_number(before, lacked->supporters, tally_decimal_text(arena, lacked->supporters, 0),
                     lacked->supporters == 1 ? "more supporter" : "more supporters");
    print_number(before, lacked->budget, money(arena, count, lacked->budget), "more budget");
}

static void print_loser(Arena *arena, const TallyCounted *count, uint32_t project,
                        const TallyEffort *effort)
{
    TallyShortfall lacked =
        tally_shortfall(arena, count->election, count->options, count->result, project, effort);
    printf("not %.*s, cost %.*s, %lld vote%s: ",
           STR_ARG(tally_print_id(arena, count->election, project)),
           STR_ARG(money(arena, count, count->election->projects[project].cost)),
           (long long)count->result->projects[project].votes,
           plural(count->result->projects[project].votes));
    print_reason(arena, count, project);
    print_lacked(arena, count, &lacked);
    putchar('\n');
}

static void print_losers(Arena *arena, const TallyCounted *count)
{
    TallyEffort effort = tally_print_effort(count);
    for (uint32_t p = 0; p < count->election->n_projects; p++) {
        if (count->result->projects[p].reason != TALLY_SELECTED) {
            ArenaMark mark = arena_mark(arena);
            print_loser(arena, count, p, &effort);
            arena_rewind(arena, mark);
        }
    }
}

/* ---- checks -------------------------------------------------------------------------------- */

static void print_checks(Arena *arena, const TallyCounted *count)
{
    TallyCheck checks[TALLY_CHECKS];
    tally_checks(arena, count->election, count->options, count->result, checks);
    for (int i = 0; i < TALLY_CHECKS; i++) {
        const TallyCheck *check = &checks[i];
        printf("check %-10s %s%s", tally_print_check(i), tally_print_verdict(check->verdict),
               check->verdict == TALLY_FAILS ? ": " : "");
        if (check->verdict == TALLY_FAILS && check->project != TALLY_NO_PROJECT) {
            printf(": project %.*s, ",
                   STR_ARG(tally_print_id(arena, count->election, check->project)));
        }
        if (check->verdict == TALLY_FAILS && check->voters > 0) {
            printf("%lld voters, ", (long long)check->voters);
        }
        if (check->verdict == TALLY_FAILS) {
            printf("money %.*s", STR_ARG(tally_print_amount(arena, count, check->money)));
        }
        putchar('\n');
    }
}

void tally_explain_print(Arena *arena, const TallyCounted *count)
{
    const TallyPayers *payers = tally_payers(arena, count->election, count->options, count->result);
    putchar('\n');
    for (uint32_t r = 0; r < count->result->n_selected; r++) {
        print_round(arena, count, r, payers);
    }
    if (count->result->n_selected < count->election->n_projects) {
        putchar('\n');
        print_losers(arena, count);
    }
    putchar('\n');
    print_checks(arena, count);
}
