/* people_compare_rules.c: what the rows of a file mean for the roll: new, changed, same or bad. */
#include "features/people/people_rules.h"

#include "base/map.h"

/* What is looked up: people on the roll and rows of the file, by phone, by name and phone, by name
 * and address. */
typedef struct Index {
    Arena *arena;
    const RollHeader *header;
    Map roll_by_phone;
    Map roll_by_name_phone;
    Map roll_by_name_place;
    Map roll_twice; /* names at addresses that stand for two people */
    Map file_by_phone;
    Map file_by_person;  /* name and phone */
    Map file_by_address; /* name and address, rows without a phone or with */
} Index;

/* 0x1F cannot be in a name: text is cleaned of control characters at the door. */
static Str pair_key(Arena *arena, Str a, Str b)
{
    return arena_printf(arena, "%.*s\x1f%.*s", STR_ARG(a), STR_ARG(b));
}

/* An address names a person only with a building and a door. */
static bool has_address(Str building, Str door)
{
    return building.len > 0 && door.len > 0;
}

static void index_roll(Index *index, const RollPerson *roll, size_t n_roll)
{
    for (size_t i = 0; i < n_roll; i++) {
        void *person = (void *)&roll[i];
        if (roll[i].phone.len > 0) {
            map_set(&index->roll_by_phone, roll[i].phone, person);
            map_set(&index->roll_by_name_phone, pair_key(index->arena, roll[i].name, roll[i].phone),
                    person);
        }
        if (!has_address(roll[i].building, roll[i].door)) {
            continue;
        }
        Str key = pair_key(index->arena, roll[i].name, roll[i].place_key);
        if (map_set(&index->roll_by_name_place, key, person) != NULL) {
            map_set(&index->roll_twice, key, person);
        }
    }
}

static void init_index(Index *index, Arena *arena, const RollHeader *header)
{
    Map *maps[] = {&index->roll_by_phone,  &index->roll_by_name_phone, &index->roll_by_name_place,
                   &index->roll_twice,     &index->file_by_phone,      &index->file_by_person,
                   &index->file_by_address};
    index->arena = arena;
    index->header = header;
    for (size_t i = 0; i < countof(maps); i++) {
        map_init(maps[i], arena);
    }
}

static void mark_bad(const Index *index, RollChange *change, RollColumn column, ErrorCode code,
                     int64_t number, Str cell)
{
    change->kind = ROLL_BAD;
    change->row.bad = code;
    change->row.bad_number = number;
    change->row.bad_column = index->header->place[column] + 1;
    change->row.bad_cell = cell;
}

/* Whom of the roll the row means; NULL: nobody. */
static const RollPerson *find_person(Index *index, RollChange *change)
{
    const RollRow *row = &change->row;
    if (row->phone.len > 0) {
        const RollPerson *same =
            map_get(&index->roll_by_name_phone, pair_key(index->arena, row->name, row->phone));
        if (same != NULL) {
            return same;
        }
    }
    if (!has_address(row->building, row->door)) {
        return NULL;
    }
    Str key = pair_key(index->arena, row->name, row->place_key);
    if (map_get(&index->roll_twice, key) != NULL) {
        mark_bad(index, change, ROLL_NAME, ERROR_ROLL_AMBIGUOUS, 0, row->name);
        return NULL;
    }
    return map_get(&index->roll_by_name_place, key);
}

/* Two rows for one person or one number for two people. */
static void check_file_twice(Index *index, RollChange *change)
{
    RollRow *row = &change->row;
    const RollRow *first = NULL;
    if (has_address(row->building, row->door)) {
        first = map_set(&index->file_by_address, pair_key(index->arena, row->name, row->place_key),
                        row);
    }
    if (row->phone.len > 0) {
        const RollRow *same =
            map_set(&index->file_by_person, pair_key(index->arena, row->name, row->phone), row);
        first = first == NULL ? same : first;
    }
    if (first != NULL) {
        mark_bad(index, change, ROLL_NAME, ERROR_ROLL_PERSON_TWICE, first->line, row->name);
        return;
    }
    if (row->phone.len > 0) {
        const RollRow *other = map_set(&index->file_by_phone, row->phone, row);
        if (other != NULL) {
            mark_bad(index, change, ROLL_PHONE, ERROR_ROLL_PHONE_TWICE, other->line, row->phone);
        }
    }
}

static void check_phone_free(const Index *index, RollChange *change, const RollPerson *person)
{
    if (change->row.phone.len == 0) {
        return;
    }
    const RollPerson *holder = map_get(&index->roll_by_phone, change->row.phone);
    if (holder != NULL && holder != person) {
        mark_bad(index, change, ROLL_PHONE, ERROR_ROLL_PHONE_TAKEN, 0, change->row.phone);
    }
}

/* A blank cell keeps what is known: a file without phones must not take the phones away. */
static void keep_known(Arena *arena, RollRow *row, const RollPerson *person)
{
    row->phone = row->phone.len > 0 ? row->phone : person->phone;
    row->building = row->building.len > 0 ? row->building : person->building;
    row->door = row->door.len > 0 ? row->door : person->door;
    row->place_key = people_place_key(arena, row->building, row->door);
    if (row->birth_year == person->birth_year && row->birth_month == 0) {
        row->birth_month = person->birth_month;
    }
    if (row->birth_year == 0) {
        row->birth_year = person->birth_year;
        row->birth_month = person->birth_month;
    }
    if (row->residency == RESIDENCY_UNKNOWN) {
        row->residency = person->residency;
    }
}

/* The address is compared by its key: "3栋" for "3 号楼" is no change, and the roll's own way of
 * writing it stays. */
static bool is_same(RollRow *row, const RollPerson *person)
{
    if (str_eq(row->place_key, person->place_key)) {
        row->building = person->building;
        row->door = person->door;
    }
    return str_eq(row->phone, person->phone) && str_eq(row->building, person->building) &&
           str_eq(row->door, person->door) && row->birth_year == person->birth_year &&
           row->birth_month == person->birth_month && row->residency == person->residency;
}

static void judge(Index *index, RollChange *change)
{
    if (change->row.bad != ERROR_NONE) {
        change->kind = ROLL_BAD;
        return;
    }
    change->kind = ROLL_NEW;
    check_file_twice(index, change);
    if (change->kind == ROLL_BAD) {
        return;
    }
    const RollPerson *person = find_person(index, change);
    check_phone_free(index, change, person);
    if (change->kind == ROLL_BAD) {
        return;
    }
    if (person == NULL) {
        if (change->row.residency == RESIDENCY_UNKNOWN) {
            change->row.residency = RESIDENCY_REGISTERED;
        }
        return;
    }
    change->before = *person;
    keep_known(index->arena, &change->row, person);
    change->kind = is_same(&change->row, person) ? ROLL_SAME : ROLL_CHANGED;
}

/* Two rows may reach one person by different ways: one by phone, one by address. */
static void check_person_once(Index *index, RollChange *changes, size_t count)
{
    Map seen;
    map_init(&seen, index->arena);
    for (size_t i = 0; i < count; i++) {
        RollChange *change = &changes[i];
        if (change->kind != ROLL_CHANGED && change->kind != ROLL_SAME) {
            continue;
        }
        Str key = arena_printf(index->arena, "%lld", (long long)change->before.person);
        const RollChange *first = map_set(&seen, key, change);
        if (first != NULL) {
            mark_bad(index, change, ROLL_NAME, ERROR_ROLL_PERSON_TWICE, first->row.line,
                     change->row.name);
        }
    }
}

static void count_kinds(const RollChange *changes, size_t count, RollCounts *out)
{
    *out = (RollCounts){0};
    for (size_t i = 0; i < count; i++) {
        out->added += changes[i].kind == ROLL_NEW;
        out->changed += changes[i].kind == ROLL_CHANGED;
        out->same += changes[i].kind == ROLL_SAME;
        out->bad += changes[i].kind == ROLL_BAD;
    }
}

int64_t people_named(const RollPerson *roll, size_t n_roll, Str name)
{
    int64_t found = 0;
    for (size_t i = 0; i < n_roll; i++) {
        if (str_eq(roll[i].name, name)) {
            if (found != 0) {
                return 0;
            }
            found = roll[i].person;
        }
    }
    return found;
}

void people_roll_compare(Arena *arena, const RollHeader *header, const RollRow *rows, size_t n_rows,
                         const RollPerson *roll, size_t n_roll, RollChange **out,
                         RollCounts *out_counts)
{
    Index index;
    init_index(&index, arena, header);
    index_roll(&index, roll, n_roll);
    RollChange *changes = arena_array(arena, RollChange, n_rows);
    for (size_t i = 0; i < n_rows; i++) {
        changes[i].row = rows[i];
        judge(&index, &changes[i]);
    }
    check_person_once(&index, changes, n_rows);
    count_kinds(changes, n_rows, out_counts);
    *out = changes;
}
