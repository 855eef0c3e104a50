import { shorten } from '../../private/text';
import { ArgumentCondition } from '../../profile/document/document';
import { ContainerRuntime } from '../../profile/filter/container-runtime';
import { decide, describe } from '../../profile/filter/decide';
import { areAlternatives } from '../../profile/filter/rules-for';
import { cloneFlagsArgument } from '../../syscalls/abis';
import { isNarrow } from '../../syscalls/narrow-arguments';
import { numberOf } from '../../syscalls/numbers';
import { LintSeverity } from '../finding';
import { is64bit, isDenied, isExecuted, NodeView } from '../lint-context';
import { meetingBoth } from '../meeting';
import { LintRule } from '../rule';

export const wideCompareOfNarrowArgument: LintRule = {
  id: 'wide-compare-of-narrow-argument',
  severity: LintSeverity.WARNING,
  summary: 'a 64-bit comparison of an argument that the kernel takes in 32 bits',
  why: 'A filter compares all 64 bits of a register, but the kernel ignores the upper half of an int. A program that sets a bit there bypasses '
    + 'the condition, and the kernel executes the call that the rule should deny.',
  fix: 'compare the lower half: SCMP_CMP_MASKED_EQ with value 4294967295 and the value as valueTwo; for NE, deny that value with a separate rule',
  source: 'https://man7.org/linux/man-pages/man2/seccomp.2.html',
  *check({ document, nodes, newestRuntime }) {
    const view = nodes.find(({ native }) => is64bit(native));
    if (!view) return;
    for (const [index, { names, args = [] }] of (document.syscalls ?? []).entries()) {
      for (const [at, condition] of args.entries()) {
        const open = names.filter(name => isNarrowOn(view.native, name, condition.index) && opensUp(view, newestRuntime, name, args, at));
        if (open.length === 0) continue;
        const { index: argument, op, value } = condition;
        yield {
          path: `syscalls[${index}].args[${at}]`,
          message: `argument ${argument} of ${shorten(open, 3)} has 32 bits for the kernel and 64 for the filter: `
            + `0x${(goalOf(condition) + 2n ** 32n).toString(16)} bypasses ${describe([condition])}`,
          // For a call that takes 64 bits, a mask would deny more.
          edits: op === 'SCMP_CMP_EQ' && value < 2n ** 32n && names.every(name => isNarrowOn(view.native, name, argument)) ? [
            { path: ['syscalls', index, 'args', at], value: { index: argument, value: 0xffff_ffff, valueTwo: Number(value), op: 'SCMP_CMP_MASKED_EQ' } },
          ] : undefined,
        };
      }
    }
  },
};

/** True if a denied call is executed once a bit is set in the upper half of an argument. */
function opensUp(view: NodeView, runtime: ContainerRuntime, name: string, args: readonly ArgumentCondition[], at: number): boolean {
  const number = numberOf(view.native, name);
  const others = areAlternatives(args) ? [] : args.filter((_, position) => position !== at);
  const rest = meetingBoth(others, [], true);
  if (number === undefined || !rest) return false;
  const { index } = args[at];
  const goal = goalOf(args[at]);
  const loaded = view.loaded(runtime, view.native);
  const answer = (argument: bigint) => decide(loaded, { abi: view.native, number, args: new Map([...rest, [index, argument]]) });
  return [goal, goal - 1n, goal + 1n].filter(low => low >= 0n && low < 2n ** 32n)
    .some(low => isDenied(answer(low)) && isExecuted(answer(low + 2n ** 32n)));
}

/** Returns the value that a condition compares with. */
function goalOf({ op, value, valueTwo = 0n }: ArgumentCondition): bigint {
  return op === 'SCMP_CMP_MASKED_EQ' ? value & valueTwo : value;
}

/** True if the kernel takes the argument in 32 bits. On s390x clone's second argument has its flags, and its first is an address. */
function isNarrowOn(abi: string, name: string, index: number): boolean {
  const isSwapped = cloneFlagsArgument(abi) === 1 && name === 'clone' && index < 2;
  return isNarrow(name, isSwapped ? 1 - index : index);
}
