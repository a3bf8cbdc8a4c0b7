/* shortlist.h: round tables and the shortlist of a round, for other rooms and the demo.
 *
 * Life of a shortlist: tables are set up and the accepted projects dealt to them, while the stage
 * is ahead or open → each table ranks its package; the first few are presented → corrected with a
 * public note → where the rules want it, two people enter the hands of the hall → the secretary
 * fixes the list, which never changes. Other rooms read the views shortlist_public_list and
 * shortlist_public_item. Start reading at TableSave and shortlist_fix().
 */
#ifndef FEATURES_SHORTLIST_SHORTLIST_H
#define FEATURES_SHORTLIST_SHORTLIST_H

#include "features/shortlist/shortlist_round.h"
#include "platform/db/db.h"
#include "platform/feature.h"

extern const Feature shortlist_feature;

typedef struct TableSave {
    int64_t area;
    int64_t round; /* of a new one */
    int64_t table; /* 0: a new one, which gets the next number */
    int64_t version;
    int64_t actor;
    Str name;             /* may be empty */
    TablePerson head;     /* name empty: nobody yet */
    TablePerson recorder; /* likewise */
} TableSave;

typedef struct TableSaved {
    int64_t id;
} TableSaved;

/* UseCase: TableSave -> TableSaved. NOT_FOUND; STAGE_NOT_OPEN once the list is fixed or the stage
 * is over (likewise below); FIELD_TOO_MANY at name over SHORTLIST_TABLES_MAX; VERSION_CONFLICT;
 * lengths at name, head, recorder. Journals shortlist.table. */
Error *shortlist_save_table(Tx *tx, const void *input, Instant now, void *output);

typedef struct TableAct {
    int64_t area;
    int64_t round; /* of shortlist_deal; of others the table says it */
    int64_t table;
    int64_t version;
    int64_t actor;
} TableAct;

/* UseCase: TableAct -> nothing. Its projects lie on no table then. SHORTLIST_RANKED when it has
 * reported; NOT_FOUND, STAGE_NOT_OPEN, VERSION_CONFLICT. Journals shortlist.remove. */
Error *shortlist_remove_table(Tx *tx, const void *input, Instant now, void *unused);
/* UseCase: TableAct (area, round, actor) -> nothing. All accepted projects, dealt in the order of
 * kind and arrival (shortlist_table_of). SHORTLIST_RANKED when a table has reported; NOT_FOUND
 * without tables. Journals shortlist.deal. */
Error *shortlist_deal(Tx *tx, const void *input, Instant now, void *unused);

typedef struct TablePackage {
    int64_t area;
    int64_t table;
    int64_t version;
    int64_t actor;
    const int64_t *projects;
    size_t n_projects;
} TablePackage;

/* UseCase: TablePackage -> nothing. The table's projects from now on; a ranking it has
 * is void. SHORTLIST_PROJECT at `projects` for one that is not accepted or lies on another table;
 * NOT_FOUND, STAGE_NOT_OPEN, VERSION_CONFLICT. Journals shortlist.package. */
Error *shortlist_set_package(Tx *tx, const void *input, Instant now, void *unused);

typedef struct TableReport {
    int64_t area;
    int64_t table;
    int64_t version;
    int64_t actor;
    bool is_staff;        /* else the actor must be the table's recorder: FORBIDDEN */
    const int64_t *ranks; /* projects, the first first */
    size_t n_ranks;
    TablePerson speaker;
    Str note; /* of a correction: why, 4 to 200 characters, public */
} TableReport;

/* UseCase: TableReport -> nothing. The ranking of a table, or its correction. Errors of
 * shortlist_ranks_check(), lengths at speaker and note; NOT_FOUND, STAGE_NOT_OPEN,
 * VERSION_CONFLICT. Journals shortlist.rank or shortlist.correct. */
Error *shortlist_report(Tx *tx, const void *input, Instant now, void *unused);

typedef struct HallEnter {
    int64_t area;
    int64_t round;
    int64_t actor;
    int64_t voters;
    const int64_t *projects; /* all that is presented, as the page showed it */
    const int64_t *votes;
    size_t n;
} HallEnter;

/* UseCase: HallEnter -> HallState. The actor's own count; entered again it takes the place of what
 * they entered before. VERSION_CONFLICT when something else is presented by now;
 * SHORTLIST_NOT_READY before all tables have reported; errors of hall_check(); NOT_FOUND,
 * STAGE_NOT_OPEN. Journals shortlist.count. */
Error *shortlist_enter_hall(Tx *tx, const void *input, Instant now, void *output);

typedef struct ShortlistFix {
    int64_t area;
    int64_t round;
    int64_t actor;
    const int64_t *shown; /* the list as it was confirmed */
    size_t n_shown;
    Str words; /* public, may be empty */
} ShortlistFix;

/* UseCase: ShortlistFix -> nothing. SHORTLIST_NOT_READY while a table or a count is missing;
 * VERSION_CONFLICT when the list is another one by now; NOT_FOUND, STAGE_NOT_OPEN; length at words.
 * Journals shortlist.fix. */
Error *shortlist_fix(Tx *tx, const void *input, Instant now, void *unused);

#endif
