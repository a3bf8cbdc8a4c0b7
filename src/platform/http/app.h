/* app.h: what lives as long as the process: main fills it once, everything else only reads it. */
#ifndef PLATFORM_HTTP_APP_H
#define PLATFORM_HTTP_APP_H

#include "base/clock.h"
#include "platform/auth/password.h"
#include "platform/auth/secret.h"
#include "platform/db/db.h"
#include "platform/feature.h"

struct App {
    Db *db;
    Clock *clock;
    const Feature *const *features;
    size_t n_features;
    const char *keys_directory;    /* poll keys and the server's secret; never in a backup */
    Secret secret;                 /* secret_load() */
    Hasher *hasher;                /* hasher_create() */
    const struct SendConfig *send; /* ways out of the site; NULL: none (platform/send/send.h) */
    bool is_demo;                  /* the clock may be moved by anybody (features/demo) */
    const char *sign_in_path;      /* NULL = "/sign-in" */
    const char *password_path;     /* where staff choose a password; NULL = "/me/password" */
    /* Renders an error as a page (page->status is set). NULL: a plain page with the sentence. */
    void (*error_page)(Page *page, const Error *error);
};

#endif
