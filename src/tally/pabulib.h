/* pabulib.h: reads an election in the .pb format of Pabulib (arXiv 2012.06539).
 *
 * UTF-8 with or without a byte order mark; rows end in LF, CRLF or CR; cells are separated by ";";
 * a cell that begins with a double quote ends at the next lone one and may hold ";", line ends and
 * "" for a quote. White space round a cell does not count; a cell that says none (any case) is
 * empty; blank rows are passed over. A row whose first cell is META, PROJECTS or VOTES (any case)
 * opens a section and the next row names its columns, in any order after the first; unknown columns
 * are ignored. META      key;value. Needed: budget, vote_type (approval, choose-1, ordinal,
 * cumulative, scoring). PROJECTS  first column the project's id (text, distinct); needed: cost.
 *   VOTES     first column the voter's id (not kept); needed: vote = ids separated by commas, first
 *             choice first; for cumulative and scoring also points, as many numbers as ids.
 * Decimals take a point or, in costs and the budget, a comma; amounts and points share the scale of
 * their longest fraction. An empty vote is a ballot. An id twice on one ballot counts once, at its
 * first place; of its points the last number counts. The city's own `selected` column is kept as
 * text and decides nothing.
 */
#ifndef TALLY_PABULIB_H
#define TALLY_PABULIB_H

#include "tally/tally.h"

typedef struct PabulibPair {
    Str key;
    Str value;
} PabulibPair;

/* Beside election.projects[i], which has the id as its name. Empty where the file has no cell. */
typedef struct PabulibProject {
    Str name; /* the title people read */
    Str category;
    Str target;
    Str selected;
    uint32_t line;
} PabulibProject;

typedef struct PabulibFile {
    TallyElection election;
    const PabulibProject *projects; /* election.n_projects */
    const PabulibPair *meta;        /* in the order of the file */
    size_t n_meta;
} PabulibFile;

/* Parses a whole file. The result lives in the arena and its texts point into `text`, which must
 * live as long. Errors: ERROR_PABULIB; number = the line at fault (0: the file as a whole), word =
 * the text at fault if there is one, detail = "line 12: expected …" in English, one line. */
MUST_USE Error *pabulib_parse(Arena *arena, Str text, PabulibFile *out);

/* The value of a META key, or empty. */
Str pabulib_meta(const PabulibFile *file, Str key);

#endif
