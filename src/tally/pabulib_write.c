/* pabulib_write.c: an election as a .pb file. */
#include "tally/pabulib.h"

static bool is_plain(Str cell)
{
    bool plain = cell.len == 0 || cell.data[0] != '"';
    for (size_t i = 0; i < cell.len && plain; i++) {
        char c = cell.data[i];
        plain = c != ';' && c != '\n' && c != '\r';
    }
    return plain;
}

static void write_cell(Buf *out, Str cell)
{
    if (is_plain(cell)) {
        buf_str(out, cell);
        return;
    }
    buf_char(out, '"');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.data[i] == '"') {
            buf_char(out, '"');
        }
        buf_char(out, cell.data[i]);
    }
    buf_char(out, '"');
}

static void write_pair(Buf *out, Str key, Str value)
{
    write_cell(out, key);
    buf_char(out, ';');
    write_cell(out, value);
    buf_char(out, '\n');
}

static Str kind_word(TallyBallotKind kind)
{
    switch (kind) {
    case TALLY_BALLOTS_RANKED:
        return STR("ordinal");
    case TALLY_BALLOTS_POINTS:
        return STR("scoring");
    case TALLY_BALLOTS_APPROVAL:
        break;
    }
    return STR("approval");
}

/* What the file said, and what it did not say though a reader needs it. */
static void write_meta(Arena *arena, Buf *out, const PabulibFile *file)
{
    const TallyElection *election = &file->election;
    buf_cstr(out, "META\nkey;value\n");
    for (size_t i = 0; i < file->n_meta; i++) {
        write_pair(out, file->meta[i].key, file->meta[i].value);
    }
    if (pabulib_meta(file, STR("budget")).len == 0) {
        write_pair(out, STR("budget"),
                   tally_decimal_text(arena, election->budget, election->amount_decimals));
    }
    if (pabulib_meta(file, STR("vote_type")).len == 0) {
        write_pair(out, STR("vote_type"), kind_word(election->kind));
    }
}

static void write_projects(Arena *arena, Buf *out, const PabulibFile *file)
{
    const TallyElection *election = &file->election;
    buf_cstr(out, "PROJECTS\nproject_id;cost;name;category;target;selected\n");
    for (uint32_t p = 0; p < election->n_projects; p++) {
        const PabulibProject *project = &file->projects[p];
        const Str cells[] = {
            election->projects[p].name,
            tally_decimal_text(arena, election->projects[p].cost, election->amount_decimals),
            project->name,
            project->category,
            project->target,
            project->selected,
        };
        for (size_t c = 0; c < countof(cells); c++) {
            buf_cstr(out, c > 0 ? ";" : "");
            write_cell(out, cells[c]);
        }
        buf_char(out, '\n');
    }
}

/* The cells of a ballot behind the voter's number, alike for all voters who gave it. */
static Str ballot_cells(Arena *arena, const TallyElection *election, uint32_t ballot, Buf *scratch)
{
    buf_clear(scratch);
    for (uint32_t i = election->start[ballot]; i < election->start[ballot + 1]; i++) {
        buf_cstr(scratch, i > election->start[ballot] ? "," : "");
        buf_str(scratch, election->projects[election->choices[i]].name);
    }
    Str vote = arena_str(arena, buf_view(scratch));
    buf_clear(scratch);
    buf_char(scratch, ';');
    write_cell(scratch, vote);
    if (election->kind == TALLY_BALLOTS_POINTS) {
        buf_char(scratch, ';');
        for (uint32_t i = election->start[ballot]; i < election->start[ballot + 1]; i++) {
            buf_cstr(scratch, i > election->start[ballot] ? "," : "");
            buf_str(scratch,
                    tally_decimal_text(arena, election->points[i], election->points_decimals));
        }
    }
    buf_char(scratch, '\n');
    return buf_view(scratch);
}

static void write_votes(Arena *arena, Buf *out, const TallyElection *election)
{
    Buf scratch;
    buf_init(&scratch, out->max_bytes);
    bool has_points = election->kind == TALLY_BALLOTS_POINTS;
    buf_cstr(out, has_points ? "VOTES\nvoter_id;vote;points\n" : "VOTES\nvoter_id;vote\n");
    int64_t voter = 0;
    for (uint32_t b = 0; b < election->n_ballots && !out->overflowed; b++) {
        ArenaMark mark = arena_mark(arena);
        Str cells = ballot_cells(arena, election, b, &scratch);
        int64_t weight = election->weights == NULL ? 1 : election->weights[b];
        for (int64_t i = 0; i < weight && !out->overflowed; i++) {
            buf_int(out, ++voter);
            buf_str(out, cells);
        }
        arena_rewind(arena, mark);
    }
    buf_free(&scratch);
}

void pabulib_write(Arena *arena, const PabulibFile *file, Buf *out)
{
    ArenaMark mark = arena_mark(arena);
    write_meta(arena, out, file);
    write_projects(arena, out, file);
    write_votes(arena, out, &file->election);
    arena_rewind(arena, mark);
}
