#include "features/demo/demo_communities.h"

#include "features/areas/areas.h"
#include "features/people/people.h"
#include "features/programmes/programmes.h"
#include "features/proposals/proposals.h"
#include "platform/auth/who.h"

#define PEOPLE       36 /* of a community */
#define PHONES_FROM  INT64_C(15400020000)
#define PHONES_STAFF INT64_C(15400009100)
#define MORNING      (9 * 60)
#define EVENING      (17 * 60 + 30)
#define STAFF_DAYS   60 /* staff begin so long before the round */
#define COLLECT_DAYS 17 /* proposals come in on the first days of the stage */
#define DECIDE_DAYS  3

/* A row of communities.tsv. */
typedef struct Community {
    Str key, name, name_en, phone, hours, address;
    int programme;
    Str title;
    Money budget;
    int stage_no;
    int days_in;
    Str secretary, worker, login;
    uint64_t seed;
    /* where its rows begin: */
    int area, round, person, staff;
    int opens[RULES_MAX_STAGES + 1]; /* day of each stage, by number */
} Community;

/* A row of ideas.tsv. */
typedef struct Idea {
    int community;
    DemoProposal proposal;
} Idea;

typedef struct Growing {
    Arena *arena;
    DemoPlan *plan;
    Map keys; /* of the communities */
    Community *communities;
    size_t n_communities;
    Idea *ideas;
    size_t n_ideas;
    Str *families, *givens;
    size_t n_names;
} Growing;

/* --- reading -----------------------------------------------------------------------------------
 */

static void read_community(Growing *g, DemoCursor *c, size_t i)
{
    Community *one = &g->communities[i];
    one->key = next_key(c, &g->keys);
    one->name = next_text(c);
    one->name_en = next_text(c);
    one->phone = next_text(c);
    one->hours = next_text(c);
    one->address = next_text(c);
    one->programme = next_reference(c, &g->plan->programme_keys);
    if (one->programme < 0) {
        demo_wrong(c, "missing");
        one->programme = 0;
    }
    one->title = next_text(c);
    one->budget = (Money){next_number(c, 1, MONEY_MAX_FEN / 100) * 100};
    one->stage_no = (int)next_number(c, 1, RULES_MAX_STAGES);
    one->days_in = (int)next_number(c, 1, 1000);
    one->secretary = next_text(c);
    one->worker = next_text(c);
    one->login = next_text(c);
    one->seed = (uint64_t)next_number(c, 1, INT64_MAX);
}

static void read_idea(Growing *g, DemoCursor *c, size_t i)
{
    Idea *idea = &g->ideas[i];
    DemoProposal *p = &idea->proposal;
    idea->community = next_reference(c, &g->keys);
    if (idea->community < 0) {
        demo_wrong(c, "missing");
        idea->community = 0;
    }
    p->state = next_word(c, DEMO_STATE_WORDS);
    p->kind = next_word(c, DEMO_KIND_WORDS);
    p->cost = (Money){next_number(c, 0, MONEY_MAX_FEN / 100) * 100};
    p->channel = next_word(c, DEMO_CHANNEL_WORDS);
    p->title = next_text(c);
    p->place = next_text(c);
    p->beneficiaries = next_text(c);
    p->need = next_text(c);
    p->reason = next_text(c);
}

static void read_name(Growing *g, DemoCursor *c, size_t i)
{
    g->families[i] = next_text(c);
    g->givens[i] = next_text(c);
}

typedef void TakeRow(Growing *g, DemoCursor *c, size_t i);

static Error *take_rows(Growing *g, const DemoTable *table, TakeRow *take)
{
    DemoCursor cursor = demo_cursor(g->arena, table);
    for (size_t i = 0; i < table->count; i++) {
        demo_row(&cursor, i);
        take(g, &cursor, i);
    }
    return cursor.error;
}

static Error *read_files(Growing *g, const char *directory)
{
    DemoTable communities, ideas, names;
    Error *err = demo_table_read(g->arena, directory, "communities.tsv",
                                 "key name name_en phone hours address programme title budget_yuan "
                                 "stage_no days_in secretary worker login seed",
                                 &communities);
    if (!err) {
        err = demo_table_read(g->arena, directory, "ideas.tsv",
                              "community state kind cost_yuan channel title place beneficiaries "
                              "need reason",
                              &ideas);
    }
    if (!err) {
        err = demo_table_read(g->arena, directory, "names.tsv", "family given", &names);
    }
    if (err) {
        return err;
    }
    map_init(&g->keys, g->arena);
    g->n_communities = communities.count;
    g->n_ideas = ideas.count;
    g->n_names = names.count;
    g->communities = arena_array(g->arena, Community, communities.count + 1);
    g->ideas = arena_array(g->arena, Idea, ideas.count + 1);
    g->families = arena_array(g->arena, Str, names.count + 1);
    g->givens = arena_array(g->arena, Str, names.count + 1);
    err = take_rows(g, &communities, read_community);
    if (!err) {
        err = take_rows(g, &ideas, read_idea);
    }
    return err ? err : take_rows(g, &names, read_name);
}

/* --- room for more rows ------------------------------------------------------------------------
 */

static void *longer(Arena *arena, const void *rows, size_t count, size_t more, size_t size)
{
    char *out = arena_alloc(arena, count + more + 1, size, _Alignof(max_align_t));
    memcpy(out, rows, count * size);
    return out;
}

#define MAKE_ROOM(g, rows, more)                                                                   \
    ((g)->plan->rows =                                                                             \
         longer((g)->arena, (g)->plan->rows, (g)->plan->n_##rows, more, sizeof(*(g)->plan->rows)))

static void make_room(Growing *g)
{
    size_t n = g->n_communities;
    MAKE_ROOM(g, areas, n);
    MAKE_ROOM(g, staff, 2 * n);
    MAKE_ROOM(g, people, PEOPLE * n);
    MAKE_ROOM(g, rounds, n);
    MAKE_ROOM(g, stages, RULES_MAX_STAGES * n);
    MAKE_ROOM(g, proposals, g->n_ideas);
    MAKE_ROOM(g, publications, n);
    MAKE_ROOM(g, objections, 2 * n);
    MAKE_ROOM(g, seats, n);
}

/* --- a community and its people ----------------------------------------------------------------
 */

static int first_of(const DemoPlan *plan, Role role)
{
    for (size_t i = 0; i < plan->n_staff; i++) {
        if (plan->staff[i].role == (int)role) {
            return (int)i;
        }
    }
    return -1;
}

static int street_of(const DemoPlan *plan)
{
    for (size_t i = 0; i < plan->n_areas; i++) {
        if (plan->areas[i].kind == AREA_STREET) {
            return (int)i;
        }
    }
    return -1;
}

static void add_area(Growing *g, Community *c)
{
    DemoPlan *plan = g->plan;
    c->area = (int)plan->n_areas;
    plan->areas[plan->n_areas++] = (DemoArea){.parent = street_of(plan),
                                              .kind = AREA_COMMUNITY,
                                              .name = c->name,
                                              .name_en = c->name_en,
                                              .phone = c->phone,
                                              .hours = c->hours,
                                              .address = c->address};
}

static void add_staff(Growing *g, Community *c)
{
    DemoPlan *plan = g->plan;
    const Str names[] = {c->secretary, c->worker};
    const Role roles[] = {ROLE_COMMUNITY_SECRETARY, ROLE_COMMUNITY_WORKER};
    c->staff = (int)plan->n_staff;
    for (size_t i = 0; i < countof(names); i++) {
        int64_t phone = PHONES_STAFF + (int64_t)plan->n_staff;
        plan->staff[plan->n_staff++] =
            (DemoStaff){.name = names[i],
                        .phone = arena_printf(g->arena, "%lld", (long long)phone),
                        .role = (int)roles[i],
                        .area = c->area,
                        .granted_by = i == 0 ? first_of(plan, ROLE_STREET_OFFICER) : c->staff,
                        .since_day = c->opens[1] - STAFF_DAYS,
                        .login = i == 0 ? c->login : STR("")};
    }
}

/* Nobody is between 12 and 20: who votes was old enough when the ballot took place. */
static int age_of(Seeded *seeded)
{
    int drawn = (int)seeded_below(seeded, 80);
    return drawn < 8 ? 5 + drawn : drawn + 8;
}

static DemoPerson person_of(Growing *g, const Community *c, Seeded *seeded, int no)
{
    static const int residencies[] = {RESIDENCY_REGISTERED, RESIDENCY_REGISTERED,
                                      RESIDENCY_REGISTERED, RESIDENCY_TENANT,
                                      RESIDENCY_OWNER_ELSEWHERE};
    Str family = g->families[seeded_below(seeded, g->n_names)];
    Str given = g->givens[((uint64_t)no + c->seed) % g->n_names];
    int64_t phone = PHONES_FROM + (int64_t)g->plan->n_people;
    int age = age_of(seeded);
    return (DemoPerson){
        .area = c->area,
        .name = arena_printf(g->arena, "%.*s%.*s", STR_ARG(family), STR_ARG(given)),
        .age = age,
        .birth_month = 1 + (int)seeded_below(seeded, 12),
        .building = arena_printf(g->arena, "%d 号楼", 1 + no / 6),
        .door = arena_printf(g->arena, "%d 单元 %d0%d", 1 + no % 3, 1 + no % 6, 1 + no % 2),
        .residency = residencies[seeded_below(seeded, countof(residencies))],
        .phone = age < 12 || age > 82 ? STR("") : arena_printf(g->arena, "%lld", (long long)phone)};
}

static void add_people(Growing *g, Community *c)
{
    Seeded seeded = {c->seed};
    c->person = (int)g->plan->n_people;
    for (int no = 0; no < PEOPLE; no++) {
        g->plan->people[g->plan->n_people] = person_of(g, c, &seeded, no);
        g->plan->n_people++;
    }
}

/* --- its round ---------------------------------------------------------------------------------
 */

/* As long as the stage lasts whatever weekday it begins on: five working days are over on the
 * eighth day at the latest. */
static int days_of(const StagePlan *stage)
{
    int working = stage->span.working_days;
    return working > 0 ? working + (working + 4) / 5 * 2 + 1 : stage->span.days;
}

/* Backwards from the open stage, and on from it. */
static void set_days(Community *c, const RoundRules *rules)
{
    int n = (int)rules->n_stages;
    c->stage_no = c->stage_no < n ? c->stage_no : n;
    c->opens[c->stage_no] = -c->days_in;
    for (int no = c->stage_no - 1; no >= 1; no--) {
        c->opens[no] = c->opens[no + 1] - days_of(&rules->stages[no - 1]);
    }
    for (int no = c->stage_no + 1; no <= n; no++) {
        c->opens[no] = c->opens[no - 1] + days_of(&rules->stages[no - 2]);
    }
}

static void add_round(Growing *g, Community *c, const RoundRules *rules)
{
    DemoPlan *plan = g->plan;
    c->round = (int)plan->n_rounds;
    plan->rounds[plan->n_rounds++] = (DemoRound){.programme = c->programme,
                                                 .area = c->area,
                                                 .title = c->title,
                                                 .budget = c->budget,
                                                 .stage_no = c->stage_no,
                                                 .created_day = c->opens[1],
                                                 .created_by = c->staff,
                                                 .is_lived = true,
                                                 .poll = {.minimum_age = rules->minimum_age,
                                                          .max_choices = rules->max_choices,
                                                          .turnout = {48, 60, 74}},
                                                 .seed = c->seed};
}

static void add_stages(Growing *g, const Community *c, const RoundRules *rules)
{
    for (int no = 1; no <= (int)rules->n_stages; no++) {
        const StagePlan *stage = &rules->stages[no - 1];
        bool has_begun = no <= c->stage_no;
        bool is_done = no < c->stage_no;
        g->plan->stages[g->plan->n_stages++] =
            (DemoStage){.round = c->round,
                        .no = no,
                        .kind = stage_kind_word(stage->kind),
                        .state = is_done     ? DEMO_STAGE_DONE
                                 : has_begun ? DEMO_STAGE_OPEN
                                             : DEMO_STAGE_LATER,
                        .opens = {c->opens[no], MORNING},
                        .closes = {c->opens[no] + days_of(stage) - 1, EVENING},
                        .opened_by = has_begun ? c->staff : -1,
                        .closed_by = is_done ? c->staff : -1};
    }
}

/* --- what people ask for -----------------------------------------------------------------------
 */

/* Grown-ups of the community, one after the other. */
static int proposer_of(const Growing *g, const Community *c, int place)
{
    for (int i = place * 5; i < place * 5 + PEOPLE; i++) {
        int person = c->person + i % PEOPLE;
        if (g->plan->people[person].age >= 20) {
            return person;
        }
    }
    return c->person;
}

/* How much each age wants it. */
static void set_weights(DemoPoll *poll, uint64_t seed, int no)
{
    Seeded seeded = {seed * 97 + (uint64_t)no};
    for (int band = 0; band < DEMO_BANDS; band++) {
        poll->weights[no - 1][band] = 22 + (int)seeded_below(&seeded, 62);
    }
}

static void add_proposal(Growing *g, const Idea *idea, int place)
{
    const Community *c = &g->communities[idea->community];
    DemoPoll *poll = &g->plan->rounds[c->round].poll;
    DemoProposal *p = &g->plan->proposals[g->plan->n_proposals++];
    bool is_typed =
        idea->proposal.channel != CHANNEL_PORTAL && idea->proposal.channel != CHANNEL_WECHAT;
    *p = idea->proposal;
    p->round = c->round;
    p->proposer = proposer_of(g, c, place);
    p->entered_by = is_typed ? c->staff + 1 : -1;
    p->submitted_day = c->opens[2] + 1 + place * 2 % (COLLECT_DAYS - 1);
    p->decided_day = p->submitted_day + DECIDE_DAYS;
    p->decided_by = c->staff + 1;
    if (p->state == PROPOSAL_ACCEPTED) {
        p->no = (int)++poll->n_options;
        set_weights(poll, c->seed, p->no);
    }
}

static void add_proposals(Growing *g)
{
    int place = 0;
    for (size_t i = 0; i < g->n_ideas; i++) {
        place = i > 0 && g->ideas[i].community == g->ideas[i - 1].community ? place + 1 : 0;
        add_proposal(g, &g->ideas[i], place);
    }
}

/* --- what is published -------------------------------------------------------------------------
 */

static void add_publication(Growing *g, const Community *c, int day, bool by_council)
{
    DemoPlan *plan = g->plan;
    const char *what = by_council ? "居民议事会的决议" : "投票结果";
    plan->publications[plan->n_publications++] = (DemoPublication){
        .round = c->round,
        .at = {day, MORNING},
        .by = c->staff,
        .title = arena_printf(g->arena, "%.*s%s公示", STR_ARG(c->title), what),
        .words = arena_printf(
            g->arena,
            "%.*s%"
            "s已经出来，每一项选没选上、为什么，都写在下面。\n公示期内有不同意见，可以在网上写，"
            "可以打电话 %.*s，也可以到%.*s当面说。每一条都答复，答复同样公开。",
            STR_ARG(c->title), what, STR_ARG(c->phone), STR_ARG(c->address))};
}

static void add_objections(Growing *g, const Community *c, int day)
{
    DemoPlan *plan = g->plan;
    plan->objections[plan->n_objections++] = (DemoObjection){
        .round = c->round,
        .at = {day, 20 * 60},
        .person = proposer_of(g, c, 2),
        .answered_at = {day + 1, 10 * 60},
        .answered_by = c->staff,
        .words = STR("公示表里只写了总价，能不能说说每一项里材料和人工各占多少。"),
        .answer = STR("能。每一项的估价依据都在项目页上，点开就看得到数量和单价；看不清的，"
                      "服务站有打印好的，来拿就行。")};
    plan->objections[plan->n_objections++] = (DemoObjection){
        .round = c->round,
        .at = {day + 1, 19 * 60},
        .person = proposer_of(g, c, 4),
        .answered_at = {day + 4, 10 * 60},
        .answered_by = c->staff,
        .words = STR("施工的时候会不会占我们楼前的路，老人出门怎么办。"),
        .answer = STR("不会全占。施工一次只围一半，留出一米五的通道，上下午各有人看着；开工前三天"
                      "在楼门口贴出时间。")};
}

/* Of the round's first publication, when it has come to it. */
static void add_publicity(Growing *g, const Community *c, const RoundRules *rules)
{
    bool by_council = false;
    for (int no = 1; no <= c->stage_no; no++) {
        StageKind kind = rules->stages[no - 1].kind;
        by_council = by_council || kind == STAGE_KIND_DECIDE;
        if (kind == STAGE_KIND_PUBLISH) {
            add_publication(g, c, c->opens[no], by_council);
            add_objections(g, c, c->opens[no]);
            return;
        }
    }
}

static void add_seat(Growing *g, const Community *c, const RoundRules *rules)
{
    const StagePlan *stage = &rules->stages[c->stage_no - 1];
    g->plan->seats[g->plan->n_seats++] =
        (DemoSeatPlan){.staff = c->staff,
                       .person = -1,
                       .zh = arena_printf(g->arena, "这里正走到：%.*s", STR_ARG(stage->name)),
                       .en = arena_printf(g->arena, "has come to: %.*s", STR_ARG(stage->name_en))};
}

static Error *add_community(Growing *g, Community *c)
{
    RoundRules *rules = arena_new(g->arena, RoundRules);
    Error *err =
        programmes_template_rules(g->arena, g->plan->programmes[c->programme].template_name, rules);
    if (err) {
        return err;
    }
    set_days(c, rules);
    add_area(g, c);
    add_staff(g, c);
    add_people(g, c);
    add_round(g, c, rules);
    add_stages(g, c, rules);
    add_publicity(g, c, rules);
    add_seat(g, c, rules);
    return NULL;
}

Error *demo_communities_read(Arena *arena, const char *directory, DemoPlan *plan)
{
    Growing *g = arena_new(arena, Growing);
    *g = (Growing){.arena = arena, .plan = plan};
    Error *err = read_files(g, directory);
    if (err) {
        return err;
    }
    make_room(g);
    for (size_t i = 0; !err && i < g->n_communities; i++) {
        err = add_community(g, &g->communities[i]);
    }
    if (!err) {
        add_proposals(g);
    }
    return err;
}
