#include "tests/support/test_room.h"

#include "common_text.h"
#include "machinery_sql.h"
#include "platform/settings/settings.h"
#include "tests/support/test_db.h"

/* --- the room --- */

typedef struct NoteInput {
    Str title;
    int64_t fail;
} NoteInput;

static const Field note_fields[] = {
    {FIELD_COMMON(NoteInput, title, FIELD_TEXT, 1), .is_required = true, .min = 1, .max = 10},
    {FIELD_COMMON(NoteInput, fail, FIELD_INTEGER, 1)},
};

static const Form note_form = FORM("note", note_fields, NoteInput);

/* A page that prints what it knows, one fact a line. */
static Error *note_page(Page *page, Snapshot *snapshot)
{
    Str count = STR("0");
    Error *err = setting_get(snapshot, 0, "count", STR("0"), &count);
    if (err) {
        return err;
    }
    const FormState *form = page_form(page, &note_form);
    Str typed = form_field(form, "title")->typed;
    buf_printf(&page->body, "count=%.*s\ntoken=%.*s\ntyped=%.*s\nlang=%d mode=%d theme=%d\n",
               STR_ARG(count), STR_ARG(form->token), STR_ARG(typed), page->lang, page->mode,
               page->theme);
    buf_printf(&page->body, "error=%s\nnotice=%d\nperson=%lld\n",
               form->error ? error_code_name(form->error->code) : "", page_notice(page),
               (long long)page->who.person);
    return NULL;
}

static Error *add_note(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    const NoteInput *in = input;
    Str before;
    Error *err = setting_get(tx_snapshot(tx), 0, "count", STR("0"), &before);
    if (err) {
        return err;
    }
    int64_t count = 0;
    str_to_int64(before, &count);
    *(int64_t *)output = count + 1;
    err = setting_set(tx, 0, "count", arena_printf(tx_arena(tx), "%lld", (long long)count + 1));
    if (!err && in->fail == 1) {
        return error_for_field(error_make(tx_arena(tx), ERROR_FIELD_TOO_BIG, "as asked"),
                               STR("title"));
    }
    return !err && in->fail == 2 ? error_make(tx_arena(tx), ERROR_VERSION_CONFLICT, "as asked")
                                 : err;
}

static Error *after_note(Page *page, const void *input, const void *output)
{
    (void)input;
    int64_t id = *(const int64_t *)output;
    return page_redirect_notice(page, url_path(page->arena, "/notes/%s", id_text(id).text),
                                TEXT_common_print);
}

static Error *submit_note(Page *page, Snapshot *snapshot, const void *input)
{
    (void)snapshot;
    return page_write(page, add_note, input, sizeof(int64_t), after_note);
}

static Error *hello_page(Page *page, Snapshot *snapshot)
{
    (void)snapshot;
    buf_printf(&page->body, "hello %lld %.*s %.*s", (long long)page->who.person,
               STR_ARG(page_query(page, "q")), STR_ARG(page->address));
    return NULL;
}

static Error *big_page(Page *page, Snapshot *snapshot)
{
    (void)snapshot;
    for (int i = 0; i < 500; i++) {
        buf_cstr(&page->body, "<p>一样的话</p>");
    }
    return NULL;
}

static Error *broken_page(Page *page, Snapshot *snapshot)
{
    (void)snapshot;
    buf_cstr(&page->body, "half a page");
    page->location = STR("/elsewhere");
    return error_make(page->arena, ERROR_UNAVAILABLE, "as asked");
}

static Error *download_page(Page *page, Snapshot *snapshot)
{
    (void)snapshot;
    page->content_type = "text/csv; charset=utf-8";
    page->download_name = STR("名单\r\n\".csv");
    buf_cstr(&page->body, "a,b\n");
    return NULL;
}

typedef struct CodeInput {
    Str code;
} CodeInput;
static const Field code_fields[] = {
    {FIELD_COMMON(CodeInput, code, FIELD_CODE, 1), .is_required = true, .min = 16, .max = 16}};
static const Form code_form = FORM("code", code_fields, CodeInput);

static Error *code_page(Page *page, Snapshot *snapshot)
{
    (void)snapshot;
    const FormState *form = page_form(page, &code_form);
    buf_printf(&page->body, "token=%.*s\nerror=%s\n", STR_ARG(form->token),
               form->error ? error_code_name(form->error->code) : "");
    return NULL;
}

static Error *after_code(Page *page, const void *input, const void *output)
{
    Error *err = page_signed_in(page, input, output);
    return err ? err : page_redirect(page, url_path(page->arena, "/"));
}

static Error *submit_code(Page *page, Snapshot *snapshot, const void *input)
{
    (void)snapshot;
    const CodeInput *typed = input;
    const SignIn *sign_in = auth_prepare_code(page->arena, page->app, page->address, typed->code);
    return page_write(page, auth_sign_in, sign_in, sizeof(SignInOutcome), after_code);
}

static const Route routes[] = {
    ROUTE_GET("/", POLICY_PUBLIC, hello_page),
    ROUTE_GET("/note", POLICY_PUBLIC, note_page),
    ROUTE_POST("/note", POLICY_PUBLIC, &note_form, submit_note, note_page),
    ROUTE_GET("/vote", POLICY_PUBLIC, note_page),
    ROUTE_POST_QUIET("/vote/now", POLICY_PUBLIC, &note_form, submit_note, note_page),
    ROUTE_GET("/notes/{id}", POLICY_PUBLIC, hello_page),
    ROUTE_GET("/mine", POLICY_SIGNED_IN, hello_page),
    ROUTE_POST("/mine", POLICY_SIGNED_IN, &note_form, submit_note, note_page),
    ROUTE_GET("/a/{area}/desk", POLICY_STAFF, hello_page),
    ROUTE_GET("/a/{area}/home", POLICY_PUBLIC, hello_page),
    ROUTE_GET("/a/{area}/ballot", POLICY_RESIDENT, hello_page),
    {HTTP_GET, "/plain", POLICY_PUBLIC, big_page, NULL, NULL, ROUTE_PLAIN_CACHE},
    ROUTE_GET("/broken", POLICY_PUBLIC, broken_page),
    ROUTE_GET("/download", POLICY_PUBLIC, download_page),
    ROUTE_GET("/code", POLICY_PUBLIC, code_page),
    {HTTP_POST, "/code", POLICY_PUBLIC, code_page, &code_form, submit_code, ROUTE_REPEATABLE},
};

static const Feature test_room = {.name = "test", .routes = routes, .n_routes = countof(routes)};
static const Feature *const rooms[] = {&test_room};

/* --- the fixture --- */

typedef struct Codes {
    CodeText lin, wang;
} Codes;

static Error *seed(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    const Secret *secret = input;
    Codes *codes = output;
    test_ok(sql_machinery_area_add(tx, AREA, 0, STR("社区"), NULL));
    test_ok(sql_machinery_area_add(tx, OTHER, 0, STR("别处"), NULL));
    test_ok(sql_machinery_person_add(tx, LIN, STR("林小红"), NULL));
    test_ok(sql_machinery_person_add(tx, WANG, STR("王强"), NULL));
    test_ok(sql_machinery_resident_add(tx, AREA, LIN, NULL));
    test_ok(sql_machinery_grant_add(tx, 21, WANG, ROLE_COMMUNITY_WORKER, AREA, (Date){1}, (Date){0},
                                    NULL));
    test_ok(auth_new_personal_code(tx, secret, LIN, &codes->lin));
    return auth_new_personal_code(tx, secret, WANG, &codes->wang);
}

Room *room_start(ServerOptions options)
{
    Room *fixture = calloc(1, sizeof(*fixture));
    fixture->arena = arena_create(256u << 20);
    fixture->app = (App){.features = rooms,
                         .n_features = 1,
                         .hasher = hasher_create(fixture->arena),
                         .secret = {{3, 1, 4}}};
    test_db_open(fixture->arena, DB_SQLITE, &fixture->app.db);
    fixture->app.clock = test_db_clock(fixture->app.db);
    Codes codes;
    test_ok(db_write(fixture->app.db, fixture->arena, seed, &fixture->app.secret, &codes,
                     sizeof(codes)));
    fixture->code_lin = arena_str(fixture->arena, str_from(codes.lin.text));
    fixture->code_wang = arena_str(fixture->arena, str_from(codes.wang.text));
    test_ok(server_start(fixture->arena, &fixture->app, &options, &fixture->server));
    fixture->port = server_port(fixture->server);
    return fixture;
}

int room_set_up(void **state)
{
    *state = room_start((ServerOptions){.loops = 2, .workers = 4});
    return 0;
}

int room_tear_down(void **state)
{
    Room *fixture = *state;
    server_stop(fixture->server);
    test_db_close(fixture->app.db);
    arena_destroy(fixture->arena);
    free(fixture);
    return 0;
}

/* --- a visitor --- */

/* Keeps the cookies of an answer; good enough for names that do not come twice with other values.
 */
static void keep_cookies(Visitor *visitor, const HttpAnswer *answer)
{
    for (int i = 0;; i++) {
        Str header = answer_header(answer, "Set-Cookie", i);
        if (header.len == 0) {
            return;
        }
        Str pair, rest;
        str_cut(header, ';', &pair, &rest);
        visitor->cookies =
            arena_printf(visitor->fixture->arena, "%.*s%s%.*s", STR_ARG(pair),
                         visitor->cookies.len ? "; " : "", STR_ARG(visitor->cookies));
    }
}

static const char *cookie_line(const Visitor *visitor, const char *extra)
{
    if (visitor->cookies.len == 0) {
        return extra;
    }
    return arena_printf(visitor->fixture->arena, "Cookie: %.*s\r\n%s", STR_ARG(visitor->cookies),
                        extra)
        .data;
}

HttpAnswer visitor_get(Visitor *visitor, const char *target, const char *extra)
{
    Room *fixture = visitor->fixture;
    HttpAnswer answer =
        client_get(fixture->arena, fixture->port, target, cookie_line(visitor, extra));
    keep_cookies(visitor, &answer);
    return answer;
}

HttpAnswer visitor_post(Visitor *visitor, const char *target, const char *extra, Str body)
{
    Room *fixture = visitor->fixture;
    HttpAnswer answer =
        client_post(fixture->arena, fixture->port, target, cookie_line(visitor, extra), body);
    keep_cookies(visitor, &answer);
    return answer;
}

/* The rest of the line "name=" of a body. */
Str answer_fact(const HttpAnswer *answer, const char *name)
{
    Str rest = answer->body;
    while (rest.len > 0) {
        Str line, key, value;
        str_cut(rest, '\n', &line, &rest);
        if (str_cut(line, '=', &key, &value) && str_eq(key, str_from(name))) {
            return value;
        }
    }
    return (Str){0};
}

Str visitor_form(Visitor *visitor, Str token, const char *fields)
{
    return arena_printf(visitor->fixture->arena, "_token=%.*s&%s", STR_ARG(token), fields);
}

Str visitor_token(Visitor *visitor, const char *target)
{
    HttpAnswer answer = visitor_get(visitor, target, "");
    require(answer.status == 200);
    return answer_fact(&answer, "token");
}

int64_t visitor_note_count(Visitor *visitor)
{
    HttpAnswer answer = visitor_get(visitor, "/note", "");
    int64_t count = -1;
    str_to_int64(answer_fact(&answer, "count"), &count);
    return count;
}

void visitor_sign_in(Visitor *visitor, Str code)
{
    Str token = visitor_token(visitor, "/code");
    Str fields = arena_printf(visitor->fixture->arena, "code=%.*s", STR_ARG(code));
    char *plus = arena_cstr(visitor->fixture->arena, fields);
    for (char *c = plus; *c; c++) {
        *c = *c == ' ' ? '+' : *c;
    }
    HttpAnswer answer = visitor_post(visitor, "/code", "", visitor_form(visitor, token, plus));
    require(answer.status == 303);
}
