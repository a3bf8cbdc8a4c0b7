/* person_data.h: what the rooms' export_person (feature.h) share: a room's member of the file that
 * a person downloads.
 *
 * Start reading at person_data_member().
 */
#ifndef PLATFORM_PERSON_DATA_H
#define PLATFORM_PERSON_DATA_H

#include <jansson.h>

#include "base/buf.h"
#include "platform/db/db.h"

/* A JSON string; "" for an empty Str. */
json_t *json_of_str(Str s);
/* Appends "name":value without a comma, and gives `value` (which this takes over) back to the
 * library. UNAVAILABLE when the value cannot be written. */
MUST_USE Error *person_data_member(Snapshot *snapshot, const char *name, json_t *value, Buf *out);

#endif
