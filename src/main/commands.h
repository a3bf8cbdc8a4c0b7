/* commands.h: the commands of the program, one function and one file cmd_<name>.c each.
 *
 * argv[0] is "yuanzhuo <name>", the rest are the command's own arguments. Returns the exit code:
 * 0 done, 1 the input or the environment is at fault (one line on standard error says how),
 * 2 the command was called wrongly.
 */
#ifndef MAIN_COMMANDS_H
#define MAIN_COMMANDS_H

#define EXIT_BAD_INPUT 1
#define EXIT_USAGE     2

int cmd_init(int argc, char **argv);
int cmd_serve(int argc, char **argv);
int cmd_demo(int argc, char **argv);
int cmd_migrate(int argc, char **argv);
int cmd_backup(int argc, char **argv);
int cmd_restore(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_holidays(int argc, char **argv);
int cmd_templates(int argc, char **argv);
int cmd_routes(int argc, char **argv);
int cmd_import_pb(int argc, char **argv);
int cmd_tally(int argc, char **argv);
int cmd_recount(int argc, char **argv);

#endif
