/* decisions_rules.c: see the header. */
#include "features/decisions/decisions_rules.h"

#include "base/utf8.h"
#include "base/vec.h"

/* --- figures ----------------------------------------------------------------- */

/* part/whole >= share, without fractions. */
static bool reaches(int64_t part, int64_t whole, Fraction share)
{
    return part * share.denominator >= whole * share.numerator;
}

static bool is_agreed(int64_t yes, int64_t present, Fraction share)
{
    bool is_half = share.numerator * 2 == share.denominator;
    return present > 0 && (is_half ? yes * share.denominator > present * share.numerator
                                   : reaches(yes, present, share));
}

DecisionOutcome decision_outcome(const DiscussionRule *rule, const DecisionFigures *f)
{
    bool by_area = rule->kind == DISCUSSION_OWNERS;
    bool has_quorum = rule->quorum.denominator == 0 ||
                      (reaches(f->present, f->members, rule->quorum) &&
                       (!by_area || reaches(f->area_present, f->area_members, rule->quorum)));
    if (!has_quorum) {
        return DECISION_NO_QUORUM;
    }
    if (rule->threshold.denominator == 0) {
        return DECISION_RECORDED;
    }
    bool carried = is_agreed(f->yes, f->present, rule->threshold) &&
                   (!by_area || is_agreed(f->area_yes, f->area_present, rule->threshold));
    return carried ? DECISION_CARRIED : DECISION_NOT_CARRIED;
}

static Error *needed(Arena *arena, int64_t figure, const char *field)
{
    return figure > 0 ? NULL : error_at(arena, ERROR_FIELD_MISSING, field, 0);
}

static Error *at_most(Arena *arena, int64_t figure, int64_t most, const char *field)
{
    return figure <= most ? NULL : error_at(arena, ERROR_FIELD_TOO_BIG, field, most);
}

static Error *area_check(Arena *arena, const DecisionFigures *f)
{
    Error *err = needed(arena, f->area_members, "area_members");
    if (!err) {
        err = needed(arena, f->area_present, "area_present");
    }
    if (!err) {
        err = at_most(arena, f->area_present, f->area_members, "area_present");
    }
    return err ? err : at_most(arena, f->area_yes, f->area_present, "area_yes");
}

static Error *votes_check(Arena *arena, const DecisionFigures *f)
{
    Error *err = needed(arena, f->yes + f->no, "yes");
    if (!err) {
        err = at_most(arena, f->yes, f->present, "yes");
    }
    return err ? err : at_most(arena, f->no, f->present - f->yes, "no");
}

Error *decision_figures_check(Arena *arena, const DiscussionRule *rule, const DecisionFigures *f)
{
    bool has_quorum = rule->quorum.denominator > 0;
    Error *err = needed(arena, f->present, "present");
    if (!err && has_quorum) {
        err = needed(arena, f->members, "members");
    }
    if (!err && has_quorum) {
        err = at_most(arena, f->present, f->members, "present");
    }
    if (!err && rule->kind == DISCUSSION_OWNERS) {
        err = area_check(arena, f);
    }
    return err || rule->threshold.denominator == 0 ? err : votes_check(arena, f);
}

bool decision_stands(DiscussionKind kind, DecisionOutcome outcome)
{
    return kind == DISCUSSION_OWNERS ? outcome == DECISION_CARRIED : outcome != DECISION_NO_QUORUM;
}

Str decision_item_step(const DiscussionRule *rule)
{
    return rule->kind == DISCUSSION_OWNERS ? STR(DECISION_STEP_OWNERS) : rule->code;
}

bool decision_may_be_recorded(const DiscussionRule *rule, const DecisionTime *time)
{
    if (time->is_finished) {
        return false;
    }
    if (rule->kind == DISCUSSION_OWNERS || !time->has_decide_stage) {
        return true;
    }
    bool is_decision = str_eq(rule->code, STR(DECISION_STEP_DECIDE));
    return time->decide_is_open || (time->decide_is_ahead && !is_decision);
}

/* --- who was there ----------------------------------------------------------- */

static Error *person_check(Arena *arena, const DecisionPeople *people, Str name, Str office,
                           const char *field)
{
    if (people->count >= DECISION_PEOPLE_MAX) {
        return error_at(arena, ERROR_FIELD_TOO_MANY, field, DECISION_PEOPLE_MAX);
    }
    Error *err = error_length(arena, field, name, 0, DECISION_NAME_MAX);
    return err ? err : error_length(arena, field, office, 0, DECISION_OFFICE_MAX);
}

/* Signs that stand between two things people list. */
static const char *const separators[] = {"、", "，", ",", "；", ";", "\n", "\r"};
static const char *const office_separators[] = {"，", ",", "：", ":", "、", " ", "\t", "　"};

/* Where the first of the signs is, and how long it is; the end when there is none. */
static size_t find_sign(Str text, const char *const *signs, size_t n_signs, size_t *out_len)
{
    for (size_t i = 0; i < text.len; i++) {
        for (size_t k = 0; k < n_signs; k++) {
            Str sign = str_from(signs[k]);
            if (str_starts_with(str_slice(text, i, text.len), sign)) {
                *out_len = sign.len;
                return i;
            }
        }
    }
    *out_len = 0;
    return text.len;
}

static Error *officer_read(Arena *arena, Str line, DecisionPeople *out)
{
    size_t sign = 0;
    size_t at = find_sign(line, office_separators, countof(office_separators), &sign);
    DecisionPerson person = {.name = str_slice(line, 0, at),
                             .office = str_trim(str_slice(line, at + sign, line.len))};
    if (person.office.len == 0) {
        Error *err = error_make(arena, ERROR_DECISION_OFFICE, "no office");
        return error_for_field(error_with(err, 0, line), STR("officers"));
    }
    Error *err = person_check(arena, out, person.name, person.office, "officers");
    if (!err) {
        *vec_push(arena, out) = person;
    }
    return err;
}

Error *decision_officers_read(Arena *arena, Str text, DecisionPeople *out)
{
    Error *err = NULL;
    while (!err && text.len > 0) {
        Str line;
        str_cut(text, '\n', &line, &text);
        line = str_trim(line);
        err = line.len > 0 ? officer_read(arena, line, out) : NULL;
    }
    return err;
}

Error *decision_residents_read(Arena *arena, Str text, DecisionPeople *out)
{
    Error *err = NULL;
    while (!err && text.len > 0) {
        size_t sign = 0;
        size_t at = find_sign(text, separators, countof(separators), &sign);
        Str name = str_trim(str_slice(text, 0, at));
        text = str_slice(text, at + sign, text.len);
        err = name.len > 0 ? person_check(arena, out, name, STR(""), "residents") : NULL;
        if (!err && name.len > 0) {
            *vec_push(arena, out) = (DecisionPerson){.name = name};
        }
    }
    return err;
}
