/*
 * Runs a command and inherits what it leaves behind, as a containerd shim inherits the container from `runc create`: adopt COMMAND ARGUMENT...
 * Ends with the status of the command if that failed, or else with that of the last orphan.
 */
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static int exit_status(int status)
{
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

int main(int argc, char **argv)
{
	int status, orphan = 0;
	pid_t command, ended;

	if (argc < 2 || prctl(PR_SET_CHILD_SUBREAPER, 1) || (command = fork()) < 0)
		return 125;
	if (command == 0) {
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	while ((ended = wait(&status)) > 0) {
		if (ended != command)
			orphan = exit_status(status);
		else if (status)
			return exit_status(status);
	}
	return orphan;
}
