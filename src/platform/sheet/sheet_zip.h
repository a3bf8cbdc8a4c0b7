/* sheet_zip.h: the packed parts of a workbook; internal to platform/sheet. */
#ifndef PLATFORM_SHEET_SHEET_ZIP_H
#define PLATFORM_SHEET_SHEET_ZIP_H

#include <expat.h>

#include "base/arena.h"
#include "base/error.h"

typedef struct SheetZip SheetZip;

/* Over the bytes, which are not copied. SHEET_UNREADABLE, SHEET_OLD (macros), TOO_LARGE. */
MUST_USE Error *sheet_zip_open(Arena *arena, Str bytes, SheetZip **out);
void sheet_zip_close(SheetZip *zip);

/* What a reader of one part sees. Names come without their prefix: "x:row" is "row". */
typedef struct SheetXml {
    Arena *arena;
    XML_Parser parser;
    Error *error; /* set to stop */
    int depth;
    void *user;
    void (*start)(struct SheetXml *xml, Str name, const char **attributes);
    void (*end)(struct SheetXml *xml, Str name);
    void (*text)(struct SheetXml *xml, Str text);
} SheetXml;

/* Parses the part through *xml; *out_found is false when there is no such part. */
MUST_USE Error *sheet_zip_parse(SheetZip *zip, Str name, SheetXml *xml, bool *out_found);
/* An attribute's value, or empty; prefixes are not looked at ("r:id" is found as "id"). */
Str sheet_attribute(const char **attributes, const char *name);

#endif
