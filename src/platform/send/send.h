/* send.h: one attempt to hand a message to a gateway, and what is known of it afterwards.
 *
 * What matters is SendOutcome: whoever calls may try again after SEND_LATER only, because only then
 * it is certain that nobody got the message. An answer that never came is SEND_UNCLEAR.
 * Blocks for at most SEND_SECONDS; for jobs, never inside a transaction or a page.
 *
 * SMS and WeChat: POST of a JSON object {"id","channel","to","kind","area","words","link"} with
 *     Idempotency-Key: the id, the same for every attempt at a message
 *     X-Yuanzhuo-Signature: t=SECONDS,v1=HEX   HMAC-SHA256 of "SECONDS.BODY" with the shared secret
 * What the answers mean: send_outcome_of_status(). E-mail: SMTP with TLS, Message-ID of the id.
 * Start reading at SendConfig and send_message().
 */
#ifndef PLATFORM_SEND_SEND_H
#define PLATFORM_SEND_SEND_H

#include <sys/socket.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"

#define SEND_SECONDS         10
#define SEND_CONNECT_SECONDS 4
#define SEND_ANSWER_BYTES    4096 /* of an answer are read, and thrown away */

/* Stored by number: never renumber. */
typedef enum SendChannel {
    SEND_SITE = 0, /* nothing is sent */
    SEND_SMS = 1,
    SEND_WECHAT = 2,
    SEND_EMAIL = 3,
    SEND_CHANNELS
} SendChannel;

typedef struct SendWebhook {
    const char *url; /* NULL: not configured */
    Str secret;
    bool is_private; /* may stand in the local network, and speak plain HTTP */
} SendWebhook;

typedef struct SendSmtp {
    const char *url;  /* smtp://host:587 (STARTTLS) or smtps://host:465; NULL: not configured */
    const char *user; /* NULL: none asked */
    const char *password;
    Str from; /* address of the sender */
    bool is_private;
} SendSmtp;

typedef struct SendConfig {
    SendWebhook sms;
    SendWebhook wechat;
    SendSmtp smtp;
    Str site;        /* "https://example.org", before links; may be empty: then none are sent */
    int quiet_from;  /* minutes after midnight; nothing leaves between them … */
    int quiet_until; /* … equal: no quiet hours */
} SendConfig;

/* Nothing configured, quiet from 21:00 to 8:00. */
SendConfig send_config_default(void);
/* CONFIGURATION when what is there cannot work or is not safe: an address that is none, plain HTTP
 * or an unknown scheme without `private`, a secret under 16 characters, a sender without address.
 * Never names a secret. */
MUST_USE Error *send_config_check(Arena *arena, const SendConfig *config);
/* True when the installation can send this way; config may be NULL. */
bool send_can(const SendConfig *config, SendChannel channel);

typedef enum SendOutcome {
    SEND_DONE = 1,    /* the gateway has taken it */
    SEND_LATER = 2,   /* certainly not taken; may be tried again */
    SEND_REFUSED = 3, /* certainly not taken, and would not be another time */
    SEND_UNCLEAR = 4  /* it may have been taken: a person decides */
} SendOutcome;

/* Why; stored by number. */
typedef enum SendReason {
    SEND_NO_REASON = 0,
    SEND_NOT_REACHED = 1,     /* no name, no connection, no TLS */
    SEND_ADDRESS_PRIVATE = 2, /* the gateway's name leads into the local network */
    SEND_BUSY = 3,            /* it said: not now */
    SEND_SAID_NO = 4,         /* it said: no; see the status */
    SEND_NO_ANSWER = 5,       /* it was given the message and did not answer */
    SEND_BAD_ANSWER = 6,      /* it answered with a failure that says nothing of the message */
    SEND_NO_ADDRESS = 7,      /* nobody knows where to; the caller's */
    SEND_INTERRUPTED = 8,     /* this program ended in the middle; the caller's */
    SEND_TOO_OFTEN = 9,       /* tried as often as it may be; the caller's */
    SEND_NOT_SET_UP = 10,     /* the installation has no such way any more; the caller's */
    SEND_REASONS
} SendReason;

typedef struct SendMessage {
    SendChannel channel;
    Str id;      /* the same for every attempt at this message; letters and digits */
    Str to;      /* a phone number, or an e-mail address */
    Str kind;    /* a name for the gateway's templates: "vote" */
    Str area;    /* whose message it is: the community's name */
    Str subject; /* e-mail */
    Str words;
    Str path; /* "/a/…": sent as a link behind SendConfig.site; may be empty */
} SendMessage;

typedef struct SendResult {
    SendOutcome outcome;
    SendReason reason;
    int status; /* HTTP or SMTP, 0: none came */
} SendResult;

/* One attempt. The channel must be configured: send_can(). */
SendResult send_message(Arena *arena, const SendConfig *config, const SendMessage *message,
                        Instant now);

/* --- pure parts, for tests ---------------------------------------------------------------------
 */

/* What an HTTP status says: 2xx taken; 429 and 503 not taken, try later; any other 5xx unclear;
 * everything else refused (redirections are not followed). */
SendResult send_outcome_of_status(int status);
/* Private, loopback, link-local, multicast, reserved, and IPv6 forms that carry such an IPv4. */
bool send_address_is_private(const struct sockaddr *address);
/* "t=…,v1=…" */
Str send_signature(Arena *arena, Str secret, Str body, Instant now);
/* One line of what an e-mail is: something@something.something, no spaces, no control characters,
 * at most 254 bytes. */
bool send_is_email(Str address);
/* Headers and body of an e-mail, CRLF; subject and text in base64, so that nothing in them can be
 * taken for a header. */
Str send_email_text(Arena *arena, const SendConfig *config, const SendMessage *message,
                    Instant now);

#endif
