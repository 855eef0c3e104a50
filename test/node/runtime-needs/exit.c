/* A program that makes one system call, so that whatever else fails in its container is the runtime's: exit_group(42). */
#include "../probes/calls.h"

__attribute__((used)) void run(void)
{
	call(EXIT_GROUP, 42, 0, 0, 0, 0, 0);
}
