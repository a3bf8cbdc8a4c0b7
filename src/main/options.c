#include "main/options.h"

#include "base/str.h"

static const struct argp_option options[] = {
    {"dir", 'd', "DIR", 0, "the installation (default var/data)", 0},
    {"port", 'p', "PORT", 0, "listen on this port instead of the configured one", 0},
    {"address", 'a', "ADDRESS", 0, "listen on this address", 0},
    {0},
};

static error_t parse(int key, char *argument, struct argp_state *state)
{
    InstallFlags *flags = state->input;
    int64_t port;
    switch (key) {
    case 'd':
        flags->directory = argument;
        return 0;
    case 'a':
        flags->address = argument;
        return 0;
    case 'p':
        if (!str_to_int64(str_from(argument), &port) || port < 0 || port > 65535) {
            argp_error(state, "a port is a number from 0 to 65535, not \"%s\"", argument);
        }
        flags->port = (int)port;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp install_argp = {.options = options, .parser = parse};

void install_flags_default(InstallFlags *flags)
{
    *flags = (InstallFlags){.directory = "var/data", .port = -1};
}
