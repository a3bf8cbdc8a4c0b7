/* shortlist_round.c: see the header. */
#include "features/shortlist/shortlist_round.h"

#include "shortlist_sql.h"

static void fill_limits(const RoundRules *rules, ShortLimits *out)
{
    *out = (ShortLimits){.top = rules->table_top < SHORTLIST_RANKS_MAX ? rules->table_top
                                                                       : SHORTLIST_RANKS_MAX,
                         .most = rules->candidates,
                         .wants_vote = rules->hall_vote};
    for (size_t i = 0; i < rules->n_kinds && i < SHORTLIST_KINDS_MAX; i++) {
        out->places[i] = rules->kinds[i].places;
    }
}

static Error *load_plan(Snapshot *snapshot, int64_t area, int64_t round, Shortlist *out)
{
    StageInfo *stages = NULL;
    size_t n_stages = 0;
    RoundRules *rules = arena_new(snapshot_arena(snapshot), RoundRules);
    Error *err = programmes_round(snapshot, area, round, &out->round);
    if (!err) {
        err = programmes_stages(snapshot, area, round, &stages, &n_stages);
    }
    if (!err) {
        err = programmes_round_rules(snapshot, area, round, rules);
    }
    if (err) {
        return err;
    }
    out->is_open = programmes_stage_is_open(&out->round, STAGE_KIND_SHORTLIST);
    out->is_ahead = programmes_stage_is_ahead(stages, n_stages, STAGE_KIND_SHORTLIST);
    for (size_t i = 0; i < n_stages; i++) {
        out->has_stage = out->has_stage || stages[i].kind == STAGE_KIND_SHORTLIST;
    }
    fill_limits(rules, &out->limits);
    return NULL;
}

/* --- tables ------------------------------------------------------------------ */

static TableInfo *table_of(TableInfo *tables, size_t n, int64_t id)
{
    for (size_t i = 0; i < n; i++) {
        if (tables[i].id == id) {
            return &tables[i];
        }
    }
    return NULL;
}

static void seat_people(TableInfo *tables, size_t n, const RoundTablePeopleRows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        const RoundTablePeopleRow *row = &rows->rows[i];
        TableInfo *table = table_of(tables, n, row->table_id);
        if (table != NULL && row->part >= TABLE_HEAD && row->part <= TABLE_SPEAKER) {
            table->people[row->part] = (TablePerson){row->person_id, row->name};
        }
    }
}

/* Rows of one table stand together. Who stood behind a project that is not accepted any more moves
 * up. */
static void lay_items(Arena *arena, TableInfo *tables, size_t n, const RoundTableItemsRows *rows)
{
    TableItem *items = arena_array(arena, TableItem, rows->count + 1);
    for (size_t i = 0; i < rows->count; i++) {
        const RoundTableItemsRow *row = &rows->rows[i];
        TableInfo *table = table_of(tables, n, row->table_id);
        if (table == NULL) {
            continue;
        }
        table->items = table->n_items == 0 ? &items[i] : table->items;
        table->n_items++;
        items[i] = (TableItem){row->proposal_id, row->title,
                               row->location,    row->kind,
                               row->cost_fen,    row->place > 0 ? (int64_t)table->n_items : 0};
    }
}

static Error *load_tables(Snapshot *snapshot, int64_t area, int64_t round, Shortlist *out)
{
    Arena *arena = snapshot_arena(snapshot);
    RoundTablesRows rows;
    RoundTablePeopleRows people = {0};
    RoundTableItemsRows items = {0};
    Error *err = sql_round_tables(snapshot, area, round, SHORTLIST_TABLES_MAX, &rows);
    if (!err) {
        err = sql_round_table_people(snapshot, area, round, &people);
    }
    if (!err) {
        err = sql_round_table_items(snapshot, area, round, SHORTLIST_PROJECTS_MAX, &items);
    }
    if (err) {
        return err;
    }
    TableInfo *tables = arena_array(arena, TableInfo, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        const RoundTablesRow *row = &rows.rows[i];
        tables[i] = (TableInfo){.id = row->id,
                                .no = row->no,
                                .name = row->name,
                                .reported_at = row->reported_at,
                                .note = row->note,
                                .corrected_at = row->corrected_at,
                                .version = row->version};
    }
    seat_people(tables, rows.count, &people);
    lay_items(arena, tables, rows.count, &items);
    out->tables = tables;
    out->n_tables = rows.count;
    return NULL;
}

static void list_entries(Arena *arena, Shortlist *out)
{
    size_t most = 0;
    for (size_t i = 0; i < out->n_tables; i++) {
        most += out->tables[i].n_items;
    }
    out->entries = arena_array(arena, ShortEntry, most + 1);
    out->presented = arena_array(arena, int64_t, most + 1);
    for (size_t i = 0; i < out->n_tables; i++) {
        const TableInfo *table = &out->tables[i];
        for (size_t k = 0; k < table->n_items; k++) {
            const TableItem *item = &table->items[k];
            ShortEntry *entry = &out->entries[out->n_entries++];
            *entry = (ShortEntry){.proposal = item->proposal,
                                  .kind = item->kind,
                                  .cost = item->cost,
                                  .table_no = table->no,
                                  .place = table->reported_at.ms > 0 ? item->place : 0,
                                  .votes = -1};
            if (shortlist_is_presented(&out->limits, entry)) {
                out->presented[out->n_presented++] = item->proposal;
            }
        }
    }
}

/* --- the hall ---------------------------------------------------------------- */

static void fill_count(Arena *arena, const ShortlistHallCountsRows *rows, int64_t no,
                       HallCount *out)
{
    int64_t *projects = arena_array(arena, int64_t, rows->count + 1);
    int64_t *votes = arena_array(arena, int64_t, rows->count + 1);
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].no == no) {
            projects[out->n] = rows->rows[i].proposal_id;
            votes[out->n++] = rows->rows[i].votes;
        }
    }
    out->projects = projects;
    out->votes = votes;
}

static Error *load_hall(Snapshot *snapshot, int64_t area, int64_t round, Shortlist *out)
{
    ShortlistHallsRows halls;
    ShortlistHallCountsRows counts = {0};
    Error *err = sql_shortlist_halls(snapshot, area, round, &halls);
    if (!err) {
        err = sql_shortlist_hall_counts(snapshot, area, round, &counts);
    }
    for (size_t i = 0; !err && i < halls.count; i++) {
        const ShortlistHallsRow *row = &halls.rows[i];
        HallCount *count = &out->counts[row->no - 1];
        *count = (HallCount){.by = row->entered_by, .voters = row->voters};
        fill_count(snapshot_arena(snapshot), &counts, row->no, count);
    }
    return err;
}

static Error *load_fixed(Snapshot *snapshot, int64_t area, int64_t round, Shortlist *out)
{
    ShortlistFixedRow row;
    ShortlistCountsRow counts = {0};
    Error *err = sql_shortlist_fixed(snapshot, area, round, &row, &out->is_fixed);
    if (!err) {
        err = sql_shortlist_counts(snapshot, area, round, &counts);
    }
    if (err) {
        return err;
    }
    out->n_accepted = counts.accepted;
    out->n_free = counts.free;
    if (out->is_fixed) {
        out->by_vote = row.by_vote == 1;
        out->limits.top = (int)row.top;
        out->limits.most = (int)row.most;
        out->voters = row.voters;
        out->words = row.words;
        out->fixed_at = row.fixed_at;
    }
    return NULL;
}

Error *shortlist_load(Snapshot *snapshot, int64_t area, int64_t round, Shortlist *out)
{
    *out = (Shortlist){0};
    Error *err = load_plan(snapshot, area, round, out);
    if (!err) {
        err = load_tables(snapshot, area, round, out);
    }
    if (!err) {
        err = load_hall(snapshot, area, round, out);
    }
    if (!err) {
        err = load_fixed(snapshot, area, round, out);
    }
    if (!err) {
        list_entries(snapshot_arena(snapshot), out);
        out->needs_vote = shortlist_needs_vote(&out->limits, out->entries, out->n_entries);
        out->hall = hall_state(out->counts, out->presented, out->n_presented);
    }
    return err;
}

/* --- what may be done -------------------------------------------------------- */

const TableInfo *shortlist_table(const Shortlist *all, int64_t table)
{
    for (size_t i = 0; i < all->n_tables; i++) {
        if (all->tables[i].id == table) {
            return &all->tables[i];
        }
    }
    return NULL;
}

bool shortlist_is_reported(const Shortlist *all, const TableInfo *table)
{
    size_t ranked = 0;
    for (size_t i = 0; i < table->n_items; i++) {
        ranked += table->items[i].place > 0;
    }
    return table->n_items == 0 || (table->reported_at.ms > 0 &&
                                   ranked >= shortlist_top_of(all->limits.top, table->n_items));
}

size_t shortlist_reported(const Shortlist *all)
{
    size_t count = 0;
    for (size_t i = 0; i < all->n_tables; i++) {
        count += shortlist_is_reported(all, &all->tables[i]);
    }
    return count;
}

bool shortlist_may_prepare(const Shortlist *all)
{
    return !all->is_fixed && (all->is_open || all->is_ahead);
}

bool shortlist_may_report(const Shortlist *all)
{
    return !all->is_fixed && all->is_open;
}

bool shortlist_tables_done(const Shortlist *all)
{
    return all->n_free == 0 && shortlist_reported(all) == all->n_tables;
}

bool shortlist_may_fix(const Shortlist *all)
{
    return shortlist_may_report(all) && all->n_entries > 0 && shortlist_tables_done(all) &&
           (!all->needs_vote || all->hall == HALL_AGREES);
}

size_t shortlist_settle(Shortlist *all)
{
    all->by_vote = all->needs_vote && all->hall == HALL_AGREES;
    for (size_t i = 0; i < all->n_entries; i++) {
        ShortEntry *entry = &all->entries[i];
        entry->votes = all->by_vote ? hall_votes_for(&all->counts[0], entry->proposal) : -1;
    }
    return shortlist_decide(&all->limits, all->entries, all->n_entries);
}
