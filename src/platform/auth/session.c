/* session.c: sessions in the database: who comes with a token, and how sessions end. */
#include "auth_sql.h"
#include "platform/auth/sign_in.h"

#define MINUTE_MS INT64_C(60000)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)

/* Personal codes are for residents on their own phones; staff sit at shared desks. */
int64_t session_life_ms(CredentialKind kind)
{
    return kind == CREDENTIAL_PERSONAL_CODE ? 30 * DAY_MS : 8 * HOUR_MS;
}

int64_t session_idle_ms(CredentialKind kind)
{
    return kind == CREDENTIAL_PERSONAL_CODE ? 7 * DAY_MS : 30 * MINUTE_MS;
}

/* seen_at is written again after this long, so that a page costs no write. */
static int64_t touch_ms(CredentialKind kind)
{
    return session_idle_ms(kind) / 10;
}

/* Rows of role 0 are the session itself. */
static const SessionWhoRow *find_session(const SessionWhoRows *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].role == ROLE_NONE) {
            return &rows->rows[i];
        }
    }
    return NULL;
}

static void fill_grants(Arena *arena, const SessionWhoRows *rows, Who *who)
{
    Grant *grants = arena_array(arena, Grant, rows->count);
    size_t count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].role != ROLE_NONE) {
            grants[count++] = (Grant){(Role)rows->rows[i].role, rows->rows[i].area_id};
        }
    }
    who->grants = grants;
    who->n_grants = count;
}

Error *auth_who(Snapshot *snapshot, Str token, Who *out, bool *out_touch)
{
    *out = (Who){0};
    *out_touch = false;
    if (token.len == 0) {
        return NULL;
    }
    Hash32 hash = hash_token(token);
    Instant now = snapshot_now(snapshot);
    SessionWhoRows rows;
    Error *err = sql_session_who(snapshot, hash_str(&hash), instant_date(now), &rows);
    const SessionWhoRow *session = err ? NULL : find_session(&rows);
    if (!session) {
        return err;
    }
    CredentialKind kind = (CredentialKind)session->credential_kind;
    int64_t unused_ms = now.ms - session->seen_at.ms;
    if (now.ms >= session->expires_at.ms || unused_ms >= session_idle_ms(kind)) {
        return NULL;
    }
    out->person = session->person_id;
    out->name = session->name;
    out->session = token;
    out->has_news = session->has_news;
    out->must_set_password = kind == CREDENTIAL_ONE_TIME_CODE;
    *out_touch = unused_ms >= touch_ms(kind);
    fill_grants(snapshot_arena(snapshot), &rows, out);
    return NULL;
}

Error *auth_area_path(Snapshot *snapshot, int64_t area, Who *who)
{
    WhoAreaPathRows found;
    Error *err = sql_who_area_path(snapshot, area, &found);
    if (err) {
        return err;
    }
    int64_t *path = arena_array(snapshot_arena(snapshot), int64_t, found.count);
    AreaOnPath *steps = arena_array(snapshot_arena(snapshot), AreaOnPath, found.count);
    for (size_t i = 0; i < found.count; i++) {
        const WhoAreaPathRow *row = &found.rows[i];
        size_t depth = (size_t)row->depth;
        require(depth < found.count); /* who has a grandparent has a parent */
        path[depth] = row->id;
        steps[depth] =
            (AreaOnPath){row->id, row->name, row->name_en, row->phone, row->address, row->hours};
    }
    who->area_path = path;
    who->areas_on_path = steps;
    who->n_area_path = found.count;
    return NULL;
}

/* --- writing seen_at
 * ------------------------------------------------------------------------------- */

typedef struct Touch {
    WriteJob job;
    Hash32 hash;
} Touch;

static Error *touch_session(Tx *tx, const void *input, Instant now, void *output)
{
    return sql_session_touch(tx, hash_str(input), now, NULL);
}

/* Whether it worked does not matter: the next page tries again. */
static void touch_done(WriteJob *job)
{
    Arena *arena = job->arena;
    free(job->user);
    arena_destroy(arena);
}

void auth_touch(const App *app, Str token)
{
    Touch *touch = calloc(1, sizeof(*touch));
    if (!touch) {
        return;
    }
    touch->hash = hash_token(token);
    touch->job = (WriteJob){.run = touch_session,
                            .input = &touch->hash,
                            .arena = arena_create(1 << 20),
                            .done = touch_done,
                            .user = touch};
    db_submit(app->db, &touch->job);
}

/* --- ending
 * ------------------------------------------------------------------------------------------ */

Error *auth_sign_out(Tx *tx, const void *token_hash, Instant now, void *unused)
{
    (void)unused;
    return sql_session_drop(tx, hash_str(token_hash), NULL);
}

Error *auth_end_other_sessions(Tx *tx, const void *others, Instant now, void *unused)
{
    const OtherSessions *input = others;
    (void)unused;
    return sql_session_drop_others(tx, input->person, hash_str(&input->session), NULL);
}

Error *auth_end_person(Tx *tx, int64_t person, bool with_credentials)
{
    Error *err = sql_session_drop_of_person(tx, person, NULL);
    if (err || !with_credentials) {
        return err;
    }
    return sql_credential_drop_of_person(tx, person, NULL);
}

Error *auth_ways(Snapshot *snapshot, int64_t person, SignInWays *out)
{
    CredentialWaysRow row;
    Error *err = sql_credential_ways(snapshot, person, snapshot_now(snapshot), &row);
    if (!err) {
        *out = (SignInWays){row.passwords > 0, row.code_expires_at};
    }
    return err;
}

Error *auth_sessions(Snapshot *snapshot, const Who *who, SessionInfo **out, size_t *out_n)
{
    SessionListRows found;
    Error *err = sql_session_list(snapshot, who->person, snapshot_now(snapshot), &found);
    if (err) {
        return err;
    }
    Hash32 own = hash_token(who->session);
    SessionInfo *infos = arena_array(snapshot_arena(snapshot), SessionInfo, found.count);
    Instant now = snapshot_now(snapshot);
    size_t n = 0;
    for (size_t i = 0; i < found.count; i++) {
        const SessionListRow *row = &found.rows[i];
        CredentialKind kind = (CredentialKind)row->credential_kind;
        if (now.ms - row->seen_at.ms >= session_idle_ms(kind)) {
            continue; /* ended by not being used */
        }
        infos[n++] = (SessionInfo){.kind = kind,
                                   .device = (int)row->device,
                                   .created_at = row->created_at,
                                   .seen_at = row->seen_at,
                                   .is_this = str_eq(row->token_hash, hash_str(&own))};
    }
    *out = infos;
    *out_n = n;
    return NULL;
}

static Error *clean_up(Tx *tx, const void *input, Instant now, void *output)
{
    Error *err = sql_session_drop_over(tx, now, NULL);
    if (!err) {
        err = sql_credential_drop_over(tx, now, NULL);
    }
    return err ? err
               : sql_try_drop_old(tx, (Instant){now.ms - 2 * DAY_MS},
                                  (Instant){now.ms - 60 * DAY_MS}, NULL);
}

Error *auth_clean_up(App *app, Arena *arena)
{
    return db_write(app->db, arena, clean_up, NULL, NULL, 0);
}
