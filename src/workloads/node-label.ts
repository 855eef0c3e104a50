import type { k8s } from 'cdk8s-plus-28';

/** An affinity for nodes with a label: one of its terms has to hold, so each gets the label. */
export function requireNodeLabel(affinity: k8s.Affinity = {}, label: string): k8s.Affinity {
  const { nodeAffinity } = affinity;
  const terms = nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [{}];
  const nodeSelectorTerms = terms.map(term => ({
    ...term, matchExpressions: [...term.matchExpressions ?? [], { key: label, operator: 'In', values: ['true'] }],
  }));
  return { ...affinity, nodeAffinity: { ...nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } } };
}
