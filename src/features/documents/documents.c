/* documents.c: adding, renewing, ending; what a round goes by. */
#include "features/documents/documents.h"

#include "documents_sql.h"
#include "features/programmes/programmes.h"
#include "platform/journal/journal.h"

static Error *insert_version(Tx *tx, int64_t area, int64_t document, int64_t no, int64_t actor,
                             const NewVersion *version, Instant now)
{
    int64_t file = 0;
    Error *err = version->file.bytes.len > 0 ? file_store(tx, area, &version->file, &file) : NULL;
    return err ? err
               : sql_document_version_insert(tx, area, document, no, version->fact.from_on,
                                             version->fact.words, version->fact.change, file,
                                             version->file.name, actor, now, NULL);
}

/* --- adding ------------------------------------------------------------------ */

static Error *check_new(Tx *tx, const NewDocument *new)
{
    if (new->kind < DOCUMENT_RULES || new->kind > DOCUMENT_FORM) {
        return error_at(tx_arena(tx), ERROR_FIELD_NOT_CHOICE, "kind", 0);
    }
    Error *err = document_check(tx_arena(tx), new->title, new->number, new->issuer);
    return err ? err : document_version_check(tx_arena(tx), &new->first.fact, 1, (Date){0});
}

Error *documents_add(Tx *tx, const void *input, Instant now, void *output)
{
    const NewDocument *new = input;
    int64_t id = tx_new_id(tx);
    Error *err = check_new(tx, new);
    if (!err) {
        err = sql_document_insert(tx, new->area, id, new->kind, new->title, new->number,
                                  new->issuer, new->actor, now, NULL);
    }
    if (!err) {
        err = insert_version(tx, new->area, id, 1, new->actor, &new->first, now);
    }
    *(int64_t *)output = id;
    return err ? err
               : journal_write(tx, new->area, new->actor, "document.add", "document", id,
                               new->title, STR(""));
}

/* --- changing ---------------------------------------------------------------- */

static Error *load_own(Tx *tx, int64_t area, int64_t id, DocumentOwnRow *row)
{
    Error *err = sql_document_own(tx_snapshot(tx), area, id, row);
    return !err && row->ended_on.days != 0
               ? error_make(tx_arena(tx), ERROR_DOCUMENT_OVER, "it was ended")
               : err;
}

Error *documents_renew(Tx *tx, const void *input, Instant now, void *unused)
{
    (void)unused;
    const DocumentRenewal *given = input;
    DocumentOwnRow row;
    Error *err = load_own(tx, given->area, given->id, &row);
    if (!err) {
        err = document_version_check(tx_arena(tx), &given->next.fact, row.newest_no + 1,
                                     row.newest_on);
    }
    if (!err) {
        err = sql_document_grow(tx, given->area, given->id, given->version, row.newest_no + 1);
    }
    if (!err) {
        err = insert_version(tx, given->area, given->id, row.newest_no + 1, given->actor,
                             &given->next, now);
    }
    return err ? err
               : journal_write(tx, given->area, given->actor, "document.renew", "document",
                               given->id, given->next.fact.change, STR(""));
}

Error *documents_end(Tx *tx, const void *input, Instant now, void *unused)
{
    (void)unused;
    const DocumentEnd *given = input;
    DocumentOwnRow row;
    Error *err = load_own(tx, given->area, given->id, &row);
    if (!err) {
        err = document_reason_check(tx_arena(tx), given->reason);
    }
    if (!err) {
        err = sql_document_end(tx, given->area, given->id, given->version, instant_date(now),
                               given->reason);
    }
    return err ? err
               : journal_write(tx, given->area, given->actor, "document.end", "document", given->id,
                               given->reason, STR(""));
}

/* --- what a round goes by ---------------------------------------------------- */

static const DocumentChoiceRow *offered(const DocumentChoiceRows *rows, int64_t id)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (rows->rows[i].id == id) {
            return &rows->rows[i];
        }
    }
    return NULL;
}

static bool is_named(const DocumentsAttach *given, int64_t id)
{
    for (size_t i = 0; i < given->n_documents; i++) {
        if (given->documents[i] == id) {
            return true;
        }
    }
    return false;
}

static Error *check_attach(Tx *tx, const DocumentsAttach *given, const DocumentChoiceRows *choice)
{
    if (given->n_documents > DOCUMENTS_OF_ROUND_MAX) {
        return error_at(tx_arena(tx), ERROR_FIELD_TOO_MANY, "documents", DOCUMENTS_OF_ROUND_MAX);
    }
    for (size_t i = 0; i < given->n_documents; i++) {
        if (!offered(choice, given->documents[i])) {
            return error_at(tx_arena(tx), ERROR_DOCUMENT_NOT_HERE, "documents", 0);
        }
    }
    return NULL;
}

/* Also what was ended since, which the choice does not offer any more. */
static Error *detach_the_rest(Tx *tx, const DocumentsAttach *given, int64_t *changes)
{
    DocumentAttachedRows rows;
    Error *err = sql_document_attached(tx_snapshot(tx), given->area, given->round,
                                       DOCUMENTS_OF_ROUND_MAX, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        if (!is_named(given, rows.rows[i].document_id)) {
            int64_t changed = 0;
            err = sql_document_detach(tx, given->area, given->round, rows.rows[i].document_id,
                                      &changed);
            *changes += changed;
        }
    }
    return err;
}

static Error *attach_named(Tx *tx, const DocumentsAttach *given, const DocumentChoiceRows *choice,
                           Instant now, int64_t *changes)
{
    Error *err = NULL;
    for (size_t i = 0; !err && i < given->n_documents; i++) {
        const DocumentChoiceRow *row = offered(choice, given->documents[i]);
        int64_t changed = 0;
        err = sql_document_attach(tx, given->area, given->round, row->area_id, row->id, row->no,
                                  given->actor, now, &changed);
        *changes += changed;
    }
    return err;
}

static Error *load_open_round(Tx *tx, int64_t area, int64_t round)
{
    RoundInfo info;
    Error *err = programmes_round(tx_snapshot(tx), area, round, &info);
    return !err && info.is_finished
               ? error_make(tx_arena(tx), ERROR_STAGE_NOT_OPEN, "the round is over")
               : err;
}

Error *documents_attach(Tx *tx, const void *input, Instant now, void *unused)
{
    (void)unused;
    const DocumentsAttach *given = input;
    DocumentChoiceRows choice;
    int64_t changes = 0;
    Error *err = load_open_round(tx, given->area, given->round);
    if (!err) {
        err = sql_document_choice(tx_snapshot(tx), given->area, given->round, instant_date(now),
                                  DOCUMENTS_OF_ROUND_MAX, &choice);
    }
    if (!err) {
        err = check_attach(tx, given, &choice);
    }
    if (!err) {
        err = detach_the_rest(tx, given, &changes);
    }
    if (!err) {
        err = attach_named(tx, given, &choice, now, &changes);
    }
    return err || changes == 0 ? err
                               : journal_write(tx, given->area, given->actor, "document.attach",
                                               "round", given->round, STR(""), STR(""));
}
