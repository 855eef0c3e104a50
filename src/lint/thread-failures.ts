import { LintContext, NodeView, PERMISSIVE, withoutStub } from './lint-context';
import { SeccompArchitecture } from '../profile/document/architecture';
import { ContainerRuntime } from '../profile/filter/container-runtime';
import { DecidedBy, Decision, DecisionKind } from '../profile/filter/decision';
import { Libc } from '../profile/filter/libc';
import { ThreadStart } from '../profile/filter/threads';
import { isAtLeast } from '../private/version';

/** A C library whose threads do not start on some node, and the call that fails. */
export interface ThreadFailure {
  readonly view: NodeView;
  readonly abi: string;
  readonly libc: Libc;
  readonly runtime: ContainerRuntime;
  readonly call: 'clone3' | 'clone';
  readonly decision: Decision;
}

/** Every combination of the fleet in which pthread_create fails. X32 programs are nobody's. */
export function threadFailures({ nodes, fleet }: LintContext): ThreadFailure[] {
  const failures: ThreadFailure[] = [];
  for (const view of nodes) {
    for (const abi of view.abis.filter(each => each !== 'SCMP_ARCH_X32')) {
      for (const runtime of view.runtimes) {
        for (const libc of fleet.libcs) {
          if (start(view, abi, runtime, libc, fleet.kernel) !== ThreadStart.FAILS) continue;
          const clone3 = view.decide(runtime, abi, 'clone3');
          const call = libc._usesClone3(SeccompArchitecture.of(abi)) && clone3 && !isMissing(clone3) && !isDone(clone3, fleet.kernel) ? 'clone3' : 'clone';
          const decision = call === 'clone3' ? clone3! : view.decide(runtime, abi, 'clone')!;
          failures.push({ view, abi, libc, runtime, call, decision });
        }
      }
    }
  }
  return failures;
}

/** Where clone3 is answered by runc's stub alone, and threads would not start without it. */
export function luckyThreads({ nodes, fleet }: LintContext): ThreadFailure[] {
  const lucky: ThreadFailure[] = [];
  for (const view of nodes) {
    for (const abi of view.abis.filter(each => each !== 'SCMP_ARCH_X32')) {
      for (const runtime of view.runtimes) {
        const decision = view.decide(runtime, abi, 'clone3');
        if (decision?.decidedBy !== DecidedBy.ENOSYS_STUB) continue;
        const libc = fleet.libcs.find(each => start(view, abi, runtime, each, fleet.kernel) === ThreadStart.WORKS
          && start(view, abi, withoutStub(runtime), each, fleet.kernel) === ThreadStart.FAILS);
        if (libc) lucky.push({ view, abi, libc, runtime, call: 'clone3', decision });
      }
    }
  }
  return lucky;
}

function start({ profile, node }: NodeView, abi: string, runtime: ContainerRuntime, libc: Libc, kernel: string): ThreadStart {
  return profile.threads({ architecture: SeccompArchitecture.of(abi), node, runtime, libc, kernel }).start;
}

function isMissing({ kind, action, errno }: Decision): boolean {
  return kind === DecisionKind.ACTION && ((action!.value === 'SCMP_ACT_ERRNO' && errno === 38) || action!.value === 'SCMP_ACT_TRACE');
}

function isDone({ kind, action }: Decision, kernel: string): boolean {
  return kind === DecisionKind.ACTION && PERMISSIVE.includes(action!.value) && !isAtLeast(kernel, '5.3');
}
