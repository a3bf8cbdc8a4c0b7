#include "platform/http/pool.h"

#include <pthread.h>

typedef struct WorkList {
    Work *head;
    Work *tail;
    int count;
} WorkList;

struct Pool {
    pthread_mutex_t lock;
    pthread_cond_t wake;
    WorkList fresh;
    WorkList continued;
    int max_queued;
    int n_idle; /* workers that wait */
    bool stopping;
    int n_workers;
    Worker *workers;
    pthread_t *threads;
};

static void list_push(WorkList *list, Work *work)
{
    work->next = NULL;
    if (list->tail) {
        list->tail->next = work;
    } else {
        list->head = work;
    }
    list->tail = work;
    list->count++;
}

static Work *list_pop(WorkList *list)
{
    Work *work = list->head;
    if (work) {
        list->head = work->next;
        list->tail = list->head ? list->tail : NULL;
        list->count--;
    }
    return work;
}

/* The next piece, waiting for one; NULL when the pool stops and nothing is left. */
static Work *pool_take(Pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    Work *work = NULL;
    for (;;) {
        work = list_pop(&pool->continued);
        work = work ? work : list_pop(&pool->fresh);
        if (work || pool->stopping) {
            break;
        }
        pool->n_idle++;
        pthread_cond_wait(&pool->wake, &pool->lock);
        pool->n_idle--;
    }
    pthread_mutex_unlock(&pool->lock);
    return work;
}

static void *worker_main(void *argument)
{
    Worker *worker = argument;
    for (Work *work = pool_take(worker->pool); work; work = pool_take(worker->pool)) {
        work->run(work, worker);
    }
    if (worker->gzip_ready) {
        deflateEnd(&worker->gzip);
    }
    return NULL;
}

Error *pool_start(Arena *arena, int workers, int max_queued, Pool **out)
{
    Pool *pool = arena_new(arena, Pool);
    pool->max_queued = max_queued;
    pool->workers = arena_array(arena, Worker, (size_t)workers);
    pool->threads = arena_array(arena, pthread_t, (size_t)workers);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->wake, NULL);
    for (int i = 0; i < workers; i++) {
        pool->workers[i].pool = pool;
        int code = pthread_create(&pool->threads[i], NULL, worker_main, &pool->workers[i]);
        if (code != 0) {
            pool_stop(pool);
            return error_make(arena, ERROR_UNAVAILABLE, "cannot start worker %d: %d", i, code);
        }
        pool->n_workers++;
    }
    *out = pool;
    return NULL;
}

bool pool_push(Pool *pool, Work *work)
{
    pthread_mutex_lock(&pool->lock);
    bool accepted = pool->fresh.count < pool->max_queued;
    if (accepted) {
        list_push(&pool->fresh, work);
    }
    pthread_mutex_unlock(&pool->lock);
    return accepted;
}

void pool_wake(Pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    int queued = pool->fresh.count + pool->continued.count;
    int wanted = queued < pool->n_idle ? queued : pool->n_idle;
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < wanted; i++) {
        pthread_cond_signal(&pool->wake);
    }
}

void pool_push_first(Pool *pool, Work *work)
{
    pthread_mutex_lock(&pool->lock);
    list_push(&pool->continued, work);
    pthread_cond_signal(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
}

int pool_queued(Pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    int count = pool->fresh.count + pool->continued.count;
    pthread_mutex_unlock(&pool->lock);
    return count;
}

void pool_stop(Pool *pool)
{
    pthread_mutex_lock(&pool->lock);
    pool->stopping = true;
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
    for (int i = 0; i < pool->n_workers; i++) {
        pthread_join(pool->threads[i], NULL);
    }
    pthread_cond_destroy(&pool->wake);
    pthread_mutex_destroy(&pool->lock);
}
