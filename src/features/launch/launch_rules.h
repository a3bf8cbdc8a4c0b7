/* launch_rules.h: what a line of the outreach log and a training must be; values in, values out. */
#ifndef FEATURES_LAUNCH_LAUNCH_RULES_H
#define FEATURES_LAUNCH_LAUNCH_RULES_H

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"

/* Limits of what people type, in characters and people. */
#define LAUNCH_PLACE_MIN   2
#define LAUNCH_PLACE_MAX   60
#define LAUNCH_WHO_MAX     40
#define LAUNCH_NOTE_MAX    300
#define LAUNCH_REACHED_MAX 100000

/* How people are told. Stored by number in outreach.channel. */
typedef enum OutreachChannel {
    OUTREACH_POSTER = 1, /* on the notice board */
    OUTREACH_LEAFLET,
    OUTREACH_DOOR,
    OUTREACH_GROUP,   /* a chat group */
    OUTREACH_ACCOUNT, /* a public account or web site */
    OUTREACH_LOUDSPEAKER,
    OUTREACH_STAND,
    OUTREACH_MEETING,
    OUTREACH_PHONE,
    OUTREACH_LETTER,
    OUTREACH_SHOW, /* a small performance */
    OUTREACH_CHANNEL_COUNT
} OutreachChannel;

/* One act of telling. The texts are trimmed by the caller. */
typedef struct OutreachFact {
    int channel; /* OutreachChannel */
    Date told_on;
    Str place;
    int64_t reached; /* people; 0: nobody counted */
    Str by_whom;     /* may be empty */
    Str note;        /* may be empty */
} OutreachFact;

/* NULL, or an error at channel, told_on (CHANGE_DAY_AHEAD: a day to come), place, reached, by_whom
 * or note. */
MUST_USE Error *outreach_check(Arena *arena, const OutreachFact *fact, Date today);

/* How many are still missing of `least`; never below 0. */
int64_t launch_lacks(int64_t least, int64_t have);

/* --- trainings ---------------------------------------------------------------------------------
 */

#define TRAINING_SUBJECT_MIN 2
#define TRAINING_SUBJECT_MAX 60
#define TRAINING_HOURS_MAX   20
#define TRAINING_NAMES_MAX   200 /* who signed in, of one training */
#define TRAINING_NAME_MAX    20  /* characters of a name */
#define TRAINING_TEXT_MAX    6000

/* Stored by number in training.audience. */
typedef enum TrainingAudience {
    TRAINING_RESIDENTS = 1,
    TRAINING_STAFF,
    TRAINING_VOLUNTEERS,
    TRAINING_EVERYBODY
} TrainingAudience;

/* Stored by number in training.state. */
typedef enum TrainingState {
    TRAINING_PLANNED = 1,
    TRAINING_HELD,
    TRAINING_WITHDRAWN
} TrainingState;

/* The texts are trimmed by the caller. */
typedef struct TrainingFact {
    Date held_on; /* planned for, or held on */
    Str hours;    /* 19:00—20:30; may be empty */
    Str subject;
    int audience; /* TrainingAudience */
    Str place;
    Str trainer; /* may be empty */
} TrainingFact;

/* NULL, or an error at subject, audience, place, hours or trainer. */
MUST_USE Error *training_check(Arena *arena, const TrainingFact *fact);
/* Who came to a training: at held_on CHANGE_DAY_AHEAD for a day to come, at present
 * FIELD_TOO_SMALL for nobody, or fewer than `named` have signed in. */
MUST_USE Error *training_held_check(Arena *arena, Date held_on, int64_t present, size_t named,
                                    Date today);
/* Names as written down: one a line, or with 、，, or ; between; spaces and bars taken off, empty
 * ones left out. In the arena. At names FIELD_TOO_MANY over TRAINING_NAMES_MAX, FIELD_TOO_LONG over
 * TRAINING_NAME_MAX characters. */
MUST_USE Error *training_names(Arena *arena, Str text, Str **out, size_t *out_count);

/* --- the calendar as a file ------------------------------------------------------------------- */

/* A day, or days, of a calendar (RFC 5545). */
typedef struct CalendarEvent {
    Str uid; /* the same whenever the file is made again */
    Str summary;
    Str place;  /* may be empty */
    Date first; /* both days are in it */
    Date last;
} CalendarEvent;

/* The text of an .ics file: days only, lines folded at 75 octets between characters. `made_at` is
 * the time stamp of every event. */
Str calendar_text(Arena *arena, Str name, const CalendarEvent *events, size_t count,
                  Instant made_at);

#endif
