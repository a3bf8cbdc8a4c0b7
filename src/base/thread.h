/* thread.h: starting threads. */
#ifndef BASE_THREAD_H
#define BASE_THREAD_H

#include <pthread.h>

/* Starts a thread that takes no signals: one sent to the process reaches the thread that waits for
 * it, or nobody, but never ends the process by arriving here. Ends the program when no thread can
 * be made. */
void thread_start(pthread_t *out, void *(*run)(void *argument), void *argument);

#endif
