/* check_rooms: the build fails where a file of src/ breaks the order of the house.
 *
 *     check_rooms ROOT
 *
 * The rules are in rooms.h. Prints "file:line: message" for each break and ends with status 1.
 */
#include "rooms.h"
#include "tool_files.h"

#define ARENA_BYTES ((size_t)512 * 1024 * 1024)

int main(int argc, char **argv)
{
    if (argc != 2) {
        fputs("usage: check_rooms ROOT\n", stderr);
        return 2;
    }
    Arena *arena = arena_create(ARENA_BYTES);
    Buf report;
    buf_init(&report, TOOL_MAX_FILE_BYTES);
    int problems = rooms_check(arena, argv[1], &report);
    if (report.len > 0) {
        fwrite(report.data, 1, report.len, stderr);
    }
    buf_free(&report);
    arena_destroy(arena);
    return problems == 0 ? 0 : 1;
}
