/* csrf.h: is this form one that we gave to this visitor? Pure.
 *
 * A form's token is a nonce and an HMAC with the server's secret over the visitor's session (or
 * seed cookie), the form's name and the nonce. So a page costs no write, a token of another visitor
 * or another form is worthless, and the nonce makes every token single: its hash is what table
 * submission remembers.
 */
#ifndef PLATFORM_HTTP_CSRF_H
#define PLATFORM_HTTP_CSRF_H

#include "platform/auth/secret.h"

/* binding: the session's token, or the seed cookie. */
Str csrf_token(Arena *arena, const Secret *secret, Str binding, const char *form);
bool csrf_token_is_good(Arena *arena, const Secret *secret, Str binding, const char *form,
                        Str token);
/* The browser says where the form was: its host must be ours. Old browsers may say nothing; then
 * the token alone decides. "null" is not ours. */
bool csrf_origin_is_good(Str host, Str origin, Str referer);

#endif
