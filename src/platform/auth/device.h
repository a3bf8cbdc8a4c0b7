/* device.h: which kind of device and browser a session was opened with, so that people know their
 * own again. A number of two coarse parts: the field User-Agent itself would tell far more.
 */
#ifndef PLATFORM_AUTH_DEVICE_H
#define PLATFORM_AUTH_DEVICE_H

#include "base/str.h"

/* Stored in session.device as system * 16 + browser: never renumber. */
typedef enum DeviceSystem {
    SYSTEM_UNKNOWN = 0,
    SYSTEM_ANDROID = 1,
    SYSTEM_HARMONY = 2,
    SYSTEM_IPHONE = 3,
    SYSTEM_IPAD = 4,
    SYSTEM_WINDOWS = 5,
    SYSTEM_MAC = 6,
    SYSTEM_LINUX = 7,
    SYSTEM_COUNT
} DeviceSystem;

typedef enum DeviceBrowser {
    BROWSER_UNKNOWN = 0,
    BROWSER_WECHAT = 1,
    BROWSER_EDGE = 2,
    BROWSER_FIREFOX = 3,
    BROWSER_CHROME = 4,
    BROWSER_SAFARI = 5,
    BROWSER_COUNT
} DeviceBrowser;

/* Pure: from the request's field User-Agent, which may hold anything. */
int device_of(Str user_agent);
/* UNKNOWN for a number that no device_of() gives. */
DeviceSystem device_system(int device);
DeviceBrowser device_browser(int device);

#endif
