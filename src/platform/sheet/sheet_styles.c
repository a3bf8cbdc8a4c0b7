/* sheet_styles.c: shared strings, and which cell styles mean a day. */
#include "base/limits.h"
#include "base/vec.h"
#include "platform/sheet/sheet_cells.h"

/* --- styles --------------------------------------------------------------------------------- */

/* Numbers of the formats built into the format itself, the East Asian ones included. */
static bool is_built_in_date(int64_t id)
{
    return (id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
           (id >= 50 && id <= 54) || id == 57 || id == 58;
}

/* A day or a year is asked for outside quotes, brackets and escapes. */
static bool is_date_format(Str code)
{
    bool in_quotes = false, in_brackets = false;
    for (size_t i = 0; i < code.len; i++) {
        char c = code.data[i];
        if (c == '"') {
            in_quotes = !in_quotes;
        } else if (c == '\\') {
            i++;
        } else if (c == '[' || c == ']') {
            in_brackets = c == '[';
        } else if (!in_quotes && !in_brackets && strchr("yYdD", c)) {
            return true;
        }
    }
    return false;
}

static void add_format(SheetXml *xml, SheetStyles *styles, const char **attributes)
{
    int64_t id = 0;
    if (!str_to_int64(sheet_attribute(attributes, "numFmtId"), &id) ||
        !is_date_format(sheet_attribute(attributes, "formatCode"))) {
        return;
    }
    styles->date_formats = vec_grow(xml->arena, styles->date_formats, styles->n_date_formats,
                                    &styles->room, sizeof(int64_t), _Alignof(int64_t));
    styles->date_formats[styles->n_date_formats++] = id;
}

static bool means_date(const SheetStyles *styles, int64_t id)
{
    for (size_t i = 0; i < styles->n_date_formats; i++) {
        if (styles->date_formats[i] == id) {
            return true;
        }
    }
    return is_built_in_date(id);
}

static void styles_start(SheetXml *xml, Str name, const char **attributes)
{
    SheetStyles *styles = xml->user;
    int64_t id = 0;
    if (styles->n_date_formats + styles->is_date.count > LIMIT_SHEET_STYLES) {
        xml->error = error_make(xml->arena, ERROR_TOO_LARGE, "xlsx: too many styles");
    } else if (str_eq(name, STR("numFmt"))) {
        add_format(xml, styles, attributes);
    } else if (str_eq(name, STR("cellXfs"))) {
        styles->in_cell_styles = true;
    } else if (styles->in_cell_styles && str_eq(name, STR("xf"))) {
        bool is_known = str_to_int64(sheet_attribute(attributes, "numFmtId"), &id);
        *vec_push(xml->arena, &styles->is_date) = is_known && means_date(styles, id);
    }
}

static void styles_end(SheetXml *xml, Str name)
{
    SheetStyles *styles = xml->user;
    if (str_eq(name, STR("cellXfs"))) {
        styles->in_cell_styles = false;
    }
}

Error *sheet_styles_read(SheetZip *zip, SheetStyles *out)
{
    bool found = false;
    SheetXml xml = {.user = out, .start = styles_start, .end = styles_end};
    return sheet_zip_parse(zip, STR("xl/styles.xml"), &xml, &found);
}

/* --- strings -------------------------------------------------------------------------------- */

static void strings_start(SheetXml *xml, Str name, const char **attributes)
{
    SheetStrings *strings = xml->user;
    (void)attributes;
    if (str_eq(name, STR("si"))) {
        buf_clear(&strings->building);
    } else if (str_eq(name, STR("rPh"))) {
        strings->in_reading_aid = true;
    } else if (str_eq(name, STR("t"))) {
        strings->in_text = !strings->in_reading_aid;
    }
}

static void keep_string(SheetXml *xml, SheetStrings *strings)
{
    Str text = buf_view(&strings->building);
    strings->bytes += text.len + sizeof(Str);
    if (strings->building.overflowed || strings->bytes > LIMIT_SHEET_BYTES) {
        xml->error = error_make(xml->arena, ERROR_TOO_LARGE, "xlsx: bytes of strings");
        return;
    }
    *vec_push(xml->arena, strings) = arena_str(xml->arena, text);
}

static void strings_end(SheetXml *xml, Str name)
{
    SheetStrings *strings = xml->user;
    if (str_eq(name, STR("si"))) {
        keep_string(xml, strings);
    } else if (str_eq(name, STR("rPh"))) {
        strings->in_reading_aid = false;
    } else if (str_eq(name, STR("t"))) {
        strings->in_text = false;
    }
}

static void strings_text(SheetXml *xml, Str text)
{
    SheetStrings *strings = xml->user;
    if (strings->in_text) {
        buf_str(&strings->building, text);
    }
}

Error *sheet_strings_read(SheetZip *zip, SheetStrings *out)
{
    bool found = false;
    SheetXml xml = {.user = out, .start = strings_start, .end = strings_end, .text = strings_text};
    /* One over the limit of a cell is enough to say that it is too long. */
    buf_init(&out->building, LIMIT_CSV_CELL_BYTES * 16);
    Error *err = sheet_zip_parse(zip, STR("xl/sharedStrings.xml"), &xml, &found);
    buf_free(&out->building);
    return err;
}
