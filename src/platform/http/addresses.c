#include "platform/http/addresses.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <pthread.h>

#include "base/error.h"

#define BUCKETS 1024

struct AddressCount {
    char address[48];
    int connections;
    AddressCount *next;
};

struct Addresses {
    pthread_mutex_t lock;
    int per_address;
    int in_all;
    int total;
    Str trusted;
    AddressCount *buckets[BUCKETS];
};

Addresses *addresses_create(Arena *arena, int per_address, int in_all, const char *trusted)
{
    Addresses *addresses = arena_new(arena, Addresses);
    pthread_mutex_init(&addresses->lock, NULL);
    addresses->per_address = per_address;
    addresses->in_all = in_all;
    addresses->trusted = arena_str(arena, str_from(trusted));
    return addresses;
}

void addresses_free(Addresses *addresses)
{
    for (size_t i = 0; i < BUCKETS; i++) {
        for (AddressCount *count = addresses->buckets[i]; count;) {
            AddressCount *next = count->next;
            free(count);
            count = next;
        }
    }
    pthread_mutex_destroy(&addresses->lock);
}

void address_text(const struct sockaddr *from, char out[48])
{
    out[0] = '\0';
    if (from->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const struct sockaddr_in *)(const void *)from;
        inet_ntop(AF_INET, &in->sin_addr, out, 48);
    } else if (from->sa_family == AF_INET6) {
        const struct sockaddr_in6 *in6 = (const struct sockaddr_in6 *)(const void *)from;
        if (IN6_IS_ADDR_V4MAPPED(&in6->sin6_addr)) {
            inet_ntop(AF_INET, &in6->sin6_addr.s6_addr[12], out, 48);
        } else {
            inet_ntop(AF_INET6, &in6->sin6_addr, out, 48);
        }
    }
}

bool address_is_listed(Str address, Str list)
{
    while (list.len > 0) {
        Str one;
        str_cut(list, ',', &one, &list);
        if (str_eq(str_trim(one), address)) {
            return true;
        }
    }
    return false;
}

Str address_network(Arena *arena, Str address)
{
    struct in6_addr in6;
    if (inet_pton(AF_INET6, arena_cstr(arena, address), &in6) != 1) {
        return arena_str(arena, address);
    }
    memset(&in6.s6_addr[8], 0, 8);
    char text[48];
    inet_ntop(AF_INET6, &in6, text, sizeof(text));
    return arena_printf(arena, "%s/64", text);
}

/* The list cell that holds this address, or the end of its bucket. Under the lock. */
static AddressCount **find(Addresses *addresses, const char *address)
{
    AddressCount **at = &addresses->buckets[str_hash(str_from(address)) % BUCKETS];
    while (*at && strcmp((*at)->address, address) != 0) {
        at = &(*at)->next;
    }
    return at;
}

bool addresses_admits(Addresses *addresses, const struct sockaddr *from)
{
    char text[48];
    address_text(from, text);
    bool is_trusted = address_is_listed(str_from(text), addresses->trusted);
    pthread_mutex_lock(&addresses->lock);
    const AddressCount *count = *find(addresses, text);
    bool is_full = count && !is_trusted && count->connections >= addresses->per_address;
    bool admits = !is_full && addresses->total < addresses->in_all;
    pthread_mutex_unlock(&addresses->lock);
    return admits;
}

AddressCount *addresses_enter(Addresses *addresses, const struct sockaddr *from)
{
    char text[48];
    address_text(from, text);
    pthread_mutex_lock(&addresses->lock);
    AddressCount **at = find(addresses, text);
    if (!*at) {
        *at = calloc(1, sizeof(**at));
        if (!*at) {
            panic("out of memory");
        }
        memcpy((*at)->address, text, sizeof(text));
    }
    AddressCount *count = *at;
    count->connections++;
    addresses->total++;
    pthread_mutex_unlock(&addresses->lock);
    return count;
}

void addresses_leave(Addresses *addresses, AddressCount *count)
{
    pthread_mutex_lock(&addresses->lock);
    addresses->total--;
    if (--count->connections == 0) {
        *find(addresses, count->address) = count->next;
        free(count);
    }
    pthread_mutex_unlock(&addresses->lock);
}
