/* `yuanzhuo recount` as a person who doubts a result uses it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/error.h"
#include "platform/bundle/bundle.h"
#include "tests/support/run_program.h"

#define BYTES_MAX (1 << 20)

/* Two caps and two floors: without any one of them the selection is another. */
#define ELECTION                                                                                   \
    "META\nkey;value\nbudget;130\nvote_type;approval\n"                                            \
    "PROJECTS\nproject_id;cost;category;target\n"                                                  \
    "pool;60;water;old\npark;30;green;old\nbench;10;green;young\nroad;40;traffic;young\n"          \
    "VOTES\nvoter_id;vote\n1;pool,park\n2;pool,park\n3;pool,bench\n4;bench,road\n"
#define BALLOTS "receipt,choices\nR1,\"1,2\"\nR2,\"1,2\"\nR3,\"1,3\"\nR4,\"3,4\"\n"

typedef struct Place {
    Arena *arena;
    char directory[64];
} Place;

static int set_up(void **state)
{
    static Place place;
    place = (Place){.arena = arena_create(64u << 20), .directory = "/tmp/yz_recount_XXXXXX"};
    require(mkdtemp(place.directory) != NULL);
    *state = &place;
    return 0;
}

static int tear_down(void **state)
{
    Place *place = *state;
    unlink(arena_printf(place->arena, "%s/bundle.zip", place->directory).data);
    rmdir(place->directory);
    arena_destroy(place->arena);
    return 0;
}

static const TallyWord with_limits[] = {
    {STR_INIT("rule"), STR_INIT("greedy")},
    {STR_INIT("cap"), STR_INIT("category=water=50")},
    {STR_INIT("cap"), STR_INIT("projects=park,bench=35")},
    {STR_INIT("floor"), STR_INIT("category=traffic=40")},
    {STR_INIT("floor"), STR_INIT("projects=park=30")},
};

/* A bundle of the election counted with the options; `wrong_total` publishes another sum. */
static Str bundle(Arena *arena, const TallyWord *options, size_t n_options, bool wrong_total)
{
    PabulibFile file;
    TallyOptions rule;
    TallyResult result;
    assert_null(pabulib_parse(arena, STR(ELECTION), &file));
    assert_null(tally_words_apply(arena, options, n_options, &file, &rule));
    assert_null(tally_run(arena, &file.election, &rule, &result));
    result.total_cost += wrong_total;
    const ZipMember members[] = {{STR("election.pb"), STR(ELECTION)},
                                 {STR("ballots.csv"), STR(BALLOTS)}};
    BundleFacts facts = {.options = options,
                         .n_options = n_options,
                         .members = members,
                         .n_members = countof(members),
                         .result = bundle_result(arena, &file.election, &result)};
    Buf out;
    buf_init(&out, BYTES_MAX);
    assert_null(bundle_write(arena, &facts, &out));
    Str bytes = arena_str(arena, buf_view(&out));
    buf_free(&out);
    return bytes;
}

static void put(const Place *place, Str bytes)
{
    FILE *file = fopen(arena_printf(place->arena, "%s/bundle.zip", place->directory).data, "wb");
    require(file != NULL && fwrite(bytes.data, 1, bytes.len, file) == bytes.len);
    require(fclose(file) == 0);
}

#define RECOUNT(place, input, ...)                                                                 \
    run_program((place)->arena, (place)->directory, (const char *const[]){"recount", __VA_ARGS__}, \
                input)

static void assert_run(ProgramRun run, int code, const char *out, const char *err)
{
    if (run.code != code || !str_contains(run.out, str_from(out)) ||
        !str_contains(run.err, str_from(err))) {
        fail_msg("exit %d: %.*s%.*s", run.code, STR_ARG(run.out), STR_ARG(run.err));
    }
}

static void a_published_result_is_the_same(void **state)
{
    const Place *place = *state;
    put(place, bundle(place->arena, with_limits, 1, false));
    assert_run(RECOUNT(place, STR(""), "bundle.zip", NULL), 0, "same: 3 selected, 4 voters\n", "");
}

/* And with one limit less the result would be another. */
static void several_caps_and_floors_are_counted_again(void **state)
{
    const Place *place = *state;
    PabulibFile file;
    TallyOptions options;
    TallyResult all;
    put(place, bundle(place->arena, with_limits, countof(with_limits), false));
    assert_run(RECOUNT(place, STR(""), "bundle.zip", NULL), 0, "same: 2 selected, 4 voters\n", "");
    assert_null(pabulib_parse(place->arena, STR(ELECTION), &file));
    assert_null(
        tally_words_apply(place->arena, with_limits, countof(with_limits), &file, &options));
    assert_null(tally_run(place->arena, &file.election, &options, &all));
    for (size_t left_out = 1; left_out < countof(with_limits); left_out++) {
        TallyWord words[countof(with_limits)];
        size_t n = 0;
        TallyResult result;
        for (size_t i = 0; i < countof(with_limits); i++) {
            words[n] = with_limits[i];
            n += i != left_out;
        }
        assert_null(tally_words_apply(place->arena, words, n, &file, &options));
        assert_null(tally_run(place->arena, &file.election, &options, &result));
        assert_true(result.n_selected != all.n_selected ||
                    memcmp(result.selected, all.selected, all.n_selected * sizeof *all.selected) !=
                        0);
    }
}

static void a_changed_result_is_named(void **state)
{
    const Place *place = *state;
    put(place, bundle(place->arena, with_limits, 1, true));
    assert_run(RECOUNT(place, STR(""), "bundle.zip", NULL), 1,
               "different: total_cost: published \"101\", counted \"100\"\n", "");
}

static void a_changed_byte_is_named(void **state)
{
    const Place *place = *state;
    Str honest = bundle(place->arena, with_limits, 1, false);
    char *bytes = arena_cstr(place->arena, honest);
    bytes[honest.len / 2] ^= 1;
    put(place, (Str){bytes, honest.len});
    assert_run(RECOUNT(place, STR(""), "bundle.zip", NULL), 1, "different: ", "");
}

static void a_dash_reads_standard_input(void **state)
{
    const Place *place = *state;
    Str bytes = bundle(place->arena, with_limits, 1, false);
    assert_run(RECOUNT(place, bytes, "-", NULL), 0, "same: 3 selected", "");
    assert_run(RECOUNT(place, STR("nothing"), "-", NULL), 1, "different: this is not a zip archive",
               "");
}

static void what_cannot_be_read_is_told_apart_from_wrong_usage(void **state)
{
    const Place *place = *state;
    assert_run(RECOUNT(place, STR(""), "none.zip", NULL), 1, "",
               "yuanzhuo recount: none.zip cannot be read: No such file or directory");
    assert_run(RECOUNT(place, STR(""), ".", NULL), 1, "", "cannot be read");
    assert_run(RECOUNT(place, STR(""), NULL), 2, "", "which bundle?");
    assert_run(RECOUNT(place, STR(""), "a.zip", "b.zip", NULL), 2, "", "one bundle at a time");
    assert_run(RECOUNT(place, STR(""), "--loud", "a.zip", NULL), 2, "", "--loud");
}

int main(void)
{
#define HERE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        HERE(a_published_result_is_the_same),
        HERE(several_caps_and_floors_are_counted_again),
        HERE(a_changed_result_is_named),
        HERE(a_changed_byte_is_named),
        HERE(a_dash_reads_standard_input),
        HERE(what_cannot_be_read_is_told_apart_from_wrong_usage),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
