/* replies_lists.c: the queue and the public answers as files to take home. */
#include "features/people/people.h"
#include "features/replies/replies_pages.h"
#include "replies_text.h"

static const Choice kinds[] = {
    {"refused", REPLY_REFUSED, TEXT_reply_kind_refused},
    {"merged", REPLY_MERGED, TEXT_reply_kind_merged},
    {"lost", REPLY_LOST, TEXT_reply_kind_lost},
    {"left_out", REPLY_LEFT_OUT, TEXT_reply_kind_left_out},
    {"not_carried", REPLY_NOT_CARRIED, TEXT_reply_kind_not_carried},
    {"not_shortlisted", REPLY_NOT_SHORTLISTED, TEXT_reply_kind_not_shortlisted},
};

static const Choice states[] = {
    {"missing", 1, TEXT_reply_state_missing},
    {"written", 2, TEXT_reply_state_written},
    {"done", 3, TEXT_reply_state_done},
};

static int64_t after_of(const ListQuery *query)
{
    return query->after.is_set ? query->after.id : 0;
}

/* --- the queue, for staff ------------------------------------------------------------------- */

static Error *fetch_queue(Snapshot *s, const ListQuery *query, ListRows *out)
{
    const ReplyQueueFilter *filter = query->filter;
    ReplyListRows rows;
    Error *err = sql_reply_list(s, query->area, query->parent, 0, filter->channel, filter->state,
                                after_of(query), query->limit, &rows);
    *out = err ? (ListRows){0} : (ListRows){rows.rows, rows.count};
    return err;
}

static const ListColumn queue_columns[] = {
    {LIST_COLUMN(ReplyListRow, title, COLUMN_STR, TEXT_reply_column_proposal),
     .flags = COLUMN_HEAD},
    {LIST_COLUMN(ReplyListRow, kind, COLUMN_CHOICE, TEXT_reply_column_kind), .choices = kinds,
     .n_choices = countof(kinds)},
    {LIST_COLUMN(ReplyListRow, proposer, COLUMN_STR, TEXT_reply_who)},
    {LIST_COLUMN(ReplyListRow, channel, COLUMN_CHOICE, TEXT_reply_came_by),
     .choices = proposal_channels, .n_choices = countof(proposal_channels)},
    {LIST_COLUMN(ReplyListRow, decided_at, COLUMN_TIME, TEXT_reply_column_decided)},
    {LIST_COLUMN(ReplyListRow, state, COLUMN_CHOICE, TEXT_reply_column_state), .choices = states,
     .n_choices = countof(states)},
    {LIST_COLUMN(ReplyListRow, way, COLUMN_CHOICE, TEXT_reply_way), .choices = reply_ways,
     .n_choices = REPLY_WAYS},
    {LIST_COLUMN(ReplyListRow, sent_at, COLUMN_TIME, TEXT_reply_column_delivered)},
    {LIST_COLUMN(ReplyListRow, deliverer, COLUMN_STR, TEXT_reply_deliverer)},
};

static const ListOrder queue_orders[] = {
    {.name = "id",
     .label = TEXT_reply_column_proposal,
     .key_kind = COLUMN_ID,
     .key_offset = offsetof(ReplyListRow, proposal_id),
     .fetch = fetch_queue},
};

const ListTable reply_queue_table = {
    .name = "replies",
    .caption = TEXT_reply_queue_title,
    .columns = queue_columns,
    .n_columns = countof(queue_columns),
    .orders = queue_orders,
    .n_orders = countof(queue_orders),
    .row_size = sizeof(ReplyListRow),
    .id_offset = offsetof(ReplyListRow, proposal_id),
    .has_csv = true,
};

/* --- the answers, for everybody -------------------------------------------------------------- */

/* What anybody may read: of the proposer no more than the surname. */
typedef struct PublicRow {
    int64_t proposal;
    Str title;
    int64_t kind;
    Text who;
    Str words;
    Instant delivered_at;
} PublicRow;

Text reply_public_who(Str proposer_name, Str person_name)
{
    Str surname = people_surname(proposer_name.len > 0 ? proposer_name : person_name);
    return surname.len > 0 ? t_reply_neighbour(surname) : t_reply_neighbour_unnamed();
}

static Error *fetch_public(Snapshot *s, const ListQuery *query, ListRows *out)
{
    ReplyPublicRows rows;
    Error *err =
        sql_reply_public(s, query->area, query->parent, after_of(query), query->limit, &rows);
    if (err) {
        return err;
    }
    PublicRow *shown = arena_array(snapshot_arena(s), PublicRow, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const ReplyPublicRow *row = &rows.rows[i];
        shown[i] = (PublicRow){.proposal = row->proposal_id,
                               .title = row->title,
                               .kind = row->kind,
                               .who = reply_public_who(row->proposer_name, row->person_name),
                               .words = row->words,
                               .delivered_at = row->delivered_at};
    }
    *out = (ListRows){shown, rows.count};
    return NULL;
}

static const ListColumn public_columns[] = {
    {LIST_COLUMN(PublicRow, title, COLUMN_STR, TEXT_reply_column_proposal), .flags = COLUMN_HEAD},
    {LIST_COLUMN(PublicRow, kind, COLUMN_CHOICE, TEXT_reply_column_kind), .choices = kinds,
     .n_choices = countof(kinds)},
    {LIST_COLUMN(PublicRow, who, COLUMN_TEXT, TEXT_reply_who)},
    {LIST_COLUMN(PublicRow, words, COLUMN_STR, TEXT_reply_words)},
    {LIST_COLUMN(PublicRow, delivered_at, COLUMN_TIME, TEXT_reply_column_delivered)},
};

static const ListOrder public_orders[] = {
    {.name = "id",
     .label = TEXT_reply_column_proposal,
     .key_kind = COLUMN_ID,
     .key_offset = offsetof(PublicRow, proposal),
     .fetch = fetch_public},
};

const ListTable reply_public_table = {
    .name = "answers",
    .caption = TEXT_reply_public_title,
    .columns = public_columns,
    .n_columns = countof(public_columns),
    .orders = public_orders,
    .n_orders = countof(public_orders),
    .row_size = sizeof(PublicRow),
    .id_offset = offsetof(PublicRow, proposal),
    .has_csv = true,
};
