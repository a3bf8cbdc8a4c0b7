/* people.h: persons, the roll of a community, roles, and a roll brought in from a file.
 *
 * Functions that take a Tx are called inside another use case (or are one, when their shape is a
 * UseCase: input, now, output). Start reading at people_enter() for one person and at
 * people_import_stage() for a file.
 */
#ifndef FEATURES_PEOPLE_PEOPLE_H
#define FEATURES_PEOPLE_PEOPLE_H

#include "features/areas/areas.h"
#include "features/people/people_rules.h"
#include "platform/auth/auth.h"
#include "platform/db/db.h"
#include "platform/feature.h"
#include "platform/text/text.h"

/* --- persons ---------------------------------------------------------------------------------- */

typedef struct PersonNew {
    Str name;        /* 1..PEOPLE_MAX_NAME characters */
    Str phone;       /* as parse_phone() gives it; empty when there is none */
    int birth_year;  /* 0: not known */
    int birth_month; /* 0: not known */
} PersonNew;

/* Makes a person, on no roll yet. FIELD_MISSING (field name), FIELD_TOO_LONG. */
MUST_USE Error *people_create(Tx *tx, const PersonNew *input, int64_t *out_id);

typedef struct RollEntry {
    int64_t area; /* a community */
    int64_t person;
    Str building; /* may be empty, as door */
    Str door;
    Residency residency; /* UNKNOWN counts as REGISTERED */
    Date since;          /* DATE_NONE: today */
} RollEntry;

/* Puts a person on the roll of a community. FIELD_TOO_LONG (field building or door). */
MUST_USE Error *people_add_to_roll(Tx *tx, const RollEntry *input);

typedef struct RoleNew {
    int64_t person;
    Role role;
    int64_t area;
    int64_t granted_by; /* 0: the program */
    Date starts;        /* DATE_NONE: today */
    Date ends;          /* last day; DATE_NONE: no end */
} RoleNew;

/* Grants a role for a term, recorded in the journal of the area. A staff role ends the person's
 * personal code and what was opened with it: staff sign in by password. BAD_REQUEST for a role that
 * is none. Who may grant what is the caller's to decide. */
MUST_USE Error *people_grant_role(Tx *tx, const RoleNew *input);
/* The same, giving the appointment's id. */
MUST_USE Error *people_grant_role_id(Tx *tx, const RoleNew *input, int64_t *out_grant);

/* 居民, 社区书记 … */
Text people_role_text(Role role);
/* 户籍, 租住 …; 没有说明 for UNKNOWN. */
Text people_residency_text(Residency residency);

typedef struct PersonEnter {
    int64_t area;
    int64_t actor;
    PersonNew person;
    Str building;
    Str door;
    Residency residency;
} PersonEnter;

typedef struct PersonEntered {
    int64_t person;
} PersonEntered;

/* Use case: staff enter somebody, who may have no phone. ROLL_PERSON_KNOWN (field name) when the
 * roll has the same name with this phone or at this door; ROLL_PHONE_TAKEN (field phone). */
Error *people_enter(Tx *tx, const void *input, Instant now, void *output);

typedef struct CodeNew {
    int64_t area;
    int64_t actor;
    int64_t person;
    const Secret *secret;
} CodeNew;

typedef struct CodeMade {
    CodeText code; /* shown once; the database keeps a hash */
} CodeMade;

/* Use case: a new personal code for somebody on the roll; the earlier one ends. NOT_FOUND when they
 * are not on this roll; ROLL_HAS_ROLE when they hold a staff role anywhere: otherwise a worker
 * could sign in as the secretary. */
Error *people_new_code(Tx *tx, const void *input, Instant now, void *output);

/* --- a roll from a file -------------------------------------------------------------------------
 */

/* Stored by number. A preview may be taken in or dropped; what was taken in may be undone. */
typedef enum ImportState {
    IMPORT_PREVIEW = 1,
    IMPORT_TAKEN = 2,
    IMPORT_UNDONE = 3,
    IMPORT_DROPPED = 4
} ImportState;

/* The setting that remembers what an area calls its columns: lines "phone=联系人电话", the left
 * side one of name phone building door birth residency. */
#define PEOPLE_COLUMNS_SETTING "people.columns"

typedef struct ColumnNames {
    int64_t area;
    Str names;
} ColumnNames;
/* Use case, no output: keeps the names for the area's next file. */
Error *people_columns_remember(Tx *tx, const void *input, Instant now, void *unused);

/* Reads a CSV (UTF-8 or GB18030) or xlsx file, told apart by content, into rows; `names` as in the
 * setting, may be empty. The column names stand in one of the first five rows. Blank lines are left
 * out. Errors: of table_read(), ROLL_NO_NAME_COLUMN with the likeliest of them as word,
 * ROLL_NO_ROWS, ROLL_TOO_MANY_ROWS; wrong rows are not errors but say so. */
MUST_USE Error *people_file_read(Arena *arena, Str bytes, Str names, Date today,
                                 RollHeader *out_header, RollRow **out_rows, size_t *out_count);

/* Everybody on the roll of the area now. */
MUST_USE Error *people_roll_read(Snapshot *snapshot, int64_t area, RollPerson **out,
                                 size_t *out_count);

/* Rows staged by one transaction, so that other people's writes wait no longer than that. */
#define PEOPLE_STAGE_ROWS 250

typedef struct ImportStage {
    int64_t area;
    int64_t import; /* 0 for the first piece: it gets an id */
    const RollChange *changes;
    size_t count; /* at most PEOPLE_STAGE_ROWS */
} ImportStage;

typedef struct ImportStaged {
    int64_t import;
} ImportStaged;

/* Use case: keeps rows of a file. Nobody sees them until people_import_preview(). */
Error *people_import_stage(Tx *tx, const void *input, Instant now, void *output);

typedef struct ImportPreview {
    int64_t area;
    int64_t actor;
    int64_t import;
    Str file_name;
    RollCounts counts;
} ImportPreview;

/* Use case: makes the staged import visible as a preview; the roll is not touched. Clears away rows
 * whose staging broke off more than an hour ago. Output: ImportStaged. */
Error *people_import_preview(Tx *tx, const void *input, Instant now, void *output);

typedef struct ImportDecide {
    int64_t area;
    int64_t actor;
    int64_t import;
    int64_t version; /* of the import as the actor saw it */
} ImportDecide;

/* Use cases, no output. All: NOT_FOUND; ROLL_IMPORT_DECIDED when the import is in another state, or
 * VERSION_CONFLICT.
 * Accept takes in all rows or none: ROLL_HAS_BAD_ROWS (n), ROLL_CHANGED_SINCE (n people) when the
 * roll is no longer what the preview compared with.
 * Undo puts everything back as it was: ROLL_CHANGED_SINCE when somebody taken in or changed is no
 * longer as the import left them, or has been given a code or a role since.
 * Drop forgets a preview. */
Error *people_import_accept(Tx *tx, const void *input, Instant now, void *unused);
Error *people_import_undo(Tx *tx, const void *input, Instant now, void *unused);
Error *people_import_drop(Tx *tx, const void *input, Instant now, void *unused);

/* --- finding ------------------------------------------------------------------------------------
 */

typedef struct PersonFound {
    int64_t person;
    Str name;
    Str phone;
    Str place; /* building and door, or empty */
} PersonFound;

/* Those on the roll whose name holds the words, whose address begins with them, or whose whole
 * phone they are, by address, at most `limit`. One query; memory of the snapshot's arena. */
MUST_USE Error *people_find(Snapshot *snapshot, int64_t area, Str words, size_t limit,
                            PersonFound **out, size_t *out_count);
/* "3 号楼 201": building and door as one line. */
Str people_place_line(Arena *arena, Str building, Str door);

/* --- about a person -------------------------------------------------------------------------- */

/* Where a person belongs: the area of their first staff role, else the community on whose roll they
 * stand; *out_area is 0 when there is neither. Two queries. */
MUST_USE Error *people_home_area(Snapshot *snapshot, int64_t person, int64_t *out_area,
                                 bool *out_is_staff);

typedef struct PersonPlace {
    int64_t area;
    Str area_name; /* in the reader's language */
    Text as_what;  /* a role, or a residency */
    bool is_staff;
    bool has_desk;    /* may open the workbench: supervisors, auditors, administrators may not */
    bool administers; /* keeps the tree and the roles there */
} PersonPlace;

/* All roles that run and all rolls they stand on, roles first. Two queries. */
MUST_USE Error *people_places(Snapshot *snapshot, int64_t person, Lang lang, PersonPlace **out,
                              size_t *out_count);

typedef struct PersonErase {
    int64_t area; /* on whose roll they stand */
    int64_t actor;
    int64_t person;
    const Feature *const *rooms; /* whose erase_person is run */
    size_t n_rooms;
} PersonErase;

/* UseCase: PersonErase -> nothing. Takes the person out of every room in one transaction, for good;
 * what they wrote stays in the public record without them, and so do their ballots, which nobody
 * can tell from others. NOT_FOUND when they are not on the roll, or erased; PERSON_HAS_ROLE while
 * they work here or elsewhere. Journals person.erase. */
Error *people_erase(Tx *tx, const void *input, Instant now, void *unused);

/* Feature.export_person and erase_person of this room. Erasing ends every way to sign in. */
MUST_USE Error *people_export_person(Snapshot *snapshot, int64_t person, Buf *out);
MUST_USE Error *people_erase_person(Tx *tx, int64_t person, Instant now);

extern const Feature people_feature;

#endif
