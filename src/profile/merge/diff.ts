import { groupBy } from '../../private/text';
import { nameOf, numbersOf } from '../../syscalls/numbers';
import { SeccompArchitecture } from '../document/architecture';
import { NodeArchitecture } from '../document/node-architecture';
import { ContainerRuntime } from '../filter/container-runtime';
import { Decision, outcome, sameDecision } from '../filter/decision';

/**
 * A call that two profiles answer differently.
 */
export interface ProfileDifference {
  /** The ABI on which they do. */
  readonly architecture: SeccompArchitecture;

  /**
   * The kinds of node on which they do, where not all that run programs of the ABI are alike in it.
   *
   * @default - all of them
   */
  readonly nodes?: NodeArchitecture[];

  /** Name of the call; `number N` for one that libseccomp has no name for. */
  readonly syscall: string;

  /** What the first profile answers. */
  readonly before: Decision;

  /** What the second profile answers. */
  readonly after: Decision;
}

/**
 * On what kind of node two profiles are compared.
 */
export interface DiffOptions {
  /**
   * The ABIs to compare.
   *
   * @default - those that either profile names and those of the nodes that run them; X86_64 and AARCH64 if neither names any
   */
  readonly architectures?: SeccompArchitecture[];

  /**
   * The runtime that loads the profiles.
   *
   * @default ContainerRuntime.DEFAULT
   */
  readonly runtime?: ContainerRuntime;
}

type Decide = (number: number) => Decision;

/** Compares two profiles on one ABI, on every number that has a name and on one above all of them, which stands for calls yet to come. */
export function differences(architecture: SeccompArchitecture, before: Decide, after: Decide): ProfileDifference[] {
  const numbers = numbersOf(architecture.value);
  const result: ProfileDifference[] = [];
  for (const number of [...numbers, numbers[numbers.length - 1] + 1]) {
    const [one, other] = [before(number), after(number)];
    if (!sameDecision(one, other)) {
      result.push({ architecture, syscall: nameOf(architecture.value, number) ?? `number ${number}`, before: one, after: other });
    }
  }
  return result;
}

/** What differs on a kind of node. */
export interface NodeDifferences {
  /** Undefined for an ABI that no kind of node runs. */
  readonly node?: NodeArchitecture;
  readonly found: readonly ProfileDifference[];
}

/** What is found on several kinds of node, once where it is the same on all. */
export function mergedByNode(found: readonly NodeDifferences[]): ProfileDifference[] {
  const all = found.flatMap(({ node, found: differing }) => differing.map(difference => ({ node, difference })));
  return groupBy(all, ({ difference }) => differenceKey(difference)).map(group => {
    const [{ difference }] = group;
    return group.length === found.length ? difference : { ...difference, nodes: group.flatMap(({ node }) => node ?? []) };
  });
}

/** What differs, as text to compare. */
function differenceKey({ syscall, before, after }: ProfileDifference): string {
  return `${syscall}\n${outcome(before)}\n${outcome(after)}`;
}
