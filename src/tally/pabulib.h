/* pabulib.h: reads and writes an election in the .pb format of Pabulib (arXiv 2012.06539).
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

#include "base/buf.h"
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

/* Where the bytes come from. `read` fills at most `capacity` bytes, at least one unless there are
 * no more; *out_got = 0 is the end. Its errors are passed on. */
typedef struct PabulibSource {
    void *context;
    size_t expected_bytes; /* how many will come, if known, else 0: knowing it saves time */
    Error *(*read)(Arena *arena, void *context, char *out, size_t capacity, size_t *out_got);
} PabulibSource;

/* Reads a file to its end, a window of it at a time. Equal ballots are kept once, with a weight, in
 * the order they first came: the memory needed grows with the ballots that differ. Of approval
 * ballots the order does not count, of others it does. The result lives in the arena. Errors:
 * ERROR_PABULIB; number = the line at fault (0: the file as a whole), word = the text at fault if
 * there is one, detail = "line 12: expected …" in English, one line. */
MUST_USE Error *pabulib_read(Arena *arena, const PabulibSource *source, PabulibFile *out);

/* The same from memory, every ballot kept as the file has it, without weights. `text` need not live
 * longer than the call. */
MUST_USE Error *pabulib_parse(Arena *arena, Str text, PabulibFile *out);

/* Writes a file that pabulib_read understands as this one: META as it is (budget and vote_type from
 * the election where META lacks them), the projects with their columns, a row for every voter, who
 * are numbered. Cells are quoted where they must be. Ids may hold no comma, and no cell may be one
 * that reading would change: with white space at an end, or "none". The arena is for work only. */
void pabulib_write(Arena *arena, const PabulibFile *file, Buf *out);

/* The value of a META key, or empty. */
Str pabulib_meta(const PabulibFile *file, Str key);

#endif
