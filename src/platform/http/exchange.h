/* exchange.h: the callbacks that loop.c gives to the library; all run on the loop's thread. */
#ifndef PLATFORM_HTTP_EXCHANGE_H
#define PLATFORM_HTTP_EXCHANGE_H

#include <microhttpd.h>

#include "platform/http/core.h"

/* The request line has come. */
void *exchange_started(void *loop, const char *target, struct MHD_Connection *mhd);
/* Headers, then body, then the whole; and again after a resume. */
enum MHD_Result exchange_handle(void *loop, struct MHD_Connection *mhd, const char *url,
                                const char *method, const char *version, const char *data,
                                size_t *size, void **context);
/* The reply has been sent, or the connection is gone. */
void exchange_completed(void *loop, struct MHD_Connection *mhd, void **context,
                        enum MHD_RequestTerminationCode how);
/* Gives the replies that workers have finished to the library. */
void exchange_resume_finished(Loop *loop);
/* True when there are such replies. */
bool exchange_has_finished(Loop *loop);
/* Gives back half of the memory for requests that nobody needed since the last call. */
void exchange_free_unused(Loop *loop);
void exchange_free_spare(Loop *loop);

#endif
