/* driver_sqlite_wal.c: checkpoints off the writer's thread. */
#include <unistd.h>

#include "base/log.h"
#include "base/thread.h"
#include "platform/db/driver_sqlite.h"

#define CHECKPOINT_PAGES 1000 /* 4 MB: worth moving */
#define TRUNCATE_PAGES                                                                             \
    16000 /* 64 MB: readers kept it from starting over; shrink it when we can                      \
           */

static void checkpoint(Checkpointer *checkpointer, int wal_pages)
{
    int in_wal = 0;
    int moved = 0;
    int status = sqlite3_wal_checkpoint_v2(checkpointer->database, NULL, SQLITE_CHECKPOINT_PASSIVE,
                                           &in_wal, &moved);
    if (status == SQLITE_OK && in_wal == moved && wal_pages > TRUNCATE_PAGES) {
        /* All is moved, so this holds the writer for a moment only; it gives up at once when a
         * reader is in the way. */
        sqlite3_busy_timeout(checkpointer->database, 0);
        sqlite3_wal_checkpoint_v2(checkpointer->database, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL,
                                  NULL);
    }
    if (status != SQLITE_OK && status != SQLITE_BUSY) {
        log_event(LOG_WARN, "checkpoint_failed", log_int("status", status),
                  log_int("wal_pages", wal_pages));
    }
}

static void *checkpoint_thread(void *argument)
{
    Checkpointer *checkpointer = argument;
    pthread_mutex_lock(&checkpointer->mutex);
    while (!checkpointer->is_closing) {
        if (!checkpointer->is_wanted) {
            pthread_cond_wait(&checkpointer->wake, &checkpointer->mutex);
            continue;
        }
        checkpointer->is_wanted = false;
        int wal_pages = checkpointer->wal_pages;
        pthread_mutex_unlock(&checkpointer->mutex);
        checkpoint(checkpointer, wal_pages);
        pthread_mutex_lock(&checkpointer->mutex);
    }
    pthread_mutex_unlock(&checkpointer->mutex);
    return NULL;
}

static int after_commit(void *user, sqlite3 *database, const char *name, int wal_pages)
{
    (void)database;
    (void)name;
    Checkpointer *checkpointer = user;
    if (wal_pages >= CHECKPOINT_PAGES) {
        pthread_mutex_lock(&checkpointer->mutex);
        checkpointer->wal_pages = wal_pages;
        checkpointer->is_wanted = true;
        pthread_cond_signal(&checkpointer->wake);
        pthread_mutex_unlock(&checkpointer->mutex);
    }
    return SQLITE_OK;
}

void checkpointer_watch(SqliteDriver *driver, sqlite3 *writer)
{
    sqlite3_wal_hook(writer, after_commit, &driver->checkpointer);
}

Error *checkpointer_start(SqliteDriver *driver, Arena *arena)
{
    Checkpointer *checkpointer = &driver->checkpointer;
    if (checkpointer->is_running) {
        return NULL;
    }
    Error *err = sqlite_open_database(driver, arena, ROLE_WRITE, &checkpointer->database);
    if (err) {
        return err;
    }
    pthread_mutex_init(&checkpointer->mutex, NULL);
    pthread_cond_init(&checkpointer->wake, NULL);
    thread_start(&checkpointer->thread, checkpoint_thread, checkpointer);
    checkpointer->is_running = true;
    return NULL;
}

void checkpointer_stop(SqliteDriver *driver)
{
    Checkpointer *checkpointer = &driver->checkpointer;
    if (!checkpointer->is_running) {
        return;
    }
    pthread_mutex_lock(&checkpointer->mutex);
    checkpointer->is_closing = true;
    pthread_cond_signal(&checkpointer->wake);
    pthread_mutex_unlock(&checkpointer->mutex);
    pthread_join(checkpointer->thread, NULL);
    pthread_mutex_destroy(&checkpointer->mutex);
    pthread_cond_destroy(&checkpointer->wake);
    sqlite3_close(checkpointer->database);
    checkpointer->is_running = false;
}
