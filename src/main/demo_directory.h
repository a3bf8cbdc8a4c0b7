/* demo_directory.h: the demonstration on disk: an installation, and the sheet of its codes.
 *
 * DIR/codes.txt (0600) is written last: a directory that has it is complete. DIR/filling is there,
 * and locked, while a process fills; left behind by one that was interrupted, it says that
 * everything in the directory may be thrown away. A directory with a database but neither file is
 * somebody's installation and is never touched.
 */
#ifndef MAIN_DEMO_DIRECTORY_H
#define MAIN_DEMO_DIRECTORY_H

#include "main/install.h"

typedef struct DemoDirectory {
    const Install *install;
    const char *codes;  /* path of the sheet */
    const char *marker; /* path of DIR/filling */
    int marker_fd;      /* -1: not filling */
} DemoDirectory;

DemoDirectory demo_directory(Arena *arena, const Install *install);
bool demo_is_complete(const DemoDirectory *directory);
/* Makes the directory ready to be filled, throwing away what an interrupted run has left. Errors:
 * ALREADY_EXISTS for somebody's installation, BUSY while another process fills it, FILE_SYSTEM. */
MUST_USE Error *demo_directory_begin(Arena *arena, DemoDirectory *directory);
/* Keeps the sheet; the demonstration is complete. FILE_SYSTEM. */
MUST_USE Error *demo_directory_finish(Arena *arena, DemoDirectory *directory, Str sheet);
/* The sheet, and how many days ago it was written. */
MUST_USE Error *demo_directory_sheet(Arena *arena, const DemoDirectory *directory, Str *out,
                                     int *out_days);

#endif
