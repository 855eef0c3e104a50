/*
 * How an ABI makes a system call: `call`, on x86 also `call32`, the numbers of the calls that calls.c makes itself, how it forks and maps a page that
 * is shared, and where a program starts.
 */
#define INLINE static inline __attribute__((always_inline))
#define ARGUMENTS long number, long a, long b, long c, long d, long e, long f

#if defined(__x86_64__)
enum { WRITE = 1, MMAP = 9, SETITIMER = 38, CLONE = 56, EXECVE = 59, WAIT4 = 61, EXIT_GROUP = 231 };
static long call(ARGUMENTS)
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
static long call32(ARGUMENTS)
{
	int result;

	__asm__ volatile("mov %%rbp, %%r12\n\tmov %[f], %%rbp\n\tint $0x80\n\tmov %%r12, %%rbp"
			 : "=a"(result)
			 : "a"(number), "b"(a), "c"(b), "d"(c), "S"(d), "D"(e), [f] "r"(f)
			 : "r8", "r9", "r10", "r11", "r12", "memory");
	return result;
}
__asm__(".globl _start\n_start:\n\tmov %rsp, %rdi\n\tand $-16, %rsp\n\tcall run\n");
#else
/* One that has other ABIs has them in other programs. */
#define call32 call
#endif

#if defined(__aarch64__)
enum { WRITE = 64, EXIT_GROUP = 94, SETITIMER = 103, CLONE = 220, EXECVE = 221, MMAP = 222, WAIT4 = 260 };
INLINE long call(ARGUMENTS)
{
	register long x8 __asm__("x8") = number;
	register long x0 __asm__("x0") = a;
	register long x1 __asm__("x1") = b;
	register long x2 __asm__("x2") = c;
	register long x3 __asm__("x3") = d;
	register long x4 __asm__("x4") = e;
	register long x5 __asm__("x5") = f;

	__asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
	return x0;
}
__asm__(".globl _start\n_start:\n\tmov x0, sp\n\tbl run\n");
#elif defined(__arm__)
/* The mmap here is mmap2: EABI has no other. */
enum { WRITE = 4, EXECVE = 11, SETITIMER = 104, WAIT4 = 114, CLONE = 120, MMAP = 192, EXIT_GROUP = 248 };
INLINE long call(ARGUMENTS)
{
	register long r7 __asm__("r7") = number;
	register long r0 __asm__("r0") = a;
	register long r1 __asm__("r1") = b;
	register long r2 __asm__("r2") = c;
	register long r3 __asm__("r3") = d;
	register long r4 __asm__("r4") = e;
	register long r5 __asm__("r5") = f;

	__asm__ volatile("svc 0" : "+r"(r0) : "r"(r7), "r"(r1), "r"(r2), "r"(r3), "r"(r4), "r"(r5) : "memory");
	return r0;
}
__asm__(".globl _start\n_start:\n\tmov r0, sp\n\tbl run\n");
#elif defined(__s390__)
enum { WRITE = 4, EXECVE = 11, MMAP = 90, SETITIMER = 104, WAIT4 = 114, CLONE = 120, EXIT_GROUP = 248 };
INLINE long call(ARGUMENTS)
{
	register long r1 __asm__("1") = number;
	register long r2 __asm__("2") = a;
	register long r3 __asm__("3") = b;
	register long r4 __asm__("4") = c;
	register long r5 __asm__("5") = d;
	register long r6 __asm__("6") = e;
	register long r7 __asm__("7") = f;

	__asm__ volatile("svc 0" : "+d"(r2) : "d"(r1), "d"(r3), "d"(r4), "d"(r5), "d"(r6), "d"(r7) : "memory");
	return r2;
}
#if defined(__s390x__)
__asm__(".globl _start\n_start:\n\tlgr %r2, %r15\n\taghi %r15, -160\n\tbrasl %r14, run\n");
#else
__asm__(".globl _start\n_start:\n\tlr %r2, %r15\n\tahi %r15, -96\n\tbrasl %r14, run\n");
#endif
#elif defined(__riscv)
enum { WRITE = 64, EXIT_GROUP = 94, SETITIMER = 103, CLONE = 220, EXECVE = 221, MMAP = 222, WAIT4 = 260 };
INLINE long call(ARGUMENTS)
{
	register long a7 __asm__("a7") = number;
	register long a0 __asm__("a0") = a;
	register long a1 __asm__("a1") = b;
	register long a2 __asm__("a2") = c;
	register long a3 __asm__("a3") = d;
	register long a4 __asm__("a4") = e;
	register long a5 __asm__("a5") = f;

	__asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5) : "memory");
	return a0;
}
__asm__(".globl _start\n_start:\n\tmv a0, sp\n\tcall run\n");
#endif

#if defined(__s390__)
/* clone's flags are its second argument, and mmap takes its arguments from memory. */
#define FORK call(CLONE, 0, SIGCHLD, 0, 0, 0, 0)
static volatile long mapping[6] = { 0, 4096, 3, 0x21, -1, 0 };
#define MAP call(MMAP, (long)mapping, 0, 0, 0, 0, 0)
#else
#define FORK call(CLONE, SIGCHLD, 0, 0, 0, 0, 0)
#define MAP call(MMAP, 0, 4096, PROT_READ_WRITE, MAP_SHARED_ANONYMOUS, -1, 0)
#endif
