/* records_pages.c: the journal of an area as a list, its CSV file, and the check of its chain. */
#include <stdlib.h>

#include "features/records/records.h"
#include "features/records/records_views.h"
#include "features/records/records_words.h"
#include "journal_page_html.h"
#include "platform/html/frame_load.h"
#include "platform/journal/journal.h"
#include "platform/list/list_file.h"
#include "records_sql.h"
#include "records_text.h"

typedef struct JournalRow {
    int64_t id;
    int64_t place; /* in the chain; 0 = not sealed yet */
    Instant at;
    Str who;
    Text what;
    Str reason;
    Text seal;
    Str act;
    Str subject;
} JournalRow;

/* What the list needs beside the area; lives as long as the request. */
typedef struct JournalFilter {
    Str kind; /* of subjects; empty = all */
    Lang lang;
    bool shows_names;
    SubjectReader reader;
} JournalFilter;

/* --- rows ----------------------------------------------------------------------------------- */

static int64_t role_of(const RecordsRolesRows *roles, int64_t person)
{
    size_t low = 0;
    size_t high = roles->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (roles->rows[middle].person_id < person) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    bool is_found = low < roles->count && roles->rows[low].person_id == person;
    return is_found ? roles->rows[low].role : 0;
}

static Str who_words(Arena *arena, const JournalFilter *filter, const RecordsRolesRows *roles,
                     const JournalEntry *entry)
{
    if (entry->actor == 0) {
        return text_str(arena, filter->lang, t_journal_program());
    }
    if (!filter->shows_names) {
        return text_str(arena, filter->lang, role_text(role_of(roles, entry->actor)));
    }
    return entry->actor_name.len > 0 ? entry->actor_name
                                     : text_str(arena, filter->lang, t_journal_nameless());
}

/* Roles are journaled by their code names. */
static Str reason_words(Arena *arena, const JournalFilter *filter, const JournalEntry *entry)
{
    if (!str_starts_with(entry->act, STR("role."))) {
        return entry->reason;
    }
    for (int role = ROLE_NONE + 1; role < ROLE_COUNT; role++) {
        if (str_eq(entry->reason, str_from(role_name((Role)role)))) {
            return text_str(arena, filter->lang, role_text(role));
        }
    }
    return entry->reason;
}

static JournalRow row_of(Arena *arena, const JournalFilter *filter, const RecordsRolesRows *roles,
                         const JournalEntry *entry)
{
    return (JournalRow){.id = entry->id,
                        .place = entry->sequence,
                        .at = entry->at,
                        .who = who_words(arena, filter, roles, entry),
                        .what = act_text(entry->act),
                        .reason = reason_words(arena, filter, entry),
                        .seal = entry->sequence > 0 ? t_journal_sealed() : t_journal_not_sealed(),
                        .act = entry->act,
                        .subject = entry->subject};
}

static Error *fetch_newest(Snapshot *snapshot, const ListQuery *query, ListRows *out)
{
    const JournalFilter *filter = query->filter;
    Arena *arena = snapshot_arena(snapshot);
    RecordsRolesRows roles = {0};
    JournalEntry *entries;
    size_t count;
    int64_t before = query->after.is_set ? query->after.id : 0;
    Error *err = journal_list_kind(snapshot, query->area, filter->kind, before, (int)query->limit,
                                   &entries, &count);
    if (!err && !filter->shows_names) {
        err = sql_records_roles(snapshot, query->area, &roles);
    }
    if (err) {
        return err;
    }
    JournalRow *rows = arena_array(arena, JournalRow, count);
    for (size_t i = 0; i < count; i++) {
        rows[i] = row_of(arena, filter, &roles, &entries[i]);
    }
    *out = (ListRows){.rows = rows, .count = count};
    return NULL;
}

static SafeUrl row_link(Arena *arena, const ListQuery *query, const void *row)
{
    const JournalFilter *filter = query->filter;
    const JournalRow *entry = row;
    return subject_url(arena, query->area, entry->subject, &filter->reader);
}

static const ListColumn columns[] = {
    {LIST_COLUMN(JournalRow, place, COLUMN_INT, TEXT_journal_column_place)},
    {LIST_COLUMN(JournalRow, at, COLUMN_TIME, TEXT_journal_column_at)},
    {LIST_COLUMN(JournalRow, who, COLUMN_STR, TEXT_journal_column_who), .flags = COLUMN_SHORT},
    {LIST_COLUMN(JournalRow, what, COLUMN_TEXT, TEXT_journal_column_what), .flags = COLUMN_HEAD},
    {LIST_COLUMN(JournalRow, reason, COLUMN_STR, TEXT_journal_column_reason)},
    {LIST_COLUMN(JournalRow, seal, COLUMN_TEXT, TEXT_journal_column_seal), .flags = COLUMN_SHORT},
    {LIST_COLUMN(JournalRow, act, COLUMN_STR, TEXT_journal_column_act), .flags = COLUMN_CSV_ONLY},
    {LIST_COLUMN(JournalRow, subject, COLUMN_STR, TEXT_journal_column_subject),
     .flags = COLUMN_CSV_ONLY},
};

static const ListOrder orders[] = {
    {.name = "newest",
     .label = TEXT_journal_newest,
     .key_kind = COLUMN_ID,
     .key_offset = offsetof(JournalRow, id),
     .is_descending = true,
     .fetch = fetch_newest},
};

static const ListTable journal_table = {
    .name = "journal",
    .caption = TEXT_journal_caption,
    .columns = columns,
    .n_columns = countof(columns),
    .orders = orders,
    .n_orders = countof(orders),
    .row_size = sizeof(JournalRow),
    .id_offset = offsetof(JournalRow, id),
    .link = row_link,
    .empty_title = TEXT_journal_empty,
    .empty_text = TEXT_journal_empty_text,
    .has_csv = true,
};

/* --- kinds of subjects ---------------------------------------------------------------------- */

typedef struct Kind {
    const char *name;
    int label; /* TEXT_ number */
} Kind;

static const Kind kinds[] = {
    {"", TEXT_journal_filter_all},
    {"proposal", TEXT_journal_kind_proposal},
    {"round", TEXT_journal_kind_round},
    {"poll", TEXT_journal_kind_poll},
    {"publication", TEXT_journal_kind_publication},
    {"objection", TEXT_journal_kind_objection},
    {"person", TEXT_journal_kind_person},
    {"import", TEXT_journal_kind_import},
    {"grant", TEXT_journal_kind_grant},
    {"area", TEXT_journal_kind_area},
};

/* The kind as one of the list, empty for any other words. */
static Str known_kind(Str typed)
{
    for (size_t i = 0; i < countof(kinds); i++) {
        if (str_eq(typed, str_from(kinds[i].name))) {
            return str_from(kinds[i].name);
        }
    }
    return STR("");
}

static void fill_kinds(Page *page, Str chosen, JournalView *view)
{
    KindOption *options = arena_array(page->arena, KindOption, countof(kinds));
    for (size_t i = 0; i < countof(kinds); i++) {
        options[i] = (KindOption){.value = kinds[i].name,
                                  .label = text_of(kinds[i].label),
                                  .is_chosen = str_eq(chosen, str_from(kinds[i].name))};
    }
    view->kinds = options;
    view->n_kinds = countof(kinds);
}

/* --- the chain ------------------------------------------------------------------------------ */

/* In groups of eight digits, to be read aloud and copied. */
static Str hex(Arena *arena, const Hash32 *hash)
{
    static const char digits[] = "0123456789abcdef";
    char text[2 * sizeof(hash->bytes) + sizeof(hash->bytes) / 4];
    size_t at = 0;
    for (size_t i = 0; i < sizeof(hash->bytes); i++) {
        if (i > 0 && i % 4 == 0) {
            text[at++] = ' ';
        }
        text[at++] = digits[hash->bytes[i] >> 4];
        text[at++] = digits[hash->bytes[i] & 15];
    }
    return arena_str(arena, str_from_bytes(text, at));
}

static Error *verify(Page *page, Snapshot *s, VerifyView *view)
{
    JournalReport report;
    Error *err = journal_verify(s, page->area, &report);
    if (err) {
        return err;
    }
    view->is_asked = true;
    view->waiting = report.waiting;
    if (report.broken > 0) {
        view->kind = NOTE_LATE;
        view->sentence = t_journal_verify_broken(report.broken);
    } else if (report.sealed == 0) {
        view->kind = NOTE_INFO;
        view->sentence = t_journal_verify_empty();
    } else {
        view->kind = NOTE_GO;
        view->sentence = t_journal_verify_whole(report.sealed);
        view->head = hex(page->arena, &report.head);
    }
    return NULL;
}

/* --- the page ------------------------------------------------------------------------------- */

static Error *page_journal(Page *page, Snapshot *s)
{
    JournalFilter *filter = arena_new(page->arena, JournalFilter);
    *filter = (JournalFilter){
        .kind = known_kind(page_query(page, "kind")),
        .lang = page->lang,
        .shows_names = policy_check(POLICY_STAFF, &page->who) == VERDICT_ALLOW,
        .reader = {.is_staff = policy_check(POLICY_STAFF, &page->who) == VERDICT_ALLOW,
                   .is_manager = policy_check(POLICY_MANAGE, &page->who) == VERDICT_ALLOW}};
    ListRequest request = {.arena = page->arena,
                           .path = page->path,
                           .query = &page->query,
                           .area = page->area,
                           .filter = filter};
    if (list_format(&journal_table, &request) != LIST_PAGE) {
        return list_file(page, s, &journal_table, &request, "journal");
    }
    ListView *list = arena_new(page->arena, ListView);
    JournalView view = {.frame = page_frame(page, t_journal_title(), FRAME_TAB_NONE), .list = list};
    Error *err = list_load(s, &journal_table, &request, list);
    if (!err && str_eq(page_query(page, "verify"), STR("1"))) {
        err = verify(page, s, &view.verify);
    }
    if (err) {
        return err;
    }
    view.action = page_path(page, "/a/{area}/journal", 0);
    view.verify_link = page_path(page, "/a/{area}/journal?verify=1", 0);
    fill_kinds(page, filter->kind, &view);
    Out out = page_out(page);
    journal_desk_page(&out, &view);
    return NULL;
}

static const Route routes[] = {
    ROUTE_GET("/a/{area}/journal", POLICY_SEE_JOURNAL, page_journal),
};

static const NavItem nav[] = {
    {TEXT_journal_nav, "/a/{area}/journal", POLICY_SEE_JOURNAL, .rank = 90},
};

const Feature records_feature = {
    .name = "records",
    .routes = routes,
    .n_routes = countof(routes),
    .nav = nav,
    .n_nav = countof(nav),
};
