/* banned.h: forced into every file of ours; calls that have a safer twin do not compile. */
#ifndef BASE_BANNED_H
#define BASE_BANNED_H
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets atoi atol strncpy strncat localtime  \
    gmtime ctime asctime rand srand system popen tmpnam mktemp
#endif
