import type { ProbeLine } from './line';

/** Statement of the report about a mode on some nodes. */
export interface ProbeStatement {
  /** A verdict of the probe, or the id of a statement that the report adds. */
  readonly id: string;
  readonly mode: string;
  readonly says: string;
  readonly remedy: string;
  /** True if threads do not start there, or the result is not known. */
  readonly isProblem: boolean;
}

type Words = Pick<ProbeStatement, 'says' | 'remedy'>;

/** Verdicts that need no statement. */
const SILENT = ['works', 'falls-back', 'unfiltered'];

const NOT_SECCOMP = 'another seccomp mode does not help';
const FEWER = `or start fewer threads (with OMP_NUM_THREADS, for example): ${NOT_SECCOMP}`;

const DESCRIBE = 'see `kubectl describe pod`: the profile may be missing on the node, or its runtime cannot load it';

const STATEMENTS: Readonly<Record<string, (line: ProbeLine) => Words>> = {
  'clone3-denied': line => ({ says: `${line.mode} answers clone3 with ${answer(line.clone3)}`, remedy: clone3Remedy(line) }),
  'clone3-unused': line => ({
    says: `${line.mode} answers clone3 with ${answer(line.clone3)}, which this C library does not use, but a later one will`, remedy: clone3Remedy(line),
  }),
  'clone-denied': line => ({
    says: `${line.mode} denies clone${line.thread ? `, and a thread fails with ${line.thread}` : ''}`, remedy: 'allow clone if its flags have CLONE_THREAD',
  }),
  'killed': line => ({
    says: `${line.mode} kills a process that starts a thread (${answer(line.thread ?? line.clone3)})`, remedy: 'answer clone3 with ENOSYS (38), and allow clone',
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
    says: `${line.mode} has no filter, but a thread fails with ${answer(line.thread ?? line.clone3)}`,
    remedy: `look for an LSM such as SELinux or AppArmor, or a sandbox such as gVisor: ${NOT_SECCOMP}`,
  }),
};

/** Returns the statements about a line, often none. */
export function statementsOf(line: ProbeLine): ProbeStatement[] {
  return [...ofVerdict(line), ...ofFilter(line)];
}

function ofVerdict(line: ProbeLine): ProbeStatement[] {
  const { verdict: id, mode } = line;
  if (SILENT.includes(id)) return [];
  const words = Object.hasOwn(STATEMENTS, id) ? STATEMENTS[id](line) : undecided(line);
  return [{ id, mode, ...words, isProblem: id !== 'clone3-unused' }];
}

function ofFilter({ mode, seccomp }: ProbeLine): ProbeStatement[] {
  if (mode === 'Unconfined' && seccomp === 2) {
    const remedy = 'none if threads start: the filter belongs to something around the node, such as kind or a virtual cluster';
    return [{ id: 'outer-filter', mode, says: 'Unconfined has a filter', remedy, isProblem: false }];
  }
  if (mode !== 'Unconfined' && seccomp === 0) {
    const remedy = 'check whether the container is privileged, or the runtime or the kernel lacks seccomp';
    return [{ id: 'no-filter', mode, says: `${mode} has no filter`, remedy, isProblem: false }];
  }
  return [];
}

/** Returns the statement about a mode without a line, with the reason if kubectl gave one. */
export function missingStatement(mode: string, reason?: string): ProbeStatement {
  if (reason === undefined) {
    return { id: 'no-line', mode, says: `${mode} has no line`, remedy: `${DESCRIBE}; a filter that kills a process that forks leaves no line either`, isProblem: true };
  }
  const remedy = /image/.test(reason) ? 'see `kubectl describe pod`: the image cannot be pulled'
    : /ContainerCreating|PodInitializing|no logs yet/.test(reason) ? 'wait, and read the logs again' : DESCRIBE;
  return { id: 'not-started', mode, says: `${mode} has not started: ${reason}`, remedy, isProblem: true };
}

function undecided({ mode, by, verdict }: ProbeLine): Words {
  if (verdict !== 'undecided') return { says: `${mode} has the unknown verdict ${verdict}`, remedy: 'use the version of cdk8s-seccomp that made the probe' };
  const remedy = by === 'sh' ? 'use an image with Python: a shell cannot start a thread' : 'look at the line: its answers contradict each other';
  return { says: `${mode} cannot be judged`, remedy };
}

function clone3Remedy({ mode }: ProbeLine): string {
  if (mode === 'Unconfined') return 'the filter does not come from the pod: look for one around the node, as in kind or a virtual cluster';
  if (mode === 'RuntimeDefault') return 'upgrade to containerd ≥ 1.5.6 / 1.4.10 or Docker ≥ 20.10.10, or use SeccompMode.localhost(profile) on these nodes';
  return 'answer clone3 with ENOSYS (38) in the profile, which `cdk8s-seccomp lint --fix` does';
}

function answer(text = 'an error'): string {
  return text;
}
