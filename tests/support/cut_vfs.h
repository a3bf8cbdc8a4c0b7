/* cut_vfs.h: a disk for SQLite that can lose what was not synced, and be full.
 *
 * It stands in front of the real file system as the default VFS of the process. For the files in
 * one watched folder it keeps, in memory, what a power cut could not take (the bytes at the last
 * sync) and every write since. At a chosen moment it writes an image: the folder as it could be
 * found after the cut. The process goes on; the image is opened like any database.
 */
#ifndef TESTS_SUPPORT_CUT_VFS_H
#define TESTS_SUPPORT_CUT_VFS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

typedef struct CutVfs CutVfs;

/* What became of writes that were not synced. */
typedef enum CutMode {
    CUT_DROP_ALL,  /* none reached the disk */
    CUT_IN_ORDER,  /* the first few did */
    CUT_SCATTERED, /* any of their 512-byte sectors did, in any order */
    CUT_MODES
} CutMode;

/* Registers it for the files below `folder`, before any database is opened. Never unregistered. */
CutVfs *cut_vfs_install(const char *folder);
/* Everything written so far counts as synced. */
void cut_vfs_settle(CutVfs *vfs);

typedef struct CutPlan {
    int64_t after; /* so many writes and syncs from now */
    CutMode mode;
    uint64_t seed;
    const char *to_folder;      /* where the image goes; files there are replaced */
    void (*at_cut)(void *user); /* on the writing thread, just before the image is made */
    void *user;
} CutPlan;
void cut_vfs_arm(CutVfs *vfs, const CutPlan *plan);
/* Waits until the image is there; false after ten seconds without. */
bool cut_vfs_wait(CutVfs *vfs);

/* So many bytes may the files still grow, then writes fail with "disk full"; < 0: no limit. */
void cut_vfs_set_room(CutVfs *vfs, int64_t bytes);

/* The engine's own check of a closed database file. */
bool sqlite_file_is_whole(const char *path);

#endif
