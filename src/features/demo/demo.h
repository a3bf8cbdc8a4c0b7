/* demo.h: fills an installation with the demonstration, and the demonstration's clock.
 *
 * Everything is made by the rooms' own use cases at the time it is said to have happened: the
 * process clock is moved to that moment, so that ids, dates, the journal and the rules agree.
 * Start reading at demo_fill().
 */
#ifndef FEATURES_DEMO_DEMO_H
#define FEATURES_DEMO_DEMO_H

#include "base/buf.h"
#include "platform/feature.h"
#include "platform/http/app.h"

/* Somebody a visitor may sign in as. */
typedef struct DemoSeat {
    bool is_staff;
    Str name;
    Str area;             /* name of the community, street or district */
    Str role_zh, role_en; /* staff */
    int age;              /* residents */
    bool has_phone;
    Str login;  /* staff; empty for residents */
    Str secret; /* staff: password; residents: "1234 5678 9012 3456" */
    Str try_zh; /* what there is to try */
    Str try_en;
} DemoSeat;

typedef struct DemoSeats {
    const DemoSeat *items;
    size_t count;
} DemoSeats;

/* How much of it. */
typedef enum DemoSize {
    DEMO_WHOLE, /* a community in each of the ten stages, and one that a council decides for */
    DEMO_SMALL  /* the first two communities: for tests that open every page */
} DemoSize;

/* Fills a fresh, migrated database from the files in `directory` (their README says how). Day 0 is
 * today by app->clock, which stands as before when this returns; nobody else may use it meanwhile.
 * The same every time but for ids, receipts, codes, passwords and poll keys. Uses app->db, clock,
 * features (their gates), keys_directory, secret and hasher. What *out holds lives in the arena and
 * is shown once: the database keeps hashes.
 * Errors: CONFIGURATION that names file and line; whatever a use case refuses. */
MUST_USE Error *demo_fill(App *app, Arena *arena, const char *directory, DemoSize size,
                          DemoSeats *out);

/* The sheet with who can sign in and what to try, Chinese and English, plain text. */
void demo_sheet(const DemoSeats *seats, Buf *out);

/* Moves app->clock to where /demo/clock left it. */
MUST_USE Error *demo_clock_restore(App *app, Arena *arena);

extern const Feature demo_feature;

#endif
