/* journal.h: every act that changes the public record: who, when, what, why.
 *
 * An entry holds pseudonymous ids and public words. Personal data an act was about is present only
 * as a commitment: 16 random bytes of salt, then BLAKE2b-256 of the data keyed with the salt. The
 * salt is never published, and erasing it makes the commitment unreadable for ever without breaking
 * the chain, which covers only the hash.
 *
 * Within a second a sealer gives each entry the next place in its area's chain:
 *   hash(n) = BLAKE2b-256(hash(n-1) || canonical entry), hash(0) = 32 zero bytes
 *   canonical entry = area, id, actor, milliseconds (8 bytes each, big-endian), then act, subject,
 *   reason, hash part of the commitment, each with its length before it (4 bytes, big-endian)
 * A changed, removed or inserted entry breaks the chain from there on; a removed tail shows against
 * a head that was published or printed earlier.
 */
#ifndef PLATFORM_JOURNAL_JOURNAL_H
#define PLATFORM_JOURNAL_JOURNAL_H

#include "platform/auth/secret.h"
#include "platform/db/db.h"
#include "platform/text/text.h"

struct App;

/* actor: a person, 0 = the program. act: "proposal.submit". reason: public words, may be empty.
 * personal: what the act was about in personal data, or empty. area 0: of the whole installation.
 */
MUST_USE Error *journal_write(Tx *tx, int64_t area, int64_t actor, const char *act,
                              const char *subject_kind, int64_t subject_id, Str reason,
                              Str personal);

/* The act in words: the sentence act.<act> of the room that writes it; 0 when there is none. */
Text journal_act_text(Str act);

typedef struct JournalEntry {
    int64_t id;
    int64_t actor;
    Str actor_name; /* for those who may see the journal; empty for the program or an erased person
                     */
    Instant at;
    Str act;
    Str subject; /* "proposal 0123456789ABC" */
    Str reason;
    int64_t sequence; /* place in the chain, 0 = not sealed yet */
} JournalEntry;

/* Newest first, at most limit entries with an id below before (0 = from the newest). */
MUST_USE Error *journal_list(Snapshot *snapshot, int64_t area, int64_t before, int limit,
                             JournalEntry **out, size_t *out_n);

/* The same for subjects of one kind ("proposal"; a word without % or _); empty = all kinds. */
MUST_USE Error *journal_list_kind(Snapshot *snapshot, int64_t area, Str kind, int64_t before,
                                  int limit, JournalEntry **out, size_t *out_n);

typedef struct JournalReport {
    int64_t sealed;  /* entries in the chain */
    int64_t waiting; /* entries not sealed yet */
    int64_t broken;  /* first place where the chain does not hold, 0 = whole */
    Hash32 head;
} JournalReport;

/* Computes the whole chain of the area again. */
MUST_USE Error *journal_verify(Snapshot *snapshot, int64_t area, JournalReport *out);
/* The end of the chain, without checking it. */
MUST_USE Error *journal_head(Snapshot *snapshot, int64_t area, int64_t *out_sequence, Hash32 *out);
/* The areas that have a chain, in the snapshot's arena. */
MUST_USE Error *journal_areas(Snapshot *snapshot, int64_t **out, size_t *out_n);
/* The sealer, a job of every second; also for tests and commands. */
MUST_USE Error *journal_seal(struct App *app, Arena *arena);
/* True when the commitment (as stored) was made of this personal data. */
bool journal_commitment_opens(Str commitment, Str personal);

#endif
