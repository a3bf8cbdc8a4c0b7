/* sheet_zip.c: minizip over memory, each part streamed through expat, everything bounded. */
#include "platform/sheet/sheet_zip.h"

#include <minizip/unzip.h>

#include "base/limits.h"

#define PART_BYTES (64 * 1024)
#define MAX_DEPTH  32

struct SheetZip {
    Arena *arena;
    unzFile file;
    Str bytes;
    size_t at;
    size_t unpacked; /* of all parts so far */
};

/* --- a file in memory ----------------------------------------------------------------------- */

static voidpf open_memory(voidpf opaque, const void *name, int mode)
{
    SheetZip *zip = opaque;
    (void)name;
    (void)mode;
    zip->at = 0;
    return zip;
}

static uLong read_memory(voidpf opaque, voidpf stream, void *out, uLong size)
{
    SheetZip *zip = stream;
    size_t left = zip->bytes.len - zip->at;
    size_t n = size < left ? size : left;
    (void)opaque;
    memcpy(out, zip->bytes.data + zip->at, n);
    zip->at += n;
    return n;
}

static uLong write_memory(voidpf opaque, voidpf stream, const void *data, uLong size)
{
    (void)opaque;
    (void)stream;
    (void)data;
    (void)size;
    return 0;
}

static ZPOS64_T tell_memory(voidpf opaque, voidpf stream)
{
    (void)opaque;
    return ((SheetZip *)stream)->at;
}

static long seek_memory(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin)
{
    SheetZip *zip = stream;
    size_t base = origin == ZLIB_FILEFUNC_SEEK_CUR   ? zip->at
                  : origin == ZLIB_FILEFUNC_SEEK_END ? zip->bytes.len
                                                     : 0;
    (void)opaque;
    if (offset > zip->bytes.len - base) {
        return -1;
    }
    zip->at = base + (size_t)offset;
    return 0;
}

static int close_memory(voidpf opaque, voidpf stream)
{
    (void)opaque;
    (void)stream;
    return 0;
}

/* --- opening -------------------------------------------------------------------------------- */

static Error *unreadable(Arena *arena, const char *why)
{
    return error_make(arena, ERROR_SHEET_UNREADABLE, "xlsx: %s", why);
}

static Error *check_entries(SheetZip *zip)
{
    unz_global_info64 info;
    if (unzGetGlobalInfo64(zip->file, &info) != UNZ_OK) {
        return unreadable(zip->arena, "no directory");
    }
    if (info.number_entry > LIMIT_SHEET_ENTRIES) {
        return error_make(zip->arena, ERROR_TOO_LARGE, "xlsx: too many entries");
    }
    if (unzLocateFile(zip->file, "xl/vbaProject.bin", 1) == UNZ_OK) {
        return error_make(zip->arena, ERROR_SHEET_OLD, "xlsx: macros");
    }
    return NULL;
}

Error *sheet_zip_open(Arena *arena, Str bytes, SheetZip **out)
{
    SheetZip *zip = arena_new(arena, SheetZip);
    *zip = (SheetZip){.arena = arena, .bytes = bytes};
    zlib_filefunc64_def functions = {open_memory, read_memory,  write_memory, tell_memory,
                                     seek_memory, close_memory, close_memory, zip};
    zip->file = unzOpen2_64("memory", &functions);
    if (!zip->file) {
        return unreadable(arena, "not a zip file");
    }
    Error *err = check_entries(zip);
    if (err) {
        sheet_zip_close(zip);
        return err;
    }
    *out = zip;
    return NULL;
}

void sheet_zip_close(SheetZip *zip)
{
    unzClose(zip->file);
}

/* --- XML ------------------------------------------------------------------------------------ */

static Str local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return str_from(colon ? colon + 1 : name);
}

Str sheet_attribute(const char **attributes, const char *name)
{
    for (size_t i = 0; attributes[i]; i += 2) {
        if (str_eq(local_name(attributes[i]), str_from(name))) {
            return str_from(attributes[i + 1]);
        }
    }
    return STR("");
}

static void stop(SheetXml *xml, const char *why)
{
    if (!xml->error) {
        xml->error = unreadable(xml->arena, why);
    }
    XML_StopParser(xml->parser, XML_FALSE);
}

static void on_start(void *user, const char *name, const char **attributes)
{
    SheetXml *xml = user;
    if (xml->error) {
        return;
    }
    if (++xml->depth > MAX_DEPTH) {
        stop(xml, "too deep");
    } else {
        xml->start(xml, local_name(name), attributes);
    }
    if (xml->error) {
        XML_StopParser(xml->parser, XML_FALSE);
    }
}

static void on_end(void *user, const char *name)
{
    SheetXml *xml = user;
    if (xml->error) {
        return;
    }
    xml->depth--;
    if (xml->end) {
        xml->end(xml, local_name(name));
    }
    if (xml->error) {
        XML_StopParser(xml->parser, XML_FALSE);
    }
}

static void on_text(void *user, const char *data, int len)
{
    SheetXml *xml = user;
    if (!xml->error && xml->text) {
        xml->text(xml, str_from_bytes(data, (size_t)len));
    }
}

/* Document types are how entity bombs and foreign files get in; a workbook has none. */
static void on_doctype(void *user, const char *name, const char *system_id, const char *public_id,
                       int has_subset)
{
    (void)name;
    (void)system_id;
    (void)public_id;
    (void)has_subset;
    stop(user, "a document type");
}

/* --- one part ------------------------------------------------------------------------------- */

static Error *count_bytes(SheetZip *zip, size_t n)
{
    zip->unpacked += n;
    bool is_bomb = zip->unpacked > LIMIT_SHEET_BYTES ||
                   zip->unpacked > LIMIT_SHEET_RATIO * zip->bytes.len + PART_BYTES;
    return is_bomb ? error_make(zip->arena, ERROR_TOO_LARGE, "xlsx: unpacks to too much") : NULL;
}

static Error *feed(SheetZip *zip, SheetXml *xml)
{
    for (;;) {
        void *part = XML_GetBuffer(xml->parser, PART_BYTES);
        int n = part ? unzReadCurrentFile(zip->file, part, PART_BYTES) : -1;
        if (n < 0) {
            return unreadable(zip->arena, "a damaged part");
        }
        Error *err = count_bytes(zip, (size_t)n);
        if (err) {
            return err;
        }
        bool is_good = XML_ParseBuffer(xml->parser, n, n == 0) == XML_STATUS_OK;
        if (xml->error) {
            return xml->error;
        }
        if (!is_good) {
            return unreadable(zip->arena, "not well-formed XML");
        }
        if (n == 0) {
            return NULL;
        }
    }
}

static Error *parse_open_part(SheetZip *zip, SheetXml *xml)
{
    xml->parser = XML_ParserCreate(NULL);
    if (!xml->parser) {
        return unreadable(zip->arena, "no parser");
    }
    XML_SetUserData(xml->parser, xml);
    XML_SetElementHandler(xml->parser, on_start, on_end);
    XML_SetCharacterDataHandler(xml->parser, on_text);
    XML_SetStartDoctypeDeclHandler(xml->parser, on_doctype);
    Error *err = feed(zip, xml);
    XML_ParserFree(xml->parser);
    return err;
}

Error *sheet_zip_parse(SheetZip *zip, Str name, SheetXml *xml, bool *out_found)
{
    unz_file_info64 info;
    xml->arena = zip->arena;
    *out_found = unzLocateFile(zip->file, arena_cstr(zip->arena, name), 2) == UNZ_OK;
    if (!*out_found) {
        return NULL;
    }
    bool is_open = unzGetCurrentFileInfo64(zip->file, &info, NULL, 0, NULL, 0, NULL, 0) == UNZ_OK &&
                   (info.flag & 1) == 0 && unzOpenCurrentFile(zip->file) == UNZ_OK;
    if (!is_open) {
        return unreadable(zip->arena, "a part that cannot be opened");
    }
    Error *err = parse_open_part(zip, xml);
    bool is_sound = unzCloseCurrentFile(zip->file) == UNZ_OK;
    return err || is_sound ? err : unreadable(zip->arena, "a checksum is wrong");
}
