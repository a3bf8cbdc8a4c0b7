/* screening_duties_rules.h: the responsibility list as a person types or pastes it, and who may ask
 * for another class; pure.
 *
 * One matter a line, the parts divided by a tab (as a spreadsheet gives them), | or ｜:
 *
 *     大事 | 路面破损、路灯不亮 | 区城管局
 *     私事 | 邻里噪音 |
 *
 * Start reading at duties_parse().
 */
#ifndef FEATURES_SCREENING_SCREENING_DUTIES_RULES_H
#define FEATURES_SCREENING_SCREENING_DUTIES_RULES_H

#include "base/clock.h"
#include "features/screening/screening_rules.h"

#define DUTY_LINES_MAX    60
#define DUTY_MATTER_MAX   100 /* characters, as the next */
#define DUTY_BODY_MAX     60
#define DUTY_NOTE_MAX     200
#define REQUEST_WORDS_MIN 10
#define REQUEST_WORDS_MAX 500

/* One line of the list. */
typedef struct Duty {
    MatterClass matter;
    Str words; /* what it is about */
    Str body;  /* who does it; may be empty but for MATTER_PUBLIC */
} Duty;

/* The lines of a text; empty ones are passed over. DUTY_LINE at field `text` with number = the line
 * at fault when its class is none of 大事 小事 私事 (public common private), it has no matter, a
 * public one has nobody who does it, or a part is too long; FIELD_MISSING when there is none,
 * FIELD_TOO_LONG (number DUTY_LINES_MAX) for too many. */
MUST_USE Error *duties_parse(Arena *arena, Str text, Duty *out, size_t *out_count);
/* The text that reads back as the same lines. */
Str duties_write(Arena *arena, const Duty *duties, size_t count);

/* May somebody ask for another class today? Of what was given to a department or to those
 * concerned, within `days` days of the decision (0: never). */
bool reclassify_is_open(Ground ground, Instant decided_at, int days, Instant now);

#endif
