#include "platform/settings/settings.h"

#include "settings_sql.h"

Error *setting_get(Snapshot *snapshot, int64_t area, const char *key, Str otherwise, Str *out)
{
    SettingFindRow row;
    bool found = false;
    Error *err = sql_setting_find(snapshot, area, str_from(key), &row, &found);
    if (err) {
        return err;
    }
    *out = found ? row.value : otherwise;
    return NULL;
}

Error *setting_get_int(Snapshot *snapshot, int64_t area, const char *key, int64_t otherwise,
                       int64_t *out)
{
    Str text;
    Error *err = setting_get(snapshot, area, key, STR(""), &text);
    if (err) {
        return err;
    }
    if (!str_to_int64(text, out)) {
        *out = otherwise;
    }
    return NULL;
}

Error *setting_set(Tx *tx, int64_t area, const char *key, Str value)
{
    return sql_setting_put(tx, area, str_from(key), value, NULL);
}

Error *setting_drop(Tx *tx, int64_t area, const char *key)
{
    return sql_setting_remove(tx, area, str_from(key), NULL);
}
