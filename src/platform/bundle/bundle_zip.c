#include "platform/bundle/bundle_zip.h"

#include <minizip/unzip.h>
#include <minizip/zip.h>
#include <stdint.h>
#include <string.h>

/* ---- a file in memory, as minizip wants it ------------------------------------------------- */

typedef struct Memory {
    Buf *out; /* when writing */
    Str in;   /* when reading */
    uint64_t at;
} Memory;

static uint64_t length_of(const Memory *memory)
{
    return memory->out != NULL ? memory->out->len : memory->in.len;
}

static voidpf open_memory(voidpf opaque, const void *name, int mode)
{
    (void)name;
    (void)mode;
    return opaque;
}

static uLong read_memory(voidpf opaque, voidpf stream, void *to, uLong size)
{
    (void)opaque;
    Memory *memory = stream;
    const char *from = memory->out != NULL ? memory->out->data : memory->in.data;
    uint64_t left = memory->at < length_of(memory) ? length_of(memory) - memory->at : 0;
    uLong count = size < left ? size : (uLong)left;
    if (count > 0) {
        memcpy(to, from + memory->at, count);
    }
    memory->at += count;
    return count;
}

/* minizip goes back to fill in sizes it did not know before. */
static uLong write_memory(voidpf opaque, voidpf stream, const void *from, uLong size)
{
    (void)opaque;
    Memory *memory = stream;
    uint64_t over = memory->at < memory->out->len ? memory->out->len - memory->at : 0;
    over = over < size ? over : size;
    if (over > 0) {
        memcpy(memory->out->data + memory->at, from, over);
    }
    buf_append(memory->out, (const char *)from + over, size - over);
    memory->at += size;
    return memory->out->overflowed ? 0 : size;
}

static ZPOS64_T tell_memory(voidpf opaque, voidpf stream)
{
    (void)opaque;
    return ((const Memory *)stream)->at;
}

static long seek_memory(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    (void)opaque;
    Memory *memory = stream;
    uint64_t base = origin == ZLIB_FILEFUNC_SEEK_SET   ? 0
                    : origin == ZLIB_FILEFUNC_SEEK_CUR ? memory->at
                                                       : length_of(memory);
    uint64_t at = base + offset;
    if (at > length_of(memory)) {
        return -1;
    }
    memory->at = at;
    return 0;
}

static int close_memory(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

static zlib_filefunc64_def functions_of(Memory *memory)
{
    return (zlib_filefunc64_def){.zopen64_file = open_memory,
                                 .zread_file = read_memory,
                                 .zwrite_file = write_memory,
                                 .ztell64_file = tell_memory,
                                 .zseek64_file = seek_memory,
                                 .zclose_file = close_memory,
                                 .zerror_file = close_memory,
                                 .opaque = memory};
}

/* ---- writing ------------------------------------------------------------------------------- */

static bool write_member(Arena *arena, zipFile archive, const ZipMember *member)
{
    /* The first day zip knows, so that the bytes do not depend on the clock. */
    zip_fileinfo info = {.tmz_date = {.tm_mday = 1, .tm_mon = 0, .tm_year = 1980}};
    bool opened =
        zipOpenNewFileInZip64(archive, arena_cstr(arena, member->name), &info, NULL, 0, NULL, 0,
                              NULL, Z_DEFLATED, 6, member->bytes.len > UINT32_MAX / 2) == ZIP_OK;
    size_t at = 0;
    bool done = opened;
    while (done && at < member->bytes.len) {
        size_t piece = member->bytes.len - at < (1u << 20) ? member->bytes.len - at : 1u << 20;
        done = zipWriteInFileInZip(archive, member->bytes.data + at, (unsigned)piece) == ZIP_OK;
        at += piece;
    }
    return opened && zipCloseFileInZip(archive) == ZIP_OK && done;
}

Error *bundle_zip_write(Arena *arena, const ZipMember *members, size_t n_members, Buf *out)
{
    Memory memory = {.out = out, .at = out->len};
    zlib_filefunc64_def functions = functions_of(&memory);
    zipFile archive = zipOpen2_64("", APPEND_STATUS_CREATE, NULL, &functions);
    bool done = archive != NULL;
    for (size_t i = 0; i < n_members && done; i++) {
        done = write_member(arena, archive, &members[i]);
    }
    done = archive != NULL && zipClose(archive, NULL) == ZIP_OK && done;
    return done && !out->overflowed
               ? NULL
               : error_make(arena, ERROR_TOO_LARGE, "the archive is too large");
}

/* ---- reading ------------------------------------------------------------------------------- */

static Error *refuse(Arena *arena, const char *why)
{
    return error_make(arena, ERROR_BAD_REQUEST, "%s", why);
}

static Error *read_bytes(Arena *arena, unzFile archive, size_t size, Str *out)
{
    char *bytes = arena_array(arena, char, size + 1);
    size_t at = 0;
    int got = 1;
    while (got > 0 && at < size) {
        size_t piece = size - at < (1u << 20) ? size - at : 1u << 20;
        got = unzReadCurrentFile(archive, bytes + at, (unsigned)piece);
        at += got > 0 ? (size_t)got : 0;
    }
    /* One byte more must not come, and the checksum must be right. */
    char more;
    bool ended = got >= 0 && at == size && unzReadCurrentFile(archive, &more, 1) == 0;
    bool sound = unzCloseCurrentFile(archive) == UNZ_OK && ended;
    *out = (Str){bytes, size};
    return sound ? NULL : refuse(arena, "a member of the archive is damaged");
}

static Error *read_member(Arena *arena, unzFile archive, size_t *left, ZipMember *out)
{
    char name[256];
    unz_file_info64 info;
    if (unzGetCurrentFileInfo64(archive, &info, name, sizeof(name), NULL, 0, NULL, 0) != UNZ_OK ||
        info.size_filename >= sizeof(name)) {
        return refuse(arena, "the list of the archive is damaged");
    }
    if (info.uncompressed_size > *left) {
        return refuse(arena, "the archive unfolds to more than a bundle may hold");
    }
    *left -= (size_t)info.uncompressed_size;
    out->name = arena_str(arena, str_from(name));
    if (unzOpenCurrentFile(archive) != UNZ_OK) {
        return refuse(arena, "a member of the archive is damaged");
    }
    return read_bytes(arena, archive, (size_t)info.uncompressed_size, &out->bytes);
}

static bool holds(const ZipMember *members, size_t count, Str name)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(members[i].name, name)) {
            return true;
        }
    }
    return false;
}

static Error *read_members(Arena *arena, unzFile archive, size_t max_bytes, ZipMember *members,
                           size_t *out_count)
{
    int at = unzGoToFirstFile(archive);
    while (at == UNZ_OK) {
        if (*out_count == ZIP_MEMBERS_MAX) {
            return refuse(arena, "the archive has too many members");
        }
        ZipMember *member = &members[*out_count];
        Error *err = read_member(arena, archive, &max_bytes, member);
        if (err) {
            return err;
        }
        if (holds(members, *out_count, member->name)) {
            return refuse(arena, "the archive has two members of one name");
        }
        (*out_count)++;
        at = unzGoToNextFile(archive);
    }
    return at == UNZ_END_OF_LIST_OF_FILE ? NULL
                                         : refuse(arena, "the list of the archive is damaged");
}

Error *bundle_zip_read(Arena *arena, Str bytes, size_t max_bytes, ZipMember **out_members,
                       size_t *out_count)
{
    Memory memory = {.in = bytes};
    zlib_filefunc64_def functions = functions_of(&memory);
    *out_members = arena_array(arena, ZipMember, ZIP_MEMBERS_MAX);
    *out_count = 0;
    unzFile archive = unzOpen2_64("", &functions);
    if (archive == NULL) {
        return refuse(arena, "this is not a zip archive");
    }
    Error *err = read_members(arena, archive, max_bytes, *out_members, out_count);
    unzClose(archive);
    return err;
}
