/* Starts a thread and prints what it returns. Built with musl, statically: another C library's way to start threads. */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static void *work(void *argument)
{
	return argument;
}

int main(void)
{
	pthread_t thread;
	void *result;
	int error = pthread_create(&thread, NULL, work, "started");

	if (error) {
		puts(strerror(error));
		return 1;
	}
	pthread_join(thread, &result);
	puts(result);
	return 0;
}
