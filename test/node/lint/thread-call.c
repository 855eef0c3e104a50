/* A thread makes a call, and the program waits for the thread: it exits with 42 when the thread has come back. */
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { CAME_BACK = 42 };

static void *call(void *unused)
{
	syscall(SYS_getpriority, 0, 0);
	return unused;
}

int main(void)
{
	pthread_t thread;
	if (pthread_create(&thread, NULL, call, NULL) != 0 || pthread_join(thread, NULL) != 0)
		return 1;
	return CAME_BACK;
}
