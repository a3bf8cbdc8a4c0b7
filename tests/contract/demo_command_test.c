/* The command "demo" on disk: complete, interrupted, or somebody's installation. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"

#define MAX_OUTPUT (64 * 1024)

extern char **environ;

typedef struct Place {
    Arena *arena;
    char directory[64];
} Place;

static int set_up(void **state)
{
    static Place place;
    place = (Place){.arena = arena_create(16u << 20), .directory = "/tmp/yz_demo_XXXXXX"};
    require(mkdtemp(place.directory) != NULL);
    *state = &place;
    return 0;
}

static const char *path_in(const Place *place, const char *name)
{
    return arena_printf(place->arena, "%s/%s", place->directory, name).data;
}

static void empty_directory(const Place *place, const char *path)
{
    DIR *entries = opendir(path);
    for (struct dirent *entry = entries ? readdir(entries) : NULL; entry;
         entry = readdir(entries)) {
        if (entry->d_name[0] != '.') {
            unlink(arena_printf(place->arena, "%s/%s", path, entry->d_name).data);
        }
    }
    if (entries) {
        closedir(entries);
    }
    rmdir(path);
}

static int tear_down(void **state)
{
    Place *place = *state;
    empty_directory(place, path_in(place, "keys"));
    empty_directory(place, place->directory);
    arena_destroy(place->arena);
    return 0;
}

static Str read_whole(const Place *place, const char *path)
{
    char *bytes = arena_array(place->arena, char, MAX_OUTPUT);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t length = fd < 0 ? 0 : read(fd, bytes, MAX_OUTPUT - 1);
    if (fd >= 0) {
        close(fd);
    }
    return str_from_bytes(bytes, length > 0 ? (size_t)length : 0);
}

/* Runs "yuanzhuo demo --fill-only" on the place; *out is what it printed. */
static int fill(const Place *place, Str *out)
{
    const char *build = getenv("YZ_BUILD");
    const char *root = getenv("YZ_ROOT");
    require(build && root);
    const char *program = arena_printf(place->arena, "%s/yuanzhuo", build).data;
    const char *data = arena_printf(place->arena, "%s/data/demo", root).data;
    const char *output = arena_printf(place->arena, "%s.out", place->directory).data;
    const char *argv[] = {program, "demo",        "--dir", place->directory, "--small", "--data",
                          data,    "--fill-only", NULL};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, O_WRONLY | O_CREAT | O_TRUNC,
                                     0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child;
    int status = 0;
    require(posix_spawn(&child, program, &actions, NULL, (char **)(uintptr_t)argv, environ) == 0);
    posix_spawn_file_actions_destroy(&actions);
    require(waitpid(child, &status, 0) == child && WIFEXITED(status));
    *out = read_whole(place, output);
    unlink(output);
    return WEXITSTATUS(status);
}

static void touch(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    require(fd >= 0);
    close(fd);
}

static void a_second_start_prints_the_same_sheet(void **state)
{
    const Place *place = *state;
    Str first, second;
    assert_int_equal(fill(place, &first), 0);
    assert_int_equal(fill(place, &second), 0);
    assert_true(first.len > 2000);
    assert_true(str_eq(first, second));
}

static void the_sheet_is_kept_for_its_owner_only(void **state)
{
    const Place *place = *state;
    Str sheet;
    struct stat about;
    assert_int_equal(fill(place, &sheet), 0);
    assert_int_equal(stat(path_in(place, "codes.txt"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_int_not_equal(access(path_in(place, "filling"), F_OK), 0);
}

/* The database holds names, phones and births; a directory made beforehand may let others in. */
static void every_file_is_for_its_owner_only(void **state)
{
    const Place *place = *state;
    Str sheet;
    size_t files = 0;
    mode_t before = umask(022);
    assert_int_equal(chmod(place->directory, 0755), 0);
    assert_int_equal(fill(place, &sheet), 0);
    umask(before);
    DIR *entries = opendir(place->directory);
    assert_non_null(entries);
    for (struct dirent *entry = readdir(entries); entry; entry = readdir(entries)) {
        struct stat about;
        if (entry->d_name[0] != '.') {
            assert_int_equal(stat(path_in(place, entry->d_name), &about), 0);
            assert_int_equal(about.st_mode & 077, 0);
            files++;
        }
    }
    closedir(entries);
    assert_true(files >= 3);
}

static void an_interrupted_filling_is_begun_again(void **state)
{
    const Place *place = *state;
    Str first, second;
    assert_int_equal(fill(place, &first), 0);
    assert_int_equal(unlink(path_in(place, "codes.txt")), 0);
    touch(path_in(place, "filling"));
    assert_int_equal(fill(place, &second), 0);
    assert_true(second.len > 2000);
    assert_false(str_eq(first, second));
}

static void an_installation_that_is_no_demonstration_is_left_alone(void **state)
{
    const Place *place = *state;
    Str out;
    int fd = open(path_in(place, "yuanzhuo.db"), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_int_equal(write(fd, "precious", 8), 8);
    close(fd);
    assert_int_equal(fill(place, &out), 1);
    assert_int_equal(out.len, 0);
    assert_true(str_eq(read_whole(place, path_in(place, "yuanzhuo.db")), STR("precious")));
    assert_int_not_equal(access(path_in(place, "codes.txt"), F_OK), 0);
    assert_int_not_equal(access(path_in(place, "filling"), F_OK), 0);
}

#define IN_A_PLACE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_A_PLACE(a_second_start_prints_the_same_sheet),
        IN_A_PLACE(the_sheet_is_kept_for_its_owner_only),
        IN_A_PLACE(every_file_is_for_its_owner_only),
        IN_A_PLACE(an_interrupted_filling_is_begun_again),
        IN_A_PLACE(an_installation_that_is_no_demonstration_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
