import { LintSeverity } from '../../lint/finding';
import { threadFaults } from '../distribution';
import { LocalhostUse, localhostUses } from '../localhost';
import { noting } from '../rule';

export const workloadThreadsCannotStart = noting<LocalhostUse>({
  id: 'workload-threads-cannot-start',
  severity: LintSeverity.ERROR,
  summary: 'a container under a profile with which threads do not start',
  why: 'The profile that these manifests bring to the nodes of the pod refuses the calls that start a thread: Python says "can\'t start new thread", and the container '
    + 'seems to run. threads-cannot-start says so of the profile; this says whom it concerns, on the architectures on which the pod can run.',
  fix: 'let the profile answer clone3 with ENOSYS (38) and clone as it is needed: see threads-cannot-start',
  source: 'https://sourceware.org/git/?p=glibc.git;a=blob;f=sysdeps/unix/sysv/linux/clone-internal.c',
  note: localhostUses,
  *conclude({ who, path, nodes }, set) {
    for (const fault of threadFaults(path, nodes, set)) yield { message: `${who}, under ${path}: ${fault}` };
  },
});
