/* addresses.h: how many connections each client address holds, over all loops. */
#ifndef PLATFORM_HTTP_ADDRESSES_H
#define PLATFORM_HTTP_ADDRESSES_H

#include <stdbool.h>
#include <sys/socket.h>

#include "base/arena.h"

typedef struct Addresses Addresses;
typedef struct AddressCount AddressCount;

/* trusted: comma-separated numeric addresses that are not counted (proxies), or NULL. */
Addresses *addresses_create(Arena *arena, int per_address, int in_all, const char *trusted);
void addresses_free(Addresses *addresses);
/* May one more connection come from there? */
bool addresses_admits(Addresses *addresses, const struct sockaddr *from);
/* Counts one connection; give the result back to addresses_leave. */
AddressCount *addresses_enter(Addresses *addresses, const struct sockaddr *from);
void addresses_leave(Addresses *addresses, AddressCount *count);

/* Numeric text of an address, IPv4-mapped IPv6 as IPv4; "" for other families. */
void address_text(const struct sockaddr *from, char out[48]);
/* True when the text is one of the comma-separated addresses. */
bool address_is_listed(Str address, Str list);
/* What sign-in limits count by: an IPv4 address whole, an IPv6 address by its /64 (one household).
 * The result is in the arena. */
Str address_network(Arena *arena, Str address);

#endif
