/* sign_in.h: what the files of platform/auth share. */
#ifndef PLATFORM_AUTH_SIGN_IN_H
#define PLATFORM_AUTH_SIGN_IN_H

#include "platform/auth/auth.h"
#include "platform/http/app.h"

/* credential.lookup of a code's digits, and of a login name (trimmed, narrowed, ASCII letters
 * small). */
Hash32 code_lookup(const Secret *secret, Str digits);
Hash32 login_lookup(Arena *arena, const Secret *secret, Str login);
/* Under what a name's having been right from this address is kept. */
Hash32 known_subject(Arena *arena, const Secret *secret, const Hash32 *lookup, Str address);
/* How long a session lasts in all, and unused; by the way of signing in. */
int64_t session_life_ms(CredentialKind kind);
int64_t session_idle_ms(CredentialKind kind);

#endif
