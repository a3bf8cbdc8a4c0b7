#include "features/intake/intake_entry_rules.h"

#include <string.h>

#include "base/utf8.h"

/* Names of one character that begin most family names, without those that begin words of the
 * neighbourhood (路灯 车棚 水管 花坛 高空 安装 楼道 门禁 …): a wish must not become a name. */
static const char surnames[] =
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕张孔曹严金魏陶姜戚谢邹喻苏潘葛范彭郎鲁韦昌马苗"
    "凤方俞任袁柳鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬常于傅皮卞齐康伍余元卜顾孟黄穆萧尹姚邵汪祁毛"
    "狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季贾江童颜郭梅林刁钟徐邱骆夏蔡田樊胡凌"
    "霍虞万柯卢莫丁邓郁洪包诸左石崔吉龚程邢裴陆荣翁荀甄曲封靳段焦谷侯全班仇宁甘厉祖武符刘景詹束"
    "龙叶幸司韶黎薄白怀蒲索赖卓屠池乔胥苍双闻莘党翟谭申冉雍桑桂牛尚农温庄晏柴瞿阎慕连习艾向古易"
    "廖耿满匡文寇欧沃利蔚越隆师巩聂关游竺盖肖付覃闫岳代涂兰欧阳上官司马诸葛皇甫尉迟公孙慕容令狐";

static const char *const doubles[] = {"欧阳", "上官", "司马", "诸葛", "皇甫", "尉迟",
                                      "公孙", "慕容", "令狐", "东方", "夏侯", "司徒"};
static const char *const titles_of_people[] = {
    "阿姨", "奶奶", "爷爷", "大爷", "大妈", "叔叔", "先生", "女士", "老师", "师傅", "大哥",
    "大姐", "婆婆", "伯伯", "姐",   "哥",   "叔",   "伯",   "婶",   "嫂",   "姨"};
static const char *const dwelling_words[] = {"号楼", "单元", "号院", "栋", "幢", "座",
                                             "楼",   "室",   "弄",   "区", "期", "号"};
static const char *const example_words[] = {"例如", "示例", "格式", "范例", "样例", "举例", "姓名"};

#define NUMBER_DIGITS_MAX 3
#define NAME_MAX          5 /* characters, with a title */
#define NICKNAME_MAX      8 /* before a colon */

/* --- characters -------------------------------------------------------------------------- */

/* The next character with full-width signs as their narrow twins. 0 at the end. */
static uint32_t next_narrow(Str s, size_t *at)
{
    uint32_t code = utf8_next(s, at);
    if (code >= 0xff01 && code <= 0xff5e) {
        return code - 0xff01 + 0x21;
    }
    return code == 0x3000 ? ' ' : code;
}

static uint32_t peek(Str s, size_t at)
{
    return at < s.len ? next_narrow(s, &at) : 0;
}

static bool is_digit(uint32_t code)
{
    return code >= '0' && code <= '9';
}

static bool is_latin(uint32_t code)
{
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z');
}

static bool is_han(uint32_t code)
{
    return (code >= 0x3400 && code <= 0x9fff) || (code >= 0x20000 && code <= 0x3ffff) ||
           code == 0xb7 /* 阿依·古丽 */;
}

static bool is_letter(uint32_t code)
{
    return is_digit(code) || is_latin(code) || is_han(code);
}

/* Between the parts of an entry. */
static bool is_separator(uint32_t code)
{
    static const uint32_t signs[] = {' ',
                                     '\t',
                                     ',',
                                     ':',
                                     ';',
                                     '.',
                                     ')',
                                     '(',
                                     ']',
                                     '[',
                                     '-',
                                     '/',
                                     '|',
                                     '+',
                                     '_',
                                     0x3001 /* 、 */,
                                     0x3002 /* 。 */,
                                     0x3010 /* 【 */,
                                     0x3011 /* 】 */,
                                     0x2014 /* — */,
                                     0xb7};
    for (size_t i = 0; i < countof(signs); i++) {
        if (code == signs[i]) {
            return true;
        }
    }
    return false;
}

/* Pictures and what joins them. */
static bool is_picture(uint32_t code)
{
    return code >= 0x1f000 || (code >= 0x2190 && code <= 0x2bff) || code == 0x200d ||
           (code >= 0xfe00 && code <= 0xfe0f) || code == 0x20e3;
}

static Str after_separators(Str s)
{
    size_t at = 0;
    while (at < s.len) {
        size_t next = at;
        uint32_t code = next_narrow(s, &next);
        if (!is_separator(code) && (!is_picture(code) || is_han(code))) {
            break;
        }
        at = next;
    }
    return str_slice(s, at, s.len);
}

bool entry_has_letters(Str line)
{
    size_t at = 0;
    while (at < line.len) {
        if (is_letter(next_narrow(line, &at))) {
            return true;
        }
    }
    return false;
}

/* --- numbers ----------------------------------------------------------------------------- */

/* ① ⑴ ⒈ 🔟 and the like. */
static int64_t number_sign(uint32_t code)
{
    static const uint32_t firsts[] = {0x2460, 0x2474, 0x2488};
    for (size_t i = 0; i < countof(firsts); i++) {
        if (code >= firsts[i] && code < firsts[i] + 20) {
            return (int64_t)(code - firsts[i]) + 1;
        }
    }
    return code == 0x1f51f ? 10 : 0;
}

/* What may stand behind a number: a sign of a list that is not part of a measure or an address. */
static bool ends_number(Str line, size_t *at)
{
    size_t next = *at;
    uint32_t code = next_narrow(line, &next);
    if (code == '.' && is_digit(peek(line, next))) {
        return false;
    }
    if (code == ' ' || code == '\t' || code == '.' || code == ',' || code == ':' || code == ')' ||
        code == ']' || code == 0x3001 || code == 0x3011 || code == 0x3002) {
        *at = next;
        return true;
    }
    return *at == line.len;
}

/* 1️⃣2️⃣: digits each in a box. */
static bool skip_box(Str line, size_t *at)
{
    size_t next = *at;
    uint32_t code = utf8_next(line, &next);
    if (code == 0xfe0f) {
        code = utf8_next(line, &next);
    }
    if (code != 0x20e3) {
        return false;
    }
    *at = next;
    return true;
}

static bool digits_number(Str line, size_t at, int64_t *out_number, size_t *out_end)
{
    int digits = 0;
    bool is_boxed = false;
    *out_number = 0;
    while (is_digit(peek(line, at)) && digits <= NUMBER_DIGITS_MAX) {
        *out_number = *out_number * 10 + (next_narrow(line, &at) - '0');
        digits++;
        is_boxed = skip_box(line, &at);
    }
    *out_end = at;
    return digits > 0 && digits <= NUMBER_DIGITS_MAX && (ends_number(line, out_end) || is_boxed);
}

bool entry_number(Str line, int64_t *out_number, Str *out_rest)
{
    size_t at = 0;
    uint32_t first = peek(line, at);
    if (first == '(' || first == '[' || first == 0x3010) {
        (void)utf8_next(line, &at);
    }
    size_t end = at;
    *out_number = number_sign(utf8_next(line, &end));
    if (*out_number == 0 && !digits_number(line, at, out_number, &end)) {
        return false;
    }
    *out_rest = after_separators(str_slice(line, end, line.len));
    return *out_number > 0;
}

/* --- what is no entry -------------------------------------------------------------------- */

/* "2026/3/8 10:33" somewhere in a short line: copied from a chat. */
static bool is_chat_line(Str line)
{
    int digits = 0;
    int slashes = 0;
    int colons = 0;
    size_t at = 0;
    while (at < line.len) {
        uint32_t code = next_narrow(line, &at);
        digits += is_digit(code);
        slashes += code == '/' || code == '-' || code == 0x6708 /* 月 */;
        colons += code == ':';
    }
    return digits >= 5 && colons >= 1 && slashes >= 1 && utf8_length(line) <= 40;
}

bool entry_is_title(Str line)
{
    return str_starts_with(line, STR("#")) || str_starts_with(line, STR("＃")) ||
           is_chat_line(line);
}

bool entry_is_example(Str words)
{
    Str s = after_separators(words);
    for (size_t i = 0; i < countof(example_words); i++) {
        if (str_starts_with(s, str_from(example_words[i]))) {
            return true;
        }
    }
    if (!str_starts_with(s, STR("例"))) {
        return false;
    }
    return is_separator(peek(s, STR("例").len)) || is_digit(peek(s, STR("例").len));
}

/* --- parts of an entry ------------------------------------------------------------------- */

static size_t word_at(Str s, size_t at, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (str_starts_with(str_slice(s, at, s.len), str_from(words[i]))) {
            return strlen(words[i]);
        }
    }
    return 0;
}

/* The length of a dwelling at the beginning: 3栋2单元501, A座, 3-2-501. 0: none. */
static size_t dwelling_length(Str s)
{
    size_t at = 0;
    size_t end = 0;
    int parts = 0;
    for (;;) {
        size_t from = at;
        while (is_digit(peek(s, at)) || (is_latin(peek(s, at)) && at == 0)) {
            (void)utf8_next(s, &at);
        }
        if (at == from) {
            break;
        }
        end = at;
        size_t word = word_at(s, at, dwelling_words, countof(dwelling_words));
        bool is_joined = word == 0 && peek(s, at) == '-';
        if (word == 0 && !is_joined) {
            break;
        }
        parts++;
        at += word;
        end = is_joined ? end : at;
        if (peek(s, at) == '-') {
            (void)utf8_next(s, &at);
        }
    }
    return parts > 0 ? end : 0;
}

static bool is_dwelling_alone(Str s, size_t length)
{
    return length > 0 && (length == s.len || is_separator(peek(s, length)));
}

/* A run of Han characters, or of Latin letters. */
static size_t run_length(Str s)
{
    size_t at = 0;
    bool is_word = is_latin(peek(s, 0));
    while (at < s.len && (is_word ? is_latin(peek(s, at)) : is_han(peek(s, at)))) {
        (void)utf8_next(s, &at);
    }
    return at;
}

static bool ends_with_title(Str run)
{
    for (size_t i = 0; i < countof(titles_of_people); i++) {
        if (str_ends_with(run, str_from(titles_of_people[i]))) {
            return true;
        }
    }
    return false;
}

static bool begins_with_surname(Str run)
{
    size_t at = 0;
    (void)utf8_next(run, &at);
    return str_contains(str_from(surnames), str_slice(run, 0, at));
}

static bool looks_like_name(Str run)
{
    size_t length = utf8_length(run);
    if (is_latin(peek(run, 0))) {
        return length >= 2;
    }
    if (length < 2 || length > NAME_MAX) {
        return false;
    }
    if (ends_with_title(run)) {
        return true;
    }
    bool is_familiar =
        length == 2 && (str_starts_with(run, STR("小")) || str_starts_with(run, STR("老")) ||
                        str_starts_with(run, STR("阿")));
    size_t double_name = word_at(run, 0, doubles, countof(doubles));
    return is_familiar || (double_name > 0 && length <= 4) ||
           (length <= 3 && begins_with_surname(run));
}

/* The length of a name at the beginning that something separates from the rest. 0: none. */
static size_t name_length(Str s)
{
    size_t length = run_length(s);
    Str run = str_slice(s, 0, length);
    if (length == 0 || (length < s.len && is_letter(peek(s, length)) &&
                        dwelling_length(str_slice(s, length, s.len)) == 0)) {
        return 0;
    }
    size_t after = length;
    while (is_picture(peek(s, after)) && !is_han(peek(s, after))) {
        (void)utf8_next(s, &after);
    }
    if (peek(s, after) == ':' && utf8_length(run) <= NICKNAME_MAX && utf8_length(run) >= 2) {
        return length;
    }
    return looks_like_name(run) ? length : 0;
}

void entry_read(Str entry, Str *out_name, Str *out_place, Str *out_words)
{
    Str rest = after_separators(str_trim(entry));
    *out_name = STR("");
    *out_place = STR("");
    *out_words = rest;
    for (int turn = 0; turn < 3 && rest.len > 0; turn++) {
        size_t dwelling = out_place->len == 0 ? dwelling_length(rest) : 0;
        Str behind = after_separators(str_slice(rest, dwelling, rest.len));
        bool is_before_name = dwelling > 0 && out_name->len == 0 && name_length(behind) > 0;
        if (is_before_name || (out_name->len > 0 && is_dwelling_alone(rest, dwelling))) {
            *out_place = str_slice(rest, 0, dwelling);
            rest = behind;
            continue;
        }
        size_t name = out_name->len == 0 ? name_length(rest) : 0;
        if (name == 0) {
            break;
        }
        *out_name = str_slice(rest, 0, name);
        rest = after_separators(str_slice(rest, name, rest.len));
    }
    *out_words = str_trim(rest);
}

/* --- telephone numbers ---------------------------------------------------------------------- */

#define MOBILE_DIGITS 11
#define TOO_MANY      7 /* digits in a row that are no price, date or dwelling */

static size_t digits_in_a_row(Str s, size_t at)
{
    size_t count = 0;
    while (is_digit(peek(s, at))) {
        (void)utf8_next(s, &at);
        count++;
    }
    return count;
}

/* Reads a mobile number that begins at `at`: 13800000042, 138 0000 0042, 138-0000-0042. */
static bool read_mobile(Str s, size_t at, char out[MOBILE_DIGITS], size_t *out_end)
{
    size_t n = 0;
    while (n < MOBILE_DIGITS) {
        uint32_t code = at < s.len ? next_narrow(s, &at) : 0;
        bool is_gap = n > 0 && (code == ' ' || code == '-') && is_digit(peek(s, at));
        if (is_gap) {
            continue;
        }
        if (!is_digit(code)) {
            return false;
        }
        out[n++] = (char)code;
    }
    *out_end = at;
    return out[0] == '1' && out[1] >= '3' && !is_digit(peek(s, at));
}

/* The next character that begins a row of digits; the end when there is none. */
static size_t next_digits(Str s, size_t at)
{
    while (at < s.len && !is_digit(peek(s, at))) {
        (void)utf8_next(s, &at);
    }
    return at;
}

Str entry_take_phone(Arena *arena, Str entry, Str *out_phone)
{
    char digits[MOBILE_DIGITS];
    size_t end = 0;
    *out_phone = STR("");
    for (size_t at = next_digits(entry, 0); at < entry.len; at = next_digits(entry, at)) {
        if (read_mobile(entry, at, digits, &end)) {
            *out_phone = arena_printf(arena, "%.*s", MOBILE_DIGITS, digits);
            return arena_printf(arena, "%.*s %.*s", (int)at, entry.data, (int)(entry.len - end),
                                entry.data + end);
        }
        for (size_t n = digits_in_a_row(entry, at); n > 0; n--) {
            (void)utf8_next(entry, &at);
        }
    }
    return entry;
}

bool entry_holds_number(Str words)
{
    for (size_t at = next_digits(words, 0); at < words.len; at = next_digits(words, at)) {
        size_t n = digits_in_a_row(words, at);
        if (n >= TOO_MANY) {
            return true;
        }
        for (; n > 0; n--) {
            (void)utf8_next(words, &at);
        }
    }
    return false;
}
