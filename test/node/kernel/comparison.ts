import { Call, describeCall } from './calls';
import { Decision, DecisionKind, SeccompProfile } from '../../../src';
import { ImageNode } from '../runtimes/image-node';
import { OciRuntimeName } from '../runtimes/oci-runtime';

/** What the calls came to in one container, in their order, as test/node/probes/calls.c prints it: `errno 1`, `success`, `signal 31`. */
export type Outcomes = readonly string[];

/** What `decide` says, held against a kernel. */
export interface Comparison {
  readonly compared: number;
  /** Calls that the profile answers as the kernel does itself: it cannot be seen who did. */
  readonly untellable: number;
  /** Calls of which the profile says that their answer is not defined, or depends. */
  readonly undecided: number;
  readonly disagreements: readonly string[];
}

const ENOSYS = 38;
const SIGSYS = 31;

/** What a profile is compared by. */
export interface Measured {
  readonly profile: SeccompProfile;
  readonly calls: readonly Call[];
  /** What the kernel answers without a profile. */
  readonly own: Outcomes;
  /** What it answers with the profile. */
  readonly seen: Outcomes;
}

export function compare({ debian, kind }: ImageNode, name: OciRuntimeName, { profile, calls, own, seen }: Measured): Comparison {
  const runtime = debian.runtime(name);
  const disagreements: string[] = [];
  let [compared, untellable, undecided] = [0, 0, 0];
  for (const [index, call] of calls.entries()) {
    const decision = profile.decide({ ...call, args: [...call.args], runtime, node: kind });
    const expected = outcomeOf(decision, own[index]);
    if (expected === undefined) {
      undecided += 1;
      continue;
    }
    compared += 1;
    if (expected === own[index] && !isLetThrough(decision)) untellable += 1;
    if (expected !== seen[index]) disagreements.push(`${describeCall(call)}: ${expected} expected, ${seen[index]} seen: ${decision.reason}`);
  }
  return { compared, untellable, undecided, disagreements };
}

function outcomeOf(decision: Decision, own: string): string | undefined {
  if (decision.kind !== DecisionKind.ACTION) return undefined;
  if (isLetThrough(decision)) return own;
  switch (decision.action!.value) {
    case 'SCMP_ACT_ERRNO':
      return decision.errno === 0 ? 'success' : `errno ${decision.errno}`;
    case 'SCMP_ACT_TRACE':
      // There is no tracer in the container.
      return `errno ${ENOSYS}`;
    default:
      return `signal ${SIGSYS}`;
  }
}

function isLetThrough({ action }: Decision): boolean {
  return action?.value === 'SCMP_ACT_ALLOW' || action?.value === 'SCMP_ACT_LOG';
}
