/*
 * Makes the system calls that its arguments spell, each in a child of its own, and prints a line for each: what came of it.
 *
 * An argument is nine hexadecimal numbers: 1 for the 32-bit ABI (int 0x80) or 0, the milliseconds after which SIGALRM ends the child, the
 * number and the six arguments of the call. It has no C library, which would make calls of its own under the profile that is to be tried.
 */
enum { WRITE = 1, MMAP = 9, SETITIMER = 38, CLONE = 56, WAIT4 = 61, EXIT_GROUP = 231 };
enum { PROT_READ_WRITE = 3, MAP_SHARED_ANONYMOUS = 0x21, SIGCHLD = 17, WALL = 0x40000000, LARGEST_ERRNO = 4095 };

#define NOT_RETURNED (-5000L)

static long call(long number, long a, long b, long c, long d, long e, long f)
{
	register long r10 __asm__("r10") = d;
	register long r8 __asm__("r8") = e;
	register long r9 __asm__("r9") = f;
	long result;

	__asm__ volatile("syscall"
			 : "=a"(result)
			 : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
			 : "rcx", "r11", "memory");
	return result;
}

/* rbp waits in a register: a vfork would share, and overwrite, the stack. */
static long call32(long number, long a, long b, long c, long d, long e, long f)
{
	int result;

	__asm__ volatile("mov %%rbp, %%r12\n\tmov %[f], %%rbp\n\tint $0x80\n\tmov %%r12, %%rbp"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e), [f] "r"(f)
			 : "r8", "r9", "r10", "r11", "r12", "memory");
	return result;
}

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

static char *print_number(char *at, unsigned long number)
{
	if (number > 9)
		at = print_number(at, number / 10);
	*at++ = '0' + number % 10;
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
	long child = call(CLONE, SIGCHLD, 0, 0, 0, 0, 0);
	if (child == 0) {
		long timer[4] = { 0, 0, milliseconds / 1000, milliseconds % 1000 * 1000 };
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

__attribute__((used)) static void run(long *stack)
{
	long argc = stack[0];
	char **argv = (char **)(stack + 1);
	long *returned = (long *)call(MMAP, 0, 4096, PROT_READ_WRITE, MAP_SHARED_ANONYMOUS, -1, 0);

	for (long i = 1; i < argc; i++)
		try(argv[i], returned);
	call(EXIT_GROUP, 0, 0, 0, 0, 0, 0);
}

__asm__(".globl _start\n_start:\n\tmov %rsp, %rdi\n\tand $-16, %rsp\n\tcall run\n");
