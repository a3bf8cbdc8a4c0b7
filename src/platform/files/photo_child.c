/* photo_child.c: the program yuanzhuo-photo: one picture in, two clean JPEGs out.
 *
 * Decoders of pictures are where memory errors are found, so they run here: a process with no
 * files, no network and no other programs (seccomp), bounded in memory, time and pixels. Reads the
 * picture from standard input to its end; writes to standard output, all numbers 4 bytes little
 * endian: width, height, length, bytes (at most PUBLIC_PIXELS wide and high), length, bytes (the
 * thumbnail). Turned upright, on white, sRGB, without any metadata. Exit: 0 done, 2 no picture,
 * 3 too large, 4 the sandbox could not be made. */
#include <errno.h>
#include <seccomp.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <vips/vips.h>

#include "base/limits.h"

#define PUBLIC_PIXELS 1600
#define THUMB_PIXELS  320
#define QUALITY       82

enum { EXIT_NO_PICTURE = 2, EXIT_TOO_LARGE = 3, EXIT_NO_SANDBOX = 4 };

/* --- the sandbox ---------------------------------------------------------------------------- */

static void limit(int resource, rlim_t value)
{
    struct rlimit both = {value, value};
    if (setrlimit((__rlimit_resource_t)resource, &both) != 0) {
        _exit(EXIT_NO_SANDBOX);
    }
}

/* What decoding in memory with threads needs, and nothing that names a file, a socket or a
 * program. */
static const int allowed[] = {
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(close),
    SCMP_SYS(fstat),
    SCMP_SYS(newfstatat),
    SCMP_SYS(lseek),
    SCMP_SYS(mmap),
    SCMP_SYS(munmap),
    SCMP_SYS(mprotect),
    SCMP_SYS(mremap),
    SCMP_SYS(madvise),
    SCMP_SYS(brk),
    SCMP_SYS(futex),
    SCMP_SYS(clone),
    SCMP_SYS(clone3),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(gettid),
    SCMP_SYS(getpid),
    SCMP_SYS(getrandom),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(tgkill),
    SCMP_SYS(restart_syscall),
};

static void enter_sandbox(void)
{
    limit(RLIMIT_AS, LIMIT_PHOTO_MEMORY);
    limit(RLIMIT_CPU, LIMIT_PHOTO_SECONDS);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int failed = filter == NULL || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0;
    for (size_t i = 0; !failed && i < sizeof(allowed) / sizeof(allowed[0]); i++) {
        failed = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0) != 0;
    }
    if (failed || seccomp_load(filter) != 0) {
        _exit(EXIT_NO_SANDBOX);
    }
    seccomp_release(filter);
}

/* --- in and out ----------------------------------------------------------------------------- */

static size_t read_all(char *data, size_t room)
{
    size_t len = 0;
    for (;;) {
        ssize_t n = read(STDIN_FILENO, data + len, room - len);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0 || len + (size_t)n == room) {
            return n < 0 ? 0 : len + (size_t)n;
        }
        len += (size_t)n;
    }
}

static void write_all(const void *data, size_t len)
{
    const char *at = data;
    while (len > 0) {
        ssize_t n = write(STDOUT_FILENO, at, len);
        if (n <= 0) {
            _exit(EXIT_NO_PICTURE);
        }
        at += n;
        len -= (size_t)n;
    }
}

static void write_number(uint32_t value)
{
    unsigned char bytes[4] = {(unsigned char)value, (unsigned char)(value >> 8),
                              (unsigned char)(value >> 16), (unsigned char)(value >> 24)};
    write_all(bytes, sizeof(bytes));
}

/* --- the picture ---------------------------------------------------------------------------- */

/* The header alone says how large it is; nothing is decoded before that is known. */
static void check_size(void *data, size_t len)
{
    VipsImage *image =
        vips_image_new_from_buffer(data, len, "", "access", VIPS_ACCESS_SEQUENTIAL, NULL);
    if (!image) {
        _exit(EXIT_NO_PICTURE);
    }
    int64_t width = vips_image_get_width(image), height = vips_image_get_height(image);
    g_object_unref(image);
    if (width * height > LIMIT_PHOTO_PIXELS) {
        _exit(EXIT_TOO_LARGE);
    }
}

static VipsImage *on_white(VipsImage *image)
{
    double white[] = {255, 255, 255};
    VipsImage *flat = NULL;
    VipsArrayDouble *background = vips_array_double_new(white, 3);
    if (!vips_image_hasalpha(image)) {
        g_object_ref(image);
        flat = image;
    } else if (vips_flatten(image, &flat, "background", background, NULL) != 0) {
        _exit(EXIT_NO_PICTURE);
    }
    vips_area_unref(VIPS_AREA(background));
    return flat;
}

static void make_copy(void *data, size_t len, int pixels, bool says_size)
{
    VipsImage *small = NULL;
    void *jpeg = NULL;
    size_t jpeg_len = 0;
    int failed = vips_thumbnail_buffer(data, len, &small, pixels, "height", pixels, "size",
                                       VIPS_SIZE_DOWN, "export_profile", "srgb", "option_string",
                                       "[fail_on=truncated]", NULL);
    if (failed) {
        _exit(EXIT_NO_PICTURE);
    }
    VipsImage *flat = on_white(small);
    if (vips_jpegsave_buffer(flat, &jpeg, &jpeg_len, "Q", QUALITY, "strip", TRUE, "optimize_coding",
                             TRUE, NULL) != 0) {
        _exit(EXIT_NO_PICTURE);
    }
    if (says_size) {
        write_number((uint32_t)vips_image_get_width(flat));
        write_number((uint32_t)vips_image_get_height(flat));
    }
    write_number((uint32_t)jpeg_len);
    write_all(jpeg, jpeg_len);
    g_free(jpeg);
    g_object_unref(flat);
    g_object_unref(small);
}

int main(int argc, char **argv)
{
    (void)argc;
    /* No code made while running: a service that may not have memory both written and run
     * (docs/operate/yuanzhuo.service) would end the child in the middle of a picture. */
    g_setenv("VIPS_NOVECTOR", "1", TRUE);
    if (VIPS_INIT(argv[0]) != 0) {
        return EXIT_NO_SANDBOX;
    }
    vips_block_untrusted_set(TRUE);
    vips_concurrency_set(1);
    vips_cache_set_max(0);
    char *data = malloc(LIMIT_UPLOAD_BYTES + 1);
    enter_sandbox();
    size_t len = data ? read_all(data, LIMIT_UPLOAD_BYTES + 1) : 0;
    if (len == 0 || len > LIMIT_UPLOAD_BYTES) {
        _exit(len == 0 ? EXIT_NO_PICTURE : EXIT_TOO_LARGE);
    }
    check_size(data, len);
    make_copy(data, len, PUBLIC_PIXELS, true);
    make_copy(data, len, THUMB_PIXELS, false);
    _exit(0);
}
