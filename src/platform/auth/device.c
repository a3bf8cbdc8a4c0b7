#include "platform/auth/device.h"

/* The first that fits counts: nearly everybody also claims to be what came before them. */
typedef struct Mark {
    Str word;
    int value;
} Mark;

static const Mark systems[] = {
    {STR_INIT("OpenHarmony"), SYSTEM_HARMONY}, {STR_INIT("HarmonyOS"), SYSTEM_HARMONY},
    {STR_INIT("Android"), SYSTEM_ANDROID},     {STR_INIT("iPhone"), SYSTEM_IPHONE},
    {STR_INIT("iPad"), SYSTEM_IPAD},           {STR_INIT("Windows"), SYSTEM_WINDOWS},
    {STR_INIT("Macintosh"), SYSTEM_MAC},       {STR_INIT("Linux"), SYSTEM_LINUX},
};

static const Mark browsers[] = {
    {STR_INIT("MicroMessenger/"), BROWSER_WECHAT}, {STR_INIT("Edg"), BROWSER_EDGE},
    {STR_INIT("Firefox/"), BROWSER_FIREFOX},       {STR_INIT("Chrome/"), BROWSER_CHROME},
    {STR_INIT("Safari/"), BROWSER_SAFARI},
};

static int first_mark(Str user_agent, const Mark *marks, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (str_contains(user_agent, marks[i].word)) {
            return marks[i].value;
        }
    }
    return 0;
}

int device_of(Str user_agent)
{
    return first_mark(user_agent, systems, countof(systems)) * 16 +
           first_mark(user_agent, browsers, countof(browsers));
}

DeviceSystem device_system(int device)
{
    int machine = device / 16;
    return machine > 0 && machine < SYSTEM_COUNT ? (DeviceSystem)machine : SYSTEM_UNKNOWN;
}

DeviceBrowser device_browser(int device)
{
    int browser = device % 16;
    return browser > 0 && browser < BROWSER_COUNT ? (DeviceBrowser)browser : BROWSER_UNKNOWN;
}
