/* reply.c: headers every answer carries, and the plain page for what fails early. */
#include <stdio.h>

#include "platform/http/reply.h"

void reply_header(Request *request, const char *name, const char *value)
{
    ReplyHeader *header = arena_new(request->arena, ReplyHeader);
    header->name = name;
    header->value = value;
    *request->reply.headers_end = header;
    request->reply.headers_end = &header->next;
}

void reply_clear(Request *request)
{
    request->reply.headers = NULL;
    request->reply.headers_end = &request->reply.headers;
    request->reply.fixed = (Str){0};
    buf_clear(&request->reply.body);
}

Str reply_raw(const Request *request)
{
    const Reply *reply = &request->reply;
    Str text = arena_printf(request->arena,
                            "HTTP/1.1 %d Refused\r\nConnection: close\r\n"
                            "Content-Length: %zu\r\n",
                            reply->status, reply->body.len);
    for (const ReplyHeader *h = reply->headers; h; h = h->next) {
        text = arena_printf(request->arena, "%.*s%s: %s\r\n", STR_ARG(text), h->name, h->value);
    }
    return arena_printf(request->arena, "%.*s\r\n%.*s", STR_ARG(text),
                        STR_ARG(buf_view(&reply->body)));
}

#define CONTENT_SECURITY_POLICY                                                                    \
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action "        \
    "'self'; "                                                                                     \
    "base-uri 'none'; frame-ancestors 'none'; connect-src 'self'; manifest-src 'self'"

#define PERMISSIONS_POLICY                                                                         \
    "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

void reply_security_headers(Request *request, bool is_tls)
{
    reply_header(request, "X-Content-Type-Options", "nosniff");
    reply_header(request, "Referrer-Policy", "same-origin");
    reply_header(request, "Content-Security-Policy", CONTENT_SECURITY_POLICY);
    reply_header(request, "Cross-Origin-Opener-Policy", "same-origin");
    reply_header(request, "Permissions-Policy", PERMISSIONS_POLICY);
    reply_header(request, "X-Request-Id", request->id.data);
    if (is_tls) {
        reply_header(request, "Strict-Transport-Security", "max-age=31536000");
    }
}

typedef struct PlainWords {
    int status;
    const char *zh;
    const char *en;
} PlainWords;

static const PlainWords plain_words[] = {
    {400, "请求有误。", "The request could not be read."},
    {404, "没有这个页面。", "There is no such page."},
    {405, "这里不能这样做。", "That cannot be done here."},
    {413, "内容太大。", "That is too large."},
    {503, "现在太忙，请稍后再试。", "Too busy just now; please try again in a moment."},
    {500, "出错了，请稍后再试。", "Something went wrong; please try again."},
};

void reply_plain(Request *request, int status, bool close)
{
    const PlainWords *words = &plain_words[countof(plain_words) - 1];
    for (size_t i = 0; i < countof(plain_words); i++) {
        if (plain_words[i].status == status) {
            words = &plain_words[i];
        }
    }
    request->reply.status = status;
    request->reply.close = close;
    reply_header(request, "Content-Type", "text/html; charset=utf-8");
    reply_header(request, "Cache-Control", "no-store");
    reply_security_headers(request, false);
    buf_printf(&request->reply.body,
               "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\">"
               "<meta name=\"viewport\" content=\"width=device-width\"><title>%s</title>"
               "<p>%s</p><p lang=\"en\">%s</p></html>\n",
               words->zh, words->zh, words->en);
}
