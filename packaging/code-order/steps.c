// steps PID SECONDS: where the code is that the process's main thread executes, one address in the program's file a line (decimal), in the
// order of first use. One thread, stepped from one taken branch to the next, so that no function is missed: some 100,000 of them a second.
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int fail(const char *what)
{
    fprintf(stderr, "steps: %s: %s\n", what, strerror(errno));
    return 1;
}

// The program is mapped in several pieces, the first of which holds address 0 of the file.
static int find_program(pid_t pid, uint64_t *start, uint64_t *end)
{
    char path[64], program[PATH_MAX], line[PATH_MAX + 128];
    snprintf(path, sizeof path, "/proc/%d/exe", pid);
    ssize_t length = readlink(path, program, sizeof program - 1);
    if (length < 0)
        return -1;
    program[length] = 0;
    snprintf(path, sizeof path, "/proc/%d/maps", pid);
    FILE *maps = fopen(path, "r");
    if (!maps)
        return -1;
    *start = *end = 0;
    while (fgets(line, sizeof line, maps)) {
        uint64_t from, to;
        if (!strstr(line, program) || sscanf(line, "%" SCNx64 "-%" SCNx64, &from, &to) != 2)
            continue;
        if (*start == 0)
            *start = from;
        *end = to;
    }
    fclose(maps);
    errno = ENOENT;
    return *start ? 0 : -1;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: steps PID SECONDS\n");
        return 2;
    }
    pid_t pid = atoi(argv[1]);
    time_t seconds = atoi(argv[2]);
    uint64_t start, end;
    if (find_program(pid, &start, &end))
        return fail("/proc");
    char *seen = calloc(end - start, 1);
    if (!seen)
        return fail("calloc");
    if (ptrace(PTRACE_ATTACH, pid, 0, 0))
        return fail("ptrace");

    int status;
    struct timespec began, now;
    clock_gettime(CLOCK_MONOTONIC, &began);
    do {
        if (waitpid(pid, &status, __WALL) < 0 || !WIFSTOPPED(status))
            break;
        struct user_regs_struct registers;
        if (ptrace(PTRACE_GETREGS, pid, 0, &registers))
            break;
        uint64_t at = registers.rip - start;
        if (at < end - start && !seen[at]) {
            seen[at] = 1;
            printf("%" PRIu64 "\n", at);
        }
        int stop = WSTOPSIG(status);
        int signal = stop == SIGTRAP || stop == SIGSTOP ? 0 : stop;
        clock_gettime(CLOCK_MONOTONIC, &now);
        if (now.tv_sec - began.tv_sec >= seconds) {
            ptrace(PTRACE_DETACH, pid, 0, signal);
            return 0;
        }
        if (ptrace(PTRACE_SINGLEBLOCK, pid, 0, signal))
            break;
    } while (1);
    fprintf(stderr, "steps: the process ended\n");
    return 1;
}
