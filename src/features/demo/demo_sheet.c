/* demo_sheet.c: the sheet of codes and passwords, in columns whatever the width of the signs. */
#include "base/utf8.h"
#include "features/demo/demo.h"

/* Columns of a terminal: signs of the East Asian scripts take two. */
static size_t width(Str text)
{
    size_t columns = 0;
    for (size_t at = 0; at < text.len;) {
        columns += utf8_next(text, &at) >= 0x2e80 ? 2 : 1;
    }
    return columns;
}

static void column(Buf *out, Str text, size_t columns)
{
    buf_str(out, text);
    for (size_t i = width(text); i < columns; i++) {
        buf_char(out, ' ');
    }
    buf_cstr(out, "  ");
}

static void seat_try(Buf *out, const DemoSeat *seat)
{
    buf_printf(out, "      %.*s · %.*s\n", STR_ARG(seat->try_zh), STR_ARG(seat->try_en));
}

static void resident(Buf *out, const DemoSeat *seat)
{
    buf_cstr(out, "  ");
    column(out, seat->secret, 19);
    column(out, seat->area, 10);
    column(out, seat->name, 8);
    buf_printf(out, "%d%s\n", seat->age, seat->has_phone ? "" : "  没有手机 no phone");
    seat_try(out, seat);
}

static void staff(Buf *out, const DemoSeat *seat)
{
    buf_cstr(out, "  ");
    column(out, seat->login, 10);
    column(out, seat->secret, 14);
    column(out, seat->area, 10);
    column(out, seat->name, 8);
    buf_printf(out, "%.*s %.*s\n", STR_ARG(seat->role_zh), STR_ARG(seat->role_en));
    seat_try(out, seat);
}

void demo_sheet(const DemoSeats *seats, Buf *out)
{
    buf_cstr(out, "居民：在 /sign-in 填 16 位登录码\n"
                  "Residents: open /sign-in and type the 16 digits of the personal code\n\n");
    for (size_t i = 0; i < seats->count; i++) {
        if (!seats->items[i].is_staff) {
            resident(out, &seats->items[i]);
        }
    }
    buf_cstr(out, "\n工作人员：在 /sign-in?way=staff 填登录名和密码\n"
                  "Staff: open /sign-in?way=staff and type login name and password\n\n");
    for (size_t i = 0; i < seats->count; i++) {
        if (seats->items[i].is_staff) {
            staff(out, &seats->items[i]);
        }
    }
    buf_cstr(out, "\n时间可以往前拨：/demo/clock · The clock can be moved at /demo/clock\n");
}
