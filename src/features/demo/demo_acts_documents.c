/* demo_acts_documents.c: the rules of the district, the plan of a community, and which of them its
 * round goes by. */
#include "features/demo/demo_fill.h"
#include "features/documents/documents.h"

static Error *add(DemoFill *fill, const NewDocument *what, Date from_on, int64_t *out_id)
{
    NewDocument *new = arena_new(fill->arena, NewDocument);
    *new = *what;
    new->first.fact.from_on = from_on;
    return db_write(fill->app->db, fill->arena, documents_add, new, out_id, sizeof(*out_id));
}

/* Once, when the first round begins: it holds in every community of the district. */
static Error *add_rules(DemoFill *fill, const DemoRound *round)
{
    NewDocument rules = {
        .area = fill->areas[0],
        .actor = demo_first_of(fill, ROLE_DISTRICT_OFFICER),
        .kind = DOCUMENT_RULES,
        .title = STR("青梧区幸福微实事实施办法"),
        .number = STR("青民发〔演示〕4 号"),
        .issuer = STR("青梧区民政局"),
        .first = {
            .fact = {.words =
                         STR("一、钱从哪里来：区级财政按社区安排，当年用完，账目公开。\n"
                             "二、谁可以提、谁可以投：住在本社区、满 15 周岁的居民，租住的也算。\n"
                             "三、什么不做：已有部门负责的、营利的、只有一家受益的。\n"
                             "四、怎么定：居民投票，票数多的先做，到钱用完为止。\n"
                             "五、结果公示五个工作日，每一条异议、每一条没选上的提议都要答复。")}}};
    Error *err =
        add(fill, &rules, instant_date(clock_now(fill->app->clock)), &fill->rules_document);
    return err ? err : demo_add_library(fill, rules.actor, round);
}

Error *demo_attach_documents(DemoFill *fill, const DemoRound *round, int64_t id)
{
    int64_t documents[2] = {0};
    Date today = instant_date(clock_now(fill->app->clock));
    int64_t actor = demo_staff_id(fill, round->created_by);
    NewDocument plan = {
        .area = fill->areas[round->area],
        .actor = actor,
        .kind = DOCUMENT_PLAN,
        .title = arena_printf(fill->arena, "%.*s安排", STR_ARG(round->title)),
        .issuer = STR("社区居民委员会"),
        .first = {.fact = {.words = STR("每周六上午在社区一楼设点，帮大家写提议；"
                                        "不方便出门的，打服务站电话，我们上门。")}}};
    Error *err = fill->rules_document == 0 ? add_rules(fill, round) : NULL;
    if (!err) {
        err = add(fill, &plan, today, &documents[1]);
    }
    documents[0] = fill->rules_document;
    DocumentsAttach attach = {fill->areas[round->area], id, actor, documents, countof(documents)};
    return err ? err : db_write(fill->app->db, fill->arena, documents_attach, &attach, NULL, 0);
}
