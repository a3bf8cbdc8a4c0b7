#include "features/demo/demo_rules.h"

#include "base/error.h"

DemoBand demo_band(int age)
{
    if (age < 36) {
        return DEMO_YOUNG;
    }
    return age < 60 ? DEMO_MIDDLE : DEMO_OLD;
}

int demo_birth_year(int age, int birth_month, Date day)
{
    CivilDate civil = date_civil(day);
    return civil.year - age - (birth_month > civil.month ? 1 : 0);
}

typedef struct Wish {
    int64_t option;
    int strength;
} Wish;

/* The most wanted first; equals stay in the order of their numbers. */
static void sort_wishes(Wish *wishes, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        Wish wish = wishes[i];
        size_t at = i;
        while (at > 0 && wishes[at - 1].strength < wish.strength) {
            wishes[at] = wishes[at - 1];
            at--;
        }
        wishes[at] = wish;
    }
}

size_t demo_ballot_draw(Seeded *seeded, const DemoPoll *poll, const DemoVoter *voter, int64_t *out)
{
    require(poll->n_options > 0 && poll->n_options <= DEMO_MAX_OPTIONS);
    DemoBand band = demo_band(voter->age);
    int luck = (int)seeded_below(seeded, 100);
    Wish wishes[DEMO_MAX_OPTIONS];
    for (size_t i = 0; i < poll->n_options; i++) {
        int number = (int)seeded_below(seeded, 100);
        wishes[i] = (Wish){.option = (int64_t)i + 1, .strength = poll->weights[i][band] - number};
    }
    if (voter->age < poll->minimum_age || !voter->lives_here || luck >= poll->turnout[band]) {
        return 0;
    }
    sort_wishes(wishes, poll->n_options);
    size_t count = 0;
    while (count < poll->n_options && count < (size_t)poll->max_choices &&
           (count == 0 || wishes[count].strength > 0)) {
        out[count] = wishes[count].option;
        count++;
    }
    return count;
}
