#include "features/screening/screening_rules.h"

MatterClass matter_class(Ground ground)
{
    if (ground == GROUND_DEPARTMENT) {
        return MATTER_PUBLIC;
    }
    return ground == GROUND_PRIVATE ? MATTER_PRIVATE : MATTER_COMMON;
}

bool findings_agree(const Finding *a, const Finding *b)
{
    return a->ground == b->ground && a->cited_no == b->cited_no && a->cited_list == b->cited_list &&
           a->cited_area == b->cited_area;
}

Error *finding_check(Arena *arena, const Finding *finding, size_t n_clauses, bool must_explain)
{
    if (finding->ground < GROUND_PASSES || finding->ground > GROUND_OTHER) {
        return error_at(arena, ERROR_FIELD_MISSING, "decision", 0);
    }
    bool is_known = finding->cited_no >= 1 && finding->cited_no <= (int64_t)n_clauses;
    if (finding->ground == GROUND_CLAUSE && !is_known) {
        return error_at(arena, ERROR_FIELD_NOT_CHOICE, "decision", 0);
    }
    bool is_needed = must_explain || finding->ground != GROUND_PASSES;
    return error_length(arena, "reason", finding->reason, is_needed ? SCREENING_REASON_MIN : 0,
                        SCREENING_REASON_MAX);
}

static ScreeningStep settled(bool is_secretary)
{
    return (ScreeningStep){.state = is_secretary ? SCREENING_DECIDED : SCREENING_DISPUTED,
                           .is_allowed = is_secretary,
                           .settles = is_secretary,
                           .n_readers = 1};
}

ScreeningStep screening_step(const ScreeningFact *so_far, bool two_readers, int64_t reader,
                             bool is_secretary, const Finding *finding)
{
    ScreeningStep step = {.is_allowed = true, .n_readers = 1};
    if (!two_readers) {
        step.state = SCREENING_DECIDED;
        step.starts_anew = true;
    } else if (so_far->state == SCREENING_DISPUTED) {
        step = settled(is_secretary);
    } else if (so_far->state == SCREENING_WAITS && so_far->first.reader == reader) {
        step.state = SCREENING_WAITS;
        step.replaces_own = true;
    } else if (so_far->state == SCREENING_WAITS) {
        bool agrees = findings_agree(&so_far->first.finding, finding);
        step.state = agrees ? SCREENING_DECIDED : SCREENING_DISPUTED;
        step.n_readers = 2;
    } else {
        step.state = SCREENING_WAITS;
        step.starts_anew = true;
    }
    return step;
}
