#include "platform/html/asset.h"

const Asset *asset_find(Str url_path)
{
    for (size_t i = 0; i < asset_count; i++) {
        if (str_eq(url_path, str_from(assets[i].url))) {
            return &assets[i];
        }
    }
    return NULL;
}

const char *asset_url(const char *name)
{
    for (size_t i = 0; i < asset_count; i++) {
        if (strcmp(assets[i].name, name) == 0) {
            return assets[i].url;
        }
    }
    panic("no embedded file is called %s", name);
}

SafeUrl asset(const char *name)
{
    return (SafeUrl){str_from(asset_url(name))};
}
