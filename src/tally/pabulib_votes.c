/* pabulib_votes.c: the ballots of a .pb file; the general way, and a fast one for plain rows. */
#include <string.h>

#include "base/vec.h"
#include "tally/pabulib_parser.h"

void pabulib_open_votes(PabulibParser *parser)
{
    if (!parser->has_ballots) {
        ballots_open(&parser->ballots, parser->arena, parser->kind, parser->merges,
                     parser->reader.source.expected_bytes);
        parser->has_ballots = true;
    }
    ballots_set_projects(&parser->ballots, (uint32_t)parser->projects.count);
}

/* Points so far are kept in units of the longest fraction so far. */
static Error *widen_points(PabulibParser *parser, Str text, int decimals)
{
    int before = parser->points_decimals;
    bool fits = ballots_rescale_points(&parser->ballots, before, decimals);
    for (size_t i = 0; i < parser->chosen_points.count && fits; i++) {
        int64_t *points = &parser->chosen_points.items[i];
        fits = tally_decimal_rescale(*points, before, decimals, points);
    }
    if (!fits) {
        return pabulib_wrong(parser, text, "points that have at most 18 digits together");
    }
    parser->points_decimals = decimals;
    return NULL;
}

static Error *read_points(PabulibParser *parser, Str text, int64_t *out)
{
    int decimals = 0;
    if (!tally_decimal_parse(text, out, &decimals)) {
        return pabulib_wrong(parser, text, "points: a number of at most 18 digits, not negative");
    }
    if (decimals > parser->points_decimals) {
        Error *err = widen_points(parser, text, decimals);
        if (err) {
            return err;
        }
    }
    if (!tally_decimal_rescale(*out, decimals, parser->points_decimals, out)) {
        return pabulib_wrong(parser, text, "points that have at most 18 digits together");
    }
    return NULL;
}

static Error *add_choice(PabulibParser *parser, Str id, int64_t points)
{
    size_t index = (size_t)(uintptr_t)map_get(&parser->ids, id);
    if (index == 0 || index > parser->ballots.n_projects) {
        return pabulib_wrong(parser, id,
                             id.len > 0 ? "the id of a project in PROJECTS"
                                        : "a project id between the commas");
    }
    *vec_push(parser->arena, &parser->chosen) = (uint32_t)index - 1;
    *vec_push(parser->arena, &parser->chosen_points) = points;
    return NULL;
}

static Error *read_choices(PabulibParser *parser, Str vote, Str all_points)
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
            return pabulib_wrong(parser, (Str){0}, "as many points as projects in the vote");
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

static Error *put_ballot(PabulibParser *parser)
{
    bool is_points = parser->kind == TALLY_BALLOTS_POINTS;
    if (!ballots_put(&parser->ballots, parser->chosen.items,
                     is_points ? parser->chosen_points.items : NULL, parser->chosen.count)) {
        return pabulib_wrong(parser, (Str){0},
                             "fewer than 4294967295 ballots, and choices on all of them together");
    }
    return NULL;
}

Error *pabulib_read_vote(PabulibParser *parser)
{
    if ((uint32_t)parser->columns.vote >= parser->row.count) {
        return pabulib_wrong(parser, parser->row.cells[0], "a row with a vote cell");
    }
    parser->chosen.count = 0;
    parser->chosen_points.count = 0;
    Str vote = pabulib_cell(&parser->row, parser->columns.vote);
    Str points = pabulib_cell(&parser->row, parser->columns.points);
    if (vote.len > 0) {
        Error *err = read_choices(parser, vote, points);
        if (err) {
            return err;
        }
    }
    return put_ballot(parser);
}

/* ---- the fast way -------------------------------------------------------------------------- */
/* Eight bytes at once in a 64-bit number, the first of them lowest. Each test leaves the top bit in
 * the first byte that has the property, and nothing below it. */

#define ONES UINT64_C(0x0101010101010101)
#define TOPS UINT64_C(0x8080808080808080)

static uint64_t load_eight(const char *at)
{
    uint64_t eight = 0;
    memcpy(&eight, at, sizeof(eight));
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    eight = __builtin_bswap64(eight);
#endif
    return eight;
}

static uint64_t bytes_below(uint64_t eight, uint8_t bound)
{
    return (eight - ONES * bound) & ~eight & TOPS;
}

static uint64_t bytes_equal(uint64_t eight, uint8_t byte)
{
    uint64_t zero = eight ^ (ONES * byte);
    return (zero - ONES) & ~zero & TOPS;
}

static size_t first_of(uint64_t found)
{
    return (size_t)__builtin_ctzll(found) / 8;
}

/* The end of the cell at `at`: a separator, or a byte below 0x0E such as a line end. */
static const char *end_of_cell(const char *at)
{
    uint64_t eight = load_eight(at);
    uint64_t found = bytes_below(eight, 0x0E) | bytes_equal(eight, ';');
    while (found == 0) {
        at += 8;
        eight = load_eight(at);
        found = bytes_below(eight, 0x0E) | bytes_equal(eight, ';');
    }
    return at + first_of(found);
}

/* Passes `count` cells and their separators; NULL when the row is not plain. */
static const char *skip_cells(const char *at, int count)
{
    for (int i = 0; i < count; i++) {
        bool is_quoted = *at == '"';
        at = end_of_cell(at);
        if (is_quoted || *at != ';') {
            return NULL;
        }
        at++;
    }
    return at;
}

/* Reads the vote cell at `at` into parser->chosen, which has room for every project; returns its
 * end, or NULL when it is not plain. */
static const char *scan_choices(PabulibParser *parser, const char *at)
{
    size_t count = 0;
    bool more = *at != ';' && *at != '\n' && *at != '\r';
    while (more) {
        uint64_t eight = load_eight(at);
        uint64_t stop = bytes_below(eight, ',' + 1) | bytes_equal(eight, ';');
        if (stop == 0 || count == parser->projects.count) {
            return NULL;
        }
        size_t length = first_of(stop);
        uint32_t project = pabulib_ids_find(&parser->short_ids,
                                            eight & ((UINT64_C(1) << (8 * length)) - 1), length);
        if (project == PABULIB_NO_ID) {
            return NULL;
        }
        parser->chosen.items[count++] = project;
        more = at[length] == ',';
        at += length + more;
    }
    parser->chosen.count = count;
    return at;
}

/* From the end of the vote cell to behind the line end; NULL when the row is not plain. */
static const char *finish_line(const char *at)
{
    while (*at == ';') {
        if (at[1] == '"') {
            return NULL;
        }
        at = end_of_cell(at + 1);
    }
    at += *at == '\r';
    return *at == '\n' ? at + 1 : NULL;
}

/* Rows that are blank, or open a section, are left to the general way. */
static bool begins_plainly(const char *row)
{
    switch (*row) {
    case 'm':
    case 'M':
    case 'p':
    case 'P':
    case 'v':
    case 'V': {
        size_t length = (size_t)(end_of_cell(row) - row);
        return pabulib_section_of(pabulib_trim(str_from_bytes(row, length))) ==
               PABULIB_SECTION_NONE;
    }
    default:
        return (uint8_t)*row > ' ' && *row != ';';
    }
}

/* Behind the plain row that begins here, with its choices read; or NULL. */
static const char *scan_row(PabulibParser *parser, const char *row)
{
    const char *at = begins_plainly(row) ? skip_cells(row, parser->columns.vote) : NULL;
    at = at == NULL ? NULL : scan_choices(parser, at);
    return at == NULL ? NULL : finish_line(at);
}

static void reserve_chosen(PabulibParser *parser)
{
    if (parser->chosen.capacity <= parser->projects.count) {
        parser->chosen.capacity = parser->projects.count + 1;
        parser->chosen.items = arena_array(parser->arena, uint32_t, parser->chosen.capacity);
    }
}

Error *pabulib_read_plain_votes(PabulibParser *parser)
{
    PabulibReader *reader = &parser->reader;
    if (parser->kind == TALLY_BALLOTS_POINTS) {
        return NULL;
    }
    parser->chosen.count = 0;
    reserve_chosen(parser);
    /* Every row that begins before reader->lines has an LF in the window, which ends each loop. */
    while (reader->at < reader->lines) {
        const char *after = scan_row(parser, reader->window + reader->at);
        if (after == NULL) {
            return NULL;
        }
        parser->row.line = reader->line++;
        reader->at = (size_t)(after - reader->window);
        Error *err = put_ballot(parser);
        if (err) {
            return err;
        }
    }
    return NULL;
}
