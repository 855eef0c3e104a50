import { elements, fields } from './fields';
import { enumerate } from '../private/text';

/** Labels that a node must have for a pod to run there, each with the accepted values. */
export type NodeDemands = Readonly<Record<string, readonly string[]>>;

const ARCH = 'kubernetes.io/arch';
const OS = 'kubernetes.io/os';
/** Second names of labels that the kubelet sets. */
const ALIASES: Readonly<Record<string, string>> = { 'beta.kubernetes.io/arch': ARCH, 'beta.kubernetes.io/os': OS };

/**
 * Returns the labels that a pod demands by `nodeSelector` and by required node affinity with the operator `In`. Other demands only narrow the
 * choice of nodes further.
 */
export function nodeDemands(spec: unknown): NodeDemands {
  const { nodeSelector, affinity } = fields(spec);
  const selected = Object.entries(fields(nodeSelector)).map(([label, value]) => [label, [String(value)]] as const);
  const required = fields(fields(fields(affinity).nodeAffinity).requiredDuringSchedulingIgnoredDuringExecution).nodeSelectorTerms;
  const terms = elements(required).map(termDemands);
  const [first = {}] = terms;
  // A node has to meet one of the terms: only labels that all terms demand are certain.
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

/** Returns the architectures of the nodes on which the pod can run; undefined for all. */
export function architecturesOf(demands: NodeDemands): readonly string[] | undefined {
  return demands[ARCH];
}

/** Returns a label that keeps an installer off nodes on which the pod can run, such as `pool=npu`; architectures are judged elsewhere. */
export function narrowerBy(installer: NodeDemands, pod: NodeDemands): string | undefined {
  const isDemanded = (label: string) => pod[label]?.every(value => installer[label].includes(value)) ?? false;
  const label = Object.keys(installer).find(each => each !== OS && each !== ARCH && !isDemanded(each));
  return label && `${label}=${enumerate(installer[label])}`;
}
