/* ini.c: see the header. */
#include "base/ini.h"

IniReader ini_reader(Str text)
{
    Str mark = STR("\xef\xbb\xbf");
    if (str_starts_with(text, mark)) {
        text = str_slice(text, mark.len, text.len);
    }
    return (IniReader){.rest = text};
}

static void read_line(IniReader *reader, Str line, IniLine *out)
{
    *out = (IniLine){.kind = INI_BAD, .number = reader->number};
    if (line.data[0] == '[') {
        if (str_ends_with(line, STR("]"))) {
            reader->section = str_trim(str_slice(line, 1, line.len - 1));
            out->kind = INI_SECTION;
        }
    } else if (str_cut(line, '=', &out->key, &out->value)) {
        out->key = str_trim(out->key);
        out->value = str_trim(out->value);
        out->kind = out->key.len > 0 ? INI_VALUE : INI_BAD;
    }
    out->section = reader->section;
}

bool ini_next(IniReader *reader, IniLine *out)
{
    while (reader->rest.len > 0) {
        Str line;
        str_cut(reader->rest, '\n', &line, &reader->rest);
        reader->number++;
        line = str_trim(line);
        if (line.len > 0 && line.data[0] != ';' && line.data[0] != '#') {
            read_line(reader, line, out);
            return true;
        }
    }
    return false;
}
