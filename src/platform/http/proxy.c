#include "platform/http/addresses.h"
#include "platform/http/visit.h"

/* Proxies append: from the right, the first address that is not a trusted proxy is the client's. */
Str client_address(Str peer, Str forwarded_for, Str trusted)
{
    Str client = peer;
    Str rest = forwarded_for;
    while (rest.len > 0 && address_is_listed(client, trusted)) {
        size_t start = rest.len;
        while (start > 0 && rest.data[start - 1] != ',') {
            start--;
        }
        Str last = str_trim(str_slice(rest, start, rest.len));
        if (last.len == 0 || last.len > 45) {
            break;
        }
        client = last;
        rest = str_slice(rest, 0, start > 0 ? start - 1 : 0);
    }
    return client;
}

bool client_used_tls(bool always, Str peer, Str forwarded_proto, Str trusted)
{
    Str first, rest;
    str_cut(forwarded_proto, ',', &first, &rest);
    return always ||
           (address_is_listed(peer, trusted) && str_eq_ignore_case(str_trim(first), STR("https")));
}
