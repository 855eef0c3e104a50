import { likely, LINT_CHECK, possible } from '../causes';
import { Symptom } from '../symptom';

export const containerStartDenied: Symptom = {
  id: 'container-start-denied',
  summary: 'the runtime may not do what it has to do after it has loaded the filter',
  texts: [
    'exec container process…Operation not permitted',
    'container process is already dead',
    'cannot start an already running container',
    'cannot start a stopped process',
    'No error following JSON procError payload',
    'error closing exec fds…operation not permitted',
    // Above the largest call that the profile names, runc's stub answers ENOSYS.
    'error closing exec fds…function not implemented',
    'ensure /proc/self/fd is on procfs: operation not permitted',
    'readdirent /proc/self/fd: operation not permitted',
    'unsafe procfs detected…operation not permitted',
    'openat2…Operation not permitted…OCI runtime',
    'exec /…: operation not permitted',
  ],
  causes: [
    likely({
      cause: 'an allowlist leaves out calls that the runtime itself needs: execve, openat, openat2, fstatfs, getdents64, statx, prctl, futex, '
        + 'exit_group and others',
      remedy: 'allow them: `cdk8s-seccomp lint` says container-cannot-start, and which',
    }),
    possible({
      cause: 'AppArmor or another LSM denies it',
      remedy: 'dmesg on the node: apparmor="DENIED"',
    }),
  ],
  check: LINT_CHECK,
  source: 'https://github.com/moby/moby/issues/43730',
  calls: ['execve', 'openat', 'openat2', 'fstatfs', 'getdents64', 'statx', 'close', 'futex', 'write'],
};
