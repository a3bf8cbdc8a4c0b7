/* auth.h: signing in and out, codes and passwords, sessions.
 *
 * The way of a sign-in, split because only the middle may touch the database for writing:
 *   1. in the handler      auth_prepare_code() or auth_prepare_password(): hashes, draws the
 *                          session token
 *   2. in the transaction  auth_sign_in, a use case for page_write()
 *   3. after it            page_signed_in() (http.h): sets the cookie, or gives the error to show
 * A wrong try is a success of step 2 (it has to count the try) and an error of step 3. The answer
 * and the work are the same for known and unknown codes and names.
 *
 *   Error *submit_code(Page *page, Snapshot *snapshot, const void *input)
 *   {
 *       const CodeInput *typed = input;
 *       SignIn *sign_in = auth_prepare_code(page->arena, page->app, page->address, typed->code);
 *       return page_write(page, auth_sign_in, sign_in, sizeof(SignInOutcome), after_sign_in);
 *   }
 *   static Error *after_sign_in(Page *page, const void *input, const void *output)
 *   {
 *       Error *err = page_signed_in(page, input, output);
 *       return err ? err : page_redirect(page, …);
 *   }
 * Routes that sign in or out carry ROUTE_REPEATABLE: the browser may send them twice.
 */
#ifndef PLATFORM_AUTH_AUTH_H
#define PLATFORM_AUTH_AUTH_H

#include "platform/auth/secret.h"
#include "platform/auth/who.h"
#include "platform/db/db.h"

struct App;

/* Stored by number in credential.kind and session.credential_kind: never renumber. */
typedef enum CredentialKind {
    CREDENTIAL_PERSONAL_CODE = 1,
    CREDENTIAL_PASSWORD = 2,
    CREDENTIAL_ONE_TIME_CODE = 3
} CredentialKind;

/* --- codes ---------------------------------------------------------------------------------------
 */

/* "1234 5678 9012 3456": shown or printed once; the database keeps a keyed hash. */
typedef struct CodeText {
    char text[20];
} CodeText;

/* A new personal code for a resident; an earlier one of this person ends, and with it every session
 * that somebody opened with it: the paper may have been lost. */
MUST_USE Error *auth_new_personal_code(Tx *tx, const Secret *secret, int64_t person, CodeText *out);
/* The personal code of somebody who becomes staff ends with its sessions: from now on a password is
 * asked for. */
MUST_USE Error *auth_end_personal_code(Tx *tx, int64_t person);
/* A code that signs staff in once, within seven days, to choose a password; earlier ones end. */
MUST_USE Error *auth_new_one_time_code(Tx *tx, const Secret *secret, int64_t person, CodeText *out);

/* --- signing in ----------------------------------------------------------------------------------
 */

typedef struct SignIn {
    CredentialKind kind; /* PERSONAL_CODE stands for both kinds of code */
    int device;          /* as device_of() gives it; set by the caller, 0 when unknown */
    Hash32 lookup;       /* of the code or login name */
    Hash32 subject;      /* tries on this code, or on this name from this address, count here */
    Hash32 address;      /* tries of this address count here */
    Hash32 strangers;    /* password: tries on this name from addresses where nobody was right */
    Hash32 known;        /* password: somebody signed in under this name from this address */
    bool password_matches;
    Str stored_hash; /* the password hash that was checked */
    Str token;       /* the session's, in the cookie if it comes to that */
    Hash32 token_hash;
} SignIn;

typedef struct SignInOutcome {
    bool is_in;
    bool is_locked;
    int64_t minutes; /* locked: until a try is looked at again, rounded up */
    int64_t person;
    CredentialKind kind;
    int64_t seconds; /* the session's life */
} SignInOutcome;

/* digits: as FIELD_CODE gives them. */
SignIn *auth_prepare_code(Arena *arena, const struct App *app, Str address, Str digits);
/* Reads the stored hash and verifies it. BUSY when too many are being verified. */
MUST_USE Error *auth_prepare_password(Arena *arena, const struct App *app, Snapshot *snapshot,
                                      Str address, Str login, Str password, SignIn **out);
/* Use case: input SignIn, output SignInOutcome. Five tries on a code, or on a name from one
 * address, then a growing delay; LIMIT_TRIES_PER_ADDRESS an hour from one address. Nobody can lock
 * somebody else out by wrong passwords: LIMIT_TRIES_OF_STRANGERS an hour on one name, and the tries
 * of an address, close it only where nobody signed in under it in the last two months. */
Error *auth_sign_in(Tx *tx, const void *sign_in, Instant now, void *outcome);
/* NULL when signed in; else SIGN_IN_WRONG or SIGN_IN_LOCKED (number = minutes). */
Error *auth_outcome_error(Arena *arena, const SignInOutcome *outcome);

/* --- a password ----------------------------------------------------------------------------------
 */

typedef struct PasswordTyped {
    Str login;
    Str present; /* the present password; not looked at after a one-time code */
    Str password;
    Str again;
    Str address; /* of the client */
} PasswordTyped;

typedef struct NewPassword {
    int64_t person;
    bool is_first; /* after a one-time code: nobody has a present password to show */
    bool present_matches;
    Str stored_hash; /* the present password's, as it was checked */
    Hash32 subject;  /* wrong present passwords count here */
    Hash32 lookup;   /* of the login name */
    Hash32 known;
    Str hash;
    Hash32 session; /* stays signed in; the person's other sessions end */
} NewPassword;

typedef struct PasswordOutcome {
    bool is_set;
    int64_t locked_minutes; /* too many wrong present passwords */
} PasswordOutcome;

/* Checks the rules, verifies the present password unless who->must_set_password (then no snapshot
 * is needed), and hashes: PASSWORD_WEAK, PASSWORD_DIFFERENT (field "again"), BUSY. */
MUST_USE Error *auth_prepare_new_password(Arena *arena, const struct App *app, Snapshot *snapshot,
                                          const Who *who, const PasswordTyped *typed,
                                          NewPassword **out);
/* Use case: input NewPassword, output PasswordOutcome. ALREADY_EXISTS (field "login") when the name
 * is somebody else's. One-time codes and other sessions of the person end. A wrong present password
 * is a success here (the try is counted) and an error of auth_password_error(). */
Error *auth_set_password(Tx *tx, const void *new_password, Instant now, void *outcome);
/* NULL when set; else PASSWORD_PRESENT or PASSWORD_LOCKED (number = minutes), field "present". */
Error *auth_password_error(Arena *arena, const PasswordOutcome *outcome);

/* --- sessions ------------------------------------------------------------------------------------
 */

/* Use case: input a Hash32 (hash_token(who.session)), no output. */
Error *auth_sign_out(Tx *tx, const void *token_hash, Instant now, void *unused);
typedef struct OtherSessions {
    int64_t person;
    Hash32 session; /* the one that stays */
} OtherSessions;
/* Use case: input OtherSessions, no output. */
Error *auth_end_other_sessions(Tx *tx, const void *others, Instant now, void *unused);
/* Ends every session of the person (all devices), and with_credentials also every way to sign in.
 */
MUST_USE Error *auth_end_person(Tx *tx, int64_t person, bool with_credentials);

typedef struct SessionInfo {
    CredentialKind kind;
    int device; /* as device_of() gives it */
    Instant created_at;
    Instant seen_at; /* coarse */
    bool is_this;
} SessionInfo;
/* Those that could still be used, the newest first, 50 at most. */
MUST_USE Error *auth_sessions(Snapshot *snapshot, const Who *who, SessionInfo **out, size_t *out_n);

typedef struct SignInWays {
    bool has_password;
    Instant code_expires_at; /* of a one-time code that can still be used; 0 when there is none */
} SignInWays;
/* How somebody on the staff can sign in at this moment. */
MUST_USE Error *auth_ways(Snapshot *snapshot, int64_t person, SignInWays *out);

/* Who the session token belongs to, with name and running grants; nobody (person 0) when it is
 * unknown or over. *out_touch: its seen_at should be written again. One query. */
MUST_USE Error *auth_who(Snapshot *snapshot, Str token, Who *out, bool *out_touch);
/* Fills who->area_path and who->areas_on_path with the area and those above it; nothing when there
 * is no such area. One query. */
MUST_USE Error *auth_area_path(Snapshot *snapshot, int64_t area, Who *who);
/* Writes seen_at without anybody waiting for it. */
void auth_touch(const struct App *app, Str token);
/* Removes sessions and tries that are over, and used codes: a job. */
Error *auth_clean_up(struct App *app, Arena *arena);

#endif
