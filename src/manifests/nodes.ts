import { elements, fields } from './fields';
import { enumerate } from '../private/text';

/** The labels that a node must have for a pod to run there, each with the values that will do. */
export type NodeDemands = Readonly<Record<string, readonly string[]>>;

const ARCH = 'kubernetes.io/arch';
const OS = 'kubernetes.io/os';
/** Names that the kubelet gives its labels besides. */
const ALIASES: Readonly<Record<string, string>> = { 'beta.kubernetes.io/arch': ARCH, 'beta.kubernetes.io/os': OS };

/**
 * What a pod demands by `nodeSelector` and required node affinity, as far as it names values: `In` alone. What else it demands makes its nodes
 * fewer, not others.
 */
export function nodeDemands(spec: unknown): NodeDemands {
  const { nodeSelector, affinity } = fields(spec);
  const selected = Object.entries(fields(nodeSelector)).map(([label, value]) => [label, [String(value)]] as const);
  const required = fields(fields(fields(affinity).nodeAffinity).requiredDuringSchedulingIgnoredDuringExecution).nodeSelectorTerms;
  const terms = elements(required).map(termDemands);
  const [first = {}] = terms;
  // One of the terms has to be met: only what all of them demand is sure.
  const common = Object.keys(first).filter(label => terms.every(term => label in term))
    .map(label => [label, [...new Set(terms.flatMap(term => term[label]))]] as const);
  return intersection([...selected, ...common]);
}

function termDemands(term: unknown): NodeDemands {
  const { matchExpressions } = fields(term);
  return intersection(elements(matchExpressions).map(fields).flatMap(({ key, operator, values }) =>
    operator === 'In' && Array.isArray(values) ? [[String(key), values.map(String)] as const] : []));
}

function intersection(entries: readonly (readonly [string, readonly string[]])[]): NodeDemands {
  const demands = new Map<string, readonly string[]>();
  for (const [label, values] of entries) {
    const name = ALIASES[label] ?? label;
    const before = demands.get(name);
    demands.set(name, before ? before.filter(value => values.includes(value)) : values);
  }
  return Object.fromEntries([...demands].sort(([one], [other]) => one < other ? -1 : 1));
}

/** The architectures of the nodes on which it can run; undefined for all that there are. */
export function architecturesOf(demands: NodeDemands): readonly string[] | undefined {
  return demands[ARCH];
}

/** A label that keeps an installer from nodes on which the pod can run, such as `pool=npu`; its architecture is another matter. */
export function narrowerBy(installer: NodeDemands, pod: NodeDemands): string | undefined {
  const isDemanded = (label: string) => pod[label]?.every(value => installer[label].includes(value)) ?? false;
  const label = Object.keys(installer).find(each => each !== OS && each !== ARCH && !isDemanded(each));
  return label && `${label}=${enumerate(installer[label])}`;
}
