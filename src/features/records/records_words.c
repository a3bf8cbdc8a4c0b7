/* records_words.c: see the header. */
#include "features/records/records_words.h"

#include "platform/auth/who.h"
#include "platform/journal/journal.h"
#include "records_text.h"

Text act_text(Str act)
{
    Text words = journal_act_text(act);
    return words.key != 0 ? words : t_journal_words(act);
}

bool subject_parse(Str subject, Str *out_kind, int64_t *out_id)
{
    Str id;
    return str_cut(subject, ' ', out_kind, &id) && out_kind->len > 0 && id_parse(id, out_id);
}

typedef struct SubjectPage {
    const char *kind;
    const char *format; /* area, id */
    bool for_staff;
    bool for_managers;
} SubjectPage;

static const SubjectPage subject_pages[] = {
    {"proposal", "/a/%s/proposals/%s", false, false},
    {"round", "/a/%s/rounds/%s", false, false},
    {"poll", "/a/%s/polls/%s", false, false},
    {"publication", "/a/%s/publications/%s", false, false},
    {"objection", "/a/%s/objections/%s/answer", false, true},
    {"person", "/a/%s/people/%s", true, false},
    {"import", "/a/%s/people/imports/%s", false, true},
    {"pledge", "/a/%s/pledges/%s", true, false},
    {"filing", "/a/%s/proposals/%s/filing", false, false},
    {"grant", "/a/%s/staff/%s", true, false},
};

SafeUrl subject_url(Arena *arena, int64_t area, Str subject, const SubjectReader *reader)
{
    Str kind;
    int64_t id;
    if (!subject_parse(subject, &kind, &id)) {
        return (SafeUrl){STR("")};
    }
    for (size_t i = 0; i < countof(subject_pages); i++) {
        const SubjectPage *page = &subject_pages[i];
        bool may_open =
            (!page->for_staff || reader->is_staff) && (!page->for_managers || reader->is_manager);
        if (may_open && str_eq(kind, str_from(page->kind))) {
            Str path = arena_printf(arena, page->format, id_text(area).text, id_text(id).text);
            return url_path(arena, "%s", path.data);
        }
    }
    return (SafeUrl){STR("")};
}

Text role_text(int64_t role)
{
    static const int keys[ROLE_COUNT] = {
        [ROLE_NONE] = TEXT_journal_role_person,
        [ROLE_RESIDENT] = TEXT_journal_role_person,
        [ROLE_GRID_WORKER] = TEXT_journal_role_grid_worker,
        [ROLE_COMMUNITY_WORKER] = TEXT_journal_role_community_worker,
        [ROLE_COMMUNITY_SECRETARY] = TEXT_journal_role_community_secretary,
        [ROLE_STREET_OFFICER] = TEXT_journal_role_street_officer,
        [ROLE_DISTRICT_OFFICER] = TEXT_journal_role_district_officer,
        [ROLE_CITY_OFFICER] = TEXT_journal_role_city_officer,
        [ROLE_SUPERVISOR] = TEXT_journal_role_supervisor,
        [ROLE_AUDITOR] = TEXT_journal_role_auditor,
        [ROLE_ADMINISTRATOR] = TEXT_journal_role_administrator,
    };
    return text_of(role >= 0 && role < ROLE_COUNT ? keys[role] : TEXT_journal_role_person);
}
