#include "features/polls/polls_rules.h"

#include <stdlib.h>

#include "base/buf.h"
#include "base/limits.h"

Error *poll_accepts_ballots(Arena *arena, PollState state, Instant opens_at, Instant closes_at,
                            Instant now)
{
    if (state == POLL_DRAFT || (state == POLL_OPEN && now.ms < opens_at.ms)) {
        return error_make(arena, ERROR_POLL_NOT_OPEN, "poll not open yet");
    }
    if (state != POLL_OPEN || now.ms >= closes_at.ms) {
        return error_make(arena, ERROR_POLL_CLOSED, "poll closed");
    }
    return NULL;
}

void poll_latest_birth(int64_t minimum_age, Date today, int64_t *out_year, int64_t *out_month)
{
    CivilDate now = date_civil(today);
    /* Born in month m of the year: certainly had the birthday once month m is over. */
    *out_year = now.month == 1 ? now.year - minimum_age - 1 : now.year - minimum_age;
    *out_month = now.month == 1 ? 12 : now.month - 1;
}

bool poll_is_old_enough(int64_t birth_year, int64_t birth_month, int64_t minimum_age, Date today)
{
    if (birth_year == 0) {
        return false;
    }
    int64_t year;
    int64_t month;
    poll_latest_birth(minimum_age, today, &year, &month);
    int64_t born_month = birth_month == 0 ? 12 : birth_month;
    return birth_year < year || (birth_year == year && born_month <= month);
}

bool poll_is_of_age(int64_t birth_year, int64_t birth_month, int64_t minimum_age,
                    int64_t maximum_age, Date today)
{
    bool is_above =
        maximum_age > 0 && poll_is_old_enough(birth_year, birth_month, maximum_age + 1, today);
    return !is_above && poll_is_old_enough(birth_year, birth_month, minimum_age, today);
}

static int compare_numbers(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a;
    int64_t y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static Error *check_sorted(Arena *arena, const int64_t *sorted, size_t count, int64_t n_options)
{
    for (size_t i = 0; i < count; i++) {
        if (sorted[i] < 1 || sorted[i] > n_options) {
            return error_make(arena, ERROR_FIELD_NOT_CHOICE, "no such option");
        }
        if (i > 0 && sorted[i] == sorted[i - 1]) {
            return error_make(arena, ERROR_FIELD_TWICE, "an option twice");
        }
    }
    return NULL;
}

Error *poll_ballot_write(Arena *arena, const int64_t *options, size_t count, int64_t n_options,
                         int64_t max_choices, Str *out)
{
    if (count == 0) {
        return error_make(arena, ERROR_BALLOT_EMPTY, "nothing chosen");
    }
    if ((int64_t)count > max_choices) {
        return error_with(error_make(arena, ERROR_BALLOT_TOO_MANY, "too many chosen"), max_choices,
                          STR(""));
    }
    int64_t *sorted = arena_array(arena, int64_t, count);
    memcpy(sorted, options, count * sizeof(*sorted));
    qsort(sorted, count, sizeof(*sorted), compare_numbers);
    Error *err = check_sorted(arena, sorted, count, n_options);
    if (err) {
        return err;
    }
    Buf text;
    buf_init(&text, LIMIT_CHOICES_PER_BALLOT * 12);
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            buf_char(&text, ',');
        }
        buf_int(&text, sorted[i]);
    }
    *out = arena_str(arena, buf_view(&text));
    buf_free(&text);
    return NULL;
}

bool poll_ballot_read(Arena *arena, Str stored, int64_t n_options, uint32_t **out_numbers,
                      size_t *out_count)
{
    size_t most = 1;
    for (size_t i = 0; i < stored.len; i++) {
        most += stored.data[i] == ',';
    }
    uint32_t *numbers = arena_array(arena, uint32_t, most);
    size_t count = 0;
    int64_t previous = 0;
    Str rest = stored;
    while (rest.len > 0) {
        Str part;
        int64_t number;
        bool more = str_cut(rest, ',', &part, &rest);
        if (!str_to_int64(part, &number) || number <= previous || number > n_options ||
            (more && rest.len == 0)) {
            return false;
        }
        numbers[count++] = (uint32_t)number;
        previous = number;
    }
    *out_numbers = numbers;
    *out_count = count;
    return true;
}

static TallyProject *election_projects(Arena *arena, const PollOptionIn *options, size_t n_options)
{
    TallyProject *projects = arena_array(arena, TallyProject, n_options);
    for (size_t i = 0; i < n_options; i++) {
        projects[i] = (TallyProject){.name = options[i].code, .cost = options[i].cost_fen};
    }
    return projects;
}

Error *poll_election(Arena *arena, const PollOptionIn *options, size_t n_options,
                     int64_t budget_fen, const Str *ballots, size_t n_ballots, TallyElection *out)
{
    uint32_t *start = arena_array(arena, uint32_t, n_ballots + 1);
    size_t total = 0;
    for (size_t b = 0; b < n_ballots; b++) {
        total += 1;
        for (size_t i = 0; i < ballots[b].len; i++) {
            total += ballots[b].data[i] == ',';
        }
    }
    uint32_t *choices = arena_array(arena, uint32_t, total);
    uint32_t used = 0;
    for (size_t b = 0; b < n_ballots; b++) {
        ArenaMark mark = arena_mark(arena);
        uint32_t *numbers;
        size_t count;
        if (!poll_ballot_read(arena, ballots[b], (int64_t)n_options, &numbers, &count)) {
            return error_make(arena, ERROR_DATABASE, "a stored ballot is not well formed");
        }
        start[b] = used;
        for (size_t i = 0; i < count; i++) {
            choices[used++] = numbers[i] - 1;
        }
        arena_rewind(arena, mark);
    }
    start[n_ballots] = used;
    *out = (TallyElection){.projects = election_projects(arena, options, n_options),
                           .n_projects = (uint32_t)n_options,
                           .budget = budget_fen,
                           .amount_decimals = 2,
                           .kind = TALLY_BALLOTS_APPROVAL,
                           .n_ballots = (uint32_t)n_ballots,
                           .start = start,
                           .choices = choices};
    return NULL;
}

PollRule poll_rule_default(void)
{
    return (PollRule){.rule = STR("greedy"),
                      .utility = STR("cost"),
                      .completion = STR("none"),
                      .tie = STR("votes,cost,name"),
                      .zero_support = STR("exclude"),
                      .misfit = STR("skip")};
}

size_t poll_rule_words(Arena *arena, const PollRule *rule, TallyWord out[POLL_RULE_WORDS])
{
    size_t n = 0;
    bool is_shares = str_eq(rule->rule, STR("equal-shares"));
    out[n++] = (TallyWord){STR("rule"), rule->rule};
    out[n++] = (TallyWord){STR("utility"), rule->utility};
    if (is_shares) {
        out[n++] = (TallyWord){STR("complete"), rule->completion};
    }
    if (is_shares && rule->increment.fen > 0) {
        out[n++] = (TallyWord){STR("increment"), tally_decimal_text(arena, rule->increment.fen, 2)};
    }
    out[n++] = (TallyWord){STR("tie"), rule->tie};
    out[n++] = (TallyWord){STR("zero-support"), rule->zero_support};
    out[n++] = (TallyWord){STR("misfit"), rule->misfit};
    return n;
}

static Error *not_known(Arena *arena)
{
    return error_make(arena, ERROR_CONFIGURATION, "the round names a rule that cannot be counted");
}

Error *poll_tally_options(Arena *arena, const PollRule *rule, TallyOptions *out)
{
    TallyWord words[POLL_RULE_WORDS];
    size_t n_words = poll_rule_words(arena, rule, words);
    TallyCompletion completion;
    /* Amounts of a poll are fen. */
    PabulibFile amounts = {.election.amount_decimals = 2};
    for (size_t i = 0; i < n_words; i++) {
        if (tally_word_refused(words[i]) != NULL) {
            return not_known(arena);
        }
    }
    bool is_whole = rule->increment.fen >= 0 && rule->increment.fen % 100 == 0;
    if (!is_whole || !tally_parse_completion(rule->completion, &completion)) {
        return not_known(arena);
    }
    Error *err = tally_words_apply(arena, words, n_words, &amounts, out);
    bool fits = !err && out->utility <= TALLY_UTILITY_COUNT;
    return fits ? NULL : not_known(arena);
}

PollFunding poll_funding(const TallyExplanation *explanation, const TallyRound *round)
{
    if (explanation->by_completion) {
        return POLL_FUNDED_COMPLETION;
    }
    switch (round->funding) {
    case TALLY_FUNDED_FREE:
        return POLL_FUNDED_FREE;
    case TALLY_FUNDED_VOTERS:
        return POLL_FUNDED_VOTERS;
    default:
        return POLL_FUNDED_BUDGET;
    }
}
