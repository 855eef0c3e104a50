import { SeccompArchitecture } from './document/architecture';
import { NodeArchitecture } from './document/node-architecture';
import { SeccompProfile } from './seccomp-profile';
import { groupBy } from '../private/text';

/** A kind of node, and its part of a profile for many kinds. */
export interface NodePart {
  /** Undefined for an ABI that no kind of node runs. */
  readonly node?: NodeArchitecture;
  readonly profile: SeccompProfile;
}

/** An answer that is the same on some kinds of node. */
export interface NodeAnswer<T> {
  readonly answer: T;
  /** Kinds of node with this answer; undefined if all have it. */
  readonly nodes?: readonly NodeArchitecture[];
}

/**
 * Returns the kinds of node on which programs of an ABI run.
 *
 * @param isCompat true if the ABI is a compat ABI of the node, false if it is the native one, undefined if that is not known
 */
export function nodesRunning(architecture: SeccompArchitecture, isCompat?: boolean): NodeArchitecture[] {
  const nodes = NodeArchitecture.running(architecture);
  const chosen = nodes.filter(node => isCompat === undefined || (node.architectures[0] !== architecture) === isCompat);
  return chosen.length > 0 ? chosen : nodes;
}

/** Returns each kind of node that runs programs of an ABI, with its part of the profile, or with the whole profile if it does not serve the node. */
export function nodeParts(profile: SeccompProfile, architecture: SeccompArchitecture, isCompat?: boolean): NodePart[] {
  const nodes = nodesRunning(architecture, isCompat);
  const served = profile.nodes;
  return nodes.length === 0 ? [{ profile }] : nodes.map(node => ({ node, profile: served.includes(node) ? profile.forNode(node) : profile }));
}

/** Asks each kind of node, and groups the kinds with the same answer. */
export function answersByNode<T>(parts: readonly NodePart[], ask: (part: NodePart) => T, keyOf: (answer: T) => string): NodeAnswer<T>[] {
  const groups = groupBy(parts.map(part => ({ node: part.node, answer: ask(part) })), ({ answer }) => keyOf(answer));
  return groups.map(([first, ...others]) => ({
    answer: first.answer,
    nodes: groups.length === 1 ? undefined : [first, ...others].flatMap(({ node }) => node ?? []),
  }));
}

/** Returns the native ABIs of the nodes that a profile is most likely meant for. */
export function usualArchitectures(profile: SeccompProfile): SeccompArchitecture[] {
  return profile._usualNodes.map(({ architectures: [native] }) => native);
}
