import { RecordedCall } from './calls';
import { SeccompArchitecture } from '../../profile/document/architecture';
import { NodeArchitecture } from '../../profile/document/node-architecture';
import { RUNTIME_NEEDS } from '../../profile/filter/runtime-needs';
import { nodesRunning } from '../../profile/node-part';
import { SeccompProfile } from '../../profile/seccomp-profile';
import { ABIS } from '../../syscalls/abis';
import { numberOf } from '../../syscalls/numbers';

/** An allowlist made from records, with the calls that were added to it. */
export interface RecordedAllowlist {
  readonly profile: SeccompProfile;
  /** Calls that runc and crun need after they have loaded the filter. */
  readonly forRuntimes: readonly string[];
  /** `clone`, if it was not recorded: the call that starts threads depends on the image and the node. */
  readonly forThreads: readonly string[];
}

/**
 * Returns the smallest allowlist under which the recorded programs run. All other calls fail with ENOSYS, also clone3 unless it was recorded.
 *
 * Records hold no arguments, so the rules have no conditions. A document has one list of names for all its ABIs.
 */
export function allowlistOf(calls: readonly RecordedCall[]): RecordedAllowlist {
  const architectures = architecturesOf(calls);
  const recorded = calls.flatMap(({ name }) => name ?? []);
  const missing = (names: readonly string[]) => [...new Set(names)].filter(name => !recorded.includes(name) && isCall(name, architectures)).sort();
  const forRuntimes = missing(runtimeNames());
  const forThreads = missing(['clone']);
  const allowed = [...new Set([...recorded, ...forRuntimes, ...forThreads])].sort();
  return { profile: SeccompProfile.allowlist({ allowed, architectures }), forRuntimes, forThreads };
}

/** Returns the recorded ABIs and the native ABIs of their nodes, which the runtime needs. */
function architecturesOf(calls: readonly RecordedCall[]): SeccompArchitecture[] {
  const nativesOf = ({ architecture, isCompat }: RecordedCall) => nodesRunning(architecture, isCompat).map(({ architectures: [native] }) => native);
  const named = new Set(calls.flatMap(call => [...nativesOf(call), call.architecture]));
  return [...named].sort((one, other) => Number(isNative(other)) - Number(isNative(one)) || position(one) - position(other));
}

function runtimeNames(): string[] {
  const needs = [...RUNTIME_NEEDS.runc, ...RUNTIME_NEEDS.crun];
  return needs.filter(({ tolerates }) => tolerates !== 'errno').flatMap(({ anyOf }) => anyOf);
}

function isCall(name: string, architectures: readonly SeccompArchitecture[]): boolean {
  return architectures.some(({ value }) => numberOf(value, name) !== undefined);
}

const isNative = (architecture: SeccompArchitecture) =>
  NodeArchitecture.running(architecture).every(({ architectures: [native] }) => native === architecture);
const position = ({ value }: SeccompArchitecture) => ABIS.findIndex(({ name }) => name === value);
