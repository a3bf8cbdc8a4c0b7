/* Codes, passwords, tries and sessions, on both databases. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <unistd.h>

#include "base/limits.h"
#include "tests/support/test_db.h"
#include "tests/support/test_machinery.h"

/* --- codes and sessions ------------------------------------------------------------------------
 */

typedef struct CodeFor {
    const Secret *secret;
    int64_t person;
    bool is_one_time;
} CodeFor;

static Error *give_code(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    const CodeFor *in = input;
    return in->is_one_time ? auth_new_one_time_code(tx, in->secret, in->person, output)
                           : auth_new_personal_code(tx, in->secret, in->person, output);
}

/* The digits of a new code. */
static Str new_code(Machinery *fixture, int64_t person, bool is_one_time)
{
    CodeText code;
    CodeFor in = {&fixture->app.secret, person, is_one_time};
    machinery_run(fixture, give_code, &in, &code, sizeof(code));
    assert_int_equal(strlen(code.text), 19);
    char *digits = arena_array(fixture->arena, char, 17);
    size_t n = 0;
    for (const char *c = code.text; *c; c++) {
        if (*c != ' ') {
            assert_in_range(*c, '0', '9');
            digits[n++] = *c;
        }
    }
    return str_from_bytes(digits, n);
}

typedef struct Came {
    SignInOutcome outcome;
    Str token;
} Came;

static Came come_with_code_from(Machinery *fixture, Str digits, const char *address)
{
    SignIn *sign_in = auth_prepare_code(fixture->arena, &fixture->app, str_from(address), digits);
    Came came = {.token = sign_in->token};
    machinery_run(fixture, auth_sign_in, sign_in, &came.outcome, sizeof(came.outcome));
    return came;
}

static Came come_with_code(Machinery *fixture, Str digits)
{
    return come_with_code_from(fixture, digits, "1.2.3.4");
}

static Who who_is(Machinery *fixture, Str token, bool *out_touch)
{
    Who who;
    Snapshot *snapshot = machinery_look(fixture);
    test_ok(auth_who(snapshot, token, &who, out_touch));
    db_snapshot_end(snapshot);
    return who;
}

static void a_personal_code_signs_its_person_in(void **state)
{
    Machinery *fixture = *state;
    Str digits = new_code(fixture, LIN, false);
    Came came = come_with_code(fixture, digits);
    assert_true(came.outcome.is_in);
    assert_int_equal(came.outcome.person, LIN);
    bool touch = true;
    Who who = who_is(fixture, came.token, &touch);
    assert_int_equal(who.person, LIN);
    assert_true(str_eq(who.name, STR("林小红")));
    assert_false(who.must_set_password);
    assert_false(touch);
    assert_int_equal(who.n_grants, 1);
    assert_int_equal(who.grants[0].role, ROLE_RESIDENT);
    assert_int_equal(who.grants[0].area, COMMUNITY);
}

static void a_new_personal_code_ends_the_earlier_one(void **state)
{
    Machinery *fixture = *state;
    Str first = new_code(fixture, LIN, false);
    Str second = new_code(fixture, LIN, false);
    assert_false(come_with_code(fixture, first).outcome.is_in);
    assert_true(come_with_code(fixture, second).outcome.is_in);
}

static void a_new_personal_code_ends_the_sessions_of_the_earlier_one(void **state)
{
    Machinery *fixture = *state;
    bool touch;
    Came finder = come_with_code(fixture, new_code(fixture, LIN, false));
    Came wang = come_with_code(fixture, new_code(fixture, WANG, false));
    assert_int_equal(who_is(fixture, finder.token, &touch).person, LIN);
    new_code(fixture, LIN, false);
    assert_int_equal(who_is(fixture, finder.token, &touch).person, 0);
    assert_int_equal(who_is(fixture, wang.token, &touch).person, WANG);
}

static void a_one_time_code_works_once_and_only_to_choose_a_password(void **state)
{
    Machinery *fixture = *state;
    Str digits = new_code(fixture, WANG, true);
    Came came = come_with_code(fixture, digits);
    assert_true(came.outcome.is_in);
    bool touch;
    assert_true(who_is(fixture, came.token, &touch).must_set_password);
    assert_false(come_with_code(fixture, digits).outcome.is_in);
}

static void a_one_time_code_is_over_after_seven_days(void **state)
{
    Machinery *fixture = *state;
    Str digits = new_code(fixture, WANG, true);
    machinery_move_clock(fixture, INT64_C(7) * 24 * 60 * MINUTE);
    assert_false(come_with_code(fixture, digits).outcome.is_in);
}

static void five_wrong_tries_lock_even_the_right_password_and_time_opens_again(void **state)
{
    Machinery *fixture = *state;
    Str digits = new_code(fixture, LIN, false);
    SignIn *wrong = auth_prepare_code(fixture->arena, &fixture->app, STR("1.2.3.4"), digits);
    wrong->kind = CREDENTIAL_PASSWORD; /* the same subject, and never right */
    SignInOutcome outcome;
    for (int i = 0; i < LIMIT_CODE_TRIES; i++) {
        machinery_run(fixture, auth_sign_in, wrong, &outcome, sizeof(outcome));
        assert_false(outcome.is_in);
        assert_false(outcome.is_locked);
    }
    Came came = come_with_code(fixture, digits);
    assert_true(came.outcome.is_locked);
    assert_int_equal(came.outcome.minutes, 1);
    machinery_move_clock(fixture, MINUTE);
    assert_true(come_with_code(fixture, digits).outcome.is_in);
}

static void an_address_that_guesses_is_locked_and_others_are_not(void **state)
{
    Machinery *fixture = *state;
    Str digits = new_code(fixture, LIN, false);
    for (int i = 0; i < LIMIT_TRIES_PER_ADDRESS; i++) {
        Str guess = arena_printf(fixture->arena, "%016d", i);
        assert_false(come_with_code_from(fixture, guess, "6.6.6.6").outcome.is_in);
    }
    assert_true(come_with_code_from(fixture, digits, "6.6.6.6").outcome.is_locked);
    assert_true(come_with_code_from(fixture, digits, "1.2.3.4").outcome.is_in);
    machinery_move_clock(fixture, 60 * MINUTE);
    assert_true(come_with_code_from(fixture, digits, "6.6.6.6").outcome.is_in);
}

static void sessions_of_residents_end_unused_after_seven_days_and_anyway_after_thirty(void **state)
{
    Machinery *fixture = *state;
    const int64_t day = INT64_C(24) * 60 * MINUTE;
    Came came = come_with_code(fixture, new_code(fixture, LIN, false));
    bool touch = false;
    for (int i = 0; i < 4; i++) {
        machinery_move_clock(fixture, 6 * day);
        assert_int_equal(who_is(fixture, came.token, &touch).person, LIN);
        assert_true(touch);
        auth_touch(&fixture->app, came.token);
        for (int wait = 0; touch && wait < 200; wait++) {
            usleep(5000);
            who_is(fixture, came.token, &touch);
        }
        assert_false(touch);
    }
    machinery_move_clock(fixture, 6 * day); /* the thirtieth day */
    assert_int_equal(who_is(fixture, came.token, &touch).person, 0);
    came = come_with_code(fixture, new_code(fixture, LIN, false));
    machinery_move_clock(fixture, 7 * day);
    assert_int_equal(who_is(fixture, came.token, &touch).person, 0);
}

static void a_session_ends_when_its_person_signs_out(void **state)
{
    Machinery *fixture = *state;
    Came came = come_with_code(fixture, new_code(fixture, LIN, false));
    Hash32 hash = hash_token(came.token);
    machinery_run(fixture, auth_sign_out, &hash, NULL, 0);
    bool touch;
    assert_int_equal(who_is(fixture, came.token, &touch).person, 0);
}

/* --- passwords --- */

/* What setting a password from 1.2.3.4 comes to. */
static NewPassword *prepare_password(Machinery *fixture, Str token, const char *login,
                                     const char *present, const char *password)
{
    bool touch;
    Who who = who_is(fixture, token, &touch);
    PasswordTyped typed = {.login = str_from(login),
                           .present = str_from(present),
                           .password = str_from(password),
                           .again = str_from(password),
                           .address = STR("1.2.3.4")};
    NewPassword *chosen = NULL;
    Snapshot *snapshot = machinery_look(fixture);
    test_ok(
        auth_prepare_new_password(fixture->arena, &fixture->app, snapshot, &who, &typed, &chosen));
    db_snapshot_end(snapshot);
    return chosen;
}

static PasswordOutcome change_password(Machinery *fixture, Str token, const char *login,
                                       const char *present, const char *password)
{
    PasswordOutcome outcome;
    NewPassword *chosen = prepare_password(fixture, token, login, present, password);
    machinery_run(fixture, auth_set_password, chosen, &outcome, sizeof(outcome));
    return outcome;
}

static void choose_password(Machinery *fixture, Str token, const char *login, const char *password)
{
    assert_true(change_password(fixture, token, login, "", password).is_set);
}

static Came come_with_password_from(Machinery *fixture, const char *login, const char *password,
                                    const char *address)
{
    SignIn *sign_in = NULL;
    Snapshot *snapshot = machinery_look(fixture);
    test_ok(auth_prepare_password(fixture->arena, &fixture->app, snapshot, str_from(address),
                                  str_from(login), str_from(password), &sign_in));
    db_snapshot_end(snapshot);
    Came came = {.token = sign_in->token};
    machinery_run(fixture, auth_sign_in, sign_in, &came.outcome, sizeof(came.outcome));
    return came;
}

static Came come_with_password(Machinery *fixture, const char *login, const char *password)
{
    return come_with_password_from(fixture, login, password, "1.2.3.4");
}

static void staff_choose_a_password_and_sign_in_with_it(void **state)
{
    Machinery *fixture = *state;
    Came first = come_with_code(fixture, new_code(fixture, WANG, true));
    choose_password(fixture, first.token, "Wang.Qiang", "lamp bench rain");
    bool touch;
    assert_false(who_is(fixture, first.token, &touch).must_set_password);
    assert_true(come_with_password(fixture, " wang.qiang ", "lamp bench rain").outcome.is_in);
    assert_false(come_with_password(fixture, "wang.qiang", "lamp bench ruin").outcome.is_in);
    assert_false(come_with_password(fixture, "nobody", "lamp bench rain").outcome.is_in);
}

static void a_new_password_ends_the_persons_other_sessions(void **state)
{
    Machinery *fixture = *state;
    Came first = come_with_code(fixture, new_code(fixture, WANG, true));
    choose_password(fixture, first.token, "wang", "lamp bench rain");
    Came second = come_with_password(fixture, "wang", "lamp bench rain");
    assert_true(change_password(fixture, second.token, "wang", "lamp bench rain", "rain bench lamp")
                    .is_set);
    bool touch;
    assert_int_equal(who_is(fixture, first.token, &touch).person, 0);
    assert_int_equal(who_is(fixture, second.token, &touch).person, WANG);
    assert_false(come_with_password(fixture, "wang", "lamp bench rain").outcome.is_in);
}

/* Somebody who finds the desk unattended. */
static void a_password_is_changed_only_by_somebody_who_knows_the_present_one(void **state)
{
    Machinery *fixture = *state;
    Came came = come_with_code(fixture, new_code(fixture, WANG, true));
    choose_password(fixture, came.token, "wang", "lamp bench rain");
    PasswordOutcome outcome =
        change_password(fixture, came.token, "wang", "lamp bench ruin", "words of a thief");
    assert_false(outcome.is_set);
    assert_int_equal(auth_password_error(fixture->arena, &outcome)->code, ERROR_PASSWORD_PRESENT);
    assert_false(change_password(fixture, came.token, "wang", "", "words of a thief").is_set);
    assert_false(come_with_password(fixture, "wang", "words of a thief").outcome.is_in);
    assert_true(come_with_password(fixture, "wang", "lamp bench rain").outcome.is_in);
}

static void guesses_at_the_present_password_run_into_a_delay(void **state)
{
    Machinery *fixture = *state;
    Came came = come_with_code(fixture, new_code(fixture, WANG, true));
    choose_password(fixture, came.token, "wang", "lamp bench rain");
    for (int i = 0; i < LIMIT_CODE_TRIES; i++) {
        change_password(fixture, came.token, "wang", "lamp bench ruin", "words of a thief");
    }
    PasswordOutcome outcome =
        change_password(fixture, came.token, "wang", "lamp bench rain", "rain bench lamp");
    assert_false(outcome.is_set);
    assert_int_equal(auth_password_error(fixture->arena, &outcome)->code, ERROR_PASSWORD_LOCKED);
    machinery_move_clock(fixture, MINUTE);
    assert_true(
        change_password(fixture, came.token, "wang", "lamp bench rain", "rain bench lamp").is_set);
}

/* Without a password there is nothing to show: only a one-time code begins. */
static void a_session_by_a_personal_code_cannot_choose_a_password(void **state)
{
    Machinery *fixture = *state;
    Came came = come_with_code(fixture, new_code(fixture, WANG, false));
    assert_false(change_password(fixture, came.token, "wang", "", "lamp bench rain").is_set);
}

static SignIn *prepare_guess(Machinery *fixture, const char *login)
{
    SignIn *sign_in = NULL;
    Snapshot *snapshot = machinery_look(fixture);
    test_ok(auth_prepare_password(fixture->arena, &fixture->app, snapshot, STR("1.2.3.4"),
                                  str_from(login), STR("lamp bench ruin"), &sign_in));
    db_snapshot_end(snapshot);
    return sign_in;
}

/* The same wrong password from another address each time, or for another name each time; hashed
 * only once. */
static void guess_often(Machinery *fixture, const char *login, int times, bool is_one_address)
{
    SignIn *guess = prepare_guess(fixture, login);
    SignInOutcome outcome;
    guess->subject.bytes[1] ^= 1; /* never what this test signs in by */
    guess->known.bytes[1] ^= 1;
    for (int i = 1; i <= times; i++) {
        guess->subject.bytes[0] = (unsigned char)i;
        guess->known.bytes[0] = (unsigned char)i;
        if (is_one_address) {
            guess->strangers.bytes[0] = (unsigned char)i;
        } else {
            guess->address.bytes[0] = (unsigned char)i;
        }
        machinery_run(fixture, auth_sign_in, guess, &outcome, sizeof(outcome));
    }
}

static void strangers_who_guess_do_not_lock_the_owner_of_a_name_out(void **state)
{
    Machinery *fixture = *state;
    Came first = come_with_code(fixture, new_code(fixture, WANG, true));
    choose_password(fixture, first.token, "wang", "lamp bench rain");
    guess_often(fixture, "wang", LIMIT_TRIES_OF_STRANGERS, false);
    assert_true(
        come_with_password_from(fixture, "wang", "lamp bench rain", "6.7.8.9").outcome.is_locked);
    assert_true(come_with_password(fixture, "wang", "lamp bench rain").outcome.is_in);
    machinery_move_clock(fixture, 60 * MINUTE);
    assert_true(
        come_with_password_from(fixture, "wang", "lamp bench rain", "6.7.8.9").outcome.is_in);
}

/* A whole office may come from one address, or through a proxy nobody told the program about. */
static void a_guesser_at_the_same_address_does_not_lock_those_who_sign_in_there_daily(void **state)
{
    Machinery *fixture = *state;
    Came first = come_with_code(fixture, new_code(fixture, WANG, true));
    choose_password(fixture, first.token, "wang", "lamp bench rain");
    guess_often(fixture, "nobody", LIMIT_TRIES_PER_ADDRESS, true);
    assert_true(come_with_password(fixture, "nobody", "lamp bench ruin").outcome.is_locked);
    assert_true(come_with_password(fixture, "wang", "lamp bench rain").outcome.is_in);
}

static void wrong_passwords_from_one_address_lock_the_name_there_only(void **state)
{
    Machinery *fixture = *state;
    Came first = come_with_code(fixture, new_code(fixture, WANG, true));
    choose_password(fixture, first.token, "wang", "lamp bench rain");
    for (int i = 0; i < LIMIT_CODE_TRIES; i++) {
        come_with_password_from(fixture, "wang", "lamp bench ruin", "6.6.6.6");
    }
    assert_true(
        come_with_password_from(fixture, "wang", "lamp bench rain", "6.6.6.6").outcome.is_locked);
    assert_true(
        come_with_password_from(fixture, "wang", "lamp bench rain", "6.6.6.7").outcome.is_in);
}

/* Otherwise the answer would tell which names there are. */
static void a_name_that_nobody_has_is_locked_like_any_other(void **state)
{
    Machinery *fixture = *state;
    for (int i = 0; i < LIMIT_CODE_TRIES; i++) {
        assert_false(come_with_password(fixture, "nobody", "lamp bench ruin").outcome.is_locked);
    }
    assert_true(come_with_password(fixture, "nobody", "lamp bench ruin").outcome.is_locked);
}

static void one_can_sign_out_everywhere_else(void **state)
{
    Machinery *fixture = *state;
    Str digits = new_code(fixture, LIN, false);
    Came phone = come_with_code(fixture, digits);
    Came library = come_with_code(fixture, digits);
    Came other_person = come_with_code(fixture, new_code(fixture, WANG, false));
    OtherSessions others = {LIN, hash_token(phone.token)};
    machinery_run(fixture, auth_end_other_sessions, &others, NULL, 0);
    bool touch;
    assert_int_equal(who_is(fixture, phone.token, &touch).person, LIN);
    assert_int_equal(who_is(fixture, library.token, &touch).person, 0);
    assert_int_equal(who_is(fixture, other_person.token, &touch).person, WANG);
}

static void the_list_of_sessions_says_with_which_device_and_leaves_out_dead_ones(void **state)
{
    Machinery *fixture = *state;
    Str digits = new_code(fixture, LIN, false);
    come_with_code(fixture, digits);
    machinery_move_clock(fixture, INT64_C(8) * 24 * 60 * MINUTE);
    SignIn *sign_in = auth_prepare_code(fixture->arena, &fixture->app, STR("1.2.3.4"), digits);
    SignInOutcome outcome;
    sign_in->device = 49;
    machinery_run(fixture, auth_sign_in, sign_in, &outcome, sizeof(outcome));
    Who who = {.person = LIN, .session = sign_in->token};
    SessionInfo *sessions = NULL;
    size_t count = 0;
    Snapshot *snapshot = machinery_look(fixture);
    test_ok(auth_sessions(snapshot, &who, &sessions, &count));
    assert_int_equal(count, 1);
    assert_int_equal(sessions[0].device, 49);
    assert_true(sessions[0].is_this);
    db_snapshot_end(snapshot);
}

static void a_login_name_belongs_to_one_person(void **state)
{
    Machinery *fixture = *state;
    Came wang = come_with_code(fixture, new_code(fixture, WANG, true));
    choose_password(fixture, wang.token, "desk", "lamp bench rain");
    Came lin = come_with_code(fixture, new_code(fixture, LIN, true));
    NewPassword *chosen = prepare_password(fixture, lin.token, "DESK", "", "other words here");
    PasswordOutcome outcome;
    Error *err = db_write(fixture->app.db, fixture->arena, auth_set_password, chosen, &outcome,
                          sizeof(outcome));
    assert_non_null(err);
    assert_int_equal(err->code, ERROR_ALREADY_EXISTS);
    assert_true(str_eq(err->field, STR("login")));
}

static void staff_sessions_end_after_half_an_hour_unused(void **state)
{
    Machinery *fixture = *state;
    Came came = come_with_code(fixture, new_code(fixture, WANG, true));
    bool touch;
    machinery_move_clock(fixture, 29 * MINUTE);
    assert_int_equal(who_is(fixture, came.token, &touch).person, WANG);
    assert_true(touch);
    machinery_move_clock(fixture, 1 * MINUTE);
    assert_int_equal(who_is(fixture, came.token, &touch).person, 0);
}

static void a_role_ends_with_its_term(void **state)
{
    Machinery *fixture = *state;
    Came came = come_with_code(fixture, new_code(fixture, WANG, false));
    bool touch;
    assert_int_equal(who_is(fixture, came.token, &touch).n_grants, 1);
    machinery_move_clock(fixture, INT64_C(24) * 60 * MINUTE);
    assert_int_equal(who_is(fixture, came.token, &touch).n_grants, 0);
}

static void the_path_of_an_area_leads_up_to_the_top(void **state)
{
    Machinery *fixture = *state;
    Snapshot *snapshot = machinery_look(fixture);
    Who who = {0};
    test_ok(auth_area_path(snapshot, COMMUNITY, &who));
    assert_int_equal(who.n_area_path, 2);
    assert_int_equal(who.area_path[0], COMMUNITY);
    assert_int_equal(who.area_path[1], CITY);
    test_ok(auth_area_path(snapshot, 999, &who));
    assert_int_equal(who.n_area_path, 0);
    db_snapshot_end(snapshot);
}

static void cleaning_up_keeps_what_is_still_good(void **state)
{
    Machinery *fixture = *state;
    Str digits = new_code(fixture, LIN, false);
    Came came = come_with_code(fixture, digits);
    come_with_code(fixture, STR("0000000000000000"));
    test_ok(auth_clean_up(&fixture->app, fixture->arena));
    bool touch;
    assert_int_equal(who_is(fixture, came.token, &touch).person, LIN);
    machinery_move_clock(fixture, INT64_C(31) * 24 * 60 * MINUTE);
    test_ok(auth_clean_up(&fixture->app, fixture->arena));
    assert_true(come_with_code(fixture, digits).outcome.is_in);
}

static const MachineryCase cases[] = {
    MACHINERY_CASE(a_personal_code_signs_its_person_in),
    MACHINERY_CASE(a_new_personal_code_ends_the_earlier_one),
    MACHINERY_CASE(a_new_personal_code_ends_the_sessions_of_the_earlier_one),
    MACHINERY_CASE(a_one_time_code_works_once_and_only_to_choose_a_password),
    MACHINERY_CASE(a_one_time_code_is_over_after_seven_days),
    MACHINERY_CASE(five_wrong_tries_lock_even_the_right_password_and_time_opens_again),
    MACHINERY_CASE(an_address_that_guesses_is_locked_and_others_are_not),
    MACHINERY_CASE(sessions_of_residents_end_unused_after_seven_days_and_anyway_after_thirty),
    MACHINERY_CASE(a_session_ends_when_its_person_signs_out),
    MACHINERY_CASE(staff_choose_a_password_and_sign_in_with_it),
    MACHINERY_CASE(a_new_password_ends_the_persons_other_sessions),
    MACHINERY_CASE(a_password_is_changed_only_by_somebody_who_knows_the_present_one),
    MACHINERY_CASE(guesses_at_the_present_password_run_into_a_delay),
    MACHINERY_CASE(a_session_by_a_personal_code_cannot_choose_a_password),
    MACHINERY_CASE(strangers_who_guess_do_not_lock_the_owner_of_a_name_out),
    MACHINERY_CASE(a_guesser_at_the_same_address_does_not_lock_those_who_sign_in_there_daily),
    MACHINERY_CASE(wrong_passwords_from_one_address_lock_the_name_there_only),
    MACHINERY_CASE(a_name_that_nobody_has_is_locked_like_any_other),
    MACHINERY_CASE(one_can_sign_out_everywhere_else),
    MACHINERY_CASE(the_list_of_sessions_says_with_which_device_and_leaves_out_dead_ones),
    MACHINERY_CASE(a_login_name_belongs_to_one_person),
    MACHINERY_CASE(staff_sessions_end_after_half_an_hour_unused),
    MACHINERY_CASE(a_role_ends_with_its_term),
    MACHINERY_CASE(the_path_of_an_area_leads_up_to_the_top),
    MACHINERY_CASE(cleaning_up_keeps_what_is_still_good),
};

int main(void)
{
    return machinery_run_cases(cases, countof(cases));
}
