/* pabulib_parser.h: inside the .pb reader only. What its parts share. */
#ifndef TALLY_PABULIB_PARSER_H
#define TALLY_PABULIB_PARSER_H

#include "base/map.h"
#include "tally/ballots.h"
#include "tally/pabulib_ids.h"
#include "tally/pabulib_rows.h"

typedef enum PabulibSection {
    PABULIB_SECTION_NONE,
    PABULIB_SECTION_META,
    PABULIB_SECTION_PROJECTS,
    PABULIB_SECTION_VOTES
} PabulibSection;

/* Columns by the header of the section; -1 = not there. */
typedef struct PabulibColumns {
    int cost;
    int name;
    int category;
    int target;
    int selected;
    int vote;
    int points;
} PabulibColumns;

typedef struct IndexVec {
    uint32_t *items;
    size_t count;
    size_t capacity;
} IndexVec;

typedef struct PointsVec {
    int64_t *items;
    size_t count;
    size_t capacity;
} PointsVec;

/* An amount as read, before all amounts are brought to one scale. */
typedef struct Amount {
    int64_t value;
    int decimals;
    uint32_t line;
    Str text;
} Amount;

typedef struct PairVec {
    PabulibPair *items;
    size_t count;
    size_t capacity;
} PairVec;

typedef struct ProjectVec {
    PabulibProject *items;
    size_t count;
    size_t capacity;
} ProjectVec;

typedef struct ElectionProjectVec {
    TallyProject *items;
    size_t count;
    size_t capacity;
} ElectionProjectVec;

typedef struct AmountVec {
    Amount *items;
    size_t count;
    size_t capacity;
} AmountVec;

typedef struct PabulibParser {
    Arena *arena;
    PabulibReader reader;
    PabulibRow row;
    PabulibSection section;
    PabulibColumns columns;
    PairVec meta;
    bool has_budget;
    Amount budget;
    bool has_kind;
    TallyBallotKind kind;
    ProjectVec projects;
    ElectionProjectVec named; /* beside projects: their ids, later their costs */
    AmountVec costs;          /* beside projects */
    Map ids;                  /* id -> project index + 1 */
    PabulibIds short_ids;     /* the same, faster, for what the fast way reads */
    bool merges;
    bool has_ballots; /* `ballots` is open */
    Ballots ballots;
    IndexVec chosen;         /* of the ballot being read */
    PointsVec chosen_points; /* beside chosen */
    int points_decimals;     /* all points so far are in units of the longest fraction so far */
} PabulibParser;

/* ERROR_PABULIB at the row being read. */
Error *pabulib_wrong(PabulibParser *parser, Str word, const char *expected);
/* The word in the row's first cell opens a section. */
PabulibSection pabulib_section_of(Str cell);

/* VOTES begins (perhaps not for the first time): its columns are known. */
void pabulib_open_votes(PabulibParser *parser);
/* The ballot of the row just read. */
MUST_USE Error *pabulib_read_vote(PabulibParser *parser);
/* The ballot in parser->chosen, and chosen_points beside it. */
MUST_USE Error *pabulib_put_ballot(PabulibParser *parser);
/* Reads rows of VOTES for as long as they are of the plain form nearly all are of: no quotes, known
 * ids, points that are whole numbers. Stops in front of the first that is not, or is not whole in
 * the window; pabulib_next_row reads that one and says what may be wrong with it. */
MUST_USE Error *pabulib_read_plain_votes(PabulibParser *parser);

#endif
