/* demo_acts_launch.c: how people were told of a round, and a training. */
#include "features/demo/demo_fill.h"
#include "features/launch/launch.h"

typedef struct Telling {
    int days_ago;
    int channel;
    Str place;
    int64_t reached;
    Str by_whom;
    Str note;
} Telling;

static const Telling tellings[] = {
    {5, OUTREACH_POSTER, STR_INIT("各楼一楼公告栏"), 0, STR_INIT("楼长"), STR_INIT("")},
    {4, OUTREACH_GROUP, STR_INIT("社区居民微信群"), 286, STR_INIT("社区工作者"),
     STR_INIT("有人问租住的能不能提，已经在群里答复：能。")},
    {3, OUTREACH_DOOR, STR_INIT("3 号楼、5 号楼"), 41, STR_INIT("网格员"),
     STR_INIT("没有手机的老人，留了纸质表。")},
    {1, OUTREACH_LOUDSPEAKER, STR_INIT("中心花园"), 0, STR_INIT("志愿者队"), STR_INIT("")},
};

/* The poster by the door stands in the log twice: taken back, so that one can see how that looks.
 */
static Error *tell_twice(DemoFill *fill, const NewOutreach *first)
{
    int64_t id = 0;
    Error *err = db_write(fill->app->db, fill->arena, launch_tell, first, &id, sizeof(id));
    Withdrawal back = {first->area, id, first->actor, 1, STR("和前一条是同一次，记重了。")};
    return err ? err : db_write(fill->app->db, fill->arena, launch_withdraw, &back, NULL, 0);
}

/* One evening for residents, with two names of the list that nobody on the roll has. */
static Error *train(DemoFill *fill, const NewOutreach *told, Date today)
{
    int64_t id = 0;
    NewTraining new = {.area = told->area,
                       .round = told->round,
                       .actor = told->actor,
                       .fact = {.held_on = {today.days - 2},
                                .hours = STR("19:00—20:30"),
                                .subject = STR("怎样写好一条提议"),
                                .audience = TRAINING_EVERYBODY,
                                .place = STR("社区活动室"),
                                .trainer = STR("街道辅导员")}};
    TrainingHeld held = {.area = told->area,
                         .actor = told->actor,
                         .version = 1,
                         .held_on = new.fact.held_on,
                         .present = 26,
                         .names = STR("石小满、杜若溪")};
    Error *err = db_write(fill->app->db, fill->arena, launch_plan_training, &new, &id, sizeof(id));
    held.id = id;
    return err ? err : db_write(fill->app->db, fill->arena, launch_hold_training, &held, NULL, 0);
}

/* One line has a photo for everybody; none where pictures cannot be decoded. */
static PhotoGiven photo_of(DemoFill *fill, const Telling *telling)
{
    ProposalPhotos yard = {0};
    if (telling->channel == OUTREACH_LOUDSPEAKER) {
        yard = demo_photos_of(fill, 0);
    }
    return (PhotoGiven){.draft = yard.count > 0 ? yard.drafts : NULL, .is_shown = true};
}

Error *demo_tell_people(DemoFill *fill, int row, int64_t actor)
{
    Date today = instant_date(clock_now(fill->app->clock));
    NewOutreach round = {.area = fill->areas[fill->plan->rounds[row].area],
                         .round = fill->rounds[row],
                         .actor = actor};
    Error *err = NULL;
    if (fill->told[row]) {
        return NULL;
    }
    fill->told[row] = true;
    for (size_t i = 0; !err && i < countof(tellings); i++) {
        const Telling *telling = &tellings[i];
        int64_t id = 0;
        NewOutreach new = round;
        new.fact = (OutreachFact){.channel = telling->channel,
                                  .told_on = {today.days - telling->days_ago},
                                  .place = telling->place,
                                  .reached = telling->reached,
                                  .by_whom = telling->by_whom,
                                  .note = telling->note};
        new.photo = photo_of(fill, telling);
        err = i == 0 ? tell_twice(fill, &new) : NULL;
        if (!err) {
            err = db_write(fill->app->db, fill->arena, launch_tell, &new, &id, sizeof(id));
        }
    }
    return err ? err : train(fill, &round, today);
}

Error *demo_act_tell(DemoFill *fill, const DemoEvent *event)
{
    int row = event->row;
    return demo_tell_people(fill, row, demo_staff_id(fill, fill->plan->rounds[row].created_by));
}
