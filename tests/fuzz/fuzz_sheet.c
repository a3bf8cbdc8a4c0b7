/* Any bytes as a spreadsheet: refused, or its cells are clean text within the limits. The bytes are
 * taken as a file, and once more as the XML of a sheet in a sound file, so that the fuzzer need not
 * find the checksums of a zip file by itself. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <zlib.h>

#include "base/buf.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "platform/sheet/sheet_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* At most four bytes. */
static void put(Buf *out, uint32_t value, int bytes)
{
    for (int i = 0; i < bytes; i++) {
        buf_char(out, (char)(value >> (8 * i)));
    }
}

typedef struct Part {
    const char *name;
    Str bytes;
} Part;

static void put_header(Buf *out, const Part *part, bool is_central, uint32_t at)
{
    uint32_t crc = (uint32_t)crc32(0, (const Bytef *)part->bytes.data, (uInt)part->bytes.len);
    buf_str(out, is_central ? STR("PK\x01\x02\x14\0") : STR("PK\x03\x04"));
    put(out, 20, 2);
    put(out, 0, 4); /* flags, stored */
    put(out, 0, 4); /* time, date */
    put(out, crc, 4);
    put(out, (uint32_t)part->bytes.len, 4);
    put(out, (uint32_t)part->bytes.len, 4);
    put(out, (uint32_t)strlen(part->name), 2);
    put(out, 0, 2);
    if (is_central) {
        put(out, 0, 4);
        put(out, 0, 4);
        put(out, 0, 2);
        put(out, at, 4);
    }
    buf_cstr(out, part->name);
}

static void put_zip(Buf *out, const Part *parts, uint32_t n)
{
    uint32_t at[8];
    for (uint32_t i = 0; i < n; i++) {
        at[i] = (uint32_t)out->len;
        put_header(out, &parts[i], false, 0);
        buf_str(out, parts[i].bytes);
    }
    uint32_t directory = (uint32_t)out->len;
    for (uint32_t i = 0; i < n; i++) {
        put_header(out, &parts[i], true, at[i]);
    }
    uint32_t directory_bytes = (uint32_t)out->len - directory;
    buf_str(out, STR("PK\x05\x06\0\0\0\0"));
    put(out, n, 2);
    put(out, n, 2);
    put(out, directory_bytes, 4);
    put(out, directory, 4);
    put(out, 0, 2);
}

static void check(Arena *arena, Str file)
{
    CsvTable table;
    if (sheet_read(arena, file, &table)) {
        return;
    }
    int64_t last = 0;
    require(table.count <= LIMIT_CSV_ROWS);
    for (size_t r = 0; r < table.count; r++) {
        require(table.rows[r].number > last && table.rows[r].count <= LIMIT_CSV_COLUMNS);
        last = table.rows[r].number;
        for (size_t c = 0; c < table.rows[r].count; c++) {
            Str cell = table.rows[r].cells[c];
            require(cell.len <= LIMIT_CSV_CELL_BYTES && utf8_is_clean(cell));
        }
    }
}

static void check_as_sheet(Arena *arena, Str xml)
{
    const Part parts[] = {
        {"xl/workbook.xml", STR("<workbook><sheets><sheet id=\"r1\"/></sheets></workbook>")},
        {"xl/_rels/workbook.xml.rels", STR("<a><Relationship Id=\"r1\" Target=\"s.xml\"/></a>")},
        {"xl/styles.xml",
         STR("<s><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></s>")},
        {"xl/sharedStrings.xml", STR("<sst><si><t>姓名</t></si><si><r><t>林</t></r></si></sst>")},
        {"xl/s.xml", xml},
    };
    Buf file;
    buf_init(&file, 4u * 1024 * 1024);
    put_zip(&file, parts, countof(parts));
    check(arena, buf_view(&file));
    buf_free(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Arena *arena = arena_create((size_t)1024 * 1024 * 1024);
    Str bytes = str_from_bytes((const char *)data, size);
    check(arena, bytes);
    check_as_sheet(arena, bytes);
    arena_destroy(arena);
    return 0;
}
