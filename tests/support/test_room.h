/* test_room.h: a tiny room with a note form, a running server and visitors, for tests of pages. */
#ifndef TESTS_SUPPORT_TEST_ROOM_H
#define TESTS_SUPPORT_TEST_ROOM_H

#include "platform/http/app.h"
#include "tests/support/http_client.h"

/* Areas 5 and 6; Lin lives in 5, Wang is its community worker. The routes are in test_room.c. */
#define AREA  5
#define OTHER 6
#define LIN   11
#define WANG  12
#define DESK  "/a/0000000000005/desk"

typedef struct Room {
    Arena *arena;
    App app;
    Server *server;
    int port;
    Str code_lin;
    Str code_wang;
} Room;

/* A fresh SQLite database and a server on a free port. */
Room *room_start(ServerOptions options);
/* For cmocka: *state is the Room. */
int room_set_up(void **state);
int room_tear_down(void **state);

/* Somebody with a browser: cookies are kept from answer to answer. */
typedef struct Visitor {
    Room *fixture;
    Str cookies; /* "a=b; c=d" */
} Visitor;

HttpAnswer visitor_get(Visitor *visitor, const char *target, const char *extra);
HttpAnswer visitor_post(Visitor *visitor, const char *target, const char *extra, Str body);
/* A body with the token and further fields ("title=a&fail=1"). */
Str visitor_form(Visitor *visitor, Str token, const char *fields);
/* Gets the page and takes the token it printed. */
Str visitor_token(Visitor *visitor, const char *target);
/* Signs in by a personal code. */
void visitor_sign_in(Visitor *visitor, Str code);
/* How often the note form has been accepted. */
int64_t visitor_note_count(Visitor *visitor);
/* The rest of the line "name=" of a body. */
Str answer_fact(const HttpAnswer *answer, const char *name);

#endif
