import { LintContext, NodeView, withoutStub } from './lint-context';
import { SeccompArchitecture } from '../profile/document/architecture';
import { ContainerRuntime } from '../profile/filter/container-runtime';
import { DecidedBy, Decision } from '../profile/filter/decision';
import { Libc } from '../profile/filter/libc';
import { FollowedThreads, ThreadStart } from '../profile/filter/threads';

/** A C library whose threads do not start on some node, and the call that fails. */
export interface ThreadFailure {
  readonly view: NodeView;
  readonly abi: string;
  readonly libc: Libc;
  readonly runtime: ContainerRuntime;
  readonly call: 'clone3' | 'clone';
  readonly decision: Decision;
}

/** Returns every combination of the fleet in which pthread_create fails. It leaves out X32, for which no image is built. */
export function threadFailures({ nodes, fleet }: LintContext): ThreadFailure[] {
  const failures: ThreadFailure[] = [];
  for (const view of nodes) {
    for (const abi of view.abis.filter(each => each !== 'SCMP_ARCH_X32')) {
      for (const runtime of view.runtimes) {
        for (const libc of fleet.libcs) {
          const { answer, call, decision } = threadsOn(view, abi, runtime, libc, fleet.kernel);
          if (answer.start === ThreadStart.FAILS) failures.push({ view, abi, libc, runtime, call, decision });
        }
      }
    }
  }
  return failures;
}

/** Returns the combinations in which threads start only because runc's stub answers clone3. */
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

function start(...query: Parameters<typeof threadsOn>): ThreadStart {
  return threadsOn(...query).answer.start;
}

function threadsOn({ profile, node }: NodeView, abi: string, runtime: ContainerRuntime, libc: Libc, kernel: string): FollowedThreads {
  return profile._threads({ architecture: SeccompArchitecture.of(abi), node, runtime, libc, kernel });
}
