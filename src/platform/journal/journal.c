#include "platform/journal/journal.h"

#include <sodium.h>

#include "base/random.h"
#include "journal_sql.h"
#include "platform/html/out.h"
#include "platform/http/app.h"
#include "platform/journal/chain.h"

#define SALT_BYTES   16
#define VERIFY_BATCH 1000
#define SEAL_BATCHES 20 /* in one run of the job */

/* --- writing
 * --------------------------------------------------------------------------------------- */

static void commit_to(const unsigned char *salt, Str personal, unsigned char *out_hash)
{
    crypto_generichash(out_hash, 32, (const unsigned char *)personal.data, personal.len, salt,
                       SALT_BYTES);
}

bool journal_commitment_opens(Str commitment, Str personal)
{
    if (commitment.len != SALT_BYTES + 32) {
        return false;
    }
    const unsigned char *bytes = (const unsigned char *)commitment.data;
    unsigned char hash[32];
    commit_to(bytes, personal, hash);
    return sodium_memcmp(hash, bytes + SALT_BYTES, sizeof(hash)) == 0;
}

static Str make_commitment(Arena *arena, Str personal)
{
    if (personal.len == 0) {
        return STR("");
    }
    unsigned char *bytes = arena_array(arena, unsigned char, SALT_BYTES + 32);
    random_bytes(bytes, SALT_BYTES);
    commit_to(bytes, personal, bytes + SALT_BYTES);
    return str_from_bytes((const char *)bytes, SALT_BYTES + 32);
}

Error *journal_write(Tx *tx, int64_t area, int64_t actor, const char *act, const char *subject_kind,
                     int64_t subject_id, Str reason, Str personal)
{
    Arena *arena = tx_arena(tx);
    int64_t id = tx_new_id(tx);
    Str subject = arena_printf(arena, "%s %s", subject_kind, id_text(subject_id).text);
    Error *err = sql_journal_add(tx, area, id, actor, tx_now(tx), str_from(act), subject, reason,
                                 make_commitment(arena, personal), NULL);
    return err ? err : sql_journal_add_pending(tx, area, id, NULL);
}

/* --- the chain
 * ------------------------------------------------------------------------------------- */

static void add_number(crypto_generichash_state *state, uint64_t value, int bytes)
{
    unsigned char big_endian[8];
    for (int i = 0; i < bytes; i++) {
        big_endian[i] = (unsigned char)(value >> (8 * (bytes - 1 - i)));
    }
    crypto_generichash_update(state, big_endian, (unsigned long long)bytes);
}

static void add_text(crypto_generichash_state *state, Str text)
{
    add_number(state, text.len, 4);
    crypto_generichash_update(state, (const unsigned char *)text.data, text.len);
}

Hash32 chain_next(const Hash32 *previous, const ChainEntry *entry)
{
    Hash32 hash;
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof(hash.bytes));
    crypto_generichash_update(&state, previous->bytes, sizeof(previous->bytes));
    add_number(&state, (uint64_t)entry->area, 8);
    add_number(&state, (uint64_t)entry->id, 8);
    add_number(&state, (uint64_t)entry->actor, 8);
    add_number(&state, (uint64_t)entry->at.ms, 8);
    add_text(&state, entry->act);
    add_text(&state, entry->subject);
    add_text(&state, entry->reason);
    add_text(&state, str_slice(entry->commitment, SALT_BYTES, entry->commitment.len));
    crypto_generichash_final(&state, hash.bytes, sizeof(hash.bytes));
    return hash;
}

Error *journal_head(Snapshot *snapshot, int64_t area, int64_t *out_sequence, Hash32 *out)
{
    *out_sequence = 0;
    *out = (Hash32){0};
    JournalLastSealRow last;
    bool found = false;
    Error *err = sql_journal_last_seal(snapshot, area, &last, &found);
    if (err || !found) {
        return err;
    }
    if (last.hash.len != sizeof(out->bytes)) {
        return error_make(snapshot_arena(snapshot), ERROR_DATABASE, "seal of another length");
    }
    *out_sequence = last.sequence;
    memcpy(out->bytes, last.hash.data, sizeof(out->bytes));
    return NULL;
}

/* --- sealing
 * ----------------------------------------------------------------------------------------- */

static Error *seal_one(Tx *tx, int64_t area, const JournalPendingEntriesRow *row, int64_t sequence,
                       Hash32 *hash)
{
    ChainEntry entry = {area,     row->id,      row->actor_id, row->happened_at,
                        row->act, row->subject, row->reason,   row->commitment};
    *hash = chain_next(hash, &entry);
    Error *err = sql_journal_add_seal(tx, area, sequence, row->id, hash_str(hash), NULL);
    return err ? err : sql_journal_pending_drop(tx, area, row->id, NULL);
}

/* Use case: seals some entries of the area, in the order of their ids. Output: how many. */
static Error *seal_some(Tx *tx, const void *input, Instant now, void *output)
{
    int64_t area = *(const int64_t *)input;
    size_t *sealed = output;
    JournalPendingEntriesRows pending;
    Error *err = sql_journal_pending_entries(tx_snapshot(tx), area, &pending);
    if (err || pending.count == 0) {
        return err;
    }
    int64_t sequence = 0;
    Hash32 hash;
    err = journal_head(tx_snapshot(tx), area, &sequence, &hash);
    for (size_t i = 0; !err && i < pending.count; i++) {
        err = seal_one(tx, area, &pending.rows[i], ++sequence, &hash);
    }
    *sealed = pending.count;
    return err;
}

static Error *waiting_areas(App *app, Arena *arena, JournalPendingAreasRows *out)
{
    Snapshot *snapshot = NULL;
    Error *err = db_snapshot_begin(app->db, arena, &snapshot);
    if (err) {
        return err;
    }
    err = sql_journal_pending_areas(snapshot, out);
    db_snapshot_end(snapshot);
    return err;
}

Error *journal_seal(App *app, Arena *arena)
{
    JournalPendingAreasRows areas;
    Error *err = waiting_areas(app, arena, &areas);
    for (size_t i = 0; !err && i < areas.count; i++) {
        size_t sealed = 1;
        for (int batch = 0; !err && sealed > 0 && batch < SEAL_BATCHES; batch++) {
            err = db_write(app->db, arena, seal_some, &areas.rows[i].area_id, &sealed,
                           sizeof(sealed));
        }
    }
    return err;
}

/* --- checking
 * ------------------------------------------------------------------------------------------ */

typedef struct Check {
    int64_t area;
    int64_t sequence; /* of the last good seal */
    Hash32 hash;
    int64_t broken;
} Check;

static void check_row(Check *check, const JournalChainRow *row)
{
    ChainEntry entry = {check->area, row->id,      row->actor_id, row->happened_at,
                        row->act,    row->subject, row->reason,   row->commitment};
    Hash32 expected = chain_next(&check->hash, &entry);
    if (row->sequence != check->sequence + 1 || row->id == 0 ||
        !str_eq(row->hash, hash_str(&expected))) {
        check->broken = check->sequence + 1;
        return;
    }
    check->sequence = row->sequence;
    check->hash = expected;
}

/* One batch of seals after the last good one; *out_n is how many there were. */
static Error *check_batch(Snapshot *snapshot, Check *check, size_t *out_n)
{
    JournalChainRows chain;
    Error *err = sql_journal_chain(snapshot, check->area, check->sequence,
                                   check->sequence + VERIFY_BATCH, &chain);
    if (err) {
        return err;
    }
    for (size_t i = 0; check->broken == 0 && i < chain.count; i++) {
        check_row(check, &chain.rows[i]);
    }
    *out_n = chain.count;
    return NULL;
}

/* A seal without its neighbours, or an entry that is neither sealed nor waiting, also breaks it. */
static Error *check_counts(Snapshot *snapshot, Check *check, JournalReport *out)
{
    JournalEntryCountRow entries;
    JournalPendingCountRow waiting;
    int64_t last = 0;
    Hash32 head;
    Error *err = sql_journal_entry_count(snapshot, check->area, &entries);
    if (!err) {
        err = sql_journal_pending_count(snapshot, check->area, &waiting);
    }
    if (!err) {
        err = journal_head(snapshot, check->area, &last, &head);
    }
    if (err) {
        return err;
    }
    out->waiting = waiting.n;
    bool is_short = last != check->sequence || entries.n != check->sequence + waiting.n;
    if (check->broken == 0 && is_short) {
        check->broken = check->sequence + 1;
    }
    return NULL;
}

Error *journal_verify(Snapshot *snapshot, int64_t area, JournalReport *out)
{
    *out = (JournalReport){0};
    Check check = {.area = area};
    size_t n = 1;
    while (n > 0 && check.broken == 0) {
        Error *err = check_batch(snapshot, &check, &n);
        if (err) {
            return err;
        }
    }
    Error *err = check_counts(snapshot, &check, out);
    out->sealed = check.sequence;
    out->broken = check.broken;
    out->head = check.hash;
    return err;
}

/* --- reading
 * ------------------------------------------------------------------------------------------- */

Error *journal_list(Snapshot *snapshot, int64_t area, int64_t before, int limit, JournalEntry **out,
                    size_t *out_n)
{
    return journal_list_kind(snapshot, area, STR(""), before, limit, out, out_n);
}

Error *journal_list_kind(Snapshot *snapshot, int64_t area, Str kind, int64_t before, int limit,
                         JournalEntry **out, size_t *out_n)
{
    JournalEntriesRows found;
    Str pattern =
        kind.len == 0 ? STR("%") : arena_printf(snapshot_arena(snapshot), "%.*s %%", STR_ARG(kind));
    Error *err =
        sql_journal_entries(snapshot, area, before ? before : INT64_MAX, pattern, limit, &found);
    if (err) {
        return err;
    }
    JournalEntry *entries = arena_array(snapshot_arena(snapshot), JournalEntry, found.count);
    for (size_t i = 0; i < found.count; i++) {
        const JournalEntriesRow *row = &found.rows[i];
        entries[i] = (JournalEntry){row->id,  row->actor_id, row->name,   row->happened_at,
                                    row->act, row->subject,  row->reason, row->sequence};
    }
    *out = entries;
    *out_n = found.count;
    return NULL;
}

Error *journal_areas(Snapshot *snapshot, int64_t **out, size_t *out_n)
{
    JournalSealedAreasRows rows;
    Error *err = sql_journal_sealed_areas(snapshot, &rows);
    if (err) {
        return err;
    }
    *out = arena_array(snapshot_arena(snapshot), int64_t, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        (*out)[i] = rows.rows[i].area_id;
    }
    *out_n = rows.count;
    return NULL;
}

Text journal_act_text(Str act)
{
    char name[64];
    if (act.len == 0 || act.len >= sizeof(name) - sizeof("act.")) {
        return text_of(0);
    }
    snprintf(name, sizeof(name), "act.%.*s", STR_ARG(act));
    return text_named(name);
}
