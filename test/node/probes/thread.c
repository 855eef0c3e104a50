/* Prints what pthread_create returned, and whether the thread ran. */
#include <pthread.h>
#include <stdio.h>

static void *run(void *ran)
{
	*(int *)ran = 1;
	return NULL;
}

int main(void)
{
	pthread_t thread;
	int ran = 0;
	int error = pthread_create(&thread, NULL, run, &ran);

	if (error == 0)
		pthread_join(thread, NULL);
	printf("%d %s\n", error, ran ? "ran" : "did not run");
	return 0;
}
