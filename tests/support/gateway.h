/* gateway.h: a webhook gateway or a mail server on 127.0.0.1 that does what a test tells it. */
#ifndef TESTS_SUPPORT_GATEWAY_H
#define TESTS_SUPPORT_GATEWAY_H

#include "base/arena.h"

typedef enum GatewayWay {
    GATEWAY_ANSWERS,   /* HTTP: with `status`; SMTP: takes the message */
    GATEWAY_HANGS_UP,  /* once it has read the whole message */
    GATEWAY_SAYS_NO,   /* SMTP: `status` to the receiver */
    GATEWAY_SAYS_AFTER /* SMTP: `status` to the whole message */
} GatewayWay;

typedef struct Gateway Gateway;

/* Listens on a free port. */
Gateway *gateway_start(bool is_smtp, GatewayWay way, int status);
int gateway_port(const Gateway *gateway);
void gateway_set(Gateway *gateway, GatewayWay way, int status);
/* Whole messages that were read so far. */
int gateway_messages(Gateway *gateway);
/* The last of them: HTTP head and body, SMTP what stood between DATA and the dot. */
Str gateway_last(Gateway *gateway, Arena *arena);
void gateway_stop(Gateway *gateway);

#endif
