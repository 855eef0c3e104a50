import { InstalledDocument, Installer } from './installers';
import { architecturesOf, narrowerBy, NodeDemands } from './nodes';
import { resourceWords } from './resource';
import { KnownProfile, ManifestSet } from './set';
import { gateLabel } from '../private/installed-names';
import { enumerate } from '../private/text';

/** What is wrong with how a profile comes to the nodes of a pod. */
export interface DistributionFault {
  readonly reason: string;
  readonly fix?: string;
  /** Whether it is sure; otherwise something installs files that it does not name. */
  readonly isSure: boolean;
}

/** A profile on the way to the nodes. */
interface Delivery {
  readonly installer: Installer;
  readonly document: InstalledDocument;
}

/** Why not every node on which a pod can run has the profile; undefined if every one has it, as far as manifests tell. */
export function distributionFault(path: string, nodes: NodeDemands, set: ManifestSet): DistributionFault | undefined {
  if (set.isAssumed(path) || set.operatorProfiles.has(path)) return undefined;
  const deliveries = deliveriesOf(path, set);
  if (deliveries.length === 0) return foreignFault(path, nodes, set);
  const complete = deliveries.filter(({ document: { configMap, key } }) => set.inConfigMap(configMap, key));
  if (complete.length === 0) {
    const [{ installer, document: { configMap } }] = deliveries;
    return sure(`${resourceWords(installer.owner)} installs it from ConfigMap ${configMap}, which is not in these manifests or has no such document`,
      'check the ConfigMaps of the DaemonSet together with it');
  }
  const there = hasGate(path, nodes) ? complete : complete.filter(({ installer }) => narrowerBy(installer.nodes, nodes) === undefined);
  if (there.length === 0) {
    const [{ installer }] = complete;
    return sure(`${resourceWords(installer.owner)} puts it only on nodes with ${narrowerBy(installer.nodes, nodes)}, and the pod can run elsewhere`,
      'take that out of the nodeSelector of the DaemonSet, or put it into that of the pod as well');
  }
  return architectureFault(there, nodes, set);
}

/** The thread failures of the documents that a pod meets on its nodes. */
export function threadFaults(path: string, nodes: NodeDemands, set: ManifestSet): string[] {
  const wanted = architecturesOf(nodes) ?? set.architectures;
  const profiles: (KnownProfile | undefined)[] = deliveriesOf(path, set)
    .filter(({ document: { arch } }) => wanted?.includes(arch) ?? true)
    .map(({ document: { configMap, key } }) => set.inConfigMap(configMap, key));
  return [...new Set([...profiles, set.operatorProfiles.get(path)].flatMap(profile => profile?.threads ?? []))].sort();
}

/** In an order that is not that of the manifests. */
function deliveriesOf(path: string, { installers }: ManifestSet): Delivery[] {
  const all = installers.flatMap(installer => installer.documents.map(document => ({ installer, document })));
  return all.filter(({ document }) => document.path === path)
    .map((delivery): [string, Delivery] => [JSON.stringify(delivery), delivery])
    .sort(([one], [other]) => one < other ? -1 : 1)
    .map(([, delivery]) => delivery);
}

function sure(reason: string, fix?: string): DistributionFault {
  return { reason, fix, isSure: true };
}

/** Whether a pod runs only where the node says that it has the profile: see `NodeGate` of `distribution`. */
function hasGate(path: string, nodes: NodeDemands): boolean {
  const suffix = `/${gateLabel(path)}`;
  return Object.keys(nodes).some(label => label.endsWith(suffix));
}

function architectureFault(deliveries: readonly Delivery[], nodes: NodeDemands, set: ManifestSet): DistributionFault | undefined {
  const isWanted = ({ installer, document: { arch } }: Delivery) => architecturesOf(installer.nodes)?.includes(arch) ?? true;
  const available = [...new Set(deliveries.filter(isWanted).map(({ document: { arch } }) => arch))].sort();
  const required = architecturesOf(nodes) ?? set.architectures;
  const missing = (required ?? []).filter(arch => !available.includes(arch));
  const owners = enumerate([...new Set(deliveries.map(({ installer }) => resourceWords(installer.owner)))].sort());
  const has = `${owners} has a document for ${available.length > 0 ? `${enumerate(available)} nodes alone` : 'no node on which it runs'}`;
  const fix = 'distribute a profile that names the architecture, or keep the pod off these nodes: nodeSelector kubernetes.io/arch';
  if (missing.length > 0) return sure(`${has}, and the pod can run on ${enumerate(missing)}`, fix);
  const isBound = deliveries.every(({ installer }) => architecturesOf(installer.nodes) !== undefined);
  return required === undefined && isBound && available.length < 2 ? sure(`${has}, and the pod can run on others`, fix) : undefined;
}

/** Other installers copy what a ConfigMap holds: a key of the file's name is taken for it. */
function foreignFault(path: string, nodes: NodeDemands, set: ManifestSet): DistributionFault | undefined {
  const foreign = set.installers.filter(({ documents, nodes: own }) => documents.length === 0 && narrowerBy(own, nodes) === undefined);
  const file = path.slice(path.lastIndexOf('/') + 1);
  if (foreign.some(installer => installer.configMaps.some(configMap => set.inConfigMap(configMap, file)))) return undefined;
  if (foreign.length === 0) return sure('nothing in these manifests puts it there');
  const words = enumerate([...new Set(foreign.map(({ owner }) => resourceWords(owner)))].sort());
  return { reason: `only ${words} could put it there, and does not say which profiles it installs`, isSure: false };
}
