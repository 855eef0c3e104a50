import type { ProbeLine } from './line';

/** What is said of a mode on some nodes. */
export interface ProbeSaying {
  /** A verdict of the probe, or what is to be said beside it. */
  readonly id: string;
  readonly mode: string;
  readonly says: string;
  readonly remedy: string;
  /** Whether threads do not start there, or cannot be said to. */
  readonly isProblem: boolean;
}

type Words = Pick<ProbeSaying, 'says' | 'remedy'>;

/** Verdicts with which there is nothing to say. */
const SILENT = ['works', 'falls-back', 'unfiltered'];

const NOT_SECCOMP = 'another seccomp mode does not help';
const FEWER = `or start fewer threads (OMP_NUM_THREADS, say): ${NOT_SECCOMP}`;

const DESCRIBE = 'see `kubectl describe pod`: the profile may be missing on the node, or not be one that its runtime can load';

const SAYINGS: Readonly<Record<string, (line: ProbeLine) => Words>> = {
  'clone3-denied': line => ({ says: `${line.mode} answers clone3 with ${answer(line.clone3)}`, remedy: clone3Remedy(line) }),
  'clone3-unused': line => ({
    says: `${line.mode} answers clone3 with ${answer(line.clone3)}, which this C library does not need: a later one will`, remedy: clone3Remedy(line),
  }),
  'clone-denied': line => ({
    says: `${line.mode} denies clone${line.thread ? `, and a thread fails with ${line.thread}` : ''}`, remedy: 'let clone through where its flags have CLONE_THREAD',
  }),
  'killed': line => ({
    says: `${line.mode} ends whoever starts a thread (${answer(line.thread ?? line.clone3)})`, remedy: 'let clone3 fail with ENOSYS (38), and clone through',
  }),
  'pids-limit': ({ mode }) => ({
    says: `${mode} reaches a pids limit, which is not seccomp`, remedy: `raise the kubelet's podPidsLimit or the runtime's pids limit, ${FEWER}`,
  }),
  'process-limit': ({ mode }) => ({
    says: `${mode} reaches RLIMIT_NPROC, which is not seccomp`, remedy: `raise the runtime's ulimit nproc, ${FEWER}`,
  }),
  'unseen-limit': ({ mode }) => ({
    says: `${mode} reaches a limit that the container cannot see: a thread fails with EAGAIN`,
    remedy: `look at the kubelet's podPidsLimit, at RLIMIT_NPROC of the same user's other containers, and at the node's memory and kernel.threads-max: ${NOT_SECCOMP}`,
  }),
  'not-seccomp': line => ({
    says: `${line.mode} has no filter, and a thread fails with ${answer(line.thread ?? line.clone3)} all the same`,
    remedy: `look for an LSM such as SELinux or AppArmor, or a sandbox such as gVisor: ${NOT_SECCOMP}`,
  }),
};

/** What is to be said of a line; often nothing. */
export function sayingsOf(line: ProbeLine): ProbeSaying[] {
  return [...ofVerdict(line), ...ofFilter(line)];
}

function ofVerdict(line: ProbeLine): ProbeSaying[] {
  const { verdict: id, mode } = line;
  if (SILENT.includes(id)) return [];
  const words = Object.hasOwn(SAYINGS, id) ? SAYINGS[id](line) : undecided(line);
  return [{ id, mode, ...words, isProblem: id !== 'clone3-unused' }];
}

function ofFilter({ mode, seccomp }: ProbeLine): ProbeSaying[] {
  if (mode === 'Unconfined' && seccomp === 2) {
    const remedy = 'none if threads start: the filter is one around the node, as in kind or a virtual cluster';
    return [{ id: 'outer-filter', mode, says: 'Unconfined has a filter all the same', remedy, isProblem: false }];
  }
  if (mode !== 'Unconfined' && seccomp === 0) {
    const remedy = 'see whether something makes the container privileged, or the runtime or the kernel is without seccomp';
    return [{ id: 'no-filter', mode, says: `${mode} has no filter`, remedy, isProblem: false }];
  }
  return [];
}

/** What is to be said where a mode has no line, but perhaps a reason for that. */
export function missingSaying(mode: string, reason?: string): ProbeSaying {
  if (reason === undefined) {
    return { id: 'no-line', mode, says: `${mode} has no line`, remedy: `${DESCRIBE}; a filter that kills whoever forks leaves none either`, isProblem: true };
  }
  const remedy = /image/.test(reason) ? 'see `kubectl describe pod`: the image cannot be pulled'
    : /ContainerCreating|PodInitializing|no logs yet/.test(reason) ? 'wait, and ask again' : DESCRIBE;
  return { id: 'not-started', mode, says: `${mode} has not started: ${reason}`, remedy, isProblem: true };
}

function undecided({ mode, by, verdict }: ProbeLine): Words {
  if (verdict !== 'undecided') return { says: `${mode} has the unknown verdict ${verdict}`, remedy: 'use a report of the version of the probe' };
  const remedy = by === 'sh' ? 'try an image with Python: a shell starts no thread' : 'look at the line: something in it contradicts the rest';
  return { says: `${mode} cannot be judged`, remedy };
}

function clone3Remedy({ mode }: ProbeLine): string {
  if (mode === 'Unconfined') return 'the filter is not the pod\'s: look at what runs around the node, as in kind or a virtual cluster';
  if (mode === 'RuntimeDefault') return 'containerd ≥ 1.5.6 / 1.4.10 or Docker ≥ 20.10.10, or SeccompMode.localhost(profile) for these nodes';
  return 'have the profile answer clone3 with ENOSYS (38), which `cdk8s-seccomp lint --fix` does';
}

function answer(text = 'an error'): string {
  return text;
}
