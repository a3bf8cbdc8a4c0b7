/* options.h: the flags that commands on an installation share. */
#ifndef MAIN_OPTIONS_H
#define MAIN_OPTIONS_H

#include <argp.h>

/* --dir DIR (default "var/data"), --port N, --address A. Values not given stay NULL or -1. */
typedef struct InstallFlags {
    const char *directory;
    const char *address;
    int port;
} InstallFlags;

extern const struct argp install_argp;

/* For argp's children: the input is an InstallFlags. */
void install_flags_default(InstallFlags *flags);

#endif
