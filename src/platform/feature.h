/* feature.h: what a room tells the rest of the program: one const row.
 *
 * main lists the rows (main/features.c); the router, the job runner, the workbench and the page
 * walk of the tests iterate over them, so no room knows another's insides.
 */
#ifndef PLATFORM_FEATURE_H
#define PLATFORM_FEATURE_H

#include "platform/db/db.h"
#include "platform/http/http.h"
#include "platform/text/text.h"

/* Something that waits for a person: shown on the workbench, late ones first. */
typedef struct DueItem {
    Text what;
    Text detail;
    Str owner_name;
    Instant due_at; /* 0 = no date */
    SafeUrl link;
    Text verb; /* the button: 写答复 */
} DueItem;

typedef struct DueItems {
    DueItem *items;
    size_t count;
    size_t capacity;
} DueItems;

/* Something of the person's own, wherever it is: shown on their page, newest first. */
typedef struct MineItem {
    Text what;
    Text state;
    Instant at;
    SafeUrl link;
} MineItem;

typedef struct MineItems {
    MineItem *items;
    size_t count;
    size_t capacity;
} MineItems;

/* At most so many of each room. */
#define MINE_OF_A_ROOM 20

/* A condition to leave a stage, as the round console shows it. */
typedef enum GateState { GATE_MET, GATE_WAITING, GATE_UNMET } GateState;
typedef struct GateReport {
    GateState state;
    Text claim;   /* 每条异议都有答复 */
    Text detail;  /* 共 3 条，已答复 2 条，还差 1 条 */
    SafeUrl link; /* to the thing; empty when there is none */
    Text link_text;
    Instant opens_at; /* WAITING: when it will be met by itself */
} GateReport;

typedef struct Gate {
    const char *name; /* as stage data names it: "poll_closed" */
    /* One set-based reading for the round; fills *out. */
    Error *(*check)(Snapshot *snapshot, int64_t area, int64_t round, int64_t stage,
                    GateReport *out);
} Gate;

typedef struct Job {
    const char *name;
    int every_seconds;
    bool is_slow; /* waits for others: has a thread apart, so that the quick ones go on */
    /* Runs under a lease, so that one process does it at a time; opens its own transactions. */
    Error *(*run)(App *app, Arena *arena);
} Job;

#define NAV_SETUP 100

typedef struct NavItem {
    int label;        /* TEXT_ number */
    const char *path; /* "/a/{area}/proposals" */
    Policy policy;
    int rank; /* lower stands higher in the menu; equal ones in the order of the rooms; from
                 NAV_SETUP on under the heading 设置 */
} NavItem;

typedef struct Feature {
    const char *name; /* the folder's */
    const Route *routes;
    size_t n_routes;
    const Gate *gates;
    size_t n_gates;
    const Job *jobs;
    size_t n_jobs;
    /* Adds what is due in the area for this person; one query. NULL when the room has none. */
    Error *(*due)(Snapshot *snapshot, Arena *arena, int64_t area, const Who *who, DueItems *out);
    /* Adds what is this person's own, the newest MINE_OF_A_ROOM; one query. NULL for none. */
    Error *(*mine)(Snapshot *snapshot, Arena *arena, int64_t person, MineItems *out);
    /* Everything the room holds about a person, as JSON members appended to *out (person_data.h).
     */
    Error *(*export_person)(Snapshot *snapshot, int64_t person, Buf *out);
    /* Takes the person out of the room's own tables. */
    Error *(*erase_person)(Tx *tx, int64_t person, Instant now);
    const NavItem *nav; /* entries of the staff menu */
    size_t n_nav;
} Feature;

/* In main/features.c. */
extern const Feature *const features[];
extern const size_t feature_count;

#endif
