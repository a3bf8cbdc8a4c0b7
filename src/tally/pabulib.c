#include "tally/pabulib.h"

#include <string.h>

#include "base/vec.h"
#include "tally/pabulib_parser.h"

Error *pabulib_wrong(PabulibParser *parser, Str word, const char *expected)
{
    return pabulib_error(parser->arena, parser->row.line, word, expected);
}

/* ---- META ---------------------------------------------------------------------------------- */

static Error *read_amount(PabulibParser *parser, Str text, const char *expected, Amount *out)
{
    *out = (Amount){.line = parser->row.line, .text = text};
    if (!tally_decimal_parse(text, &out->value, &out->decimals)) {
        return pabulib_wrong(parser, text, expected);
    }
    return NULL;
}

static Error *read_vote_type(PabulibParser *parser, Str word)
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
    return pabulib_wrong(parser, word,
                         "a vote_type of approval, choose-1, ordinal, cumulative or scoring");
}

static Error *read_meta(PabulibParser *parser)
{
    Str key = arena_str(parser->arena, parser->row.cells[0]);
    Str value = arena_str(parser->arena, pabulib_cell(&parser->row, 1));
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

/* The row's cells are gone with the next row. */
static Str kept_cell(PabulibParser *parser, int column)
{
    return arena_str(parser->arena, pabulib_cell(&parser->row, column));
}

static Error *read_project(PabulibParser *parser)
{
    const PabulibRow *row = &parser->row;
    Str id = arena_str(parser->arena, row->cells[0]);
    if (id.len == 0) {
        return pabulib_wrong(parser, id, "a project id in the first cell");
    }
    Amount cost;
    Error *err = read_amount(parser, kept_cell(parser, parser->columns.cost),
                             "a cost: a number of at most 18 digits, not negative", &cost);
    if (err) {
        return err;
    }
    *vec_push(parser->arena, &parser->projects) =
        (PabulibProject){.name = kept_cell(parser, parser->columns.name),
                         .category = kept_cell(parser, parser->columns.category),
                         .target = kept_cell(parser, parser->columns.target),
                         .selected = kept_cell(parser, parser->columns.selected),
                         .line = row->line};
    *vec_push(parser->arena, &parser->named) = (TallyProject){.name = id};
    *vec_push(parser->arena, &parser->costs) = cost;
    /* The map holds pointers; an index + 1 in the place of one saves an object a project. */
    if (map_set(&parser->ids, id, (void *)(uintptr_t)parser->projects.count) != NULL) {
        return pabulib_wrong(parser, id, "each project id once");
    }
    pabulib_ids_add(&parser->short_ids, id, (uint32_t)parser->projects.count - 1);
    return NULL;
}

/* ---- sections ------------------------------------------------------------------------------ */

PabulibSection pabulib_section_of(Str cell)
{
    if (str_eq_ignore_case(cell, STR("META"))) {
        return PABULIB_SECTION_META;
    }
    if (str_eq_ignore_case(cell, STR("PROJECTS"))) {
        return PABULIB_SECTION_PROJECTS;
    }
    if (str_eq_ignore_case(cell, STR("VOTES"))) {
        return PABULIB_SECTION_VOTES;
    }
    return PABULIB_SECTION_NONE;
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

static Error *read_header(PabulibParser *parser)
{
    const PabulibRow *row = &parser->row;
    parser->columns = (PabulibColumns){.cost = find_column(row, STR("cost")),
                                       .name = find_column(row, STR("name")),
                                       .category = find_column(row, STR("category")),
                                       .target = find_column(row, STR("target")),
                                       .selected = find_column(row, STR("selected")),
                                       .vote = find_column(row, STR("vote")),
                                       .points = find_column(row, STR("points"))};
    if (parser->section == PABULIB_SECTION_PROJECTS && parser->columns.cost < 0) {
        return pabulib_wrong(parser, (Str){0}, "a column cost in the header of PROJECTS");
    }
    if (parser->section == PABULIB_SECTION_VOTES && parser->columns.vote < 0) {
        return pabulib_wrong(parser, (Str){0}, "a column vote in the header of VOTES");
    }
    bool needs_points = parser->kind == TALLY_BALLOTS_POINTS;
    if (parser->section == PABULIB_SECTION_VOTES && needs_points && parser->columns.points < 0) {
        return pabulib_wrong(parser, (Str){0}, "a column points in the header of VOTES");
    }
    return NULL;
}

/* The row that names a section has just been read; its header follows. */
static Error *open_section(PabulibParser *parser, PabulibSection section)
{
    if (section == PABULIB_SECTION_VOTES && !parser->has_kind) {
        return pabulib_wrong(parser, (Str){0}, "META with a vote_type before VOTES");
    }
    parser->section = section;
    bool found = false;
    Error *err = pabulib_next_row(&parser->reader, &parser->row, &found);
    if (err) {
        return err;
    }
    if (!found) {
        return pabulib_wrong(parser, (Str){0}, "a header row after the last row");
    }
    err = read_header(parser);
    if (!err && section == PABULIB_SECTION_VOTES) {
        pabulib_open_votes(parser);
    }
    return err;
}

static Error *read_row(PabulibParser *parser)
{
    PabulibSection section = pabulib_section_of(parser->row.cells[0]);
    if (section != PABULIB_SECTION_NONE) {
        return open_section(parser, section);
    }
    switch (parser->section) {
    case PABULIB_SECTION_META:
        return read_meta(parser);
    case PABULIB_SECTION_PROJECTS:
        return read_project(parser);
    case PABULIB_SECTION_VOTES:
        return pabulib_read_vote(parser);
    case PABULIB_SECTION_NONE:
        break;
    }
    return pabulib_wrong(parser, parser->row.cells[0],
                         "META, PROJECTS or VOTES before any other row");
}

static Error *read_rows(PabulibParser *parser)
{
    bool found = true;
    while (found) {
        Error *err =
            parser->section == PABULIB_SECTION_VOTES ? pabulib_read_plain_votes(parser) : NULL;
        if (err) {
            return err;
        }
        err = pabulib_next_row(&parser->reader, &parser->row, &found);
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
static Error *scale_amounts(PabulibParser *parser, TallyElection *election)
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

static Error *check_whole(PabulibParser *parser)
{
    Str nothing = {0};
    if (!parser->has_budget) {
        return pabulib_error(parser->arena, 0, nothing, "a budget in META");
    }
    if (!parser->has_kind) {
        return pabulib_error(parser->arena, 0, nothing, "a vote_type in META");
    }
    if (parser->section != PABULIB_SECTION_VOTES) {
        return pabulib_error(parser->arena, 0, nothing, "a section VOTES at the end of the file");
    }
    return NULL;
}

static Error *finish(PabulibParser *parser, PabulibFile *out)
{
    Error *err = check_whole(parser);
    if (err) {
        return err;
    }
    TallyElection election = {.n_projects = (uint32_t)parser->projects.count,
                              .kind = parser->kind,
                              .points_decimals = parser->points_decimals};
    err = scale_amounts(parser, &election);
    if (err) {
        return err;
    }
    election.projects = parser->named.items;
    ballots_finish(&parser->ballots, &election);
    *out = (PabulibFile){.election = election,
                         .projects = parser->projects.items,
                         .meta = parser->meta.items,
                         .n_meta = parser->meta.count};
    return NULL;
}

static Error *read_file(Arena *arena, const PabulibSource *source, bool merges, PabulibFile *out)
{
    *out = (PabulibFile){0};
    PabulibParser *parser = arena_new(arena, PabulibParser);
    parser->arena = arena;
    parser->merges = merges;
    map_init(&parser->ids, arena);
    pabulib_ids_open(&parser->short_ids, arena);
    Error *err = pabulib_reader_open(&parser->reader, arena, source);
    err = err ? err : read_rows(parser);
    err = err ? err : finish(parser, out);
    ballots_close(&parser->ballots);
    return err;
}

Error *pabulib_read(Arena *arena, const PabulibSource *source, PabulibFile *out)
{
    return read_file(arena, source, true, out);
}

/* A text in memory as a source. */
static Error *read_text(Arena *arena, void *context, char *out, size_t capacity, size_t *out_got)
{
    (void)arena;
    Str *rest = context;
    *out_got = rest->len < capacity ? rest->len : capacity;
    if (*out_got > 0) {
        memcpy(out, rest->data, *out_got);
    }
    *rest = str_slice(*rest, *out_got, rest->len);
    return NULL;
}

Error *pabulib_parse(Arena *arena, Str text, PabulibFile *out)
{
    PabulibSource source = {.context = &text, .expected_bytes = text.len, .read = read_text};
    return read_file(arena, &source, false, out);
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
