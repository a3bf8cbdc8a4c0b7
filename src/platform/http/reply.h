/* reply.h: headers of an answer; internal to platform/http. */
#ifndef PLATFORM_HTTP_REPLY_H
#define PLATFORM_HTTP_REPLY_H

#include "platform/http/request.h"

/* The headers that keep browsers from doing more than we mean, and the request id. */
void reply_security_headers(Request *request, bool is_tls);
/* The whole answer as bytes, for where the library takes none; the connection is to end after it.
 */
Str reply_raw(const Request *request);
/* Forgets headers and body made so far. */
void reply_clear(Request *request);

#endif
