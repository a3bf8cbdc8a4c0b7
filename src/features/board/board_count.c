/* board_count.c: the job: one community after the other, each in a reading and a short writing. */
#include "board_sql.h"
#include "features/board/board.h"
#include "features/programmes/programmes.h"
#include "platform/http/app.h"

#define COMMUNITIES_AT_ONCE 200
#define DAYS_KEPT           400
/* Nobody: the rooms are asked what stands on the desk of a role, whoever holds it. */
#define ANYBODY INT64_C(-1)

/* Ready to be kept: a use case renders nothing. */
typedef struct LateLine {
    BoardHolder holder;
    Str what, what_en;
    Str link;
    Instant due_at;
} LateLine;

typedef struct Counted {
    int64_t area;
    RoundInfo round;
    bool has_round;
    BoardMoneyRow money;
    const LateLine *late; /* the longest first */
    size_t n_late;
} Counted;

/* --- reading --------------------------------------------------------------------------------- */

static const Role holder_roles[BOARD_HOLDERS] = {ROLE_COMMUNITY_SECRETARY, ROLE_STREET_OFFICER,
                                                 ROLE_DISTRICT_OFFICER};

static Error *due_of_role(Snapshot *s, Arena *arena, const Feature *const *rooms, size_t n_rooms,
                          int64_t area, Role role, DueItems *out)
{
    const Grant grant = {role, area};
    const Who who = {
        .person = ANYBODY, .grants = &grant, .n_grants = 1, .area_path = &area, .n_area_path = 1};
    Error *err = NULL;
    for (size_t i = 0; !err && i < n_rooms; i++) {
        err = rooms[i]->due ? rooms[i]->due(s, arena, area, &who, out) : NULL;
    }
    return err;
}

static LateLine line_of(Arena *arena, const DueItem *item, BoardHolder holder)
{
    return (LateLine){.holder = holder,
                      .what = text_str(arena, LANG_ZH, item->what),
                      .what_en = text_str(arena, LANG_EN, item->what),
                      .link = item->link.url,
                      .due_at = item->due_at};
}

static Error *read_late(Snapshot *s, Arena *arena, const Feature *const *rooms, size_t n_rooms,
                        Counted *counted)
{
    DueItems due = {0};
    size_t ends[BOARD_HOLDERS] = {0};
    Error *err = NULL;
    for (size_t i = 0; !err && i < BOARD_HOLDERS; i++) {
        err = due_of_role(s, arena, rooms, n_rooms, counted->area, holder_roles[i], &due);
        ends[i] = due.count;
    }
    if (err || due.count == 0) {
        return err;
    }
    BoardItem *items = arena_array(arena, BoardItem, due.count);
    for (size_t i = 0; i < due.count; i++) {
        int above = (i >= ends[0]) + (i >= ends[1]);
        items[i] = (BoardItem){.link = due.items[i].link.url,
                               .what = text_str(arena, LANG_ZH, due.items[i].what),
                               .due_at = due.items[i].due_at,
                               .holder = (BoardHolder)(BOARD_COMMUNITY + above)};
    }
    size_t *late = NULL;
    counted->n_late = board_pick(arena, items, due.count, snapshot_now(s), &late);
    LateLine *lines = arena_array(arena, LateLine, counted->n_late);
    for (size_t i = 0; i < counted->n_late; i++) {
        lines[i] = line_of(arena, &due.items[late[i]], items[late[i]].holder);
    }
    counted->late = lines;
    return NULL;
}

static Error *read_area(Snapshot *s, Arena *arena, const Feature *const *rooms, size_t n_rooms,
                        Counted *counted)
{
    Error *err = programmes_current_round(s, counted->area, &counted->round, &counted->has_round);
    if (!err) {
        err = sql_board_money(s, counted->area, &counted->money);
    }
    return err ? err : read_late(s, arena, rooms, n_rooms, counted);
}

/* --- writing --------------------------------------------------------------------------------- */

static Error *put_late(Tx *tx, int64_t area, const LateLine *line)
{
    return sql_board_late_add(tx, area, tx_new_id(tx), (int64_t)line->holder, line->what,
                              line->what_en, line->link, line->due_at, NULL);
}

static Money larger(Money a, Money b)
{
    return a.fen > b.fen ? a : b;
}

static Error *put_area(Tx *tx, const Counted *counted, Instant now)
{
    const RoundInfo *round = &counted->round;
    const BoardMoneyRow *money = &counted->money;
    Instant oldest = counted->n_late > 0 ? counted->late[0].due_at : (Instant){0};
    return sql_board_area_put(tx, counted->area, now, counted->has_round ? round->id : 0,
                              counted->has_round ? round->title : STR(""),
                              counted->has_round ? (int64_t)round->stage_kind : 0,
                              (int64_t)counted->n_late, oldest, money->budget_fen,
                              larger(money->decided_fen, money->paid_fen), money->paid_fen,
                              money->funded, money->accepted, NULL);
}

/* Use case, no output. */
static Error *save(Tx *tx, const void *input, Instant now, void *unused)
{
    const Counted *counted = input;
    Date today = instant_date(now);
    (void)unused;
    Error *err = put_area(tx, counted, now);
    if (!err) {
        err = sql_board_late_clear(tx, counted->area, NULL);
    }
    for (size_t i = 0; !err && i < counted->n_late; i++) {
        err = put_late(tx, counted->area, &counted->late[i]);
    }
    if (!err) {
        err = sql_board_day_put(tx, counted->area, today, (int64_t)counted->n_late, NULL);
    }
    return err ? err
               : sql_board_day_forget(tx, counted->area, (Date){today.days - DAYS_KEPT}, NULL);
}

/* --- the job --------------------------------------------------------------------------------- */

Error *board_count_area(Db *db, Arena *arena, const Feature *const *rooms, size_t n_rooms,
                        int64_t area)
{
    Snapshot *s;
    Counted counted = {.area = area};
    Error *err = db_snapshot_begin(db, arena, &s);
    if (err) {
        return err;
    }
    err = read_area(s, arena, rooms, n_rooms, &counted);
    db_snapshot_end(s);
    return err ? err : db_write(db, arena, save, &counted, NULL, 0);
}

static Error *next_communities(Db *db, Arena *arena, int64_t after, BoardCommunitiesRows *out)
{
    Snapshot *s;
    Error *err = db_snapshot_begin(db, arena, &s);
    if (err) {
        return err;
    }
    err = sql_board_communities(s, after, COMMUNITIES_AT_ONCE, out);
    db_snapshot_end(s);
    return err;
}

Error *board_count_all(App *app, Arena *arena)
{
    BoardCommunitiesRows rows = {0};
    int64_t after = 0;
    Error *failed = NULL; /* what cannot be counted keeps its last count; the others go on */
    do {
        Error *err = next_communities(app->db, arena, after, &rows);
        if (err) {
            return err;
        }
        for (size_t i = 0; i < rows.count; i++) {
            ArenaMark mark = arena_mark(arena);
            after = rows.rows[i].id;
            err = board_count_area(app->db, arena, app->features, app->n_features, after);
            if (!err) {
                arena_rewind(arena, mark); /* a city has hundreds of communities */
            }
            failed = err ? err : failed;
        }
    } while (rows.count == COMMUNITIES_AT_ONCE);
    return failed;
}
