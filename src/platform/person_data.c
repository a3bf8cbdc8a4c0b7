#include "platform/person_data.h"

json_t *json_of_str(Str s)
{
    return json_stringn(s.data ? s.data : "", s.len);
}

static int append_piece(const char *piece, size_t size, void *user)
{
    buf_append(user, piece, size);
    return 0;
}

Error *person_data_member(Snapshot *snapshot, const char *name, json_t *value, Buf *out)
{
    buf_printf(out, "\"%s\":", name);
    int failed = json_dump_callback(value, append_piece, out, JSON_COMPACT);
    json_decref(value);
    return failed ? error_make(snapshot_arena(snapshot), ERROR_UNAVAILABLE, "json") : NULL;
}
