/* Any bytes as a Cookie header and as an X-Forwarded-For header: what is read lies inside the
 * header and within the limits. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "platform/http/cookies.h"
#include "platform/http/visit.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_inside(Str part, Str whole)
{
    return part.data >= whole.data && part.data + part.len <= whole.data + whole.len;
}

static void check_cookies(Str header)
{
    Cookies cookies;
    cookies_parse(header, &cookies);
    require(cookies.count <= LIMIT_COOKIES);
    for (size_t i = 0; i < cookies.count; i++) {
        require(is_inside(cookies.names[i], header) && is_inside(cookies.values[i], header));
        require(!str_contains(cookies.names[i], STR("=")));
        if (cookie_value_is_plain(cookies.values[i])) {
            require(cookies.values[i].len <= 128 && !str_contains(cookies.values[i], STR("\n")));
        }
    }
    Str session = cookies_get(&cookies, COOKIE_SESSION);
    require(session.len == 0 || is_inside(session, header));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Str header = str_from_bytes((const char *)data, size);
    Str peer = STR("127.0.0.1");
    check_cookies(header);
    Str client = client_address(peer, header, STR("127.0.0.1, 10.0.0.1"));
    require(str_eq(client, peer) || (is_inside(client, header) && client.len <= 45));
    require(str_eq(client_address(peer, header, STR("10.0.0.1")), peer));
    return 0;
}
