/*
 * Makes a few system calls in tight loops and prints, for each, its name and the nanoseconds of CPU that one takes of this process, as JSON, and whether a
 * filter looked at them (2) or none (0): system-calls LOOPS.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static void call_getppid(void)
{
	syscall(SYS_getppid);
}

/* The kernel refuses this family before it makes anything; a filter would answer EPERM or EINVAL. */
static void call_socket_refused(void)
{
	if (syscall(SYS_socket, 999, SOCK_STREAM, 0) >= 0 || errno != EAFNOSUPPORT)
		fail("socket that the kernel refuses");
}

static void call_socket(void)
{
	int fd = syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);

	if (fd < 0)
		fail("socket");
	syscall(SYS_close, fd);
}

/* The kernel refuses these flags before it makes anything. */
static void call_clone_refused(void)
{
	if (syscall(SYS_clone, CLONE_SIGHAND, 0, 0, 0, 0) >= 0 || errno != EINVAL)
		fail("clone that the kernel refuses");
}

static void call_fork(void)
{
	int status;
	long pid = syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0);

	if (pid == 0)
		syscall(SYS_exit_group, 0);
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
		fail("fork");
}

/* The dearer ones less often. */
static const struct {
	const char *name;
	void (*call)(void);
	long part;
} calls[] = {
	{ "getppid", call_getppid, 1 },
	{ "socket refused", call_socket_refused, 1 },
	{ "clone refused", call_clone_refused, 1 },
	{ "socket and close", call_socket, 10 },
	{ "fork and wait", call_fork, 1000 },
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return time.tv_sec * 1e9 + time.tv_nsec;
}

int main(int argc, char **argv)
{
	long loops = argc > 1 ? atol(argv[1]) : 0;

	if (loops < 1000)
		fail("system-calls LOOPS, expected at least 1000");
	for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
		long count = loops / calls[i].part;
		double begin = now();

		for (long n = 0; n < count; n++)
			calls[i].call();
		printf("%s\"%s\": %.3f", i ? ", " : "{ \"calls\": { ", calls[i].name, (now() - begin) / count);
	}
	printf(" }, \"seccomp\": %d }\n", prctl(PR_GET_SECCOMP));
	return 0;
}
