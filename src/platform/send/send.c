/* send.c: one attempt over the network, by libcurl. */
#include <curl/curl.h>
#include <pthread.h>
#include <unistd.h>

#include "platform/send/send_internal.h"

typedef struct Attempt {
    CURL *curl;
    Arena *arena;
    bool may_be_private;
    bool was_private; /* a socket to the local network was refused */
    size_t received;
    Str text;      /* an e-mail being read by libcurl … */
    size_t given;  /* … so many bytes of it so far */
    bool is_given; /* … and then its end */
} Attempt;

/* libcurl wants to be started once in a process, before its first use. */
static void start_curl(void)
{
    curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* --- what libcurl calls ----------------------------------------------------------------------- */

static curl_socket_t open_socket(void *user, curlsocktype purpose, struct curl_sockaddr *address)
{
    Attempt *attempt = user;
    (void)purpose;
    if (!attempt->may_be_private && send_address_is_private(&address->addr)) {
        attempt->was_private = true;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/* The answer's body says nothing that is needed; a gateway that goes on and on is cut off. */
static size_t take_answer(char *bytes, size_t size, size_t count, void *user)
{
    Attempt *attempt = user;
    (void)bytes;
    attempt->received += size * count;
    return attempt->received <= SEND_ANSWER_BYTES ? size * count : 0;
}

static size_t give_text(char *bytes, size_t size, size_t count, void *user)
{
    Attempt *attempt = user;
    size_t most = size * count;
    size_t left = attempt->text.len - attempt->given;
    size_t now = left < most ? left : most;
    memcpy(bytes, attempt->text.data + attempt->given, now);
    attempt->given += now;
    attempt->is_given = attempt->is_given || now == 0;
    return now;
}

/* --- an attempt ------------------------------------------------------------------------------- */

static void set_common(Attempt *attempt, const char *url, const char *protocols)
{
    CURL *curl = attempt->curl;
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, protocols);
    curl_easy_setopt(curl, CURLOPT_PROXY, "");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, (long)SEND_CONNECT_SECONDS);
    curl_easy_setopt(curl, CURLOPT_TIMEOUT, (long)SEND_SECONDS);
    curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, open_socket);
    curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, attempt);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_answer);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, attempt);
}

static SendResult not_reached(const Attempt *attempt)
{
    return attempt->was_private ? (SendResult){SEND_REFUSED, SEND_ADDRESS_PRIVATE, 0}
                                : (SendResult){SEND_LATER, SEND_NOT_REACHED, 0};
}

static int status_of(const Attempt *attempt)
{
    long status = 0;
    curl_easy_getinfo(attempt->curl, CURLINFO_RESPONSE_CODE, &status);
    return (int)status;
}

/* Once a byte of the request has left, only a whole answer says what became of it. A body that was
 * cut off behind the status changes nothing about the status. */
static SendResult webhook_result(const Attempt *attempt, CURLcode code)
{
    long sent = 0;
    int status = status_of(attempt);
    if (code == CURLE_OK || (code == CURLE_WRITE_ERROR && status > 0)) {
        return send_outcome_of_status(status);
    }
    curl_easy_getinfo(attempt->curl, CURLINFO_REQUEST_SIZE, &sent);
    return sent == 0 ? not_reached(attempt) : (SendResult){SEND_UNCLEAR, SEND_NO_ANSWER, status};
}

static struct curl_slist *with_header(struct curl_slist *list, Arena *arena, const char *name,
                                      Str value)
{
    return curl_slist_append(list, arena_printf(arena, "%s: %.*s", name, STR_ARG(value)).data);
}

static SendResult post(Attempt *attempt, const SendWebhook *hook, const SendConfig *config,
                       const SendMessage *message, Instant now)
{
    Arena *arena = attempt->arena;
    Str body = send_json(arena, config, message);
    struct curl_slist *headers = NULL;
    headers = with_header(headers, arena, "Content-Type", STR("application/json"));
    headers = with_header(headers, arena, "Idempotency-Key", message->id);
    headers = with_header(headers, arena, "X-Yuanzhuo-Signature",
                          send_signature(arena, hook->secret, body, now));
    headers = with_header(headers, arena, "Expect", STR(""));
    attempt->may_be_private = hook->is_private;
    set_common(attempt, hook->url, hook->is_private ? "https,http" : "https");
    curl_easy_setopt(attempt->curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(attempt->curl, CURLOPT_POSTFIELDSIZE, (long)body.len);
    curl_easy_setopt(attempt->curl, CURLOPT_POSTFIELDS, body.data);
    SendResult result = webhook_result(attempt, curl_easy_perform(attempt->curl));
    curl_slist_free_all(headers);
    return result;
}

/* Before the end of the text was given to libcurl, the server cannot have taken the message. */
static SendResult email_result(const Attempt *attempt, CURLcode code)
{
    int status = status_of(attempt);
    if (code == CURLE_OK) {
        return (SendResult){SEND_DONE, SEND_NO_REASON, status};
    }
    if (code == CURLE_LOGIN_DENIED) {
        return (SendResult){SEND_LATER, SEND_SAID_NO, status}; /* says nothing of the message */
    }
    if (status >= 500 && status < 600) {
        return (SendResult){SEND_REFUSED, SEND_SAID_NO, status};
    }
    if (status >= 400 && status < 500) {
        return (SendResult){SEND_LATER, SEND_BUSY, status};
    }
    return attempt->is_given ? (SendResult){SEND_UNCLEAR, SEND_NO_ANSWER, status}
                             : not_reached(attempt);
}

static SendResult mail(Attempt *attempt, const SendConfig *config, const SendMessage *message,
                       Instant now)
{
    const SendSmtp *smtp = &config->smtp;
    Arena *arena = attempt->arena;
    Str from = arena_printf(arena, "<%.*s>", STR_ARG(smtp->from));
    Str to = arena_printf(arena, "<%.*s>", STR_ARG(message->to));
    struct curl_slist *receivers = curl_slist_append(NULL, to.data);
    CURL *curl = attempt->curl;
    attempt->may_be_private = smtp->is_private;
    attempt->text = send_email_text(arena, config, message, now);
    set_common(attempt, smtp->url, "smtp,smtps");
    curl_easy_setopt(curl, CURLOPT_USE_SSL,
                     (long)(smtp->is_private ? CURLUSESSL_TRY : CURLUSESSL_ALL));
    if (smtp->user) {
        curl_easy_setopt(curl, CURLOPT_USERNAME, smtp->user);
        curl_easy_setopt(curl, CURLOPT_PASSWORD, smtp->password);
    }
    curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.data);
    curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, receivers);
    curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_text);
    curl_easy_setopt(curl, CURLOPT_READDATA, attempt);
    curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
    SendResult result = email_result(attempt, curl_easy_perform(curl));
    curl_slist_free_all(receivers);
    return result;
}

SendResult send_message(Arena *arena, const SendConfig *config, const SendMessage *message,
                        Instant now)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, start_curl);
    Attempt attempt = {.curl = curl_easy_init(), .arena = arena};
    if (!attempt.curl) {
        return (SendResult){SEND_LATER, SEND_NOT_REACHED, 0};
    }
    SendResult result =
        message->channel == SEND_EMAIL
            ? mail(&attempt, config, message, now)
            : post(&attempt, message->channel == SEND_SMS ? &config->sms : &config->wechat, config,
                   message, now);
    curl_easy_cleanup(attempt.curl);
    return result;
}
