#include "platform/sheet/sheet_write.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define MAX_CELL_CHARS 32767 /* of the format */

struct SheetWriter {
    Arena *arena;
    lxw_workbook *book;
    lxw_worksheet *sheet;
    lxw_format *head, *money, *date, *time, *whole;
    lxw_row_t row;
    int file; /* in memory; the library writes only to a path */
    lxw_error error;
};

static void keep(SheetWriter *writer, lxw_error error)
{
    if (error != LXW_NO_ERROR && writer->error == LXW_NO_ERROR) {
        writer->error = error;
    }
}

static lxw_format *format_of(lxw_workbook *book, const char *number_format)
{
    lxw_format *format = workbook_add_format(book);
    format_set_num_format(format, number_format);
    return format;
}

static void make_formats(SheetWriter *writer)
{
    writer->head = workbook_add_format(writer->book);
    format_set_bold(writer->head);
    format_set_text_wrap(writer->head);
    writer->whole = format_of(writer->book, "0");
    writer->money = format_of(writer->book, "#,##0.00");
    writer->date = format_of(writer->book, "yyyy-mm-dd");
    writer->time = format_of(writer->book, "yyyy-mm-dd hh:mm");
}

static void describe(SheetWriter *writer, Instant made_at)
{
    lxw_doc_properties properties = {.author = "Yuanzhuo", .created = (time_t)(made_at.ms / 1000)};
    workbook_set_properties(writer->book, &properties);
}

Error *sheet_write_begin(Arena *arena, Instant made_at, SheetWriter **out)
{
    SheetWriter *writer = arena_new(arena, SheetWriter);
    writer->arena = arena;
    writer->file = memfd_create("sheet", MFD_CLOEXEC);
    if (writer->file < 0) {
        return error_make(arena, ERROR_CONFIGURATION, "no memory file");
    }
    Str path = arena_printf(arena, "/proc/self/fd/%d", writer->file);
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    writer->book = workbook_new_opt(path.data, &options);
    writer->sheet = writer->book ? workbook_add_worksheet(writer->book, NULL) : NULL;
    if (!writer->sheet) {
        close(writer->file);
        return error_make(arena, ERROR_CONFIGURATION, "no workbook");
    }
    make_formats(writer);
    describe(writer, made_at);
    worksheet_freeze_panes(writer->sheet, 1, 0);
    *out = writer;
    return NULL;
}

/* --- cells ---------------------------------------------------------------------------------- */

/* The library wants NUL-ended text of at most 32,767 characters: longer text is cut at a character,
 * with a sign that there was more. */
static void write_string(SheetWriter *writer, size_t column, Str text, lxw_format *format)
{
    ArenaMark mark = arena_mark(writer->arena);
    if (text.len > MAX_CELL_CHARS) {
        size_t end = MAX_CELL_CHARS - 4;
        while (end > 0 && ((unsigned char)text.data[end] & 0xC0) == 0x80) {
            end--;
        }
        text = arena_printf(writer->arena, "%.*s…", (int)end, text.data);
    }
    const char *words = arena_cstr(writer->arena, text);
    keep(writer,
         worksheet_write_string(writer->sheet, writer->row, (lxw_col_t)column, words, format));
    arena_rewind(writer->arena, mark);
}

static void write_number(SheetWriter *writer, size_t column, double value, lxw_format *format)
{
    keep(writer,
         worksheet_write_number(writer->sheet, writer->row, (lxw_col_t)column, value, format));
}

void sheet_write_head(SheetWriter *writer, size_t column, Str label, double width)
{
    lxw_col_t at = (lxw_col_t)column;
    keep(writer, worksheet_set_column(writer->sheet, at, at, width, NULL));
    write_string(writer, column, label, writer->head);
}

void sheet_write_row(SheetWriter *writer)
{
    writer->row++;
}

void sheet_write_str(SheetWriter *writer, size_t column, Str text)
{
    if (text.len > 0) {
        write_string(writer, column, text, NULL);
    }
}

/* Doubles hold 15 digits; a longer number is kept as text rather than rounded. */
void sheet_write_int(SheetWriter *writer, size_t column, int64_t value)
{
    const int64_t limit = INT64_C(999999999999999);
    if (value > limit || value < -limit) {
        sheet_write_str(writer, column, arena_printf(writer->arena, "%lld", (long long)value));
    } else {
        write_number(writer, column, (double)value, writer->whole);
    }
}

void sheet_write_money(SheetWriter *writer, size_t column, Money amount)
{
    write_number(writer, column, (double)amount.fen / 100, writer->money);
}

#define DAYS_TO_1970 25569 /* from the format's day 0 */

void sheet_write_date(SheetWriter *writer, size_t column, Date date)
{
    if (date.days != 0) {
        write_number(writer, column, (double)date.days + DAYS_TO_1970, writer->date);
    }
}

void sheet_write_time(SheetWriter *writer, size_t column, Instant at)
{
    CivilTime civil = instant_civil(at);
    if (at.ms != 0) {
        double minutes = civil.hour * 60 + civil.minute;
        write_number(writer, column, instant_date(at).days + DAYS_TO_1970 + minutes / 1440,
                     writer->time);
    }
}

/* --- the end -------------------------------------------------------------------------------- */

static bool copy_file(int file, Buf *out)
{
    char part[64 * 1024];
    off_t at = 0;
    for (;;) {
        ssize_t n = pread(file, part, sizeof(part), at);
        if (n <= 0) {
            return n == 0 && at > 0;
        }
        buf_append(out, part, (size_t)n);
        at += n;
    }
}

Error *sheet_write_end(SheetWriter *writer, Buf *out)
{
    keep(writer, workbook_close(writer->book));
    bool is_copied = writer->error == LXW_NO_ERROR && copy_file(writer->file, out);
    close(writer->file);
    if (out->overflowed) {
        return error_make(writer->arena, ERROR_TOO_LARGE, "xlsx over its bytes");
    }
    return is_copied ? NULL
                     : error_make(writer->arena, ERROR_CONFIGURATION, "xlsx: %s",
                                  lxw_strerror(writer->error));
}
