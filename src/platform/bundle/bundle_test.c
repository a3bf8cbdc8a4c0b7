/* A bundle counted again: the same as published, or the first difference by name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sodium.h>
#include <string.h>

#include "platform/bundle/bundle.h"
#include "tests/support/random_election.h"

#define BYTES_MAX   (1 << 20)
#define OPTIONS_MAX 12

/* A bundle that can be changed before it is packed. */
typedef struct Draft {
    RandomElection *random;
    TallyWord options[OPTIONS_MAX];
    size_t n_options;
    TallyResult result;
    PabulibFile file;
    ZipMember members[3];
    size_t n_members;
} Draft;

static Str election_text(Arena *arena, const PabulibFile *file)
{
    Buf text;
    buf_init(&text, BYTES_MAX);
    pabulib_write(arena, file, &text);
    Str copy = arena_str(arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

static Str ballots_text(Arena *arena, const TallyElection *election)
{
    Buf text;
    buf_init(&text, BYTES_MAX);
    buf_cstr(&text, "receipt,choices\n");
    for (uint32_t b = 0; b < election->n_ballots; b++) {
        buf_printf(&text, "R%u,\"", b);
        for (uint32_t i = election->start[b]; i < election->start[b + 1]; i++) {
            buf_printf(&text, "%s%u", i > election->start[b] ? "," : "", election->choices[i] + 1);
        }
        buf_cstr(&text, "\"\n");
    }
    Str copy = arena_str(arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

static PabulibProject *random_kinds(Arena *arena, Seeded *seeded, uint32_t n_projects)
{
    static const char *const cells[] = {"road", "park", "road, park"};
    PabulibProject *projects = arena_array(arena, PabulibProject, n_projects + 1);
    for (uint32_t p = 0; p < n_projects; p++) {
        projects[p].category = str_from(cells[below(seeded, 3)]);
        projects[p].target = STR("all");
    }
    return projects;
}

/* Several limits of each kind: caps and floors on groups that overlap. */
static void add_limits(Arena *arena, Seeded *seeded, Draft *draft)
{
    static const char *const names[] = {"cap", "floor", "cap-number", "floor-number"};
    static const char *const groups[] = {"category=road", "category=park", "target=all"};
    while (draft->n_options + 1 < OPTIONS_MAX) {
        uint32_t kind = below(seeded, 4);
        uint32_t bound = below(seeded, kind < 2 ? 40 : 6);
        draft->options[draft->n_options++] = (TallyWord){
            str_from(names[kind]), arena_printf(arena, "%s=%u", groups[below(seeded, 3)], bound)};
    }
    draft->options[draft->n_options++] = (TallyWord){STR("min-support"), STR("1")};
}

static void draw(Arena *arena, Seeded *seeded, Draft *draft)
{
    static const char *const rules[] = {"greedy", "equal-shares", "phragmen", "max-welfare"};
    draft->random = random_election_of(arena, seeded, TALLY_BALLOTS_APPROVAL);
    for (uint32_t b = 0; b < draft->random->election.n_ballots; b++) {
        draft->random->weights[b] = 1;
    }
    PabulibFile sketch = {.election = draft->random->election,
                          .projects =
                              random_kinds(arena, seeded, draft->random->election.n_projects)};
    Str text = election_text(arena, &sketch);
    assert_null(pabulib_parse(arena, text, &draft->file));
    draft->members[0] = (ZipMember){STR("election.pb"), text};
    draft->members[1] = (ZipMember){STR("ballots.csv"), ballots_text(arena, &draft->file.election)};
    draft->n_members = 2;
    draft->options[0] = (TallyWord){STR("rule"), str_from(rules[below(seeded, 4)])};
    draft->options[1] = (TallyWord){STR("utility"), STR("count")};
    draft->options[2] = (TallyWord){STR("complete"), STR("greedy")};
    draft->n_options = 3;
}

/* False when the limits name nothing, or nothing keeps them. */
static bool count(Arena *arena, Draft *draft)
{
    TallyOptions options;
    return tally_words_apply(arena, draft->options, draft->n_options, &draft->file, &options) ==
               NULL &&
           tally_run(arena, &draft->file.election, &options, &draft->result) == NULL;
}

/* Every ballot by itself, as a poll stores them, with at least two winners. */
static Draft *new_draft_with(Arena *arena, Seeded *seeded, bool is_limited)
{
    Draft *draft = arena_new(arena, Draft);
    bool counted = false;
    while (!counted || draft->result.n_selected < 2 || draft->file.election.n_ballots < 2) {
        draw(arena, seeded, draft);
        if (is_limited) {
            add_limits(arena, seeded, draft);
        }
        counted = count(arena, draft);
    }
    return draft;
}

static Draft *new_draft(Arena *arena, Seeded *seeded)
{
    return new_draft_with(arena, seeded, false);
}

static Str pack(Arena *arena, const Draft *draft)
{
    BundleFacts facts = {.options = draft->options,
                         .n_options = draft->n_options,
                         .members = draft->members,
                         .n_members = draft->n_members,
                         .result = bundle_result(arena, &draft->file.election, &draft->result)};
    Buf out;
    buf_init(&out, BYTES_MAX);
    assert_null(bundle_write(arena, &facts, &out));
    Str copy = arena_str(arena, buf_view(&out));
    buf_free(&out);
    return copy;
}

static void expect(Arena *arena, Str bytes, const char *difference, uint64_t seed)
{
    BundleVerdict verdict;
    bundle_check(arena, bytes, &verdict);
    if (verdict.is_same || !str_contains(verdict.difference, str_from(difference))) {
        fail_msg("YZ_SEED=%llu: \"%.*s\" does not name \"%s\"", (unsigned long long)seed,
                 STR_ARG(verdict.difference), difference);
    }
}

static void counts_the_same(Arena *arena, Draft *draft, uint64_t seed)
{
    BundleVerdict verdict;
    Str bytes = pack(arena, draft);
    bundle_check(arena, bytes, &verdict);
    if (!verdict.is_same) {
        fail_msg("YZ_SEED=%llu: %.*s", (unsigned long long)seed, STR_ARG(verdict.difference));
    }
    CHECK(verdict.n_selected == draft->result.n_selected);
    CHECK(verdict.voters == draft->file.election.n_ballots);
    CHECK(str_eq(bytes, pack(arena, draft)));
}

static void is_same(Arena *arena, Seeded *seeded, uint64_t seed)
{
    counts_the_same(arena, new_draft(arena, seeded), seed);
}

static void is_same_with_limits(Arena *arena, Seeded *seeded, uint64_t seed)
{
    counts_the_same(arena, new_draft_with(arena, seeded, true), seed);
}

static void several_caps_and_floors_go_through_a_bundle(void **state)
{
    (void)state;
    for_random_elections(is_same_with_limits, 300);
}

static void an_honest_bundle_is_the_same_and_packs_to_the_same_bytes(void **state)
{
    (void)state;
    for_random_elections(is_same, 300);
}

/* ---- published results that are not what the ballots say ------------------------------------- */

static void a_changed_result_is_named(Arena *arena, Seeded *seeded, uint64_t seed)
{
    Draft *draft = new_draft(arena, seeded);
    TallyResult *result = &draft->result;
    uint32_t *selected = arena_array(arena, uint32_t, result->n_selected);
    memcpy(selected, result->selected, result->n_selected * sizeof *selected);
    uint32_t place = below(seeded, result->n_selected - 1);
    switch (below(seeded, 6)) {
    case 0: {
        uint32_t swapped = selected[place];
        selected[place] = selected[place + 1];
        selected[place + 1] = swapped;
        result->selected = selected;
        char word[40];
        snprintf(word, sizeof(word), "selected, place %u:", place + 1);
        expect(arena, pack(arena, draft), word, seed);
        return;
    }
    case 1:
        result->n_selected--;
        expect(arena, pack(arena, draft), "published \"nothing\"", seed);
        return;
    case 2:
        result->total_cost++;
        expect(arena, pack(arena, draft), "total_cost", seed);
        return;
    case 3:
        result->voters++;
        expect(arena, pack(arena, draft), "voters", seed);
        return;
    case 4:
        result->welfare = STR("0.25");
        expect(arena, pack(arena, draft), "welfare", seed);
        return;
    default:
        draft->options[below(seeded, 3)].value = STR("something");
        expect(arena, pack(arena, draft), "options: \"something\"", seed);
        return;
    }
}

static void a_result_that_is_not_the_ballots_is_named(void **state)
{
    (void)state;
    for_random_elections(a_changed_result_is_named, 600);
}

/* ---- members that do not belong together ----------------------------------------------------- */

static Str flipped(Arena *arena, Str text, size_t at)
{
    char *copy = arena_cstr(arena, text);
    copy[at] = (char)(copy[at] ^ 1);
    return (Str){copy, text.len};
}

static void a_changed_member_is_named(Arena *arena, Seeded *seeded, uint64_t seed)
{
    Draft *draft = new_draft(arena, seeded);
    Str honest = pack(arena, draft);
    ZipMember *members;
    size_t n_members;
    assert_null(bundle_zip_read(arena, honest, BYTES_MAX, &members, &n_members));
    assert_int_equal(n_members, 3);
    const char *expected = "";
    size_t which = below(seeded, 3);
    switch (below(seeded, 4)) {
    case 0: /* a byte of a member; bundle.json lists hashes, but nothing lists its own */
        members[which].bytes =
            flipped(arena, members[which].bytes, below(seeded, (uint32_t)members[which].bytes.len));
        expected = which == 0 ? "" : which == 1 ? "election.pb SHA-256" : "ballots.csv SHA-256";
        break;
    case 1: /* gone */
        expected = which == 0   ? "bundle.json: missing"
                   : which == 1 ? "election.pb: listed in bundle.json, but missing"
                                : "ballots.csv: listed in bundle.json, but missing";
        members[which] = members[--n_members];
        break;
    case 2: /* one too many */
        members[n_members++] = (ZipMember){STR("more.txt"), STR("x")};
        expected = "more.txt: not listed";
        break;
    default: /* two of one name */
        members[n_members++] = members[which];
        expected = "two members of one name";
        break;
    }
    Buf out;
    buf_init(&out, BYTES_MAX);
    assert_null(bundle_zip_write(arena, members, n_members, &out));
    expect(arena, buf_view(&out), expected, seed);
    buf_free(&out);
}

static void a_member_that_was_changed_removed_or_added_is_named(void **state)
{
    (void)state;
    for_random_elections(a_changed_member_is_named, 800);
}

/* Packed with right hashes: only the ballots themselves can tell. */
static void a_changed_ballot_is_named(Arena *arena, Seeded *seeded, uint64_t seed)
{
    Draft *draft = new_draft(arena, seeded);
    Str csv = draft->members[1].bytes;
    uint32_t row = below(seeded, draft->file.election.n_ballots);
    size_t at = 0;
    for (uint32_t i = 0; i <= row; i++) {
        at = (size_t)(strchr(csv.data + at, '\n') - csv.data) + 1;
    }
    char word[60];
    if (below(seeded, 2) == 0) { /* a choice more or another */
        size_t quote = (size_t)(strchr(csv.data + at, '"') - csv.data) + 1;
        bool empty = csv.data[quote] == '"';
        draft->members[1].bytes = arena_printf(arena, "%.*s%s%s", (int)quote, csv.data,
                                               empty ? "1" : "99,", csv.data + quote);
        snprintf(word, sizeof(word), "ballot %u (receipt R%u)", row + 1, row);
    } else { /* a row less */
        size_t next = (size_t)(strchr(csv.data + at, '\n') - csv.data) + 1;
        draft->members[1].bytes = arena_printf(arena, "%.*s%s", (int)at, csv.data, csv.data + next);
        snprintf(word, sizeof(word), "ballot");
    }
    expect(arena, pack(arena, draft), word, seed);
}

static void ballots_that_differ_from_the_election_are_named(void **state)
{
    (void)state;
    for_random_elections(a_changed_ballot_is_named, 400);
}

/* Damage anywhere: never a crash; either named, or in bytes that mean nothing (a date). */
static void damage_is_survived(Arena *arena, Seeded *seeded, uint64_t seed)
{
    (void)seed;
    Str honest = pack(arena, new_draft(arena, seeded));
    for (int i = 0; i < 40; i++) {
        Str bytes = flipped(arena, honest, below(seeded, (uint32_t)honest.len));
        BundleVerdict verdict;
        bundle_check(arena, str_slice(bytes, 0, honest.len - (i % 4 == 0 ? 7 : 0)), &verdict);
    }
}

static void a_damaged_archive_is_never_a_crash(void **state)
{
    (void)state;
    for_random_elections(damage_is_survived, 60);
}

static void what_is_no_archive_is_said_to_be_none(void **state)
{
    (void)state;
    Arena *arena = arena_create(BYTES_MAX * 4);
    expect(arena, STR(""), "not a zip", 0);
    expect(arena, STR("PK\x03\x04 and nothing more"), "not a zip", 0);
    arena_destroy(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_honest_bundle_is_the_same_and_packs_to_the_same_bytes),
        cmocka_unit_test(several_caps_and_floors_go_through_a_bundle),
        cmocka_unit_test(a_result_that_is_not_the_ballots_is_named),
        cmocka_unit_test(a_member_that_was_changed_removed_or_added_is_named),
        cmocka_unit_test(ballots_that_differ_from_the_election_are_named),
        cmocka_unit_test(a_damaged_archive_is_never_a_crash),
        cmocka_unit_test(what_is_no_archive_is_said_to_be_none),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
