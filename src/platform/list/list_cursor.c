/* A cursor in an address: the id, the kind of the sort value, and the value (text as hex). It comes
 * back from outside: anything torn is no cursor, anything well-formed only names a place. */
#include "base/utf8.h"
#include "platform/list/list.h"

#define MAX_KEY_BYTES 600

static int64_t number_at(ColumnKind kind, const void *value)
{
    switch (kind) {
    case COLUMN_MONEY:
        return ((const Money *)value)->fen;
    case COLUMN_DATE:
        return ((const Date *)value)->days;
    case COLUMN_TIME:
        return ((const Instant *)value)->ms;
    case COLUMN_INT:
    case COLUMN_CHOICE:
    case COLUMN_ID:
        return *(const int64_t *)value;
    case COLUMN_STR:
    case COLUMN_TEXT:
        break;
    }
    panic("a sort value of kind %d has no number", (int)kind);
}

/* Cut at a whole character, so that the cursor reads back as valid text. */
static Str cut_key(Str key)
{
    size_t len = key.len;
    if (len > MAX_KEY_BYTES) {
        len = MAX_KEY_BYTES;
        while (len > 0 && ((unsigned char)key.data[len] & 0xC0) == 0x80) {
            len--;
        }
    }
    return str_slice(key, 0, len);
}

static Str to_hex(Arena *arena, Str bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *out = arena_array(arena, char, bytes.len * 2 + 1);
    for (size_t i = 0; i < bytes.len; i++) {
        out[2 * i] = digits[(unsigned char)bytes.data[i] >> 4];
        out[2 * i + 1] = digits[(unsigned char)bytes.data[i] & 15];
    }
    return str_from_bytes(out, bytes.len * 2);
}

static int hex_value(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool from_hex(Arena *arena, Str hex, Str *out)
{
    char *bytes = arena_array(arena, char, hex.len / 2 + 1);
    for (size_t i = 0; i + 1 < hex.len; i += 2) {
        int high = hex_value(hex.data[i]), low = hex_value(hex.data[i + 1]);
        if (high < 0 || low < 0) {
            return false;
        }
        bytes[i / 2] = (char)(high * 16 + low);
    }
    *out = str_from_bytes(bytes, hex.len / 2);
    return hex.len % 2 == 0 && hex.len <= 2 * MAX_KEY_BYTES && utf8_is_clean(*out);
}

Str list_cursor_text(Arena *arena, const ListTable *table, const ListOrder *order, const void *row)
{
    int64_t id = *(const int64_t *)(const void *)((const char *)row + table->id_offset);
    const void *key = (const char *)row + order->key_offset;
    if (order->key_kind == COLUMN_STR) {
        Str hex = to_hex(arena, cut_key(*(const Str *)key));
        return arena_printf(arena, "%ss%.*s", id_text(id).text, STR_ARG(hex));
    }
    return arena_printf(arena, "%sn%lld", id_text(id).text,
                        (long long)number_at(order->key_kind, key));
}

ListCursor list_cursor_read(Arena *arena, const ListOrder *order, Str text)
{
    ListCursor cursor = {0};
    if (text.len < 14 || !id_parse(str_slice(text, 0, 13), &cursor.id)) {
        return (ListCursor){0};
    }
    Str value = str_slice(text, 14, text.len);
    bool is_text = order->key_kind == COLUMN_STR;
    cursor.is_set =
        text.data[13] == (is_text ? 's' : 'n') &&
        (is_text ? from_hex(arena, value, &cursor.text) : str_to_int64(value, &cursor.number));
    return cursor.is_set ? cursor : (ListCursor){0};
}
