#include "tally/pabulib.h"

#include "base/map.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "tally/pabulib_rows.h"

typedef enum Section { SECTION_NONE, SECTION_META, SECTION_PROJECTS, SECTION_VOTES } Section;

/* An amount as read, before all amounts are brought to one scale. */
typedef struct Amount {
    int64_t value;
    int decimals;
    uint32_t line;
    Str text;
} Amount;

typedef struct Columns {
    int cost;
    int name;
    int category;
    int target;
    int selected;
    int vote;
    int points;
} Columns;

typedef struct PairVec {
    PabulibPair *items;
    size_t count;
    size_t capacity;
} PairVec;

typedef struct ProjectVec {
    PabulibProject *items;
    size_t count;
    size_t capacity;
} ProjectVec;

typedef struct ElectionProjectVec {
    TallyProject *items;
    size_t count;
    size_t capacity;
} ElectionProjectVec;

typedef struct AmountVec {
    Amount *items;
    size_t count;
    size_t capacity;
} AmountVec;

typedef struct IndexVec {
    uint32_t *items;
    size_t count;
    size_t capacity;
} IndexVec;

typedef struct PointsVec {
    int64_t *items;
    size_t count;
    size_t capacity;
} PointsVec;

typedef struct Parser {
    Arena *arena;
    PabulibReader reader;
    PabulibRow row;
    Section section;
    Columns columns;
    PairVec meta;
    bool has_budget;
    Amount budget;
    bool has_kind;
    TallyBallotKind kind;
    ProjectVec projects;
    ElectionProjectVec named; /* beside projects: their ids, later their costs */
    AmountVec costs;          /* beside projects */
    Map ids;                  /* id -> project index + 1 */
    IndexVec listed;          /* by project: where in choices it was last listed, + 1 */
    IndexVec start;
    IndexVec choices;
    PointsVec points; /* beside choices */
    int points_decimals;
} Parser;

static Error *wrong(Parser *parser, Str word, const char *expected)
{
    return pabulib_error(parser->arena, parser->row.line, word, expected);
}

/* ---- META ---------------------------------------------------------------------------------- */

static Error *read_amount(Parser *parser, Str text, const char *expected, Amount *out)
{
    *out = (Amount){.line = parser->row.line, .text = text};
    if (!tally_decimal_parse(text, &out->value, &out->decimals)) {
        return wrong(parser, text, expected);
    }
    return NULL;
}

static Error *read_vote_type(Parser *parser, Str word)
{
    static const struct {
        Str word;
        TallyBallotKind kind;
    } kinds[] = {
        {STR_INIT("approval"), TALLY_BALLOTS_APPROVAL},
        {STR_INIT("choose-1"), TALLY_BALLOTS_APPROVAL},
        {STR_INIT("ordinal"), TALLY_BALLOTS_RANKED},
        {STR_INIT("cumulative"), TALLY_BALLOTS_POINTS},
        {STR_INIT("scoring"), TALLY_BALLOTS_POINTS},
    };
    for (size_t i = 0; i < countof(kinds); i++) {
        if (str_eq_ignore_case(kinds[i].word, word)) {
            parser->kind = kinds[i].kind;
            parser->has_kind = true;
            return NULL;
        }
    }
    return wrong(parser, word, "a vote_type of approval, choose-1, ordinal, cumulative or scoring");
}

static Error *read_meta(Parser *parser)
{
    Str key = parser->row.cells[0];
    Str value = pabulib_cell(&parser->row, 1);
    *vec_push(parser->arena, &parser->meta) = (PabulibPair){key, value};
    if (str_eq_ignore_case(key, STR("budget"))) {
        parser->has_budget = true;
        return read_amount(parser, value, "a budget: a number of at most 18 digits, not negative",
                           &parser->budget);
    }
    if (str_eq_ignore_case(key, STR("vote_type"))) {
        return read_vote_type(parser, value);
    }
    return NULL;
}

/* ---- PROJECTS ------------------------------------------------------------------------------ */

static Error *read_project(Parser *parser)
{
    const PabulibRow *row = &parser->row;
    Str id = row->cells[0];
    if (id.len == 0) {
        return wrong(parser, id, "a project id in the first cell");
    }
    Amount cost;
    Error *err = read_amount(parser, pabulib_cell(row, parser->columns.cost),
                             "a cost: a number of at most 18 digits, not negative", &cost);
    if (err) {
        return err;
    }
    *vec_push(parser->arena, &parser->projects) =
        (PabulibProject){.name = pabulib_cell(row, parser->columns.name),
                         .category = pabulib_cell(row, parser->columns.category),
                         .target = pabulib_cell(row, parser->columns.target),
                         .selected = pabulib_cell(row, parser->columns.selected),
                         .line = row->line};
    *vec_push(parser->arena, &parser->named) = (TallyProject){.name = id};
    *vec_push(parser->arena, &parser->costs) = cost;
    *vec_push(parser->arena, &parser->listed) = 0;
    /* The map holds pointers; an index + 1 in the place of one saves an object a project. */
    if (map_set(&parser->ids, id, (void *)(uintptr_t)parser->projects.count) != NULL) {
        return wrong(parser, id, "each project id once");
    }
    return NULL;
}

/* ---- VOTES --------------------------------------------------------------------------------- */

/* Points so far are kept in units of the longest fraction so far. */
static Error *widen_points(Parser *parser, Str text, int decimals)
{
    for (size_t i = 0; i < parser->points.count; i++) {
        int64_t *points = &parser->points.items[i];
        if (!tally_decimal_rescale(*points, parser->points_decimals, decimals, points)) {
            return wrong(parser, text, "points that have at most 18 digits together");
        }
    }
    parser->points_decimals = decimals;
    return NULL;
}

static Error *read_points(Parser *parser, Str text, int64_t *out)
{
    int decimals = 0;
    if (!tally_decimal_parse(text, out, &decimals)) {
        return wrong(parser, text, "points: a number of at most 18 digits, not negative");
    }
    if (decimals > parser->points_decimals) {
        Error *err = widen_points(parser, text, decimals);
        if (err) {
            return err;
        }
    }
    if (!tally_decimal_rescale(*out, decimals, parser->points_decimals, out)) {
        return wrong(parser, text, "points that have at most 18 digits together");
    }
    return NULL;
}

static Error *add_choice(Parser *parser, Str id, int64_t points)
{
    size_t index = (size_t)(uintptr_t)map_get(&parser->ids, id);
    if (index == 0) {
        return wrong(parser, id,
                     id.len > 0 ? "the id of a project in PROJECTS"
                                : "a project id between the commas");
    }
    uint32_t *listed = &parser->listed.items[index - 1];
    bool is_points = parser->kind == TALLY_BALLOTS_POINTS;
    if (*listed > parser->start.items[parser->start.count - 1]) {
        if (is_points) {
            parser->points.items[*listed - 1] = points;
        }
        return NULL;
    }
    if (parser->choices.count >= UINT32_MAX - 1) {
        return wrong(parser, (Str){0}, "fewer than 4294967295 choices on all ballots together");
    }
    *vec_push(parser->arena, &parser->choices) = (uint32_t)index - 1;
    *listed = (uint32_t)parser->choices.count;
    if (is_points) {
        *vec_push(parser->arena, &parser->points) = points;
    }
    return NULL;
}

static Error *read_choices(Parser *parser, Str vote, Str all_points)
{
    bool is_points = parser->kind == TALLY_BALLOTS_POINTS;
    bool more = true;
    while (more) {
        Str id;
        Str given = {0};
        int64_t points = 0;
        bool more_points = is_points && str_cut(all_points, ',', &given, &all_points);
        more = str_cut(vote, ',', &id, &vote);
        if (is_points && more_points != more) {
            return wrong(parser, (Str){0}, "as many points as projects in the vote");
        }
        Error *err = is_points ? read_points(parser, pabulib_trim(given), &points) : NULL;
        if (err) {
            return err;
        }
        err = add_choice(parser, pabulib_trim(id), points);
        if (err) {
            return err;
        }
    }
    return NULL;
}

static Error *read_vote(Parser *parser)
{
    if ((uint32_t)parser->columns.vote >= parser->row.count) {
        return wrong(parser, parser->row.cells[0], "a row with a vote cell");
    }
    Str vote = pabulib_cell(&parser->row, parser->columns.vote);
    Str points = pabulib_cell(&parser->row, parser->columns.points);
    if (vote.len > 0) {
        Error *err = read_choices(parser, vote, points);
        if (err) {
            return err;
        }
    }
    if (parser->start.count >= UINT32_MAX - 1) {
        return wrong(parser, (Str){0}, "fewer than 4294967295 ballots");
    }
    *vec_push(parser->arena, &parser->start) = (uint32_t)parser->choices.count;
    return NULL;
}

/* ---- sections ------------------------------------------------------------------------------ */

static Section section_of(const PabulibRow *row)
{
    if (str_eq_ignore_case(row->cells[0], STR("META"))) {
        return SECTION_META;
    }
    if (str_eq_ignore_case(row->cells[0], STR("PROJECTS"))) {
        return SECTION_PROJECTS;
    }
    if (str_eq_ignore_case(row->cells[0], STR("VOTES"))) {
        return SECTION_VOTES;
    }
    return SECTION_NONE;
}

static int find_column(const PabulibRow *row, Str name)
{
    for (uint32_t i = 1; i < row->count; i++) {
        if (str_eq_ignore_case(row->cells[i], name)) {
            return (int)i;
        }
    }
    return -1;
}

static Error *read_header(Parser *parser)
{
    const PabulibRow *row = &parser->row;
    parser->columns = (Columns){.cost = find_column(row, STR("cost")),
                                .name = find_column(row, STR("name")),
                                .category = find_column(row, STR("category")),
                                .target = find_column(row, STR("target")),
                                .selected = find_column(row, STR("selected")),
                                .vote = find_column(row, STR("vote")),
                                .points = find_column(row, STR("points"))};
    if (parser->section == SECTION_PROJECTS && parser->columns.cost < 0) {
        return wrong(parser, (Str){0}, "a column cost in the header of PROJECTS");
    }
    if (parser->section == SECTION_VOTES && parser->columns.vote < 0) {
        return wrong(parser, (Str){0}, "a column vote in the header of VOTES");
    }
    bool needs_points = parser->kind == TALLY_BALLOTS_POINTS;
    if (parser->section == SECTION_VOTES && needs_points && parser->columns.points < 0) {
        return wrong(parser, (Str){0}, "a column points in the header of VOTES");
    }
    return NULL;
}

/* The row that names a section has just been read; its header follows. */
static Error *open_section(Parser *parser, Section section)
{
    if (section == SECTION_VOTES && !parser->has_kind) {
        return wrong(parser, (Str){0}, "META with a vote_type before VOTES");
    }
    parser->section = section;
    bool found = false;
    Error *err = pabulib_next_row(&parser->reader, &parser->row, &found);
    if (err) {
        return err;
    }
    if (!found) {
        return wrong(parser, (Str){0}, "a header row after the last row");
    }
    return read_header(parser);
}

static Error *read_row(Parser *parser)
{
    Section section = section_of(&parser->row);
    if (section != SECTION_NONE) {
        return open_section(parser, section);
    }
    switch (parser->section) {
    case SECTION_META:
        return read_meta(parser);
    case SECTION_PROJECTS:
        return read_project(parser);
    case SECTION_VOTES:
        return read_vote(parser);
    case SECTION_NONE:
        break;
    }
    return wrong(parser, parser->row.cells[0], "META, PROJECTS or VOTES before any other row");
}

static Error *read_rows(Parser *parser)
{
    *vec_push(parser->arena, &parser->start) = 0;
    bool found = true;
    while (found) {
        Error *err = pabulib_next_row(&parser->reader, &parser->row, &found);
        if (!err && found) {
            err = read_row(parser);
        }
        if (err) {
            return err;
        }
    }
    return NULL;
}

/* ---- the whole ----------------------------------------------------------------------------- */

/* Brings the budget and all costs to the scale of the longest fraction. */
static Error *scale_amounts(Parser *parser, TallyElection *election)
{
    int decimals = parser->budget.decimals;
    for (size_t i = 0; i < parser->costs.count; i++) {
        int more = parser->costs.items[i].decimals;
        decimals = more > decimals ? more : decimals;
    }
    election->amount_decimals = decimals;
    const Amount *amount = &parser->budget;
    bool fits = tally_decimal_rescale(amount->value, amount->decimals, decimals, &election->budget);
    for (size_t i = 0; i < parser->costs.count && fits; i++) {
        amount = &parser->costs.items[i];
        fits = tally_decimal_rescale(amount->value, amount->decimals, decimals,
                                     &parser->named.items[i].cost);
    }
    if (!fits) {
        return pabulib_error(parser->arena, amount->line, amount->text,
                             "amounts of at most 18 digits, with the decimals that other amounts "
                             "of the file need");
    }
    return NULL;
}

static Error *check_whole(Parser *parser)
{
    Str nothing = {0};
    if (!parser->has_budget) {
        return pabulib_error(parser->arena, 0, nothing, "a budget in META");
    }
    if (!parser->has_kind) {
        return pabulib_error(parser->arena, 0, nothing, "a vote_type in META");
    }
    if (parser->section != SECTION_VOTES) {
        return pabulib_error(parser->arena, 0, nothing, "a section VOTES at the end of the file");
    }
    return NULL;
}

static Error *finish(Parser *parser, PabulibFile *out)
{
    Error *err = check_whole(parser);
    if (err) {
        return err;
    }
    TallyElection election = {.n_projects = (uint32_t)parser->projects.count,
                              .kind = parser->kind,
                              .n_ballots = (uint32_t)parser->start.count - 1,
                              .start = parser->start.items,
                              .choices = parser->choices.items,
                              .points = parser->points.items,
                              .points_decimals = parser->points_decimals};
    err = scale_amounts(parser, &election);
    if (err) {
        return err;
    }
    election.projects = parser->named.items;
    *out = (PabulibFile){.election = election,
                         .projects = parser->projects.items,
                         .meta = parser->meta.items,
                         .n_meta = parser->meta.count};
    return NULL;
}

Error *pabulib_parse(Arena *arena, Str text, PabulibFile *out)
{
    *out = (PabulibFile){0};
    if (!utf8_is_valid(text)) {
        return pabulib_error(arena, 0, (Str){0}, "a text in UTF-8");
    }
    if (str_starts_with(text, STR("\xEF\xBB\xBF"))) {
        text = str_slice(text, 3, text.len);
    }
    Parser *parser = arena_new(arena, Parser);
    parser->arena = arena;
    parser->reader = (PabulibReader){.arena = arena, .text = text, .line = 1};
    map_init(&parser->ids, arena);
    Error *err = read_rows(parser);
    if (err) {
        return err;
    }
    return finish(parser, out);
}

Str pabulib_meta(const PabulibFile *file, Str key)
{
    for (size_t i = 0; i < file->n_meta; i++) {
        if (str_eq_ignore_case(file->meta[i].key, key)) {
            return file->meta[i].value;
        }
    }
    return (Str){0};
}
