import { certain, PIDS_CHECK, PIDS_LIMIT } from '../causes';
import { CauseId, Symptom } from '../symptom';

export const forkEagain: Symptom = {
  id: 'fork-eagain',
  summary: 'a process cannot be started: EAGAIN',
  texts: [
    'fork: retry: Resource temporarily unavailable',
    'fork: Resource temporarily unavailable',
    'fork: retry: No child processes',
    'could not fork…Resource temporarily unavailable',
    'Cannot fork()…Resource temporarily unavailable',
    'fork() failed…Resource temporarily unavailable',
    { text: 'BlockingIOError: [Errno 11] Resource temporarily unavailable', after: 'fork_exec(' },
    { text: 'BlockingIOError: [Errno 11] Resource temporarily unavailable', after: 'os.fork(' },
    "can't fork: Resource temporarily unavailable",
    'fork/exec…resource temporarily unavailable',
    'OCI runtime exec failed…resource temporarily unavailable…fork',
  ],
  causes: [
    certain(PIDS_LIMIT),
  ],
  check: PIDS_CHECK,
  source: 'https://github.com/podman-container-tools/podman/issues/17647',
  proves: CauseId.PIDS_LIMIT,
  calls: ['clone3', 'clone'],
};
