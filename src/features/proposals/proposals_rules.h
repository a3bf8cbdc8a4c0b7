/* proposals_rules.h: what may be done with a proposal, and receipts, as pure decisions.
 *
 * Start reading at ProposalFact and proposal_decision_check().
 */
#ifndef FEATURES_PROPOSALS_PROPOSALS_RULES_H
#define FEATURES_PROPOSALS_PROPOSALS_RULES_H

#include "base/error.h"
#include "base/money.h"
#include "base/str.h"

/* Limits of what people type, in characters. */
#define PROPOSAL_TITLE_MIN         4
#define PROPOSAL_TITLE_MAX         40
#define PROPOSAL_NEED_MIN          10
#define PROPOSAL_NEED_MAX          2000
#define PROPOSAL_PLACE_MAX         60
#define PROPOSAL_BENEFICIARIES_MAX 100
#define PROPOSAL_NAME_MAX          30
#define PROPOSAL_REASON_MIN        10
#define PROPOSAL_REASON_MAX        500
#define PROPOSAL_SAID_MIN          2 /* title and need of what staff wrote down */
#define PROPOSAL_TICKET_MAX        40

/* Stored by number in proposal.state. */
typedef enum ProposalState {
    PROPOSAL_SUBMITTED = 1,
    PROPOSAL_ACCEPTED = 2,
    PROPOSAL_REFUSED = 3,
    PROPOSAL_WITHDRAWN = 4,
    PROPOSAL_MERGED = 5 /* goes on in another one */
} ProposalState;

/* Stored by number in proposal.kind. */
typedef enum ProposalKind {
    PROPOSAL_ENGINEERING = 1,
    PROPOSAL_SERVICE = 2,
    PROPOSAL_GOODS = 3,
    PROPOSAL_KIND_UNSURE = 4
} ProposalKind;

/* Stored by number in proposal.channel: domain.md 3 in its order. */
typedef enum ProposalChannel {
    CHANNEL_PORTAL = 1,
    CHANNEL_WECHAT = 2,
    CHANNEL_GROUP_CHAT = 3,
    CHANNEL_DOOR = 4,
    CHANNEL_PAPER = 5,
    CHANNEL_BOX = 6,
    CHANNEL_STAND = 7,
    CHANNEL_PHONE = 8,
    CHANNEL_HOTLINE = 9,
    CHANNEL_MEETING = 10
} ProposalChannel;

/* May somebody with so many proposals in the round make another? cap: of the round's rules
 * (per_resident), 0 = as many as one likes. Withdrawn ones do not count, nor those staff write down
 * for people. */
bool proposal_cap_allows(int64_t cap, int64_t have);

/* What the rules need to know of a proposal. */
typedef struct ProposalFact {
    ProposalState state;
    int64_t proposer;   /* person, 0 when not on the roll */
    int64_t entered_by; /* staff who typed it in for somebody, or 0 */
} ProposalFact;

/* Who wants to change one: person 0 is nobody. */
typedef struct ProposalActor {
    int64_t person;
    bool is_staff;
    bool may_manage; /* POLICY_MANAGE: the community's own workers and secretary */
} ProposalActor;

/* Its proposer may change it or take it back while it waits. What staff typed in for somebody (who
 * cannot do it on line) is changed by who typed it in, or by who manages here. */
bool proposal_may_be_changed(const ProposalFact *proposal, const ProposalActor *actor);
/* A photo may show somebody or their home: its proposer and staff may take it away at any time. */
bool proposal_photo_may_be_removed(const ProposalFact *proposal, int64_t actor, bool is_staff);
/* True for those proposals above whatever their state: whose it is, for receipts. */
bool proposal_belongs_to(const ProposalFact *proposal, const ProposalActor *actor);
/* Staff may decide, and decide again, until the ballot of the round opens; never when withdrawn or
 * merged. */
bool proposal_may_be_decided(ProposalState state, bool vote_is_ahead);

/* One that waits or is accepted may be merged into another such of its round that is not merged
 * itself, until the ballot of the round opens. */
typedef struct MergeFact {
    int64_t id;
    int64_t round;
    ProposalState state;
} MergeFact;
bool proposal_may_be_merged(const MergeFact *proposal, const MergeFact *main, bool vote_is_ahead);

/* The first sentence of what somebody said, at most PROPOSAL_TITLE_MAX characters: a title for what
 * was written down without one. */
Str proposal_title_of(Str words);

typedef struct ProposalDecision {
    bool is_accepted;
    Money cost; /* accepted: more than 0 and at most the round's money */
    int kind;   /* accepted: engineering, service or goods, no longer unsure */
    Str reason; /* refused: 10 to 500 characters, told to the proposer and shown to everybody */
} ProposalDecision;

/* NULL, or an error hung on the field `cost`, `kind` or `reason`; least and most: what a project
 * may cost (0: no least). What does not belong to the
 * decision (a reason beside an acceptance, a price beside a refusal) is not looked at. */
MUST_USE Error *proposal_decision_check(Arena *arena, const ProposalDecision *decision, Money least,
                                        Money most);

/* --- receipts ---------------------------------------------------------------- */

/* "7F3K2-9MQX4-BC6TH": fifteen signs in fives, to be read over the telephone, without look-alikes
 * (no 0 O 1 I L). Thirteen are random (64 bits: nobody finds a proposal by guessing), the last two
 * are check signs: the sum of the values, and the sum of each times its place 1..13, modulo 31. As
 * 31 is prime, any one or two wrong signs and any two exchanged are always noticed. */
#define RECEIPT_RANDOM    13
#define RECEIPT_SIGNS     15
#define RECEIPT_TEXT_SIZE 18
typedef struct Receipt {
    char text[RECEIPT_TEXT_SIZE]; /* with two dashes and NUL */
} Receipt;

/* From random numbers below 31. */
Receipt receipt_make(const uint8_t values[RECEIPT_RANDOM]);
/* The signs as typed by people: either case, spaces and dashes anywhere, full width already
 * narrowed. False when it is not fifteen signs of the alphabet or a check sign is wrong. */
bool receipt_parse(Str typed, Receipt *out);

#endif
