/* proposals.h: proposals, for other rooms, the demo and imports.
 *
 * Other rooms read proposals through the view proposals_public_proposal (no names in it); those
 * that answer proposers through proposals_public_origin (names, numbers, receipts: for staff). The
 * use cases below are what the pages call; they authorise what a route's policy cannot know, decide
 * by proposals_rules.h, save and write the journal.
 * Start reading at NewProposal and proposals_submit().
 */
#ifndef FEATURES_PROPOSALS_PROPOSALS_H
#define FEATURES_PROPOSALS_PROPOSALS_H

#include "features/notices/notices.h"
#include "features/proposals/proposals_rules.h"
#include "features/screening/screening.h"
#include "platform/db/db.h"
#include "platform/feature.h"
#include "platform/files/photo.h"
#include "platform/html/frame.h"

/* What the proposer writes: the same words when making and when changing one. */
typedef struct ProposalWords {
    Str title;
    Str need;
    Str place;
    Str beneficiaries;
    int kind; /* ProposalKind */
} ProposalWords;

#define PROPOSAL_PHOTOS_MAX 3

/* Made by photo_prepare() before the transaction. */
typedef struct ProposalPhotos {
    const PhotoDraft *drafts;
    size_t count;
} ProposalPhotos;

typedef struct NewProposal {
    int64_t area;
    int64_t actor;    /* who is signed in */
    bool is_staff;    /* actor enters it for somebody; the five fields below count */
    int channel;      /* ProposalChannel; a resident's own is CHANNEL_PORTAL */
    int64_t proposer; /* on the roll of the area, or 0 */
    Str proposer_name;
    Str proposer_phone;
    Str ticket;      /* number of the 12345 ticket; may be empty */
    int64_t same_as; /* what the proposer says it is the same as: merged there at once; or 0 */
    ProposalWords words;
    ProposalPhotos photos;
    Receipt receipt; /* drawn before the transaction */
} NewProposal;

typedef struct ProposalSubmitted {
    int64_t id;
    int64_t round;
    Receipt receipt;
} ProposalSubmitted;

/* A fresh random receipt. */
Receipt proposal_new_receipt(void);
/* UseCase: NewProposal -> ProposalSubmitted. STAGE_NOT_OPEN unless the current round's `collect`
 * stage is open; PROPOSAL_CAP (number) when a resident has as many as the rules allow; errors at
 * the fields by the limits of proposals_rules.h; with same_as also those of proposals_merge(). */
Error *proposals_submit(Tx *tx, const void *input, Instant now, void *output);

typedef struct ProposalEdit {
    int64_t area;
    int64_t id;
    int64_t actor;
    bool is_staff;
    int64_t version; /* the one the form was made from */
    ProposalWords words;
    ProposalPhotos photos; /* more of them */
    bool may_manage;       /* what colleagues wrote down, too */
} ProposalEdit;
/* UseCase: ProposalEdit -> nothing. NOT_FOUND when it is not theirs (proposal_belongs_to),
 * VERSION_CONFLICT when it changed or was decided; PROPOSAL_PHOTOS at the first photo when it would
 * have too many. */
Error *proposals_edit(Tx *tx, const void *input, Instant now, void *output);

typedef struct ProposalPhotoRemove {
    int64_t area;
    int64_t proposal;
    int64_t photo;
    int64_t actor;
    bool is_staff;
} ProposalPhotoRemove;
/* UseCase: ProposalPhotoRemove -> nothing, at any time. NOT_FOUND for others than its proposer and
 * staff. Its bytes are gone; the journal keeps the hash of the original. */
Error *proposals_photo_remove(Tx *tx, const void *input, Instant now, void *output);

typedef struct ProposalWithdraw {
    int64_t area;
    int64_t id;
    int64_t actor;
    bool is_staff;
    int64_t version;
    bool may_manage;
} ProposalWithdraw;
/* UseCase: ProposalWithdraw -> nothing. Errors as for editing. */
Error *proposals_withdraw(Tx *tx, const void *input, Instant now, void *output);

typedef struct ProposalDecide {
    int64_t area;
    int64_t id;
    int64_t actor; /* staff, by the route's policy */
    int64_t version;
    ProposalDecision decision;
    Finding finding;   /* what the reader cites; no ground: passes, or refused without a clause */
    Str line;          /* of the responsibility list, see ScreeningRead */
    bool is_secretary; /* who decides where two readers disagree */
} ProposalDecide;

typedef struct ProposalDecided {
    ScreeningState state; /* DECIDED, or what it waits for */
} ProposalDecided;

/* UseCase: ProposalDecide -> ProposalDecided. One reading of the proposal; it is decided when the
 * readings the round asks for agree (screening.h). Errors at the fields; those of screening_read();
 * STAGE_NOT_OPEN once the ballot of the round has opened; VERSION_CONFLICT. */
Error *proposals_decide(Tx *tx, const void *input, Instant now, void *output);

typedef struct ProposalUnmerge {
    int64_t area;
    int64_t id; /* a merged one */
    int64_t actor;
    int64_t main; /* what it goes on in, as the actor saw it; 0: not looked at */
} ProposalUnmerge;
/* UseCase: ProposalUnmerge -> nothing. Puts back everything the last merge of this proposal moved.
 * STAGE_NOT_OPEN once the stage in which it was merged has ended; VERSION_CONFLICT when it is not
 * merged, or what it goes on in was merged further. */
Error *proposals_unmerge(Tx *tx, const void *input, Instant now, void *output);

/* --- for other rooms' pages --------------------------------------------------------------------
 */

/* Those that are like a text: to look at, to choose "the same as", or to merge into. */
typedef struct SimilarLine {
    IdText id;
    Str title;
    Str place;
    ChipKind chip;
    Text state;
    bool is_copy;
    SafeUrl link;
} SimilarLine;

typedef struct SimilarView {
    const SimilarLine *lines;
    size_t n_lines;
    Str chosen; /* id that was chosen before, or empty */
    Str look;   /* address where a script asks again while one writes */
} SimilarView;

/* At most five of the round that are like the text, none of them `except` or merged into it; shown
 * by the template similar_choice (proposal_similar_html.h). Two queries of bounded cost. */
MUST_USE Error *proposals_similar_view(Page *page, Snapshot *snapshot, int64_t round, Str text,
                                       int64_t except, SimilarView *view);

extern const Choice proposal_kinds[4];
#define PROPOSAL_CHANNELS 10
extern const Choice proposal_channels[PROPOSAL_CHANNELS];
/* 上门, 网上 …: as it stands in a history. */
Text proposal_channel_text(int64_t channel);

/* For the room estimates, which says what an accepted proposal costs and why. Both: NOT_FOUND;
 * STAGE_NOT_OPEN unless it is accepted and the ballot of its round has not opened; FIELD_TOO_BIG on
 * `cost` above the round's money. Neither writes the journal. */
MUST_USE Error *proposals_check_price(Tx *tx, int64_t area, int64_t id, Money cost);
/* From now on it costs this. */
MUST_USE Error *proposals_set_price(Tx *tx, int64_t area, int64_t id, Money cost);

/* Sends the notice to its proposer and to those of the proposals that go on in it. One query and a
 * row for each of them. */
MUST_USE Error *proposals_tell(Tx *tx, const Notice *notice, int64_t id, Instant now);

extern const Feature proposals_feature;

#endif
