/* dispatch.h: the handlers that server.c gives to the core. */
#ifndef PLATFORM_HTTP_DISPATCH_H
#define PLATFORM_HTTP_DISPATCH_H

#include "platform/http/visit.h"

/* user: the Server. On the loop: answers for embedded files, finds the route and its body limit. */
bool dispatch_accept(void *user, Request *request);
/* On a worker: everything else. */
void dispatch_handle(void *user, Request *request, Worker *worker);

#endif
