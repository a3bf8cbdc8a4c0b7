/* publicity_rules.c: see the header. */
#include "features/publicity/publicity_rules.h"

#include "base/utf8.h"

Instant publication_end(const HolidayTable *holidays, Instant published_at, int working_days)
{
    int days = working_days > 0 ? working_days : PUBLICATION_DEFAULT_WORKING_DAYS;
    return working_period_end(holidays, published_at, days);
}

bool publication_takes_objections(Instant published_at, Instant ends_at, Instant now)
{
    return now.ms >= published_at.ms && now.ms < ends_at.ms;
}

Instant objection_due_at(const HolidayTable *holidays, Instant objected_at, int working_days)
{
    return working_period_end(holidays, objected_at, working_days);
}

PublicationSubject publication_subject(Str notice, const PublicationRound *round)
{
    if (str_eq(notice, STR(NOTICE_PURCHASE))) {
        return PUBLICATION_PURCHASE;
    }
    if (str_eq(notice, STR(NOTICE_DECISION))) {
        return PUBLICATION_DECISION;
    }
    if (round->works_begun) {
        return PUBLICATION_OUTCOME;
    }
    return round->has_decide && !round->has_vote ? PUBLICATION_DECISION : PUBLICATION_BALLOT;
}

PublicationWhen publication_when_of_stage(StageState stage, bool is_finished)
{
    if (stage == STAGE_OPEN && !is_finished) {
        return PUBLICATION_NOW;
    }
    return stage == STAGE_NOT_YET && !is_finished ? PUBLICATION_LATER : PUBLICATION_PAST;
}

PublicationWhen publication_when_alone(PublicationSubject subject, const PublicationRound *round,
                                       bool is_finished, int64_t n_published, int64_t n_to_show)
{
    if (is_finished) {
        return PUBLICATION_PAST;
    }
    if (subject != PUBLICATION_PURCHASE) {
        return n_published > 0 ? PUBLICATION_PAST
               : n_to_show > 0 ? PUBLICATION_NOW
                               : PUBLICATION_LATER;
    }
    bool says_none = n_to_show == 0 && n_published == 0 && round->works_over;
    if (n_to_show > 0 || says_none) {
        return PUBLICATION_NOW;
    }
    return round->works_over ? PUBLICATION_PAST : PUBLICATION_LATER;
}

Error *publicity_check_length(Arena *arena, Str text, int64_t min, int64_t max, Str field)
{
    return error_length(arena, field.data, str_trim(text), min, max);
}
