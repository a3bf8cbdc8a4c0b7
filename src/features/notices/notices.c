/* notices.c: telling people, marking as read, personal data. */
#include "features/notices/notices.h"

#include "features/notices/notices_pages.h"
#include "notices_sql.h"
#include "platform/auth/who.h"
#include "platform/person_data.h"
#include "platform/send/send.h"

/* In a person's file at most so many. */
#define EXPORT_MOST 10000

static Error *insert(Tx *tx, const Notice *notice, int64_t person, Instant now)
{
    Arena *arena = tx_arena(tx);
    return sql_notice_insert(tx, notice->area, tx_new_id(tx), person, notice->kind, notice->round,
                             text_str(arena, LANG_ZH, notice->words),
                             text_str(arena, LANG_EN, notice->words), notice->link.url, now, NULL);
}

Error *notices_send(Tx *tx, const Notice *notice, int64_t person, Instant now)
{
    return person == 0 ? NULL : insert(tx, notice, person, now);
}

Error *notices_send_all(Tx *tx, const Notice *notice, Instant now)
{
    return insert(tx, notice, 0, now);
}

Error *notices_send_office(Tx *tx, const Notice *notice, Instant now)
{
    Arena *arena = tx_arena(tx);
    return sql_notice_insert_office(tx, notice->area, tx_new_id(tx), notice->kind, notice->round,
                                    text_str(arena, LANG_ZH, notice->words),
                                    text_str(arena, LANG_EN, notice->words), notice->link.url, now,
                                    instant_date(now), ROLE_COMMUNITY_WORKER,
                                    ROLE_COMMUNITY_SECRETARY, NULL);
}

Error *notices_read(Tx *tx, const void *input, Instant now, void *output)
{
    const NoticesRead *read = input;
    return sql_notice_read(tx, read->person, notice_read_to(read->shown, tx_new_id(tx)), NULL);
}

static bool needs_phone(NoticeChannel channel)
{
    return channel == NOTICE_BY_SMS || channel == NOTICE_BY_WECHAT;
}

static Error *check_channel(Tx *tx, const NoticesChoose *choose)
{
    Arena *arena = tx_arena(tx);
    NoticePhoneRow row = {0};
    bool found = false;
    if (choose->channel == NOTICE_BY_EMAIL && !send_is_email(choose->email)) {
        return error_at(arena, choose->email.len == 0 ? ERROR_FIELD_MISSING : ERROR_FIELD_NOT_EMAIL,
                        "email", 0);
    }
    if (!needs_phone(choose->channel)) {
        return NULL;
    }
    Error *err = sql_notice_phone(tx_snapshot(tx), choose->person, &row, &found);
    return err || row.phone.len > 0 ? err : error_at(arena, ERROR_NOTICE_NO_PHONE, "channel", 0);
}

Error *notices_choose(Tx *tx, const void *input, Instant now, void *output)
{
    const NoticesChoose *choose = input;
    Error *err = check_channel(tx, choose);
    return err ? err
               : sql_notice_choose(tx, choose->person, choose->channel,
                                   choose->channel == NOTICE_BY_EMAIL ? choose->email : STR(""),
                                   NULL);
}

/* --- a person's own data ---------------------------------------------------------------------- */

static Error *export_choice(Snapshot *snapshot, int64_t person, Buf *out)
{
    NoticeReaderGetRow row = {0};
    bool found = false;
    Error *err = sql_notice_reader_get(snapshot, person, &row, &found);
    if (err) {
        return err;
    }
    json_t *object = json_object();
    json_object_set_new(object, "channel", json_integer(row.channel));
    json_object_set_new(object, "email", json_of_str(row.email));
    return person_data_member(snapshot, "notice_channel", object, out);
}

Error *notices_export_person(Snapshot *snapshot, int64_t person, Buf *out)
{
    NoticeOfPersonRows rows;
    Error *err = sql_notice_of_person(snapshot, person, EXPORT_MOST, &rows);
    if (err) {
        return err;
    }
    json_t *list = json_array();
    for (size_t i = 0; i < rows.count; i++) {
        const NoticeOfPersonRow *row = &rows.rows[i];
        json_t *object = json_object();
        json_object_set_new(object, "kind", json_integer(row->kind));
        json_object_set_new(object, "words", json_of_str(row->words));
        json_object_set_new(object, "link", json_of_str(row->link));
        json_object_set_new(object, "sent_at_ms", json_integer(row->sent_at.ms));
        json_array_append_new(list, object);
    }
    err = person_data_member(snapshot, "notices", list, out);
    if (!err) {
        buf_char(out, ',');
        err = export_choice(snapshot, person, out);
    }
    return err;
}

Error *notices_erase_person(Tx *tx, int64_t person, Instant now)
{
    Error *err = sql_notice_erase(tx, person, NULL);
    if (!err) {
        err = sql_notice_delivery_erase(tx, person, NULL);
    }
    return err ? err : sql_notice_reader_erase(tx, person, NULL);
}
