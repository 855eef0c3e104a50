/** A pod that a kubelet cannot start, or whose program fails for its profile. */
export interface Failure {
  readonly name: string;
  /** Text of the file that the pod names; without one there is no file. */
  readonly profile?: string;
  /** Another path than that of its file. */
  readonly path?: string;
  readonly mode?: 'RuntimeDefault' | 'Unconfined';
  readonly image?: string;
  readonly command?: readonly string[];
  /** Symptoms that `diagnose` has to find in what kubectl says of it. */
  readonly expected: readonly string[];
}

const PYTHON = 'python:3.11-slim';
const python = (program: string) => ['python3', '-c', program];
const THREAD = python('import threading; threading.Thread(target=print).start()');
const FORTY_THREADS = 'import threading, time\nfor _ in range(2000): threading.Thread(target=time.sleep, args=(600,), daemon=True).start()';

const document = (changes: object) => JSON.stringify({ defaultAction: 'SCMP_ACT_ALLOW', architectures: ['SCMP_ARCH_X86_64'], ...changes });
const rule = (changes: object) => document({ syscalls: [{ names: ['swapon'], action: 'SCMP_ACT_ERRNO', ...changes }] });
const denying = (names: string[], changes: object = {}) => document({ syscalls: [{ names, action: 'SCMP_ACT_ERRNO', errnoRet: 1, ...changes }] });

export const FAILURES: readonly Failure[] = [
  { name: 'missing', expected: ['profile-file-missing'] },
  { name: 'empty', profile: '', expected: ['profile-not-json'] },
  { name: 'no-json', profile: 'defaultAction: SCMP_ACT_ALLOW', expected: ['profile-not-json'] },
  { name: 'wrong-type', profile: document({ syscalls: 'none' }), expected: ['profile-not-json'] },
  { name: 'array', profile: '[]', expected: ['profile-not-json'] },
  { name: 'directory', expected: ['profile-file-unreadable'] },
  { name: 'mixed-endian', profile: document({ architectures: ['SCMP_ARCH_X86_64', 'SCMP_ARCH_MIPS'] }), expected: ['architectures-mixed-endian'] },
  { name: 'no-action', profile: rule({ action: 'SCMP_ACT_DENY' }), expected: ['action-unknown'] },
  { name: 'no-architecture', profile: document({ architectures: ['SCMP_ARCH_AMD64'] }), expected: ['architecture-unknown'] },
  { name: 'no-operator', profile: rule({ args: [{ index: 0, value: 1, op: 'SCMP_CMP_EQUAL' }] }), expected: ['operator-unknown'] },
  { name: 'seventh-argument', profile: rule({ args: [{ index: 6, value: 1, op: 'SCMP_CMP_EQ' }] }), expected: ['argument-index-invalid'] },
  { name: 'big-errno', profile: rule({ errnoRet: 70_000 }), expected: ['errno-out-of-range'] },
  { name: 'flags', profile: document({ flags: ['SECCOMP_FILTER_FLAG_NONE'] }), expected: ['flags-unsupported'] },
  { name: 'notify', profile: rule({ names: ['write'], action: 'SCMP_ACT_NOTIFY' }), expected: ['notify-unusable'] },
  { name: 'unnamed-call', profile: rule({ names: [''] }), expected: ['call-name-empty'] },
  { name: 'killed', profile: denying(['getpriority'], { action: 'SCMP_ACT_KILL_PROCESS', errnoRet: undefined }), image: PYTHON, command: python('import os; os.getpriority(0, 0)'), expected: ['exit-code-159'] },
  { name: 'clone3-eperm', profile: denying(['clone3']), image: PYTHON, command: THREAD, expected: ['python-cannot-start-thread'] },
  { name: 'clone-eperm', profile: denying(['clone', 'clone3']), image: PYTHON, command: THREAD, expected: ['python-cannot-start-thread'] },
  { name: 'pids-python', mode: 'Unconfined', image: PYTHON, command: python(FORTY_THREADS), expected: ['python-cannot-start-thread'] },
  { name: 'pids-bash', mode: 'Unconfined', image: PYTHON, command: ['bash', '-c', 'for i in $(seq 1100); do sleep 600 & done; exit 1'], expected: ['fork-eagain'] },
  { name: 'unshare', mode: 'RuntimeDefault', image: PYTHON, command: ['unshare', '--user', 'true'], expected: ['namespace-not-permitted'] },
  { name: 'mount', mode: 'RuntimeDefault', command: ['mount', '-t', 'tmpfs', 'none', '/mnt'], expected: ['mount-not-permitted'] },
  { name: 'small-allowlist', profile: JSON.stringify({ defaultAction: 'SCMP_ACT_ERRNO', architectures: ['SCMP_ARCH_X86_64'], syscalls: [{ names: ['read', 'write', 'exit_group'], action: 'SCMP_ACT_ALLOW' }] }), expected: ['container-start-denied'] },
  { name: 'no-image', mode: 'RuntimeDefault', image: 'registry.invalid/none:1', expected: [] },
];
