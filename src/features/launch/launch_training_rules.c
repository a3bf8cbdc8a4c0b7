/* launch_training_rules.c: what a training must be, and the names of who signed in. */
#include "features/launch/launch_rules.h"

Error *training_check(Arena *arena, const TrainingFact *fact)
{
    if (fact->audience < TRAINING_RESIDENTS || fact->audience > TRAINING_EVERYBODY) {
        return error_at(arena, ERROR_FIELD_NOT_CHOICE, "audience", 0);
    }
    Error *err =
        error_length(arena, "subject", fact->subject, TRAINING_SUBJECT_MIN, TRAINING_SUBJECT_MAX);
    if (!err) {
        err = error_length(arena, "place", fact->place, LAUNCH_PLACE_MIN, LAUNCH_PLACE_MAX);
    }
    if (!err) {
        err = error_length(arena, "hours", fact->hours, 0, TRAINING_HOURS_MAX);
    }
    return err ? err : error_length(arena, "trainer", fact->trainer, 0, LAUNCH_WHO_MAX);
}

Error *training_held_check(Arena *arena, Date held_on, int64_t present, size_t named, Date today)
{
    int64_t least = named > 0 ? (int64_t)named : 1;
    if (held_on.days > today.days) {
        return error_at(arena, ERROR_CHANGE_DAY_AHEAD, "held_on", 0);
    }
    if (present < least) {
        return error_at(arena, ERROR_FIELD_TOO_SMALL, "present", least);
    }
    return present > LAUNCH_REACHED_MAX
               ? error_at(arena, ERROR_FIELD_TOO_BIG, "present", LAUNCH_REACHED_MAX)
               : NULL;
}

/* --- names --------------------------------------------------------------------------------------
 */

/* How many bytes of a sign between names stand here; 0: none. */
static size_t separator_at(Str text, size_t i)
{
    static const Str signs[] = {STR_INIT("、"), STR_INIT("，"), STR_INIT("；"), STR_INIT(","),
                                STR_INIT(";"),  STR_INIT("|"),  STR_INIT("\n"), STR_INIT("\t")};
    for (size_t k = 0; k < countof(signs); k++) {
        if (str_starts_with(str_slice(text, i, text.len), signs[k])) {
            return signs[k].len;
        }
    }
    return 0;
}

/* Cuts the text at its first sign. */
static Str next_name(Str *rest)
{
    size_t i = 0;
    size_t sign = 0;
    while (i < rest->len && (sign = separator_at(*rest, i)) == 0) {
        i++;
    }
    Str name = str_trim(str_slice(*rest, 0, i));
    *rest = str_slice(*rest, i + sign, rest->len);
    return name;
}

Error *training_names(Arena *arena, Str text, Str **out, size_t *out_count)
{
    Str *names = arena_array(arena, Str, TRAINING_NAMES_MAX);
    *out = names;
    *out_count = 0;
    while (text.len > 0) {
        Str name = next_name(&text);
        if (name.len == 0) {
            continue;
        }
        if (*out_count == TRAINING_NAMES_MAX) {
            return error_at(arena, ERROR_FIELD_TOO_MANY, "names", TRAINING_NAMES_MAX);
        }
        Error *err = error_length(arena, "names", name, 1, TRAINING_NAME_MAX);
        if (err) {
            return err;
        }
        names[(*out_count)++] = name;
    }
    return NULL;
}
