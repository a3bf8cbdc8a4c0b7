/* holidays.h: the arrangement of public holidays, a file a year (data/holidays), built in or put
 * into an installation later; what is in the database holds before what is built in.
 *
 * Rooms only call programmes_holidays() in programmes.h.
 */
#ifndef FEATURES_PROGRAMMES_HOLIDAYS_H
#define FEATURES_PROGRAMMES_HOLIDAYS_H

#include "features/programmes/calendar_rules.h"
#include "platform/db/db.h"

/* One year as its file says it. */
typedef struct HolidayYear {
    int year;
    Str source;
    const Holiday *days; /* rising */
    Str *names;          /* beside days: 春节 */
    size_t n_days;
} HolidayYear;

/* Reads one file. CONFIGURATION with number = the line at fault and word = "NAME:12: what is
 * wrong". A day off outside its year, a worked day that is no Saturday or Sunday, a day named twice
 * and a year without a day off are mistakes. */
MUST_USE Error *holidays_parse(Arena *arena, Str name, Str text, HolidayYear *out);

/* The years that are built in, rising. */
MUST_USE Error *holidays_built_in(Arena *arena, HolidayYear **out, size_t *out_count);

/* UseCase: HolidayYear -> nothing. Takes the place of what the installation had for that year;
 * written into the journal of the installation. Periods that have been published keep their end. */
Error *holidays_import(Tx *tx, const void *input, Instant now, void *unused);

#endif
