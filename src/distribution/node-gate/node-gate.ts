import { NodePatchPolicy } from './node-patch-policy';
import { check, memberOf, optional, structOf, TEXT } from '../../private/arguments';
import { InputError, show } from '../../private/errors';
import { gateLabel } from '../../private/installed-names';
import { isNodeDirectory } from '../../private/node-directory';

/**
 * Options of `NodeGate.nodeFeatureDiscovery`.
 */
export interface NodeFeatureDiscoveryOptions {
  /**
   * Directory on the nodes where nfd-worker reads feature files.
   *
   * @default "/etc/kubernetes/node-feature-discovery/features.d"
   */
  readonly featuresDirectory?: string;
}

const NODE_FEATURE_DISCOVERY = structOf({ featuresDirectory: optional(TEXT) });
const NODE_LABEL = structOf({ patchPolicy: optional(memberOf(NodePatchPolicy)) });

/**
 * Options of `NodeGate.nodeLabel`.
 */
export interface NodeLabelOptions {
  /**
   * Changes that the API server allows the DaemonSet's pods to make.
   *
   * @default NodePatchPolicy.OWN_LABELS
   */
  readonly patchPolicy?: NodePatchPolicy;
}

/**
 * Keeps pods off the nodes that do not have their profile yet: each node gets a label for each profile that it has, and `SeccompSecured*` workloads with
 * that profile get the matching node affinity.
 *
 * Without a gate, a pod that arrives before its profile fails to start, and the kubelet retries it until the profile is there.
 */
export class NodeGate {
  /**
   * Labels nodes through Node Feature Discovery, for clusters that have it: the DaemonSet writes a feature file on each node. It needs no access to the API,
   * but a second host path. A label follows the file within a minute, with the default `sleepInterval` of nfd-worker. Tried with Node Feature Discovery
   * 0.15 and 0.18.
   *
   * @param options the directory of feature files, if it is not nfd-worker's default
   * @throws if the directory is not absolute
   * @see https://kubernetes-sigs.github.io/node-feature-discovery/stable/usage/customization-guide.html#local-feature-source
   */
  public static nodeFeatureDiscovery(options: NodeFeatureDiscoveryOptions = {}): NodeGate {
    const { featuresDirectory = '/etc/kubernetes/node-feature-discovery/features.d' } = check(NODE_FEATURE_DISCOVERY, options, 'options');
    if (!isNodeDirectory(featuresDirectory)) {
      throw new InputError(`featuresDirectory ${show(featuresDirectory)} is not a directory on a node, `
        + 'expected a normalized absolute path such as "/etc/kubernetes/node-feature-discovery/features.d"');
    }
    return new NodeGate('feature-file', 'feature.node.kubernetes.io', featuresDirectory);
  }

  /**
   * Labels nodes through the API: the DaemonSet gets a ServiceAccount that may patch nodes. RBAC has no smaller right, so a ValidatingAdmissionPolicy, which
   * needs Kubernetes 1.30, narrows it: each pod may change this library's labels on its own node and nothing else. The image needs `curl`, and the
   * DaemonSet or its chart a namespace.
   *
   * With `onDelete` REMOVE, delete the DaemonSet before its ServiceAccount and ClusterRoleBinding: its pods need them to remove the labels.
   *
   * @param options for clusters before Kubernetes 1.30
   */
  public static nodeLabel(options: NodeLabelOptions = {}): NodeGate {
    const { patchPolicy = NodePatchPolicy.OWN_LABELS } = check(NODE_LABEL, options, 'options');
    return new NodeGate('node-label', 'cdk8s-seccomp', undefined, patchPolicy);
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
   * Returns the label of the nodes that have a profile; its value is `true`.
   *
   * @param path path of the profile below the kubelet's seccomp directory
   */
  public labelOf(path: string): string {
    return `${this.labelPrefix}/${gateLabel(check(TEXT, path, 'path'))}`;
  }
}
