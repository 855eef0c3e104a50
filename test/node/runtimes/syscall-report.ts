import { ProcessResult } from './processes';

export const EPERM = 1;
const EFAULT = 14;
const EINVAL = 22;
export const ENOSYS = 38;

/** What test/node/probes/syscalls.py prints without any filter: the kernel's own answers. */
export const UNCONFINED = { thread: 'started', unshare: 0, mount: EFAULT, ptrace: 0, settimeofday: EFAULT, clone3: EINVAL };

/** What it prints under the reference profile of MindIE Motor. */
export const REFERENCE = { ...UNCONFINED, unshare: EPERM, mount: EPERM, ptrace: EPERM, settimeofday: EPERM };

export function readReport({ status, stdout, stderr }: ProcessResult): object {
  expect({ status, stderr }).toStrictEqual({ status: 0, stderr: '' });
  return JSON.parse(stdout);
}
