/* text_files.h: readable files that are built into the program (tools/templates_to_c). */
#ifndef FEATURES_PROGRAMMES_TEXT_FILES_H
#define FEATURES_PROGRAMMES_TEXT_FILES_H

#include <stddef.h>

typedef struct TextFile {
    const char *name; /* without the ending: "first", "2026" */
    const char *text;
} TextFile;

/* src/features/programmes/templates and data/holidays, each in the order of the names. */
extern const TextFile template_files[];
extern const size_t template_file_count;
extern const TextFile holiday_files[];
extern const size_t holiday_file_count;

#endif
