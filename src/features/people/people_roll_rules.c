/* people_roll_rules.c: understanding the lines of a roll file and comparing them with the roll. */
#include "features/people/people_rules.h"

#include "base/utf8.h"

typedef struct Synonym {
    Str word;
    int meaning;
} Synonym;

static const Synonym column_names[] = {
    {STR_INIT("姓名"), ROLL_NAME},           {STR_INIT("名字"), ROLL_NAME},
    {STR_INIT("居民姓名"), ROLL_NAME},       {STR_INIT("name"), ROLL_NAME},
    {STR_INIT("fullname"), ROLL_NAME},       {STR_INIT("手机号"), ROLL_PHONE},
    {STR_INIT("手机"), ROLL_PHONE},          {STR_INIT("手机号码"), ROLL_PHONE},
    {STR_INIT("电话"), ROLL_PHONE},          {STR_INIT("电话号码"), ROLL_PHONE},
    {STR_INIT("联系电话"), ROLL_PHONE},      {STR_INIT("联系方式"), ROLL_PHONE},
    {STR_INIT("phone"), ROLL_PHONE},         {STR_INIT("mobile"), ROLL_PHONE},
    {STR_INIT("telephone"), ROLL_PHONE},     {STR_INIT("phonenumber"), ROLL_PHONE},
    {STR_INIT("楼栋"), ROLL_BUILDING},       {STR_INIT("楼号"), ROLL_BUILDING},
    {STR_INIT("楼幢"), ROLL_BUILDING},       {STR_INIT("楼"), ROLL_BUILDING},
    {STR_INIT("栋"), ROLL_BUILDING},         {STR_INIT("栋号"), ROLL_BUILDING},
    {STR_INIT("幢"), ROLL_BUILDING},         {STR_INIT("幢号"), ROLL_BUILDING},
    {STR_INIT("building"), ROLL_BUILDING},   {STR_INIT("block"), ROLL_BUILDING},
    {STR_INIT("门牌"), ROLL_DOOR},           {STR_INIT("门牌号"), ROLL_DOOR},
    {STR_INIT("房号"), ROLL_DOOR},           {STR_INIT("房间号"), ROLL_DOOR},
    {STR_INIT("室号"), ROLL_DOOR},           {STR_INIT("单元门牌"), ROLL_DOOR},
    {STR_INIT("door"), ROLL_DOOR},           {STR_INIT("room"), ROLL_DOOR},
    {STR_INIT("flat"), ROLL_DOOR},           {STR_INIT("apartment"), ROLL_DOOR},
    {STR_INIT("出生年月"), ROLL_BIRTH},      {STR_INIT("出生日期"), ROLL_BIRTH},
    {STR_INIT("出生"), ROLL_BIRTH},          {STR_INIT("生日"), ROLL_BIRTH},
    {STR_INIT("出生年份"), ROLL_BIRTH},      {STR_INIT("birth"), ROLL_BIRTH},
    {STR_INIT("born"), ROLL_BIRTH},          {STR_INIT("birthdate"), ROLL_BIRTH},
    {STR_INIT("dateofbirth"), ROLL_BIRTH},   {STR_INIT("monthofbirth"), ROLL_BIRTH},
    {STR_INIT("居住情况"), ROLL_RESIDENCY},  {STR_INIT("居住状况"), ROLL_RESIDENCY},
    {STR_INIT("居住类型"), ROLL_RESIDENCY},  {STR_INIT("居住性质"), ROLL_RESIDENCY},
    {STR_INIT("人员类型"), ROLL_RESIDENCY},  {STR_INIT("户籍情况"), ROLL_RESIDENCY},
    {STR_INIT("residency"), ROLL_RESIDENCY}, {STR_INIT("residence"), ROLL_RESIDENCY},
    {STR_INIT("status"), ROLL_RESIDENCY},
};

static const Synonym residency_words[] = {
    {STR_INIT("户籍"), RESIDENCY_REGISTERED},
    {STR_INIT("户籍在册"), RESIDENCY_REGISTERED},
    {STR_INIT("本地户籍"), RESIDENCY_REGISTERED},
    {STR_INIT("户籍居民"), RESIDENCY_REGISTERED},
    {STR_INIT("常住户籍"), RESIDENCY_REGISTERED},
    {STR_INIT("registered"), RESIDENCY_REGISTERED},
    {STR_INIT("registeredhere"), RESIDENCY_REGISTERED},
    {STR_INIT("租住"), RESIDENCY_TENANT},
    {STR_INIT("租户"), RESIDENCY_TENANT},
    {STR_INIT("租客"), RESIDENCY_TENANT},
    {STR_INIT("租房"), RESIDENCY_TENANT},
    {STR_INIT("tenant"), RESIDENCY_TENANT},
    {STR_INIT("renting"), RESIDENCY_TENANT},
    {STR_INIT("人户分离"), RESIDENCY_OWNER_ELSEWHERE},
    {STR_INIT("业主户籍在外"), RESIDENCY_OWNER_ELSEWHERE},
    {STR_INIT("户籍在外"), RESIDENCY_OWNER_ELSEWHERE},
    {STR_INIT("ownerelsewhere"), RESIDENCY_OWNER_ELSEWHERE},
    {STR_INIT("ownerregisteredelsewhere"), RESIDENCY_OWNER_ELSEWHERE},
    {STR_INIT("驻区"), RESIDENCY_WORKS_HERE},
    {STR_INIT("驻区单位"), RESIDENCY_WORKS_HERE},
    {STR_INIT("在此工作"), RESIDENCY_WORKS_HERE},
    {STR_INIT("workshere"), RESIDENCY_WORKS_HERE},
};

/* A word as it is compared: narrow, small letters, without blanks and marks, and without what
 * stands in brackets: "手机号（必填）*" is 手机号. */
static Str plain_word(Arena *arena, Str typed)
{
    Str narrow = utf8_narrow(arena, typed);
    char *out = arena_array(arena, char, narrow.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < narrow.len && narrow.data[i] != '('; i++) {
        char c = narrow.data[i];
        if (c >= 'A' && c <= 'Z') {
            c = (char)(c - 'A' + 'a');
        }
        if (strchr(" \t\r\n*:_-/\"'", c) == NULL) {
            out[len++] = c;
        }
    }
    return (Str){out, len};
}

static int meaning_of(const Synonym *synonyms, size_t count, Str word, int otherwise)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(synonyms[i].word, word)) {
            return synonyms[i].meaning;
        }
    }
    return otherwise;
}

Error *people_roll_header_read(Arena *arena, const Str *cells, size_t n_cells, RollHeader *out)
{
    for (int i = 0; i < ROLL_COLUMN_COUNT; i++) {
        out->place[i] = -1;
    }
    for (size_t i = 0; i < n_cells; i++) {
        int column =
            meaning_of(column_names, countof(column_names), plain_word(arena, cells[i]), -1);
        if (column >= 0 && out->place[column] < 0) {
            out->place[column] = (int)i;
        }
    }
    if (out->place[ROLL_NAME] < 0) {
        return error_make(arena, ERROR_ROLL_NO_NAME_COLUMN, "no name column in %zu", n_cells);
    }
    return NULL;
}

Residency people_residency_read(Arena *arena, Str typed)
{
    return (Residency)meaning_of(residency_words, countof(residency_words),
                                 plain_word(arena, typed), RESIDENCY_UNKNOWN);
}

/* Up to three numbers of a birth, each ended by something that is not a digit. False when there is
 * anything but numbers, 年 月 日 and the usual marks. */
static bool read_numbers(Str s, int numbers[3], size_t *out_count)
{
    size_t count = 0, at = 0;
    bool in_number = false;
    while (at < s.len) {
        uint32_t c = utf8_next(s, &at);
        if (c >= '0' && c <= '9') {
            if (!in_number && count == 3) {
                return false;
            }
            numbers[count] = (in_number ? numbers[count] * 10 : 0) + (int)(c - '0');
            in_number = true;
            if (numbers[count] > 99999999) {
                return false;
            }
            continue;
        }
        if (c != '-' && c != '/' && c != '.' && c != ' ' && c != U'年' && c != U'月' &&
            c != U'日') {
            return false;
        }
        count += in_number ? 1 : 0;
        in_number = false;
    }
    *out_count = count + (in_number ? 1 : 0);
    return true;
}

/* 199403 and 19940317, as one number. */
static void split_packed(int numbers[3], size_t *count)
{
    int packed = numbers[0];
    if (*count != 1) {
        return;
    }
    if (packed >= 19000101) {
        numbers[0] = packed / 10000;
        numbers[1] = packed / 100 % 100;
        numbers[2] = packed % 100;
        *count = 3;
    } else if (packed >= 190001 && packed <= 299912) {
        numbers[0] = packed / 100;
        numbers[1] = packed % 100;
        *count = 2;
    }
}

ErrorCode people_birth_read(Arena *arena, Str typed, Date today, int *out_year, int *out_month)
{
    int numbers[3] = {0, 0, 0};
    size_t count = 0;
    if (!read_numbers(str_trim(utf8_narrow(arena, typed)), numbers, &count) || count == 0) {
        return ERROR_ROLL_BIRTH_UNREADABLE;
    }
    split_packed(numbers, &count);
    CivilDate birth = {numbers[0], count > 1 ? numbers[1] : 1, count > 2 ? numbers[2] : 1};
    if (!date_is_valid(birth)) {
        return ERROR_ROLL_BIRTH_UNREADABLE;
    }
    if (date_of(birth).days > today.days) {
        return ERROR_ROLL_BIRTH_FUTURE;
    }
    *out_year = numbers[0];
    *out_month = count > 1 ? numbers[1] : 0;
    return ERROR_NONE;
}

/* --- one line --------------------------------------------------------------------------------- */

/* A leading apostrophe is the spreadsheet's guard against formulas (our own files have it too): it
 * goes. */
static Str without_apostrophe(Str cell)
{
    return cell.len > 0 && cell.data[0] == '\'' ? str_slice(cell, 1, cell.len) : cell;
}

static Str cell_of(const RollHeader *header, const Str *cells, size_t n_cells, RollColumn column)
{
    int place = header->place[column];
    if (place < 0 || (size_t)place >= n_cells) {
        return (Str){"", 0};
    }
    return str_trim(without_apostrophe(str_trim(cells[place])));
}

Str people_first_characters(Str s, size_t n)
{
    size_t at = 0;
    for (size_t i = 0; i < n && at < s.len; i++) {
        utf8_next(s, &at);
    }
    return str_slice(s, 0, at);
}

/* The first thing wrong with a row is the one that is told. */
static void set_bad(RollRow *row, const RollHeader *header, RollColumn column, ErrorCode code,
                    int64_t number, Str cell)
{
    if (row->bad != ERROR_NONE) {
        return;
    }
    row->bad = code;
    row->bad_number = number;
    row->bad_column = header->place[column] + 1;
    row->bad_cell = people_first_characters(cell, 40);
}

static void check_length(RollRow *row, const RollHeader *header, RollColumn column, Str cell,
                         size_t max)
{
    if (utf8_length(cell) > max) {
        set_bad(row, header, column, ERROR_ROLL_TOO_LONG, (int64_t)max, cell);
    }
}

/* Control characters and marks that turn text around are not kept, not even to be shown. */
static void check_clean(RollRow *row, const RollHeader *header, RollColumn column, Str *cell)
{
    if (!utf8_is_clean(*cell)) {
        set_bad(row, header, column, ERROR_FIELD_CHARACTERS, 0, (Str){"", 0});
        *cell = (Str){"", 0};
    }
}

static Str digits_of(Arena *arena, Str cell)
{
    Str narrow = utf8_narrow(arena, cell);
    char *out = arena_array(arena, char, narrow.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < narrow.len; i++) {
        if (strchr(" -()", narrow.data[i]) == NULL || narrow.data[i] == '\0') {
            out[len++] = narrow.data[i];
        }
    }
    return (Str){out, len};
}

static void read_birth(Arena *arena, const RollHeader *header, Str cell, Date today, RollRow *row)
{
    if (cell.len == 0) {
        return;
    }
    ErrorCode code = people_birth_read(arena, cell, today, &row->birth_year, &row->birth_month);
    if (code != ERROR_NONE) {
        set_bad(row, header, ROLL_BIRTH, code, 0, cell);
    }
}

static void read_residency(Arena *arena, const RollHeader *header, Str cell, RollRow *row)
{
    if (cell.len == 0) {
        return;
    }
    row->residency = people_residency_read(arena, cell);
    if (row->residency == RESIDENCY_UNKNOWN) {
        set_bad(row, header, ROLL_RESIDENCY, ERROR_ROLL_RESIDENCY_UNKNOWN, 0, cell);
    }
}

void people_roll_row_read(Arena *arena, const RollHeader *header, const Str *cells, size_t n_cells,
                          int64_t line, Date today, RollRow *out)
{
    *out = (RollRow){.line = line};
    out->name = cell_of(header, cells, n_cells, ROLL_NAME);
    out->phone = digits_of(arena, cell_of(header, cells, n_cells, ROLL_PHONE));
    out->building = cell_of(header, cells, n_cells, ROLL_BUILDING);
    out->door = cell_of(header, cells, n_cells, ROLL_DOOR);
    check_clean(out, header, ROLL_NAME, &out->name);
    check_clean(out, header, ROLL_PHONE, &out->phone);
    check_clean(out, header, ROLL_BUILDING, &out->building);
    check_clean(out, header, ROLL_DOOR, &out->door);
    if (out->name.len == 0) {
        set_bad(out, header, ROLL_NAME, ERROR_ROLL_NAME_MISSING, 0, out->name);
    }
    check_length(out, header, ROLL_NAME, out->name, PEOPLE_MAX_NAME);
    check_length(out, header, ROLL_BUILDING, out->building, PEOPLE_MAX_BUILDING);
    check_length(out, header, ROLL_DOOR, out->door, PEOPLE_MAX_DOOR);
    read_birth(arena, header, cell_of(header, cells, n_cells, ROLL_BIRTH), today, out);
    read_residency(arena, header, cell_of(header, cells, n_cells, ROLL_RESIDENCY), out);
    out->place_key =
        people_place_key(arena, people_first_characters(out->building, PEOPLE_MAX_BUILDING),
                         people_first_characters(out->door, PEOPLE_MAX_DOOR));
}
