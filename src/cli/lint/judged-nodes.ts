import { Fleet } from '../../lint/fleet';
import { LintContext } from '../../lint/lint-context';
import { JsonNode } from '../../private/json';
import { readLeniently } from '../../profile/document/parse-leniently';
import { SeccompProfile } from '../../profile/seccomp-profile';

/** Returns the kinds of node for which a profile is judged. */
export function judgedNodes(root: JsonNode, fleet: Fleet): string[] {
  const { document } = readLeniently(root);
  if (!document) return [];
  const { nodes, unserved } = new LintContext(SeccompProfile._of(document), fleet);
  return [...nodes.map(({ node }) => node.label), ...unserved.map(node => node.label)];
}
