/* demo_seats.c: fresh codes and passwords for those a visitor may sign in as. */
#include "base/random.h"
#include "features/demo/demo_fill.h"
#include "features/people/people.h"

/* Twelve of 31 signs without look-alikes, in fours: 59 bits. */
#define PASSWORD_SIGNS 12

static Str new_password(Arena *arena)
{
    static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz23456789";
    char text[PASSWORD_SIGNS + PASSWORD_SIGNS / 4];
    size_t length = 0;
    size_t signs = 0;
    while (signs < PASSWORD_SIGNS) {
        uint8_t byte;
        random_bytes(&byte, 1);
        if (byte >= 248) { /* 8 * 31: all signs equally likely */
            continue;
        }
        if (signs > 0 && signs % 4 == 0) {
            text[length++] = '-';
        }
        text[length++] = alphabet[byte % 31];
        signs++;
    }
    return arena_str(arena, str_from_bytes(text, length));
}

static Error *seat_staff(DemoFill *fill, const DemoSeatPlan *plan, DemoSeat *out)
{
    const DemoStaff *staff = &fill->plan->staff[plan->staff];
    Text role = people_role_text((Role)staff->role);
    *out = (DemoSeat){.is_staff = true,
                      .name = staff->name,
                      .area = fill->plan->areas[staff->area].name,
                      .role_zh = text_str(fill->arena, LANG_ZH, role),
                      .role_en = text_str(fill->arena, LANG_EN, role),
                      .login = staff->login,
                      .secret = new_password(fill->arena)};
    Who who = {.person = fill->staff[plan->staff], .must_set_password = true};
    PasswordTyped typed = {
        .login = staff->login, .password = out->secret, .again = out->secret, .address = STR("")};
    NewPassword *password = NULL;
    PasswordOutcome done;
    Error *err = auth_prepare_new_password(fill->arena, fill->app, NULL, &who, &typed, &password);
    return err ? err
               : db_write(fill->app->db, fill->arena, auth_set_password, password, &done,
                          sizeof(done));
}

/* Who hands out codes in a community. */
static int64_t secretary_of(const DemoFill *fill, int area)
{
    for (size_t i = 0; i < fill->plan->n_staff; i++) {
        const DemoStaff *staff = &fill->plan->staff[i];
        if (staff->area == area && staff->role == ROLE_COMMUNITY_SECRETARY) {
            return fill->staff[i];
        }
    }
    return 0;
}

static Error *seat_resident(DemoFill *fill, const DemoSeatPlan *plan, DemoSeat *out)
{
    const DemoPerson *person = &fill->plan->people[plan->person];
    *out = (DemoSeat){.name = person->name,
                      .area = fill->plan->areas[person->area].name,
                      .age = person->age,
                      .has_phone = person->phone.len > 0};
    CodeNew new = {.area = fill->areas[person->area],
                   .actor = secretary_of(fill, person->area),
                   .person = fill->people[plan->person],
                   .secret = &fill->app->secret};
    CodeMade made;
    Error *err = db_write(fill->app->db, fill->arena, people_new_code, &new, &made, sizeof(made));
    if (!err) {
        out->secret = arena_str(fill->arena, str_from(made.code.text));
    }
    return err;
}

Error *demo_seats_make(DemoFill *fill, DemoSeats *out)
{
    const DemoPlan *plan = fill->plan;
    DemoSeat *seats = arena_array(fill->arena, DemoSeat, plan->n_seats + 1);
    for (size_t i = 0; i < plan->n_seats; i++) {
        const DemoSeatPlan *seat = &plan->seats[i];
        Error *err = seat->staff >= 0 ? seat_staff(fill, seat, &seats[i])
                                      : seat_resident(fill, seat, &seats[i]);
        if (err) {
            return err;
        }
        seats[i].try_zh = seat->zh;
        seats[i].try_en = seat->en;
    }
    *out = (DemoSeats){.items = seats, .count = plan->n_seats};
    return NULL;
}
