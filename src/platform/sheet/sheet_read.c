/* sheet_read.c: which sheet, its strings and styles, its cells. */
#include "platform/sheet/sheet_read.h"

#include "base/limits.h"
#include "base/vec.h"
#include "platform/sheet/sheet_cells.h"
#include "platform/sheet/sheet_zip.h"

static Error *unreadable(Arena *arena, const char *why)
{
    return error_make(arena, ERROR_SHEET_UNREADABLE, "xlsx: %s", why);
}

/* --- workbook.xml: the first sheet ---------------------------------------------------------- */

typedef struct BookPart {
    Str sheet_id; /* relation of the first sheet */
    Str target;   /* its path, from the relations */
    bool is_1904;
} BookPart;

static void book_start(SheetXml *xml, Str name, const char **attributes)
{
    BookPart *book = xml->user;
    if (str_eq(name, STR("workbookPr"))) {
        Str since = sheet_attribute(attributes, "date1904");
        book->is_1904 = str_eq(since, STR("1")) || str_eq(since, STR("true"));
    } else if (str_eq(name, STR("sheet")) && book->sheet_id.len == 0) {
        book->sheet_id = arena_str(xml->arena, sheet_attribute(attributes, "id"));
    }
}

static void relations_start(SheetXml *xml, Str name, const char **attributes)
{
    BookPart *book = xml->user;
    bool is_ours = str_eq(name, STR("Relationship")) &&
                   str_eq(sheet_attribute(attributes, "Id"), book->sheet_id) &&
                   !str_eq(sheet_attribute(attributes, "TargetMode"), STR("External"));
    if (is_ours) {
        book->target = arena_str(xml->arena, sheet_attribute(attributes, "Target"));
    }
}

static Error *find_sheet(SheetZip *zip, Arena *arena, BookPart *book)
{
    bool found = false;
    SheetXml xml = {.user = book, .start = book_start};
    Error *err = sheet_zip_parse(zip, STR("xl/workbook.xml"), &xml, &found);
    if (err || !found) {
        return err ? err : unreadable(arena, "no workbook");
    }
    SheetXml relations = {.user = book, .start = relations_start};
    err = sheet_zip_parse(zip, STR("xl/_rels/workbook.xml.rels"), &relations, &found);
    if (err) {
        return err;
    }
    if (book->target.len == 0) {
        return unreadable(arena, "no first sheet");
    }
    bool is_absolute = str_starts_with(book->target, STR("/"));
    book->target = is_absolute ? str_slice(book->target, 1, book->target.len)
                               : arena_printf(arena, "xl/%.*s", STR_ARG(book->target));
    return NULL;
}

/* --- the whole file ------------------------------------------------------------------------- */

static Error *read_parts(SheetZip *zip, Arena *arena, CsvTable *out)
{
    BookPart book = {0};
    SheetStyles styles = {0};
    SheetStrings strings = {0};
    Error *err = find_sheet(zip, arena, &book);
    if (!err) {
        err = sheet_styles_read(zip, &styles);
    }
    if (!err) {
        err = sheet_strings_read(zip, &strings);
    }
    styles.is_1904 = book.is_1904;
    return err ? err : sheet_cells_read(zip, arena, book.target, &styles, &strings, out);
}

Error *sheet_read(Arena *arena, Str bytes, CsvTable *out)
{
    SheetZip *zip = NULL;
    *out = (CsvTable){0};
    if (str_starts_with(bytes, STR("\xD0\xCF\x11\xE0"))) {
        return error_make(arena, ERROR_SHEET_OLD, "an .xls or encrypted file");
    }
    Error *err = sheet_zip_open(arena, bytes, &zip);
    if (err) {
        return err;
    }
    err = read_parts(zip, arena, out);
    sheet_zip_close(zip);
    return err;
}

Error *table_read(Arena *arena, Str bytes, CsvTable *out)
{
    bool is_packed = str_starts_with(bytes, STR("PK\x03\x04"));
    bool is_old = str_starts_with(bytes, STR("\xD0\xCF\x11\xE0"));
    return is_packed || is_old ? sheet_read(arena, bytes, out) : csv_read(arena, bytes, out);
}
