/* round_rules.h: everything a programme decides about its rounds, as data: stages, who may take
 * part, kinds, caps, clauses, ballot, publications, deadlines.
 *
 * One text says it, in a template (templates/first.ini explains every key), in a programme that is
 * being drafted, and in the frozen edition a round was made from:
 *
 *     [people]
 *     minimum_age = 15
 *     [stage 1]
 *     kind = collect
 *     name = 项目征集
 *     days = 21
 *     leave = proposals_decided
 *
 * Which sections and keys there are is the schema in rules_schema.c and nowhere else.
 * Start reading at RoundRules; rooms get theirs from programmes_round_rules() in programmes.h.
 */
#ifndef FEATURES_PROGRAMMES_ROUND_RULES_H
#define FEATURES_PROGRAMMES_ROUND_RULES_H

#include "base/error.h"
#include "base/money.h"
#include "features/programmes/programmes_rules.h"
#include "tally/tally.h"

#define RULES_MAX_STAGES      30
#define RULES_MAX_KINDS       12
#define RULES_MAX_SUBJECTS    12
#define RULES_MAX_GROUPS      8
#define RULES_MAX_CLAUSES     30
#define RULES_MAX_NOTICES     8
#define RULES_MAX_DISCUSSIONS 12
#define RULES_MAX_QUESTIONS   5
#define RULES_MAX_DAYS        1000
#define RULES_TEXT_BYTES      (64 * 1024)

/* 工程类: the number is what proposals store, 1 for [kind 1] and so on. */
typedef struct KindRule {
    Str code; /* "engineering"; stable, for files */
    Str name;
    Str name_en;
    Money project_maximum; /* 0: only the one of all projects */
    Money total;           /* of all projects of the kind together; 0: no cap */
    int places;            /* on the ballot; 0: no limit */
} KindRule;

/* 便民利民: what a project is about, apart from its form. */
typedef struct SubjectRule {
    Str code;
    Str name;
    Str name_en;
} SubjectRule;

/* A share of the money for a group of residents (children, elderly). */
typedef struct GroupRule {
    Str code;
    Str name;
    Str name_en;
    int percent;
} GroupRule;

/* Why a proposal cannot be taken: screening cites the number, 1 for [clause 1] and so on. */
typedef struct ClauseRule {
    Str words;
    Str words_en;
} ClauseRule;

/* One publication of a round: of the decision, the purchase, the result. */
typedef struct NoticeRule {
    Str code; /* "result" */
    Str name;
    Str name_en;
    int working_days;
    bool takes_objections;
    bool is_required; /* the round cannot close without it (三公开) */
} NoticeRule;

/* What a finished project is rated on, from 1 to 5. */
typedef struct QuestionRule {
    Str words;
    Str words_en;
    int weight; /* 1 to 100, against the other questions */
} QuestionRule;

typedef enum BallotKind {
    BALLOT_APPROVAL = 1, /* up to max_choices projects */
    BALLOT_BUDGET,       /* approval, together within the budget (knapsack) */
    BALLOT_RANKED,       /* the first max_choices in order */
    BALLOT_POINTS,       /* `points` to give to projects */
    BALLOT_SCORES        /* 0 to `points` for each project */
} BallotKind;

typedef struct StagePlan {
    StageKind kind;
    Str name;
    Str name_en;
    StageSpan span;
    Str enter;     /* names of gates to enter, separated by spaces */
    Str leave;     /* names of gates to leave */
    unsigned acts; /* who works in it, 1u << Role; 0: the community's workers and secretary */
    Str notice;    /* code of the notice a publish stage publishes, or empty */
} StagePlan;

typedef struct RoundRules {
    /* [template] */
    Str title;
    Str title_en;
    Str summary;
    Str summary_en;
    Str basis; /* the document it rests on: 深府办函〔2015〕140号 */

    /* [launch] before it ends */
    int outreach_channels; /* people were told by so many channels */
    int trainings;         /* so many trainings were held */

    /* [people] who may take part */
    int minimum_age;
    int maximum_age;      /* 0: none */
    unsigned residencies; /* 1u << Residency (people_rules.h) for each */

    /* [proposals] */
    int per_resident;               /* proposals of one person in a round; 0: no limit */
    bool two_readers;               /* a screening needs two people */
    int refusal_reply_working_days; /* after the refusal */
    int reclassify_days;            /* to ask for another class once; 0: cannot be asked */
    unsigned channels;              /* 1u << ProposalChannel for each */

    /* [money] */
    Money budget;          /* of a round, as the form suggests it; 0: none */
    Money project_minimum; /* 0: none, as the next */
    Money project_maximum;
    int quotes;                  /* a price needs so many, or another basis */
    Money second_signature_from; /* an estimate from here on is signed twice; 0: only outliers */
    int outlier_percent;         /* away from the usual price: flagged, signed twice; 0: never */
    Money purchase_threshold;    /* similar purchases of a year above it warn; 0: never */
    unsigned pledges;            /* 1u << PledgeForm for each; 0: no pledges */

    /* [ballot] */
    BallotKind ballot;
    int max_choices;
    int points;
    Str rule; /* words of tally.h, as the next */
    Str utility;
    Str completion;
    Str ties;
    Str zero_support;
    Str misfit;

    /* [shortlist] */
    int table_top;  /* projects a table presents */
    int candidates; /* at most so many on the ballot; 0: no limit */
    bool hall_vote; /* the hall votes in any case; else when the tables present more than that */

    /* [deadlines] in working days */
    int objection_answer_working_days;
    int review_working_days; /* of a filing, by the street */

    /* [evaluation] */
    int self_percent;    /* of the star rating: self-assessment; the rest is the residents' */
    int rating_at_least; /* raters below which no stars are shown */

    KindRule kinds[RULES_MAX_KINDS];
    size_t n_kinds;
    SubjectRule subjects[RULES_MAX_SUBJECTS];
    size_t n_subjects;
    GroupRule groups[RULES_MAX_GROUPS];
    size_t n_groups;
    ClauseRule clauses[RULES_MAX_CLAUSES];
    size_t n_clauses;
    NoticeRule notices[RULES_MAX_NOTICES];
    size_t n_notices;
    DiscussionRule discussions[RULES_MAX_DISCUSSIONS];
    size_t n_discussions;
    QuestionRule questions[RULES_MAX_QUESTIONS]; /* none: one, how it is on the whole */
    size_t n_questions;
    StagePlan stages[RULES_MAX_STAGES];
    size_t n_stages;
} RoundRules;

/* What holds where a text says nothing. */
RoundRules rules_default(void);
/* Reads and checks a text. Texts of *out live in the arena. CONFIGURATION with number = the line at
 * fault and word = "NAME:12: what is wrong"; what a section lacks is told at its heading. */
MUST_USE Error *rules_read(Arena *arena, Str name, Str text, RoundRules *out);
/* The text that reads back as the same rules; what holds anyhow is left out. */
Str rules_write(Arena *arena, const RoundRules *rules);
/* A section of a text: "people" 0, "stage" 3. */
typedef struct RulePlace {
    const char *section;
    size_t no; /* 0: not numbered */
} RulePlace;

/* What no single line can be blamed for: NULL, or what is wrong and in which section. */
const char *rules_mistake(const RoundRules *rules, RulePlace *out_place);

/* True when polls can take the ballots of the rules: ticks and nothing else; rules_mistake() sees
 * to it that they can be counted. Rules without a vote stage need no ballots. */
bool rules_ballots_are_taken(const RoundRules *rules);

/* The options for tally_run. Whoever counts decides the unit of `increment`. */
TallyOptions rules_tally(const RoundRules *rules);
TallyBallotKind rules_tally_ballots(const RoundRules *rules);
/* NULL when the number or code names none. */
const KindRule *rules_kind(const RoundRules *rules, int64_t number);
const NoticeRule *rules_notice(const RoundRules *rules, Str code);
/* The discussion of that code as it holds on a day: the newest that holds by then. NULL: none. */
const DiscussionRule *rules_discussion(const RoundRules *rules, Str code, Date on);
/* The most one project of that kind may cost; 0: no limit. */
Money rules_project_maximum(const RoundRules *rules, int64_t kind);
/* The English words when they are wanted and there are some, else the Chinese. */
Str rules_say(bool is_english, Str zh, Str en);

#endif
