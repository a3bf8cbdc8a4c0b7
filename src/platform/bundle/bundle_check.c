#include <jansson.h>

#include "platform/bundle/bundle.h"
#include "platform/bundle/bundle_parts.h"

/* Each step returns the first difference it finds, or an empty Str. */
typedef struct Check {
    Arena *arena;
    ZipMember *members;
    size_t n_members;
    json_t *main;
    PabulibFile file; /* every ballot by itself */
    TallyResult result;
} Check;

#define SAME ((Str){0})

static Str differs(Check *check, const char *what, Str published, Str counted)
{
    return arena_printf(check->arena, "%s: published \"%.*s\", counted \"%.*s\"", what,
                        STR_ARG(published), STR_ARG(counted));
}

static Str compare(Check *check, const char *what, Str published, Str counted)
{
    return str_eq(published, counted) ? SAME : differs(check, what, published, counted);
}

/* A text of an object; empty when it is missing or something else. */
static Str text_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    return json_is_string(value)
               ? str_from_bytes(json_string_value(value), json_string_length(value))
               : (Str){0};
}

static const ZipMember *find_member(const Check *check, const char *name)
{
    for (size_t i = 0; i < check->n_members; i++) {
        if (str_eq(check->members[i].name, str_from(name))) {
            return &check->members[i];
        }
    }
    return NULL;
}

/* ---- the frame ----------------------------------------------------------------------------- */

static Str load_main(Check *check)
{
    const ZipMember *member = find_member(check, BUNDLE_MAIN);
    if (member == NULL) {
        return STR(BUNDLE_MAIN ": missing");
    }
    json_error_t error;
    check->main = json_loadb(member->bytes.data, member->bytes.len, JSON_REJECT_DUPLICATES, &error);
    if (check->main == NULL) {
        return arena_printf(check->arena, BUNDLE_MAIN ": not JSON, line %d: %s", error.line,
                            error.text);
    }
    Str difference =
        compare(check, BUNDLE_MAIN " format", text_of(check->main, "format"), STR(BUNDLE_FORMAT));
    const json_t *version = json_object_get(check->main, "version");
    if (difference.len == 0 &&
        (!json_is_integer(version) || json_integer_value(version) != BUNDLE_VERSION)) {
        return STR(BUNDLE_MAIN " version: this program reads version 1");
    }
    return difference;
}

static Str check_listed(Check *check)
{
    const json_t *listed = json_object_get(check->main, "members");
    const char *name;
    json_t *hash;
    json_object_foreach((json_t *)listed, name, hash)
    {
        const ZipMember *member = find_member(check, name);
        if (member == NULL) {
            return arena_printf(check->arena, "%s: listed in " BUNDLE_MAIN ", but missing", name);
        }
        const char *what = arena_printf(check->arena, "%s SHA-256", name).data;
        Str difference =
            compare(check, what, text_of(listed, name), bundle_sha256(check->arena, member->bytes));
        if (difference.len > 0) {
            return difference;
        }
    }
    return SAME;
}

static Str check_members(Check *check)
{
    const json_t *listed = json_object_get(check->main, "members");
    Str difference = check_listed(check);
    for (size_t i = 0; i < check->n_members && difference.len == 0; i++) {
        const char *name = check->members[i].name.data;
        if (strcmp(name, BUNDLE_MAIN) != 0 && json_object_get(listed, name) == NULL) {
            difference = arena_printf(check->arena, "%s: not listed in " BUNDLE_MAIN, name);
        }
    }
    if (difference.len == 0 && find_member(check, BUNDLE_ELECTION) == NULL) {
        difference = STR(BUNDLE_ELECTION ": missing");
    }
    return difference;
}

/* ---- the ballots --------------------------------------------------------------------------- */

/* The choices of a ballot as ballots.csv writes them: numbers of projects from 1, rising. */
static bool same_choices(const TallyElection *election, uint32_t ballot, Str numbers)
{
    uint32_t count = 0;
    bool more = numbers.len > 0;
    bool same = true;
    while (more && same) {
        Str word;
        int64_t number = 0;
        more = str_cut(numbers, ',', &word, &numbers);
        same = str_to_int64(word, &number);
        bool listed = false;
        for (uint32_t i = election->start[ballot]; i < election->start[ballot + 1]; i++) {
            listed = listed || (int64_t)election->choices[i] + 1 == number;
        }
        same = same && listed;
        count++;
    }
    return same && count == election->start[ballot + 1] - election->start[ballot];
}

/* Rows are: receipt,"3,7,12" */
static bool read_ballot_row(Str row, Str *out_receipt, Str *out_numbers)
{
    Str rest;
    bool cut = str_cut(row, ',', out_receipt, &rest);
    bool quoted =
        cut && rest.len >= 2 && str_starts_with(rest, STR("\"")) && str_ends_with(rest, STR("\""));
    *out_numbers = quoted ? str_slice(rest, 1, rest.len - 1) : (Str){0};
    return quoted && out_receipt->len > 0;
}

static Str check_ballot_rows(Check *check, Str rows)
{
    const TallyElection *election = &check->file.election;
    for (uint32_t b = 0; b < election->n_ballots; b++) {
        Str row;
        Str receipt;
        Str numbers;
        if (rows.len == 0) {
            return arena_printf(
                check->arena, "number of ballots: %u in " BUNDLE_BALLOTS ", %u in " BUNDLE_ELECTION,
                b, election->n_ballots);
        }
        str_cut(rows, '\n', &row, &rows);
        if (!read_ballot_row(row, &receipt, &numbers)) {
            return arena_printf(check->arena, BUNDLE_BALLOTS " row %u: not a receipt and choices",
                                b + 1);
        }
        if (!same_choices(election, b, numbers)) {
            return arena_printf(check->arena,
                                "ballot %u (receipt %.*s): " BUNDLE_BALLOTS " and " BUNDLE_ELECTION
                                " differ",
                                b + 1, STR_ARG(receipt));
        }
    }
    return rows.len == 0 ? SAME
                         : arena_printf(check->arena,
                                        "number of ballots: more in " BUNDLE_BALLOTS
                                        " than the %u in " BUNDLE_ELECTION,
                                        election->n_ballots);
}

static Str check_ballots(Check *check)
{
    Str text = find_member(check, BUNDLE_ELECTION)->bytes;
    Error *err = pabulib_parse(check->arena, text, &check->file);
    if (err) {
        return arena_printf(check->arena, BUNDLE_ELECTION ": %.*s", STR_ARG(err->detail));
    }
    const ZipMember *ballots = find_member(check, BUNDLE_BALLOTS);
    if (ballots == NULL) {
        return SAME;
    }
    Str head;
    Str rows;
    str_cut(ballots->bytes, '\n', &head, &rows);
    return str_eq(head, STR("receipt,choices"))
               ? check_ballot_rows(check, rows)
               : STR(BUNDLE_BALLOTS " row 0: the header is not receipt,choices");
}

/* ---- the count ----------------------------------------------------------------------------- */

/* A text, or a list of texts for an option that may come again. False when it is neither. */
static bool read_option(const char *name, const json_t *value, TallyWord *words, size_t *n_words)
{
    bool is_list = json_is_array(value) && tally_word_repeats(str_from(name));
    size_t count = is_list ? json_array_size(value) : 1;
    bool texts = true;
    for (size_t i = 0; i < count && texts; i++) {
        const json_t *one = is_list ? json_array_get(value, i) : value;
        texts = json_is_string(one);
        words[*n_words] = (TallyWord){
            str_from(name),
            texts ? str_from_bytes(json_string_value(one), json_string_length(one)) : (Str){0}};
        *n_words += texts;
    }
    return texts;
}

static size_t count_words(json_t *options)
{
    size_t count = 0;
    const char *name;
    json_t *value;
    json_object_foreach(options, name, value)
    {
        count += 1 + json_array_size(value);
    }
    return count;
}

static Str read_options(Check *check, TallyOptions *out)
{
    json_t *options = json_object_get(check->main, "options");
    TallyWord *words = arena_array(check->arena, TallyWord, count_words(options) + 1);
    size_t n_words = 0;
    const char *name;
    json_t *value;
    json_object_foreach(options, name, value)
    {
        if (!read_option(name, value, words, &n_words)) {
            return arena_printf(check->arena, "options: %s is not a text", name);
        }
    }
    if (json_object_get(options, "rule") == NULL) {
        return STR("options: no rule is named");
    }
    Error *err = tally_words_apply(check->arena, words, n_words, &check->file, out);
    return err ? arena_printf(check->arena, "options: %.*s", STR_ARG(err->detail)) : SAME;
}

static Str count_again(Check *check)
{
    TallyOptions options;
    Str difference = read_options(check, &options);
    if (difference.len > 0) {
        return difference;
    }
    Error *err = tally_run(check->arena, &check->file.election, &options, &check->result);
    return err ? arena_printf(check->arena, "counting: %.*s", STR_ARG(err->detail)) : SAME;
}

static Str check_sums(Check *check, const json_t *published)
{
    const TallyElection *election = &check->file.election;
    int decimals = election->amount_decimals;
    const json_t *voters = json_object_get(published, "voters");
    Str written = json_is_integer(voters)
                      ? arena_printf(check->arena, "%lld", (long long)json_integer_value(voters))
                      : (Str){0};
    Str difference = compare(check, "voters", written,
                             arena_printf(check->arena, "%lld", (long long)check->result.voters));
    if (difference.len == 0) {
        difference = compare(check, "budget", text_of(published, "budget"),
                             tally_decimal_text(check->arena, election->budget, decimals));
    }
    if (difference.len == 0) {
        difference = compare(check, "total_cost", text_of(published, "total_cost"),
                             tally_decimal_text(check->arena, check->result.total_cost, decimals));
    }
    return difference.len > 0 || json_object_get(published, "welfare") == NULL
               ? difference
               : compare(check, "welfare", text_of(published, "welfare"), check->result.welfare);
}

static Str check_place(Check *check, const json_t *selected, uint32_t place)
{
    const TallyElection *election = &check->file.election;
    const json_t *one = json_array_get(selected, place);
    Str published = text_of(one, "project");
    const TallyProject *counted = place < check->result.n_selected
                                      ? &election->projects[check->result.selected[place]]
                                      : NULL;
    const char *what = arena_printf(check->arena, "selected, place %u", place + 1).data;
    Str difference = one != NULL && counted != NULL
                         ? compare(check, what, published, counted->name)
                         : differs(check, what, one ? published : STR("nothing"),
                                   counted ? counted->name : STR("nothing"));
    if (difference.len > 0 || counted == NULL) {
        return difference;
    }
    what = arena_printf(check->arena, "cost of %.*s", STR_ARG(counted->name)).data;
    return compare(check, what, text_of(one, "cost"),
                   tally_decimal_text(check->arena, counted->cost, election->amount_decimals));
}

/* A figure this program does not know could not be counted again. */
static Str check_known(Check *check, const json_t *published)
{
    static const char *const known[] = {"voters", "budget", "total_cost", "welfare", "selected"};
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)published, name, value)
    {
        size_t i = 0;
        while (i < countof(known) && strcmp(known[i], name) != 0) {
            i++;
        }
        if (i == countof(known)) {
            return arena_printf(check->arena, "result: \"%s\" is unknown to this program", name);
        }
    }
    return SAME;
}

static Str check_result(Check *check)
{
    const json_t *published = json_object_get(check->main, "result");
    const json_t *selected = json_object_get(published, "selected");
    size_t places = json_array_size(selected);
    places = places > check->result.n_selected ? places : check->result.n_selected;
    Str difference = json_is_array(selected) ? check_known(check, published)
                                             : STR("result: no selection is published");
    for (uint32_t i = 0; i < places && difference.len == 0; i++) {
        difference = check_place(check, selected, i);
    }
    return difference.len > 0 ? difference : check_sums(check, published);
}

void bundle_check(Arena *arena, Str bytes, BundleVerdict *out)
{
    static Str (*const steps[])(Check *) = {load_main, check_members, check_ballots, count_again,
                                            check_result};
    Check check = {.arena = arena};
    *out = (BundleVerdict){0};
    Error *err = bundle_zip_read(arena, bytes, BUNDLE_MAX_BYTES, &check.members, &check.n_members);
    out->difference = err ? err->detail : SAME;
    for (size_t i = 0; i < countof(steps) && out->difference.len == 0; i++) {
        out->difference = steps[i](&check);
    }
    out->difference = arena_str(arena, out->difference); /* may be a text of the JSON */
    json_decref(check.main);
    out->is_same = out->difference.len == 0;
    out->voters = check.result.voters;
    out->n_selected = check.result.n_selected;
}
