/* shortlist_round.h: all that is known of a round's tables and list; for this room only. */
#ifndef FEATURES_SHORTLIST_SHORTLIST_ROUND_H
#define FEATURES_SHORTLIST_SHORTLIST_ROUND_H

#include "features/programmes/programmes.h"
#include "features/shortlist/shortlist_rules.h"

typedef struct TablePerson {
    int64_t id; /* on the roll; 0: not known for certain */
    Str name;   /* empty: nobody, or erased */
} TablePerson;

typedef struct TableItem {
    int64_t proposal;
    Str title;
    Str location;
    int64_t kind;
    Money cost;
    int64_t place; /* the table gave it; 0: not ranked */
} TableItem;

typedef struct TableInfo {
    int64_t id;
    int64_t no;
    Str name;
    Instant reported_at; /* 0: not yet */
    Str note;            /* why the ranking was corrected */
    Instant corrected_at;
    int64_t version;
    TablePerson people[TABLE_PARTS + 1]; /* by TablePart */
    const TableItem *items;              /* still accepted ones; ranked ones first */
    size_t n_items;
} TableInfo;

typedef struct Shortlist {
    RoundInfo round;
    bool is_ahead;  /* its stage has not begun: tables may be prepared */
    bool is_open;   /* its stage is open */
    bool has_stage; /* the round has one */
    ShortLimits limits;
    const TableInfo *tables;
    size_t n_tables;
    int64_t n_accepted;  /* projects of the round */
    int64_t n_free;      /* of them on no table */
    ShortEntry *entries; /* of everything on tables, in the order of tables and places */
    size_t n_entries;
    int64_t *presented;
    size_t n_presented;
    bool needs_vote;
    HallCount counts[2];
    HallState hall;
    bool is_fixed;
    bool by_vote; /* of a fixed one, as the next */
    int64_t voters;
    Str words;
    Instant fixed_at;
} Shortlist;

/* NOT_FOUND. At most ten queries; memory of the snapshot's arena. With a fixed list the limits are
 * those it was fixed by. */
MUST_USE Error *shortlist_load(Snapshot *snapshot, int64_t area, int64_t round, Shortlist *out);
/* NULL when there is no such table. */
const TableInfo *shortlist_table(const Shortlist *all, int64_t table);
/* The table has ranked what it has to present. */
bool shortlist_is_reported(const Shortlist *all, const TableInfo *table);
size_t shortlist_reported(const Shortlist *all);
/* Tables and packages may be changed; rankings and counts may be entered. */
bool shortlist_may_prepare(const Shortlist *all);
bool shortlist_may_report(const Shortlist *all);
/* Every project lies on a table and every table has reported. */
bool shortlist_tables_done(const Shortlist *all);
/* All is there that fixing needs. */
bool shortlist_may_fix(const Shortlist *all);
/* Decides all->entries with the hall's count where there is one; how many are on the list. */
size_t shortlist_settle(Shortlist *all);

#endif
