import { createHash } from 'crypto';
import { NodePatchPolicy } from './node-patch-policy';
import { InputError, show } from '../private/errors';
import { isNodeDirectory } from '../private/node-directory';

/**
 * Options of `NodeGate.nodeFeatureDiscovery`.
 */
export interface NodeFeatureDiscoveryOptions {
  /**
   * Where nfd-worker reads feature files on the nodes.
   *
   * @default "/etc/kubernetes/node-feature-discovery/features.d"
   */
  readonly featuresDirectory?: string;
}

/**
 * Options of `NodeGate.nodeLabel`.
 */
export interface NodeLabelOptions {
  /**
   * What the API server lets the DaemonSet's pods change.
   *
   * @default NodePatchPolicy.OWN_LABELS
   */
  readonly patchPolicy?: NodePatchPolicy;
}

/**
 * Keeps pods off the nodes that do not have their profile yet: each node gets a label per profile that is there, and `SeccompSecured*` workloads with
 * that profile get the matching node affinity.
 *
 * Without it a pod that comes first fails to start and is retried by the kubelet until the profile is there.
 */
export class NodeGate {
  /**
   * Labels by Node Feature Discovery, for clusters that have it: the DaemonSet writes a feature file on each node. It needs no access to the API, but a second
   * host path. A label follows the file within a minute, with the default `sleepInterval` of nfd-worker. Tried with Node Feature Discovery 0.15 and 0.18.
   *
   * @param options where nfd-worker reads, if it is not its default
   * @throws if the directory is not absolute
   * @see https://kubernetes-sigs.github.io/node-feature-discovery/stable/usage/customization-guide.html#local-feature-source
   */
  public static nodeFeatureDiscovery(options: NodeFeatureDiscoveryOptions = {}): NodeGate {
    const { featuresDirectory = '/etc/kubernetes/node-feature-discovery/features.d' } = options;
    if (!isNodeDirectory(featuresDirectory)) {
      throw new InputError(`featuresDirectory ${show(featuresDirectory)} is not a directory on a node, expected a normalized absolute path`);
    }
    return new NodeGate('feature-file', 'feature.node.kubernetes.io', featuresDirectory);
  }

  /**
   * Labels by the API: the DaemonSet gets a ServiceAccount that may patch nodes. RBAC knows no smaller right, so a ValidatingAdmissionPolicy, which needs
   * Kubernetes 1.30, narrows it: each pod changes the labels of this library on its own node and nothing else. Its image needs `curl`, and the DaemonSet
   * or its chart a namespace.
   *
   * With `onDelete` REMOVE, delete the DaemonSet before its ServiceAccount and ClusterRoleBinding: its pods need them to take the labels away.
   *
   * @param options for clusters before Kubernetes 1.30
   */
  public static nodeLabel(options: NodeLabelOptions = {}): NodeGate {
    return new NodeGate('node-label', 'cdk8s-seccomp', undefined, options.patchPolicy ?? NodePatchPolicy.OWN_LABELS);
  }

  private constructor(
    /** @internal */
    public readonly _mark: string,
    private readonly labelPrefix: string,
    /** @internal */
    public readonly _featuresDirectory?: string,
    /** @internal */
    public readonly _patchPolicy?: NodePatchPolicy,
  ) {}

  /** @internal */
  public get _patchesNodes(): boolean {
    return this._patchPolicy !== undefined;
  }

  /**
   * Label of the nodes that have a profile, with value `true`.
   *
   * @param path path of the profile below the kubelet's seccomp directory
   */
  public labelOf(path: string): string {
    return `${this.labelPrefix}/seccomp-profile-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`;
  }
}
