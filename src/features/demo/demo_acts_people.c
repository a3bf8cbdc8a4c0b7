/* demo_acts_people.c: areas, staff, the rolls. */
#include "features/areas/areas.h"
#include "features/demo/demo_fill.h"
#include "features/people/people.h"
#include "features/screening/screening.h"

/* People entered by one transaction: others wait no longer than that. */
#define PEOPLE_AT_ONCE 25

/* Rows of the plan for one use case; its output is their ids. */
typedef struct Piece {
    const DemoFill *fill;
    const int *rows;
    size_t count;
} Piece;

static Error *create_areas(Tx *tx, const void *input, Instant now, void *output)
{
    const DemoFill *fill = input;
    int64_t *made = output;
    for (size_t i = 0; i < fill->plan->n_areas; i++) {
        const DemoArea *area = &fill->plan->areas[i];
        AreaNew new = {.parent = area->parent < 0 ? 0 : made[area->parent],
                       .kind = (AreaKind)area->kind,
                       .name = area->name,
                       .name_en = area->name_en,
                       .code = area->code,
                       .phone = area->phone,
                       .address = area->address,
                       .hours = area->hours};
        Error *err = areas_create(tx, &new, &made[i]);
        if (err) {
            return err;
        }
    }
    return NULL;
}

/* The district's responsibility list: it holds in every community below. */
static const char duties[] = "大事 | 公交线路和站点 | 区交通运输部门\n"
                             "大事 | 市政道路破损、路灯不亮 | 区城管局\n"
                             "大事 | 餐饮油烟、占道经营 | 区城管局\n"
                             "大事 | 楼道清扫、电梯年检 | 物业公司，由街道督办\n"
                             "小事 | 添长椅、扶手、晾衣架 |\n"
                             "小事 | 活动室、社区活动 |\n"
                             "私事 | 户内水管、电线 | 当事人，社区可以帮着联系师傅\n"
                             "私事 | 邻里噪音、漏水 | 当事人，社区调解室\n";

static Error *publish_duties(DemoFill *fill)
{
    DutiesPublished done;
    DutiesPublish new = {.area = fill->areas[0],
                         .holds_from = instant_date(clock_now(fill->app->clock)),
                         .note = STR("第一版，由区里各部门对过"),
                         .text = str_from(duties)};
    return db_write(fill->app->db, fill->arena, duties_publish, &new, &done, sizeof(done));
}

Error *demo_act_areas(DemoFill *fill, const DemoEvent *event)
{
    Error *err = db_write(fill->app->db, fill->arena, create_areas, fill, fill->areas,
                          fill->plan->n_areas * sizeof(*fill->areas));
    return err ? err : publish_duties(fill);
}

static Error *create_staff(Tx *tx, const void *input, Instant now, void *output)
{
    const Piece *piece = input;
    const DemoFill *fill = piece->fill;
    const DemoStaff *staff = &fill->plan->staff[piece->rows[0]];
    int64_t *made = output;
    PersonNew person = {.name = staff->name, .phone = staff->phone};
    Error *err = people_create(tx, &person, made);
    if (err) {
        return err;
    }
    RoleNew role = {.person = *made,
                    .role = (Role)staff->role,
                    .area = fill->areas[staff->area],
                    .granted_by = demo_staff_id(fill, staff->granted_by),
                    .starts = instant_date(now),
                    .ends = staff->until_day == 0 ? DATE_NONE
                                                  : (Date){fill->day0.days + staff->until_day}};
    return people_grant_role(tx, &role);
}

Error *demo_act_staff(DemoFill *fill, const DemoEvent *event)
{
    Piece piece = {.fill = fill, .rows = &event->row, .count = 1};
    return db_write(fill->app->db, fill->arena, create_staff, &piece, &fill->staff[event->row],
                    sizeof(int64_t));
}

static Error *enter_person(Tx *tx, const DemoFill *fill, const DemoPerson *person, int64_t *out_id)
{
    PersonNew new = {.name = person->name,
                     .phone = person->phone,
                     .birth_year = demo_birth_year(person->age, person->birth_month, fill->day0),
                     .birth_month = person->birth_month};
    Error *err = people_create(tx, &new, out_id);
    if (err) {
        return err;
    }
    RollEntry entry = {.area = fill->areas[person->area],
                       .person = *out_id,
                       .building = person->building,
                       .door = person->door,
                       .residency = (Residency)person->residency};
    return people_add_to_roll(tx, &entry);
}

static Error *enter_people(Tx *tx, const void *input, Instant now, void *output)
{
    const Piece *piece = input;
    int64_t *made = output;
    for (size_t i = 0; i < piece->count; i++) {
        const DemoPerson *person = &piece->fill->plan->people[piece->rows[i]];
        Error *err = enter_person(tx, piece->fill, person, &made[i]);
        if (err) {
            return err;
        }
    }
    return NULL;
}

static Error *enter_piece(DemoFill *fill, const int *rows, size_t count)
{
    Piece piece = {.fill = fill, .rows = rows, .count = count};
    int64_t made[PEOPLE_AT_ONCE];
    Error *err = db_write(fill->app->db, fill->arena, enter_people, &piece, made, sizeof(made));
    for (size_t i = 0; i < count && !err; i++) {
        fill->people[rows[i]] = made[i];
    }
    return err;
}

Error *demo_act_roll(DemoFill *fill, const DemoEvent *event)
{
    int rows[PEOPLE_AT_ONCE];
    size_t count = 0;
    Error *err = NULL;
    for (size_t i = 0; i < fill->plan->n_people && !err; i++) {
        if (fill->plan->people[i].area != event->row) {
            continue;
        }
        rows[count++] = (int)i;
        if (count == PEOPLE_AT_ONCE) {
            err = enter_piece(fill, rows, count);
            count = 0;
        }
    }
    return err || count == 0 ? err : enter_piece(fill, rows, count);
}
