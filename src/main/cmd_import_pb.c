/* cmd_import_pb.c: a Pabulib file becomes a finished round with its result. */
#include <sodium.h>

#include "base/limits.h"
#include "features/areas/areas.h"
#include "features/polls/polls.h"
#include "features/programmes/programmes.h"
#include "main/commands.h"
#include "main/install.h"
#include "main/options.h"
#include "main/read_file.h"
#include "tally/pabulib.h"

/* Stages of the template "first"; one more means that the round is over. */
#define STAGES_OF_FIRST 10
#define MAX_FILE_BYTES  (256u << 20)

typedef struct ImportFlags {
    const char *file;
    const char *db;
    PollRule rule;
} ImportFlags;

static const struct argp_option options[] = {
    {"db", 'd', "DB", 0, "a SQLite file (made when missing) or a PostgreSQL address (needed)", 0},
    {"tie", 't', "KEYS", 0, "order of ties: name (default), cost,name, votes,cost,name", 0},
    {"rule", 'r', "RULE", 0, "greedy (default), equal-shares, phragmen, max-welfare", 0},
    {"utility", 'u', "UTILITY", 0, "cost (default) or count", 0},
    {"complete", 'c', "COMPLETION", 0,
     "of equal shares: none (default), greedy, add1, add1e, next, add1+greedy, add1e+greedy, "
     "next+greedy",
     0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    ImportFlags *flags = state->input;
    switch (key) {
    case 'd':
        flags->db = argument;
        return 0;
    case 't':
        flags->rule.tie = str_from(argument);
        return 0;
    case 'r':
        flags->rule.rule = str_from(argument);
        return 0;
    case 'u':
        flags->rule.utility = str_from(argument);
        return 0;
    case 'c':
        flags->rule.completion = str_from(argument);
        return 0;
    case ARGP_KEY_ARG:
        if (flags->file) {
            argp_error(state, "one file at a time");
        }
        flags->file = argument;
        return 0;
    case ARGP_KEY_END:
        if (!flags->file || !flags->db) {
            argp_error(state, "FILE.pb and --db are needed");
        }
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    .options = options,
    .parser = parse,
    .args_doc = "FILE.pb",
    .doc = "Take a Pabulib file in as a finished round: projects, costs, ballots. The file's own "
           "selection is not read; the program counts by itself."};

typedef struct Place {
    Str name;
    Str title;
    Money budget;
} Place;

typedef struct PlaceDone {
    int64_t area;
    int64_t round;
} PlaceDone;

/* Use case: a community for the file and a round that has gone through all its stages. */
static Error *make_place(Tx *tx, const void *input, Instant now, void *output)
{
    const Place *place = input;
    PlaceDone *done = output;
    AreaNew area = {.kind = AREA_COMMUNITY, .name = place->name};
    Error *err = areas_create(tx, &area, &done->area);
    if (err) {
        return err;
    }
    Date today = instant_date(now);
    NewRound round = {.area = done->area,
                      .template_name = STR("first"),
                      .title = place->title,
                      .budget = place->budget,
                      .max_choices = 1,
                      .first_day = {today.days - 400}};
    err = programmes_create_round(tx, &round, now, &done->round);
    return err ? err : programmes_place_round(tx, done->area, done->round, STAGES_OF_FIRST + 1);
}

#define TITLE_BYTES 40

/* "Poland_Warszawa_2026.pb" gives "Poland Warszawa 2026". Of a longer name the end is kept, from a
 * whole word on: the beginnings are alike. */
static Str title_of(Arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    Str name = str_from(slash ? slash + 1 : path);
    name = str_ends_with(name, STR(".pb")) ? str_slice(name, 0, name.len - 3) : name;
    char *text = arena_cstr(arena, name);
    for (char *c = text; *c; c++) {
        *c = *c == '_' ? ' ' : *c;
    }
    Str title = str_trim(str_from(text));
    while (title.len > TITLE_BYTES) {
        Str rest;
        Str ignored;
        bool has_words = str_cut(title, ' ', &ignored, &rest) && rest.len > 0;
        title = has_words ? str_trim(rest) : str_slice(title, 0, TITLE_BYTES);
    }
    return title;
}

static Error *import(Arena *arena, const ImportFlags *flags, Db *db)
{
    Str text;
    PabulibFile file;
    Money budget;
    Error *err = read_file(arena, flags->file, MAX_FILE_BYTES, &text);
    if (!err) {
        err = pabulib_parse(arena, text, &file);
    }
    if (!err) {
        err = polls_amount_fen(arena, file.election.budget, file.election.amount_decimals, &budget);
    }
    if (!err) {
        err = db_migrate(db, arena, NULL);
    }
    if (err) {
        return err;
    }
    Str title = title_of(arena, flags->file);
    Place place = {.name = title, .title = title, .budget = budget};
    PlaceDone done;
    err = db_write(db, arena, make_place, &place, &done, sizeof(done));
    if (err && err->code == ERROR_ALREADY_EXISTS) {
        err =
            error_make(arena, ERROR_ALREADY_EXISTS,
                       "\"%.*s\" is in this database already; use another --db to take it in again",
                       STR_ARG(title));
    }
    int64_t poll = 0;
    if (!err) {
        err = polls_import_pabulib(db, arena, done.area, done.round, title, text, &flags->rule,
                                   &poll);
    }
    if (!err) {
        printf("/a/%s/polls/%s/result\n", id_text(done.area).text, id_text(poll).text);
    }
    return err;
}

int cmd_import_pb(int argc, char **argv)
{
    ImportFlags flags = {.rule = poll_rule_default()};
    flags.rule.tie = STR("name");
    flags.rule.zero_support = STR("include");
    argp_parse(&argp, argc, argv, 0, NULL, &flags);
    Arena *arena = arena_create((size_t)2 << 30);
    Clock clock = {0};
    Db *db = NULL;
    DbOptions options_db = {.where = flags.db, .clock = &clock, .may_create = true, .readers = 1};
    Error *err = sodium_init() < 0
                     ? error_make(arena, ERROR_CONFIGURATION, "libsodium cannot start")
                     : db_open(arena, &options_db, &db);
    if (!err) {
        err = import(arena, &flags, db);
        db_close(db);
    }
    int code = err ? report_error("import-pb", err) : 0;
    arena_destroy(arena);
    return code;
}
