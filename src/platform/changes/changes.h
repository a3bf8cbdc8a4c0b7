/* changes.h: lines that are corrected or taken back with a reason, and what they said before.
 *
 * The room keeps the line with its version; what stood there is kept here in words, without names
 * of people. Start reading at Change and withdraw_page().
 */
#ifndef PLATFORM_CHANGES_CHANGES_H
#define PLATFORM_CHANGES_CHANGES_H

#include "changes_text.h"
#include "platform/form/form_page.h"

/* In characters. */
#define CHANGE_REASON_MIN 4
#define CHANGE_REASON_MAX 200

typedef struct Change {
    int64_t area;
    int64_t of; /* the row that was changed, of whatever table: ids are never given twice */
    int64_t actor;
    Str was; /* what stood there, in Chinese, the language of the record; empty: it still stands */
    Str reason;
} Change;

/* In the room's use case of correcting. At reason: its length. */
MUST_USE Error *change_keep(Tx *tx, const Change *change, Instant now);

/* What a use case of taking back is given. */
typedef struct Withdrawal {
    int64_t area;
    int64_t id;
    int64_t actor;
    int64_t version;
    Str reason;
} Withdrawal;

/* In the room's use case of taking back. At reason: its length. */
MUST_USE Error *withdrawal_keep(Tx *tx, const Withdrawal *given, Instant now);
/* CHANGE_WITHDRAWN: it was taken back before. */
MUST_USE Error *change_refuse_withdrawn(Tx *tx);

/* --- pages ----------------------------------------------------------------------------------- */

/* The first and the last field of a form of correction; members version (int64_t), reason (Str). */
#define CHANGE_VERSION_FIELD(Input)                                                                \
    {                                                                                              \
        FIELD_COMMON(Input, version, FIELD_ID, TEXT_change_version), .is_required = true           \
    }
#define CHANGE_REASON_FIELD(Input, hint_key)                                                       \
    {                                                                                              \
        FIELD_COMMON(Input, reason, FIELD_LONG_TEXT, TEXT_change_reason),                          \
            .hint = (hint_key), .is_required = true, .min = CHANGE_REASON_MIN,                     \
            .max = CHANGE_REASON_MAX                                                               \
    }

/* A FormPage with the words of a correction; back, form and action are left to the caller. */
FormPage change_correct_page(void);

/* The form that takes back what the address names. */
extern const Form withdraw_form;
MUST_USE Error *withdraw_page(Page *page, int64_t version, Text back_title, SafeUrl back,
                              SafeUrl action);
/* What was typed into it, of the {id} of the address. */
Withdrawal *withdrawal_of(const Page *page, const void *input);

typedef struct ChangeLine {
    Instant at;
    Str by;
    bool is_withdrawal;
    Str was;
    Str reason;
} ChangeLine;

typedef struct ChangeLines {
    const ChangeLine *items;
    size_t count;
} ChangeLines;

/* What became of a row, the oldest first, 50 at most. */
MUST_USE Error *changes_load(Snapshot *snapshot, int64_t area, int64_t of, ChangeLines *out);

#endif
