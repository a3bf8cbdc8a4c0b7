/* demo_acts_postings.c: where the notices of the demonstration hang on paper. */
#include "features/demo/demo_fill.h"
#include "features/publicity/publicity.h"

typedef struct Hanging {
    Str place;
    Str by_whom;
} Hanging;

static const Hanging hangings[DEMO_POSTINGS] = {
    {STR_INIT("社区服务站门口公告栏"), STR_INIT("社区工作者")},
    {STR_INIT("3 号楼一楼公告栏"), STR_INIT("3 号楼楼长")},
};

static Date today(const DemoFill *fill)
{
    return instant_date(clock_now(fill->app->clock));
}

Error *demo_hang(DemoFill *fill, size_t publication, int64_t area, int64_t actor)
{
    Error *err = NULL;
    for (size_t i = 0; !err && i < DEMO_POSTINGS; i++) {
        NewPosting new = {.area = area,
                          .publication = fill->publications[publication],
                          .actor = actor,
                          .fact = {.place = hangings[i].place,
                                   .up_on = today(fill),
                                   .up_by = hangings[i].by_whom}};
        int64_t *id = &fill->postings[publication * DEMO_POSTINGS + i];
        err = db_write(fill->app->db, fill->arena, publicity_put_up, &new, id, sizeof(*id));
    }
    return err;
}

static Error *take_down(DemoFill *fill, size_t publication, int64_t area, int64_t actor)
{
    Error *err = NULL;
    for (size_t i = 0; !err && i < DEMO_POSTINGS; i++) {
        int64_t *id = &fill->postings[publication * DEMO_POSTINGS + i];
        PostingDown down = {.area = area,
                            .id = *id,
                            .actor = actor,
                            .version = 1,
                            .down_on = today(fill),
                            .down_by = hangings[i].by_whom};
        if (*id != 0) {
            err = db_write(fill->app->db, fill->arena, publicity_take_down, &down, NULL, 0);
        }
        *id = 0;
    }
    return err;
}

Error *demo_take_down(DemoFill *fill, int round, int64_t area, int64_t actor)
{
    Error *err = NULL;
    for (size_t i = 0; !err && i < fill->plan->n_publications; i++) {
        if (fill->plan->publications[i].round == round) {
            err = take_down(fill, i, area, actor);
        }
    }
    return err;
}
