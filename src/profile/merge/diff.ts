import { groupBy } from '../../private/text';
import { nameOf, numbersOf } from '../../syscalls/numbers';
import { SeccompArchitecture } from '../document/architecture';
import { ProfileDocument } from '../document/document';
import { NodeArchitecture } from '../document/node-architecture';
import { restrictedTo } from '../document/node-document';
import { ContainerRuntime } from '../filter/container-runtime';
import { decideQuery } from '../filter/decide-query';
import { Decision, outcome, sameDecision } from '../filter/decision';
import { NodeFilters } from '../filter/node-filter';

/**
 * A call that two profiles answer differently.
 */
export interface ProfileDifference {
  /** ABI on which the answers differ. */
  readonly architecture: SeccompArchitecture;

  /**
   * Kinds of node on which the answers differ, if not on all that run programs of the ABI.
   *
   * @default - all of them
   */
  readonly nodes?: NodeArchitecture[];

  /** Name of the call; `number N` if libseccomp has no name for it. */
  readonly syscall: string;

  /** Answer of the first profile. */
  readonly before: Decision;

  /** Answer of the second profile. */
  readonly after: Decision;
}

/**
 * ABIs and runtime for which two profiles are compared.
 */
export interface DiffOptions {
  /**
   * ABIs to compare.
   *
   * @default - the ABIs that either profile names, and the native ABIs of the nodes that run these; X86_64 and AARCH64 if neither names any
   */
  readonly architectures?: SeccompArchitecture[];

  /**
   * Runtime that loads the profiles.
   *
   * @default ContainerRuntime.DEFAULT
   */
  readonly runtime?: ContainerRuntime;
}

/** Returns the calls that two documents answer differently, per ABI, each document as the node for that ABI gets it. */
export function diffDocuments(before: ProfileDocument, after: ProfileDocument, options: DiffOptions): ProfileDifference[] {
  return (options.architectures ?? comparedArchitectures(before, after)).flatMap(architecture => {
    const nodes = NodeArchitecture.running(architecture);
    return mergedByNode((nodes.length > 0 ? nodes : [undefined]).map(node => {
      const decideOnNode = (document: ProfileDocument): Decide => {
        const filters = new NodeFilters(restrictedTo(document, node?.architectures.map(String) ?? [architecture.value]));
        return number => decideQuery(filters, { ...options, architecture, node }, number, new Map());
      };
      return { node, differences: differencesOn(architecture, decideOnNode(before), decideOnNode(after)) };
    }));
  });
}

function comparedArchitectures(...documents: ProfileDocument[]): SeccompArchitecture[] {
  const named = documents.flatMap(({ architectures = [] }) => architectures).map(SeccompArchitecture.of);
  // A node's own ABI is in its filter whether the profile names it or not.
  const natives = named.flatMap(NodeArchitecture.running).map(({ architectures: [native] }) => native);
  const compared = [...new Set([...named, ...natives])];
  return compared.length > 0 ? compared : [SeccompArchitecture.X86_64, SeccompArchitecture.AARCH64];
}

type Decide = (number: number) => Decision;

/** Compares every number of an ABI that has a name, and one above all of them, which stands for calls of later kernels. */
function differencesOn(architecture: SeccompArchitecture, before: Decide, after: Decide): ProfileDifference[] {
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

interface NodeDifferences {
  /** Undefined for an ABI that no kind of node runs. */
  readonly node?: NodeArchitecture;
  readonly differences: readonly ProfileDifference[];
}

/** Returns each difference once if it is the same on all kinds of node. */
function mergedByNode(byNode: readonly NodeDifferences[]): ProfileDifference[] {
  const all = byNode.flatMap(({ node, differences }) => differences.map(difference => ({ node, difference })));
  return groupBy(all, ({ difference }) => differenceKey(difference)).map(group => {
    const [{ difference }] = group;
    return group.length === byNode.length ? difference : { ...difference, nodes: group.flatMap(({ node }) => node ?? []) };
  });
}

/** Returns a difference as text to compare. */
function differenceKey({ syscall, before, after }: ProfileDifference): string {
  return `${syscall}\n${outcome(before)}\n${outcome(after)}`;
}
