/* Workbooks written are read back; workbooks made to harm are refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <minizip/zip.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/limits.h"
#include "platform/sheet/sheet_read.h"
#include "platform/sheet/sheet_write.h"

#define WORKBOOK "<workbook xmlns:r=\"x\"><sheets><sheet r:id=\"rId1\"/></sheets></workbook>"
#define RELATIONS                                                                                  \
    "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
#define STYLES                                                                                      \
    "<styleSheet><numFmts><numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;m\"/></numFmts>" \
    "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/></cellXfs>"            \
    "</styleSheet>"

static int set_up(void **state)
{
    *state = arena_create((size_t)2048 * 1024 * 1024);
    return 0;
}

static int tear_down(void **state)
{
    arena_destroy(*state);
    return 0;
}

/* --- making files --------------------------------------------------------------------------- */

typedef struct Part {
    const char *name;
    Str bytes;
} Part;

static Str zip_of(Arena *arena, const Part *parts, size_t n)
{
    int memory = memfd_create("test", 0);
    Str path = arena_printf(arena, "/proc/self/fd/%d", memory);
    zipFile zip = zipOpen(path.data, APPEND_STATUS_CREATE);
    assert_non_null(zip);
    for (size_t i = 0; i < n; i++) {
        zip_fileinfo info = {0};
        assert_int_equal(
            zipOpenNewFileInZip(zip, parts[i].name, &info, NULL, 0, NULL, 0, NULL, Z_DEFLATED, 6),
            ZIP_OK);
        zipWriteInFileInZip(zip, parts[i].bytes.data, (unsigned)parts[i].bytes.len);
        zipCloseFileInZip(zip);
    }
    zipClose(zip, NULL);
    off_t size = lseek(memory, 0, SEEK_END);
    char *bytes = arena_array(arena, char, (size_t)size);
    assert_int_equal(pread(memory, bytes, (size_t)size, 0), size);
    close(memory);
    return str_from_bytes(bytes, (size_t)size);
}

static Str book_with(Arena *arena, const char *sheet, const char *strings)
{
    const Part parts[] = {
        {"xl/workbook.xml", STR(WORKBOOK)},
        {"xl/_rels/workbook.xml.rels", STR(RELATIONS)},
        {"xl/styles.xml", STR(STYLES)},
        {"xl/sharedStrings.xml", str_from(strings)},
        {"xl/worksheets/sheet1.xml", str_from(sheet)},
    };
    return zip_of(arena, parts, countof(parts));
}

static CsvTable read_sheet(Arena *arena, const char *rows)
{
    CsvTable table;
    Str sheet = arena_printf(arena, "<worksheet>%s</worksheet>", rows);
    assert_null(sheet_read(arena,
                           book_with(arena, sheet.data,
                                     "<sst><si><t>姓名</t></si><si><r><t>林</t></r><r><t>晓</t></r>"
                                     "<rPh><t>lin</t></rPh></si></sst>"),
                           &table));
    return table;
}

static ErrorCode refusal_of(Arena *arena, Str file)
{
    CsvTable table;
    Error *err = sheet_read(arena, file, &table);
    return err ? err->code : ERROR_NONE;
}

static void assert_cell(const CsvTable *table, size_t row, size_t column, const char *text)
{
    Str cell = csv_cell(&table->rows[row], column);
    if (!str_eq(cell, str_from(text))) {
        fail_msg("row %zu column %zu is \"%.*s\", not \"%s\"", row, column, STR_ARG(cell), text);
    }
}

/* --- writing and reading back --------------------------------------------------------------- */

static void what_is_written_reads_back(void **state)
{
    CsvTable table;
    Buf file;
    SheetWriter *writer = NULL;
    buf_init(&file, 1 << 20);
    Date day = date_of((CivilDate){2027, 5, 12});
    assert_null(sheet_write_begin(*state, (Instant){INT64_C(1800000000000)}, &writer));
    sheet_write_head(writer, 0, STR("项目"), 20);
    sheet_write_head(writer, 1, STR("资金"), 12);
    sheet_write_row(writer);
    sheet_write_str(writer, 0, STR("=1+1"));
    sheet_write_money(writer, 1, (Money){1280050});
    sheet_write_date(writer, 2, day);
    sheet_write_time(writer, 3, instant_at(day, 17, 30));
    sheet_write_int(writer, 4, -7);
    sheet_write_int(writer, 5, INT64_C(1234567890123456789));
    sheet_write_date(writer, 6, DATE_NONE);
    assert_null(sheet_write_end(writer, &file));
    assert_null(table_read(*state, buf_view(&file), &table));
    static const char *const expected[] = {
        "=1+1", "12800.5", "2027-05-12", "2027-05-12 17:30", "-7", "1234567890123456789", ""};
    assert_int_equal(table.count, 2);
    assert_cell(&table, 0, 1, "资金");
    for (size_t i = 0; i < countof(expected); i++) {
        assert_cell(&table, 1, i, expected[i]);
    }
    buf_free(&file);
}

static void many_rows_are_written_and_read_within_seconds(void **state)
{
    CsvTable table;
    Buf file;
    SheetWriter *writer = NULL;
    buf_init(&file, LIMIT_RESPONSE_BYTES);
    int64_t start = clock_monotonic_ms();
    assert_null(sheet_write_begin(*state, (Instant){0}, &writer));
    for (int row = 0; row < 20000; row++) {
        for (size_t column = 0; column < 8; column++) {
            sheet_write_str(writer, column, STR("桂竹社区"));
        }
        sheet_write_row(writer);
    }
    assert_null(sheet_write_end(writer, &file));
    int64_t written = clock_monotonic_ms();
    assert_null(sheet_read(*state, buf_view(&file), &table));
    assert_int_equal(table.count, 20000);
    print_message("20,000 rows of 8: written in %lld ms, read in %lld ms, %zu KB\n",
                  (long long)(written - start), (long long)(clock_monotonic_ms() - written),
                  file.len / 1024);
    buf_free(&file);
}

/* --- reading -------------------------------------------------------------------------------- */

static void cells_are_read_as_they_would_be_typed(void **state)
{
    CsvTable table = read_sheet(
        *state,
        "<sheetData><row r=\"1\"><c t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c></row>"
        "<row r=\"4\"><c r=\"A4\"><v>1.3800138E10</v></c><c r=\"C4\"><v>0.1</v></c>"
        "<c r=\"D4\" t=\"b\"><v>1</v></c><c r=\"E4\" t=\"inlineStr\"><is><t> 字 </t></is></c>"
        "<c r=\"F4\"><v>1.1010119900101E+17</v></c></row></sheetData>");
    static const char *const expected[] = {"13800138000", "",   "0.1",
                                           "TRUE",        "字", "1.1010119900101E+17"};
    assert_int_equal(table.count, 2);
    assert_int_equal(table.rows[1].number, 4);
    assert_cell(&table, 0, 0, "姓名");
    assert_cell(&table, 0, 1, "林晓");
    for (size_t i = 0; i < countof(expected); i++) {
        assert_cell(&table, 1, i, expected[i]);
    }
}

static void days_are_days_in_either_calendar(void **state)
{
    CsvTable table = read_sheet(
        *state, "<sheetData><row><c s=\"1\"><v>46519</v></c><c s=\"2\"><v>46519.5</v></c>"
                "<c s=\"1\"><v>1</v></c><c s=\"1\"><v>60</v></c><c s=\"1\"><v>61</v></c>"
                "<c s=\"0\"><v>46519</v></c><c s=\"1\"><v>-5</v></c></row></sheetData>");
    static const char *const expected[] = {
        "2027-05-12", "2027-05-12 12:00", "1900-01-01", "60", "1900-03-01", "46519", "-5"};
    for (size_t i = 0; i < countof(expected); i++) {
        assert_cell(&table, 0, i, expected[i]);
    }
}

static void merged_cells_have_their_value_everywhere(void **state)
{
    CsvTable table = read_sheet(
        *state,
        "<sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\"><v>1</v></c></row>"
        "<row r=\"2\"><c r=\"B2\"><v>2</v></c></row><row r=\"3\"><c r=\"B3\"><v>3</v></c></row>"
        "</sheetData><mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B3:D1048576\"/>"
        "</mergeCells>");
    assert_cell(&table, 1, 0, "姓名");
    assert_cell(&table, 2, 0, "");
    assert_cell(&table, 2, 3, "3");
}

static void csv_is_told_from_xlsx_by_its_bytes(void **state)
{
    CsvTable table;
    assert_null(table_read(*state, STR("姓名,电话\n林,1\n"), &table));
    assert_int_equal(table.count, 2);
    assert_int_equal(table_read(*state, STR("PK\x03\x04 no"), &table)->code,
                     ERROR_SHEET_UNREADABLE);
    assert_int_equal(table_read(*state, STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), &table)->code,
                     ERROR_SHEET_OLD);
}

/* --- harm ----------------------------------------------------------------------------------- */

static void document_types_and_entities_are_refused(void **state)
{
    static const char *const harm[] = {
        "<!DOCTYPE worksheet><worksheet/>",
        "<!DOCTYPE a [<!ENTITY b \"c\">]><worksheet>&b;</worksheet>",
        "<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><worksheet/>",
        "<worksheet>&undefined;</worksheet>",
        "<worksheet><sheetData>",
        "",
    };
    for (size_t i = 0; i < countof(harm); i++) {
        assert_int_equal(refusal_of(*state, book_with(*state, harm[i], "<sst/>")),
                         ERROR_SHEET_UNREADABLE);
        assert_int_equal(refusal_of(*state, book_with(*state, "<worksheet/>", harm[i])),
                         ERROR_SHEET_UNREADABLE);
    }
}

static Str repeat(Arena *arena, const char *before, const char *what, size_t n, const char *after)
{
    Buf buf;
    buf_init(&buf, (size_t)512 * 1024 * 1024);
    buf_cstr(&buf, before);
    for (size_t i = 0; i < n; i++) {
        buf_cstr(&buf, what);
    }
    buf_cstr(&buf, after);
    Str made = arena_str(arena, buf_view(&buf));
    buf_free(&buf);
    return made;
}

static void a_bomb_is_stopped_while_it_unpacks(void **state)
{
    Str blank = repeat(*state, "<worksheet>", "                ", 1u << 21, "</worksheet>");
    assert_int_equal(refusal_of(*state, book_with(*state, blank.data, "<sst/>")), ERROR_TOO_LARGE);
    assert_int_equal(refusal_of(*state, book_with(*state, "<worksheet/>", blank.data)),
                     ERROR_TOO_LARGE);
}

static void deep_xml_is_refused(void **state)
{
    Str deep = repeat(*state, "", "<a>", 1000, "");
    assert_int_equal(refusal_of(*state, book_with(*state, deep.data, "<sst/>")),
                     ERROR_SHEET_UNREADABLE);
}

static void too_many_entries_are_refused(void **state)
{
    Part *parts = arena_array(*state, Part, LIMIT_SHEET_ENTRIES + 1);
    for (size_t i = 0; i <= LIMIT_SHEET_ENTRIES; i++) {
        parts[i] = (Part){arena_printf(*state, "f%zu", i).data, STR("x")};
    }
    assert_int_equal(refusal_of(*state, zip_of(*state, parts, LIMIT_SHEET_ENTRIES + 1)),
                     ERROR_TOO_LARGE);
}

static void cells_out_of_their_place_are_refused(void **state)
{
    static const char *const harm[] = {
        "<sheetData><row r=\"2\"/><row r=\"1\"/></sheetData>",
        "<sheetData><row r=\"4294967297\"/></sheetData>",
        "<sheetData><row><c r=\"B1\"/><c r=\"A1\"/></row></sheetData>",
        "<sheetData><row><c r=\"1\"/></row></sheetData>",
        "<sheetData><row><c t=\"s\"><v>99</v></c></row></sheetData>",
        "<sheetData><row><c t=\"s\"><v>-1</v></c></row></sheetData>",
    };
    for (size_t i = 0; i < countof(harm); i++) {
        Str sheet = arena_printf(*state, "<worksheet>%s</worksheet>", harm[i]);
        assert_int_equal(refusal_of(*state, book_with(*state, sheet.data, "<sst/>")),
                         ERROR_SHEET_UNREADABLE);
    }
}

static void macros_and_foreign_parts_are_refused(void **state)
{
    const Part macros[] = {{"xl/workbook.xml", STR(WORKBOOK)}, {"xl/vbaProject.bin", STR("x")}};
    assert_int_equal(refusal_of(*state, zip_of(*state, macros, 2)), ERROR_SHEET_OLD);
    const Part outside[] = {
        {"xl/workbook.xml", STR(WORKBOOK)},
        {"xl/_rels/workbook.xml.rels",
         STR("<R><Relationship Id=\"rId1\" TargetMode=\"External\" Target=\"/etc/passwd\"/></R>")}};
    assert_int_equal(refusal_of(*state, zip_of(*state, outside, 2)), ERROR_SHEET_UNREADABLE);
}

#define END_RECORD_BYTES 22 /* of a zip file; its last fields say nothing we need */

static void a_file_cut_short_is_refused_wherever_it_ends(void **state)
{
    Str file = book_with(*state,
                         "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
                         "<sst/>");
    for (size_t len = 0; len + END_RECORD_BYTES <= file.len; len++) {
        ArenaMark mark = arena_mark(*state);
        assert_int_not_equal(refusal_of(*state, str_slice(file, 0, len)), ERROR_NONE);
        arena_rewind(*state, mark);
    }
}

static void a_file_changed_anywhere_is_refused_or_read_the_same(void **state)
{
    Str file = book_with(*state,
                         "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>",
                         "<sst/>");
    for (size_t i = 0; i < file.len; i++) {
        CsvTable table;
        ArenaMark mark = arena_mark(*state);
        char *changed = arena_cstr(*state, file);
        memcpy(changed, file.data, file.len);
        changed[i] = (char)(changed[i] ^ 0x5A);
        if (!sheet_read(*state, str_from_bytes(changed, file.len), &table)) {
            assert_int_equal(table.count, 1);
            assert_cell(&table, 0, 0, "1");
        }
        arena_rewind(*state, mark);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_reads_back),
        cmocka_unit_test(many_rows_are_written_and_read_within_seconds),
        cmocka_unit_test(cells_are_read_as_they_would_be_typed),
        cmocka_unit_test(days_are_days_in_either_calendar),
        cmocka_unit_test(merged_cells_have_their_value_everywhere),
        cmocka_unit_test(csv_is_told_from_xlsx_by_its_bytes),
        cmocka_unit_test(document_types_and_entities_are_refused),
        cmocka_unit_test(a_bomb_is_stopped_while_it_unpacks),
        cmocka_unit_test(deep_xml_is_refused),
        cmocka_unit_test(too_many_entries_are_refused),
        cmocka_unit_test(cells_out_of_their_place_are_refused),
        cmocka_unit_test(macros_and_foreign_parts_are_refused),
        cmocka_unit_test(a_file_cut_short_is_refused_wherever_it_ends),
        cmocka_unit_test(a_file_changed_anywhere_is_refused_or_read_the_same),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
