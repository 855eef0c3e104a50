import { InputError } from '../../private/errors';
import { NODE_KINDS } from '../../syscalls/abis';
import { MULTIPLEXED } from '../../syscalls/multiplexed';
import { numberOf } from '../../syscalls/numbers';
import { SeccompArchitecture } from '../document/architecture';
import { ProfileDocument } from '../document/document';
import { NodeArchitecture } from '../document/node-architecture';
import { overlapping } from '../filter/condition-algebra';
import { ContainerRuntime } from '../filter/container-runtime';
import { decide } from '../filter/decide';
import { DecisionKind } from '../filter/decision';
import { miscompiledReason } from '../filter/libseccomp-limits';
import { loadFilter, SyscallFilter } from '../filter/loaded-filter';
import { NodeFilters, stubLimit } from '../filter/node-filter';
import { CallRule } from '../filter/rules-for';

/** True if the combined profile is right to execute a call or not, given what the two profiles do. */
export type IsSound = (combined: boolean, a: boolean, b: boolean) => boolean;

/**
 * Compares the filters of a combined profile with those of the two profiles, and refuses a call without a certain result.
 *
 * Profiles are combined name by name, but on some ABIs names depend on each other: several share one multiplexed call, and runc's stub starts
 * above the largest number of all.
 */
export function checkCombination(a: ProfileDocument, b: ProfileDocument, combined: ProfileDocument, isSound: IsSound): void {
  for (const abi of combined.architectures ?? NODE_KINDS.map(kind => kind.abis[0])) {
    for (const document of [a, b, combined]) checkReliable(document, abi);
    for (const [number, entry] of loadFilter(combined, ContainerRuntime.DEFAULT, abi)) {
      const isStubbedSoundly = (native: string) => {
        const [left, right, both] = [a, b, combined].map(document => isStubbed(document, number, native, abi));
        return isSound(!both, !left, !right);
      };
      if (!nativeAbis(abi).every(isStubbedSoundly)) {
        throw inexpressible(firstRule(entry).name, `on ${abi} runc would answer it with ENOSYS in one of the two profiles but not in the combined one`);
      }
    }
    for (const call of ['socketcall', 'ipc']) checkMultiplexer(a, b, combined, isSound, call, abi);
  }
}

export function inexpressible(name: string, why: string): InputError {
  return new InputError(`${name} cannot be expressed in one profile: ${why}; `
    + 'remove it from one of the two with withoutSyscalls, or decide it with withAllowed or withDenied');
}

function checkReliable(document: ProfileDocument, abi: string): void {
  for (const entry of loadFilter(document, ContainerRuntime.DEFAULT, abi).values()) {
    const reason = entry.unreliable ? 'all rules depend on arguments, and some are for calls that it does not have' : entry.conflict ? 'two actions for one condition'
      : entry.unconditional ? undefined : miscompiledReason(entry.written) ?? overlapping(entry.conditional);
    if (reason) throw inexpressible(firstRule(entry).name, `on ${abi} libseccomp may build its rules differently (${reason})`);
  }
}

/** True if runc's stub answers in place of the rules. */
function isStubbed(document: ProfileDocument, number: number, native: string, abi: string): boolean {
  return number > (stubLimit(document, ContainerRuntime.DEFAULT, native, abi)?.number ?? Infinity);
}

/** Compares a multiplexed call by its first argument, which selects the call. */
function checkMultiplexer(a: ProfileDocument, b: ProfileDocument, combined: ProfileDocument, isSound: IsSound, call: string, abi: string): void {
  const number = numberOf(abi, call);
  const isNamed = combined.syscalls?.some(({ names }) => names.some(name => name === call || MULTIPLEXED.get(name)?.call === call));
  if (number === undefined || !isNamed) return;
  const selectors = [0, ...[...MULTIPLEXED.values()].filter(each => each.call === call).map(each => each.number), 99];
  for (const selector of selectors) {
    const executed = [a, b, combined].map(document => executes(document, abi, number, BigInt(selector)));
    const [left, right, both] = executed;
    if (left === undefined || right === undefined || both === undefined || !isSound(both, left, right)) {
      throw inexpressible(call, `on ${abi} it stands for calls on which the two profiles disagree`);
    }
  }
}

function executes(document: ProfileDocument, abi: string, number: number, selector: bigint): boolean | undefined {
  // The rules of an ABI are the same on every kind of node.
  const loaded = new NodeFilters(document).load(ContainerRuntime.DEFAULT, nativeAbis(abi)[0], abi);
  const { kind, action } = decide({ ...loaded, stub: undefined }, { abi, number, args: new Map([[0, selector]]) });
  return kind === DecisionKind.ACTION ? ['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG'].includes(action!.value) : undefined;
}

function firstRule({ unconditional, conditional }: SyscallFilter): CallRule {
  return unconditional ?? conditional[0];
}

/** Returns the native ABIs of the nodes that run programs of an ABI; the ABI itself if no kind of node does. */
function nativeAbis(abi: string): string[] {
  const nodes = NodeArchitecture.running(SeccompArchitecture.of(abi));
  return nodes.length > 0 ? nodes.map(({ architectures: [native] }) => native.value) : [abi];
}
