/* install.h: one installation on disk, and the App that runs from it.
 *
 * A directory holds yuanzhuo.db (SQLite), keys/ (the server's secret and the poll keys; never part
 * of a backup) and, if wanted, yuanzhuo.conf:
 *
 *     [server]
 *     address = 127.0.0.1        port = 8080         workers = 8      loops = 2
 *     trusted_proxies = 127.0.0.1                    behind_tls = yes
 *     [database]
 *     where = postgresql://yuanzhuo@127.0.0.1/yuanzhuo
 *     [keys]
 *     directory = /etc/yuanzhuo/keys
 *     [log]
 *     level = info               ; debug info warn error
 *
 * and the ways out of the site, each off unless it stands there: [notices] [sms] [wechat] [smtp]
 * (install_send.h).
 *
 * Unknown sections and names are errors that name the line. Flags of a command win over the file.
 */
#ifndef MAIN_INSTALL_H
#define MAIN_INSTALL_H

#include "base/log.h"
#include "platform/http/app.h"
#include "platform/http/http.h"
#include "platform/send/send.h"

typedef struct Install {
    const char *directory;
    const char *database;
    const char *keys_directory;
    LogLevel log_level;
    ServerOptions server;
    SendConfig send;
} Install;

/* The directory's settings: defaults, then its yuanzhuo.conf if there is one. CONFIGURATION with
 * the line at fault. */
MUST_USE Error *install_read(Arena *arena, const char *directory, Install *out);

/* Makes the directory (0700), keys/ and the server's secret, the database and its schema. ALREADY_
 * EXISTS when the directory already holds an installation. */
MUST_USE Error *install_create(Arena *arena, const Install *install);

/* Opens database, secret and hasher. migrate: bring an older schema up to date; without it an older
 * schema is a CONFIGURATION error that says what to run. */
MUST_USE Error *install_open(Arena *arena, const Install *install, Clock *clock, bool migrate,
                             App *out);
void install_close(App *app);

/* Prints one line, "yuanzhuo COMMAND: what happened, what to do", to standard error; exit code 1.
 */
int report_error(const char *command, const Error *error);

#endif
