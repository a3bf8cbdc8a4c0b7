#include "tally/profile.h"

#include <string.h>

/* Ballots as rows of projects in rising order, before merging. */
typedef struct Rows {
    uint32_t count;
    uint32_t *start;
    uint32_t *projects;
    int64_t *units; /* NULL: all 1 */
} Rows;

/* Turns rows round: for each of n_columns, the rows that hold it, in rising order. Rows of the
 * result are therefore sorted, whatever the order within the given ones. */
static Rows transpose(Arena *arena, const Rows *rows, uint32_t n_columns)
{
    uint32_t total = rows->start[rows->count];
    Rows out = {.count = n_columns,
                .start = arena_array(arena, uint32_t, (size_t)n_columns + 2),
                .projects = arena_array(arena, uint32_t, (size_t)total + 1),
                .units =
                    rows->units == NULL ? NULL : arena_array(arena, int64_t, (size_t)total + 1)};
    /* Counted two places on, so that filling moves start[c + 1] from its beginning to its end. */
    for (uint32_t i = 0; i < total; i++) {
        out.start[rows->projects[i] + 2]++;
    }
    for (uint32_t c = 2; c <= n_columns; c++) {
        out.start[c] += out.start[c - 1];
    }
    for (uint32_t r = 0; r < rows->count; r++) {
        for (uint32_t i = rows->start[r]; i < rows->start[r + 1]; i++) {
            uint32_t at = out.start[rows->projects[i] + 1]++;
            out.projects[at] = r;
            if (out.units != NULL) {
                out.units[at] = rows->units[i];
            }
        }
    }
    return out;
}

/* The ballots without the projects they give nothing. */
static Rows supported_only(Arena *arena, const TallyElection *election, TallyUnit unit)
{
    uint32_t total = election->start[election->n_ballots] - election->start[0];
    bool plain = unit == TALLY_UNIT_VOTES;
    Rows rows = {.count = election->n_ballots,
                 .start = arena_array(arena, uint32_t, (size_t)election->n_ballots + 1),
                 .projects = arena_array(arena, uint32_t, (size_t)total + 1),
                 .units = plain ? NULL : arena_array(arena, int64_t, (size_t)total + 1)};
    uint32_t at = 0;
    for (uint32_t b = 0; b < election->n_ballots; b++) {
        for (uint32_t i = election->start[b]; i < election->start[b + 1]; i++) {
            int64_t units = tally_units(election, unit, b, i);
            if (units > 0) {
                rows.projects[at] = election->choices[i];
                if (!plain) {
                    rows.units[at] = units;
                }
                at++;
            }
        }
        rows.start[b + 1] = at;
    }
    return rows;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

static uint64_t hash_row(const Rows *rows, uint32_t row)
{
    uint64_t hash = 1;
    for (uint32_t i = rows->start[row]; i < rows->start[row + 1]; i++) {
        hash = mix(hash, rows->projects[i]);
        if (rows->units != NULL) {
            hash = mix(hash, (uint64_t)rows->units[i]);
        }
    }
    return mix(hash, rows->start[row + 1] - rows->start[row]);
}

static bool same_row(const Rows *rows, uint32_t a, uint32_t b)
{
    size_t length = rows->start[a + 1] - rows->start[a];
    return length == rows->start[b + 1] - rows->start[b] &&
           memcmp(rows->projects + rows->start[a], rows->projects + rows->start[b],
                  length * sizeof *rows->projects) == 0 &&
           (rows->units == NULL ||
            memcmp(rows->units + rows->start[a], rows->units + rows->start[b],
                   length * sizeof *rows->units) == 0);
}

/* Open addressing over hashes; a slot holds 1 + the number of a kept row. */
typedef struct Table {
    uint32_t *slots;
    uint64_t *hashes; /* by kept row */
    size_t mask;
} Table;

static Table new_table(Arena *arena, uint32_t rows)
{
    size_t size = 16;
    while (size < (size_t)rows * 2) {
        size *= 2;
    }
    return (Table){.slots = arena_array(arena, uint32_t, size),
                   .hashes = arena_array(arena, uint64_t, (size_t)rows + 1),
                   .mask = size - 1};
}

/* The distinct rows found so far, each by the number of the first ballot that has it. */
typedef struct Distinct {
    uint32_t count;
    uint32_t *first;
    int64_t *weight;
} Distinct;

/* The slot of a kept row equal to `row`, or the free slot where it belongs. */
static uint32_t *find_slot(const Table *table, const Distinct *kept, const Rows *rows, uint32_t row,
                           uint64_t hash)
{
    size_t at = hash & table->mask;
    while (table->slots[at] != 0) {
        uint32_t other = table->slots[at] - 1;
        if (table->hashes[other] == hash && same_row(rows, row, kept->first[other])) {
            break;
        }
        at = (at + 1) & table->mask;
    }
    return &table->slots[at];
}

static Distinct find_distinct(Arena *arena, const TallyElection *election, const Rows *rows)
{
    Distinct kept = {.first = arena_array(arena, uint32_t, (size_t)rows->count + 1),
                     .weight = arena_array(arena, int64_t, (size_t)rows->count + 1)};
    Table table = new_table(arena, rows->count);
    for (uint32_t r = 0; r < rows->count; r++) {
        if (rows->start[r] == rows->start[r + 1]) {
            continue;
        }
        uint64_t hash = hash_row(rows, r);
        uint32_t *slot = find_slot(&table, &kept, rows, r, hash);
        if (*slot == 0) {
            table.hashes[kept.count] = hash;
            kept.first[kept.count] = r;
            *slot = ++kept.count;
        }
        kept.weight[*slot - 1] += tally_weight(election, r);
    }
    return kept;
}

static Rows copy_rows(Arena *arena, const Rows *rows, const Distinct *kept)
{
    uint32_t total = rows->start[rows->count];
    Rows out = {.count = kept->count,
                .start = arena_array(arena, uint32_t, (size_t)kept->count + 1),
                .projects = arena_array(arena, uint32_t, (size_t)total + 1),
                .units =
                    rows->units == NULL ? NULL : arena_array(arena, int64_t, (size_t)total + 1)};
    for (uint32_t k = 0; k < kept->count; k++) {
        uint32_t from = rows->start[kept->first[k]];
        size_t length = rows->start[kept->first[k] + 1] - from;
        memcpy(out.projects + out.start[k], rows->projects + from, length * sizeof *rows->projects);
        if (rows->units != NULL) {
            memcpy(out.units + out.start[k], rows->units + from, length * sizeof *rows->units);
        }
        out.start[k + 1] = out.start[k] + (uint32_t)length;
    }
    return out;
}

/* ---- the order of groups ------------------------------------------------------------------- */

/* The project at a place of a row, counted from 1; 0 behind its end. */
static uint32_t project_at(const Rows *rows, uint32_t row, uint32_t place)
{
    uint32_t at = rows->start[row] + place;
    return at < rows->start[row + 1] ? rows->projects[at] + 1 : 0;
}

/* out = the rows by their project at a place, otherwise in the order of `from`. */
static void sort_by_place(const Rows *rows, const Distinct *from, uint32_t place,
                          uint32_t n_projects, uint32_t *ends, Distinct *out)
{
    for (uint32_t k = 0; k < from->count; k++) {
        ends[project_at(rows, from->first[k], place) + 1]++;
    }
    for (uint32_t c = 1; c < n_projects + 2; c++) {
        ends[c] += ends[c - 1];
    }
    for (uint32_t k = 0; k < from->count; k++) {
        uint32_t at = ends[project_at(rows, from->first[k], place)]++;
        out->first[at] = from->first[k];
        out->weight[at] = from->weight[k];
    }
}

#define SORTED_PLACES 3

static Distinct sort_distinct(Arena *arena, const Rows *rows, const Distinct *kept,
                              uint32_t n_projects)
{
    Distinct from = *kept;
    for (uint32_t place = SORTED_PLACES; place-- > 0;) {
        Distinct to = {.count = kept->count,
                       .first = arena_array(arena, uint32_t, (size_t)kept->count + 1),
                       .weight = arena_array(arena, int64_t, (size_t)kept->count + 1)};
        uint32_t *ends = arena_array(arena, uint32_t, (size_t)n_projects + 3);
        sort_by_place(rows, &from, place, n_projects, ends, &to);
        from = to;
    }
    return from;
}

static uint32_t *weigh_columns(Arena *arena, const Rows *columns, const int64_t *weight)
{
    uint32_t total = columns->start[columns->count];
    uint32_t *out = arena_array(arena, uint32_t, (size_t)total + 1);
    for (uint32_t i = 0; i < total; i++) {
        out[i] = (uint32_t)weight[columns->projects[i]];
    }
    return out;
}

void profile_build(Arena *arena, const TallyElection *election, TallyUnit unit, Profile *out)
{
    Rows listed = supported_only(arena, election, unit);
    Rows supporters = transpose(arena, &listed, election->n_projects);
    Rows sorted = transpose(arena, &supporters, election->n_ballots);
    Distinct found = find_distinct(arena, election, &sorted);
    Distinct kept = sort_distinct(arena, &sorted, &found, election->n_projects);
    Rows rows = copy_rows(arena, &sorted, &kept);
    Rows columns = transpose(arena, &rows, election->n_projects);
    int64_t voters = 0; /* at most TALLY_MAX */
    for (uint32_t k = 0; k < kept.count; k++) {
        voters += kept.weight[k];
    }
    bool is_few = columns.units == NULL && voters < INT64_C(1) << 31;
    *out = (Profile){.n_projects = election->n_projects,
                     .n_groups = kept.count,
                     .weight = kept.weight,
                     .row_start = rows.start,
                     .row = rows.projects,
                     .row_units = rows.units,
                     .column_start = columns.start,
                     .column = columns.projects,
                     .column_units = columns.units,
                     .column_weight = is_few ? weigh_columns(arena, &columns, kept.weight) : NULL};
}
