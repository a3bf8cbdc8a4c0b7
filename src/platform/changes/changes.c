/* changes.c: keeping what was, reading it, the form that takes back. */
#include "platform/changes/changes.h"

#include "changes_sql.h"

#define CHANGES_MOST 50

/* --- keeping ---------------------------------------------------------------------------------- */

static Error *keep(Tx *tx, const Change *change, bool is_withdrawal, Instant now)
{
    Error *err =
        error_length(tx_arena(tx), "reason", change->reason, CHANGE_REASON_MIN, CHANGE_REASON_MAX);
    return err ? err
               : sql_record_change_insert(tx, change->area, change->of, tx_new_id(tx),
                                          is_withdrawal, change->was, change->reason, change->actor,
                                          now, NULL);
}

Error *change_keep(Tx *tx, const Change *change, Instant now)
{
    return keep(tx, change, false, now);
}

Error *withdrawal_keep(Tx *tx, const Withdrawal *given, Instant now)
{
    Change change = {given->area, given->id, given->actor, STR(""), given->reason};
    return keep(tx, &change, true, now);
}

Error *change_refuse_withdrawn(Tx *tx)
{
    return error_make(tx_arena(tx), ERROR_CHANGE_WITHDRAWN, "taken back before");
}

/* --- reading ---------------------------------------------------------------------------------- */

Error *changes_load(Snapshot *snapshot, int64_t area, int64_t of, ChangeLines *out)
{
    RecordChangeListRows rows;
    Error *err = sql_record_change_list(snapshot, area, of, CHANGES_MOST, &rows);
    if (err) {
        return err;
    }
    ChangeLine *lines = arena_array(snapshot_arena(snapshot), ChangeLine, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const RecordChangeListRow *row = &rows.rows[i];
        lines[i] =
            (ChangeLine){row->changed_at, row->by_name, row->is_withdrawal, row->was, row->reason};
    }
    *out = (ChangeLines){lines, rows.count};
    return NULL;
}

/* --- pages ------------------------------------------------------------------------------------ */

FormPage change_correct_page(void)
{
    return (FormPage){.title = t_change_correct(),
                      .about = t_change_correct_about(),
                      .submit = t_change_correct_submit()};
}

typedef struct WithdrawInput {
    int64_t version;
    Str reason;
} WithdrawInput;

static const Field withdraw_fields[] = {
    CHANGE_VERSION_FIELD(WithdrawInput),
    CHANGE_REASON_FIELD(WithdrawInput, TEXT_change_withdraw_hint),
};

const Form withdraw_form = FORM("withdraw", withdraw_fields, WithdrawInput);

Error *withdraw_page(Page *page, int64_t version, Text back_title, SafeUrl back, SafeUrl action)
{
    WithdrawInput usual = {.version = version};
    FormPage view = {.back = back,
                     .back_title = back_title,
                     .title = t_change_withdraw(),
                     .about = t_change_withdraw_about(),
                     .submit = t_change_withdraw_submit(),
                     .form = page_form_of(page, &withdraw_form, &usual),
                     .action = action};
    return form_page(page, &view);
}

Withdrawal *withdrawal_of(const Page *page, const void *input)
{
    const WithdrawInput *typed = input;
    Withdrawal *given = arena_new(page->arena, Withdrawal);
    *given = (Withdrawal){.area = page->area,
                          .id = page->ids[0],
                          .actor = page->who.person,
                          .version = typed->version,
                          .reason = typed->reason};
    return given;
}
