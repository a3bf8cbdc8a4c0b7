/* pabulib_votes.c: the ballots of a .pb file, any form of a row; pabulib_plain.c is the fast way.
 */
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

Error *pabulib_put_ballot(PabulibParser *parser)
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
    return pabulib_put_ballot(parser);
}
