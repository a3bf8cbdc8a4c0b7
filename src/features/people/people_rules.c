/* people_rules.c: ages, masks, addresses, and what is close to them. The roll file is understood in
 * people_roll_rules.c. */
#include "features/people/people_rules.h"

#include "base/buf.h"
#include "base/utf8.h"

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_ascii_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static int last_day_of_month(int year, int month)
{
    for (int day = 31; day > 28; day--) {
        if (date_is_valid((CivilDate){year, month, day})) {
            return day;
        }
    }
    return 28;
}

int people_age_on(int birth_year, int birth_month, Date day)
{
    if (birth_year == 0) {
        return -1;
    }
    CivilDate today = date_civil(day);
    int years = today.year - birth_year;
    int month = birth_month == 0 ? 12 : birth_month;
    bool birthday_is_over =
        today.month > month ||
        (today.month == month && today.day >= last_day_of_month(today.year, month));
    int age = birthday_is_over ? years : years - 1;
    return age < 0 ? 0 : age;
}

/* The double surnames in use today. */
static const Str double_surnames[] = {
    STR_INIT("欧阳"), STR_INIT("上官"), STR_INIT("司马"), STR_INIT("诸葛"), STR_INIT("司徒"),
    STR_INIT("东方"), STR_INIT("皇甫"), STR_INIT("尉迟"), STR_INIT("公孙"), STR_INIT("慕容"),
    STR_INIT("令狐"), STR_INIT("长孙"), STR_INIT("宇文"), STR_INIT("端木"), STR_INIT("夏侯"),
    STR_INIT("轩辕"), STR_INIT("南宫"), STR_INIT("独孤"), STR_INIT("东郭"), STR_INIT("西门"),
    STR_INIT("申屠"), STR_INIT("钟离"), STR_INIT("闻人"), STR_INIT("澹台"), STR_INIT("呼延"),
    STR_INIT("赫连"), STR_INIT("濮阳"), STR_INIT("公冶"), STR_INIT("太史"), STR_INIT("仲孙"),
};

static Str last_word(Str name)
{
    Str rest = str_trim(name), word = rest;
    while (str_cut(rest, ' ', &word, &rest)) {
        word = rest;
    }
    return word;
}

Str people_surname(Str name)
{
    size_t at = 0;
    uint32_t first = utf8_next(name, &at);
    if (first == 0) {
        return name;
    }
    if (is_ascii_letter(first)) {
        return last_word(name);
    }
    if (utf8_length(name) >= 3) {
        for (size_t i = 0; i < countof(double_surnames); i++) {
            if (str_starts_with(name, double_surnames[i])) {
                return double_surnames[i];
            }
        }
    }
    return str_slice(name, 0, at);
}

Str people_masked_name(Arena *arena, Str name)
{
    return arena_printf(arena, "%.*s邻居", STR_ARG(people_surname(name)));
}

Str people_masked_phone(Arena *arena, Str phone)
{
    if (phone.len == 0) {
        return phone;
    }
    if (phone.len >= 11) {
        return arena_printf(arena, "%.3s****%.*s", phone.data,
                            STR_ARG(str_slice(phone, phone.len - 4, phone.len)));
    }
    size_t shown = phone.len < 3 ? phone.len : 3;
    return arena_printf(arena, "****%.*s", STR_ARG(str_slice(phone, phone.len - shown, phone.len)));
}

/* Characters that only part the numbers of an address. */
static bool is_separator(uint32_t c)
{
    static const uint32_t words[] = {U'号', U'楼', U'栋', U'幢', U'座', U'单', U'元', U'室',
                                     U'户', U'门', U'第', U'-',  U'—',  U'－', U'–',  U'#',
                                     U'/',  U',',  U'，', U'.',  U'、', U' ',  U'\t', 0x3000};
    for (size_t i = 0; i < countof(words); i++) {
        if (words[i] == c) {
            return true;
        }
    }
    return false;
}

/* Leading zeros do not count: 0501 and 501 are one door. */
static void append_number(Buf *key, Str digits)
{
    while (digits.len > 1 && digits.data[0] == '0') {
        digits = str_slice(digits, 1, digits.len);
    }
    for (size_t i = digits.len; i < 6; i++) {
        buf_char(key, '0');
    }
    buf_str(key, digits);
}

static void append_other(Buf *key, uint32_t c)
{
    char bytes[4];
    uint32_t upper = c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c;
    buf_append(key, bytes, utf8_encode(upper, bytes));
}

/* Appends the key of one part; a separator is written only between two things. */
static void append_place(Buf *key, Str part)
{
    bool is_parted = key->len > 0;
    size_t at = 0;
    while (at < part.len) {
        size_t from = at;
        uint32_t c = utf8_next(part, &at);
        if (is_separator(c)) {
            is_parted = key->len > 0;
            continue;
        }
        if (is_parted) {
            buf_char(key, '-');
            is_parted = false;
        }
        if (!is_digit(c)) {
            append_other(key, c);
            continue;
        }
        while (at < part.len && is_digit((unsigned char)part.data[at])) {
            at++;
        }
        append_number(key, str_slice(part, from, at));
    }
}

Str people_place_key(Arena *arena, Str building, Str door)
{
    Buf key;
    buf_init(&key, 1024);
    append_place(&key, utf8_narrow(arena, building));
    append_place(&key, utf8_narrow(arena, door));
    Str kept = arena_str(arena, buf_view(&key));
    buf_free(&key);
    return kept;
}
