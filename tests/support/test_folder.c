#include "tests/support/test_folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

const char *test_folder_make(Arena *arena)
{
    const char *parent = getenv("TMPDIR");
    char *folder = arena_cstr(
        arena, arena_printf(arena, "%s/yz_folder_XXXXXX", parent && *parent ? parent : "/tmp"));
    require(mkdtemp(folder) != NULL);
    return folder;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *place)
{
    (void)info;
    (void)kind;
    (void)place;
    return remove(path);
}

void test_folder_remove(const char *folder)
{
    require(str_contains(str_from(folder), STR("/yz_folder_")));
    require(nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS) == 0);
}
