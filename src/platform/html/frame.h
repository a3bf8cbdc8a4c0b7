/* frame.h: what stands around every page, as view structs for frame.html and parts.html.
 *
 * A page fills a Frame once and writes itself between two calls:
 *
 *     {{ call frame_begin(&v->frame) }} <section class="page"> ... {{ call frame_end(&v->frame) }}
 *
 *   frame_*   residents: app bar, help block, tab bar
 *   focus_*   one act that needs the whole screen (the ballot): the page brings its own header
 *   plain_*   sign-in and errors: app bar and help only
 *   desk_*    staff: top bar with path and person, menu on the left
 *   paper_*   printed sheets: a bar that is not printed, then the page's <article class="sheet">
 *
 * All but focus_* open and close <main id="main">; each page has exactly one <h1> inside it.
 * Fields left zero are left out of the page. Strings and arrays belong to the caller.
 * Start reading at Frame; the small parts (icon, chip, way, gate, ...) follow it.
 */
#ifndef PLATFORM_HTML_FRAME_H
#define PLATFORM_HTML_FRAME_H

#include "platform/html/asset.h"
#include "platform/html/out.h"

/* The tab that is lit; FRAME_TAB_NONE shows the bar with none lit. */
typedef enum FrameTab {
    FRAME_TAB_NONE,
    FRAME_TAB_HOME,
    FRAME_TAB_PROPOSALS,
    FRAME_TAB_VOTE,
    FRAME_TAB_MINE
} FrameTab;

/* One line of the staff menu. */
typedef struct FrameNav {
    Text group; /* heading above this line, or empty */
    Text label;
    SafeUrl link;
    bool is_here;
    int late;    /* things late: the only count in red */
    int waiting; /* things open but not late */
} FrameNav;

typedef struct Frame {
    Lang lang;
    bool is_care;
    bool is_dark; /* residents only; ignored at the desk */

    Str title;    /* of the page, for <title> and, with a back link, for the app bar */
    Str subtitle; /* small line in the app bar under the title; area_path stands there when empty */
    Text notice;  /* said once after an act: "存好了" */

    Str area_name; /* 桂竹社区 */
    Str area_path; /* 青梧区·听雨街道; at the desk 青梧区 / 听雨街道 */
    Str phone;     /* as printed: 8000 0126 */
    SafeUrl phone_link;
    Str address;
    Str hours;

    SafeUrl back; /* replaces the mark in the app bar; on paper the way back */
    FrameTab tab;
    bool has_tabs; /* off where a .stick bar holds the one act of the page */
    SafeUrl home, proposals, vote, mine;

    SafeUrl care_link;     /* turns care mode on or off and comes back here */
    SafeUrl language_link; /* to the other language */
    SafeUrl dark_link;
    SafeUrl demo_clock; /* only in the demonstration: where its clock is moved */

    SafeUrl desk;    /* residents' frames: the way back for staff, else empty */
    Str who_name;    /* desk: 沈岚·社区工作者 */
    bool has_news;   /* a notice they have not read */
    SafeUrl notices; /* desk: the way to what they were told */
    SafeUrl sign_out;
    Str sign_out_token; /* then sign_out is a POST; otherwise it is a link */
    const FrameNav *nav;
    size_t n_nav;
} Frame;

/* ---- parts ---- */

/* The drawing of an icon: the d of one path on a grid of 24. Names: back next tick cross minus plus
 * clock warn dot ring phone home pen table ballot person download upload print lock search. Panics
 * for another name: icons are named by templates, not by data. */
const char *icon_path(const char *name);

/* A state in a shape and a word. */
typedef enum ChipKind {
    CHIP_NOW,  /* running */
    CHIP_GO,   /* done, chosen */
    CHIP_DUE,  /* soon */
    CHIP_LATE, /* late, refused */
    CHIP_DEEP, /* late and passed up to the street */
    CHIP_INFO, /* passed on, merged */
    CHIP_OPEN, /* not begun */
    CHIP_NOT   /* not chosen */
} ChipKind;
const char *chip_class(ChipKind kind);
const char *chip_icon(ChipKind kind);

/* A block of explanation: done, soon, failed, why we ask. */
typedef enum NoteKind { NOTE_GO, NOTE_DUE, NOTE_LATE, NOTE_INFO } NoteKind;
const char *note_class(NoteKind kind);

typedef enum WayState { WAY_DONE, WAY_HERE, WAY_FUTURE, WAY_WAIVED } WayState;

/* One stage of a round. */
typedef struct WayStage {
    Str name;
    Str when; /* way_when(), or empty */
    Text say; /* one short line, or empty; the reason when waived */
    WayState state;
} WayStage;

typedef struct Way {
    const WayStage *stages;
    size_t count;
    bool is_short; /* care: the stage before, this one, the next, and a link to all */
    SafeUrl all;
} Way;

/* True when the short form shows stage i: within one of the current stage (of the last when all are
 * done). The long form shows all. */
bool way_shows(const Way *way, size_t i);
const char *way_class(WayState state);
/* The number of the current stage, 1 ..; 0 when none is current. */
size_t way_here(const Way *way);
/* "3月8日—28日", "3月29日—4月4日", "4月17日"; English "8–28 Mar". Empty for two DATE_NONE; one of
 * them gives that day alone. */
Str way_when(Arena *arena, Lang lang, Date from, Date to);

/* A part of a bar, in thousandths of its length. */
typedef struct BarPart {
    int permille;
    Str label; /* legend: 服务 115,200; empty shows no legend line */
} BarPart;

typedef struct Bar {
    const BarPart *parts; /* at most four, drawn brand, info, wood, edge */
    size_t count;
    Str says; /* the figures in words, for ears */
    bool is_thin;
} Bar;
/* "34.6%": the sum of the parts before i, and the length of part i, for SVG attributes. */
Str bar_start(Arena *arena, const Bar *bar, size_t i);
Str bar_width(Arena *arena, const Bar *bar, size_t i);
const char *bar_class(size_t i);

/* A condition of a stage (see GateReport in platform/feature.h, whose states are these). */
typedef enum GateSign {
    GATE_SIGN_MET,
    GATE_SIGN_WAITING,
    GATE_SIGN_UNMET,
    GATE_SIGN_BY_HAND
} GateSign;
const char *gate_class(GateSign sign);
const char *gate_icon(GateSign sign);

#endif
