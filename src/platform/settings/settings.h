/* settings.h: what an area has decided about the program: key and value.
 *
 * An area without a value of its own has its parent's, up to the top and then area 0, the
 * installation. Keys are dotted names ("publication.days") that the room which reads them
 * documents.
 */
#ifndef PLATFORM_SETTINGS_SETTINGS_H
#define PLATFORM_SETTINGS_SETTINGS_H

#include "platform/db/db.h"

/* *out is `otherwise` when neither the area nor anything above it has a value. */
MUST_USE Error *setting_get(Snapshot *snapshot, int64_t area, const char *key, Str otherwise,
                            Str *out);
/* The same for a whole number; a stored value that is none counts as absent. */
MUST_USE Error *setting_get_int(Snapshot *snapshot, int64_t area, const char *key,
                                int64_t otherwise, int64_t *out);
MUST_USE Error *setting_set(Tx *tx, int64_t area, const char *key, Str value);
/* Back to what is inherited. */
MUST_USE Error *setting_drop(Tx *tx, int64_t area, const char *key);

#endif
