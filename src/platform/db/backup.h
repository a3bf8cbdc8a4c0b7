/* backup.h: copying a SQLite database into a file and putting a copy back.
 *
 * Both work on paths, not on an open Db, so that a command can do them beside a serving process.
 */
#ifndef PLATFORM_DB_BACKUP_H
#define PLATFORM_DB_BACKUP_H

#include "base/arena.h"
#include "base/error.h"

/* A consistent copy of the database at `database` as a new file `to` (mode 0600), durable before it
 * returns; readers and the writer go on. An existing `to` is not replaced.
 * Errors: CONFIGURATION (a PostgreSQL address: use pg_dump), ALREADY_EXISTS, FILE_SYSTEM,
 * STORAGE_FULL, DATABASE. After an error no file is left. */
MUST_USE Error *db_backup_file(Arena *arena, const char *database, const char *to);

/* Puts the backup `from` in the place of `database`. Checks first that it is whole and a database
 * of this program; refuses (BUSY) while a process serves the database. The database that was there
 * is kept as `<database>.before-restore`. Errors as above, NOT_FOUND when `from` is missing. */
MUST_USE Error *db_restore_file(Arena *arena, const char *from, const char *database);

#endif
