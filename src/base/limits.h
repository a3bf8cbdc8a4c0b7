/* limits.h: every limit of the program, in one place. */
#ifndef BASE_LIMITS_H
#define BASE_LIMITS_H

/* HTTP */
#define LIMIT_HEADER_BYTES       (16 * 1024) /* memory of one connection, headers included */
#define LIMIT_URL_BYTES          2048
#define LIMIT_BODY_BYTES         (64 * 1024)       /* an ordinary form */
#define LIMIT_UPLOAD_BYTES       (8 * 1024 * 1024) /* a file in a form */
#define LIMIT_FORM_FILES         3
#define LIMIT_UPLOADS_AT_ONCE    8 /* bodies longer than an ordinary form's */
#define LIMIT_FORM_PAIRS         1000
#define LIMIT_QUERY_PAIRS        32
#define LIMIT_COOKIES            32
#define LIMIT_RESPONSE_BYTES     (32 * 1024 * 1024)
#define LIMIT_ANSWER_BYTES       (256 * 1024 * 1024) /* of long answers being sent at a time */
#define LIMIT_HEADERS_SECONDS    10                  /* from accept to end of headers */
#define LIMIT_BODY_SECONDS       30
#define LIMIT_IDLE_SECONDS       60
#define LIMIT_CONNECTIONS        4000
#define LIMIT_CONNECTIONS_PER_IP 200
#define LIMIT_QUEUE_LENGTH       1024 /* requests waiting for a worker */

/* memory */
#define LIMIT_REQUEST_ARENA_BYTES (256u * 1024 * 1024)

/* database */
#define LIMIT_ROWS_PER_QUERY 2000000
#define LIMIT_BATCH_MEMBERS  256
#define LIMIT_BATCH_MS       20
#define LIMIT_USE_CASE_MS    50
#define LIMIT_RETRIES        8
#define LIMIT_WRITE_QUEUE    4096 /* use cases waiting for the writer */
#define LIMIT_SNAPSHOT_MS    5000 /* a longer read view keeps the WAL from shrinking */

/* lists */
#define LIMIT_PAGE_ROWS      50
#define LIMIT_CSV_ROWS       100000
#define LIMIT_CSV_COLUMNS    64
#define LIMIT_CSV_CELL_BYTES 4096

/* spreadsheets people bring */
#define LIMIT_SHEET_ENTRIES 1000
#define LIMIT_SHEET_BYTES   (128u * 1024 * 1024) /* unpacked, all parts together */
#define LIMIT_SHEET_RATIO   100u                 /* unpacked to packed */
#define LIMIT_SHEET_STYLES  70000
#define LIMIT_SHEET_MERGES  20000
#define LIMIT_SHEET_SPREAD  1000000 /* cells filled from merged ranges */

/* photos */
#define LIMIT_PHOTO_PIXELS  (64 * 1000 * 1000)
#define LIMIT_PHOTO_SECONDS 10
#define LIMIT_PHOTO_MEMORY  (1536u * 1024 * 1024) /* address space of the child */

/* paper */
#define LIMIT_PRINT_PAGES 2000
#define LIMIT_PRINT_ROWS  5000 /* of a list on paper */

/* signing in */
#define LIMIT_CODE_TRIES        5
#define LIMIT_TRIES_PER_ADDRESS 30 /* failed tries an hour from one address */
/* failed tries an hour on one login name from addresses where nobody signed in under it before */
#define LIMIT_TRIES_OF_STRANGERS 100

/* elections */
#define LIMIT_PROJECTS           5000
#define LIMIT_VOTERS             2000000
#define LIMIT_CHOICES_PER_BALLOT 5000

/* A file of `yuanzhuo holidays`. */
#define LIMIT_HOLIDAY_FILE_BYTES (64u * 1024)

#endif
