#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <sys/stat.h>

#include <cmocka.h>
#include <unistd.h>

#include "platform/auth/secret.h"

typedef struct Place {
    Arena *arena;
    char directory[32];
    Str path;
} Place;

static int set_up(void **state)
{
    static Place place;
    memcpy(place.directory, "/tmp/yz_secret_XXXXXX", sizeof("/tmp/yz_secret_XXXXXX"));
    place.arena = arena_create(1 << 20);
    assert_non_null(mkdtemp(place.directory));
    place.path = arena_printf(place.arena, "%s/%s", place.directory, SECRET_FILE);
    *state = &place;
    return 0;
}

static int tear_down(void **state)
{
    Place *place = *state;
    unlink(place->path.data);
    rmdir(place->directory);
    arena_destroy(place->arena);
    return 0;
}

static void a_secret_is_made_once_and_read_again(void **state)
{
    Place *place = *state;
    Secret first, second;
    assert_null(secret_create(place->arena, place->directory));
    assert_null(secret_load(place->arena, place->directory, &first));
    assert_null(secret_load(place->arena, place->directory, &second));
    assert_memory_equal(first.bytes, second.bytes, SECRET_BYTES);
    assert_int_equal(secret_create(place->arena, place->directory)->code, ERROR_ALREADY_EXISTS);
    struct stat about;
    assert_int_equal(stat(place->path.data, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

static void a_secret_that_others_can_read_is_refused(void **state)
{
    Place *place = *state;
    Secret secret;
    assert_null(secret_create(place->arena, place->directory));
    chmod(place->path.data, 0640);
    assert_int_equal(secret_load(place->arena, place->directory, &secret)->code,
                     ERROR_CONFIGURATION);
    chmod(place->path.data, 0604);
    assert_int_equal(secret_load(place->arena, place->directory, &secret)->code,
                     ERROR_CONFIGURATION);
}

static void a_missing_or_short_secret_is_refused(void **state)
{
    Place *place = *state;
    Secret secret;
    assert_int_equal(secret_load(place->arena, place->directory, &secret)->code,
                     ERROR_CONFIGURATION);
    assert_null(secret_create(place->arena, place->directory));
    assert_int_equal(truncate(place->path.data, 31), 0);
    assert_int_equal(secret_load(place->arena, place->directory, &secret)->code,
                     ERROR_CONFIGURATION);
}

static void different_purposes_give_different_hashes(void **state)
{
    (void)state;
    Secret secret = {{1}};
    Hash32 code = secret_hash(&secret, "code", STR("1"));
    Hash32 login = secret_hash(&secret, "login", STR("1"));
    Hash32 moved = secret_hash(&secret, "code1", STR(""));
    assert_memory_not_equal(code.bytes, login.bytes, 32);
    assert_memory_not_equal(code.bytes, moved.bytes, 32);
}

static void bytes_are_written_in_crockfords_base_32(void **state)
{
    Place *place = *state;
    static const unsigned char bytes[] = {0xff, 0x00, 0x84, 0x21, 0x08};
    assert_true(str_eq(base32_text(place->arena, bytes, 5), STR("zw088888")));
    assert_true(str_eq(base32_text(place->arena, bytes, 1), STR("zw")));
    assert_int_equal(base32_text(place->arena, bytes, 0).len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_secret_is_made_once_and_read_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_secret_that_others_can_read_is_refused, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_missing_or_short_secret_is_refused, set_up, tear_down),
        cmocka_unit_test(different_purposes_give_different_hashes),
        cmocka_unit_test_setup_teardown(bytes_are_written_in_crockfords_base_32, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
