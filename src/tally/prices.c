/* Equal shares done again from its published endowment and prices: who paid in full, who had less,
 * and whether they are a price system. Money is kept for each different ballot, as whole numbers
 * over one denominator that all the published numbers fit. */
#include "tally/checks.h"
#include "tally/profile.h"
#include "tally/rules.h"

typedef struct Replay {
    const TallyElection *election;
    const TallyResult *result;
    Profile profile;
    mpz_t denominator;
    mpz_t *price; /* by purchase; 0 for free projects */
    mpz_t *money; /* by group */
    mpz_t want;   /* scratch */
    mpz_t sum;
    mpz_t had;
    TallyPayers *payers; /* by purchase */
    TallyCheck check;
} Replay;

static mpz_t *new_numbers(Arena *arena, uint32_t n)
{
    mpz_t *numbers = arena_alloc(arena, (size_t)n + 1, sizeof *numbers, _Alignof(mpz_t));
    for (uint32_t i = 0; i < n; i++) {
        mpz_init(numbers[i]);
    }
    return numbers;
}

static bool is_bought(const Replay *replay, uint32_t purchase)
{
    return replay->result->rounds[purchase].funding == TALLY_FUNDED_VOTERS;
}

/* Number `place` of the published ones: the price of a purchase, or at the end the endowment. */
static bool read_number(Arena *arena, const Replay *replay, const TallyOptions *options,
                        uint32_t place, mpq_t out)
{
    const TallyResult *result = replay->result;
    const TallyElection *election = replay->election;
    if (place == result->n_shares) {
        return rules_number(arena, result->endowment, election->amount_decimals, out);
    }
    bool has_points = tally_unit(options->utility) == TALLY_UNIT_POINTS;
    int decimals = election->amount_decimals - (has_points ? election->points_decimals : 0);
    mpq_set_ui(out, 0, 1);
    Str price = result->projects[result->selected[place]].price;
    return !is_bought(replay, place) ||
           (rules_number(arena, price, decimals, out) && mpq_sgn(out) > 0);
}

/* Reads all numbers and puts them over one denominator; price[n_shares] is the endowment. */
static bool read_numbers(Arena *arena, Replay *replay, const TallyOptions *options)
{
    uint32_t n = replay->result->n_shares;
    bool readable = true;
    mpq_t number;
    mpq_init(number);
    mpz_set_ui(replay->denominator, 1);
    for (uint32_t i = 0; i <= n && readable; i++) {
        readable = read_number(arena, replay, options, i, number);
        mpz_lcm(replay->denominator, replay->denominator, mpq_denref(number));
    }
    for (uint32_t i = 0; i <= n && readable; i++) {
        read_number(arena, replay, options, i, number);
        mpz_divexact(replay->want, replay->denominator, mpq_denref(number));
        mpz_mul(replay->price[i], replay->want, mpq_numref(number));
    }
    mpq_clear(number);
    return readable;
}

static void fail(Replay *replay, TallyPriceFault fault, uint32_t project, int64_t voters)
{
    if (replay->check.verdict == TALLY_HOLDS) {
        replay->check.verdict = TALLY_FAILS;
        replay->check.fault = fault;
        replay->check.project = project;
        replay->check.voters = voters;
    }
}

static Str amount_text(Arena *arena, const Replay *replay, mpz_srcptr amount)
{
    mpq_t value;
    mpq_init(value);
    mpq_set_num(value, amount);
    mpq_set_den(value, replay->denominator);
    mpq_canonicalize(value);
    Str text = rules_text(arena, value, replay->election->amount_decimals);
    mpq_clear(value);
    return text;
}

/* The sum of the witness, as text. */
static void fail_with_sum(Arena *arena, Replay *replay, TallyPriceFault fault, uint32_t project,
                          int64_t voters)
{
    if (replay->check.verdict == TALLY_HOLDS) {
        replay->check.money = amount_text(arena, replay, replay->sum);
    }
    fail(replay, fault, project, voters);
}

/* Each supporter pays; leaves the sum, and what they had. */
static void pay(Replay *replay, uint32_t purchase)
{
    const Profile *profile = &replay->profile;
    uint32_t project = replay->result->selected[purchase];
    TallyPayers *payers = &replay->payers[purchase];
    mpz_set_ui(replay->sum, 0);
    mpz_set_ui(replay->had, 0);
    for (uint32_t i = profile->column_start[project]; i < profile->column_start[project + 1]; i++) {
        mpz_t *money = &replay->money[profile->column[i]];
        int64_t weight = profile->weight[profile->column[i]];
        mpz_addmul_ui(replay->had, *money, (unsigned long)weight);
        mpz_mul_si(replay->want, replay->price[purchase],
                   profile->column_units == NULL ? 1 : profile->column_units[i]);
        int order = mpz_cmp(*money, replay->want);
        if (mpz_sgn(*money) == 0) {
            payers->nothing += weight;
            continue;
        }
        payers->in_full += order >= 0 ? weight : 0;
        payers->less += order < 0 ? weight : 0;
        if (order < 0) {
            mpz_set(replay->want, *money);
        }
        mpz_sub(*money, *money, replay->want);
        mpz_addmul_ui(replay->sum, replay->want, (unsigned long)weight);
    }
}

static void check_purchase(Arena *arena, Replay *replay, uint32_t purchase)
{
    uint32_t project = replay->result->selected[purchase];
    const TallyPayers *payers = &replay->payers[purchase];
    int64_t paid = payers->in_full + payers->less;
    mpz_mul_si(replay->want, replay->denominator, replay->election->projects[project].cost);
    if (mpz_cmp(replay->sum, replay->want) != 0) {
        fail_with_sum(arena, replay, TALLY_PRICE_SUM, project, paid);
    }
    if (paid != replay->result->projects[project].payers) {
        fail(replay, TALLY_PRICE_PAYERS, project, paid);
    }
}

/* The supporters of a project that was not bought must have less left than it costs. */
static void check_left(Arena *arena, Replay *replay, uint32_t project)
{
    const Profile *profile = &replay->profile;
    int64_t voters = 0;
    mpz_set_ui(replay->sum, 0);
    for (uint32_t i = profile->column_start[project]; i < profile->column_start[project + 1]; i++) {
        uint32_t group = profile->column[i];
        voters += profile->weight[group];
        mpz_addmul_ui(replay->sum, replay->money[group], (unsigned long)profile->weight[group]);
    }
    mpz_mul_si(replay->want, replay->denominator, replay->election->projects[project].cost);
    if (mpz_cmp(replay->sum, replay->want) >= 0) {
        fail_with_sum(arena, replay, TALLY_PRICE_AFFORDABLE, project, voters);
    }
}

static void replay_all(Arena *arena, Replay *replay)
{
    uint32_t n = replay->result->n_shares;
    bool *bought = arena_array(arena, bool, (size_t)replay->election->n_projects + 1);
    for (uint32_t g = 0; g < replay->profile.n_groups; g++) {
        mpz_set(replay->money[g], replay->price[n]);
    }
    for (uint32_t i = 0; i < n; i++) {
        bought[replay->result->selected[i]] = true;
        if (is_bought(replay, i)) {
            pay(replay, i);
            replay->payers[i].had = amount_text(arena, replay, replay->had);
            mpz_sub(replay->had, replay->had, replay->sum);
            replay->payers[i].left = amount_text(arena, replay, replay->had);
            check_purchase(arena, replay, i);
        }
    }
    for (uint32_t p = 0; p < replay->election->n_projects; p++) {
        bool supported = replay->profile.column_start[p] < replay->profile.column_start[p + 1];
        if (!bought[p] && supported && replay->election->projects[p].cost > 0 &&
            !selection_is_left_out(replay->result, p)) {
            check_left(arena, replay, p);
        }
    }
}

static void clear(Replay *replay)
{
    for (uint32_t i = 0; i <= replay->result->n_shares; i++) {
        mpz_clear(replay->price[i]);
    }
    for (uint32_t g = 0; g < replay->profile.n_groups; g++) {
        mpz_clear(replay->money[g]);
    }
    mpz_clears(replay->denominator, replay->want, replay->sum, replay->had, NULL);
}

/* Without voters or a budget the endowment is 0 and nothing can be bought: nothing to redo. */
static bool has_money(const TallyElection *election)
{
    return election->n_ballots > 0 && election->budget > 0;
}

/* True when the numbers could be read. */
static bool redo(Arena *arena, const TallyElection *election, const TallyOptions *options,
                 const TallyResult *result, Replay *replay)
{
    *replay = (Replay){.election = election,
                       .result = result,
                       .check = {.name = TALLY_CHECK_PRICES, .project = TALLY_NO_PROJECT}};
    profile_build(arena, election, tally_unit(options->utility), &replay->profile);
    mpz_inits(replay->denominator, replay->want, replay->sum, replay->had, NULL);
    replay->price = new_numbers(arena, result->n_shares + 1);
    replay->money = new_numbers(arena, replay->profile.n_groups);
    replay->payers = arena_array(arena, TallyPayers, (size_t)result->n_shares + 1);
    bool readable = read_numbers(arena, replay, options);
    if (readable) {
        replay_all(arena, replay);
    } else {
        fail(replay, TALLY_PRICE_UNREADABLE, TALLY_NO_PROJECT, 0);
    }
    clear(replay);
    return readable;
}

TallyCheck check_prices(Arena *arena, const TallyElection *election, const TallyOptions *options,
                        const TallyResult *result)
{
    Replay replay = {.check = {.name = TALLY_CHECK_PRICES, .project = TALLY_NO_PROJECT}};
    if (options->rule != TALLY_RULE_EQUAL_SHARES) {
        replay.check.verdict = TALLY_NOT_ASKED;
    } else if (has_money(election)) {
        redo(arena, election, options, result, &replay);
    }
    return replay.check;
}

const TallyPayers *tally_payers(Arena *arena, const TallyElection *election,
                                const TallyOptions *options, const TallyResult *result)
{
    Replay replay;
    bool is_shares = options->rule == TALLY_RULE_EQUAL_SHARES ||
                     options->rule == TALLY_RULE_BOUNDED_OVERSPENDING;
    return is_shares && has_money(election) && redo(arena, election, options, result, &replay)
               ? replay.payers
               : arena_array(arena, TallyPayers, (size_t)result->n_shares + 1);
}
