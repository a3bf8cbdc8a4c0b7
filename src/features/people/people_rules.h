/* people_rules.h: decisions about people and the roll that need no database.
 *
 * Values in, values out. Start reading at people_roll_row_read().
 */
#ifndef FEATURES_PEOPLE_PEOPLE_RULES_H
#define FEATURES_PEOPLE_PEOPLE_RULES_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"

/* How somebody belongs to a community; stored by number: never renumber. Zero: not known. */
typedef enum Residency {
    RESIDENCY_UNKNOWN = 0,
    RESIDENCY_REGISTERED = 1,      /* 户籍 */
    RESIDENCY_TENANT = 2,          /* 租住 */
    RESIDENCY_OWNER_ELSEWHERE = 3, /* 人户分离 */
    RESIDENCY_WORKS_HERE = 4       /* 驻区 */
} Residency;

/* Completed years on that day, as far as they are certain: nobody is counted older than they are.
 * Only year and month are kept, so the birthday is taken as the last day of the month, or as 31
 * December when the month is 0. -1 when the year is 0. */
int people_age_on(int birth_year, int birth_month, Date day);

/* The surname: two characters when the name has three or more and begins with a double surname
 * (欧阳、上官 …), the last word of a name in Latin letters, else the first character. */
Str people_surname(Str name);
/* How a resident is named in public: 林邻居. */
Str people_masked_name(Arena *arena, Str name);
/* "199****0001"; shorter numbers keep their last three digits; empty stays empty. */
Str people_masked_phone(Arena *arena, Str phone);

/* A key by which addresses sort as people count (2 号楼 before 10 号楼) and by which two ways of
 * writing one address are equal: "3 号楼"+"501 室" = "３栋"+"501". Numbers are padded to six
 * digits, words such as 号楼 栋 幢 座 单元 室 only separate. Empty for an empty address. */
Str people_place_key(Arena *arena, Str building, Str door);

/* --- the columns of a roll file ------------------------------------------------------------- */

typedef enum RollColumn {
    ROLL_NAME,
    ROLL_PHONE,
    ROLL_BUILDING,
    ROLL_DOOR,
    ROLL_BIRTH,
    ROLL_RESIDENCY,
    ROLL_COLUMN_COUNT
} RollColumn;

/* Where each column stands in the file: 0-based, -1 when the file does not have it. */
typedef struct RollHeader {
    int place[ROLL_COLUMN_COUNT];
} RollHeader;

/* Recognises the columns by their names, Chinese or English, in any order; the first of two columns
 * with one meaning counts. Errors: ROLL_NO_NAME_COLUMN when no column is the name. */
MUST_USE Error *people_roll_header_read(Arena *arena, const Str *cells, size_t n_cells,
                                        RollHeader *out);

/* One line of the file, understood. */
typedef struct RollRow {
    int64_t line; /* of the file; the header is 1 */
    Str name;
    Str phone;    /* empty: not in the file */
    Str building; /* likewise */
    Str door;
    int birth_year;  /* 0: not in the file */
    int birth_month; /* 0: not in the file */
    Residency residency;
    Str place_key;
    /* what is wrong, when something is: */
    ErrorCode bad;      /* ERROR_NONE: the row is fine */
    int64_t bad_number; /* {n} of its sentence */
    int bad_column;     /* 1-based column of the file */
    Str bad_cell;       /* as the file has it, cut to 40 characters */
} RollRow;

/* Longest texts the roll keeps, in characters. */
#define PEOPLE_MAX_NAME     40
#define PEOPLE_MAX_BUILDING 20
#define PEOPLE_MAX_DOOR     20
/* Most rows of one file: they are taken in by one transaction. */
#define PEOPLE_MAX_IMPORT_ROWS 5000

/* Reads one line; `today` refuses births in the future. The phone is only narrowed and freed of
 * spaces and dashes: people_file.c judges it. Never fails: what is wrong is in *out. */
void people_roll_row_read(Arena *arena, const RollHeader *header, const Str *cells, size_t n_cells,
                          int64_t line, Date today, RollRow *out);
/* The first n characters. */
Str people_first_characters(Str s, size_t n);
/* A birth as people write it: "1994-03", "1994年3月", "199403", "1994/3/17", "1994". Year alone
 * leaves the month 0. Errors: ROLL_BIRTH_UNREADABLE, ROLL_BIRTH_FUTURE, or ERROR_NONE. */
ErrorCode people_birth_read(Arena *arena, Str typed, Date today, int *out_year, int *out_month);
/* RESIDENCY_UNKNOWN for a word that is not one of ours. */
Residency people_residency_read(Arena *arena, Str typed);

/* --- comparing the file with the roll -------------------------------------------------------- */

typedef enum RollKind { ROLL_NEW = 1, ROLL_CHANGED = 2, ROLL_SAME = 3, ROLL_BAD = 4 } RollKind;

/* Somebody on the roll now. */
typedef struct RollPerson {
    int64_t person;
    Str name;
    Str phone;
    Str building;
    Str door;
    Str place_key;
    int birth_year;
    int birth_month;
    Residency residency;
} RollPerson;

/* The person of exactly this name when only one on the roll has it, else 0. */
int64_t people_named(const RollPerson *roll, size_t n_roll, Str name);

/* A row and what it means for the roll. For CHANGED and SAME, `row` holds the values after (blank
 * cells keep what is known) and `before` the person as they are. */
typedef struct RollChange {
    RollKind kind;
    RollRow row;
    RollPerson before;
} RollChange;

typedef struct RollCounts {
    int64_t added;
    int64_t changed;
    int64_t same;
    int64_t bad;
} RollCounts;

/* Compares all rows with the roll. A row means the person with its name and phone, else the one
 * with its name and address (building and door both known). Bad rows stay bad; further: the same
 * person twice in the file (ROLL_PERSON_TWICE, n = first line), one number for two people of the
 * file (ROLL_PHONE_TWICE, n = first line) or for somebody else on the roll (ROLL_PHONE_TAKEN), two
 * people on the roll whom the row could mean (ROLL_AMBIGUOUS). A new person without a residency
 * becomes RESIDENCY_REGISTERED. *out has n_rows entries. */
void people_roll_compare(Arena *arena, const RollHeader *header, const RollRow *rows, size_t n_rows,
                         const RollPerson *roll, size_t n_roll, RollChange **out,
                         RollCounts *out_counts);

#endif
