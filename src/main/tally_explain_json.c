#include "main/tally_print_parts.h"

static json_t *json_text(Str s)
{
    return json_stringn(s.data, s.len);
}

static const char *funding_word(TallyFunding funding)
{
    switch (funding) {
    case TALLY_FUNDED_FREE:
        return "free";
    case TALLY_FUNDED_VOTERS:
        return "voters";
    case TALLY_FUNDED_DECIDED:
        return "decided";
    case TALLY_FUNDED_FLOOR:
        return "floor";
    case TALLY_FUNDED_BUDGET:
        break;
    }
    return "budget";
}

static json_t *json_round(Arena *arena, const TallyCounted *count, uint32_t r,
                          const TallyPayers *payers)
{
    const TallyRound *round = &count->result->rounds[r];
    int decimals = count->election->amount_decimals;
    json_t *one = json_object();
    json_object_set_new(one, "project", json_text(count->election->projects[round->project].name));
    json_object_set_new(one, "funding", json_string(funding_word(round->funding)));
    json_object_set_new(one, "left_before",
                        json_text(tally_decimal_text(arena, round->left_before, decimals)));
    if (round->funding != TALLY_FUNDED_VOTERS) {
        return one;
    }
    json_object_set_new(one, "price", json_text(round->price));
    json_object_set_new(one, "payers", json_integer(round->payers));
    if (tally_print_is_shares(count->options->rule)) {
        json_object_set_new(one, "in_full", json_integer(payers[r].in_full));
        json_object_set_new(one, "less", json_integer(payers[r].less));
        json_object_set_new(one, "nothing", json_integer(payers[r].nothing));
        json_object_set_new(one, "had", json_text(payers[r].had));
        json_object_set_new(one, "left", json_text(payers[r].left));
    }
    return one;
}

static json_t *json_rounds(Arena *arena, const TallyCounted *count)
{
    const TallyPayers *payers = tally_payers(arena, count->election, count->options, count->result);
    json_t *all = json_array();
    for (uint32_t r = 0; r < count->result->n_selected; r++) {
        json_array_append_new(all, json_round(arena, count, r, payers));
    }
    return all;
}

/* Nothing where no change helps, or none was found within the runs allowed. */
static void set_number(json_t *one, const char *key, int64_t number, Str text)
{
    if (number != TALLY_NO_NUMBER && number != TALLY_NOT_FOUND) {
        json_object_set_new(one, key, json_text(text));
    }
}

static json_t *json_loser(Arena *arena, const TallyCounted *count, uint32_t p,
                          const TallyEffort *effort)
{
    int decimals = count->election->amount_decimals;
    TallyShortfall lacked =
        tally_shortfall(arena, count->election, count->options, count->result, p, effort);
    json_t *one = json_object();
    json_object_set_new(one, "project", json_text(count->election->projects[p].name));
    json_object_set_new(one, "reason",
                        json_string(tally_print_reason(count->result->projects[p].reason)));
    set_number(one, "cheaper", lacked.cheaper, tally_decimal_text(arena, lacked.cheaper, decimals));
    set_number(one, "supporters", lacked.supporters,
               tally_decimal_text(arena, lacked.supporters, 0));
    set_number(one, "budget", lacked.budget, tally_decimal_text(arena, lacked.budget, decimals));
    return one;
}

static json_t *json_losers(Arena *arena, const TallyCounted *count)
{
    TallyEffort effort = tally_print_effort(count);
    json_t *all = json_array();
    for (uint32_t p = 0; p < count->election->n_projects; p++) {
        if (count->result->projects[p].reason != TALLY_SELECTED) {
            ArenaMark mark = arena_mark(arena);
            json_array_append_new(all, json_loser(arena, count, p, &effort));
            arena_rewind(arena, mark);
        }
    }
    return all;
}

static json_t *json_checks(Arena *arena, const TallyCounted *count)
{
    TallyCheck checks[TALLY_CHECKS];
    json_t *all = json_object();
    tally_checks(arena, count->election, count->options, count->result, checks);
    for (int i = 0; i < TALLY_CHECKS; i++) {
        json_t *one = json_object();
        json_object_set_new(one, "verdict", json_string(tally_print_verdict(checks[i].verdict)));
        if (checks[i].verdict == TALLY_FAILS && checks[i].project != TALLY_NO_PROJECT) {
            json_object_set_new(one, "project",
                                json_text(count->election->projects[checks[i].project].name));
            json_object_set_new(one, "voters", json_integer(checks[i].voters));
            json_object_set_new(one, "money", json_text(checks[i].money));
        }
        json_object_set_new(all, tally_print_check(i), one);
    }
    return all;
}

void tally_explain_json(Arena *arena, const TallyCounted *count, json_t *line)
{
    json_object_set_new(line, "rounds", json_rounds(arena, count));
    json_object_set_new(line, "losers", json_losers(arena, count));
    json_object_set_new(line, "checks", json_checks(arena, count));
}
