/* demo_acts_replies.c: answers to proposers. */
#include "features/demo/demo_fill.h"
#include "features/programmes/programmes.h"
#include "features/replies/replies.h"

typedef struct Waiting {
    int64_t proposal; /* 0: nobody is left */
    bool is_now;      /* refused, or the round replies */
    ReplyAnswer answer;
} Waiting;

static Error *read_waiting(DemoFill *fill, Snapshot *s, int64_t area, int64_t round, int64_t after,
                           Waiting *out)
{
    RoundInfo info;
    ReplyCase about;
    Error *err = programmes_round(s, area, round, &info);
    if (!err) {
        err = replies_next(s, area, round, 0, after, &out->proposal);
    }
    if (err || out->proposal == 0) {
        return err;
    }
    err = replies_case(s, area, out->proposal, &about);
    if (err) {
        return err;
    }
    out->is_now = about.kind == REPLY_REFUSED || programmes_stage_is_open(&info, STAGE_KIND_REPLY);
    out->answer =
        (ReplyAnswer){.area = area,
                      .proposal = out->proposal,
                      .version = about.version,
                      .kind = about.kind,
                      .about = about.about,
                      .words = replies_suggestion(fill->arena, LANG_ZH, &about),
                      .delivery = {.way = reply_usual_way(&about.origin), .is_delivered = true}};
    return NULL;
}

static Error *next_waiting(DemoFill *fill, int64_t area, int64_t round, int64_t after, Waiting *out)
{
    Snapshot *snapshot;
    Error *err = db_snapshot_begin(fill->app->db, fill->arena, &snapshot);
    if (!err) {
        err = read_waiting(fill, snapshot, area, round, after, out);
        db_snapshot_end(snapshot);
    }
    return err;
}

Error *demo_answer_proposers(DemoFill *fill, int64_t area, int64_t round, int64_t actor)
{
    Waiting waiting = {0};
    int64_t after = 0;
    Error *err = next_waiting(fill, area, round, after, &waiting);
    while (!err && waiting.proposal != 0) {
        after = waiting.proposal;
        if (waiting.is_now) {
            waiting.answer.actor = actor;
            waiting.answer.delivery.deliverer = STR("社区工作者");
            err = db_write(fill->app->db, fill->arena, replies_answer, &waiting.answer, NULL, 0);
        }
        if (!err) {
            err = next_waiting(fill, area, round, after, &waiting);
        }
    }
    return err;
}
