#include "features/demo/demo_plan.h"

/* Words in the order of the enums they stand for; the first word of a list stands for number 0. */
#define AREA_WORDS "none city district street community"
#define ROLE_WORDS                                                                                 \
    "none resident grid_worker community_worker community_secretary street_officer "               \
    "district_officer city_officer supervisor auditor administrator"
#define RESIDENCY_WORDS "unknown registered tenant owner_elsewhere works_here"
#define STAGE_WORDS     "done open later"

#define MAX_DAY INT64_C(4000)

/* What all files need while they are read. */
typedef struct Reading {
    Arena *arena;
    const char *directory;
    DemoPlan *plan;
    Map areas, staff, rounds, proposals;
    DemoCursor cursor; /* of the file that is read now */
} Reading;

static int day(DemoCursor *c)
{
    return (int)next_number(c, -MAX_DAY, MAX_DAY);
}

static int number(DemoCursor *c, int high)
{
    return (int)next_number(c, 0, high);
}

static int per_cent(DemoCursor *c)
{
    return number(c, 100);
}

static Money yuan(DemoCursor *c)
{
    return (Money){next_number(c, 0, MONEY_MAX_FEN / 100) * 100};
}

static DemoMoment moment(DemoCursor *c)
{
    DemoMoment at = {.day = day(c)};
    at.minute = next_time(c);
    return at;
}

/* A reference that may not be "-". */
static int needed(DemoCursor *c, const Map *keys)
{
    int row = next_reference(c, keys);
    if (row < 0) {
        demo_wrong(c, "missing");
    }
    return row < 0 ? 0 : row;
}

/* People are referred to by their number, which is their place counted from 1. */
static int person(Reading *r)
{
    return (int)next_number(&r->cursor, 1, (int64_t)r->plan->n_people) - 1;
}

static void read_area(Reading *r, size_t i)
{
    DemoCursor *c = &r->cursor;
    DemoArea *area = &r->plan->areas[i];
    next_key(c, &r->areas);
    area->parent = next_reference(c, &r->areas);
    area->kind = next_word(c, AREA_WORDS);
    area->name = next_text(c);
    area->name_en = next_text(c);
    area->code = next_text(c);
    area->phone = next_text(c);
    area->hours = next_text(c);
    area->address = next_text(c);
}

static void read_staff(Reading *r, size_t i)
{
    DemoCursor *c = &r->cursor;
    DemoStaff *staff = &r->plan->staff[i];
    next_key(c, &r->staff);
    staff->name = next_text(c);
    staff->phone = next_text(c);
    staff->role = next_word(c, ROLE_WORDS);
    staff->area = needed(c, &r->areas);
    staff->granted_by = next_reference(c, &r->staff);
    if (staff->granted_by >= 0 && (size_t)staff->granted_by >= i) {
        demo_wrong(c, "stands further down");
    }
    staff->since_day = day(c);
    staff->until_day = day(c);
    staff->login = next_text(c);
}

static void read_person(Reading *r, size_t i)
{
    DemoCursor *c = &r->cursor;
    DemoPerson *p = &r->plan->people[i];
    next_number(c, (int64_t)i + 1, (int64_t)i + 1);
    p->area = needed(c, &r->areas);
    p->name = next_text(c);
    p->age = number(c, 120);
    p->birth_month = (int)next_number(c, 1, 12);
    p->building = next_text(c);
    p->door = next_text(c);
    p->residency = next_word(c, RESIDENCY_WORDS);
    p->phone = next_text(c);
}

static void read_programme(Reading *r, size_t i)
{
    DemoCursor *c = &r->cursor;
    DemoProgramme *programme = &r->plan->programmes[i];
    next_key(c, &r->plan->programme_keys);
    needed(c, &r->areas);
    programme->template_name = next_text(c);
    next_text(c); /* title: a round has its own */
    day(c);
    programme->summary = next_text(c);
    next_text(c); /* rules: no page shows them yet */
}

static void read_round(Reading *r, size_t i)
{
    DemoCursor *c = &r->cursor;
    DemoRound *round = &r->plan->rounds[i];
    next_key(c, &r->rounds);
    round->programme = needed(c, &r->plan->programme_keys);
    round->area = needed(c, &r->areas);
    round->title = next_text(c);
    round->budget = yuan(c);
    round->poll.minimum_age = number(c, 100);
    round->poll.max_choices = (int)next_number(c, 1, DEMO_MAX_OPTIONS);
    next_word(c, "greedy");
    next_word(c, "cost");
    next_word(c, "votes,cost,name");
    round->stage_no = number(c, 100);
    round->created_day = day(c);
    round->created_by = needed(c, &r->staff);
    for (int band = 0; band < DEMO_BANDS; band++) {
        round->poll.turnout[band] = per_cent(c);
    }
    round->seed = (uint64_t)next_number(c, 0, INT64_MAX);
}

static void read_stage(Reading *r, size_t i)
{
    DemoCursor *c = &r->cursor;
    DemoStage *stage = &r->plan->stages[i];
    stage->round = needed(c, &r->rounds);
    stage->no = number(c, 100);
    stage->kind = next_text(c);
    next_text(c); /* name: the template's */
    stage->state = (DemoStageState)next_word(c, STAGE_WORDS);
    stage->opens = moment(c);
    stage->closes = moment(c);
    number(c, 100); /* working days: the template's */
    stage->opened_by = next_reference(c, &r->staff);
    stage->closed_by = next_reference(c, &r->staff);
    next_text(c); /* gates: the template's */
}

/* The weights of an option, in its round's poll. */
static void read_weights(Reading *r, const DemoProposal *p)
{
    DemoCursor *c = &r->cursor;
    DemoPoll *poll = &r->plan->rounds[p->round].poll;
    for (int band = 0; band < DEMO_BANDS; band++) {
        int weight = per_cent(c);
        if (p->no > 0) {
            poll->weights[p->no - 1][band] = weight;
        }
    }
    if ((size_t)p->no > poll->n_options) {
        poll->n_options = (size_t)p->no;
    }
}

static void read_proposal(Reading *r, size_t i)
{
    DemoCursor *c = &r->cursor;
    DemoProposal *p = &r->plan->proposals[i];
    next_key(c, &r->proposals);
    p->round = needed(c, &r->rounds);
    p->no = number(c, DEMO_MAX_OPTIONS);
    p->state = next_word(c, DEMO_STATE_WORDS);
    p->kind = next_word(c, DEMO_KIND_WORDS);
    p->cost = yuan(c);
    p->channel = next_word(c, DEMO_CHANNEL_WORDS);
    p->proposer = person(r);
    p->entered_by = next_reference(c, &r->staff);
    p->submitted_day = day(c);
    p->decided_day = day(c);
    p->decided_by = next_reference(c, &r->staff);
    read_weights(r, p);
    p->title = next_text(c);
    p->place = next_text(c);
    p->beneficiaries = next_text(c);
    p->need = next_text(c);
    p->reason = next_text(c);
}

static void read_publication(Reading *r, size_t i)
{
    DemoCursor *c = &r->cursor;
    DemoPublication *publication = &r->plan->publications[i];
    publication->round = needed(c, &r->rounds);
    publication->at = moment(c);
    moment(c);      /* the end: the program counts it */
    number(c, 100); /* working days: the template's */
    publication->by = needed(c, &r->staff);
    publication->title = next_text(c);
    publication->words = next_text(c);
}

static void read_objection(Reading *r, size_t i)
{
    DemoCursor *c = &r->cursor;
    DemoObjection *objection = &r->plan->objections[i];
    objection->round = needed(c, &r->rounds);
    objection->at = moment(c);
    objection->person = person(r);
    objection->answered_at = moment(c);
    objection->answered_by = next_reference(c, &r->staff);
    objection->words = next_text(c);
    objection->answer = next_text(c);
}

static void read_seat(Reading *r, size_t i)
{
    DemoCursor *c = &r->cursor;
    DemoSeatPlan *seat = &r->plan->seats[i];
    seat->staff = next_reference(c, &r->staff);
    int64_t no = next_number(c, 0, (int64_t)r->plan->n_people);
    seat->person = (int)no - 1;
    if ((seat->staff < 0) == (seat->person < 0)) {
        demo_wrong(c, "either staff or person");
    }
    seat->zh = next_text(c);
    seat->en = next_text(c);
}

/* Reads one file: makes room for its rows by `take`'s array, then understands row after row. */
static Error *read_file(Reading *r, const char *name, const char *columns, size_t size,
                        void **out_rows, size_t *out_count, void (*take)(Reading *, size_t))
{
    DemoTable table;
    Error *err = demo_table_read(r->arena, r->directory, name, columns, &table);
    if (err) {
        return err;
    }
    *out_rows = arena_alloc(r->arena, table.count + 1, size, _Alignof(max_align_t));
    *out_count = table.count;
    r->cursor = demo_cursor(r->arena, &table);
    for (size_t i = 0; i < table.count; i++) {
        demo_row(&r->cursor, i);
        take(r, i);
    }
    return r->cursor.error;
}

typedef struct File {
    const char *name;
    const char *columns;
    size_t size;
    size_t rows;  /* offset of the array in DemoPlan */
    size_t count; /* offset of its length */
    void (*take)(Reading *, size_t);
} File;

#define FILE_OF(array, type) sizeof(type), offsetof(DemoPlan, array), offsetof(DemoPlan, n_##array)

/* In this order: a file refers to those above it. */
static const File files[] = {
    {"areas.tsv", "key parent kind name name_en code phone hours address", FILE_OF(areas, DemoArea),
     read_area},
    {"staff.tsv", "key name phone role area granted_by since_day until_day login",
     FILE_OF(staff, DemoStaff), read_staff},
    {"people.tsv", "no community name age birth_month building door residency phone",
     FILE_OF(people, DemoPerson), read_person},
    {"programmes.tsv", "key area template title published_day summary rules",
     FILE_OF(programmes, DemoProgramme), read_programme},
    {"rounds.tsv",
     "key programme area title budget_yuan minimum_age max_choices rule utility tie stage_no "
     "created_day created_by turnout_young turnout_middle turnout_old seed",
     FILE_OF(rounds, DemoRound), read_round},
    {"stages.tsv",
     "round no kind name state opens_day opens_time closes_day closes_time working_days opened_by "
     "closed_by gates",
     FILE_OF(stages, DemoStage), read_stage},
    {"proposals.tsv",
     "key round no state kind cost_yuan channel proposer entered_by submitted_day decided_day "
     "decided_by weight_young weight_middle weight_old title place beneficiaries need reason",
     FILE_OF(proposals, DemoProposal), read_proposal},
    {"publications.tsv", "round day time ends_day ends_time working_days published_by title words",
     FILE_OF(publications, DemoPublication), read_publication},
    {"objections.tsv", "round day time person answered_day answered_time answered_by words answer",
     FILE_OF(objections, DemoObjection), read_objection},
    {"seats.tsv", "staff person zh en", FILE_OF(seats, DemoSeatPlan), read_seat},
};

Error *demo_plan_read(Arena *arena, const char *directory, DemoPlan *out)
{
    *out = (DemoPlan){0};
    Reading reading = {.arena = arena, .directory = directory, .plan = out};
    Map *maps[] = {&reading.areas, &reading.staff, &out->programme_keys, &reading.rounds,
                   &reading.proposals};
    for (size_t i = 0; i < countof(maps); i++) {
        map_init(maps[i], arena);
    }
    for (size_t i = 0; i < countof(files); i++) {
        const File *file = &files[i];
        char *plan = (char *)out;
        Error *err =
            read_file(&reading, file->name, file->columns, file->size, (void **)(plan + file->rows),
                      (size_t *)(plan + file->count), file->take);
        if (err) {
            return err;
        }
    }
    return NULL;
}

const DemoStage *demo_plan_stage(const DemoPlan *plan, int round, Str kind)
{
    for (size_t i = 0; i < plan->n_stages; i++) {
        if (plan->stages[i].round == round && str_eq(plan->stages[i].kind, kind)) {
            return &plan->stages[i];
        }
    }
    return NULL;
}

int demo_plan_option(const DemoPlan *plan, int round, int no)
{
    for (size_t i = 0; i < plan->n_proposals; i++) {
        if (plan->proposals[i].round == round && plan->proposals[i].no == no) {
            return (int)i;
        }
    }
    return -1;
}
