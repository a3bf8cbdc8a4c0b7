#include "tests/support/cut_vfs.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/error.h"
#include "base/random.h"

#define SECTOR     512
#define MAX_FILES  8
#define MAX_PATH   512
#define SYNC_US    200 /* long enough that other threads get between */
#define TOO_LONG_S 10

typedef struct Pending {
    struct Pending *next;
    int64_t offset; /* < 0: truncated to `length` */
    size_t length;
    unsigned char bytes[];
} Pending;

typedef struct Watched {
    char path[MAX_PATH];
    unsigned char *durable;
    size_t durable_size;
    Pending *first;
    Pending **end;
} Watched;

struct CutVfs {
    sqlite3_vfs base;
    sqlite3_vfs *real;
    char folder[MAX_PATH];
    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t made;
    Watched files[MAX_FILES];
    int n_files;
    CutPlan plan;
    bool is_armed;
    int64_t room;
};

typedef struct CutFile {
    sqlite3_file base;
    CutVfs *vfs;
    Watched *watched;   /* NULL: not ours */
    sqlite3_file *real; /* in the memory behind this struct */
} CutFile;

/* --- what survives ------------------------------------------------------------------------- */

static void bytes_resize(unsigned char **bytes, size_t *size, size_t wanted)
{
    if (wanted > *size) {
        *bytes = realloc(*bytes, wanted);
        require(*bytes != NULL);
        memset(*bytes + *size, 0, wanted - *size);
    }
    *size = wanted;
}

/* One write or a part of it. */
static void bytes_put(unsigned char **bytes, size_t *size, const Pending *write, size_t from,
                      size_t to)
{
    size_t at = (size_t)write->offset;
    if (at + to > *size) {
        bytes_resize(bytes, size, at + to);
    }
    memcpy(*bytes + at + from, write->bytes + from, to - from);
}

static void bytes_apply(unsigned char **bytes, size_t *size, const Pending *write)
{
    if (write->offset < 0) {
        bytes_resize(bytes, size, write->length);
    } else {
        bytes_put(bytes, size, write, 0, write->length);
    }
}

static void bytes_scatter(unsigned char **bytes, size_t *size, const Pending *write, Seeded *seeded)
{
    if (write->offset < 0) {
        if (seeded_below(seeded, 2) == 0) {
            bytes_apply(bytes, size, write);
        }
        return;
    }
    for (size_t from = 0; from < write->length;) {
        size_t to = from + SECTOR - ((size_t)write->offset + from) % SECTOR;
        to = to < write->length ? to : write->length;
        if (seeded_below(seeded, 2) == 0) {
            bytes_put(bytes, size, write, from, to);
        }
        from = to;
    }
}

static void watched_settle(Watched *watched)
{
    while (watched->first) {
        Pending *write = watched->first;
        bytes_apply(&watched->durable, &watched->durable_size, write);
        watched->first = write->next;
        free(write);
    }
    watched->end = &watched->first;
}

static void watched_remember(Watched *watched, int64_t offset, const void *bytes, size_t length)
{
    Pending *write = malloc(sizeof(*write) + (bytes ? length : 0));
    require(write != NULL);
    *write = (Pending){.offset = offset, .length = length};
    if (bytes) {
        memcpy(write->bytes, bytes, length);
    }
    *watched->end = write;
    watched->end = &write->next;
}

/* --- the image ----------------------------------------------------------------------------- */

static void write_image(const Watched *watched, const CutPlan *plan, Seeded *seeded)
{
    size_t size = watched->durable_size;
    unsigned char *bytes = malloc(size + 1);
    require(bytes != NULL);
    memcpy(bytes, watched->durable ? watched->durable : (const unsigned char *)"", size);
    size_t n_pending = 0;
    for (const Pending *p = watched->first; p; p = p->next) {
        n_pending++;
    }
    size_t kept = plan->mode == CUT_IN_ORDER ? seeded_below(seeded, n_pending + 1) : 0;
    for (const Pending *p = watched->first; p; p = p->next) {
        if (plan->mode == CUT_SCATTERED) {
            bytes_scatter(&bytes, &size, p, seeded);
        } else if (kept > 0) {
            bytes_apply(&bytes, &size, p);
            kept--;
        }
    }
    char path[MAX_PATH * 2];
    snprintf(path, sizeof(path), "%s%s", plan->to_folder, strrchr(watched->path, '/'));
    FILE *file = fopen(path, "wb");
    require(file != NULL && fwrite(bytes, 1, size, file) == size && fclose(file) == 0);
    free(bytes);
}

/* A write or a sync has happened. */
static void count_down(CutVfs *vfs)
{
    if (!vfs->is_armed || --vfs->plan.after > 0) {
        return;
    }
    vfs->is_armed = false;
    vfs->plan.at_cut(vfs->plan.user);
    Seeded seeded = {vfs->plan.seed};
    for (int i = 0; i < vfs->n_files; i++) {
        write_image(&vfs->files[i], &vfs->plan, &seeded);
    }
    pthread_cond_signal(&vfs->made);
}

/* --- methods of a file --------------------------------------------------------------------- */

static CutFile *cut(sqlite3_file *file)
{
    return (CutFile *)file;
}

static int file_close(sqlite3_file *file)
{
    return cut(file)->real->pMethods->xClose(cut(file)->real);
}

static int file_read(sqlite3_file *file, void *to, int amount, sqlite3_int64 offset)
{
    return cut(file)->real->pMethods->xRead(cut(file)->real, to, amount, offset);
}

/* True when the write may happen; takes what it grows the file by. */
static bool take_room(CutVfs *vfs, sqlite3_file *real, int64_t end)
{
    sqlite3_int64 size = 0;
    if (vfs->room < 0 || real->pMethods->xFileSize(real, &size) != SQLITE_OK || end <= size) {
        return true;
    }
    if (end - size > vfs->room) {
        return false;
    }
    vfs->room -= end - size;
    return true;
}

static int file_write(sqlite3_file *file, const void *from, int amount, sqlite3_int64 offset)
{
    CutFile *f = cut(file);
    if (!f->watched) {
        return f->real->pMethods->xWrite(f->real, from, amount, offset);
    }
    CutVfs *vfs = f->vfs;
    pthread_mutex_lock(&vfs->mutex);
    int status = SQLITE_FULL;
    if (take_room(vfs, f->real, offset + amount)) {
        status = f->real->pMethods->xWrite(f->real, from, amount, offset);
    }
    if (status == SQLITE_OK) {
        watched_remember(f->watched, offset, from, (size_t)amount);
        count_down(vfs);
    }
    pthread_mutex_unlock(&vfs->mutex);
    return status;
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    CutFile *f = cut(file);
    int status = f->real->pMethods->xTruncate(f->real, size);
    if (status == SQLITE_OK && f->watched) {
        pthread_mutex_lock(&f->vfs->mutex);
        watched_remember(f->watched, -1, NULL, (size_t)size);
        count_down(f->vfs);
        pthread_mutex_unlock(&f->vfs->mutex);
    }
    return status;
}

/* The real file is never synced: what a cut takes is decided here. */
static int file_sync(sqlite3_file *file, int flags)
{
    CutFile *f = cut(file);
    if (!f->watched) {
        return f->real->pMethods->xSync(f->real, flags);
    }
    usleep(SYNC_US);
    pthread_mutex_lock(&f->vfs->mutex);
    watched_settle(f->watched);
    count_down(f->vfs);
    pthread_mutex_unlock(&f->vfs->mutex);
    return SQLITE_OK;
}

static int file_size(sqlite3_file *file, sqlite3_int64 *out)
{
    return cut(file)->real->pMethods->xFileSize(cut(file)->real, out);
}

static int file_lock(sqlite3_file *file, int level)
{
    return cut(file)->real->pMethods->xLock(cut(file)->real, level);
}

static int file_unlock(sqlite3_file *file, int level)
{
    return cut(file)->real->pMethods->xUnlock(cut(file)->real, level);
}

static int file_check_reserved(sqlite3_file *file, int *out)
{
    return cut(file)->real->pMethods->xCheckReservedLock(cut(file)->real, out);
}

static int file_control(sqlite3_file *file, int what, void *argument)
{
    return cut(file)->real->pMethods->xFileControl(cut(file)->real, what, argument);
}

static int file_sector_size(sqlite3_file *file)
{
    return cut(file)->real->pMethods->xSectorSize(cut(file)->real);
}

static int file_characteristics(sqlite3_file *file)
{
    return cut(file)->real->pMethods->xDeviceCharacteristics(cut(file)->real);
}

static int file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **out)
{
    return cut(file)->real->pMethods->xShmMap(cut(file)->real, page, size, extend, out);
}

static int file_shm_lock(sqlite3_file *file, int offset, int n, int flags)
{
    return cut(file)->real->pMethods->xShmLock(cut(file)->real, offset, n, flags);
}

static void file_shm_barrier(sqlite3_file *file)
{
    cut(file)->real->pMethods->xShmBarrier(cut(file)->real);
}

static int file_shm_unmap(sqlite3_file *file, int delete)
{
    return cut(file)->real->pMethods->xShmUnmap(cut(file)->real, delete);
}

/* Version 2: with shared memory for the WAL, without memory-mapped reading. */
static const sqlite3_io_methods file_methods = {
    .iVersion = 2,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_check_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_characteristics,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
};

/* --- the file system ----------------------------------------------------------------------- */

/* Several connections share what is known of one file. */
static Watched *find_watched(CutVfs *vfs, const char *path)
{
    if (!path || strncmp(path, vfs->folder, strlen(vfs->folder)) != 0) {
        return NULL;
    }
    for (int i = 0; i < vfs->n_files; i++) {
        if (strcmp(vfs->files[i].path, path) == 0) {
            return &vfs->files[i];
        }
    }
    require(vfs->n_files < MAX_FILES && strlen(path) < MAX_PATH);
    Watched *watched = &vfs->files[vfs->n_files++];
    snprintf(watched->path, sizeof(watched->path), "%s", path);
    watched->end = &watched->first;
    return watched;
}

static int vfs_open(sqlite3_vfs *base, const char *path, sqlite3_file *file, int flags, int *out)
{
    CutVfs *vfs = (CutVfs *)base;
    CutFile *f = cut(file);
    *f = (CutFile){.vfs = vfs, .real = (sqlite3_file *)(f + 1)};
    int status = vfs->real->xOpen(vfs->real, path, f->real, flags, out);
    if (status == SQLITE_OK) {
        pthread_mutex_lock(&vfs->mutex);
        f->watched = find_watched(vfs, path);
        pthread_mutex_unlock(&vfs->mutex);
        f->base.pMethods = &file_methods;
    }
    return status;
}

static int vfs_delete(sqlite3_vfs *base, const char *path, int sync)
{
    CutVfs *vfs = (CutVfs *)base;
    pthread_mutex_lock(&vfs->mutex);
    Watched *watched = find_watched(vfs, path);
    if (watched) {
        watched_settle(watched);
        watched->durable_size = 0;
    }
    pthread_mutex_unlock(&vfs->mutex);
    return vfs->real->xDelete(vfs->real, path, sync);
}

CutVfs *cut_vfs_install(const char *folder)
{
    CutVfs *vfs = calloc(1, sizeof(*vfs));
    require(vfs != NULL && strlen(folder) < MAX_PATH);
    vfs->real = sqlite3_vfs_find(NULL);
    vfs->base = *vfs->real;
    vfs->base.zName = "cut";
    vfs->base.pNext = NULL;
    vfs->base.szOsFile = (int)sizeof(CutFile) + vfs->real->szOsFile;
    vfs->base.xOpen = vfs_open;
    vfs->base.xDelete = vfs_delete;
    vfs->room = -1;
    snprintf(vfs->folder, sizeof(vfs->folder), "%s", folder);
    pthread_mutex_init(&vfs->mutex, NULL);
    pthread_cond_init(&vfs->made, NULL);
    require(sqlite3_vfs_register(&vfs->base, 1) == SQLITE_OK);
    return vfs;
}

void cut_vfs_settle(CutVfs *vfs)
{
    pthread_mutex_lock(&vfs->mutex);
    for (int i = 0; i < vfs->n_files; i++) {
        watched_settle(&vfs->files[i]);
    }
    pthread_mutex_unlock(&vfs->mutex);
}

void cut_vfs_arm(CutVfs *vfs, const CutPlan *plan)
{
    pthread_mutex_lock(&vfs->mutex);
    vfs->plan = *plan;
    vfs->is_armed = true;
    pthread_mutex_unlock(&vfs->mutex);
}

bool cut_vfs_wait(CutVfs *vfs)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += TOO_LONG_S;
    int status = 0;
    pthread_mutex_lock(&vfs->mutex);
    while (vfs->is_armed && status == 0) {
        status = pthread_cond_timedwait(&vfs->made, &vfs->mutex, &until);
    }
    bool is_made = !vfs->is_armed;
    vfs->is_armed = false;
    pthread_mutex_unlock(&vfs->mutex);
    return is_made;
}

void cut_vfs_set_room(CutVfs *vfs, int64_t bytes)
{
    pthread_mutex_lock(&vfs->mutex);
    vfs->room = bytes;
    pthread_mutex_unlock(&vfs->mutex);
}

/* --- a closed file ------------------------------------------------------------------------- */

static int expect_ok(void *user, int columns, char **values, char **names)
{
    (void)names;
    bool *ok = user;
    *ok = columns == 1 && values[0] && strcmp(values[0], "ok") == 0;
    return 0;
}

bool sqlite_file_is_whole(const char *path)
{
    sqlite3 *database = NULL;
    bool is_whole = false;
    int status = sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL);
    if (status == SQLITE_OK) {
        status = sqlite3_exec(database, "PRAGMA integrity_check", expect_ok, &is_whole, NULL);
    }
    sqlite3_close(database);
    return status == SQLITE_OK && is_whole;
}
