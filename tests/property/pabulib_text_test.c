/* The .pb reader on random files: the fast way reads what the general way reads, in whatever pieces
 * the text comes; merging keeps every voter; writing and reading again changes nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tally/pabulib.h"
#include "tests/support/random_election.h"

#define ROUNDS       1500
#define VOTERS_MAX   120
#define PROJECTS_MAX 16

static const char *const ids[PROJECTS_MAX] = {"1", "22", "a", "B-7", "路灯", "12345678", "1234567",
                                              "x y", "None1", "vote5", "0", "long project id 9",
                                              /* alike in their first eight bytes, or sixteen */
                                              "BO.D4.18/23", "BO.D4.18/2", "a-long-id-of-19byte",
                                              "a-long-id-of-19-byt"};

typedef struct Style {
    bool quoted;       /* every cell in quotes: the general way */
    const char *eol;   /* "\n", "\r\n", "\r" */
    bool extra;        /* columns before and behind the vote */
    const char *blank; /* between some rows */
} Style;

typedef struct Sketch {
    TallyBallotKind kind;
    uint32_t n_projects;
    uint32_t n_voters;
    uint64_t seed; /* the votes */
} Sketch;

static void cell(Buf *out, const Style *style, const char *before, Str text)
{
    buf_cstr(out, before);
    buf_cstr(out, style->quoted ? "\"" : "");
    buf_str(out, text);
    buf_cstr(out, style->quoted ? "\"" : "");
}

static void write_vote(Buf *out, const Sketch *sketch, const Style *style, Seeded *seeded)
{
    Buf vote;
    Buf points;
    buf_init(&vote, 4096);
    buf_init(&points, 4096);
    uint32_t count = below(seeded, 5);
    for (uint32_t i = 0; i < count; i++) {
        buf_cstr(&vote, i > 0 ? "," : "");
        buf_cstr(&vote, ids[below(seeded, sketch->n_projects)]);
        buf_cstr(&points, i > 0 ? "," : "");
        buf_int(&points, below(seeded, 4));
        buf_cstr(&points, below(seeded, 40) == 0 ? ".5" : "");
    }
    cell(out, style, ";", buf_view(&vote));
    if (style->extra) {
        cell(out, style, ";", STR("at the hall"));
    }
    if (sketch->kind == TALLY_BALLOTS_POINTS) {
        cell(out, style, ";", buf_view(&points));
    }
    buf_free(&vote);
    buf_free(&points);
}

static void write_text(Buf *out, const Sketch *sketch, const Style *style)
{
    static const char *const types[] = {"approval", "ordinal", "cumulative"};
    Seeded seeded = {sketch->seed};
    bool has_points = sketch->kind == TALLY_BALLOTS_POINTS;
    buf_printf(out, "META%skey;value%sbudget;1000%svote_type;%s%sPROJECTS%sproject_id;cost%s",
               style->eol, style->eol, style->eol, types[sketch->kind], style->eol, style->eol,
               style->eol);
    for (uint32_t p = 0; p < sketch->n_projects; p++) {
        buf_printf(out, "%s;%u%s", ids[p], p * 7, style->eol);
    }
    buf_printf(out, "VOTES%svoter_id%s;vote%s%s%s%s", style->eol, style->extra ? ";age" : "",
               style->extra ? ";voting_method" : "", has_points ? ";points" : "",
               style->extra ? ";sex;district" : "", style->eol);
    for (uint32_t v = 0; v < sketch->n_voters; v++) {
        static const char *const voters[] = {"V1", "votes1", "77", "meta x", "P"};
        cell(out, style, "", str_from(voters[v % countof(voters)]));
        if (style->extra) {
            cell(out, style, ";", STR("41, 区"));
        }
        write_vote(out, sketch, style, &seeded);
        if (style->extra) {
            cell(out, style, ";", STR("M"));
            cell(out, style, ";", STR(""));
        }
        buf_cstr(out, style->eol);
        buf_cstr(out, v % 7 == 3 ? style->blank : "");
    }
}

/* ---- sources --------------------------------------------------------------------------------- */

typedef struct Pieces {
    Str rest;
    Seeded *seeded;
    uint32_t largest;
} Pieces;

static Error *read_piece(Arena *arena, void *context, char *out, size_t capacity, size_t *out_got)
{
    (void)arena;
    Pieces *pieces = context;
    size_t want = 1 + below(pieces->seeded, pieces->largest);
    want = want < capacity ? want : capacity;
    *out_got = want < pieces->rest.len ? want : pieces->rest.len;
    memcpy(out, pieces->rest.data, *out_got);
    pieces->rest = str_slice(pieces->rest, *out_got, pieces->rest.len);
    return NULL;
}

static void must(Error *err, uint64_t seed)
{
    if (err) {
        fail_msg("YZ_SEED=%llu: %.*s", (unsigned long long)seed, STR_ARG(err->detail));
    }
}

static PabulibFile read_pieces(Arena *arena, Str text, Seeded *seeded, uint32_t largest,
                               uint64_t seed)
{
    Pieces pieces = {text, seeded, largest};
    PabulibSource source = {.context = &pieces, .read = read_piece};
    PabulibFile file;
    must(pabulib_read(arena, &source, &file), seed);
    return file;
}

/* ---- claims ---------------------------------------------------------------------------------- */

static bool same_ballot(const TallyElection *a, uint32_t i, const TallyElection *b, uint32_t j)
{
    size_t length = a->start[i + 1] - a->start[i];
    return length == b->start[j + 1] - b->start[j] &&
           memcmp(a->choices + a->start[i], b->choices + b->start[j], length * 4) == 0 &&
           (a->points == NULL ||
            memcmp(a->points + a->start[i], b->points + b->start[j], length * 8) == 0);
}

static bool same_election(const TallyElection *a, const TallyElection *b)
{
    bool same = a->n_projects == b->n_projects && a->n_ballots == b->n_ballots &&
                a->kind == b->kind && a->budget == b->budget &&
                a->points_decimals == b->points_decimals;
    for (uint32_t p = 0; p < a->n_projects && same; p++) {
        same = str_eq(a->projects[p].name, b->projects[p].name) &&
               a->projects[p].cost == b->projects[p].cost;
    }
    for (uint32_t i = 0; i < a->n_ballots && same; i++) {
        same = same_ballot(a, i, b, i) && (a->weights == NULL) == (b->weights == NULL) &&
               (a->weights == NULL || a->weights[i] == b->weights[i]);
    }
    return same;
}

static bool lists(const TallyElection *e, uint32_t ballot, uint32_t project)
{
    for (uint32_t i = e->start[ballot]; i < e->start[ballot + 1]; i++) {
        if (e->choices[i] == project) {
            return true;
        }
    }
    return false;
}

static bool is_twin(const TallyElection *merged, uint32_t m, const TallyElection *whole, uint32_t b)
{
    if (whole->kind != TALLY_BALLOTS_APPROVAL) {
        return same_ballot(merged, m, whole, b);
    }
    bool same = merged->start[m + 1] - merged->start[m] == whole->start[b + 1] - whole->start[b];
    for (uint32_t i = whole->start[b]; i < whole->start[b + 1] && same; i++) {
        same = lists(merged, m, whole->choices[i]);
    }
    return same;
}

/* Every ballot has one twin, whose weight is the number of them. */
static bool holds_all(const TallyElection *merged, const TallyElection *whole)
{
    int64_t seen[VOTERS_MAX] = {0};
    for (uint32_t b = 0; b < whole->n_ballots; b++) {
        uint32_t twins = 0;
        for (uint32_t m = 0; m < merged->n_ballots; m++) {
            bool twin = is_twin(merged, m, whole, b);
            twins += twin;
            seen[m] += twin;
        }
        if (twins != 1) {
            return false;
        }
    }
    return memcmp(seen, merged->weights, merged->n_ballots * sizeof *seen) == 0;
}

static Sketch random_sketch(Seeded *seeded)
{
    return (Sketch){.kind = (TallyBallotKind)below(seeded, 3),
                    .n_projects = 1 + below(seeded, PROJECTS_MAX),
                    .n_voters = below(seeded, VOTERS_MAX),
                    .seed = seeded_next(seeded)};
}

static void styles_agree(Arena *arena, Seeded *seeded, uint64_t seed)
{
    static const char *const ends[] = {"\n", "\r\n", "\r"};
    static const char *const blanks[] = {"", "\n", ";;;\r\n", " \n\n"};
    Sketch sketch = random_sketch(seeded);
    Style plain = {.eol = "\n", .blank = ""};
    Style other = {.quoted = below(seeded, 2) == 0,
                   .eol = ends[below(seeded, 3)],
                   .extra = below(seeded, 2) == 0,
                   .blank = blanks[below(seeded, 4)]};
    Buf a;
    Buf b;
    buf_init(&a, 1 << 20);
    buf_init(&b, 1 << 20);
    write_text(&a, &sketch, &plain);
    write_text(&b, &sketch, &other);
    PabulibFile whole;
    PabulibFile styled;
    must(pabulib_parse(arena, buf_view(&a), &whole), seed);
    must(pabulib_parse(arena, buf_view(&b), &styled), seed);
    CHECK(whole.election.n_ballots == sketch.n_voters);
    CHECK(same_election(&whole.election, &styled.election));
    PabulibFile merged = read_pieces(arena, buf_view(&a), seeded, 9000, seed);
    PabulibFile bytes = read_pieces(arena, buf_view(&b), seeded, 3, seed);
    CHECK(same_election(&merged.election, &bytes.election));
    CHECK(holds_all(&merged.election, &whole.election));
    buf_free(&a);
    buf_free(&b);
}

static void every_style_of_a_file_in_every_size_of_pieces_reads_the_same(void **state)
{
    (void)state;
    for_random_elections(styles_agree, ROUNDS);
}

static Str random_text(Arena *arena, Seeded *seeded)
{
    static const char *const parts[] = {"a", ";", "\"", "\n", "路", ",", "\r\n", "7", "b c"};
    Buf text;
    buf_init(&text, 4096);
    uint32_t count = below(seeded, 6);
    buf_cstr(&text, "x"); /* no white space at the ends: it does not count */
    for (uint32_t i = 0; i < count; i++) {
        buf_cstr(&text, parts[below(seeded, countof(parts))]);
    }
    buf_cstr(&text, "x");
    Str copy = arena_str(arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

static PabulibFile random_file(Arena *arena, Seeded *seeded)
{
    RandomElection *random = random_election_any(arena, seeded);
    uint32_t n = random->election.n_projects;
    PabulibProject *projects = arena_array(arena, PabulibProject, n + 1);
    for (uint32_t p = 0; p < n; p++) {
        projects[p] = (PabulibProject){.name = random_text(arena, seeded),
                                       .category = random_text(arena, seeded),
                                       .target = random_text(arena, seeded),
                                       .selected = random_text(arena, seeded)};
    }
    PabulibPair *meta = arena_array(arena, PabulibPair, 2);
    meta[0] = (PabulibPair){STR("description"), random_text(arena, seeded)};
    meta[1] = (PabulibPair){random_text(arena, seeded), random_text(arena, seeded)};
    return (PabulibFile){
        .election = random->election, .projects = projects, .meta = meta, .n_meta = 2};
}

static Str written(Arena *arena, const PabulibFile *file)
{
    Buf text;
    buf_init(&text, 1 << 20);
    pabulib_write(arena, file, &text);
    assert_false(text.overflowed);
    Str copy = arena_str(arena, buf_view(&text));
    buf_free(&text);
    return copy;
}

/* Random weights come back as so many equal ballots; merged, written and read they stay. */
static void comes_back(Arena *arena, Seeded *seeded, uint64_t seed)
{
    PabulibFile file = random_file(arena, seeded);
    for (uint32_t b = 0; b < file.election.n_ballots; b++) {
        if (file.election.weights[b] > 50) {
            return; /* a row a voter */
        }
    }
    PabulibFile first = read_pieces(arena, written(arena, &file), seeded, 5000, seed);
    PabulibFile again = read_pieces(arena, written(arena, &first), seeded, 5000, seed);
    CHECK(same_election(&first.election, &again.election));
    CHECK(first.election.n_projects == file.election.n_projects);
    for (uint32_t p = 0; p < file.election.n_projects; p++) {
        CHECK(str_eq(first.projects[p].name, file.projects[p].name));
        CHECK(str_eq(first.projects[p].category, file.projects[p].category));
        CHECK(str_eq(first.projects[p].target, file.projects[p].target));
        CHECK(str_eq(first.projects[p].selected, file.projects[p].selected));
    }
    CHECK(str_eq(first.meta[0].value, file.meta[0].value));
    CHECK(str_eq(first.meta[1].key, file.meta[1].key));
    CHECK(str_eq(first.meta[1].value, file.meta[1].value));
    TallyOptions options = tally_default_options();
    TallyResult counted;
    TallyResult recounted;
    if (tally_run(arena, &file.election, &options, &counted) == NULL) {
        must(tally_run(arena, &again.election, &options, &recounted), seed);
        CHECK(str_eq(counted.welfare, recounted.welfare) ||
              file.election.amount_decimals != again.election.amount_decimals);
        CHECK(counted.n_selected == recounted.n_selected);
        CHECK(memcmp(counted.selected, recounted.selected, counted.n_selected * 4) == 0);
    }
}

static void a_file_written_and_read_again_is_the_same(void **state)
{
    (void)state;
    for_random_elections(comes_back, ROUNDS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_style_of_a_file_in_every_size_of_pieces_reads_the_same),
        cmocka_unit_test(a_file_written_and_read_again_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
