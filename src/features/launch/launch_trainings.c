/* launch_trainings.c: planning, correcting and holding trainings, who signed in. */
#include "features/launch/launch_changes.h"
#include "features/launch/launch_pages.h"
#include "features/programmes/programmes.h"
#include "launch_sql.h"
#include "launch_trainings_sql.h"
#include "launch_trainings_text.h"
#include "platform/journal/journal.h"
#include "platform/person_data.h"

#define DOCUMENTS_MOST 60
#define ROLL_MOST      1000
#define EXPORT_MOST    10000

/* --- material --------------------------------------------------------------------------------- */

/* Where the document belongs: 0 for none. */
static Error *find_document(Tx *tx, int64_t area, int64_t round, int64_t document,
                            int64_t *out_area)
{
    LaunchDocumentsRows rows;
    *out_area = 0;
    if (document == 0) {
        return NULL;
    }
    Error *err = sql_launch_documents(tx_snapshot(tx), area, round, DOCUMENTS_MOST, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        if (rows.rows[i].document_id == document) {
            *out_area = rows.rows[i].document_area_id;
            return NULL;
        }
    }
    return err ? err : error_at(tx_arena(tx), ERROR_DOCUMENT_NOT_HERE, "document", 0);
}

static Error *keep_file(Tx *tx, int64_t area, const FileDraft *draft, int64_t *out_file)
{
    return draft->bytes.len > 0 ? file_store(tx, area, draft, out_file) : NULL;
}

/* --- planning --------------------------------------------------------------------------------- */

Error *launch_plan_training(Tx *tx, const void *input, Instant now, void *output)
{
    const NewTraining *new = input;
    const TrainingFact *fact = &new->fact;
    int64_t id = tx_new_id(tx);
    int64_t document_area = 0;
    int64_t file = 0;
    Error *err = launch_require_running(tx, new->area, new->round);
    if (!err) {
        err = training_check(tx_arena(tx), fact);
    }
    if (!err) {
        err = find_document(tx, new->area, new->round, new->material.document, &document_area);
    }
    if (!err) {
        err = keep_file(tx, new->area, &new->material.file, &file);
    }
    if (!err) {
        err = sql_training_insert(tx, new->area, id, new->round, fact->held_on, fact->hours,
                                  fact->subject, fact->audience, fact->place, fact->trainer,
                                  document_area, new->material.document, file,
                                  new->material.file.name, new->actor, now, NULL);
    }
    *(int64_t *)output = id;
    return err ? err
               : journal_write(tx, new->area, new->actor, "training.plan", "training", id,
                               fact->subject, STR(""));
}

/* --- changing --------------------------------------------------------------------------------- */

static Error *load_standing(Tx *tx, int64_t area, int64_t id, TrainingGetRow *row)
{
    Error *err = sql_training_get(tx_snapshot(tx), area, id, row);
    return !err && row->state == TRAINING_WITHDRAWN ? change_refuse_withdrawn(tx) : err;
}

/* In Chinese, the language of the record; without names. */
static Error *keep_before(Tx *tx, const TrainingGetRow *row, int64_t area, int64_t actor,
                          Str reason, Instant now)
{
    Arena *arena = tx_arena(tx);
    Str was = text_str(
        arena, LANG_ZH,
        row->present > 0 ? t_training_was_held(row->held_on, row->subject, row->place, row->present)
                         : t_training_was(row->held_on, row->subject, row->place));
    Change change = {area, row->id, actor, was, reason};
    return change_keep(tx, &change, now);
}

static Error *check_correction(Tx *tx, const TrainingCorrection *given, const TrainingGetRow *row,
                               Date today)
{
    Error *err = training_check(tx_arena(tx), &given->fact);
    if (!err && row->state == TRAINING_HELD && given->fact.held_on.days > today.days) {
        err = error_at(tx_arena(tx), ERROR_CHANGE_DAY_AHEAD, "held_on", 0);
    }
    return err;
}

static Error *save_correction(Tx *tx, const TrainingCorrection *given, TrainingGetRow *row)
{
    const TrainingFact *fact = &given->fact;
    int64_t document_area = 0;
    Error *err = NULL;
    if (given->material.document != row->document_id) {
        err =
            find_document(tx, given->area, row->round_id, given->material.document, &document_area);
    } else {
        document_area = row->document_area_id;
    }
    if (!err) {
        err = keep_file(tx, given->area, &given->material.file, &row->file_id);
    }
    Str file_name = given->material.file.bytes.len > 0 ? given->material.file.name : row->file_name;
    return err ? err
               : sql_training_correct(tx, given->area, given->id, given->version, fact->held_on,
                                      fact->hours, fact->subject, fact->audience, fact->place,
                                      fact->trainer, document_area, given->material.document,
                                      row->file_id, file_name);
}

Error *launch_correct_training(Tx *tx, const void *input, Instant now, void *unused)
{
    (void)unused;
    const TrainingCorrection *given = input;
    TrainingGetRow row;
    Error *err = load_standing(tx, given->area, given->id, &row);
    if (!err) {
        err = check_correction(tx, given, &row, instant_date(now));
    }
    if (!err) {
        err = save_correction(tx, given, &row);
    }
    if (!err) {
        err = keep_before(tx, &row, given->area, given->actor, given->reason, now);
    }
    return err ? err
               : journal_write(tx, given->area, given->actor, "training.correct", "training",
                               given->id, given->reason, STR(""));
}

Error *launch_withdraw_training(Tx *tx, const void *input, Instant now, void *unused)
{
    (void)unused;
    const Withdrawal *given = input;
    TrainingGetRow row;
    Error *err = load_standing(tx, given->area, given->id, &row);
    if (!err) {
        err = sql_training_withdraw(tx, given->area, given->id, given->version);
    }
    if (!err) {
        err = withdrawal_keep(tx, given, now);
    }
    return err ? err
               : journal_write(tx, given->area, given->actor, "training.withdraw", "training",
                               given->id, given->reason, STR(""));
}

/* --- who came --------------------------------------------------------------------------------- */

typedef struct Attendance {
    Str *names;
    size_t n_names;
    TrainingOnRollRows roll;  /* whose names are among these */
    TrainingPeopleRows known; /* who signed in before */
} Attendance;

static Error *load_sign_in(Tx *tx, const TrainingHeld *held, Instant now, Attendance *out)
{
    Arena *arena = tx_arena(tx);
    Error *err = training_names(arena, held->names, &out->names, &out->n_names);
    Str all = STR("|");
    for (size_t i = 0; !err && i < out->n_names; i++) {
        all = arena_printf(arena, "%.*s%.*s|", STR_ARG(all), STR_ARG(out->names[i]));
    }
    if (!err) {
        err = sql_training_on_roll(tx_snapshot(tx), held->area, all, instant_date(now), ROLL_MOST,
                                   &out->roll);
    }
    return err ? err
               : sql_training_people(tx_snapshot(tx), held->area, held->id, TRAINING_NAMES_MAX,
                                     &out->known);
}

/* The one person of this name on the roll; 0 when there is none or more than one. */
static int64_t one_on_roll(const Attendance *in, Str name)
{
    int64_t person = 0;
    for (size_t i = 0; i < in->roll.count; i++) {
        if (str_eq(in->roll.rows[i].name, name)) {
            if (person != 0) {
                return 0;
            }
            person = in->roll.rows[i].id;
        }
    }
    return person;
}

/* Signed in before, or higher up on the same list. */
static bool is_known(const Attendance *in, size_t i, int64_t person)
{
    for (size_t k = 0; k < in->known.count; k++) {
        const TrainingPeopleRow *row = &in->known.rows[k];
        if (person != 0 ? row->person_id == person
                        : row->person_id == 0 && str_eq(row->name, in->names[i])) {
            return true;
        }
    }
    for (size_t k = 0; person != 0 && k < i; k++) {
        if (str_eq(in->names[k], in->names[i])) {
            return true;
        }
    }
    return false;
}

/* The new ones of the list: how many, and into the table when `tx` is to write. */
static Error *sign_in(Tx *tx, const TrainingHeld *held, const Attendance *in, bool writes,
                      size_t *out_new)
{
    Error *err = NULL;
    *out_new = 0;
    for (size_t i = 0; !err && i < in->n_names; i++) {
        int64_t person = one_on_roll(in, in->names[i]);
        if (is_known(in, i, person)) {
            continue;
        }
        (*out_new)++;
        if (writes) {
            err = sql_training_person_insert(tx, held->area, held->id, tx_new_id(tx), person,
                                             person != 0 ? STR("") : in->names[i], NULL);
        }
    }
    return err;
}

static Error *check_held(Tx *tx, const TrainingHeld *held, const Attendance *in, Instant now)
{
    size_t new = 0;
    Error *err = sign_in(tx, held, in, false, &new);
    if (!err && in->known.count + new > TRAINING_NAMES_MAX) {
        err = error_at(tx_arena(tx), ERROR_FIELD_TOO_MANY, "names", TRAINING_NAMES_MAX);
    }
    return err ? err
               : training_held_check(tx_arena(tx), held->held_on, held->present,
                                     in->known.count + new, instant_date(now));
}

static Error *save_held(Tx *tx, const TrainingHeld *held, const Attendance *in)
{
    size_t new = 0;
    Error *err =
        sql_training_hold(tx, held->area, held->id, held->version, held->held_on, held->present);
    return err ? err : sign_in(tx, held, in, true, &new);
}

Error *launch_hold_training(Tx *tx, const void *input, Instant now, void *unused)
{
    (void)unused;
    const TrainingHeld *held = input;
    TrainingGetRow row;
    Attendance in = {0};
    Error *err = load_standing(tx, held->area, held->id, &row);
    if (!err) {
        err = load_sign_in(tx, held, now, &in);
    }
    if (!err) {
        err = check_held(tx, held, &in, now);
    }
    if (!err) {
        err = save_held(tx, held, &in);
    }
    if (!err && row.state == TRAINING_HELD) {
        Str reason = text_str(tx_arena(tx), LANG_ZH, t_training_signed_again());
        err = keep_before(tx, &row, held->area, held->actor, reason, now);
    }
    if (err) {
        return err;
    }
    Str words =
        arena_printf(tx_arena(tx), "%.*s，%lld 人", STR_ARG(row.subject), (long long)held->present);
    return journal_write(tx, held->area, held->actor, "training.hold", "training", held->id, words,
                         STR(""));
}

Error *launch_forget_name(Tx *tx, const void *input, Instant now, void *unused)
{
    (void)now;
    (void)unused;
    const TrainingForget *given = input;
    int64_t changed = 0;
    Error *err = sql_training_person_drop(tx, given->area, given->id, given->signed_in, &changed);
    if (!err && changed == 0) {
        err = error_make(tx_arena(tx), ERROR_NOT_FOUND, "no such name");
    }
    return err ? err
               : journal_write(tx, given->area, given->actor, "training.forget", "training",
                               given->id, STR(""), STR(""));
}

/* --- a person's own --------------------------------------------------------------------------- */

Error *trainings_export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    TrainingOfPersonRows rows;
    Error *err = sql_training_of_person(snapshot, person, EXPORT_MOST, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        CivilDate day = date_civil(rows.rows[i].held_on);
        json_t *object = json_object();
        json_object_set_new(object, "subject", json_of_str(rows.rows[i].subject));
        json_object_set_new(object, "held_on",
                            json_of_str(arena_printf(snapshot_arena(snapshot), "%04d-%02d-%02d",
                                                     day.year, day.month, day.day)));
        json_array_append_new(list, object);
    }
    return person_data_member(snapshot, "trainings", list, out);
}

Error *trainings_erase_person(Tx *tx, int64_t person, Instant now)
{
    (void)now;
    return sql_training_person_erase(tx, person, NULL);
}
