/*
 * Makes each of the system calls in its arguments in a child of its own, and prints one line per call: the errno, that it succeeded, or how the child
 * ended. An argument is nine hexadecimal numbers: 1 for `int $0x80` of x86, the milliseconds after which SIGALRM ends the child, the number and the six
 * arguments of the call; or a program to go on as, which makes the rest of the calls by another ABI. It has no C library, which would make calls of its
 * own under the profile that is to be tried.
 */
#include "calls.h"

enum { PROT_READ_WRITE = 3, MAP_SHARED_ANONYMOUS = 0x21, SIGCHLD = 17, WALL = 0x40000000, LARGEST_ERRNO = 4095 };

#define NOT_RETURNED (-5000L)

static const char *read_number(const char *text, long *number)
{
	unsigned long value = 0;

	for (; *text && *text != ','; text++)
		value = value * 16 + (*text <= '9' ? *text - '0' : *text - 'a' + 10);
	*number = value;
	return *text ? text + 1 : text;
}

static char *print(char *at, const char *text)
{
	while (*text)
		*at++ = *text++;
	return at;
}

/* Without a division, for which 32-bit ARM would need a library. */
static char *print_number(char *at, unsigned number)
{
	int is_printing = 0;

	for (int i = 0; i < 10; i++) {
		static const unsigned powers[] = { 1000000000, 100000000, 10000000, 1000000, 100000, 10000, 1000, 100, 10, 1 };
		char digit = '0';
		for (; number >= powers[i]; number -= powers[i])
			digit++;
		is_printing |= digit != '0' || i == 9;
		if (is_printing)
			*at++ = digit;
	}
	return at;
}

static void print_outcome(long returned, int status)
{
	char line[64], *end = line;

	if (status & 0x7f)
		end = print_number(print(end, "signal "), status & 0x7f);
	else if (returned == NOT_RETURNED)
		end = print_number(print(end, "exit status "), status >> 8 & 0xff);
	else if (returned < 0 && returned >= -LARGEST_ERRNO)
		end = print_number(print(end, "errno "), -returned);
	else
		end = print(end, "success");
	*end++ = '\n';
	call(WRITE, 1, (long)line, end - line, 0, 0, 0);
}

static void try(const char *text, volatile long *returned)
{
	long is32, milliseconds, number, a[6];
	int status = 0, any;

	text = read_number(read_number(read_number(text, &is32), &milliseconds), &number);
	for (int i = 0; i < 6; i++)
		text = read_number(text, &a[i]);
	*returned = NOT_RETURNED;
	long child = FORK;
	if (child == 0) {
		long timer[4] = { 0, 0, 0, 0 };
		for (; milliseconds >= 1000; milliseconds -= 1000)
			timer[2]++;
		timer[3] = milliseconds * 1000;
		call(SETITIMER, 0, (long)timer, 0, 0, 0, 0);
		*returned = (is32 ? call32 : call)(number, a[0], a[1], a[2], a[3], a[4], a[5]);
		call(EXIT_GROUP, 0, 0, 0, 0, 0, 0);
	}
	/* In a container this is the first process: it inherits what the call has forked, and waits for it because it sets *returned as well. */
	for (long ended; (ended = call(WAIT4, -1, (long)&any, WALL, 0, 0, 0)) > 0;)
		if (ended == child)
			status = any;
	print_outcome(*returned, status);
}

__attribute__((used)) void run(long *stack)
{
	long argc = stack[0];
	char **argv = (char **)(stack + 1);
	long *returned = (long *)MAP;

	for (long i = 1; i < argc; i++) {
		if (argv[i][0] == '/') {
			call(EXECVE, (long)argv[i], (long)(argv + i), 0, 0, 0, 0);
			call(EXIT_GROUP, 99, 0, 0, 0, 0, 0);
		}
		try(argv[i], returned);
	}
	call(EXIT_GROUP, 0, 0, 0, 0, 0, 0);
}
