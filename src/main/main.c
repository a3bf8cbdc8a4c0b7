/* The program: finds the command in the table and hands over. */
#include <argp.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/str.h"
#include "main/commands.h"

#ifndef YUANZHUO_VERSION
#define YUANZHUO_VERSION "unversioned"
#endif

typedef struct Command {
    const char *name;
    const char *full_name; /* what the command sees as argv[0] */
    const char *help;
    int (*run)(int argc, char **argv);
} Command;

/* A new command: its row here, its function in commands.h and in cmd_<name>.c. */
static const Command commands[] = {
    {"init", "yuanzhuo init", "make a new installation and its first administrator", cmd_init},
    {"serve", "yuanzhuo serve", "serve an installation", cmd_serve},
    {"demo", "yuanzhuo demo", "fill a demonstration and serve it", cmd_demo},
    {"migrate", "yuanzhuo migrate", "bring the database to the schema of this program",
     cmd_migrate},
    {"backup", "yuanzhuo backup", "copy the database, also while it is served", cmd_backup},
    {"restore", "yuanzhuo restore", "put a backup in the place of the database", cmd_restore},
    {"check", "yuanzhuo check", "check schema, keys and the journal", cmd_check},
    {"holidays", "yuanzhuo holidays", "put the public holidays of a year in", cmd_holidays},
    {"templates", "yuanzhuo templates", "check a template of programmes", cmd_templates},
    {"routes", "yuanzhuo routes", "print every address and who may use it", cmd_routes},
    {"import-pb", "yuanzhuo import-pb", "take a Pabulib file in as a finished round",
     cmd_import_pb},
    {"tally", "yuanzhuo tally", "count the ballots of a Pabulib file (.pb)", cmd_tally},
    {"recount", "yuanzhuo recount", "count a published result again", cmd_recount},
};

static void print_help(FILE *out)
{
    fprintf(out, "Usage: yuanzhuo COMMAND [ARGUMENT...]\n\nCommands:\n");
    for (size_t i = 0; i < countof(commands); i++) {
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].help);
    }
    fprintf(out, "  %-10s %s\n", "help", "print this list");
    fprintf(out, "\n\"yuanzhuo COMMAND --help\" explains one command; "
                 "\"yuanzhuo --version\" prints the version.\n");
}

static const Command *find_command(const char *name)
{
    for (size_t i = 0; i < countof(commands); i++) {
        if (strcmp(commands[i].name, name) == 0) {
            return &commands[i];
        }
    }
    return NULL;
}

static int run_command(const Command *command, int argc, char **argv)
{
    /* argp takes the program's name from here, and never writes to it. */
    argv[0] = (char *)command->full_name;
    argp_err_exit_status = EXIT_USAGE;
    return command->run(argc, argv);
}

int main(int argc, char **argv)
{
    /* Databases, their WALs and backups hold residents' data: whatever this program writes is for
     * the account it runs under alone. */
    umask(077);
    if (argc < 2) {
        print_help(stderr);
        return EXIT_USAGE;
    }
    if (strcmp(argv[1], "help") == 0 || strcmp(argv[1], "--help") == 0) {
        print_help(stdout);
        return 0;
    }
    if (strcmp(argv[1], "--version") == 0) {
        printf("yuanzhuo %s\n", YUANZHUO_VERSION);
        return 0;
    }
    const Command *command = find_command(argv[1]);
    if (command == NULL) {
        fprintf(stderr, "yuanzhuo: no command is called \"%s\"\n", argv[1]);
        print_help(stderr);
        return EXIT_USAGE;
    }
    return run_command(command, argc - 1, argv + 1);
}
