/* Runs one target over the files of its corpus, without libFuzzer: replay NAME FOLDER. A target
 * that is wrong ends the program. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/error.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MAX_INPUT_BYTES (1 << 20)

/* An exact copy, so that the sanitizers see a read beyond the end. */
static void replay_bytes(const uint8_t *bytes, size_t size)
{
    uint8_t *copy = malloc(size + (size == 0));
    require(copy != NULL);
    for (size_t i = 0; i < size; i++) {
        copy[i] = bytes[i];
    }
    LLVMFuzzerTestOneInput(copy, size);
    free(copy);
}

static void replay_file(const char *folder, const char *name)
{
    static uint8_t bytes[MAX_INPUT_BYTES];
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    require(file != NULL);
    size_t size = fread(bytes, 1, sizeof(bytes), file);
    require(feof(file));
    fclose(file);
    replay_bytes(bytes, size);
    replay_bytes(bytes, size / 2); /* cut off */
}

int main(int argc, char **argv)
{
    require(argc == 3);
    DIR *folder = opendir(argv[2]);
    require(folder != NULL);
    int inputs = 0;
    for (const struct dirent *entry = NULL; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] != '.') {
            replay_file(argv[2], entry->d_name);
            inputs++;
        }
    }
    closedir(folder);
    require(inputs > 0);
    replay_bytes((const uint8_t *)"", 0);
    printf("[       OK ] %s takes its corpus of %d\n", argv[1], inputs);
    return 0;
}
