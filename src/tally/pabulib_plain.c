/* pabulib_plain.c: the fast way through rows of VOTES. Where cells and choices end is found for 64
 * bytes at a time, so that none waits for the one before. */
#include "base/vec.h"
#include "tally/pabulib_parser.h"

#define ONES UINT64_C(0x0101010101010101)
#define TOPS UINT64_C(0x8080808080808080)

#define BLOCK      64
#define DIGITS_MAX 9 /* of points */

_Static_assert(PABULIB_PADDING >= BLOCK + PABULIB_KEY_BYTES, "a block may begin at the last byte");

/* Stops are the bytes up to "," - among them quotes, spaces and line ends - and ";". */
typedef struct Scan {
    const char *block;
    uint64_t stops; /* of the block, not passed yet; bit i: byte i */
} Scan;

/* A bit for each of eight bytes that is a stop. Each sum stays within its byte. */
static uint64_t stops_of_eight(uint64_t eight)
{
    uint64_t above = (eight & ~TOPS) + ONES * (0x7F - ',');
    uint64_t other = eight ^ (ONES * ';');
    uint64_t differs = ((other & ~TOPS) + ~TOPS) | other;
    uint64_t stops = ~((above | eight) & differs) & TOPS;
    return ((stops >> 7) * UINT64_C(0x0102040810204080)) >> 56;
}

static uint64_t stops_of(const char *block)
{
    uint64_t all = 0;
    for (size_t i = 0; i < BLOCK; i += 8) {
        all |= stops_of_eight(pabulib_load_eight(block + i)) << i;
    }
    return all;
}

static Scan scan_from(const char *at)
{
    return (Scan){at, stops_of(at)};
}

/* There is an LF ahead, so there is one. */
static const char *next_stop(Scan *scan)
{
    while (scan->stops == 0) {
        scan->block += BLOCK;
        scan->stops = stops_of(scan->block);
    }
    const char *at = scan->block + __builtin_ctzll(scan->stops);
    scan->stops &= scan->stops - 1;
    return at;
}

static bool ends_cell(char c)
{
    return c == ';' || c == '\n' || c == '\r';
}

/* ---- parts of a row: each returns where it ends, or NULL when the row is not plain ------------
 */

/* The end of the cell that begins at `at`. */
static const char *skip_cell(Scan *scan, const char *at)
{
    if (*at == '"') {
        return NULL;
    }
    do {
        at = next_stop(scan);
    } while (!ends_cell(*at));
    return at;
}

/* Passes `count` cells and their separators. */
static const char *skip_cells(Scan *scan, const char *at, int count)
{
    for (int i = 0; i < count && at != NULL; i++) {
        at = skip_cell(scan, at);
        at = at != NULL && *at == ';' ? at + 1 : NULL;
    }
    return at;
}

/* The vote cell at `at` into parser->chosen, which has room for every project. */
static const char *scan_choices(PabulibParser *parser, Scan *scan, const char *at)
{
    uint32_t *chosen = parser->chosen.items;
    size_t room = parser->projects.count;
    size_t count = 0;
    const char *stop = next_stop(scan);
    bool more = stop != at || !ends_cell(*at);
    while (more) {
        if (stop == at || count == room) {
            return NULL;
        }
        chosen[count] = pabulib_ids_find(&parser->short_ids, at, (size_t)(stop - at));
        if (chosen[count++] == PABULIB_NO_ID) {
            return NULL;
        }
        more = *stop == ',';
        if (more) {
            at = stop + 1;
            stop = next_stop(scan);
        }
    }
    parser->chosen.count = count;
    return ends_cell(*stop) ? stop : NULL;
}

/* A whole number without a sign; -1 when it is none. */
static int64_t read_number(const char *at, const char *stop)
{
    int64_t value = stop == at || stop - at > DIGITS_MAX ? -1 : 0;
    for (; at < stop && value >= 0; at++) {
        value = *at >= '0' && *at <= '9' ? value * 10 + (*at - '0') : -1;
    }
    return value;
}

/* The points cell at `at`: as many whole numbers as choices. */
static const char *scan_points(PabulibParser *parser, Scan *scan, const char *at)
{
    const char *stop = NULL;
    for (size_t i = 0; i < parser->chosen.count; i++) {
        stop = next_stop(scan);
        parser->chosen_points.items[i] = read_number(at, stop);
        bool is_last = i + 1 == parser->chosen.count;
        if (parser->chosen_points.items[i] < 0 || (is_last ? !ends_cell(*stop) : *stop != ',')) {
            return NULL;
        }
        at = stop + 1;
    }
    return stop != NULL ? stop : skip_cell(scan, at);
}

/* From the end of a cell to behind the line end. */
static const char *finish_line(Scan *scan, const char *at)
{
    while (at != NULL && *at == ';') {
        at = skip_cell(scan, at + 1);
    }
    if (at != NULL && *at == '\r') {
        at = at[1] == '\n' ? next_stop(scan) : NULL;
    }
    return at == NULL ? NULL : at + 1;
}

/* Rows that are blank, or open a section, are left to the general way. */
static bool begins_plainly(Scan scan, const char *row)
{
    switch (*row) {
    case 'm':
    case 'M':
    case 'p':
    case 'P':
    case 'v':
    case 'V': {
        const char *end = skip_cell(&scan, row);
        return pabulib_section_of(pabulib_trim(str_from_bytes(row, (size_t)(end - row)))) ==
               PABULIB_SECTION_NONE;
    }
    default:
        return (uint8_t)*row > ' ' && *row != ';';
    }
}

/* Behind the row that begins here, with its ballot read. */
static const char *scan_row(PabulibParser *parser, Scan *scan, const char *row)
{
    const PabulibColumns *columns = &parser->columns;
    const char *at = begins_plainly(*scan, row) ? skip_cells(scan, row, columns->vote) : NULL;
    at = at == NULL ? NULL : scan_choices(parser, scan, at);
    if (at != NULL && parser->kind == TALLY_BALLOTS_POINTS) {
        at = *at == ';' ? skip_cells(scan, at + 1, columns->points - columns->vote - 1) : NULL;
        at = at == NULL ? NULL : scan_points(parser, scan, at);
    }
    return finish_line(scan, at);
}

static void reserve_chosen(PabulibParser *parser)
{
    size_t room = parser->projects.count + 1;
    if (parser->chosen.capacity < room) {
        parser->chosen.capacity = room;
        parser->chosen.items = arena_array(parser->arena, uint32_t, room);
    }
    if (parser->chosen_points.capacity < room) {
        parser->chosen_points.capacity = room;
        parser->chosen_points.items = arena_array(parser->arena, int64_t, room);
    }
}

/* Points with a fraction, or in a column before the vote, are left to the general way. */
static bool is_plain_section(const PabulibParser *parser)
{
    return parser->kind != TALLY_BALLOTS_POINTS ||
           (parser->points_decimals == 0 && parser->columns.points > parser->columns.vote);
}

Error *pabulib_read_plain_votes(PabulibParser *parser)
{
    PabulibReader *reader = &parser->reader;
    if (!is_plain_section(parser) || reader->at >= reader->lines) {
        return NULL;
    }
    reserve_chosen(parser);
    const char *row = reader->window + reader->at;
    const char *lines = reader->window + reader->lines;
    Scan scan = scan_from(row);
    /* Every row that begins before `lines` has an LF in the window, which ends each loop. */
    while (row < lines) {
        row = scan_row(parser, &scan, row);
        if (row == NULL) {
            return NULL;
        }
        parser->row.line = reader->line++;
        reader->at = (size_t)(row - reader->window);
        Error *err = pabulib_put_ballot(parser);
        if (err) {
            return err;
        }
    }
    return NULL;
}
