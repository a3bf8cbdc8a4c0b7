/* demo_acts_library.c: what the district offers to all its communities, and one of them itself. */
#include "features/demo/demo_fill.h"
#include "features/library/library.h"
#include "features/proposals/proposals.h"

/* Plainly fictional firms; prices such as quotes of the demonstration have. */
static const EntryFact offered[] = {
    {STR_INIT("老人理发上门"),
     PROPOSAL_SERVICE,
     STR_INIT("每月一次，给出不了门的老人理发、修指甲，自带工具。不含洗浴。"),
     STR_INIT("青梧区演示社工服务站"),
     {120000},
     STR_INIT("场"),
     STR_INIT("去年十二场的平均花费")},
    {STR_INIT("楼道加装感应灯"),
     PROPOSAL_ENGINEERING,
     STR_INIT("一个单元六层，每层一盏感应灯，含拆旧、布线和一年保修。"),
     STR_INIT("演示电工行"),
     {216000},
     STR_INIT("单元"),
     STR_INIT("三家报价的中间价")},
    {STR_INIT("公共晾衣架"),
     PROPOSAL_GOODS,
     STR_INIT("不锈钢晾衣架一组四米，含安装。地面要硬化的另算。"),
     STR_INIT(""),
     {98000},
     STR_INIT("组"),
     STR_INIT("前年两个社区的采购价")},
};

/* What a community does itself. */
static const EntryFact own = {STR_INIT("便民服务日"),
                              PROPOSAL_SERVICE,
                              STR_INIT("半天，磨刀、配钥匙、修小家电、量血压，社区出场地和桌椅。"),
                              STR_INIT(""),
                              {60000},
                              STR_INIT("次"),
                              STR_INIT("上一次办下来的实际花费")};

static Error *add(DemoFill *fill, int64_t area, int64_t actor, const EntryFact *fact)
{
    NewEntry new = {.area = area, .actor = actor, .fact = *fact};
    int64_t id = 0;
    return db_write(fill->app->db, fill->arena, library_add, &new, &id, sizeof(id));
}

Error *demo_add_library(DemoFill *fill, int64_t officer, const DemoRound *round)
{
    Error *err = NULL;
    for (size_t i = 0; !err && i < countof(offered); i++) {
        err = add(fill, fill->areas[0], officer, &offered[i]);
    }
    return err ? err
               : add(fill, fill->areas[round->area], demo_staff_id(fill, round->created_by), &own);
}
