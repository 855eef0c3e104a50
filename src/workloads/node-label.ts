import type { k8s } from 'cdk8s-plus-28';

/** Returns an affinity that also requires a label. A node has to match only one of its terms, so each term gets the label. */
export function requireNodeLabel(affinity: k8s.Affinity = {}, label: string): k8s.Affinity {
  const { nodeAffinity } = affinity;
  const terms = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [{}];
  const nodeSelectorTerms = terms.map(term => ({
    ...term, matchExpressions: [...term.matchExpressions ?? [], { key: label, operator: 'In', values: ['true'] }],
  }));
  return { ...affinity, nodeAffinity: { ...nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}
