import { SeccompArchitecture } from './document/architecture';
import { NodeArchitecture } from './document/node-architecture';
import { SeccompProfile } from './seccomp-profile';
import { groupBy } from '../private/text';

/** A kind of node, and what a profile for many kinds says on it. */
export interface NodePart {
  /** Undefined for an ABI that no kind of node runs. */
  readonly node?: NodeArchitecture;
  readonly profile: SeccompProfile;
}

/** What is answered on some kinds of node. */
export interface NodeAnswer<T> {
  readonly answer: T;
  /** Those of the kinds with this answer; undefined where all that were asked have it. */
  readonly nodes?: readonly NodeArchitecture[];
}

/**
 * The kinds of node on which programs of an ABI run.
 *
 * @param isCompat whether the ABI is not the node's own, where that is known: a kernel says so of each call
 */
export function nodesRunning(architecture: SeccompArchitecture, isCompat?: boolean): NodeArchitecture[] {
  const nodes = NodeArchitecture.running(architecture);
  const chosen = nodes.filter(node => isCompat === undefined || (node.architectures[0] !== architecture) === isCompat);
  return chosen.length > 0 ? chosen : nodes;
}

/** Each kind of node that runs programs of an ABI, with its part of the profile; all of the profile where it is for no such node. */
export function nodeParts(profile: SeccompProfile, architecture: SeccompArchitecture, isCompat?: boolean): NodePart[] {
  const nodes = nodesRunning(architecture, isCompat);
  const served = profile.nodes;
  return nodes.length === 0 ? [{ profile }] : nodes.map(node => ({ node, profile: served.includes(node) ? profile.forNode(node) : profile }));
}

/** Asks for each kind of node, and puts together those that say the same. */
export function answersByNode<T>(parts: readonly NodePart[], ask: (part: NodePart) => T, keyOf: (answer: T) => string): NodeAnswer<T>[] {
  const groups = groupBy(parts.map(part => ({ node: part.node, answer: ask(part) })), ({ answer }) => keyOf(answer));
  return groups.map(([first, ...others]) => ({
    answer: first.answer,
    nodes: groups.length === 1 ? undefined : [first, ...others].flatMap(({ node }) => node ?? []),
  }));
}

/** The own ABIs of the nodes for which a profile is most likely meant. */
export function usualArchitectures(profile: SeccompProfile): SeccompArchitecture[] {
  return profile._usualNodes.map(({ architectures: [native] }) => native);
}
