/* The list of staff, on both databases. */
#include "features/proposals/proposals_fixture.h"
#include "proposals_desk_sql.h"

typedef struct Asked {
    int64_t state, kind, channel, entered, phone;
    const char *words;
} Asked;

static DeskNewestRows newest(Fixture *f, Asked asked)
{
    Snapshot *snapshot;
    DeskNewestRows rows;
    Str words = search_query(f->arena, str_from(asked.words != NULL ? asked.words : ""));
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_desk_newest(snapshot, AREA, f->round, asked.state, asked.kind, asked.channel,
                            asked.entered, WORKER, asked.phone, words, INT64_MAX, 50, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

static DeskOldestRows oldest(Fixture *f, int64_t edge)
{
    Snapshot *snapshot;
    DeskOldestRows rows;
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_desk_oldest(snapshot, AREA, 0, 0, 0, 0, 0, 0, 0, STR(""), edge, 50, &rows));
    db_snapshot_end(snapshot);
    return rows;
}

/* What a worker took down. */
static int64_t taken_down(Fixture *f, int channel, const char *phone)
{
    NewProposal new = wish("门前装个坐凳");
    ProposalSubmitted done;
    new.actor = WORKER;
    new.is_staff = true;
    new.channel = channel;
    new.proposer_name = STR("测试员甲");
    new.proposer_phone = str_from(phone);
    new.words.kind = PROPOSAL_GOODS;
    test_ok(try_submit(f, &new, &done));
    return done.id;
}

static void each_condition_narrows_the_list(void **state)
{
    Fixture *f = *state;
    int64_t mine = submitted(f, "给坡道加扶手");
    int64_t door = taken_down(f, CHANNEL_DOOR, "");
    int64_t call = taken_down(f, CHANNEL_PHONE, "15400006101");
    test_ok(try_decide(f, call, 1, no));
    assert_int_equal(newest(f, (Asked){0}).count, 3);
    assert_int_equal(newest(f, (Asked){.state = PROPOSAL_REFUSED}).rows[0].id, call);
    assert_int_equal(newest(f, (Asked){.state = PROPOSAL_REFUSED}).count, 1);
    assert_int_equal(newest(f, (Asked){.kind = PROPOSAL_GOODS}).count, 2);
    assert_int_equal(newest(f, (Asked){.channel = CHANNEL_DOOR}).rows[0].id, door);
    assert_int_equal(newest(f, (Asked){.entered = 1}).count, 2);
    assert_int_equal(newest(f, (Asked){.entered = 2}).count, 2);
    assert_int_equal(newest(f, (Asked){.entered = 3}).rows[0].id, mine);
    assert_int_equal(newest(f, (Asked){.entered = 2, .phone = 1}).count, 1);
    assert_int_equal(newest(f, (Asked){.entered = 2, .phone = 1}).rows[0].id, door);
    assert_int_equal(newest(f, (Asked){.words = "扶手"}).rows[0].id, mine);
}

static void it_is_read_from_either_end(void **state)
{
    Fixture *f = *state;
    int64_t first = submitted(f, "给坡道加扶手");
    int64_t second = submitted(f, "东门修路灯");
    assert_int_equal(newest(f, (Asked){0}).rows[0].id, second);
    assert_int_equal(oldest(f, 0).rows[0].id, first);
    assert_int_equal(oldest(f, first).rows[0].id, second);
}

static void channels_are_counted_without_the_withdrawn(void **state)
{
    Fixture *f = *state;
    Snapshot *snapshot;
    DeskChannelsRows rows;
    taken_down(f, CHANNEL_DOOR, "");
    taken_down(f, CHANNEL_DOOR, "");
    ProposalWithdraw back = {AREA, taken_down(f, CHANNEL_PAPER, ""), WORKER, true, 1, false};
    test_ok(db_write(f->db, f->arena, proposals_withdraw, &back, NULL, 0));
    test_ok(db_snapshot_begin(f->db, f->arena, &snapshot));
    test_ok(sql_desk_channels(snapshot, AREA, f->round, &rows));
    db_snapshot_end(snapshot);
    assert_int_equal(rows.count, 1);
    assert_int_equal(rows.rows[0].channel, CHANNEL_DOOR);
    assert_int_equal(rows.rows[0].n, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ON_BOTH(each_condition_narrows_the_list),
        ON_BOTH(it_is_read_from_either_end),
        ON_BOTH(channels_are_counted_without_the_withdrawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
