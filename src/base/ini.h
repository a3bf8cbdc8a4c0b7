/* ini.h: reads `[section]` and `key = value` lines, with the number of every line.
 *
 * A line that begins with ; or # is a comment; there are none behind a value, no continued lines
 * and no limit on the length of a line, so that a paragraph of Chinese is one value. (inih cuts
 * lines at 200 bytes, which is 66 characters; see docs/adr/0008.)
 *
 *     IniReader reader = ini_reader(text);
 *     IniLine line;
 *     while (ini_next(&reader, &line)) { ... }
 */
#ifndef BASE_INI_H
#define BASE_INI_H

#include "base/str.h"

typedef struct IniReader {
    Str rest;
    int number; /* of the line read last; 0 before the first */
    Str section;
} IniReader;

typedef enum IniKind {
    INI_SECTION, /* [section] */
    INI_VALUE,   /* key = value */
    INI_BAD      /* neither */
} IniKind;

typedef struct IniLine {
    IniKind kind;
    int number;
    Str section; /* the one it stands in or begins; empty before the first */
    Str key;
    Str value; /* trimmed; may be empty */
} IniLine;

IniReader ini_reader(Str text);
/* The next line that is not empty and no comment; false at the end. Texts point into the text. */
bool ini_next(IniReader *reader, IniLine *out);

#endif
