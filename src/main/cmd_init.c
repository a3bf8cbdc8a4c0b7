/* cmd_init.c: a new installation, its first area and its first administrator. */
#include "base/limits.h"
#include "features/areas/areas.h"
#include "features/people/people.h"
#include "main/commands.h"
#include "main/install.h"
#include "main/options.h"
#include "platform/journal/journal.h"

typedef struct InitFlags {
    InstallFlags install;
    const char *area;
    const char *kind;
    const char *administrator;
} InitFlags;

static const struct argp_option options[] = {
    {"area", 'n', "NAME", 0, "name of the topmost area, for instance 青梧区 (needed)", 0},
    {"kind", 'k', "KIND", 0, "city, district (default), street or community", 0},
    {"administrator", 'u', "NAME", 0, "name of the first administrator (needed)", 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    InitFlags *flags = state->input;
    switch (key) {
    case ARGP_KEY_INIT:
        state->child_inputs[0] = &flags->install;
        return 0;
    case 'n':
        flags->area = argument;
        return 0;
    case 'k':
        flags->kind = argument;
        return 0;
    case 'u':
        flags->administrator = argument;
        return 0;
    case ARGP_KEY_END:
        if (!flags->area || !flags->administrator) {
            argp_error(state, "--area and --administrator are needed");
        }
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_child children[] = {{&install_argp, 0, NULL, 0}, {0}};
static const struct argp argp = {
    .options = options,
    .parser = parse,
    .children = children,
    .doc =
        "Make a new installation. Prints a one-time code with which the first administrator signs "
        "in and chooses a password; nothing has a password before that."};

typedef struct First {
    Str area_name;
    AreaKind kind;
    Str administrator;
    const Secret *secret;
} First;

typedef struct FirstDone {
    CodeText code;
} FirstDone;

/* Use case: the topmost area and the first administrator. */
static Error *make_first(Tx *tx, const void *input, Instant now, void *output)
{
    (void)now;
    const First *first = input;
    FirstDone *done = output;
    int64_t area;
    int64_t person;
    AreaNew area_new = {.kind = first->kind, .name = first->area_name};
    PersonNew person_new = {.name = first->administrator};
    Error *err = areas_create(tx, &area_new, &area);
    if (!err) {
        err = people_create(tx, &person_new, &person);
    }
    if (!err) {
        RoleNew role = {.person = person, .role = ROLE_ADMINISTRATOR, .area = area};
        err = people_grant_role(tx, &role);
    }
    return err ? err : auth_new_one_time_code(tx, first->secret, person, &done->code);
}

static bool read_kind(const char *word, AreaKind *out)
{
    static const struct {
        const char *word;
        AreaKind kind;
    } kinds[] = {{"city", AREA_CITY},
                 {"district", AREA_DISTRICT},
                 {"street", AREA_STREET},
                 {"community", AREA_COMMUNITY}};
    for (size_t i = 0; i < countof(kinds); i++) {
        if (!word || strcmp(word, kinds[i].word) == 0) {
            *out = word ? kinds[i].kind : AREA_DISTRICT;
            return true;
        }
    }
    return false;
}

static Error *init(Arena *arena, const InitFlags *flags, AreaKind kind)
{
    Install install;
    Clock clock = {0};
    App app = {0};
    Error *err = install_read(arena, flags->install.directory, &install);
    if (!err) {
        err = install_create(arena, &install);
    }
    if (!err) {
        err = install_open(arena, &install, &clock, false, &app);
    }
    if (err) {
        return err;
    }
    First first = {.area_name = str_from(flags->area),
                   .kind = kind,
                   .administrator = str_from(flags->administrator),
                   .secret = &app.secret};
    FirstDone *done = arena_new(arena, FirstDone);
    err = db_write(app.db, arena, make_first, &first, done, sizeof(*done));
    install_close(&app);
    if (!err) {
        printf("installation: %s\nadministrator: %s\none-time code (valid for 7 days): %s\n"
               "next: yuanzhuo serve --dir %s, open /sign-in and use the code\n",
               install.directory, flags->administrator, done->code.text, install.directory);
    }
    return err;
}

int cmd_init(int argc, char **argv)
{
    InitFlags flags = {0};
    AreaKind kind;
    install_flags_default(&flags.install);
    argp_parse(&argp, argc, argv, 0, NULL, &flags);
    if (!read_kind(flags.kind, &kind)) {
        fprintf(stderr, "yuanzhuo init: a kind is city, district, street or community\n");
        return EXIT_USAGE;
    }
    Arena *arena = arena_create(LIMIT_REQUEST_ARENA_BYTES);
    Error *err = init(arena, &flags, kind);
    int code = err ? report_error("init", err) : 0;
    arena_destroy(arena);
    return code;
}
